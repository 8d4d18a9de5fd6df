// In: attributes that JSX's types or syntax cannot say, by React's names. Out: the same as props for a spread.
// Some attributes are spelled differently for React 18 and 19; which one runs is known here only.

import { version } from 'react';

const REACT_18 = version.startsWith('18.');

/** Known to React 19 by these names; React 18 passes the attribute's own name through. */
const NEWER: ReadonlyMap<string, string> = new Map([
  ['fetchPriority', 'fetchpriority'],
  ['inert', 'inert'],
  ['popoverTarget', 'popovertarget'],
  ['popoverTargetAction', 'popovertargetaction'],
  ['transformOrigin', 'transform-origin'],
]);

export function attributes(values: Readonly<Record<string, string | number | boolean>>): object {
  if (!REACT_18) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const older = NEWER.get(name);
      return older === undefined ? [name, value] : [older, value === true ? '' : value];
    }),
  );
}
