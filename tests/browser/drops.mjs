// In: a page and what fxc reported of it. Out: the page as the reports say that it goes out: without the attributes
// of FX1107, and with what FX1303 says is moved to the head moved there.

const MOVED = /^'(\w+)' is moved to the head/;
const AGAIN = /^a second '(\w+)' is dropped/;

/** The bytes of the page with each reported attribute blanked out. */
export function withoutDropped(bytes, reports) {
  let text = bytes.toString('latin1');
  for (const { code, range } of reports) {
    if (code !== 'FX1107' || !range) continue;
    const [start, end] = attributeAround(text, range.start.byte, range.end.byte);
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  }
  return Buffer.from(text, 'latin1');
}

/** The report is of the value, or of the name if there is none. */
function attributeAround(text, start, end) {
  const before = /([^\s"'<>/=]+\s*=\s*)(["']?)$/.exec(text.slice(Math.max(0, start - 300), start));
  if (before) return [start - before[0].length, before[2] && text[end] === before[2] ? end + 1 : end];
  const after = /^\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']*)/.exec(text.slice(end, end + 4000));
  return [start, after ? end + after[0].length : end];
}

/** Whether every FX1303 of them is a move that `moveToHead` makes. */
export const onlyMoves = (reports) => reports.every(({ code, message }) => code !== 'FX1303' || MOVED.test(message) || AGAIN.test(message));

/** Moves `title`, `meta` and `link` of the body to the end of the head, as section 3.6 of runtime/README.md says. */
export function moveToHead({ doctype, root }) {
  const head = root.children.find((node) => node.element === 'head');
  let titled = head.children.some((node) => node.element === 'title');
  const moved = [];
  const isMoved = (node) => {
    if (node.ns !== '' || !['title', 'meta', 'link'].includes(node.element)) return false;
    const get = (name) => node.attributes.find(([own]) => own === name)?.[1];
    if (get('itemprop') !== undefined) return false;
    return node.element !== 'link' || (get('rel') && get('href') && get('rel') !== 'stylesheet');
  };
  const VERBATIM = new Set(['noscript', 'template', 'select']);
  const walk = (node) => {
    if (node.shadow || VERBATIM.has(node.element)) return node;
    const children = [];
    for (const child of node.children ?? []) {
      if (!child.element || !isMoved(child)) children.push(child.element ? walk(child) : child);
      else if (child.element !== 'title' || !titled) {
        titled ||= child.element === 'title';
        moved.push(child);
      }
    }
    return { ...node, children };
  };
  const rest = root.children.map((node) => (node === head || !node.element ? node : walk(node)));
  const fuller = { ...head, children: [...head.children, ...moved] };
  return { doctype, root: { ...root, children: rest.map((node) => (node === head ? fuller : node)) } };
}
