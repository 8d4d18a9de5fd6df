// What a build says and writes does not depend on how many threads there are: every golden project with two pages or
// more, and a large one from the generator with faults in it, built with -j1, -j2, -j8 and -j64. Compared are the exit
// status, both streams, and every byte of the outputs, of fx.lock and of the stubs.
//   node tests/parallel.mjs [TOPIC | TOPIC/CASE]...     FXC names another program than build/fxc
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { files } from './bench/generate.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const GOLDEN = join(ROOT, 'tests/golden');
const JOBS = [1, 2, 8, 64];
const env = { ...process.env, LC_ALL: 'C', FXC_STDLIB: 'stdlib', FXC_VERIFY: '1' };
const work = mkdtempSync(join(tmpdir(), 'fxc-parallel-'));

const pagesBelow = (folder) => readdirSync(folder, { recursive: true }).filter((name) => /\.x?html?$/.test(name)).length;

/** Each file of a folder with its bytes, but for what says when it was made. */
function tree(folder) {
  const found = new Map();
  for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
    if (name === '.fx' || name.startsWith('.fx/') || !statSync(join(folder, name), { throwIfNoEntry: false })?.isFile()) continue;
    found.set(name, readFileSync(join(folder, name)).toString('latin1'));
  }
  return found;
}

// A scan that was slow is told with its duration.
const withoutTimes = (text) => text.replace(/took [\d.]+m?s/g, 'took a while');

function run(project, jobs) {
  const folder = join(work, `j${jobs}`);
  cpSync(project, folder, { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(folder, 'stdlib'), { recursive: true });
  const build = spawnSync(FXC, ['build', '--no-cache', '--max-errors=0', `-j${jobs}`, '--today=2026-03-01'], { cwd: folder, encoding: 'latin1', env, timeout: 120000, maxBuffer: 1 << 29 });
  const outcome = { status: build.status, stdout: withoutTimes(build.stdout), stderr: withoutTimes(build.stderr), files: tree(folder) };
  rmSync(folder, { recursive: true, force: true });
  return outcome;
}

function difference(one, other) {
  for (const part of ['status', 'stdout', 'stderr']) if (one[part] !== other[part]) return part;
  for (const [name, text] of one.files) if (other.files.get(name) !== text) return name;
  for (const name of other.files.keys()) if (!one.files.has(name)) return name;
  return '';
}

/** Every seventh page has faults, of which many lie on one line; some manifests have one too. */
function generate(folder) {
  let number = 0;
  for (const [path, text] of files({ pages: 700, size: 1500, manifests: 120, folder: 40, seed: Number(process.env.SEED ?? 1) })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    let bytes = text;
    if (number % 7 === 3 && path.endsWith('.html')) bytes = text.replace('<main>', `<main><p data-integration="nobody-${number % 5} capability-account" data-integration-contry="us" data-slot="fild">`);
    if (number % 30 === 7 && path.endsWith('.yaml')) bytes = text.replace('returns: bool', 'returns: nothing-known');
    if (number % 50 === 9 && path.endsWith('.yaml')) bytes = text.replace('concept: {', 'concept: { {');
    writeFileSync(join(folder, path), bytes);
    number++;
  }
}

let passed = 0, failed = 0;
function compare(name, project) {
  const one = run(project, JOBS[0]);
  const bad = JOBS.slice(1).map((jobs) => [jobs, difference(one, run(project, jobs))]).find(([, what]) => what);
  if (one.status === null || one.status > 4) bad ? 0 : (failed++, console.log(`FAILED ${name}: ended with ${one.status}`));
  else if (bad) failed++, console.log(`FAILED ${name}: -j${bad[0]} has another ${bad[1]} than -j1`);
  else passed++;
  return one;
}

const wanted = process.argv.slice(2);
for (const topic of readdirSync(GOLDEN).sort())
  for (const name of readdirSync(join(GOLDEN, topic)).sort()) {
    const project = join(GOLDEN, topic, name);
    if (wanted.length && !wanted.includes(topic) && !wanted.includes(`${topic}/${name}`)) continue;
    if (existsSync(join(project, 'concept')) && pagesBelow(join(project, 'concept')) > 1) compare(`${topic}/${name}`, project);
  }
if (!wanted.length) {
  const faulty = join(work, 'faulty');
  generate(faulty);
  const one = compare('a large project with faults', faulty);
  if (one.status !== 1 || one.stderr.split('error:').length < 100) failed++, console.log(`FAILED: the faults of the large project are not seen, it ended with ${one.status}`);
  rmSync(join(work, 'faulty'), { recursive: true });
  const sound = join(work, 'sound');
  for (const [path, text] of files({ pages: 700, size: 1500, manifests: 120, folder: 40 })) {
    mkdirSync(dirname(join(sound, path)), { recursive: true });
    writeFileSync(join(sound, path), text);
  }
  const other = compare('a large project', sound);
  if (other.status !== 0 || other.files.size < 700 + 120 + 2 * 700) failed++, console.log(`FAILED: the large project does not build, it ended with ${other.status}`);
}
rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
