// An incremental build beside a clean one, behind each of many random edits of random projects: outputs, diagnostics, exit
// status, fx.lock and .fx/states.json must be the same to the byte.
//   node tests/incremental/model.mjs [--edits=200] [--seed=1] [--length=25] [--jobs=2] [--verbose]
// A run that fails is made as short as it can be, and its operations are printed.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, lstatSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apply, begin, call, dice, edit, filesBelow, isSource, mendAll, quietEdit } from './project.mjs';

const FXC = resolve(fileURLToPath(new URL('../..', import.meta.url)), process.env.FXC ?? 'build/fxc');
const option = (name, otherwise) => Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
const EDITS = option('edits', 200), SEED = option('seed', 1), LENGTH = option('length', 25), JOBS = option('jobs', availableParallelism());
const VERBOSE = process.argv.includes('--verbose');
const SCRATCH = existsSync('/dev/shm') && !process.env.DISK ? '/dev/shm' : tmpdir();
const KEPT = ['fx.lock', '.fx/states.json'];

function fxc(folder, { words, key }, more = []) {
  return new Promise((done) => {
    const env = { PATH: process.env.PATH, LC_ALL: 'C', FXC_STDLIB: '/nonexistent', FXC_VERIFY: '1' };
    if (key) env.KEY = key;
    const child = spawn(FXC, [...words, '--diagnostics-format=json', ...more], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60000 });
    let out = '', told = '';
    child.stdout.on('data', (data) => { out += data; });
    child.stderr.on('data', (data) => { told += data; });
    child.on('error', (error) => done({ status: String(error), out, told }));
    child.on('close', (status, signal) => done({ status: signal ?? status, out, told }));
  });
}

const show = (path) => {
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (!info) return null;
  if (info.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  return info.isFile() ? readFileSync(path, 'latin1') : '(other)';
};

const ours = (path) => !isSource(path) && !path.startsWith('.fx/');
const outputsOf = (root) => new Map(filesBelow(root).filter((path) => ours(path) || KEPT.includes(path)).map((path) => [path, show(join(root, path))]));

// The sources as they are, with what a build remembers beside its outputs.
function copySources(from, to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const path of filesBelow(from)) {
    // A state depends on whether the code of its integration is still there.
    const needed = isSource(path) || KEPT.includes(path) || /^(generated|out|elsewhere-out)\/integrations\//.test(path);
    if (!needed) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path), { verbatimSymlinks: true });
  }
}

// "written, unchanged, removed" differ, as they should.
const answer = (text) => text.replace(/ \(\d+ written, \d+ unchanged, \d+ removed\)/, '');

const MARK = /^(\/\/ |<!-- |# )[Gg]enerated by fxc from |^\{\n  "generated": "by fxc from/;

// Files that people put among the outputs stay, and no clean build has them.
const isTheirs = (text) => !MARK.test(text ?? '');

function differences(incremental, clean, { before, after, fresh }, cleaned) {
  const said = [];
  const say = (what, a, b) => { if (a !== b) said.push(`${what}\n--- incremental\n${a}\n--- clean\n${b}`); };
  for (const { status } of [incremental, clean]) if (typeof status !== 'number') said.push(`ended with ${status}`);
  say('exit status', incremental.status, clean.status);
  say('diagnostics', incremental.told, clean.told);
  say('answer', answer(incremental.out), answer(clean.out));
  for (const path of new Set([...after.keys(), ...fresh.keys(), ...before.keys()])) {
    const now = after.get(path) ?? null;
    if (KEPT.includes(path) || fresh.has(path)) say(path, now, fresh.get(path) ?? null);
    else if (cleaned && path.startsWith(cleaned)) {
      // A clean build has not made it: it is a stale output that must have gone, or somebody's own.
      if (now !== null && !(isTheirs(now) && now === before.get(path))) said.push(`${path} should be gone`);
      if (now === null && before.has(path) && isTheirs(before.get(path))) said.push(`${path} was not ours to remove`);
    } else say(path, now, before.get(path) ?? null);
  }
  return said.join('\n\n');
}

const EXTRA = process.env.FXC_MODEL_EXTRA?.split(' ') ?? [];

// Does one step in the project and beside it; a text says what differs.
async function step(root, clean, { operations, run }) {
  for (const operation of operations) apply(root, operation);
  copySources(root, clean);
  const before = outputsOf(root);
  const [incremental, other] = await Promise.all([fxc(root, run, EXTRA), fxc(clean, run, NO_CACHE)]);
  const command = run.words[0];
  ended[`${command} ${other.status}`] = (ended[`${command} ${other.status}`] ?? 0) + 1;
  for (const [code] of VERBOSE ? other.told.matchAll(/FX\d+/g) : []) ended[code] = (ended[code] ?? 0) + 1;
  const writes = command !== 'check', failed = other.status !== 0, reports = command === 'discover' || command === 'validate';
  const fresh = writes && (!failed || reports) ? outputsOf(clean) : new Map(KEPT.map((path) => [path, show(join(clean, path))]).filter(([, text]) => text !== null));
  const after = outputsOf(root);
  const cleaned = writes && !failed && !reports ? `${outputFolder(clean, run)}/` : null;
  return differences(incremental, other, { before, after, fresh }, cleaned);
}

// Where a run writes; other output folders are left alone.
function outputFolder(root, { words }) {
  if (words.includes('-o')) return words[words.indexOf('-o') + 1];
  const project = show(join(root, 'project.fx')) ?? '';
  return /^ *output "([^"]*)"/m.exec(project)?.[1] ?? 'generated';
}

const ended = {};  // how often runs ended how
let NO_CACHE = ['--no-cache'];

async function replay(steps) {
  const folder = mkdtempSync(join(SCRATCH, 'fxc-model-')), root = join(folder, 'p'), clean = join(folder, 'q');
  mkdirSync(root);
  try {
    for (const one of steps) {
      const wrong = await step(root, clean, one);
      if (wrong) return wrong;
    }
    return '';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function shorten(steps) {
  let list = steps;
  for (let size = Math.ceil(list.length / 2), tries = 0; size >= 1 && tries < 150; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let at = 0; at < list.length - 1 && tries < 150; tries++) {
      const less = [...list.slice(0, at), ...list.slice(at + size)];
      if (less.length && (await replay(less))) list = less;
      else at += size;
    }
  }
  // Single operations of what is left.
  for (let i = 0; i < list.length; i++) {
    for (let k = list[i].operations.length - 1; k >= 0; k--) {
      const less = list.map((one, n) => (n === i ? { ...one, operations: one.operations.filter((_, m) => m !== k) } : one));
      if (await replay(less)) list = less;
    }
  }
  return list;
}

async function runSeed(seed, count) {
  const roll = dice(seed), folder = mkdtempSync(join(SCRATCH, 'fxc-model-')), root = join(folder, 'p'), clean = join(folder, 'q');
  const steps = [];
  let quiet = 0;
  const again = () => steps.at(-1).run;
  // Six in ten do the same run again: with nothing new, what it told is told again. Now and then a project is mended and built
  // until nothing is new, and then only the texts of pages change.
  function next(i) {
    if (!i) return { operations: begin(roll), run: call(roll) };
    if (!quiet && roll(12) === 0) quiet = 8;
    if (quiet-- > 0) {
      if (quiet === 7) return { operations: mendAll(root, roll), run: { words: ['build', '--today=2026-05-01'], key: '' } };
      return { operations: quiet > 4 ? [] : quietEdit(root, roll), run: again() };
    }
    quiet = 0;
    return roll(10) < 6 ? { operations: roll(2) ? [] : edit(root, roll), run: again() } : { operations: edit(root, roll), run: call(roll) };
  }
  mkdirSync(root);
  try {
    for (let i = 0; i < count; i++) {
      const one = next(i);
      steps.push(one);
      const wrong = await step(root, clean, one);
      if (VERBOSE) console.log(`seed ${seed} step ${i}: ${JSON.stringify(one)}`);
      if (!wrong) continue;
      console.log(`FAILED seed ${seed}, edit ${i}: node tests/incremental/model.mjs --seed=${seed} --edits=${i + 1} --length=${i + 1}`);
      const shorter = await shorten(steps), again = await replay(shorter);
      for (const each of again ? shorter : steps) console.log(`  ${JSON.stringify(each)}`);
      console.log(`${again || wrong}\n`.replaceAll('\n', '\n  '));
      return [i, 1];
    }
    return [count, 0];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const probe = await fxc(tmpdir(), { words: ['--version'] }, NO_CACHE);
if (probe.status) NO_CACHE = [];
let next = SEED, left = EDITS, passed = 0, failed = 0;
async function worker() {
  while (left > 0) {
    const seed = next++, count = Math.min(LENGTH, left);
    left -= count;
    const [good, bad] = await runSeed(seed, count);
    passed += good;
    failed += bad;
  }
}
await Promise.all(Array.from({ length: JOBS }, worker));
if (VERBOSE) console.log(JSON.stringify(ended));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
