// Secrets at random places of random projects. What fxc says is held against a model written here: a list of places, each with
// its own variable or key, and whether a browser would see what stands there. Where the model sees a leak there is FX6003 at
// that very text, and nowhere else; without the leaks the project builds, and no file for browsers has a name or a value of a secret.
//   node --test tests/taint/        ROUNDS=500 SEED=7 make other and more projects
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const ROUNDS = Number(process.env.ROUNDS ?? 60), SEED = Number(process.env.SEED ?? 1);
const work = mkdtempSync(join(tmpdir(), 'fxc-taint-'));
after(() => process.env.KEEP || rmSync(work, { recursive: true, force: true }));

/** A project with its secrets: what stands where, and what is a leak. */
class Maker {
  constructor(seed) {
    this.state = seed;
    this.count = 0;
    this.secrets = []; // {name, value}
    this.leaks = []; // {text, remove()}: the text at the place of FX6003
  }
  random(n) {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * n);
  }
  pick(list) { return list[this.random(list.length)]; }
  chance(percent) { return this.random(100) < percent; }

  /** A new secret: declared in `envs`, known to the environment, never used before. */
  secret(envs) {
    const id = `${this.count++}`.padStart(3, '0');
    const name = `MARKER_${id}_KEY`;
    let value = 'mk_';
    for (let i = 0; i < 32; i++) value += '0123456789abcdef'[this.random(16)];
    envs[name] = { type: this.pick(['secret', 'secret', 'secret?']), pattern: '^mk_[0-9a-f]{32}$' };
    this.secrets.push({ name, value });
    return { name, value, ref: `env.${name}` };
  }
  leak(text, remove) { this.leaks.push({ text, remove }); }

  /** The value somewhere in a tree, and a way to take it out again. */
  nested(value) {
    const list = ['plain', value], record = { plain: 1, deep: { value } };
    const inList = ['plain', { value }];
    switch (this.random(4)) {
      case 0: return [list, () => list.pop()];
      case 1: return [record, () => delete record.deep.value];
      case 2: return [inList, () => inList.pop()];
      default: return [value, null];
    }
  }
  put(target, key, value) {
    const [tree, remove] = this.nested(value);
    target[key] = tree;
    return remove ?? (() => { target[key] = 'plain'; });
  }

  bindings(release, params) {
    const http = {};
    for (const operation of ['find', 'near']) http[operation] = { get: `https://${operation}.example/v1`, query: { q: params[0] }, result: '/name' };
    release.http = http;
    return http;
  }

  /** Secrets in bindings: performed by the server, so that nothing leaks. */
  serve(http, envs, config) {
    const one = http[this.pick(['find', 'near'])], key = this.secret(envs);
    switch (this.random(6)) {
      case 0: one.query.key = key.ref; break;
      case 1: one.headers = { 'x-key': `Key {${key.ref}}` }; break;
      case 2: one.bearer = key.ref; break;
      case 3: one.basic = { user: 'somebody', password: key.ref }; break;
      case 4: envs[key.name].type = 'secret'; one.get += `?key={${key.ref}}`; break;
      default: config[`key${this.count}`] = key.ref; one.query.key = `config.key${this.count}`;
    }
    return one;
  }

  /** A key written out where a browser gets it. */
  paste(envs, target, key, wrap = (value) => value) {
    const { value } = this.secret(envs);
    const before = target[key];
    target[key] = wrap(value);
    this.leak(value, () => { target[key] = before ?? 'plain'; });
  }

  release(integration) {
    const release = { integration: 'provider', env: {}, config: { zoom: 3 } };
    const overlay = this.chance(50) ? { fallback: 'static', env: {}, config: {} } : null;
    const kind = this.pick(['bound', 'bound', 'module', 'bare']);
    const overKind = overlay ? this.pick(['same', 'module', 'bound']) : 'same';
    const http = kind === 'bound' ? this.bindings(release, ['place']) : null;
    if (kind === 'module') release.module = '#adapters/plain';
    const overHttp = overKind === 'bound' ? this.bindings(overlay, ['place']) : null;
    if (overKind === 'module') overlay.module = '#adapters/production';
    const inBrowser = kind !== 'bound';
    // A module of the release performs everything, in production too, unless the overlay has its own.
    const overInBrowser = overlay && (overKind === 'module' || kind === 'module' || (kind === 'bare' && overKind === 'same'));

    for (let i = this.random(3); i > 0; i--) {
      const key = this.secret(release.env), name = `held${this.count}`;
      const remove = this.put(release.config, name, key.ref);
      const hidden = overlay && this.chance(25);
      if (hidden) overlay.config[name] = 'public';
      if (inBrowser || (overInBrowser && !hidden)) this.leak(key.ref, remove);
    }
    for (let i = overlay ? this.random(2) : 0; i > 0; i--) {
      const key = this.secret(this.chance(50) ? overlay.env : release.env);
      const remove = this.put(overlay.config, `over${this.count}`, key.ref);
      if (overInBrowser) this.leak(key.ref, remove);
    }
    const served = http && kind === 'bound' && this.chance(60) ? this.serve(http, release.env, release.config) : null;
    // Whatever is in the release's configuration is in production's too.
    if (served && overInBrowser)
      for (const [name, value] of Object.entries(release.config))
        if (/^key\d/.test(name) && String(value).startsWith('env.') && !this.leaks.some((leak) => leak.text === value))
          this.leak(value, () => { release.config[name] = 'plain'; });
    if (overHttp && kind !== 'module' && this.chance(50)) this.serve(overHttp, overlay.env, overlay.config);
    if (this.chance(15)) this.paste(release.env, release.config, `pasted${this.count}`);
    if (http && this.chance(20)) {
      // In a request of the server's nobody sees it; in one that browsers make everybody.
      const open = Object.values(http).find((one) => one !== served);
      if (this.chance(30) && served) served.query.pasted = this.secret(release.env).value;
      else this.paste(release.env, open.query, 'pasted', (value) => this.pick([value, `q=${value}&v=1`, ['a', value]]));
    }
    if (this.chance(10)) {
      const key = this.secret(release.env), env = release.env[key.name];
      env.default = key.value;
      this.leak(key.value, () => { delete env.default; });
    }
    Object.assign(integration, { prototype: release }, overlay && { production: overlay });
    if (kind === 'bare' && overKind === 'same') integration.operations = {}; // which nothing would perform
    return release;
  }

  interface(integration) {
    const { concept, operations } = integration;
    integration.types = { Place: { name: 'string' } };
    const type = () => this.pick(['secret', 'secret?', 'secret[]']);
    if (this.chance(8)) { concept.props.token = `${'secret'}?`; this.leak('secret', () => { delete concept.props.token; }); }
    if (this.chance(8)) { concept.events.told.key = type(); this.leak('secret', () => { delete concept.events.told.key; }); }
    if (operations.find && this.chance(8)) { operations.find.params.pin = type(); this.leak('secret', () => { delete operations.find.params.pin; }); }
    if (this.chance(8)) {
      integration.types.Place.key = type();
      if (operations.find && this.chance(50)) {
        operations.place = { params: {}, returns: 'Place' };
        const http = [integration.prototype, integration.production].flatMap((one) => one?.http ?? []);
        for (const one of http) one.place = { get: 'https://place.example/v1' };
        this.leak('Place', () => { delete integration.types.Place.key; });
      }
    }
  }

  integration(name) {
    const integration = {
      concept: { label: 'Label', purpose: 'Purpose', props: { country: { type: 'string', default: 'us' } }, events: { told: { name: 'string' } } },
      operations: {
        find: { params: { place: 'string' }, returns: 'string' },
        near: { params: { place: 'string' }, returns: 'string' },
      },
    };
    const release = this.release(integration);
    this.interface(integration);
    if (this.chance(10)) this.paste(release.env, integration.concept.props.country, 'default');
    if (this.chance(10)) this.paste(release.env, integration.concept, this.pick(['label', 'purpose', 'description']), (value) => `See ${value}.`);
    const attributes = {};
    if (this.chance(15)) this.paste(release.env, attributes, 'country');
    return { name, integration, attributes };
  }

  project() {
    const parts = Array.from({ length: 1 + this.random(3) }, (_, i) => this.integration(`part-${'abc'[i]}`));
    const overrides = {};
    for (const { name, integration } of parts) {
      if (!this.chance(10)) continue;
      const config = {};
      overrides[name] = { config };
      this.paste(integration.prototype.env, config, 'zoom', (value) => this.pick([value, [value], { a: value }]));
    }
    return { parts, overrides };
  }
}

function write(folder, { parts, overrides }, secrets) {
  rmSync(folder, { recursive: true, force: true });
  const file = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const { name, integration } of parts) file(`integrations/${name}.json`, JSON.stringify({ [name]: integration }, null, 1));
  const uses = parts.map(({ name, attributes }) => {
    const more = Object.entries(attributes).map(([key, value]) => ` data-integration-${key}="${value}"`).join('');
    return `<p data-integration="${name}"${more}>Here</p>`;
  });
  file('concept/shop.html', `<!DOCTYPE html><html lang="en"><head><title>Shop</title></head><body>${uses.join('\n')}</body></html>\n`);
  file('project.fx', 'project shop { environment live {} }\n');
  file('.env', secrets.filter((_, i) => i % 2).map(({ name, value }) => `${name}="${value}"\n`).join(''));
  if (Object.keys(overrides).length) file('generated/runtime-overrides.json', JSON.stringify({ integrations: overrides }, null, 1));
}

function run(folder, secrets, ...args) {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', FXC_STDLIB: 'none', FXC_VERIFY: '1' };
  secrets.forEach(({ name, value }, i) => { if (i % 2 === 0) env[name] = value; });
  const done = spawnSync(FXC, ['-C', folder, ...args], { env, encoding: 'utf8', timeout: 20_000, maxBuffer: 1 << 26 });
  assert.ok(done.status === 0 || done.status === 1, `status ${done.status} ${done.signal}: ${done.stderr}`);
  return done;
}

const files = (folder) => (existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
  .map((name) => join(folder, name)).filter((path) => statSync(path).isFile());

/** The texts at the places of FX6003, without quotes; `leaks` are what they ought to be part of. */
function told(folder, stderr) {
  return stderr.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).map((diagnostic) => {
    assert.equal(diagnostic.code, 'FX6003', JSON.stringify(diagnostic));
    const bytes = readFileSync(join(folder, diagnostic.file));
    return bytes.subarray(diagnostic.range.start.byte, diagnostic.range.end.byte).toString();
  });
}

function holds(place, leak) {
  return /^(secret|Place)$/.test(leak) ? place.replace(/"/g, '') === leak : place.includes(leak);
}

function compare(places, leaks, folder) {
  const left = [...places];
  for (const { text } of leaks) {
    const at = left.findIndex((place) => holds(place, text));
    assert.ok(at >= 0, `${folder}: nothing is said of '${text}' (said: ${places})`);
    left.splice(at, 1);
  }
  assert.deepEqual(left, [], `${folder}: said without a leak`);
}

/** No file but the server's has a name or a value; what is written or printed has no value that is only known to the environment. */
function search(folder, secrets, printed) {
  for (const path of files(join(folder, 'generated'))) {
    const name = relative(folder, path), text = readFileSync(path, 'utf8');
    if (name.startsWith('generated/server/') || name.endsWith('runtime-overrides.json')) continue;
    for (const secret of secrets) {
      assert.ok(!text.includes(secret.value), `${name} has the value of ${secret.name}`);
      assert.ok(!text.includes(secret.name), `${name} has the name ${secret.name}`);
    }
  }
  const others = [...files(join(folder, '.fx')), join(folder, 'fx.lock')].filter(existsSync).map((path) => [relative(folder, path), readFileSync(path, 'utf8')]);
  for (const [name, text] of [...others, ['what was printed', printed]])
    for (const secret of secrets) assert.ok(!text.includes(secret.value), `${name} has the value of ${secret.name}`);
}

test('what the model calls a leak is FX6003, and nothing else is', () => {
  let leaks = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const maker = new Maker(SEED * 1_000_003 + round), project = maker.project();
    const folder = join(work, `${SEED}-${round}`);
    const phase = maker.pick(['prototype', 'production']);
    write(folder, project, maker.secrets);
    const args = ['build', '--env=live', `--phase=${phase}`, '-w'];
    const json = run(folder, maker.secrets, ...args, '--diagnostics-format=json');
    compare(told(folder, json.stderr), maker.leaks, folder);
    const text = run(folder, maker.secrets, ...args);
    assert.equal(text.status, maker.leaks.length ? 1 : 0, text.stderr);
    search(folder, maker.leaks.length ? [] : maker.secrets, '');
    for (const secret of maker.secrets) assert.ok(!(text.stderr + text.stdout + json.stderr).includes(secret.value), `${folder}: ${secret.name} is printed`);
    leaks += maker.leaks.length;

    for (const leak of maker.leaks) leak.remove();
    if (maker.leaks.length) rmSync(join(folder, 'generated'), { recursive: true, force: true });
    write(folder, { ...project, overrides: {} }, maker.secrets);
    const cured = run(folder, maker.secrets, ...args);
    assert.equal(cured.status, 0, `${folder}\n${cured.stderr}`);
    search(folder, maker.secrets, cured.stdout + cured.stderr);
    rmSync(folder, { recursive: true, force: true });
  }
  assert.ok(leaks > ROUNDS, `only ${leaks} leaks`);
});
