// In: an application's configuration. Out: a component that holds one engine for the pages inside of it.

import type { ReactElement, ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { EngineOptions } from '../engine/engine.js';
import { Engine } from '../engine/engine.js';
import type { StartWhen } from './context.js';
import { RuntimeContext } from './context.js';
import { restoreTyped, typedText } from './typed.js';

/**
 * What an application says to the emitted `IntegrationProvider`. `settings`, `flags`, `context` and `onIssue` may change; the others
 * are read once.
 */
export interface ProviderProps extends Omit<EngineOptions, 'config' | 'modules'> {
  /** `hydrated` unless said. */
  readonly startWhen?: StartWhen | undefined;
  readonly children?: ReactNode;
}

export interface RuntimeProviderProps extends ProviderProps, EngineOptions {}

export function RuntimeProvider({ startWhen = 'hydrated', children, ...options }: RuntimeProviderProps): ReactElement {
  const { settings, flags, context, onIssue } = options;
  const report = useRef(onIssue);
  const [engine] = useState(() => new Engine({ ...options, onIssue: (issue) => report.current?.(issue) }));
  useEffect(() => {
    report.current = onIssue;
    engine.update({ settings, flags, context });
  }, [engine, settings, flags, context, onIssue]);
  // StrictMode unmounts and mounts again at once: only an engine that stays unmounted is disposed of.
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
      setTimeout(() => {
        if (!mounted.current) engine.dispose();
      });
    };
  }, [engine]);
  const [typed] = useState(typedText);
  useEffect(() => restoreTyped(typed), [typed]);
  const runtime = useMemo(() => ({ engine, startWhen }), [engine, startWhen]);
  return <RuntimeContext.Provider value={runtime}>{children}</RuntimeContext.Provider>;
}
