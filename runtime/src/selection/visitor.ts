// In: nothing. Out: a key by which shares are sticky, made by chance and kept in the browser. Who calls this stores something
// about a visitor: whether that needs their consent is for the application to know.

/** `store`: `sessionStorage` for one visit; `localStorage`, unless said, for longer. Where neither may be used, it is new on each page. */
export function visitorKey(store?: Storage, name = 'fxc-visitor'): string {
  try {
    const kept = (store ?? localStorage).getItem(name);
    if (kept) return kept;
  } catch {
    return newKey();
  }
  const key = newKey();
  try {
    (store ?? localStorage).setItem(name, key);
  } catch {
    // full, or not allowed
  }
  return key;
}

/** `crypto.randomUUID` is there on secure pages only. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
