// In: a document's tree as Chromium built it, and what each integration declares. Out: the page's TSX by the rules
// of runtime/README.md, written here a second time and independently of the compiler: an oracle for its emitter.
import { readText, ROOT } from './harness.mjs';
import { declarations, isScriptUrl } from './tree.mjs';

const rows = (file, macro) =>
  [...readText(`${ROOT}runtime/${file}`).matchAll(new RegExp(`^${macro}\\((.*)\\)$`, 'gm'))].map((match) => match[1]);
const ATTRIBUTES = new Map();
for (const row of rows('attributes.def', 'ATTRIBUTE')) {
  const [, name, react, kind, words, elements] = /^"(.*?)", "(.*?)", (\w+), "(.*?)", "(.*?)"$/.exec(row);
  if (!ATTRIBUTES.has(name)) ATTRIBUTES.set(name, []);
  ATTRIBUTES.get(name).push({ react, kind, words: words.split(' '), elements: new Set(elements.split(' ')) });
}
const STYLES = new Set(rows('styles.def', 'STYLE').map((row) => JSON.parse(row)));
const ELEMENTS = new Map(rows('elements.def', 'ELEMENT').map((row) => /^"(.*?)", (\w+)$/.exec(row).slice(1)));

const VOID = new Set('area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '));
const RAW = new Set(['style', 'iframe', 'noembed', 'noframes', 'xmp', 'plaintext']);
const NO_SPACE_IN = new Set(['html', 'head', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'frameset']);
const NOT_CUSTOM = new Set('annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph'.split(' '));
const URLS = /^(href|src|action|formaction|data|poster|background|cite|longdesc|manifest|xlink:href|to|from|by|codebase|usemap|profile|ping|classid|dynsrc|lowsrc|archive|values)$/;
const isUnsafe = (node, name, text) =>
  /^on/i.test(name) ||
  (URLS.test(name) && isScriptUrl(text)) ||
  (name === 'values' && text.split(';').some(isScriptUrl)) ||
  (name === 'srcdoc' && (get(node, 'sandbox') ?? 'allow-scripts').toLowerCase().includes('allow-scripts'));
const IN_TABLES = { table: 'caption colgroup thead tbody tfoot style template script', thead: 'tr style template script', tbody: 'tr style template script', tfoot: 'tr style template script', tr: 'td th style template script', colgroup: 'col template script' };
const isElementName = (name) => /^[A-Za-z][A-Za-z0-9:_.-]*$/.test(name);

const hex = (c) => (c.charCodeAt(0) < 256 ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : `\\u${c.charCodeAt(0).toString(16)}`);
export const string = (s) =>
  `'${s.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t').replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, hex)}'`;
export const template = (s) =>
  `\`${s.replace(/[\\`]|\$(?=\{)/g, '\\$&').replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, hex)}\``;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
export const text = (s) => (/[{}<>&]|^ *\/[/*]/.test(s) || CONTROL.test(s) ? `{${template(s)}}` : s);
const value = (s) => (/["&]/.test(s) || CONTROL.test(s) ? `{${string(s)}}` : `"${s}"`);
const key = (s) => (s === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(s) ? s : string(s));
export const pascal = (s) =>
  s.split(/[^A-Za-z0-9]+/).filter(Boolean).map((part) => part[0].toUpperCase() + part.slice(1)).join('').replace(/^(?=\d|$)/, 'N');

const isCustom = (node) => node.element.includes('-') && !NOT_CUSTOM.has(node.element);
const get = (node, name) => node.attributes.find(([own]) => own === name)?.[1];
const isRendered = (node) => node.comment === undefined && node.element !== 'script';

/** Emits one page. `name` is the page's path without suffix. Returns `{source, dropped}`. */
export function emitPage(document, path) {
  const out = { dropped: [], imports: new Set(), types: new Set(['ReactElement']), constants: new Map(), moved: [] };
  const name = pascal(path.split('/').pop());
  const constant = name.replace(/^[A-Z]/, (c) => c.toLowerCase());
  const { root } = document;
  out.quirks = document.quirks;
  const head = root.children.find((node) => node.element === 'head');
  const body = root.children.find((node) => node.element === 'body' || node.element === 'frameset');
  const title = head.children.find((node) => node.element === 'title' && node.ns === '');
  out.hasTitle = title !== undefined;
  const content = emitChildren(body.children, body, out);
  const bodyName = tagName(body, out);
  const shell = `<html${emitAttributes(root, out)}><head${emitAttributes(head, out)} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: ${constant}Document.head }} /><${bodyName}${emitAttributes(body, out)}><${name}Page /></${bodyName}></html>`;
  const headText = serializeAll(head.children, out) + out.moved.map((node) => serialize(node, out)).join('');
  const source = [
    `// Generated by fxc from concept/${path}.html. Do not edit.`,
    ...(out.imports.has('inlineStyle') ? ["'use client';", ''] : []),
    "import type { PageDocument } from '@fxc/runtime';",
    ...(out.imports.size ? [`import { ${[...out.imports].sort().join(', ')} } from '@fxc/runtime/react';`] : []),
    `import type { ${[...out.types].sort().join(', ')} } from 'react';`,
    '',
    ...[...out.constants].sort().map(([id, tag]) => `const ${id} = element(${string(tag)});`),
    ...(out.constants.size ? [''] : []),
    `/** \`concept/${path}.html\` */`,
    `export const ${constant}Document: PageDocument = {`,
    `  title: ${string(title ? textOf(title).replace(/[ \t\n\f\r]+/g, ' ').replace(/^ | $/g, '') : '')},`,
    `  doctype: ${string(document.doctype)},`,
    `  head: ${template(headText)},`,
    '};',
    '',
    "/** The content of the page's body. */",
    `export function ${name}Page(): ReactElement {`,
    `  return <>${content}</>;`,
    '}',
    '',
    '/** The whole document, for rendering on a server and for `hydrateRoot(document, …)`. */',
    `export function ${name}Document(): ReactElement {`,
    `  return ${shell};`,
    '}',
    '',
  ].join('\n');
  return { source, dropped: out.dropped };
}

const textOf = (node) => node.children.map((child) => child.text ?? (child.element ? textOf(child) : '')).join('');

function emitChildren(children, parent, out) {
  const parts = [];
  let run = '';
  const flush = () => {
    const space = /^[ \t\n\f\r]*$/.test(run) && parent.ns === '' && NO_SPACE_IN.has(parent.element);
    if (run !== '' && !space) parts.push(text(run));
    run = '';
  };
  for (const child of children) {
    if (child.text !== undefined) run += child.text;
    else if (isRendered(child) && !isMoved(child, out)) {
      flush();
      parts.push(isElementName(child.element) ? emitElement(child, out) : emitChildren(child.children, parent, out));
    }
  }
  flush();
  return parts.join('');
}

/** `title`, `meta` and `link` that React 19 would take out of the body. */
function isMoved(node, out) {
  if (node.ns !== '' || !['title', 'meta', 'link'].includes(node.element)) return false;
  if (get(node, 'itemprop') !== undefined) return false;
  if (node.element === 'link') {
    const rel = get(node, 'rel');
    const href = get(node, 'href');
    if (!rel || !href || rel === 'stylesheet') return false;
  }
  out.dropped.push(`FX1303 ${node.element} in the body`);
  if (node.element === 'title' && out.hasTitle) return true;
  if (node.element === 'title') out.hasTitle = true;
  out.moved.push(node);
  return true;
}

function tagName(node, out) {
  if (ELEMENTS.has(node.element) && node.ns !== 'math') return node.element;
  const id = `${pascal(node.element)}Element`;
  out.constants.set(id, node.element);
  out.imports.add('element');
  return id;
}

function emitElement(node, out) {
  const name = tagName(node, out);
  if (node.element === 'textarea' && node.ns === '') {
    const content = textOf(node).replace(/\r\n?/g, '\n');
    const initial = content === '' ? '' : ` defaultValue=${/["&\n]/.test(content) || CONTROL.test(content) ? `{${template(content)}}` : `"${content}"`}`;
    return `<${name}${emitAttributes(node, out)}${initial} />`;
  }
  if (isVerbatim(node) || (out.quirks && node.ns === '' && node.element === 'p' && holdsTable(node))) {
    const suppress = node.shadow || ['noscript', 'template'].includes(node.element) ? ' suppressHydrationWarning' : '';
    const inner = innerHtml(node, out);
    const html = inner === '' ? '' : `${suppress} dangerouslySetInnerHTML={{ __html: ${template(inner)} }}`;
    return `<${name}${emitAttributes(node, out)}${html} />`;
  }
  const chosen = node.element === 'select' && node.ns === '' ? emitChosen(node) : '';
  if (node.element === 'title' && node.children.some((child) => child.element)) return `<${name}${emitAttributes(node, out)}>${text(textOf(node))}</${name}>`;
  if (node.element === 'plaintext') return `<${name}${emitAttributes(node, out)} />`;
  const content = emitChildren(node.children, node, out);
  const attributes = emitAttributes(node, out) + chosen;
  return content === '' ? `<${name}${attributes} />` : `<${name}${attributes}>${content}</${name}>`;
}

const holdsTable = (node) =>
  node.children.some((child) => child.ns === '' && (child.element === 'table' || (!['applet', 'button', 'marquee', 'object', 'template'].includes(child.element) && holdsTable(child))));

function isVerbatim(node) {
  if (node.shadow) return true;
  if (node.ns !== '') return node.element === 'style';
  if (Object.hasOwn(IN_TABLES, node.element) && node.children.some((child) => child.element && !IN_TABLES[node.element].split(' ').includes(child.element))) return true;
  if (RAW.has(node.element) && node.element !== 'plaintext') return true;
  if (node.element === 'noscript' || node.element === 'template') return true;
  if (node.element === 'pre' || node.element === 'listing') {
    const rendered = node.children.filter(isRendered);
    const [first] = rendered;
    return first?.text?.startsWith('\n') === true && rendered.some((child) => child.element);
  }
  return node.element === 'select' && !selectFits(node);
}

function options(node, found = []) {
  for (const child of node.children) {
    if (child.element === 'option') found.push(child);
    else if (child.element) options(child, found);
  }
  return found;
}
const optionValue = (option) => get(option, 'value') ?? textOf(option).replace(/[ \t\n\f\r]+/g, ' ').replace(/^ | $/g, '');
const isSelected = (option) => get(option, 'selected') !== undefined;

function selectFits(node) {
  const all = options(node);
  const chosen = all.filter(isSelected);
  if (all.some((option) => option.children.some((child) => child.element))) return false;
  if (get(node, 'multiple') === undefined && chosen.length > 1) return false;
  if (chosen.some((option) => get(option, 'value') === undefined && textOf(option) !== optionValue(option))) return false;
  const values = all.map(optionValue);
  return chosen.every((option) => values.filter((one) => one === optionValue(option)).length === 1);
}

function emitChosen(node) {
  const chosen = options(node).filter(isSelected).map(optionValue);
  if (chosen.length === 0) return '';
  return get(node, 'multiple') === undefined ? ` defaultValue=${value(chosen[0])}` : ` defaultValue={[${chosen.map(string).join(', ')}]}`;
}

const CARRIED = /^[:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD][:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\-.0-9\u00B7\u0300-\u036F\u203F-\u2040]*$/;

function isDropped(node, name, text, row, custom) {
  const { element } = node;
  if (isUnsafe(node, name, text)) return /^on/i.test(name) ? 'FX1302' : 'FX1107 script URL';
  if (!CARRIED.test(name)) return `FX1107 name ${name}`;
  if (name === 'value' && (element === 'textarea' || element === 'select')) return 'FX1107 value';
  if (name === 'value' && element === 'input' && /^file$/i.test(get(node, 'type') ?? '')) return 'FX1107 value';
  if (custom) return row?.kind === 'REFUSED' && row.react === name ? `FX1107 refused ${name}` : null;
  if (row?.kind === 'REFUSED' || (!row && /[A-Z]/.test(name))) return `FX1107 refused ${name}`;
  if (text === '' && (name === 'src' || (name === 'href' && element !== 'a') || (name === 'data' && element === 'object'))) return `FX1107 empty ${name}`;
  if (row?.kind === 'POSITIVE' && !(Number(text) >= 1)) return `FX1107 ${name}=${text}`;
  if (row?.kind === 'NUMERIC' && Number.isNaN(Number(text))) return `FX1107 ${name}=${text}`;
  return null;
}

function emitAttributes(node, out) {
  const custom = isCustom(node) || get(node, 'is') !== undefined;
  const typed = ELEMENTS.get(node.element);
  const untyped = !typed || node.ns === 'math';
  const family = typed === 'SVG' ? '%' : '*';
  const printed = [];
  const loose = [];
  for (const [name, text] of node.attributes) {
    const all = ATTRIBUTES.get(name.toLowerCase());
    const row = all?.find(({ elements }) => elements.has(node.element) || elements.has(family)) ?? all?.[0];
    const fits = row && (untyped || row.elements.has(node.element) || row.elements.has(family));
    const why = isDropped(node, name, text, row, custom);
    if (why) {
      out.dropped.push(why);
      continue;
    }
    if (name === 'style') {
      printed.push(...emitStyle(text, out));
      continue;
    }
    if (custom) {
      if ((isCustom(node) || untyped) && /^[A-Za-z_$][\w$-]*$/.test(name)) printed.push(`${name}=${value(text)}`);
      else loose.push([name, string(text)]);
      continue;
    }
    if (node.element === 'option' && name === 'selected') continue;
    const react = row?.react ?? name;
    if (node.element === 'input' && name === 'value') printed.push(`defaultValue=${value(text)}`);
    else if (node.element === 'input' && name === 'checked') printed.push('defaultChecked');
    else if (!row && /^(data|aria)-[\w-]*$/.test(name)) printed.push(`${name}=${value(text)}`);
    else emitPlain(row ?? (untyped ? PLAIN : undefined), react, text, Boolean(fits) || untyped, printed, loose);
    if (name === 'contenteditable' && node.children.length > 0) printed.push('suppressContentEditableWarning');
  }
  if (loose.length > 0) {
    out.imports.add('attributes');
    printed.push(`{...attributes({ ${loose.map(([name, text]) => `${key(name)}: ${text}`).join(', ')} })}`);
  }
  return printed.map((one) => ` ${one}`).join('');
}

const PLAIN = { kind: 'STRING', words: [] };

function emitPlain(row, react, text, fits, printed, loose) {
  const kind = row?.kind ?? 'UNKNOWN';
  const isNumber = /^(0|-?[1-9]\d{0,8})$/.test(text);
  if (kind === 'BOOLEAN' || (kind === 'OVERLOADED' && text === '') || react === 'inert') {
    if (fits && kind !== 'NEWER') printed.push(react);
    else loose.push([react, 'true']);
  } else if (!fits || kind === 'UNKNOWN' || kind === 'NEWER' || !/^[A-Za-z_$][\w$-]*$/.test(react)) loose.push([react, string(text)]);
  else if (kind === 'STRING' || kind === 'OVERLOADED' || (kind === 'ENUM' && row.words.includes(text))) printed.push(`${react}=${value(text)}`);
  else if (kind !== 'ENUM' && isNumber) printed.push(`${react}={${text}}`);
  else loose.push([react, string(text)]);
}

function emitStyle(source, out) {
  const { entries, repeated } = declarations(source);
  if (entries.length === 0) return [];
  const name = (own) => (own.startsWith('--') ? own : own.replace(/^-ms-/, 'ms-').replace(/-([a-z])/g, (_, c) => c.toUpperCase()));
  const object = `{ ${entries.map(([own, text]) => `${key(name(own))}: ${string(text)}`).join(', ')} }`;
  const plain = entries.every(([own]) => STYLES.has(name(own)));
  if (!plain) out.types.add('CSSProperties');
  const printed = [plain ? `style={${object}}` : `style={${object} as CSSProperties}`];
  if (repeated || entries.some(([, text]) => /!\s*important/i.test(text))) {
    out.imports.add('inlineStyle');
    printed.push(`ref={inlineStyle(${string(source)})}`);
  }
  return printed;
}

function innerHtml(node, out) {
  const shadow = node.shadow ? `<template shadowrootmode="${node.shadowMode}"${(node.shadowAttributes ?? []).map((name) => ` ${name}=""`).join('')}>${serializeAll(node.shadow, out)}</template>` : '';
  return shadow + serializeContent(node, out);
}

function serializeContent(node, out) {
  if (node.ns === '' && RAW.has(node.element)) return textOf(node);
  return serializeAll(node.content ?? node.children, out);
}

function serializeAll(children, out) {
  return children.map((child) => (child.text !== undefined ? escapeText(child.text) : isRendered(child) ? serialize(child, out) : '')).join('');
}

const escapeText = (s) => s.replace(/&/g, '&amp;').replace(/\u00a0/g, '&nbsp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function serialize(node, out) {
  const attributes = node.attributes
    .filter(([name, text]) => !isUnsafe(node, name, text))
    .map(([name, text]) => ` ${name}="${escapeText(text).replace(/"/g, '&quot;')}"`)
    .join('');
  const start = `<${node.element}${attributes}>`;
  if (node.ns === '' && VOID.has(node.element)) return start;
  const content = innerHtml(node, out);
  const feed = ['pre', 'textarea', 'listing'].includes(node.element) && content.startsWith('\n') ? '\n' : '';
  return `${start}${feed}${content}</${node.element}>`;
}
