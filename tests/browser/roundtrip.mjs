// In: a folder of HTML pages, and what fxc wrote for it. Out: for how many pages the tree that React renders is the
// tree that Chromium builds of the concept, and why not for the others.
//
//   node tests/browser/roundtrip.mjs PAGES GENERATED [--diagnostics=FILE] [--must=98] [--hydrate] [--react=19] [--limit=N]
//
// PAGES/a/b.html is compared with GENERATED/pages/a/b.tsx. FILE has fxc's diagnostics as JSON lines. What they say is
// dropped or moved is dropped and moved in the concept too, and then the trees must be equal (`reported`); only where
// FX1303 or FX8006 says that HTML or React cannot have the tree, any difference counts as reported (`loose`).
// Exit status 1 if fewer than `must` per cent are equal or reported.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { moveToHead, onlyMoves, withoutDropped } from './drops.mjs';
import { bundle, bundleAll, domTree, launch, load, openPage, ORIGIN, parsedTree, show, withConsole } from './harness.mjs';
import { difference } from './tree.mjs';

const AT_ONCE = 50;

/** Returns `{pages, equal, reported, loose, different, missing, silent, failures}`; `reported` contains `loose`. */
export async function roundtrip(pages, generated, options = {}) {
  const react = String(options.react ?? '19');
  const reports = options.diagnostics ? readDiagnostics(options.diagnostics) : new Map();
  const all = htmlFiles(pages).slice(0, options.limit ?? Infinity);
  const total = { pages: all.length, equal: 0, reported: 0, loose: 0, different: 0, missing: 0, silent: 0, failures: [] };
  const browser = await launch();
  try {
    const parser = await openPage(browser, { scripts: false });
    const runner = options.hydrate ? await openPage(browser) : null;
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const batch = all.slice(at, at + AT_ONCE).map((file) => ({ file, name: relative(pages, file).split(sep).join('/') }));
      for (const page of batch) page.module = join(generated, 'pages', page.name.replace(/\.x?html?$/i, '.tsx'));
      const rendered = await renderAll(batch.filter(({ module }) => existsSync(module)), generated, react);
      for (const page of batch) await compare(page, rendered.get(page.module), { parser, reports: reports.get(page.name) ?? [], total });
      if (runner) await hydrateAll(batch.map((page) => ({ ...page, ...rendered.get(page.module) })).filter(({ html }) => html), { runner, total, generated, react });
    }
  } finally {
    await browser.close();
  }
  return total;
}

async function compare(page, rendered, { parser, reports, total }) {
  const fail = (kind, why) => {
    total[kind]++;
    total.failures.push({ page: page.name, kind, why });
  };
  if (!rendered) return fail('missing', `no ${page.module}`);
  if (rendered.error) return fail('different', rendered.error);
  try {
    const bytes = readFileSync(page.file);
    await show(parser, bytes);
    const actual = await parsedTree(parser, rendered.html);
    const found = difference(await domTree(parser), actual);
    if (!found) {
      total.equal++;
      return;
    }
    await show(parser, withoutDropped(bytes, reports));
    const left = difference(moveToHead(await domTree(parser)), moveToHead(actual));
    if (!left && reports.length > 0) total.reported++;
    else if (reports.some(({ code }) => code === 'FX8006') || !onlyMoves(reports)) {
      total.loose++;
      fail('reported', describe(left ?? found));
    } else fail('different', describe(left ?? found));
  } catch (error) {
    fail('different', String(error.message ?? error).split('\n')[0]);
  }
}

async function hydrateAll(batch, { runner, total, generated, react }) {
  if (batch.length === 0) return;
  const { names, files } = await bundleAll(batch.map(({ module }) => clientSource(module, generated)), { react });
  for (const [i, page] of batch.entries()) {
    const script = `<script type="module" src="${ORIGIN}${names[i]}"></script></head>`;
    await show(runner, page.html.replace('</head>', () => script), files);
    await runner.waitForFunction('globalThis.hydrated', null, { timeout: 10_000, polling: 20 }).catch(() => runner.messages.push('never hydrated'));
    if (runner.messages.length === 0) total.silent++;
    else total.failures.push({ page: page.name, kind: 'console', why: runner.messages[0].slice(0, 1000) });
  }
}

const describe = ({ before, expected, actual }) =>
  `after ${before.map((line) => line.trim()).join(' ')}\n      expected ${expected.trim().slice(0, 160)}\n      found    ${actual.trim().slice(0, 160)}`;

export function clientSource(module, generated) {
  return `import { StrictMode, useEffect } from 'react';
import { hydrateRoot } from 'react-dom/client';
import * as page from ${JSON.stringify(resolve(module))};
${wrapperSource(generated)}
function Probe() { useEffect(() => { globalThis.hydrated = true; }, []); return null; }
const Document = Object.entries(page).find(([name, value]) => typeof value === 'function' && name.endsWith('Document'))[1];
hydrateRoot(document, <StrictMode><Wrapper><Document /><Probe /></Wrapper></StrictMode>, { onRecoverableError: (error) => console.error(error.message) });`;
}

/** The emitted provider, where there is one. */
function wrapperSource(generated) {
  const providers = join(resolve(generated), 'providers.tsx');
  if (!existsSync(providers)) return 'const Wrapper = ({ children }) => children;';
  return `import { IntegrationProvider } from ${JSON.stringify(providers)};\nconst Wrapper = ({ children }) => <IntegrationProvider>{children}</IntegrationProvider>;`;
}

/** Bundles the pages of a batch at once; if that fails, one by one, so that one bad page is one failure. */
async function renderAll(batch, generated, react) {
  const out = new Map();
  try {
    for (const [module, result] of await renderBatch(batch, generated, react)) out.set(module, result);
  } catch (error) {
    if (batch.length > 1) for (const page of batch) for (const [module, result] of await renderAll([page], generated, react)) out.set(module, result);
    else for (const { module } of batch) out.set(module, { error: `bundle: ${String(error.message).split('\n').slice(0, 3).join(' ')}` });
  }
  return out;
}

async function renderBatch(batch, generated, react) {
  if (batch.length === 0) return [];
  const source = `import { renderToString } from 'react-dom/server';
import { documentHtml } from '@fxc/runtime';
${wrapperSource(generated)}
${batch.map(({ module }, i) => `import * as page${i} from ${JSON.stringify(resolve(module))};`).join('\n')}
const pages = [${batch.map((_, i) => `page${i}`).join(', ')}];
export function render(i) {
  const entries = Object.entries(pages[i]);
  const Document = entries.find(([name, value]) => typeof value === 'function' && name.endsWith('Document'))[1];
  const about = entries.find(([name, value]) => typeof value === 'object' && name.endsWith('Document'))[1];
  return documentHtml(renderToString(<Wrapper><Document /></Wrapper>), about);
}`;
  const { render } = load(await bundle(source, { platform: 'node', react }));
  return batch.map(({ module }, i) => {
    try {
      const { value } = withConsole(() => render(i));
      return [module, { html: value }];
    } catch (error) {
      return [module, { error: `render: ${error.message}` }];
    }
  });
}

function htmlFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.x?html?$/i.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** The diagnostics of each page, by every tail of its path. */
function readDiagnostics(file) {
  const reports = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const diagnostic = JSON.parse(line);
    const parts = String(diagnostic.file ?? '').split('/');
    for (let i = 0; i < parts.length; i++) {
      const tail = parts.slice(i).join('/');
      if (!reports.has(tail)) reports.set(tail, []);
      reports.get(tail).push(diagnostic);
    }
  }
  return reports;
}

function readArguments(words) {
  const options = { must: 98 };
  const paths = [];
  for (const word of words) {
    const [, name, value] = /^--(\w+)(?:=(.*))?$/.exec(word) ?? [];
    if (!name) paths.push(word);
    else options[name] = value === undefined ? true : /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  }
  return { paths, options };
}

async function main() {
  const { paths, options } = readArguments(process.argv.slice(2));
  if (paths.length !== 2) {
    console.error(`usage: node ${basename(process.argv[1])} PAGES GENERATED [--diagnostics=FILE] [--must=98] [--hydrate] [--react=19] [--limit=N]`);
    process.exit(2);
  }
  const total = await roundtrip(paths[0], paths[1], options);
  for (const { page, kind, why } of total.failures) console.log(`${page}: ${kind}: ${why}`);
  const percent = (n) => `${((100 * n) / Math.max(1, total.pages)).toFixed(1)} %`;
  console.log(`${total.pages} pages: ${total.equal} equal (${percent(total.equal)}), ${total.reported} differ as reported (${total.loose} beyond checking), ${total.different} differ, ${total.missing} missing`);
  console.log(`round trip: ${percent(total.equal + total.reported)}`);
  if (options.hydrate) console.log(`hydrated without a word: ${percent(total.silent)}`);
  process.exitCode = total.pages > 0 && (100 * (total.equal + total.reported)) / total.pages >= options.must ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
