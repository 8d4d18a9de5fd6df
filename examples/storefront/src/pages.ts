// Which generated page answers which address: `/guides/care.html` is `generated/pages/guides/care.tsx`.
import type { PageDocument } from '@fxc/runtime';
import type { ComponentType } from 'react';

/** The exports of a generated page, by what their names end in. */
export interface Page {
  readonly document: PageDocument;
  readonly Document: ComponentType;
}

export function pageName(pathname: string): string {
  return pathname.replace(/^\//, '').replace(/\.html$/, '') || 'index';
}

/** A page's module exports `checkoutDocument` (its head), `CheckoutPage` and `CheckoutDocument`. */
export function pageOf(module: Record<string, unknown>): Page {
  const [document, Document] = Object.keys(module)
    .filter((name) => name.endsWith('Document'))
    .sort((a, b) => Number(typeof module[a] === 'function') - Number(typeof module[b] === 'function'))
    .map((name) => module[name]);
  return { document: document as PageDocument, Document: Document as ComponentType };
}
