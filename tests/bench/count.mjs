// Counts the instructions of a fixed workload under callgrind and holds them against tests/bench/instructions.json: no busy
// machine changes them. In: FXC, a compiler; ACCEPT=1 writes the counts as the new reference. Out: a table; the exit status is
// 1 when a count is more than three percent above its reference.
//
// Counts depend on the compiler, on libc and on the instructions that the processor has, so a reference holds for one of each.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generate } from './generate.mjs';
import { table } from './report.mjs';
import { fxc } from './settings.mjs';

const reference = join(import.meta.dirname, 'instructions.json');
export const limit = 0.03;

const shape = { seed: 9, pages: 200, manifests: 40, size: 8000 };

/** The steps, each a run of fxc; `before` changes the project. */
const steps = [
  { name: 'version', args: ['--version'] },
  { name: 'discover', args: ['discover', '-o', 'map'] },
  { name: 'discover, no uses', args: ['discover', '-o', 'map'], before: (directory) => generate(directory, { ...shape, plain: true }) },
  { name: 'check', args: ['check'], before: (directory) => generate(directory, shape) },
  { name: 'build, cold', args: ['build'] },
  { name: 'build, nothing changed', args: ['build'], settle: true },
  { name: 'build, one page changed', args: ['build'], before: (directory) => edit(directory, 7) },
  { name: 'build, all touched', args: ['build'], settle: true, before: (directory) => touch(directory) },
];

const pageOf = (directory, index) => join(directory, `concept/part-000/page-${index}.html`);

function edit(directory, index) {
  const file = pageOf(directory, index);
  writeFileSync(file, readFileSync(file, 'utf8').replace('</p>', ', and a few more words</p>'));
}

function touch(directory) {
  for (const file of readFileSync(join(directory, 'files.txt'), 'utf8').trim().split('\n')) writeFileSync(file, readFileSync(file));
}

/** The instructions in what callgrind says at the end. */
export function collected(text) {
  const match = /Collected : (\d+)/.exec(text);
  if (!match) throw new Error(`callgrind says nothing of instructions:\n${text.slice(0, 2000)}`);
  return Number(match[1]);
}

/** Beside a reference: the change of each step, and whether one grew by more than the limit. */
export function hold(counts, known) {
  const rows = Object.entries(counts).map(([name, count]) => ({ name, count, known: known?.[name], change: known?.[name] ? count / known[name] - 1 : undefined }));
  return { rows, grown: rows.filter((row) => row.change > limit) };
}

/**
 * A folder whose path is always as long, so that no count depends on it, and which no other run has: on a file system in
 * memory where there is one, since others order the files of a folder by numbers of their own.
 */
function claim() {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : '/tmp/fxc';
  if (parent !== '/dev/shm') mkdirSync(parent, { recursive: true });
  for (const letter of 'abcdefgh') {
    try {
      mkdirSync(join(parent, `fxc-count-${letter}`));
      return join(parent, `fxc-count-${letter}`);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`eight other runs are under way in ${parent}, or have left fxc-count-* there: remove them`);
}

const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };

/** The whole workload once, in a fresh project at the same place. */
function workload(place) {
  const directory = join(place, 'project'), program = join(place, 'fxc');
  rmSync(directory, { recursive: true, force: true });
  generate(directory, shape);
  const run = (args, ...before) => {
    const command = [...before, program, ...args, '-q', '-w', '-j', '1', '--today=2026-01-31', '-C', directory];
    const done = spawnSync(command[0], command.slice(1), { encoding: 'utf8', env: environment, maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(`${command.join(' ')} ended with ${done.status}\n${done.stderr.slice(0, 2000)}`);
    return done.stderr;
  };
  const counts = {};
  for (const { name, args, settle, before } of steps) {
    if (settle) for (let i = 0; i < 3; i++) run(args);
    before?.(directory);
    counts[name] = collected(run(args, 'valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null'));
  }
  return counts;
}

/** What counts depend on. */
function surroundings() {
  const first = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).split('\n')[0];
  const wide = /\bavx2\b/.test(readFileSync('/proc/cpuinfo', 'utf8')) ? 'avx2' : 'no avx2';
  return [`${process.env.CC ?? 'cc'} ${first(process.env.CC ?? 'cc', '-dumpfullversion')}`, first('getconf', 'GNU_LIBC_VERSION'), first('valgrind', '--version'), wide].join(', ');
}

function main() {
  if (spawnSync('valgrind', ['--version']).status !== 0) {
    console.error('valgrind is not installed: BENCH=1 sh tests/setup.sh installs it');
    return 2;
  }
  const place = claim();
  try {
    copyFileSync(fxc, join(place, 'fxc'));
    const [first, second] = [workload(place), workload(place)];
    const counts = Object.fromEntries(Object.keys(first).map((name) => [name, Math.min(first[name], second[name])]));
    return report(counts, second, first);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function report(counts, first, second) {
  const all = existsSync(reference) ? JSON.parse(readFileSync(reference, 'utf8')) : {};
  const key = surroundings();
  const { rows, grown } = hold(counts, all[key]);
  const percent = (share) => (share === undefined ? '' : `${share >= 0 ? '+' : ''}${(share * 100).toFixed(2)} %`);
  table(`Instructions (${key})`, ['work', 'instructions', 'two runs differ by', 'reference', 'change'],
    rows.map((row) => [row.name, row.count, Math.abs(first[row.name] - second[row.name]), row.known ?? '', percent(row.change)]));
  if (process.env.ACCEPT) {
    writeFileSync(reference, `${JSON.stringify({ ...all, [key]: counts }, null, 2)}\n`);
    console.log(`\nwritten: tests/bench/instructions.json`);
  } else if (!all[key]) {
    console.log('\nno reference for this compiler, libc, valgrind and processor: ACCEPT=1 writes one');
  } else {
    for (const row of grown) console.log(`\n${row.name} needs ${percent(row.change)} instructions: more than ${limit * 100} %`);
    return grown.length ? 1 : 0;
  }
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main();
