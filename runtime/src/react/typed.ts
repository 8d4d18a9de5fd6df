// In: the document before it is hydrated. Out: what a visitor has typed into text areas, put back after hydration:
// React sets a text area to its default text then. It leaves inputs and selects alone.

export type Typed = readonly (readonly [area: HTMLTextAreaElement, text: string])[];

/** Empty on the server, and in a browser wherever nothing was typed. */
export function typedText(): Typed {
  if (typeof document === 'undefined') return [];
  const areas = [...document.querySelectorAll('textarea')];
  return areas.filter((area) => area.value !== area.defaultValue).map((area) => [area, area.value]);
}

export function restoreTyped(typed: Typed): void {
  for (const [area, text] of typed) {
    if (area.value === area.defaultValue) area.value = text;
  }
}
