// In: an element with a use. Out: what a provider's client sees of it. Slots are looked up in the document when
// asked for, so that text typed before hydration and elements that came later are there.

import type { UseContext, UseSettings } from '../adapter.js';

const USES = '[data-integration],[data-enhance]';

/** The element marked `data-slot=name` whose nearest enclosing use is `element`. */
export function findSlot(element: Element, name: string): Element | null {
  for (const candidate of element.querySelectorAll('[data-slot]')) {
    if (candidate.getAttribute('data-slot') !== name) continue;
    if (candidate.parentElement?.closest(USES) === element) return candidate;
  }
  return null;
}

export interface Latest {
  values: Readonly<Record<string, unknown>>;
  handlers: Readonly<Record<string, ((detail: never) => void) | undefined>>;
}

export function createUseContext(integration: string, element: Element, use: UseSettings, latest: Latest): UseContext {
  return {
    element,
    use,
    values: () => latest.values,
    slot: (name) => findSlot(element, name),
    emit(event, detail) {
      latest.handlers[event]?.(detail as never);
      element.dispatchEvent(new CustomEvent(`${integration}:${event}`, { bubbles: true, detail }));
    },
  };
}
