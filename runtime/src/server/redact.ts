// In: secrets, and a text that is about to leave the server or to stand in its log. Out: whether it holds one of them,
// in any of the spellings that a request gives them; and the text without.

/** Shorter values are too common to be looked for in answers, or to be cut out of a log. */
const SHORTEST_IN_ANSWER = 8;
const SHORTEST_IN_LOG = 4;

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** As it is, in a URL, in a form, in JSON, in a header of HTTP's Basic authentication. */
function spellings(secret: string): readonly string[] {
  const form = new URLSearchParams({ x: secret }).toString().slice(2);
  const url = encodeURIComponent(secret.replace(/[\ud800-\udfff]/gu, '')); // half a pair can stand in no URL
  // Behind Base64 stands what came before the secret, too: its middle is the same for each of three offsets.
  const middles = ['', ' ', '  '].map((before) => base64(`${before}${secret}`).slice(before === '' ? 0 : 4, -4));
  const all = [secret, url, url.toLowerCase(), form, JSON.stringify(secret).slice(1, -1), ...middles];
  return all.filter((one) => one.length >= SHORTEST_IN_LOG);
}

export interface Redactor {
  /** A secret stands in `text`. */
  holds(this: void, text: string): boolean;
  /** `text` with `[secret]` for each, and without what stands behind the `?` of an address. */
  clean(this: void, text: string): string;
}

export function redactor(secrets: readonly string[]): Redactor {
  const known = [...new Set(secrets.filter((secret) => secret.length >= SHORTEST_IN_LOG))];
  const all = known.flatMap(spellings).sort((a, b) => b.length - a.length);
  const long = known.filter((secret) => secret.length >= SHORTEST_IN_ANSWER).flatMap(spellings).filter((one) => one.length >= SHORTEST_IN_ANSWER);
  return {
    holds: (text) => long.some((one) => text.includes(one)),
    clean: (text) =>
      all
        .reduce((cleaned, one) => cleaned.replaceAll(one, '[secret]'), text)
        .replace(/\b(Basic|Bearer) [A-Za-z0-9+/=._~-]+/g, '$1 [secret]')
        .replace(/(https?:\/\/)[^\s/@]*@/g, '$1')
        .replace(/(https?:\/\/[^\s?#"']*)[?#][^\s"']*/g, '$1'),
  };
}

/** What went wrong, and behind each arrow its cause, in one line. */
export function causeChain(error: unknown): string {
  const lines: string[] = [];
  for (let one = error; one !== undefined && one !== null && lines.length < 5; one = (one as { readonly cause?: unknown }).cause) {
    lines.push(one instanceof Error ? `${one.name}: ${one.message}` : String(one));
  }
  return lines.join(' <- ').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').slice(0, 1000);
}
