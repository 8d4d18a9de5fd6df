// The cache beside builds without it: many builds of one project at once, caches that come from elsewhere, that are damaged,
// or that cannot be written. Whatever it is, outputs and diagnostics are those of a build with --no-cache.
//   node tests/cache/cache.mjs [--seed=1] [--damage=60] [--rounds=8] [--full=25]
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apply, dice, filesBelow, isSource, texts } from '../incremental/project.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FXC = resolve(HERE, '../..', process.env.FXC ?? 'build/fxc');
const option = (name, otherwise) => Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
const SEED = option('seed', 1), DAMAGE = option('damage', 60), ROUNDS = option('rounds', 8), FULL = option('full', 25);
const SCRATCH = existsSync('/dev/shm') && !process.env.DISK ? '/dev/shm' : tmpdir();
const OWNER = 65534;  // nobody
let passed = 0, failed = 0;

function fxc(root, words = [], { env = {}, program = FXC, ...options } = {}) {
  return new Promise((done) => {
    const all = { PATH: process.env.PATH, LC_ALL: 'C', FXC_STDLIB: '/nonexistent', FXC_VERIFY: '1', ...env };
    const child = spawn(program, [...words, '--today=2026-05-01', '--diagnostics-format=json'], { cwd: root, env: all, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60000, ...options });
    const run = { status: null, out: '', told: '' };
    child.stdout.on('data', (data) => { run.out += data; });
    child.stderr.on('data', (data) => { run.told += data; });
    child.on('close', (status, signal) => done({ ...run, status: signal ?? status }));
  });
}

/* Projects */

const PAGES = Array.from({ length: 40 }, (_, i) => `concept/${['', 'a/', 'a/b/', 'c/'][i % 4]}page-${i}.html`);
const NAMES = ['alpha', 'beta', 'gamma', 'delta'];

function make(root, seed) {
  const { page, manifest } = texts(dice(seed), true);
  for (const path of PAGES) apply(root, { do: 'write', path, text: page() });
  for (const name of NAMES) apply(root, { do: 'write', path: `integrations/${name}.fx`, text: manifest(`integrations/${name}.fx`) });
  apply(root, { do: 'write', path: 'project.fx', text: 'project p {\n  environment e { set KEY }\n}\n' });
  apply(root, { do: 'write', path: '.env.e', text: 'KEY=abc\n' });
}

const cacheOf = (root) => join(root, '.fx/cache');
const outputsOf = (root, output = 'generated') => Object.fromEntries(filesBelow(join(root, output)).map((path) => [path, readFileSync(join(root, output, path), 'latin1')]));

// Diagnostics without what is said of the cache itself, and how often that is said.
function told(run) {
  const lines = run.told.split('\n').filter(Boolean);
  return { others: lines.filter((line) => !line.includes('"FX8004"')).join('\n'), damage: lines.filter((line) => line.includes('"FX8004"')).length };
}

function expect(what, mine, its) {
  const [a, b] = [mine, its].map((value) => JSON.stringify(value) ?? 'undefined');
  if (a === b) return;
  let at = 0;
  while (a[at] === b[at]) at++;
  throw new Error(`${what}: …${a.slice(Math.max(0, at - 40), at + 120)}… instead of …${b.slice(Math.max(0, at - 40), at + 120)}…`);
}

// What a build of the sources of `root` says and writes that knows nothing of any cache.
async function clean(root, words = [], output = 'generated') {
  const folder = mkdtempSync(join(SCRATCH, 'fxc-cache-clean-'));
  for (const path of filesBelow(root).filter(isSource)) {
    if (/^out/.test(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { verbatimSymlinks: true });
  }
  const run = await fxc(folder, [...words, '--no-cache']);
  const result = { status: run.status, told: told(run).others, files: outputsOf(folder, output) };
  if (existsSync(cacheOf(folder))) throw new Error('--no-cache has made a cache');
  rmSync(folder, { recursive: true });
  return result;
}

// The same of a run that has a cache; how often it spoke of damage.
function same(root, run, expected, output = 'generated') {
  const mine = told(run);
  expect(`exit status (${run.told.slice(0, 300)})`, run.status, expected.status);
  expect('diagnostics', mine.others, expected.told);
  expect('outputs', outputsOf(root, output), expected.files);
  return mine.damage;
}

async function builds(root, expected, options) {
  return same(root, await fxc(root, ['build'], options), expected);
}

async function test(name, body) {
  const folder = mkdtempSync(join(SCRATCH, 'fxc-cache-')), root = join(folder, 'p');
  mkdirSync(root);
  try {
    await body(root, folder);
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED ${name} (--seed=${SEED})\n  ${error.message.replaceAll('\n', '\n  ')}`);
  }
  rmSync(folder, { recursive: true });
}

// Three builds: what the first two write themselves (the lock, states) has settled behind them.
// A random project may have errors; then it is another one.
async function settled(root, seed) {
  let expected;
  for (let next = seed; expected?.status !== 0; next += 1000) {
    make(root, next);
    expected = await clean(root);
  }
  for (let i = 0; i < 3; i++) expect('damage', await builds(root, expected), 0);
  if (!filesBelow(cacheOf(root)).some((path) => path.endsWith('.index'))) throw new Error('no cache was made');
  return expected;
}

// Another letter in the title or in a word of the page, often with the times put back: what stamps alone would not see.
function change(root, path, roll) {
  const file = join(root, path), { atimeMs, mtimeMs } = statSync(file), text = readFileSync(file, 'latin1');
  const words = [...text.matchAll(/(?<=<title>)[A-Z]|(?<=>[ a-z]*)[a-z](?=[ a-z]*<)/g)];
  if (!words.length) return;
  const { index, 0: letter } = words[roll(words.length)];
  const other = letter < 'a' ? 'ABCDEFGH'[roll(8)] : 'abcdefgh'[roll(8)];
  writeFileSync(file, `${text.slice(0, index)}${other}${text.slice(index + 1)}`, 'latin1');
  if (roll(2)) utimesSync(file, atimeMs / 1000, mtimeMs / 1000);
}

/* Many at once */

await test('builds of one configuration at once', async (root) => {
  make(root, SEED);
  const expected = await clean(root);
  for (const count of [2, 8]) {
    rmSync(join(root, '.fx'), { recursive: true, force: true });
    rmSync(join(root, 'generated'), { recursive: true, force: true });
    const runs = await Promise.all(Array.from({ length: count }, () => fxc(root, ['build'])));
    for (const run of runs) expect('damage', same(root, run, expected), 0);
    expect('damage', await builds(root, expected), 0);
  }
});

const CONFIGURATIONS = [
  [['build', '-o', 'out1'], 'out1'], [['build', '-o', 'out2', '-j1'], 'out2'], [['build', '--phase=production', '-o', 'out3'], 'out3'], [['build', '--env=e', '-o', 'out4'], 'out4'],
  [['build', '-Wall', '-o', 'out5'], 'out5'], [['discover', '-o', 'out6'], 'out6'], [['validate', '-o', 'out7'], 'out7'], [['check'], 'out8'],
];

await test('builds of eight configurations at once', async (root) => {
  make(root, SEED + 1);
  const expected = [];
  for (const [words, output] of CONFIGURATIONS) expected.push(await clean(root, words, output));
  for (let round = 0; round < 3; round++) {
    const runs = await Promise.all(CONFIGURATIONS.map(([words]) => fxc(root, words)));
    runs.forEach((run, i) => expect('damage', same(root, run, expected[i], CONFIGURATIONS[i][1]), 0));
    if (round === 1) rmSync(join(root, '.fx'), { recursive: true });
  }
});

await test('builds while pages are edited', async (root) => {
  await settled(root, SEED + 2);
  const roll = dice(SEED + 3);
  for (let round = 0; round < ROUNDS; round++) {
    const runs = Array.from({ length: 3 }, () => fxc(root, ['build']));
    for (let i = 0; i < 6; i++) {
      change(root, PAGES[roll(PAGES.length)], roll);
      await new Promise((go) => setTimeout(go, roll(6)));
    }
    for (const run of await Promise.all(runs)) expect('damage', told(run).damage, 0);
    expect('damage', await builds(root, await clean(root)), 0);
  }
});

/* From elsewhere */

await test('a cache of another project', async (root, folder) => {
  const other = join(folder, 'other');
  mkdirSync(other);
  await settled(other, SEED + 4);
  make(root, SEED + 5);
  cpSync(join(other, '.fx'), join(root, '.fx'), { recursive: true, preserveTimestamps: true });
  const expected = await clean(root);
  for (let i = 0; i < 3; i++) expect('damage', await builds(root, expected), 0);
});

await test('a project copied with its cache, edited, and moved', async (root, folder) => {
  await settled(root, SEED + 6);
  const roll = dice(SEED + 7), copy = join(folder, 'copy'), moved = join(folder, 'moved');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  for (let i = 0; i < 4; i++) change(copy, PAGES[roll(PAGES.length)], roll);
  const expected = await clean(copy);
  expect('damage', await builds(copy, expected), 0);
  renameSync(copy, moved);
  expect('damage', await builds(moved, expected), 0);
  change(moved, PAGES[roll(PAGES.length)], roll);
  expect('damage', await builds(moved, await clean(moved)), 0);
  // The cache of the copy, in which the pages were others, over that of the first.
  rmSync(cacheOf(root), { recursive: true });
  cpSync(cacheOf(moved), cacheOf(root), { recursive: true, preserveTimestamps: true });
  expect('damage', await builds(root, await clean(root)), 0);
});

await test('two projects that share a cache folder', async (root, folder) => {
  const other = join(folder, 'other'), shared = join(folder, 'shared');
  mkdirSync(shared);
  for (const [one, seed] of [[root, SEED + 8], [other, SEED + 9]]) {
    mkdirSync(join(one, '.fx'), { recursive: true });
    make(one, seed);
    symlinkSync(shared, cacheOf(one));
  }
  const expected = [await clean(root), await clean(other)];
  for (let i = 0; i < 3; i++) {
    expect('damage', await builds(root, expected[0]), 0);
    expect('damage', await builds(other, expected[1]), 0);
  }
});

// The same program with another build ID: what two versions of fxc are to each other.
function otherBuild(folder) {
  const id = /Build ID: ([0-9a-f]+)/.exec(spawnSync('readelf', ['-n', FXC], { encoding: 'utf8' }).stdout)?.[1];
  const bytes = readFileSync(FXC), at = id ? bytes.indexOf(Buffer.from(id, 'hex')) : -1;
  if (at < 0) throw new Error('this fxc has no build ID');
  bytes[at] ^= 1;
  const program = join(folder, 'fxc');
  writeFileSync(program, bytes, { mode: 0o755 });
  return program;
}

await test('two versions of fxc in turns', async (root, folder) => {
  const program = otherBuild(folder);
  const expected = await settled(root, SEED + 10);
  const indexes = () => filesBelow(cacheOf(root)).filter((path) => path.endsWith('.index')).length;
  expect('indexes', indexes(), 1);
  for (let i = 0; i < 3; i++) {
    expect('damage', await builds(root, expected, { program }), 0);
    expect('damage', await builds(root, expected), 0);
  }
  expect('indexes', indexes(), 2);
});

/* Damaged */

const pick = (list, roll) => list[roll(list.length)];
const DAMAGES = {
  flipped: (bytes, roll) => { bytes[roll(bytes.length)] ^= 1 << roll(8); return bytes; },
  overwritten: (bytes, roll) => { for (let i = 0; i < 200; i++) bytes[roll(bytes.length)] = roll(256); return bytes; },
  zeroed: (bytes, roll) => { const at = roll(bytes.length); return Buffer.from(bytes).fill(0, at, Math.min(at + 4096, bytes.length)); },
  cut: (bytes, roll) => bytes.subarray(0, roll(bytes.length)),
  longer: (bytes, roll) => Buffer.concat([bytes, Buffer.from(Array.from({ length: 1 + roll(100) }, () => roll(256)))]),
  emptied: () => Buffer.alloc(0),
};

await test('damage', async (root, folder) => {
  const expected = await settled(root, SEED + 11);
  const roll = dice(SEED + 12), whole = join(folder, 'whole');
  cpSync(cacheOf(root), whole, { recursive: true });
  for (let i = 0; i < DAMAGE; i++) {
    rmSync(cacheOf(root), { recursive: true });
    cpSync(whole, cacheOf(root), { recursive: true });
    const files = readdirSync(whole).filter((name) => /index$|^fragments/.test(name)), name = files[i % files.length];
    const kind = pick(Object.keys(DAMAGES), roll);
    writeFileSync(join(cacheOf(root), name), DAMAGES[kind](readFileSync(join(whole, name)), roll));
    const edited = roll(2);  // then the pack is looked at, too
    if (edited) change(root, PAGES[roll(PAGES.length)], roll);
    const now = edited ? await clean(root) : expected;
    if (edited) Object.assign(expected, now);
    try {
      const damage = await builds(root, now);
      if (name.endsWith('index')) expect('FX8004', damage, 1);
      else if (damage > 1) throw new Error(`FX8004 ${damage} times`);
      expect('FX8004 once more', await builds(root, now), 0);
    } catch (error) {
      throw new Error(`${name} ${kind}: ${error.message}`);
    }
  }
});

await test('other things in its place', async (root) => {
  const expected = await settled(root, SEED + 13);
  const index = filesBelow(cacheOf(root)).find((path) => path.endsWith('.index'));
  for (const path of [index, 'fragments.1', 'clock', 'lock', '']) {
    for (const put of [mkdirSync, (at) => symlinkSync('/nowhere/at/all', at), (at) => symlinkSync('loop', at), (at) => spawnSync('mkfifo', [at]), ...(path ? [] : [(at) => writeFileSync(at, 'x')])]) {
      const at = join(cacheOf(root), path);
      rmSync(at, { recursive: true, force: true });
      put(at);
      const damage = await builds(root, expected);
      if (damage > 1) throw new Error(`FX8004 ${damage} times`);
      rmSync(at, { recursive: true, force: true });
      await builds(root, expected);
    }
  }
});

/* Not to be written */

await test('what -v says of it', async (root) => {
  await settled(root, SEED + 18);
  const notes = (run) => run.told.split('\n').filter((line) => line.includes('"FX8004"')).map((line) => JSON.parse(line)).map(({ severity, file }) => `${severity} ${file}`);
  expect('a cache that is kept', notes(await fxc(root, ['build', '-v'])), []);
  rmSync(cacheOf(root), { recursive: true });
  writeFileSync(cacheOf(root), 'x');
  const said = await fxc(root, ['build', '-v']);
  expect('status', said.status, 0);
  expect('one that cannot be', notes(said), ['note .fx/cache']);
  expect('without -v', notes(await fxc(root, ['build'])), []);
});

await test('a full disk', async (root, folder) => {
  const shim = join(folder, 'full.so');
  const made = spawnSync(process.env.CC ?? 'cc', ['-D_GNU_SOURCE', '-O1', '-shared', '-fPIC', '-o', shim, join(HERE, 'full.c'), '-ldl'], { encoding: 'utf8' });
  if (made.status) throw new Error(made.stderr);
  make(root, SEED + 14);
  const roll = dice(SEED + 15);
  for (let i = 0; i < FULL; i++) {
    // ENOSPC, EDQUOT, EIO; EROFS from the first byte on
    const after = i % 4 === 0 ? 0 : roll(40000), code = i % 4 === 0 ? 30 : pick([28, 122, 5], roll);
    const env = { LD_PRELOAD: shim, FAIL_BELOW: '.fx/cache/', FAIL_WITH: String(code), FAIL_AFTER: String(after) };
    if (i % 5 === 0) rmSync(join(root, '.fx'), { recursive: true, force: true });
    change(root, PAGES[roll(PAGES.length)], roll);
    const expected = await clean(root);
    try {
      expect('damage', await builds(root, expected, { env }), 0);
      if (code === 30 && i % 5 === 0 && filesBelow(cacheOf(root)).length) throw new Error('something was written');
      expect('damage of the next', await builds(root, expected), 0);
      change(root, PAGES[roll(PAGES.length)], roll);
      expect('damage of an edit', await builds(root, await clean(root)), 0);
    } catch (error) {
      throw new Error(`errno ${code} behind ${after} bytes: ${error.message}`);
    }
  }
});

// Everything but .fx may be written.
await test('a read-only cache', async (root, folder) => {
  const user = process.getuid() === 0 ? { uid: OWNER, gid: OWNER } : {};
  chmodSync(folder, 0o755);
  const give = () => {
    if (!user.uid) return;
    chownSync(root, OWNER, OWNER);
    for (const path of filesBelow(root).filter((one) => !one.startsWith('.fx'))) {
      for (let at = path; at !== '.'; at = dirname(at)) chownSync(join(root, at), OWNER, OWNER);
    }
  };
  const seal = (mode) => { for (const path of ['.fx/cache', '.fx']) if (existsSync(join(root, path))) chmodSync(join(root, path), mode); };
  const roll = dice(SEED + 17);
  const expected = await settled(root, SEED + 16);
  const before = outputsOf(root, '.fx/cache');
  give();
  seal(0o555);
  const without = ({ told: text, ...rest }) => ({ ...rest, told: text });
  for (let i = 0; i < 3; i++) {
    const run = await fxc(root, ['build'], user);
    // States cannot be kept either, of which a build warns.
    same(root, { ...run, told: run.told.split('\n').filter((line) => !line.includes('.fx/states.json')).join('\n') }, without(expected));
    change(root, PAGES[roll(PAGES.length)], roll);
    Object.assign(expected, await clean(root));
    give();
  }
  expect('the cache', outputsOf(root, '.fx/cache'), before);
  seal(0o755);
});

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
