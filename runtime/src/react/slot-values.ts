// In: elements in slots. Out: what a person typed or chose there, and the same written by a behaviour. Inputs stay
// uncontrolled: they are set by the browser's own setter, and the events that follow are those of a person, but
// marked, so that no behaviour takes them for one.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const filling = new WeakSet<Event>();

/** Whether the event tells of what a behaviour has filled in. */
export function isFill(event: Event): boolean {
  return filling.has(event);
}

function isField(element: Element): element is Field {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function isChoice(element: Element): element is HTMLInputElement {
  return element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio');
}

/** Of radio buttons in one slot the one that is chosen. */
function chosen(elements: readonly Element[]): Element | undefined {
  const radio = elements.find((one) => one instanceof HTMLInputElement && one.type === 'radio' && one.checked);
  return radio ?? elements[0];
}

export function valueOf(elements: readonly Element[]): string {
  const element = chosen(elements);
  if (!element) return '';
  if (isChoice(element)) return element.checked ? element.value : '';
  if (element instanceof HTMLProgressElement || element instanceof HTMLMeterElement) return String(element.value);
  if (isField(element) || element instanceof HTMLOutputElement || element instanceof HTMLButtonElement) return element.value;
  return textOf(elements);
}

export function textOf(elements: readonly Element[]): string {
  return elements[0]?.textContent?.trim() ?? '';
}

export function checkedOf(elements: readonly Element[]): boolean {
  return elements.some((one) => one instanceof HTMLInputElement && one.checked);
}

export function filesOf(elements: readonly Element[]): readonly File[] {
  const [element] = elements;
  return element instanceof HTMLInputElement ? [...(element.files ?? [])] : [];
}

/** What can be compared to see whether a person has changed the slot. */
export function stateOf(elements: readonly Element[]): string {
  return JSON.stringify(elements.map((one) => (isChoice(one) ? one.checked : isField(one) ? one.value : one.textContent)));
}

/** Whether somebody has typed or chosen something else than the page came with. */
export function isTouched(elements: readonly Element[]): boolean {
  return elements.some((one) => {
    if (isChoice(one)) return one.checked !== one.defaultChecked;
    if (one instanceof HTMLSelectElement) return one.value !== firstOf(one);
    return (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) && one.value !== one.defaultValue;
  });
}

/** What a `select` shows that nobody has touched. */
function firstOf(select: HTMLSelectElement): string {
  const option = [...select.options].find((one) => one.defaultSelected) ?? select.options[0];
  return option?.value ?? '';
}

function setNative(element: Element, property: 'value' | 'checked', value: string | boolean): void {
  // React puts a setter of its own on the element, through which it would not see the change.
  const prototype = Object.getPrototypeOf(element) as object;
  Object.getOwnPropertyDescriptor(prototype, property)?.set?.call(element, value);
  for (const type of ['input', 'change']) {
    const event = new Event(type, { bubbles: true });
    filling.add(event);
    element.dispatchEvent(event);
  }
}

function fillOne(element: Element, value: string | number | boolean): void {
  const text = String(value);
  if (isChoice(element)) {
    const checked = typeof value === 'boolean' ? value : element.value === text;
    if (element.checked !== checked) setNative(element, 'checked', checked);
  } else if (element instanceof HTMLSelectElement) {
    const known = [...element.options].some((option) => option.value === text);
    if (known && element.value !== text) setNative(element, 'value', text);
  } else if (isField(element)) {
    if (element.value !== text) setNative(element, 'value', text);
  } else if (element instanceof HTMLProgressElement || element instanceof HTMLMeterElement) {
    element.value = Number(value);
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function fill(elements: readonly Element[], value: string | number | boolean): void {
  for (const element of elements) fillOne(element, value);
}
