// In: the engine of the `RuntimeProvider` around it. Out: a panel that shows how the integrations of a page do, for development and
// demonstrations. It is a bundle of its own, which an application loads where it wants it.

import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useEngine } from '../context.js';
import { useOpen, useShadowRoot } from './host.js';
import type { PanelEngine } from './model.js';
import { PanelModel } from './model.js';
import { Panel } from './panel.js';

export type { PanelEngine } from './model.js';

export interface IntegrationMonitorProps {
  /** Whether it is open when it is first seen; later it is as it was left. */
  readonly defaultOpen?: boolean | undefined;
  /** Who is said to have thrown its switches: `monitor` unless said. */
  readonly by?: string | undefined;
}

/** Renders nothing on the server and while hydrating. */
export function IntegrationMonitor({ by = 'monitor', defaultOpen = false }: IntegrationMonitorProps): ReactElement | null {
  const engine: PanelEngine | null = useEngine();
  const root = useShadowRoot();
  const model = useModel(engine);
  const [open, setOpen] = useOpen(defaultOpen);
  if (!root || !model || !engine) return null;
  return <>{createPortal(<Panel model={model} engine={engine} by={by} open={open} setOpen={setOpen} />, root)}</>;
}

/** A model a mount: StrictMode mounts twice, and the first one is disposed of. */
function useModel(engine: PanelEngine | null): PanelModel | null {
  const [model, setModel] = useState<PanelModel | null>(null);
  useEffect(() => {
    if (!engine) return undefined;
    const own = new PanelModel(engine);
    setModel(own);
    return () => own.dispose();
  }, [engine]);
  return model;
}
