// In: an element with a use. Out: what a provider's client sees of it. Slots are looked up in the document when
// asked for, so that text typed before hydration and elements that came later are there.

import type { UseContext, UseSettings } from '../adapter.js';

const USES = '[data-integration],[data-enhance]';

/** The elements marked `data-slot=name` whose nearest enclosing use is `element`. */
export function findSlots(element: Element, name: string): readonly Element[] {
  return [...element.querySelectorAll('[data-slot]')].filter(
    (one) => one.getAttribute('data-slot') === name && one.parentElement?.closest(USES) === element,
  );
}

export function findSlot(element: Element, name: string): Element | null {
  return findSlots(element, name)[0] ?? null;
}

/** The slot of `element`'s use that something inside of it stands in. */
export function slotAt(element: Element, inside: Element): string | null {
  let at: Element | null = inside;
  while (at && at !== element) {
    const name = at.getAttribute('data-slot');
    if (name !== null && at.parentElement?.closest(USES) === element) return name;
    at = at.parentElement;
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
