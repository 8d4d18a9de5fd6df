// Measuring commands beside each other: A B A B …, so that what disturbs the machine disturbs both, by a small program that
// reads the clock next to the command (timer.c). In: commands. Out: rows with every single run, their medians and quartiles.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './settings.mjs';

const sorted = (values) => [...values].sort((a, b) => a - b);

/** The value that a share of the values lies below, between two of them where it falls so. */
export function quantile(values, share) {
  const list = sorted(values), at = (list.length - 1) * share, low = Math.floor(at);
  return list[low] + ((list[low + 1] ?? list[low]) - list[low]) * (at - low);
}
export const median = (values) => quantile(values, 0.5);

/** All rows of this run, for build/bench.json. */
export const results = [];

export function compileC(name, ...flags) {
  const source = join(import.meta.dirname, `${name}.c`), program = join(root, 'build/bench', name.replace('peers/', 'peer_'));
  mkdirSync(join(root, 'build/bench'), { recursive: true });
  if (!existsSync(program) || statSync(program).mtimeMs < statSync(source).mtimeMs) {
    execFileSync(process.env.CC ?? 'cc', ['-O2', '-pthread', '-D_GNU_SOURCE', '-o', program, source, ...flags], { stdio: ['ignore', 'inherit', 'pipe'] });
  }
  return program;
}

let timer;

/** Runs a command so many times; answers its output and a sample of each run. */
function time(command, times, statuses) {
  timer ??= compileC('timer');
  const run = spawnSync(timer, [times, ...command].map(String), { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const samples = (run.output?.[3] ?? '').trim().split('\n').map((line) => {
    const [wall, user, system, kilobytes, status] = line.split(' ').map(Number);
    return { wall: wall / 1e6, user: user / 1e3, system: system / 1e3, kilobytes, status };
  });
  const bad = samples.find((sample) => !statuses.includes(sample.status));
  if (run.status !== 0 || bad) throw new Error(`${command.join(' ')} ended with ${bad?.status ?? run.status}\n${run.stderr.slice(0, 2000)}`);
  return { samples, output: run.stdout, errors: run.stderr };
}

/** Runs a command once, outside of any row. */
export function once(command, statuses = [0]) {
  return time(command, 1, statuses).output;
}

/** A command as it is shown: without the folder that the project happens to lie in. */
export const shown = (command) => command.join(' ').replaceAll(`${root}/`, '').replace(/generated-\d+-\d+/g, 'FRESH');

/**
 * Measures commands in turns, after one turn that counts for nothing. A contestant has a `tool`, its `version` and a
 * `command` (or a function that gives one); it may have `before`, which runs unmeasured before each time; `times`, when it
 * is to run less often than `runs`; `repeat`, when one turn is so many runs, for commands of a millisecond; `value`, which
 * takes milliseconds from what it prints instead (from its output, its errors); `statuses` that it may end with.
 */
export function measure(work, contestants, { runs, warm = true }) {
  const rows = contestants.map((one) => ({ work, tool: one.tool, version: one.version ?? '', command: '', inside: !!one.value, runs: [], output: '' }));
  for (let turn = warm ? -1 : 0; turn < runs; turn++) {
    contestants.forEach((one, i) => {
      if (turn >= (one.times ?? runs)) return;
      one.before?.(turn);
      const command = typeof one.command === 'function' ? one.command(turn) : one.command;
      const { samples, output, errors } = time(command, one.repeat ?? 1, one.statuses ?? [0]);
      rows[i].command = shown(command);
      rows[i].output = output;
      if (turn >= 0) rows[i].runs.push(...samples.map((sample) => ({ ...sample, ms: one.value ? one.value(output, errors) : sample.wall })));
    });
  }
  for (const row of rows) {
    const ms = row.runs.map((run) => run.ms);
    Object.assign(row, { median: median(ms), low: quantile(ms, 0.25), high: quantile(ms, 0.75), cpu: median(row.runs.map((run) => run.user + run.system)) });
    results.push(row);
  }
  return rows;
}

/**
 * How many times as long as the other row ours takes: of the medians, of the runs in turn the quartiles, and in processor time,
 * which tells more on a busy machine.
 */
export function ratio(ours, other) {
  const pairs = Array.from({ length: Math.min(ours.runs.length, other.runs.length) }, (_, i) => ours.runs[i].ms / other.runs[i].ms);
  const cpu = ours.inside || other.inside ? undefined : ours.cpu / other.cpu;
  return { value: ours.median / other.median, cpu, low: quantile(pairs, 0.25), high: quantile(pairs, 0.75) };
}

const discarded = [];

/**
 * A folder in a project that no build has written to yet. It is removed when all is measured: where files were deleted a moment
 * ago, some file systems make new ones many times more slowly.
 */
export function fresh(corpus) {
  discarded.push(join(corpus.directory, `generated-${process.pid}-${discarded.length}`));
  return discarded.at(-1);
}

export function removeDiscarded() {
  for (const directory of discarded.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** The version of a Debian package, null when it is not installed. */
export function packageVersion(name) {
  const known = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status} ${Version}', name], { encoding: 'utf8' });
  const [status, version] = (known.stdout ?? '').split(' ');
  return status === 'installed' ? version : null;
}

/** The version of an npm package, of the bench's own or of the project's; null when it is not installed. */
export function moduleVersion(name) {
  for (const directory of [import.meta.dirname, root]) {
    const file = join(directory, 'node_modules', name, 'package.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).version;
  }
  return null;
}

/** The share of the processors that others keep busy, looked at for a while. */
export function busyShare(milliseconds = 500) {
  const look = () => readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).slice(1).map(Number);
  const before = look();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  const ticks = look().map((value, i) => value - before[i]);
  const all = ticks.slice(0, 8).reduce((sum, value) => sum + value, 0);
  return all ? 1 - (ticks[3] + ticks[4]) / all : 0;
}
