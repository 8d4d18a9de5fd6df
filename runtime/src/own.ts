// In: a record by names that come from files and pages. Out: what it has by a name, and not what every object has
// (`constructor`, `__proto__`).

export function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}
