// The round trip: pages → fxc → tsc → React 19 → HTML, and there Chromium must see the tree that it sees in the page,
// but for what fxc reported as dropped. Prints each step, the pages that differ with the first line that does, and the
// percentage; fails under 98.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { makeProject } from './corpus.mjs';
import { linesOfTree } from './tree.mjs';

const root = resolve(import.meta.dirname, '../..');
const project = join(root, 'build/roundtrip/project');
const fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
const at = (...path) => join(project, ...path);

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
}

/** Compiles the pages; returns the codes that were reported, by page. */
function compile() {
  rmSync(at('generated'), { recursive: true, force: true });
  const compiled = run(fxc, ['build', '-q', '--diagnostics-format=json:diagnostics.jsonl']);
  if (compiled.status !== 0) {
    console.error(compiled.stderr.slice(0, 4000) || readFileSync(at('diagnostics.jsonl'), 'utf8').split('\n').filter((line) => line.includes('"error"')).slice(0, 10).join('\n'));
    throw new Error(`fxc build ended with ${compiled.status}`);
  }
  const codes = {};
  for (const line of readFileSync(at('diagnostics.jsonl'), 'utf8').split('\n').filter(Boolean)) {
    const { file, code } = JSON.parse(line);
    (codes[file] ??= new Set()).add(code);
  }
  return codes;
}

/** Type-checks what was emitted; returns how many files have an error. */
function typeCheck() {
  const options = { ...JSON.parse(readFileSync(join(root, 'examples/storefront/tsconfig.json'), 'utf8')).compilerOptions, types: [] };
  writeFileSync(at('tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['generated'] }));
  const checked = run(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '--pretty', 'false', '-p', 'tsconfig.json']);
  const files = new Set(checked.stdout.split('\n').map((line) => /^(\S+?)\(\d/.exec(line)?.[1]).filter(Boolean));
  if (files.size > 0) console.log(checked.stdout.split('\n').slice(0, 10).join('\n'));
  return files.size;
}

async function render() {
  for (const made of ['bundle', 'rendered']) rmSync(at(made), { recursive: true, force: true });
  const pages = readdirSync(at('generated/pages'), { recursive: true }).filter((path) => path.endsWith('.tsx'));
  await build({
    entryPoints: pages.map((path) => at('generated/pages', path)), outdir: at('bundle'), outbase: at('generated/pages'),
    bundle: true, splitting: true, chunkNames: 'chunk-[hash]', format: 'esm', platform: 'node', jsx: 'automatic', packages: 'external', logLevel: 'error',
  });
  const rendered = run(process.execPath, [join(import.meta.dirname, 'render.mjs'), 'bundle', 'rendered']);
  if (rendered.status !== 0) throw new Error(rendered.stderr.slice(0, 2000));
  return rendered.stdout.trim().split('\n').filter(Boolean);
}

function serve() {
  const server = createServer((request, response) => {
    const file = at(decodeURIComponent(new URL(request.url, 'http://loopback').pathname));
    if (!file.startsWith(project) || !file.endsWith('.html') || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': request.url.startsWith('/rendered/') ? 'text/html; charset=utf-8' : 'text/html' });
    response.end(readFileSync(file));
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready({ server, origin: `http://127.0.0.1:${server.address().port}` })));
}

/** The first place where two lists of lines differ. */
function difference(expected, actual) {
  const i = expected.findIndex((line, n) => line !== actual[n]);
  if (i === -1 && expected.length === actual.length) return null;
  const n = i === -1 ? expected.length : i;
  return `page: ${(expected[n] ?? 'nothing').trim().slice(0, 150)}\n      made: ${(actual[n] ?? 'nothing').trim().slice(0, 150)}`;
}

async function compare(pages, codes, booleans) {
  const { server, origin } = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.route('**', (route) => (route.request().isNavigationRequest() && route.request().url().startsWith(origin) ? route.continue() : route.abort()));
  const tab = await context.newPage();
  async function tree(path, dropped) {
    await tab.goto(`${origin}/${path.split('/').map(encodeURIComponent).join('/')}`, { waitUntil: 'commit' });
    await tab.waitForLoadState('domcontentloaded');
    return tab.evaluate(linesOfTree, { dropped, booleans });
  }
  const differing = [];
  for (const name of pages) {
    const reported = codes[`concept/${name}.html`] ?? new Set();
    const dropped = { scripts: true, handlers: reported.has('FX1302'), attributes: reported.has('FX1107') };
    if (!existsSync(at('rendered', `${name}.html`))) differing.push({ name, first: 'was not rendered', reported });
    else {
      const first = difference(await tree(`concept/${name}.html`, dropped), await tree(`rendered/${name}.html`, dropped));
      if (first) differing.push({ name, first, reported });
    }
  }
  await browser.close();
  server.close();
  return differing;
}

mkdirSync(project, { recursive: true });
const origins = makeProject(project, join(root, 'build/roundtrip/packages'), join(import.meta.dirname, 'pages'), Number(process.env.PAGES ?? 420));
const total = Object.values(origins).reduce((sum, number) => sum + number, 0);
console.log(`pages: ${total} (${Object.entries(origins).map(([origin, number]) => `${origin} ${number}`).join(', ')})`);
const codes = compile();
console.log(`type-checked: ${typeCheck()} files with errors`);
const unrendered = await render();
console.log(`rendered with React: ${total - unrendered.length} of ${total}`);
for (const line of unrendered) console.log(`  ${line}`);
const table = readFileSync(join(root, 'runtime/attributes.def'), 'utf8');
const booleans = [...table.matchAll(/^ATTRIBUTE\("?([\w-]+)"?,\s*"?[\w-]+"?,\s*BOOLEAN/gm)].map((match) => match[1]);
const pages = readdirSync(at('concept'), { recursive: true }).filter((path) => path.endsWith('.html')).map((path) => path.slice(0, -'.html'.length));
const differing = await compare(pages, codes, booleans);
for (const { name, first, reported } of differing) console.log(`  ${name}${reported.has('FX1303') ? ' (reported, FX1303)' : ''}:\n      ${first}`);
const said = differing.filter(({ reported }) => reported.has('FX1303')).length;
const equal = total - differing.length;
const percent = (100 * (equal + said)) / total;
console.log(`equal to Chromium's tree: ${equal} of ${total}; another ${said} differ as reported (FX1303); ${percent.toFixed(2)} %`);
process.exitCode = percent >= 98 ? 0 : 1;
