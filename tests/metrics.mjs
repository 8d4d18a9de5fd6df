// What --time-passes and --metrics say of a build: every stage, pass and output with its figures, and counts that are
// those of the project. The expected names are those of passes/table.def and of the outputs in the folder.
//   node tests/metrics.mjs     FXC names another program than build/fxc
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './bench/generate.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const work = mkdtempSync(join(tmpdir(), 'fxc-metrics-'));
const PAGES = 30, MANIFESTS = 12;
let passed = 0, failed = 0;

function check(what, holds, seen = '') {
  if (holds) passed++;
  else failed++, console.log(`FAILED: ${what}\n${seen}`);
}

const bytes = generate(work, { pages: PAGES, manifests: MANIFESTS, size: 1000, uses: 1 });
function build(...more) {
  const run = spawnSync(FXC, ['build', '-q', '-w', '-C', work, '--time-passes', `--metrics=${join(work, 'metrics.json')}`, ...more], { encoding: 'utf8' });
  check(`build ${more.join(' ')} succeeds`, run.status === 0, run.stderr);
  return { text: run.stderr, lines: run.stderr.trimEnd().split('\n'), metrics: JSON.parse(readFileSync(join(work, 'metrics.json'), 'utf8')) };
}

/** Lines of the table "stage wall cpu", by name. */
function stages(lines) {
  const found = new Map();
  for (const line of lines) {
    const match = /^(\S.*?) +(\d+\.\d{3}) +(\d+\.\d{3})$/.exec(line);
    if (match) found.set(match[1], [Number(match[2]), Number(match[3])]);
  }
  return found;
}

const cold = build('--no-cache');
const table = stages(cold.lines);
check('the table has a head', /^stage +wall ms +CPU ms$/.test(cold.lines[0]), cold.lines[0]);
for (const stage of ['project', 'manifests', 'pages', 'commit', 'all of it']) check(`a line of '${stage}'`, table.has(stage), cold.text);

const passes = [...readFileSync(join(ROOT, 'compiler/passes/table.def'), 'utf8').matchAll(/^PASS\((\w+)/gm)].map(([, name]) => name);
const told = [...table.keys()].filter((name) => name.startsWith('pass ')).map((name) => name.slice(5));
check('every pass in the order of the table', passes.length > 5 && told.join() === passes.join(), `${told}\n${passes}`);
const outputs = [...table.keys()].filter((name) => name.startsWith('output ') && name.includes('.')).map((name) => name.slice(7));
check('outputs that were written', outputs.length > 8 && outputs.every((path) => existsSync(join(work, 'generated', path))), outputs);
const sum = [...table].filter(([name]) => name !== 'all of it').reduce((total, [, [wall]]) => total + wall, 0);
check('the sum of the stages', Math.abs(sum - table.get('all of it')[0]) < 0.001 * table.size, cold.text);
const counts = cold.lines.filter((line) => /^(discovery|validation|generation|writing|memory) /.test(line)).map((line) => line.replace(/ +[\d.]+ (ms|KB)/, ''));
check('counts for people', counts.join('\n') === `discovery  ${PAGES} pages, ${bytes} bytes; 0 known, 0 of them held\nvalidation  ${used().size} valid, 0 invalid\n`
  + `generation  ${cold.metrics.generation.components_generated} components\nwriting  ${cold.metrics.outputs.written} written, 0 unchanged, 0 removed\nmemory  at most`, counts.join('\n'));

/** The integrations that pages name, as a search for the attribute finds them. */
function used() {
  const pages = readFileSync(join(work, 'files.txt'), 'utf8').trim().split('\n');
  return new Set(pages.flatMap((page) => [...readFileSync(page, 'utf8').matchAll(/<div class="group" data-integration="([^"]+)"/g)].map(([, name]) => name)));
}

const keys = {
  discovery: ['files_scanned', 'integrations_found', 'scan_duration_ms'],
  validation: ['valid_count', 'invalid_count', 'validation_duration_ms'],
  generation: ['components_generated', 'generation_duration_ms'],
  runtime: ['active_integrations', 'fallback_triggered', 'api_calls_24h'],
  outputs: ['written', 'unchanged', 'removed'],
  cache: ['pages_known', 'pages_held'],
  process: ['cpu_ms', 'peak_memory_kb'],
};
const shape = (metrics) => JSON.stringify(Object.fromEntries(Object.entries(metrics).map(([name, block]) => [name, Object.keys(block)])));
check('the blocks and their members', shape(cold.metrics) === JSON.stringify(keys), shape(cold.metrics));
const { discovery, runtime, process: own, outputs: wrote } = cold.metrics;
check('numbers, none below zero', Object.values(cold.metrics).every((block) => Object.values(block).every((value) => typeof value === 'number' && value >= 0)), JSON.stringify(cold.metrics));
check('the pages', discovery.files_scanned === PAGES && discovery.integrations_found === used().size, JSON.stringify(discovery));
check('zero is what a build knows of a runtime', Object.values(runtime).every((value) => value === 0), JSON.stringify(runtime));
check('time and memory', own.cpu_ms > 0 && own.peak_memory_kb > 1000 && own.peak_memory_kb < 200000, JSON.stringify(own));
check('what was written', wrote.written > 2 * PAGES && wrote.unchanged === 0, JSON.stringify(wrote));
const again = build('--no-cache').metrics.outputs;
check('what was not', again.written === 0 && again.unchanged === wrote.written && again.removed === 0, JSON.stringify(again));
const silent = spawnSync(FXC, ['build', '-q', '-w', '-C', work], { encoding: 'utf8' });
check('nothing where nobody asks', silent.stderr === '', silent.stderr);
rmSync(work, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
