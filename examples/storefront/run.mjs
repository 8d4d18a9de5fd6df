// `make run`: compiles the concept, builds the app, and serves it with its providers on a free loopback port.
// With --once it looks at every page in headless Chromium instead of staying, and says what it saw.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, relative, resolve } from 'node:path';
import { nodeHandler } from '@fxc/runtime/node';
import { mockProviders } from './server/mock.mjs';

const here = import.meta.dirname;
// The keys that the server half needs; a real shop has them in its environment.
const keys = { MAPS_KEY: `AIza${'x'.repeat(35)}`, SMARTY_AUTH_ID: '00000000-0000-0000-0000-000000000000', SMARTY_AUTH_TOKEN: 'x' };
const played = /^https:\/\/(addressvalidation\.googleapis\.com|us-street\.api\.smarty\.com|maps\.googleapis\.com)\//;
const fxc = resolve(process.env.FXC ?? join(here, '../../build/fxc'));
const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json',
};

// Who may read /_fx/metrics: whoever has started this.
const metricsToken = randomBytes(12).toString('hex');

/** One line for an alert of the manifests, as it begins and as it ends. */
function sayAlert({ active, integration, side, source, threshold: { bound, is, metric }, value }) {
  const say = (number) => (metric.startsWith('latency') ? `${number.toFixed()} ms` : `${+(number * 100).toFixed(1)} %`);
  const measured = value === undefined ? '' : ` ${say(value)},`;
  console.log(`  ${active ? 'alert' : 'alert ended'} (${side}): ${integration} ${metric}${measured} ${is} ${say(bound)} [${source}]`);
}

/** Runs a step; its output is shown as it comes, or only if it fails. */
function step(title, command, args, quiet) {
  console.log(`\n${title}`);
  const run = spawnSync(command, args, { cwd: here, stdio: quiet ? 'pipe' : 'inherit', encoding: 'utf8' });
  if (run.status === 0) return;
  process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error ? `${command}: ${run.error.message}\n` : ''}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** A file of dist/ for a path, `index.html` for a folder; null outside of dist/. */
function fileOf(pathname) {
  const path = normalize(join(here, 'dist', decodeURIComponent(pathname)));
  if (!path.startsWith(join(here, 'dist')) || path.includes('/.')) return null;
  const file = extname(path) ? path : join(path, 'index.html');
  return existsSync(file) ? file : null;
}

/** What a page of dist/ may load and ask: the policy that fxc has made of its integrations. */
function policyOf(file, policies) {
  const policy = policies[relative(join(here, 'dist'), file).replace(/\.html$/, '')]?.policy;
  return policy ? { 'content-security-policy': policy } : {};
}

/** What the emitted server half asks of providers goes to their mock, wherever they are. */
function playProviders(address) {
  const ask = globalThis.fetch;
  globalThis.fetch = (url, init) => ask(String(url).replace(played, address), init);
}

async function serve() {
  const { createHandler } = await import('./dist/.handler/handler.js');
  const { pages } = JSON.parse(readFileSync(join(here, 'generated/content-security-policy.json'), 'utf8'));
  const providers = mockProviders();
  // The operations that need keys, by the handler that fxc has emitted; it also takes what browsers have counted.
  const handler = createHandler({ metricsToken, onAlert: sayAlert });
  const half = nodeHandler((request) => handler(request, keys));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://loopback');
    if (pathname.startsWith('/_fx/')) return void half(request, response);
    // A form that is sent without scripts lands on its page again.
    const file = request.method === 'GET' || types[extname(pathname)] ? fileOf(pathname) : null;
    if (!file) return void providers(request, response);
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...policyOf(file, pages) });
    response.end(readFileSync(file));
  });
  return new Promise((ready) => {
    server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
      const address = `http://127.0.0.1:${server.address().port}/`;
      playProviders(address);
      ready({ server, address });
    });
  });
}

step('Compiling the concept: fxc build', fxc, ['build'], false);
step('Building the app: vite', 'npm', ['run', '--silent', 'build'], true);
const { server, address } = await serve();
console.log(`\nServing the storefront at ${address}`);

if (process.argv.includes('--once')) {
  const { look } = await import('./look.mjs');
  const failed = await look(address, metricsToken);
  server.close();
  process.exitCode = failed ? 1 : 0;
} else {
  console.log(`What is counted: curl -sH 'Authorization: Bearer ${metricsToken}' ${address}_fx/metrics | fxc monitor -`);
  console.log('Press Ctrl-C to stop.');
}
