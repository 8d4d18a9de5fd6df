// In: the name of an element that JSX's types do not know (`font`, `my-element`). Out: the name, typed as something
// that takes any attribute. To React it stays an element's name.

import type { ReactNode } from 'react';

/** An element by name, with attributes as they come. */
export type ElementName = (props: { readonly [attribute: string]: unknown }) => ReactNode;

export function element(name: string): ElementName {
  return name as unknown as ElementName;
}
