// In: an application's configuration. Out: a component that holds one engine for the pages inside of it.

import type { ReactElement, ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AdapterModules, Adapters } from '../adapter.js';
import type { IntegrationConfig } from '../config.js';
import { Engine } from '../engine.js';
import type { IntegrationIssue } from '../errors.js';
import type { StartWhen } from './context.js';
import { RuntimeContext } from './context.js';
import { restoreTyped, typedText } from './typed.js';

/** What an application says to the emitted `IntegrationProvider`. */
export interface ProviderProps {
  /** By provider; read once. */
  readonly adapters?: Adapters | undefined;
  /** `hydrated` unless said. */
  readonly startWhen?: StartWhen | undefined;
  /** Told of everything that the fallback hid from the visitor. */
  readonly onIssue?: ((this: void, issue: IntegrationIssue) => void) | undefined;
  readonly children?: ReactNode;
}

export interface RuntimeProviderProps extends ProviderProps {
  readonly config: IntegrationConfig;
  readonly modules?: AdapterModules | undefined;
}

export function RuntimeProvider(props: RuntimeProviderProps): ReactElement {
  const { adapters, config, modules, onIssue, startWhen = 'hydrated', children } = props;
  const report = useRef(onIssue);
  useEffect(() => {
    report.current = onIssue;
  }, [onIssue]);
  const [engine] = useState(
    () => new Engine({ config, modules, adapters, onIssue: (issue) => report.current?.(issue) }),
  );
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
