// Measures fxc beside its peers on the same files in the same run, prints tables and what the budgets say, and writes
// build/bench.json, build/bench.md and build/bench.svg. PAGES, RUNS and SEED choose how much, ROWS=D1,I1 a few rows, FXC another compiler. What
// the figures mean stands in tests/bench/README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { join } from 'node:path';
import { generate } from './generate.mjs';
import { busyShare, removeDiscarded, results, shown } from './measure.mjs';
import { plot } from './plot.mjs';
import { leaveOut, markdown, missing, printVerdicts, verdicts } from './report.mjs';
import { building } from './rows_build.mjs';
import { discovery } from './rows_discovery.mjs';
import { growth } from './rows_growth.mjs';
import { increments } from './rows_increment.mjs';
import { asked, out, pages, root, runs, seed, version } from './settings.mjs';
import { solving } from './solver.mjs';

/** A project of build/bench, made when it is not there yet. One with a `name` shares no folder with the others. */
function project({ name = 'pages', ...options }) {
  const kind = [name, options.pages, options.plain && 'plain', options.wellFormed && 'well-formed', options.manifests].filter((part) => part !== undefined && part !== false);
  const directory = join(root, 'build/bench', kind.join('-'));
  return { directory, size: options.pages, bytes: generate(directory, { seed, ...options }), list: join(directory, 'files.txt') };
}

const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, Linux ${release()}, Node.js ${process.versions.node}`;
for (const directory of [join(root, 'build/bench'), out]) mkdirSync(directory, { recursive: true });
const begin = Date.now();
const busy = [busyShare()];
console.log(`${version} on ${machine}\n${pages} pages from seed ${seed}; medians of ${runs} runs in turns, after one that warms the page cache`);
try {
  discovery(project, pages);
  building(project, pages);
  increments(project, pages);
  if (asked('V1', 'V2')) solving({ runs, seed, version });
  growth(project);
  if (asked('L1')) leaveOut('L1', 'there is no language server yet');
} finally {
  removeDiscarded();
}
busy.push(busyShare());
printVerdicts();
const most = Math.max(...busy);
if (most > 0.1) console.log(`\nwarning: other work keeps ${(most * 100).toFixed(0)} % of the processors busy; ratios of two threads and short runs say little`);
console.log(`\nCommands (each with every run in bench.json):`);
for (const command of new Set(results.filter((row) => !row.work.startsWith('growth')).map((row) => row.command.replace(/build\/bench\/solver\/\w+-\d+/, 'INSTANCE')))) console.log(`  ${command}`);
writeFileSync(join(out, 'bench.json'), `${JSON.stringify({ version, machine, pages, seed, runs, busy, seconds: (Date.now() - begin) / 1000, verdicts, missing, results }, null, 1)}\n`);
writeFileSync(join(out, 'bench.md'), markdown());
writeFileSync(join(out, 'bench.svg'), plot(verdicts, `${version}, ${pages} pages, ${machine}`));
console.log(`\n${((Date.now() - begin) / 1000).toFixed(0)} s; ${['json', 'md', 'svg'].map((ending) => shown([join(out, `bench.${ending}`)])).join(', ')}`);
