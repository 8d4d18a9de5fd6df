// In: nothing. Out: the three contexts that tie the components of the React layer together.

import { createContext, useContext } from 'react';
import type { UseContext } from '../adapter.js';
import type { Engine } from '../engine/engine.js';
import type { Instance } from '../engine/instance.js';
import type { IntegrationState } from '../observer.js';

/** When providers start: after hydration, when the element comes into view, or when the browser has time. */
export type StartWhen = 'hydrated' | 'visible' | 'idle';

export interface Runtime {
  readonly engine: Engine;
  readonly startWhen: StartWhen;
}

export const RuntimeContext = /*#__PURE__*/ createContext<Runtime | null>(null);

/** The engine of the provider around the caller. */
export function useEngine(): Engine | null {
  return useContext(RuntimeContext)?.engine ?? null;
}

/** A use, seen from inside of it; a list, innermost first. */
export interface Scope {
  readonly instance: Instance;
  readonly context: UseContext | null;
  readonly parent: Scope | null;
}

export const ScopeContext = createContext<Scope | null>(null);

/** What uses further out ask of the element that an inner use of the same element wraps. */
export interface Host {
  readonly refs: readonly ((element: Element | null) => void)[];
  readonly states: readonly IntegrationState[];
  readonly calls: readonly string[];
}

export const HostContext = createContext<Host | null>(null);
