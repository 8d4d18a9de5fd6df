// In: what React rendered of a page's document component. Out: the page as it is sent. React writes no doctype,
// and React 19 adds preloads of images to the head, which the concept does not have: they are taken out again.

/** What a page's document has beside its markup. */
export interface PageDocument {
  readonly title: string;
  /** `''` for a page without one, which is then in quirks mode as its concept is. */
  readonly doctype: string;
  /** The head's content. */
  readonly head: string;
}

const PRELOADS = /(?:<link rel="preload" as="image"[^>]*\/>)+(?=<\/head>)/;

/** `script`: address of a module that hydrates the page. `data`: the script that `resolutionScript` makes for it. */
export function documentHtml(rendered: string, page: PageDocument, script?: string, data = ''): string {
  const html = rendered.replace(PRELOADS, '');
  if (script === undefined && data === '') return page.doctype + html;
  const source = script?.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const module = source === undefined ? '' : `<script type="module" src="${source}"></script>`;
  return page.doctype + html.replace('</head>', () => `${data}${module}</head>`);
}
