// The policies of the examples beside the code that was emitted: the hosts that adapters for browsers have in their requests are
// those that the pages with their integrations may connect to, and no others.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const work = mkdtempSync(join(tmpdir(), 'fxc-policies-'));
after(() => rmSync(work, { recursive: true, force: true }));

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const examples = readdirSync(join(ROOT, 'examples')).filter((name) => existsSync(join(ROOT, 'examples', name, 'concept')));

/** By integration: the origins in the requests of its adapters. */
function requested(folder) {
  const of = new Map();
  const bindings = join(folder, 'bindings');
  for (const name of existsSync(bindings) ? readdirSync(bindings) : [])
    for (const file of readdirSync(join(bindings, name))) {
      const urls = [...readFileSync(join(bindings, name, file), 'utf8').matchAll(/^\s*url: ['`](https?:\/\/[^'`]+)/gm)].map(([, url]) => new URL(url.replaceAll(/\$\{[^}]*\}/g, 'x')).origin);
      of.set(name, [...(of.get(name) ?? []), ...urls]);
    }
  return of;
}

/** By page: its integrations, and all that these depend on. */
function used(folder) {
  const pages = new Map();
  const edges = json(join(folder, 'dependency-graph.json')).edges;
  for (const { name, locations } of Object.values(json(join(folder, 'discovery-map.json')).integrations))
    for (const place of locations) {
      const page = place.replace(/:\d+:\d+$/, '');
      pages.set(page, (pages.get(page) ?? new Set()).add(name));
    }
  for (const names of pages.values())
    for (const name of names) // grows meanwhile
      for (const { from, to } of edges) if (from === name) names.add(to);
  return pages;
}

test('pages may connect where their integrations ask, and nowhere else', () => {
  let origins = 0;
  for (const name of examples) {
    const folder = join(work, name);
    execFileSync(FXC, ['-q', '-w', '-o', folder], { cwd: join(ROOT, 'examples', name) });
    const requests = requested(folder), pages = used(folder);
    for (const { path, directives } of Object.values(json(join(folder, 'content-security-policy.json')).pages)) {
      const wanted = new Set([...(pages.get(path) ?? [])].flatMap((one) => requests.get(one) ?? []));
      assert.deepEqual([...directives['connect-src']].sort(), ["'self'", ...wanted].sort(), `${name}: ${path}`);
      origins += wanted.size;
    }
  }
  assert.ok(origins > 5, `${origins} origins`);
});
