// Measures fxc beside its peers on the same files in the same run, prints tables of medians and ratios, and writes
// build/bench.json. PAGES, RUNS and SEED choose the corpus: `make bench PAGES=500` is over in seconds.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCorpus } from './corpus.mjs';

const root = resolve(import.meta.dirname, '../..');
const pages = Number(process.env.PAGES ?? 10000);
const runs = Number(process.env.RUNS ?? 5);
const seed = Number(process.env.SEED ?? 1);
const fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
const threads = availableParallelism();
const noCache = execFileSync(fxc, ['--help'], { encoding: 'utf8' }).includes('--no-cache') ? ['--no-cache'] : [];
const version = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n')[0];
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const results = [];

/** Runs a command several times after one that warms the page cache; `before` is not on the clock. */
function measure(work, tool, toolVersion, command, { before = () => {}, times = runs } = {}) {
  const milliseconds = [];
  let output = '';
  for (let i = -1; i < times; i++) {
    before();
    const begin = process.hrtime.bigint();
    const run = spawnSync(command[0], command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (i >= 0) milliseconds.push(Number(process.hrtime.bigint() - begin) / 1e6);
    if (run.status !== 0) throw new Error(`${command.join(' ')} ended with ${run.status}\n${run.stderr.slice(0, 2000)}`);
    output = run.stdout;
  }
  const row = { work, tool, version: toolVersion, command: command.join(' ').replaceAll(`${root}/`, ''), milliseconds, median: median(milliseconds) };
  results.push(row);
  return { ...row, output };
}

function table(title, header, rows) {
  const lines = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  console.log(`\n${title}`);
  for (const line of lines) {
    console.log('  ' + line.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('   ').trimEnd());
  }
}

function project(size) {
  const directory = join(root, 'build/bench', `pages-${size}`);
  return { directory, size, bytes: makeCorpus(directory, size, seed), list: join(directory, 'files.txt') };
}

const discover = (corpus, jobs) => [fxc, 'discover', '-q', ...noCache, '-j', String(jobs), '-C', corpus.directory, '-o', join(corpus.directory, 'generated')];
const build = (corpus, jobs, ...more) => [fxc, 'build', '-q', ...more, '-j', String(jobs), '-C', corpus.directory, '-o', join(corpus.directory, 'generated')];

function compilePeer() {
  const program = join(root, 'build/bench/peer_libxml2');
  execFileSync(process.env.CC ?? 'cc', ['-O2', '-I/usr/include/libxml2', '-o', program, join(import.meta.dirname, 'peer_libxml2.c'), '-lxml2']);
  return program;
}

function discovery(corpus) {
  const fxcVersion = version(fxc, '--version');
  const parse5 = JSON.parse(readFileSync(join(root, 'node_modules/parse5/package.json'), 'utf8')).version;
  const xml = existsSync('/usr/bin/xml2-config') ? version('xml2-config', '--version') : 'system';
  const one = measure('discovery', 'fxc -j1', fxcVersion, discover(corpus, 1));
  const rows = [one, measure('discovery', `fxc -j${threads}`, fxcVersion, discover(corpus, threads)),
    measure('discovery', 'libxml2 SAX', xml, [compilePeer(), corpus.list]),
    measure('discovery', 'parse5', parse5, [process.execPath, join(import.meta.dirname, 'peer_parse5.mjs'), corpus.list], { times: Math.min(runs, 3) })];
  table(`Discovery of ${corpus.size} pages, ${(corpus.bytes / 1e6).toFixed(1)} MB, whole process`,
    ['tool', 'version', 'median ms', 'MB/s', 'time against fxc -j1'],
    rows.map((row) => [row.tool, row.version, row.median.toFixed(0), (corpus.bytes / 1e3 / row.median).toFixed(0), `${(row.median / one.median).toFixed(2)} x`]));
  const map = JSON.parse(readFileSync(join(corpus.directory, 'generated/discovery-map.json'), 'utf8'));
  const uses = Object.values(map.integrations).reduce((sum, use) => sum + use.locations.length, 0);
  console.log(`  uses found: fxc ${uses}, parse5 ${rows[3].output.trim()}, libxml2 ${rows[2].output.trim()} (it counts text inside textarea)`);
}

function wholeBuild(corpus) {
  const clean = () => {
    for (const made of ['generated', '.fx', 'fx.lock']) rmSync(join(corpus.directory, made), { recursive: true, force: true });
  };
  const fxcVersion = version(fxc, '--version');
  const rows = [measure('build, cold', 'fxc -j1', fxcVersion, build(corpus, 1), { before: clean }),
    measure('build, cold', `fxc -j${threads}`, fxcVersion, build(corpus, threads), { before: clean }),
    measure('build, nothing changed', `fxc -j${threads}`, fxcVersion, build(corpus, threads))];
  table(`Whole build of ${corpus.size} pages`, ['work', 'tool', 'median ms', 'pages/s'],
    rows.map((row) => [row.work, row.tool, row.median.toFixed(0), (corpus.size / row.median * 1000).toFixed(0)]));
}

/** Least squares on logarithms: time grows as pages to this power. */
function exponent(sizes) {
  const points = sizes.map((size) => [Math.log(size), Math.log(measure('growth', 'fxc -j1', '', discover(project(size), 1)).median)]);
  const mean = (i) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

mkdirSync(join(root, 'build/bench'), { recursive: true });
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${threads} threads, Node.js ${process.versions.node}`;
console.log(`machine: ${machine}\nmedians of ${runs} runs (parse5: ${Math.min(runs, 3)}) after one that warms the page cache`);
const corpus = project(pages);
discovery(corpus);
wholeBuild(corpus);
const power = exponent([...new Set([Math.max(10, Math.round(pages / 16)), Math.max(20, Math.round(pages / 4)), pages])]);
console.log(`\nDiscovery grows as pages to the power ${power.toFixed(2)}`);
console.log('\nCommands:');
for (const row of results) if (row.work !== 'growth') console.log(`  ${row.command}`);
writeFileSync(join(root, 'build/bench.json'), JSON.stringify({ machine, pages, bytes: corpus.bytes, seed, exponent: power, results }, null, 2) + '\n');
