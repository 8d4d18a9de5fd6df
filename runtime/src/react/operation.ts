// In: an integration's definition and the name of an operation. Out: a function that calls it, and how the last
// call went. Belongs to the nearest use of the integration around the caller, else to the application's one.

import { useCallback, useContext, useRef, useState } from 'react';
import type { CallOptions } from '../engine/call.js';
import { IntegrationError } from '../errors.js';
import type { Instance } from '../engine/instance.js';
import { own } from '../own.js';
import type { Scope } from './context.js';
import { ScopeContext, useEngine } from './context.js';
import type { IntegrationDefinition } from './integration.js';

/** How the last call stands. */
export interface OperationStatus {
  readonly pending: boolean;
  readonly error: IntegrationError | undefined;
}

/** What an emitted hook narrows to the operation's types. */
export interface Operation extends OperationStatus {
  readonly data: unknown;
  call(this: void, input: unknown): Promise<unknown>;
}

interface Outcome extends OperationStatus {
  readonly data: unknown;
}

const BEFORE: Outcome = { pending: false, error: undefined, data: undefined };

export function useOperation(definition: IntegrationDefinition, name: string): Operation {
  const scope = findScope(useContext(ScopeContext), definition.name);
  const engine = useEngine();
  const instance = scope?.instance ?? engine?.instance(definition.name) ?? null;
  const source = scope?.context?.use.source;
  const [outcome, setOutcome] = useState(BEFORE);
  const latest = useRef(0);
  const call = useCallback(
    async (input: unknown): Promise<unknown> => {
      latest.current += 1;
      const turn = latest.current;
      // An answer that a later call has overtaken is given to its caller, but no longer shown.
      const show = (next: Outcome): void => {
        if (latest.current === turn) setOutcome(next);
      };
      setOutcome((before) => ({ pending: true, error: undefined, data: before.data }));
      try {
        const data = await callOn(instance, definition, name, input, { source });
        show({ pending: false, error: undefined, data });
        return data;
      } catch (error) {
        if (error instanceof IntegrationError) show({ pending: false, error, data: undefined });
        throw error;
      }
    },
    [instance, definition, name, source],
  );
  return { ...outcome, call };
}

/** Calls by the shapes that the definition has. */
export async function callOn(
  instance: Instance | null,
  definition: IntegrationDefinition,
  name: string,
  input: unknown,
  options: CallOptions,
): Promise<unknown> {
  const shape = own(definition.operations, name);
  if (!instance || !shape) {
    throw new IntegrationError('unavailable', definition.name, name, 'there is no IntegrationProvider around the caller', undefined, options.source);
  }
  return instance.call(name, shape, input, options);
}

export function findScope(scope: Scope | null, name: string): Scope | null {
  let at = scope;
  while (at && at.instance.name !== name) at = at.parent;
  return at;
}
