// In: the program and the runtime. Out: whether a runtime obeys what `fxc flag` writes: a kill switch, a flag, a release, a
// canary, and back again; with the configuration of a build that knows nothing of it.
//
//   FXC=PROGRAM   another build of fxc (default build/fxc)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { resolve as resolveReleases } from '../../build/runtime/selection/resolution.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fxc = resolve(root, process.env.FXC ?? 'build/fxc');
let home, config, runtimeConfig;

function run(...args) {
  const { status, stdout, stderr } = spawnSync(fxc, args, { cwd: home, encoding: 'utf8', timeout: 60_000, env: { ...process.env, FXC_STDLIB: join(root, 'stdlib') } });
  assert.equal(status, 0, `fxc ${args.join(' ')}\n${stderr}`);
  assert.equal(stderr, '');
  return stdout;
}

/** What visitors get now, by how many of a hundred. */
function chosen(now = '2026-03-01T00:00:00Z') {
  const path = join(home, 'generated', 'runtime-overrides.json');
  const overrides = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const found = {};
  for (let i = 0; i < 100; i++) {
    const { selections } = resolveReleases({ config, settings: { runtimeConfig, overrides }, context: { targetingKey: `visitor-${i}` }, now: Date.parse(now) });
    const { label, reason } = selections.geocoding;
    found[`${label} ${reason}`] = (found[`${label} ${reason}`] ?? 0) + 1;
  }
  return found;
}

before(() => {
  home = mkdtempSync(join(tmpdir(), 'fxc-flag-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  const release = (label, version, more) => `  release ${label} = ${version} { provider ${label}-maps  ${more}  find = get "https://${label}.example.com/find" { query { q = text } } }\n`;
  write('concept/a.html', '<!DOCTYPE html><title>T</title><div data-integration="geocoding"></div>\n');
  write(
    'integrations/geocoding.fx',
    `integration geocoding {
  label "L"  purpose "P"
  operation find(text: string) -> json
${release('v1', '1.9.0 stable', '')}${release('v2', '2.1.4 stable', '')}${release('v3', '3.0.0-beta.1 beta', 'flag "use_v3"')}${release('v4', '4.0.0-beta.1 beta', '')}
  active v2
  fallback v1-maps -> static
  canary v4 { 30% for 1d  100% }
}
`,
  );
  run('build', '-q');
  const { code } = transformSync(readFileSync(join(home, 'generated', 'integration-config.ts'), 'utf8'), { loader: 'ts', format: 'cjs' });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', code)(module, module.exports, () => ({}));
  config = module.exports.integrationConfig;
  runtimeConfig = JSON.parse(readFileSync(join(home, 'generated', 'runtime-config.json'), 'utf8'));
});
after(() => rmSync(home, { recursive: true, force: true }));

const between = (count, low, high) => assert.ok(count >= low && count <= high, `${count}`);

test('a runtime obeys what fxc flag writes', () => {
  const first = chosen();
  between(first['v4 canary'], 15, 45);
  assert.equal(first['v2 active'] + first['v4 canary'], 100);

  run('flag', 'off', '--canary', 'geocoding');
  assert.deepEqual(chosen(), { 'v2 active': 100 });

  run('flag', 'on', '--canary', 'geocoding', '--today=2026-03-01');
  assert.deepEqual(chosen('2026-03-01T12:00:00Z'), first, 'the first stage');
  assert.deepEqual(chosen('2026-03-02T12:00:00Z'), { 'v4 canary': 100 }, 'the second one');

  run('flag', 'on', 'use_v3');
  assert.deepEqual(chosen(), { 'v3 flag': 100 });

  run('flag', 'on', '--release=v1', 'geocoding');
  assert.deepEqual(chosen(), { 'v1 override': 100 });

  run('flag', 'off', 'geocoding');
  assert.deepEqual(chosen(), { 'static off': 100 });
  assert.match(run('flag', 'show', 'geocoding'), /^geocoding {2,}off {2,}generated\/runtime-overrides\.json:\d+:\d+ {2,}on, generated\/runtime-config\.json:\d+:\d+$/m);

  run('flag', 'on', 'geocoding');
  run('flag', 'off', '--release', 'geocoding');
  run('flag', 'off', 'use_v3');
  run('flag', 'off', '--canary', 'geocoding');
  assert.deepEqual(chosen(), { 'v2 active': 100 });
  run('check');
});
