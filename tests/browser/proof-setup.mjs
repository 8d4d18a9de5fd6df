// In: nothing. Out: a project built by fxc whose providers are real HTTP servers on loopback that misbehave on demand,
// a server with its pages, and pages in Chromium whose console is kept.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundle, load, readText, ROOT, withConsole } from './harness.mjs';

const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');

async function listen(answer) {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}

/** What a provider may do instead of answering; `slow` answers when nobody waits any more. */
const FAULTS = {
  down: (response) => response.writeHead(500).end('{"error":"broken"}'),
  busy: (response) => response.writeHead(429, { 'retry-after': '1' }).end(),
  slow: (response) => setTimeout(() => response.end('{"line":"LATE","town":"LATE"}'), 3000).unref(),
  garbage: (response) => response.end('<html>sorry</html>'),
  shape: (response) => response.end('{"line":7,"town":["no"]}'),
  half: (response) => (response.writeHead(200, { 'content-length': '100' }), response.write('{"line":'), setTimeout(() => response.destroy(), 20)),
  closed: (response) => response.destroy(),
  key: (response) => response.writeHead(401).end('{"error":"who are you"}'),
};

/** Says the town of a street in its own words. `mode` is 'up' or a fault; `asked` has the streets. */
export async function startProvider(name, key) {
  const provider = { name, mode: 'up', asked: [] };
  const server = await listen((request, response) => {
    const query = new URL(request.url, 'http://provider').searchParams;
    provider.asked.push(query.get('street'));
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', 'retry-after');
    response.setHeader('content-type', 'application/json');
    if (provider.mode !== 'up') return FAULTS[provider.mode](response);
    if (query.get('key') !== key) return FAULTS.key(response);
    return response.end(JSON.stringify({ line: query.get('street').toUpperCase(), town: `${name}ville` }));
  });
  return Object.assign(provider, server);
}

const versionOf = (label, number, name, address, key) => `
    ${label}:
      version: "${number}"
      status: stable
      prototype:
        integration: ${name}
        features: [completion]
        config: { key: ${key} }
        http:
          complete:
            get: "${address}/find?key={config.key}"
            query: { street: street }
            result: { street: /line, town: /town }`;

const manifest = (alpha, beta) => `address-help:
  concept:
    label: Complete an address
    purpose: Spell an address as the postal service does
    props: { patience: { type: duration, default: 20ms } }
    slots: { street: input, town: input, status: output? }
  types:
    Address: { street: string, town: string }
  operations:
    complete: { params: { street: string }, returns: Address }
  on:
    - event: change
      of: [street]
      after: patience
      do:
        - call: { operation: complete, with: { street: street.value }, as: address }
        - fill: { street: address.street, town: address.town, status: "We deliver to {address.town}." }
  versions:${versionOf('v2', '2.0.0', 'alpha', alpha.address, 'alpha-key')}${versionOf('v1', '1.0.0', 'beta', beta.address, 'beta-key')}
    fallback_chain: [v1, static]
  active_version: v2
  budget: 4s
  limits:
    timeout: 300ms
    retry: { attempts: 1, backoff: constant, from: 20ms, to: 20ms }
    breaker: { failures: 6, reset: 1s }
`;

export const CONCEPT = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Where do you live?</title>
</head>
<body>
  <main>
    <h1>Where do you live?</h1>
    <form method="post" action="/orders">
      <fieldset data-integration="address-help">
        <legend>Address</legend>
        <p><label for="street">Street</label> <input id="street" name="street" data-slot="street"></p>
        <p><label for="town">Town</label> <input id="town" name="town" data-slot="town"></p>
        <p><label for="note">Note</label> <textarea id="note" name="note">Ring twice</textarea></p>
        <output data-slot="status" for="street"></output>
      </fieldset>
      <p><button>Order</button></p>
    </form>
    <div id="later" data-integration="far-away"><p>Shown as it is.</p></div>
  </main>
</body>
</html>
`;

const FAR_AWAY = `far-away:
  concept: { label: Far away, purpose: Nobody has written its adapter }
  prototype: { integration: nowhere }
  fallback: static
`;

const CLIENT = `import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { Monitor } from '@fxc/runtime';
import { integrationConfig } from '../generated/integration-config';
import { IndexDocument } from '../generated/pages/index';
import { IntegrationProvider } from '../generated/providers';

const monitor = new Monitor({ config: integrationConfig });
const issues: string[] = [];
Object.assign(globalThis, { monitor, issues });
hydrateRoot(
  document,
  <StrictMode><IntegrationProvider observers={[monitor]} onIssue={({ integration, label, phase, source }) => issues.push([integration, label, phase, source].join(' '))}><IndexDocument /></IntegrationProvider></StrictMode>,
  { onRecoverableError: (error) => console.error(String(error)) },
);
`;

const RENDER = `import { documentHtml } from '@fxc/runtime';
import { renderToString } from 'react-dom/server';
import { IndexDocument, indexDocument } from '../generated/pages/index';
import { IntegrationProvider } from '../generated/providers';
export const html = () => documentHtml(renderToString(<IntegrationProvider><IndexDocument /></IntegrationProvider>), indexDocument, '/main.js');
`;

/** A folder with the project, built by fxc. */
export function buildProject(files) {
  mkdirSync(`${ROOT}build`, { recursive: true });
  const project = mkdtempSync(`${ROOT}build/proof-`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const built = spawnSync(FXC, ['build', '-q'], { cwd: project, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  return { project, warnings: built.stderr, remove: () => rmSync(project, { recursive: true }) };
}

const REACT = { 19: {}, 18: { react: 'react-18', 'react-dom': 'react-dom-18' } };

/** Scripts by name, split where modules are loaded late, as bundlers for the web do. */
async function scripts(folder, react) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.tsx')],
    bundle: true, splitting: true, write: false, outdir: '/out', format: 'esm', target: 'es2022', jsx: 'automatic',
    chunkNames: '[name]-[hash]', nodePaths: [join(ROOT, 'node_modules')], alias: REACT[react],
    define: { 'process.env.NODE_ENV': '"development"' }, logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]));
}

/**
 * The site of the project with one version of React: `asked` has the paths that browsers asked for, `orders` what forms sent; `gate`
 * is waited for before the script is sent.
 */
async function startSite(project, react) {
  const folder = join(project, 'src');
  const rendering = load(await bundle(readText(join(folder, 'render.tsx')), { react, platform: 'node', folder }));
  const { value: html, complaints } = withConsole(() => rendering.html());
  const files = await scripts(folder, react);
  const site = { asked: [], orders: [], gate: Promise.resolve(), html, complaints };
  const server = await listen(async (request, response) => {
    site.asked.push(request.url);
    let body = '';
    for await (const part of request) body += part;
    if (request.method === 'POST') site.orders.push(Object.fromEntries(new URLSearchParams(body)));
    if (request.url === '/' || request.url === '/orders') return response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
    const script = files.get(request.url);
    if (script === undefined) return response.writeHead(404).end();
    await site.gate;
    return response.setHeader('content-type', 'text/javascript').end(script);
  });
  return Object.assign(site, server);
}

/** Providers, the project, and a site for each version of React. */
export async function setUp() {
  const alpha = await startProvider('Alpha', 'alpha-key');
  const beta = await startProvider('Beta', 'beta-key');
  const { project, remove } = buildProject({
    'project.yaml': 'project: proof\n',
    'concept/index.html': CONCEPT,
    'integrations/address-help.yaml': manifest(alpha, beta),
    'integrations/far-away.yaml': FAR_AWAY,
    'src/main.tsx': CLIENT,
    'src/render.tsx': RENDER,
  });
  const sites = { 18: await startSite(project, '18'), 19: await startSite(project, '19') };
  return {
    alpha, beta, sites, project,
    close() {
      for (const one of [alpha, beta, ...Object.values(sites)]) one.close();
      remove();
    },
  };
}

/** A page of its own; `messages` is its console, but for what the browser itself says of answers that failed. */
export async function visit(browser, site, { scripts: javaScriptEnabled = true, wait = true, block } = {}) {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  page.messages = [];
  page.on('console', (message) => {
    if (!/React DevTools|Failed to load resource/.test(message.text())) page.messages.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.messages.push(`error: ${error.message}`));
  if (block) await page.route(block, (route) => route.abort());
  await page.goto(`${site.address}/`, { waitUntil: 'commit' });
  await page.waitForSelector('button');
  if (wait && javaScriptEnabled) await page.waitForSelector('fieldset[data-state]');
  return page;
}
