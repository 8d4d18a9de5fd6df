// A page as JSX by parse5, as an application would write it with care: the document's tree, attributes by React's names,
// style as an object, texts and values quoted so that they mean the same, comments and scripts dropped.
import { parse } from 'parse5';

const renamed = new Map(Object.entries({
  class: 'className', for: 'htmlFor', tabindex: 'tabIndex', readonly: 'readOnly', maxlength: 'maxLength', minlength: 'minLength',
  colspan: 'colSpan', rowspan: 'rowSpan', charset: 'charSet', 'http-equiv': 'httpEquiv', autocomplete: 'autoComplete',
  autofocus: 'autoFocus', contenteditable: 'contentEditable', crossorigin: 'crossOrigin', datetime: 'dateTime', enctype: 'encType',
  formaction: 'formAction', frameborder: 'frameBorder', novalidate: 'noValidate', srcset: 'srcSet', usemap: 'useMap',
  value: 'defaultValue', checked: 'defaultChecked', accesskey: 'accessKey', allowfullscreen: 'allowFullScreen', 'accept-charset': 'acceptCharset',
  'stroke-width': 'strokeWidth', 'stroke-linecap': 'strokeLinecap', 'stroke-linejoin': 'strokeLinejoin', 'fill-rule': 'fillRule', 'clip-rule': 'clipRule',
}));
const flags = new Set(['required', 'disabled', 'readonly', 'checked', 'multiple', 'selected', 'hidden', 'autofocus', 'novalidate', 'open', 'async', 'defer', 'loop', 'muted']);
const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const dropped = new Set(['script', 'noscript', 'template']);
const camel = (name) => name.replace(/-([a-z])/g, (_, c) => c.toUpperCase());

function styleOf(text) {
  const pairs = text.split(';').map((rule) => rule.split(':')).filter((parts) => parts.length > 1)
    .map(([name, ...value]) => `${JSON.stringify(camel(name.trim()))}: ${JSON.stringify(value.join(':').trim())}`);
  return `{{ ${pairs.join(', ')} }}`;
}

function attribute({ prefix, name, value }) {
  if (prefix) return ` ${camel(`${prefix}-${name}`)}=${JSON.stringify(value)}`;
  if (name.startsWith('on')) return '';
  if (name === 'style') return ` style=${styleOf(value)}`;
  const known = renamed.get(name) ?? name;
  if (flags.has(name)) return ` ${known}`;
  return /[&"\\\n{}]/.test(value) ? ` ${known}={${JSON.stringify(value)}}` : ` ${known}="${value}"`;
}

const text = (value) => (/[<>{}&\n\u00a0]/.test(value) ? `{${JSON.stringify(value)}}` : value);

function print(node) {
  if (node.nodeName === '#text') return text(node.value);
  if (!node.tagName || dropped.has(node.tagName)) return '';
  let out = `<${node.tagName}`;
  for (const one of node.attrs) out += attribute(one);
  if (empty.has(node.tagName)) return `${out} />`;
  out += '>';
  for (const child of node.childNodes) out += print(child);
  return `${out}</${node.tagName}>`;
}

export function jsxOf(html) {
  const body = parse(html).childNodes.find((node) => node.tagName === 'html').childNodes.find((node) => node.tagName === 'body');
  return `export function Page() {\n  return <>${body.childNodes.map(print).join('')}</>;\n}\n`;
}
