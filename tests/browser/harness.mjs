// In: HTML bytes or emitted modules. Out: a browser, bundles, and the tree that a document has in it, as data.
// Pages are served by interception under one made-up origin, so nothing leaves the machine.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { measure, sourcemap } from './coverage.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const ORIGIN = 'http://page.invalid/';

const FLAGS = `--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
  --disable-component-update --disable-sync`.split(/\s+/);

export async function launch() {
  return measure(await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS }));
}

/** A page whose console is kept in `page.messages`. `scripts: false` parses as fxc does, scripting disabled. */
export async function openPage(browser, { scripts = true } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, serviceWorkers: 'block' });
  const page = await context.newPage();
  page.messages = [];
  page.on('console', (message) => {
    // A resource that interception refuses is no concern of the page's.
    if (/React DevTools|Failed to load resource|net::ERR/.test(message.text())) return;
    page.messages.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.messages.push(`error: ${error.message}`));
  page.current = { html: '', scripts: new Map(), sent: false };
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url === ORIGIN && !page.current.sent) {
      const { html } = page.current;
      page.current.sent = true;
      const headers = { 'content-type': contentType(html) };
      // The parser asks for nothing else then; but a nonce would be hidden.
      if (!scripts && !/\snonce/i.test(html.toString('latin1'))) headers['content-security-policy'] = "default-src 'none'";
      return route.fulfill({ status: 200, headers, body: html });
    }
    const script = url.startsWith(ORIGIN) ? page.current.scripts.get(url.slice(ORIGIN.length)) : undefined;
    if (script !== undefined) return route.fulfill({ status: 200, contentType: 'text/javascript', body: script });
    // Frames, and pages that refresh themselves: an answer without content leaves the document as it is.
    return route.request().isNavigationRequest() ? route.fulfill({ status: 204 }) : route.abort();
  });
  return page;
}

/** As fxc decides: byte order mark and `<meta>` first (the browser sees to those), then UTF-8 if it is valid, else windows-1252. */
function contentType(html) {
  if (typeof html === 'string') return 'text/html; charset=utf-8';
  if (/<meta[^>]*charset/i.test(html.subarray(0, 1024).toString('latin1'))) return 'text/html';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(html);
    return 'text/html; charset=utf-8';
  } catch {
    return 'text/html; charset=windows-1252';
  }
}

/** Shows `html` (text or bytes) in the page; `scripts` are files by name that it may ask for. */
export async function show(page, html, scripts = {}) {
  page.current = { html, scripts: new Map(Object.entries(scripts)), sent: false };
  page.messages.length = 0;
  await page.goto(ORIGIN, { waitUntil: 'domcontentloaded', timeout: 30_000 });
}

const PROVIDED = {
  '19': {},
  '18': { react: 'react-18', 'react-dom': 'react-dom-18' },
};

/** Bundles an entry's source with React 18 or 19; development builds unless said. */
export async function bundle(source, { react = '19', platform = 'browser', development = true, folder = ROOT } = {}) {
  const result = await build({
    stdin: { contents: source, resolveDir: folder, loader: 'tsx' },
    bundle: true,
    write: false,
    jsx: 'automatic',
    platform,
    format: platform === 'node' ? 'cjs' : 'iife',
    target: 'es2022',
    nodePaths: [join(ROOT, 'node_modules')],
    alias: PROVIDED[react],
    define: { 'process.env.NODE_ENV': development ? '"development"' : '"production"' },
    sourcemap,
    logLevel: 'silent',
  });
  return result.outputFiles[0].text;
}

/** Bundles a client for each source; they share what they have in common. Returns `{names, files}`. */
export async function bundleAll(sources, { react = '19', folder = ROOT } = {}) {
  const virtual = {
    name: 'sources',
    setup(work) {
      work.onResolve({ filter: /^source:\d+$/ }, ({ path }) => ({ path, namespace: 'source' }));
      work.onLoad({ filter: /.*/, namespace: 'source' }, ({ path }) => ({ contents: sources[Number(path.slice(7))], loader: 'tsx', resolveDir: folder }));
    },
  };
  const names = sources.map((_, i) => `page${i}.js`);
  const result = await build({
    entryPoints: sources.map((_, i) => ({ in: `source:${i}`, out: `page${i}` })),
    plugins: [virtual],
    bundle: true,
    splitting: true,
    write: false,
    outdir: '/bundle',
    jsx: 'automatic',
    format: 'esm',
    target: 'es2022',
    nodePaths: [join(ROOT, 'node_modules')],
    alias: PROVIDED[react],
    define: { 'process.env.NODE_ENV': '"development"' },
    sourcemap,
    logLevel: 'silent',
  });
  return { names, files: Object.fromEntries(result.outputFiles.map(({ path, text }) => [basename(path), text])) };
}

/** Loads a bundle made for Node. */
export function load(code) {
  const file = join(mkdtempSync(join(tmpdir(), 'fxc-bundle-')), 'bundle.cjs');
  writeFileSync(file, code);
  return createRequire(pathToFileURL(file))(file);
}

/** Runs `work` with console.error collected: React's complaints on the server. */
export function withConsole(work) {
  const complaints = [];
  const before = console.error;
  console.error = (...words) => complaints.push(words.map(String).join(' '));
  try {
    return { value: work(), complaints };
  } finally {
    console.error = before;
  }
}

/** The document as the page has it: `{doctype, root}`; nodes are `{element, ns, attributes, children, content, shadow}`, `{text}`, `{comment}`. */
export async function domTree(page) {
  return JSON.parse(await page.evaluate(`(${treeOf})(document)`));
}

/** The same of a text, parsed where another page is shown: it is not loaded, and nothing in it runs. */
export async function parsedTree(page, html) {
  return JSON.parse(await page.evaluate(`(${treeOf})(Document.parseHTMLUnsafe(${JSON.stringify(html)}))`));
}

// Runs in the browser. Text, for the protocol is slow with objects.
function treeOf(document) {
  const SPACES = { 'http://www.w3.org/2000/svg': 'svg', 'http://www.w3.org/1998/Math/MathML': 'math' };
  const children = (node) => [...node.childNodes].map(convert).filter(Boolean);
  function convert(node) {
    if (node.nodeType === 3 || node.nodeType === 4) return { text: node.data };
    if (node.nodeType === 8) return { comment: node.data };
    if (node.nodeType !== 1) return null;
    const element = {
      element: node.localName,
      ns: SPACES[node.namespaceURI] ?? '',
      attributes: [...node.attributes].map(({ name, value }) => [name, value]),
      children: children(node),
    };
    if (node instanceof HTMLTemplateElement) element.content = children(node.content);
    if (node.shadowRoot) {
      element.shadow = children(node.shadowRoot);
      element.shadowAttributes = ['delegatesFocus', 'clonable', 'serializable'].filter((one) => node.shadowRoot[one]).map((one) => `shadowroot${one.toLowerCase()}`);
      element.shadowMode = node.shadowRoot.mode;
    }
    return element;
  }
  const type = document.doctype;
  const doctype = type
    ? `<!DOCTYPE ${type.name}${type.publicId ? ` PUBLIC "${type.publicId}"` : type.systemId ? ' SYSTEM' : ''}${type.systemId ? ` "${type.systemId}"` : ''}>`
    : '';
  return JSON.stringify({ doctype, quirks: document.compatMode === 'BackCompat', root: convert(document.documentElement) });
}

export function readText(path) {
  return readFileSync(path, 'utf8');
}
