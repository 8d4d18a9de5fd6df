// Runs inside the browser: a document as lines of text that two equal trees share. What React cannot keep, and the
// compiler says that it drops, is left out here, each kind only where a diagnostic of the page allows it.
// `dropped`: {scripts, handlers, attributes}; `booleans`: attributes of which only the presence counts.
export function linesOfTree({ dropped, booleans }) {
  const html = 'http://www.w3.org/1999/xhtml';
  const bare = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'html', 'head', 'frameset']);
  const nameStart = /^[:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD]/;
  const lines = [];

  function droppedAttribute(element, { name, value }) {
    if (name === 'data-state') return true;
    if (/^on/i.test(name)) return dropped.handlers;
    if (!dropped.attributes) return false;
    // eslint-disable-next-line no-control-regex
    if (/^javascript:/i.test(value.replace(/[\u0000-\u0020]/g, ''))) return true;
    if (!nameStart.test(name) || /[^:A-Z_a-z.0-9\u00B7-\uFFFD-]/.test(name)) return true;
    if (['src', 'data'].includes(name) && value === '') return true;
    if (name === 'href' && value === '' && element.localName !== 'a') return true;
    if (['cols', 'rows', 'size', 'span'].includes(name)) return !(Number(value) >= 1);
    if (['rowspan', 'start'].includes(name)) return Number.isNaN(Number(value));
    return name === 'value' && ['textarea', 'select'].includes(element.localName);
  }

  function attributeText(element, attribute) {
    if (attribute.name === 'style' && element.style) {
      return `style=${element.style.cssText.split(/;\s*/).filter(Boolean).sort().join(';')}`;
    }
    return booleans.includes(attribute.name) ? attribute.name : `${attribute.name}=${JSON.stringify(attribute.value)}`;
  }

  // React 19 asks for images early: its own links, not the page's.
  const preload = (element) => element.matches('link[rel=preload][as=image]');

  function walk(node, depth) {
    let text = '';
    const flush = () => {
      const skip = text === '' || (/^[\t\n\f\r ]*$/.test(text) && (node === document || (node.namespaceURI === html && bare.has(node.localName))));
      if (!skip) lines.push(`${' '.repeat(depth)}${JSON.stringify(text)}`);
      text = '';
    };
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE || child.nodeType === Node.CDATA_SECTION_NODE) text += child.data;
      if (child.nodeType === Node.DOCUMENT_TYPE_NODE) lines.push(`doctype ${child.name} "${child.publicId}" "${child.systemId}"`);
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      if (child.localName === 'script' && (dropped.scripts || child.hasAttribute('src'))) continue;
      if (preload(child)) continue;
      flush();
      const prefix = child.namespaceURI === html ? '' : child.namespaceURI.endsWith('svg') ? 'svg ' : 'math ';
      const attributes = [...child.attributes].filter((one) => !droppedAttribute(child, one)).map((one) => attributeText(child, one)).sort();
      lines.push(`${' '.repeat(depth)}<${prefix}${[child.localName, ...attributes].join(' ')}>`);
      walk(child, depth + 1);
      for (const inner of [child.content, child.shadowRoot]) {
        if (!(inner instanceof DocumentFragment)) continue;
        lines.push(`${' '.repeat(depth + 1)}${inner === child.content ? 'content' : 'shadow root'}`);
        walk(inner, depth + 2);
      }
    }
    flush();
  }

  lines.push(document.compatMode);
  walk(document, 0);
  return lines;
}
