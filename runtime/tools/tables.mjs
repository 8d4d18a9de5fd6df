// In: the development builds of React DOM 18 and 19 and React's types. Out: runtime/attributes.def,
// runtime/elements.def and runtime/styles.def, from which emitters take names and kinds. Run after an update: node runtime/tools/tables.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** React DOM's own table from lower-case names to its names. */
function standardNames(packageName, file) {
  const source = readFileSync(`${root}node_modules/${packageName}/cjs/${file}`, 'utf8');
  const start = source.search(/possibleStandardNames = \{/);
  const open = source.indexOf('{', start);
  const close = source.indexOf('}', open);
  return new Function(`return ${source.slice(open, close + 1)}`)();
}

const in19 = standardNames('react-dom', 'react-dom-client.development.js');
const in18 = standardNames('react-dom-18', 'react-dom.development.js');

const BOOLEAN = new Set(
  `allowFullScreen async autoFocus autoPlay checked controls default defer disabled disablePictureInPicture
  disableRemotePlayback formNoValidate hidden itemScope loop multiple muted noModule noValidate open playsInline readOnly
  required reversed scoped seamless selected`.split(/\s+/),
);
const OVERLOADED = new Set(['capture', 'download']);
const POSITIVE = new Set(['cols', 'rows', 'size', 'span']);
const NUMERIC = new Set(['rowSpan', 'start']);
const REFUSED = new Set(
  `children dangerouslySetInnerHTML defaultChecked defaultValue innerHTML key ref suppressContentEditableWarning
  suppressHydrationWarning`.split(/\s+/),
);
const NEWER = new Set(['fetchPriority', 'inert', 'popoverTarget', 'popoverTargetAction', 'transformOrigin']);

// What the types say: element -> property -> type.
const probe = `${root}runtime/tools/probe.ts`;
const options = { strict: true, types: ['react'], typeRoots: [`${root}node_modules/@types`], jsx: ts.JsxEmit.ReactJSX, noEmit: true };
const host = ts.createCompilerHost(options);
const read = host.getSourceFile.bind(host);
const text = "import type { CSSProperties, JSX } from 'react';\nexport type All = JSX.IntrinsicElements;\nexport type Styles = CSSProperties;\n";
host.getSourceFile = (name, ...rest) => (name === probe ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : read(name, ...rest));
const program = ts.createProgram([probe], options, host);
const checker = program.getTypeChecker();
const source = program.getSourceFile(probe);
const [all, css] = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).map((symbol) => checker.getDeclaredTypeOfSymbol(symbol));

/** STRING, NUMBER, ENUM with its words, BOOLEAN or OTHER. */
function kindOf(type) {
  if (type.flags & ts.TypeFlags.Any) return 'STRING';
  const members = type.isUnion() ? type.types : [type];
  const words = [];
  let number = false;
  let boolean = false;
  for (const member of members) {
    if (member.flags & ts.TypeFlags.String) return 'STRING';
    if (member.isIntersection() && member.types.some((part) => part.flags & ts.TypeFlags.String)) return 'STRING';
    if (member.isStringLiteral()) words.push(member.value);
    if (member.flags & ts.TypeFlags.Number) number = true;
    if (member.flags & ts.TypeFlags.BooleanLiteral) boolean = true;
  }
  if (number) return 'NUMBER';
  if (words.length > 0) return `ENUM ${words.sort().join(' ')}`;
  return boolean ? 'BOOLEAN' : 'OTHER';
}

const elements = new Map();
const typed = new Map(); // React name -> kind -> elements
for (const symbol of all.getProperties()) {
  const type = checker.getTypeOfSymbolAtLocation(symbol, source);
  const names = new Map();
  for (const property of type.getProperties()) {
    const kind = kindOf(checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, source)));
    names.set(property.name, kind);
  }
  elements.set(symbol.name, names.has('fillRule') ? 'SVG' : 'HTML');
  for (const [name, kind] of names) {
    if (kind === 'OTHER') continue;
    if (!typed.has(name)) typed.set(name, new Map());
    const kinds = typed.get(name);
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(symbol.name);
  }
}

const html = [...elements].filter(([, space]) => space === 'HTML').map(([name]) => name);
const svg = [...elements].filter(([, space]) => space === 'SVG').map(([name]) => name);

/** `*` for all of HTML, `%` for all of SVG. */
function elementList(list) {
  const set = new Set(list);
  const out = [];
  for (const [sign, family] of [['*', html], ['%', svg]]) {
    if (!family.every((name) => set.has(name))) continue;
    out.push(sign);
    for (const name of family) set.delete(name);
  }
  return [...out, ...[...set].sort()].join(' ');
}

const lines = [];
const line = (name, react, kind, words, list) =>
  lines.push(`ATTRIBUTE("${name}", "${react}", ${kind}, "${words}", "${list}")`);
const names = { ...in18, ...in19, contenteditable: 'contentEditable', spellcheck: 'spellCheck', draggable: 'draggable' };
// Types know names that React passes through as they are (ARIA, `popover`); those that take a plain string need a
// line too, for whether they are typed decides how they are printed.
for (const name of typed.keys()) {
  if (name === name.toLowerCase() && !(name in names) && !/^on/.test(name)) names[name] = name;
}
/** `strokewidth` is one of React's names, but what React writes for it is `stroke-width`. */
function rendersAs(react, name) {
  const value = BOOLEAN.has(react) || react === 'inert' ? true : react === 'style' ? { color: 'red' } : '1';
  const element = name === 'multiple' || name === 'value' || name === 'checked' ? 'input' : name === 'selected' ? 'option' : 'p';
  return renderToStaticMarkup(createElement(element, { [react]: value})).toLowerCase().includes(` ${name}=`);
}

console.error = () => undefined;
for (const name of Object.keys(names).sort()) {
  const react = names[name];
  if (REFUSED.has(react) || (!rendersAs(react, name))) {
    line(name, react, 'REFUSED', '', '');
    continue;
  }
  if (NEWER.has(react) && name !== 'transformorigin') {
    line(name, react, 'NEWER', '', '');
    continue;
  }
  const kinds = typed.get(react) ?? new Map();
  const own = BOOLEAN.has(react) ? 'BOOLEAN' : OVERLOADED.has(react) ? 'OVERLOADED' : POSITIVE.has(react) ? 'POSITIVE' : NUMERIC.has(react) ? 'NUMERIC' : null;
  if (own) {
    const fits = { BOOLEAN: /BOOLEAN/, OVERLOADED: /STRING/, POSITIVE: /NUMBER/, NUMERIC: /NUMBER/ }[own];
    line(name, react, own, '', elementList([...kinds].filter(([kind]) => fits.test(kind)).flatMap(([, list]) => list)));
    continue;
  }
  const usable = [...kinds].filter(([kind]) => kind !== 'BOOLEAN');
  if (usable.length === 0) line(name, react, 'STRING', '', '');
  for (const [kind, list] of usable) {
    const [word, ...words] = kind.split(' ');
    line(name, react, word, words.join(' '), elementList(list));
  }
}

const head = `// Made by runtime/tools/tables.mjs from React DOM ${version('react-dom')} and ${version('react-dom-18')} and the types of React ${version('@types/react')}. Do not edit.\n`;
function version(name) {
  return JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, 'utf8')).version;
}
writeFileSync(
  `${root}runtime/attributes.def`,
  `${head}// ATTRIBUTE(lower-case name, React's name, kind, words of an ENUM, elements whose JSX type knows it: * all of HTML, % all of SVG).
// A name has several lines where its type differs between elements.\n${lines.join('\n')}\n`,
);
writeFileSync(
  `${root}runtime/elements.def`,
  `${head}// ELEMENT(name, family): what JSX's types know. A name that both families have counts as HTML.\n${[...elements]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, family]) => `ELEMENT("${name}", ${family})`)
    .join('\n')}\n`,
);

const styles = css
  .getProperties()
  .filter((one) => kindOf(checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(one, source))) === 'STRING')
  .map(({ name }) => `STYLE("${name}")`);
writeFileSync(`${root}runtime/styles.def`, `${head}// STYLE(name): what a style object's type takes any string for.\n${styles.sort().join('\n')}\n`);

for (const name of new Set([...Object.keys(in18), ...Object.keys(in19)])) {
  if (in18[name] !== in19[name] && !NEWER.has(in19[name])) console.log(`differs: ${name}: 18 ${in18[name]}, 19 ${in19[name]}`);
}
