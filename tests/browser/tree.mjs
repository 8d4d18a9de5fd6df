// In: two documents as `domTree` gives them. Out: their first difference, or null. Left out on both sides is what
// fxc never emits and what React writes in another way with the same meaning; runtime/README.md lists it.

const NO_SPACE_IN = new Set(['html', 'head', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'frameset']);
const BOOLEAN = new Set(
  `allowfullscreen async autofocus autoplay checked controls default defer disabled disablepictureinpicture
  disableremoteplayback formnovalidate hidden inert itemscope loop multiple muted nomodule novalidate open playsinline
  readonly required reversed scoped seamless selected`.split(/\s+/),
);
const URLS = /^(href|src|action|formaction|data|poster|background|cite|longdesc|manifest|xlink:href)$/;

export const isScriptUrl = (value) => /^(java|vb)script:/i.test(value.replace(/[\u0000-\u0020]/g, ''));

/** Name and value of each declaration of a style attribute, as the README's section 3.4 splits them. */
export function declarations(text) {
  const parts = [];
  let part = '';
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '/' && text[i + 1] === '*') {
      const end = text.indexOf('*/', i + 2);
      i = end < 0 ? text.length : end + 1;
      continue;
    }
    if (c === '\\') {
      part += c + (text[++i] ?? '');
      continue;
    }
    if (c === '"' || c === "'") {
      let end = i + 1;
      while (end < text.length && text[end] !== c) end += text[end] === '\\' ? 2 : 1;
      part += text.slice(i, end + 1);
      i = end;
      continue;
    }
    if ('([{'.includes(c)) depth++;
    if (')]}'.includes(c)) depth = Math.max(0, depth - 1);
    if (c === ';' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += c;
  }
  parts.push(part);
  const found = new Map();
  let repeated = false;
  for (const one of parts) {
    const colon = one.indexOf(':');
    if (colon < 0) continue;
    const raw = one.slice(0, colon).trim();
    const name = raw.startsWith('--') ? raw : raw.toLowerCase();
    const value = one.slice(colon + 1).trim();
    if (name === '' || value === '') continue;
    repeated ||= found.has(name);
    found.set(name, value);
  }
  return { entries: [...found], repeated };
}

/** What counts of a document, as lines: two trees are equal if their lines are. */
export function lines(document) {
  const out = [`doctype ${document.doctype}`];
  write(document.root, '', out);
  return out;
}

function write(node, indent, out) {
  out.push(`${indent}<${node.ns ? `${node.ns} ` : ''}${node.element}>`);
  const inside = `${indent}  `;
  const attributes = node.attributes
    .filter(([name, value]) => !/^on/i.test(name) && !(URLS.test(name) && isScriptUrl(value)))
    .map(([name, value]) => `${inside}${name}="${canonical(name, value)}"`)
    .filter((line) => !line.endsWith(' style=""'));
  out.push(...attributes.sort());
  writeChildren(node.children, node, inside, out);
  if (node.content) {
    out.push(`${inside}content`);
    writeChildren(node.content, node, `${inside}  `, out);
  }
  if (node.shadow) {
    out.push(`${inside}shadow ${[node.shadowMode ?? 'open', ...(node.shadowAttributes ?? [])].join(' ')}`);
    writeChildren(node.shadow, node, `${inside}  `, out);
  }
}

function canonical(name, value) {
  if (BOOLEAN.has(name)) return '';
  if (name === 'style') return declarations(value).entries.map(([key, text]) => `${key}:${text}`).join(';');
  return value.replace(/\r\n?/g, '\n');
}

function writeChildren(children, parent, indent, out) {
  let text = '';
  const flush = () => {
    const space = /^[ \t\n\f\r]*$/.test(text) && parent.ns === '' && NO_SPACE_IN.has(parent.element);
    if (text !== '' && !space) out.push(`${indent}${JSON.stringify(text.replace(/\r\n?/g, '\n'))}`);
    text = '';
  };
  for (const child of children) {
    if (child.text !== undefined) text += child.text;
    else if (child.comment !== undefined || child.element === 'script') continue;
    else {
      flush();
      write(child, indent, out);
    }
  }
  flush();
}

/** The first difference between two documents, with what stands before it; null if there is none. */
export function difference(expected, actual) {
  const left = lines(expected);
  const right = lines(actual);
  const end = Math.max(left.length, right.length);
  for (let i = 0; i < end; i++) {
    if (left[i] === right[i]) continue;
    return { line: i, before: left.slice(Math.max(0, i - 3), i), expected: left[i] ?? '(end)', actual: right[i] ?? '(end)' };
  }
  return null;
}
