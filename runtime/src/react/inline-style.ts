// In: the text of a style attribute that a style object cannot hold (`!important`, a property given twice).
// Out: a ref that makes the browser's element have it. On the server the style object stands in.

const refs = new Map<string, (element: Element | null) => void>();

/** One ref a text, so that React does not detach and attach it at every render. */
export function inlineStyle(text: string): (element: Element | null) => void {
  let ref = refs.get(text);
  if (!ref) {
    ref = (element) => {
      if (element && element.getAttribute('style') !== text) element.setAttribute('style', text);
    };
    refs.set(text, ref);
  }
  return ref;
}
