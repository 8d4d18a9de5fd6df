// In: a value of unknown shape. Out: the value, cut down to what its type declares, or a ShapeError that
// says where it went wrong. Types are not inferred: fxc prints them beside the validator.

/** Returns the checked value or throws a ShapeError. */
export type Validator = (value: unknown, path: string) => unknown;

/** A value that is not what its type says. */
export class ShapeError extends Error {
  readonly path: string;

  constructor(path: string, expected: string, value: unknown) {
    super(`${path === '' ? 'value' : path}: expected ${expected}, found ${describe(value)}`);
    this.name = 'ShapeError';
    this.path = path;
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

export const string: Validator = (value, path) => {
  if (typeof value !== 'string') throw new ShapeError(path, 'a string', value);
  return value;
};

export const number: Validator = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ShapeError(path, 'a number', value);
  return value;
};

export const boolean: Validator = (value, path) => {
  if (typeof value !== 'boolean') throw new ShapeError(path, 'true or false', value);
  return value;
};

/** Anything at all. */
export const json: Validator = (value) => value;

/** Nothing: what an operation without a result gives. */
export const nothing: Validator = () => undefined;

export function oneOf(...allowed: readonly string[]): Validator {
  return (value, path) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      throw new ShapeError(path, `one of ${allowed.map((word) => `'${word}'`).join(', ')}`, value);
    }
    return value;
  };
}

export function list(item: Validator): Validator {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, 'a list', value);
    return value.map((entry: unknown, index) => item(entry, `${path}[${index}]`));
  };
}

/** Absent and null mean the same. */
export function optional(inner: Validator): Validator {
  return (value, path) => (value === undefined || value === null ? undefined : inner(value, path));
}

/** Members that are not declared are left out, and so are optional ones that are absent. */
export function record(members: Readonly<Record<string, Validator>>): Validator {
  const entries = Object.entries(members);
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ShapeError(path, 'a record', value);
    }
    const source = value as Readonly<Record<string, unknown>>;
    const checked: [string, unknown][] = [];
    for (const [name, member] of entries) {
      const own = Object.hasOwn(source, name) ? source[name] : undefined;
      const result = member(own, path === '' ? name : `${path}.${name}`);
      if (result !== undefined) checked.push([name, result]);
    }
    return Object.fromEntries(checked);
  };
}

/** A record whose names are not known before. */
export function mapOf(inner: Validator): Validator {
  return (value, path) => {
    const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return record(Object.fromEntries(names.map((name) => [name, inner])))(value, path);
  };
}

/** For types that contain themselves. */
export function lazy(inner: () => Validator): Validator {
  return (value, path) => inner()(value, path);
}
