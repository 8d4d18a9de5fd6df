// The standard library as code: every operation of every release is called through its generated adapter, and where it
// needs secrets through the generated server half. Providers are played by a fetch that hands out the sample answers:
// what comes back is what the result's pointers say, and no secret leaves the server.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bindingsOf, environmentOf, providersOf } from './ir.mjs';
import { keys } from './keys.mjs';
import { makeProject, project, run } from './project.mjs';

const here = dirname(fileURLToPath(import.meta.url));

// A page for each provider, which names it: so every release is reached.
makeProject('calls');
const providers = providersOf(run('calls', ['check', '--emit=ir']).stdout);
makeProject('calls', (page, markup) => markup.replace(/(data-(?:integration|enhance)="[a-z-]+)(?:@[^"]*)?"/, `$1" data-integration-provider="${page.split('.')[1]}"`)
  .replaceAll(/ data-integration-capabilities="[^"]*"/g, ''), providers.map(([integration, provider]) => [`${integration}.${provider}`, integration]));
const folder = project('calls');
const ir = run('calls', ['check', '--emit=ir']).stdout;
const built = run('calls', ['build', '-q', '-Wno-deprecated']);
const environment = Object.fromEntries(environmentOf(ir).map(({ name, type }) => [name, keys[name] ?? (type === 'int' ? '4711' : type === 'url' ? `https://example.com/${name}` : `sample-${name}`)]));
const secrets = environmentOf(ir).filter(({ secret }) => secret).map(({ name }) => environment[name]);

/** Bundles a generated module and loads it. */
async function load(path) {
  const outfile = join(folder, 'bundled', `${path.replaceAll('/', '-')}.mjs`);
  await build({ entryPoints: [join(folder, 'generated', path)], outfile, bundle: true, format: 'esm', platform: 'neutral', logLevel: 'silent' });
  return import(pathToFileURL(outfile));
}

const samples = { string: (name) => `sample-${name}`, int: () => 3, number: () => 1.5, bool: () => true, url: () => 'https://example.com/back', date: () => '2026-12-01' };

function inputOf(params) {
  return Object.fromEntries(Object.entries(params).map(([name, { type, choice }]) => [name, choice ?? samples[type](name)]));
}

function follow(answer, pointer) {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value, part) => value?.[part], answer);
}

/** What the binding says of an answer: the fields that are there. */
function expected(binding, answer) {
  const read = (item) => Object.fromEntries(Object.entries(binding.result)
    .map(([field, pointer]) => [field, follow(item, pointer)]).filter(([, value]) => value !== undefined && value !== null));
  if (!binding.returns) return undefined;
  return binding.each === undefined ? read(answer) : follow(answer, binding.each).map(read);
}

const present = (value) => JSON.parse(JSON.stringify(value ?? null, (_, one) => (one === null ? undefined : one)) ?? 'null');

/** fetch, where the provider's half answers with the sample and the page's half goes to the handler. */
function internet(handler, answer, seen) {
  return async (address, init) => {
    const url = String(address);
    if (url.startsWith('/_fx/')) {
      const response = await handler(new Request(`https://shop.example.com${url}`, { ...init, headers: { ...init.headers, 'sec-fetch-site': 'same-origin' } }), environment);
      seen.page = await response.clone().text();
      return response;
    }
    seen.request = new Request(url, init);
    seen.text = `${url} ${[...seen.request.headers].join(' ')} ${init.body ?? ''}`;
    return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
  };
}

test('the project of all examples builds', () => {
  assert.equal(built.stderr, '');
  assert.equal(built.status, 0);
});

const { handler } = await load('server/handler.ts');
for (const binding of bindingsOf(ir)) {
  const module = `bindings/${binding.integration}/${binding.release}.ts`;
  if (binding.production) continue;
  test(`${binding.integration} ${binding.release} ${binding.operation} is called`, async () => {
    const sample = join(here, 'answers', binding.integration, `${binding.release}.${binding.operation}.json`);
    const answer = existsSync(sample) ? JSON.parse(readFileSync(sample, 'utf8')) : undefined;
    const seen = {};
    const { fetch } = globalThis;
    globalThis.fetch = internet(handler, answer, seen);
    try {
      const { adapter } = await load(module);
      const client = await adapter.start({ config: binding.config });
      const signal = new AbortController().signal;
      const result = await client.operations[binding.operation](inputOf(binding.params), { signal });
      assert.deepEqual(present(result), present(expected(binding, answer)));
    } finally {
      globalThis.fetch = fetch;
    }
    assert.equal(seen.request.method, binding.method.toUpperCase());
    assert.doesNotMatch(seen.text, /undefined|\[object|\{[a-z.]+\}/i, 'something was not filled in');
    assert.doesNotMatch(seen.text, /"4711"/, 'a number of the environment as a text');
    const used = secrets.filter((secret) => seen.text.includes(secret) || atob(/Basic (\S+)/.exec(seen.text)?.[1] ?? '').includes(secret));
    if (seen.page !== undefined) assert.ok(!secrets.some((secret) => seen.page.includes(secret)), 'a secret in the answer to the page');
    else assert.deepEqual(used, [], 'a secret in a call of the browser');
  });
}
