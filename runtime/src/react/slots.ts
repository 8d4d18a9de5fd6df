// In: an integration's definition. Out: a function that gives the elements in the slots of the nearest use.

import { useCallback, useContext } from 'react';
import { ScopeContext } from './context.js';
import type { IntegrationDefinition } from './integration.js';
import { findScope } from './operation.js';

/** The function reads the document when it is called; null as long as the use is not on the page. */
export function useSlots(definition: IntegrationDefinition): (this: void) => object | null {
  const context = findScope(useContext(ScopeContext), definition.name)?.context ?? null;
  return useCallback(
    () => context && Object.fromEntries(definition.slots.map((name) => [name, context.slot(name)])),
    [context, definition],
  );
}
