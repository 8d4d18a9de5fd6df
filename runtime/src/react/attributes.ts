// In: attributes that JSX's types or syntax cannot say, by React's names. Out: the same as props for a spread.
// Some attributes are spelled differently for React 18 and 19; which one runs is known here only.

import { version } from 'react';

const REACT_18 = version.startsWith('18.');

/** Known to React 19 by these names; React 18 passes the lower-case ones through. */
const NEWER: ReadonlySet<string> = new Set(['fetchPriority', 'inert', 'popoverTarget', 'popoverTargetAction']);

export function attributes(values: Readonly<Record<string, string | number | boolean>>): object {
  if (!REACT_18) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) =>
      NEWER.has(name) ? [name.toLowerCase(), value === true ? '' : value] : [name, value],
    ),
  );
}
