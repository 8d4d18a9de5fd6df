// Source maps of pages, as a consumer reads them. TypeScript says where the elements, attributes and texts of an
// emitted page stand, the map says where they come from, and there the concept must have the same: the text, and for
// elements with an id the very element that parse5 finds. Type errors and bundles are followed back, too.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { TraceMap, eachMapping, originalPositionFor } from '@jridgewell/trace-mapping';
import { build as bundle } from 'esbuild';
import { parse } from 'parse5';
import ts from 'typescript';
import { createServer } from 'vite';
import { generate } from '../bench/generate.mjs';
import { ROOT } from './harness.mjs';

const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');

/** Names that React spells otherwise. */
const SPELT = new Map([['classname', 'class'], ['htmlfor', 'for'], ['defaultvalue', 'value'], ['defaultchecked', 'checked'], ['acceptcharset', 'accept-charset'], ['httpequiv', 'http-equiv'], ['autofocus', 'autofocus']]);

/** The text of a page as an editor has it: the byte order mark, else the declared encoding, else UTF-8 or windows-1252. */
function decoded(bytes) {
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le'
    : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be'
      : bytes[0] === 0xef && bytes[1] === 0xbb ? 'utf-8'
        : /<meta[^>]*charset\s*=\s*["']?([\w-]+)/i.exec(bytes.subarray(0, 1024).toString('latin1'))?.[1];
  if (label) return new TextDecoder(label).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const lineStarts = (text) => [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];

/** An emitted page with its map and the concept that the map names. */
function open(path) {
  const code = readFileSync(path, 'utf8');
  const name = /\n\/\/# sourceMappingURL=(\S+)\n$/.exec(code)?.[1];
  assert.ok(name, `${path} names no map`);
  const mapPath = join(dirname(path), decodeURIComponent(name));
  const map = JSON.parse(readFileSync(mapPath, 'utf8'));
  assert.equal(map.version, 3);
  assert.equal(map.file, basename(path));
  assert.equal(map.sources.length, 1);
  const sourcePath = join(dirname(mapPath), decodeURIComponent(map.sources[0]));
  assert.ok(existsSync(sourcePath), `${mapPath} names ${map.sources[0]}, which is not there`);
  const source = decoded(readFileSync(sourcePath));
  return { path, code, source, sourcePath, trace: new TraceMap(map), from: lineStarts(code), to: lineStarts(source) };
}

/** The offset in the concept that an offset in the page comes from. */
function origin(page, offset) {
  let line = page.from.findLastIndex((start) => start <= offset);
  const found = originalPositionFor(page.trace, { line: line + 1, column: offset - page.from[line] });
  return found.line === null ? null : page.to[found.line - 1] + found.column;
}

/** Elements of the concept by id, where the id is there once: the offset of the name in the start tag. */
function elementsById(source) {
  const found = new Map();
  const walk = (node) => {
    const place = node.sourceCodeLocation?.startTag ?? node.sourceCodeLocation;
    const id = node.attrs?.find((attr) => attr.name === 'id')?.value;
    if (id && place) found.set(id, found.has(id) ? null : place.startOffset + 1);
    for (const child of [...(node.childNodes ?? []), ...(node.content ? [node.content] : [])]) walk(child);
  };
  walk(parse(source, { sourceCodeLocationInfo: true }));
  return found;
}

const counts = { pages: 0, mappings: 0, elements: 0, ids: 0, attributes: 0, texts: 0, implied: 0 };

function checkElement(page, node, ids) {
  const tag = node.tagName.getText();
  const at = origin(page, node.getStart());
  if (/^\w+(Page|Document)$/.test(tag)) return;
  assert.notEqual(at, null, `<${tag}> of ${page.path} comes from nowhere`);
  const rest = page.source.slice(at);
  const component = /^[A-Z]/.test(tag) && !/Element\d*$/.test(tag);
  const words = (text) => text.replace(/[^a-z0-9]/gi, '').toLowerCase();
  const name = component ? /^[a-z0-9-]+/.exec(rest)?.[0] ?? '' : /^[^\s/>]+/.exec(rest)?.[0] ?? '';
  const wanted = words(tag.replace(/Element\d*$/, ''));
  const implied = ['html', 'head', 'body', 'tbody', 'colgroup', 'tr', 'p', 'br', 'img'].includes(tag) && words(name) !== wanted;
  if (implied) {
    counts.implied++;
    return;
  }
  assert.equal(words(name), wanted, `${page.path}: <${tag}> comes from '${rest.slice(0, 20)}'`);
  counts.elements++;
  for (const attr of node.attributes.properties) checkAttribute(page, attr, component);
  const id = node.attributes.properties.find((attr) => attr.name?.getText() === 'id')?.initializer;
  const place = id && ts.isStringLiteral(id) ? ids.get(id.text) : undefined;
  if (component || !place) return;
  assert.equal(at, place, `${page.path}: #${id.text} comes from '${rest.slice(0, 20)}'`);
  counts.ids++;
}

function checkAttribute(page, attr, component) {
  if (!ts.isJsxAttribute(attr)) return;
  const name = attr.name.getText();
  if (/^(suppress|dangerously|ref$|defaultValue$)/.test(name) || (component && name === 'use')) return;
  const at = origin(page, attr.name.getStart());
  const words = (text) => text.replace(/[^a-z0-9]/gi, '').toLowerCase();
  const found = /^[^\s=/>]+/.exec(page.source.slice(at))?.[0].toLowerCase() ?? '';
  const wanted = component ? `dataintegration${words(name)}` : words(SPELT.get(name.toLowerCase()) ?? name);
  assert.equal(words(found), wanted, `${page.path}: '${name}' comes from '${page.source.slice(at, at + 30)}'`);
  counts.attributes++;
}

/** `text` is what stands in the page from `offset` on. In the concept it may end earlier, before what is left out. */
function checkText(page, offset, text) {
  const word = /^\s*([\p{L}\p{N}]+)/u.exec(text);
  if (!word) return;
  const at = origin(page, offset + word[0].length - word[1].length);
  const found = at === null ? '' : /^[\p{L}\p{N}]*/u.exec(page.source.slice(at))[0];
  assert.ok(found && (word[1].startsWith(found) || found.startsWith(word[1])), `${page.path}: text '${word[1]}' comes from '${page.source.slice(at, at + 20)}'`);
  counts.texts++;
}

function checkPage(path) {
  const page = open(path);
  const ids = elementsById(page.source);
  const file = ts.createSourceFile(path, page.code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
  let last = -1;
  eachMapping(page.trace, (mapping) => {
    const at = page.from[mapping.generatedLine - 1] + mapping.generatedColumn;
    assert.ok(at > last && at < page.code.length, `${path}: mappings are not in order`);
    const end = page.to[mapping.originalLine] ?? page.source.length + 1;
    assert.ok(page.to[mapping.originalLine - 1] + mapping.originalColumn < end, `${path}: a mapping to behind its line`);
    last = at;
    counts.mappings++;
  });
  const walk = (node) => {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) checkElement(page, node, ids);
    if (ts.isJsxText(node)) checkText(page, node.getFullStart(), node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression && ts.isNoSubstitutionTemplateLiteral(node.expression))
      checkText(page, node.expression.getStart() + 1, node.expression.rawText ?? node.expression.text);
    ts.forEachChild(node, walk);
  };
  walk(file);
  counts.pages++;
}

function fxc(project, ...args) {
  return spawnSync(FXC, ['-q', '-w', ...args], { cwd: project, encoding: 'utf8', maxBuffer: 1 << 26 });
}

function build(project) {
  const built = fxc(project, 'build');
  assert.equal(built.status, 0, built.stderr);
}

const pagesOf = (folder) => readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.tsx')).sort().map((name) => join(folder, name));

/** A use, all that is odd about lines and columns, and a name that a URL can not have. */
const ODD = '<!DOCTYPE html>\n<title>Odd</title>\r\n<p id="🙂a" title="ü𝒳">äöü 𝒳 <b id=b1>bold</b>\r<i id=i1>one</i> 🙂🙂 <a id=a1 href="#">two</a>\r\n'
  + '<div data-integration="  address-validation&#32;" data-integration-country="&#117;s" id=use><input id=in data-slot=street></div>\n<table><td id=td>cell</table>three &lt; four\n';

function oddPages(folder) {
  mkdirSync(folder, { recursive: true });
  const utf16 = Buffer.from(`\ufeff${ODD}`, 'utf16le');
  writeFileSync(join(folder, 'plain.html'), ODD);
  writeFileSync(join(folder, 'with bom #1?.html'), `\ufeff${ODD}`);
  writeFileSync(join(folder, 'utf-16le.html'), utf16);
  writeFileSync(join(folder, 'utf-16be.html'), Buffer.from(utf16).swap16());
  writeFileSync(join(folder, 'latin.html'), Buffer.from('<!DOCTYPE html>\n<p id=x>\xe4\xf6 <b id=y title="\xfc">\xdf</b> \xe9<i id=z>word</i>', 'latin1'));
  writeFileSync(join(folder, 'broken.html'), Buffer.concat([Buffer.from('<!DOCTYPE html><meta charset=utf-8><p id=x>'), Buffer.from([0xc3, 0x28, 0xff, 0xf0, 0x9f]), Buffer.from(' <b id=y>word</b>\n<i id=z>word</i>')]));
  writeFileSync(join(folder, 'clones.html'), '<!DOCTYPE html><b id=b class=c>one<p id=p>two</b>three</p><table><b>four<tr><td id=td>five</table>six');
  writeFileSync(join(folder, 'long-line.html'), `<!DOCTYPE html>${'<p>é <i title="ü">x</i></p>'.repeat(3000)}<b id=last>word</b>`);
}

describe('source maps', () => {
  let work;
  before(() => {
    mkdirSync(`${ROOT}build`, { recursive: true });
    work = mkdtempSync(`${ROOT}build/maps-`);
    cpSync(`${ROOT}examples/storefront`, join(work, 'storefront'), { recursive: true, filter: (path) => !/node_modules|generated|dist$/.test(path) });
    oddPages(join(work, 'storefront/concept/odd pages'));
    build(join(work, 'storefront'));
  });
  after(() => work && rmSync(work, { recursive: true }));

  it('of the storefront and of odd pages', () => {
    for (const page of pagesOf(join(work, 'storefront/generated/pages'))) checkPage(page);
  });
  it('of pages that hold every awkward feature', () => {
    cpSync(`${ROOT}tests/browser/pages`, join(work, 'awkward/concept'), { recursive: true });
    cpSync(`${ROOT}tests/roundtrip/pages`, join(work, 'awkward/concept/roundtrip'), { recursive: true });
    build(join(work, 'awkward'));
    for (const page of pagesOf(join(work, 'awkward/generated/pages'))) checkPage(page);
  });
  it('of made pages', () => {
    generate(join(work, 'made'), { pages: 60, seed: 7 });
    build(join(work, 'made'));
    for (const page of pagesOf(join(work, 'made/generated/pages'))) checkPage(page);
    assert.ok(counts.pages > 80 && counts.elements > 15000 && counts.attributes > 9000 && counts.texts > 12000 && counts.ids > 500, JSON.stringify(counts));
    assert.ok(counts.implied < 200, JSON.stringify(counts));
  });
  it('show where the outputs lie, wherever that is', () => {
    const project = join(work, 'storefront');
    for (const output of ['../elsewhere', 'deep/in/here', join(work, 'other')]) {
      assert.equal(fxc(project, 'build', '-o', output).status, 0);
      checkPage(resolve(project, output, 'pages/checkout.tsx'));
      checkPage(resolve(project, output, 'pages/odd pages/with bom #1?.tsx'));
    }
    assert.equal(fxc(work, '-C', 'storefront', 'build', '-o', '../from-above').status, 0);
    checkPage(join(work, 'from-above/pages/checkout.tsx'));
    assert.equal(fxc(join(project, 'concept'), 'build').status, 0);
    checkPage(join(project, 'generated/pages/checkout.tsx'));
  });
  it('of a page that a view makes, into the view', () => {
    const view = '\ufeff{ "entityType": "account", "viewType": "form", "title": "Kontoübersicht",\n  "fields": [\n'
      + '    { "name": "street", "label": "Straße 𝒳", "type": "text", "integration": { "type": "address-validation", "required": true } }\n  ]\n}\n';
    const files = { 'views/account form.json': view, 'integrations/a.yaml': 'address-validation:\n  concept: { render: widget, label: A, purpose: B }\n  prototype: { integration: x, version: "1.0.0" }\n' };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(work, 'view', name)), { recursive: true });
      writeFileSync(join(work, 'view', name), text);
    }
    build(join(work, 'view'));
    const page = open(join(work, 'view/generated/pages/account form.tsx'));
    for (const [there, here] of [['<h1>', 'Kontoübersicht'], ['<label htmlFor="street">', 'Straße 𝒳'], ['<AddressValidation', 'address-validation']]) {
      const at = page.code.indexOf(there) + (there.endsWith('>') ? there.length : 0);
      assert.equal(page.source.slice(origin(page, at), origin(page, at) + here.length), here);
    }
  });
  it('go with their pages, and are left alone when nothing changes', () => {
    const project = join(work, 'storefront');
    const map = join(project, 'generated/pages/search.tsx.map');
    const before = statSync(map).mtimeMs;
    build(project);
    assert.equal(statSync(map).mtimeMs, before);
    renameSync(join(project, 'concept/search.html'), join(project, 'concept/found.html'));
    build(project);
    assert.ok(!existsSync(map) && existsSync(join(project, 'generated/pages/found.tsx.map')));
    renameSync(join(project, 'concept/found.html'), join(project, 'concept/search.html'));
    build(project);
  });
  /** Where the call that makes the first <label> comes from. */
  function originOfLabel(code, map) {
    const at = code.search(/jsx\w*\("label"/i);
    const line = code.slice(0, at).split('\n').length;
    const found = originalPositionFor(new TraceMap(map), { line, column: at - code.lastIndexOf('\n', at) - 1 });
    const source = readFileSync(join(work, 'storefront/concept/checkout.html'), 'utf8');
    assert.ok(found.source?.endsWith('concept/checkout.html'), found.source);
    assert.ok(source.split('\n')[found.line - 1].slice(found.column).startsWith('label'), JSON.stringify(found));
  }
  it('lead esbuild through a bundle to the concept', async () => {
    const entry = join(work, 'storefront/generated/pages/checkout.tsx');
    const { outputFiles } = await bundle({ entryPoints: [entry], bundle: true, write: false, outdir: join(work, 'out'), sourcemap: 'external', packages: 'external', format: 'esm', jsx: 'automatic', external: ['../integrations/*'], logLevel: 'silent' });
    originOfLabel(outputFiles.find(({ path }) => path.endsWith('.js')).text, outputFiles.find(({ path }) => path.endsWith('.map')).text);
  });
  it('lead the development server of Vite to the concept', async () => {
    const server = await createServer({ root: join(work, 'storefront'), configFile: false, cacheDir: join(work, 'vite'), appType: 'custom', logLevel: 'silent', optimizeDeps: { noDiscovery: true }, server: { middlewareMode: true, hmr: false, ws: false, watch: null } });
    try {
      const { code, map } = await server.transformRequest('/generated/pages/checkout.tsx');
      originOfLabel(code, map);
    } finally {
      await server.close();
    }
  });
});

describe('type errors of emitted pages', () => {
  let project;
  before(() => {
    mkdirSync(`${ROOT}build`, { recursive: true });
    project = mkdtempSync(`${ROOT}build/maps-`);
    cpSync(`${ROOT}tests/browser/uses`, project, { recursive: true });
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', imports: { '#adapters/*': './adapters/*.ts' } }));
    build(project);
  });
  after(() => project && rmSync(project, { recursive: true }));

  /** What tsc says about the pages after a change of an emitted integration: where that is in the concept, and the text there. */
  function errorsAfter(integration, from, to) {
    const path = join(project, 'generated/integrations', `${integration}.tsx`);
    const before = readFileSync(path, 'utf8');
    assert.ok(from.test(before), `${from} in\n${before}`);
    writeFileSync(path, before.replace(from, to));
    const { compilerOptions } = JSON.parse(readFileSync(`${ROOT}tests/browser/sample/tsconfig.json`, 'utf8'));
    const { options } = ts.convertCompilerOptionsFromJson({ ...compilerOptions, skipLibCheck: true }, project);
    const program = ts.createProgram(pagesOf(join(project, 'generated/pages')), options);
    const diagnostics = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName.includes('/pages/'));
    writeFileSync(path, before);
    return diagnostics.map(({ file, start }) => {
      const page = open(file.fileName);
      const at = origin(page, start);
      const line = page.to.findLastIndex((begin) => begin <= at);
      return `${basename(page.sourcePath)}:${line + 1}:${at - page.to[line] + 1} ${/^[\w-]+/.exec(page.source.slice(at))?.[0]}`;
    });
  }

  /** The same places, found in the concepts by a pattern whose first group is what is wrong. */
  function placesOf(pattern) {
    const places = [];
    for (const name of readdirSync(join(project, 'concept')).sort()) {
      const source = readFileSync(join(project, 'concept', name), 'utf8');
      for (const found of source.matchAll(pattern)) {
        const at = found.indices[1][0];
        const before = source.slice(0, at).split('\n');
        places.push(`${name}:${before.length}:${before.at(-1).length + 1} ${/^[\w-]+/.exec(found[1])[0]}`);
      }
    }
    return places;
  }

  it('a type that changed is found at the attribute', () => {
    const places = placesOf(/<[^!>]*\s(data-integration-currency)=/gd);
    assert.ok(places.length > 0);
    assert.deepEqual(errorsAfter('price-tag', /readonly currency\?: [^;]+;/, 'readonly currency?: 7;').sort(), places.sort());
  });
  it('a prop that is missing, at the name of the integration', () => {
    const errors = errorsAfter('stock-level', /(export interface StockLevelProps[^{]*\{)/, '$1 readonly toBeGiven: string;');
    assert.ok(errors.length > 0);
    for (const error of errors) assert.match(error, / stock-level$/);
  });
  it('a component that is gone, at its first use', () => {
    const errors = errorsAfter('price-tag', /export function PriceTag\(/, 'export function PriceLabel(');
    assert.ok(errors.length > 0);
    for (const error of errors) assert.match(error, / price-tag$/);
  });
});
