// In: a JSON value and a JSON Pointer (RFC 6901). Out: the value that it points to, or undefined. Pointers stand in
// emitted code, where fxc has checked their form.

const INDEX = /^(?:0|[1-9][0-9]*)$/;

function step(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return INDEX.test(name) ? (value as readonly unknown[])[Number(name)] : undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

export function pointer(value: unknown, path: string): unknown {
  const [, ...names] = path.split('/');
  return names.reduce((at: unknown, name) => step(at, name.replaceAll('~1', '/').replaceAll('~0', '~')), value);
}

/** The list at a pointer, with an error that says where none is. */
export function pointerList(value: unknown, path: string): readonly unknown[] {
  const found = pointer(value, path);
  if (!Array.isArray(found)) throw new TypeError(`the answer has no list at '${path}'`);
  return found;
}

/** A record, or undefined if none of its members is there. */
export function given(record: Readonly<Record<string, unknown>>): unknown {
  return Object.values(record).some((one) => one !== undefined && one !== null) ? record : undefined;
}
