// Measures fxc beside its peers on the same files in the same run, prints tables of medians and ratios, and writes
// build/bench.json. PAGES, RUNS and SEED choose the corpus: `make bench PAGES=500` is over in seconds. What the
// figures mean stands in tests/bench/README.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCorpus } from './corpus.mjs';
import { solving } from './solver.mjs';

const root = resolve(import.meta.dirname, '../..');
const pages = Number(process.env.PAGES ?? 10000);
const runs = Number(process.env.RUNS ?? 5);
const seed = Number(process.env.SEED ?? 1);
const fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
const threads = availableParallelism();
const help = execFileSync(fxc, ['--help'], { encoding: 'utf8' });
const noCache = help.includes('--no-cache') ? ['--no-cache'] : [];
const fxcVersion = execFileSync(fxc, ['--version'], { encoding: 'utf8' }).trim().split('\n')[0];
const version = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n')[0];
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const results = [];

/** Runs a command several times, after one that warms the page cache. */
function measure(work, tool, toolVersion, command, { times = runs, warm = true, statuses = [0] } = {}) {
  const milliseconds = [];
  let output = '';
  command = command.map(String);
  for (let i = warm ? -1 : 0; i < times; i++) {
    const begin = process.hrtime.bigint();
    const run = spawnSync(command[0], command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (i >= 0) milliseconds.push(Number(process.hrtime.bigint() - begin) / 1e6);
    if (!statuses.includes(run.status)) throw new Error(`${command.join(' ')} ended with ${run.status}\n${run.stderr.slice(0, 2000)}`);
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

function project(size, plain = false) {
  const directory = join(root, 'build/bench', `pages-${size}${plain ? '-plain' : ''}`);
  return { directory, size, bytes: makeCorpus(directory, size, seed, plain), list: join(directory, 'files.txt') };
}

const run = (corpus, jobs, command, target, ...more) =>
  [fxc, command, '-q', '-w', ...noCache, ...more, '-j', jobs, '-C', corpus.directory, '-o', join(corpus.directory, target)];
const discover = (corpus, jobs) => run(corpus, jobs, 'discover', 'generated-map');

function compileHelper(name, ...flags) {
  const program = join(root, 'build/bench', name);
  execFileSync(process.env.CC ?? 'cc', ['-O2', '-pthread', '-D_GNU_SOURCE', '-o', program, join(import.meta.dirname, `${name}.c`), ...flags]);
  return program;
}

/** A table of rows beside the first one. */
function compare(title, rows, bytes) {
  table(title, ['tool', 'version', 'median ms', 'MB/s', 'time against the first'],
    rows.map((row) => [row.tool, row.version, row.median.toFixed(0), (bytes / 1e3 / row.median).toFixed(0), `${(row.median / rows[0].median).toFixed(2)} x`]));
}

function discovery(corpus) {
  const parse5 = JSON.parse(readFileSync(join(root, 'node_modules/parse5/package.json'), 'utf8')).version;
  const xml = existsSync('/usr/bin/xml2-config') ? version('xml2-config', '--version') : 'system';
  const rows = [measure('discovery', 'fxc -j1', fxcVersion, discover(corpus, 1)),
    measure('discovery', `fxc -j${threads}`, fxcVersion, discover(corpus, threads)),
    measure('discovery', 'libxml2 SAX', xml, [compileHelper('peer_libxml2', '-I/usr/include/libxml2', '-lxml2'), corpus.list]),
    measure('discovery', 'parse5', parse5, [process.execPath, join(import.meta.dirname, 'peer_parse5.mjs'), corpus.list], { times: Math.min(runs, 3) }),
    measure('discovery', 'reading alone', '', [floor, 'read', corpus.list])];
  compare(`Discovery of ${corpus.size} pages, ${(corpus.bytes / 1e6).toFixed(1)} MB, whole process`, rows, corpus.bytes);
  const map = JSON.parse(readFileSync(join(corpus.directory, 'generated-map/discovery-map.json'), 'utf8'));
  const uses = Object.values(map.integrations).reduce((sum, use) => sum + use.locations.length, 0);
  console.log(`  uses found: fxc ${uses}, parse5 ${rows[3].output.trim()}, libxml2 ${rows[2].output.trim()} (it counts text inside textarea)`);
}

/** Pages that name no attribute of ours anywhere. */
function discoveryOfPlain(corpus) {
  compare(`Discovery of ${corpus.size} pages without uses`, [measure('discovery, no uses', 'fxc -j1', fxcVersion, discover(corpus, 1)),
    measure('discovery, no uses', 'reading and searching', '', [floor, 'search', corpus.list])], corpus.bytes);
}

/** The three programs that work in memory print their rate as "N MB/s"; each takes the best of several rounds. */
function inMemory(corpus) {
  const files = readFileSync(corpus.list, 'utf8').trim().split('\n').slice(0, 1000);
  const rows = ['lexer', 'tree', 'emit'].flatMap((name) => {
    const row = measure('in memory', `${name}_bench`, fxcVersion, [join(root, `build/tests/bench/${name}_bench`), ...files], { times: 1 });
    row.command = results.at(-1).command = `build/tests/bench/${name}_bench PAGES…`;
    return row.output.split('\n').filter((line) => line.includes('MB/s')).map((line) => {
      const rate = Number(/([\d.]+) MB\/s/.exec(line)[1]);
      results.push({ work: 'in memory', tool: name === 'emit' ? line.slice(0, 16).trim() : name, command: row.command, megabytesPerSecond: rate });
      return [results.at(-1).tool, rate.toFixed(0), (rate * 1e6 / (corpus.bytes / corpus.size)).toFixed(0)];
    });
  });
  table(`In memory, one thread, ${files.length} of the pages`, ['work', 'MB/s', 'pages/s'], rows);
}

function wholeBuild(corpus) {
  let count = 0;
  const target = () => `generated-${process.pid}-${count++}`;
  // Each cold build writes to a directory of its own: files that were deleted a moment ago slow some file systems down.
  const cold = (jobs) => {
    const milliseconds = [];
    for (let i = 0; i <= runs; i++) milliseconds.push(measure('', '', '', run(corpus, jobs, 'build', target()), { times: 1, warm: false }).median);
    results.splice(-runs - 1);
    const row = { work: 'build, cold', tool: `fxc -j${jobs}`, version: fxcVersion, command: run(corpus, jobs, 'build', 'generated').join(' ').replaceAll(`${root}/`, ''),
      milliseconds, median: median(milliseconds.slice(1)) };
    results.push(row);
    return row;
  };
  const rows = [cold(1), cold(threads)];
  const made = `generated-${process.pid}-0`;
  rows.push(measure('build, nothing changed', `fxc -j${threads}`, fxcVersion, run(corpus, threads, 'build', made)));
  const list = join(corpus.directory, 'outputs.txt');
  writeFileSync(list, execFileSync('find', [join(corpus.directory, made), '-name', '*.tsx*'], { encoding: 'utf8', maxBuffer: 1 << 28 }));
  const writes = Array.from({ length: runs }, () => Number(execFileSync(floor, ['write', list, join(corpus.directory, target()), String(threads)], { encoding: 'utf8' })));
  rows.push({ work: 'the outputs written', tool: `floor, ${threads} threads`, command: 'build/bench/floor write LIST DIRECTORY THREADS', milliseconds: writes, median: median(writes) });
  results.push(rows.at(-1));
  const memory = Number(execFileSync(floor, ['memory', ...run(corpus, threads, 'build', target()).map(String)], { encoding: 'utf8' }));
  results.push({ work: 'peak memory', tool: `fxc -j${threads}`, command: 'build/bench/floor memory COMMAND…', kilobytes: memory });
  for (let i = 0; i < count; i++) rmSync(join(corpus.directory, `generated-${process.pid}-${i}`), { recursive: true, force: true });
  table(`Whole build of ${corpus.size} pages`, ['work', 'tool', 'median ms', 'pages/s', 'time against the floor'],
    rows.map((row) => [row.work, row.tool, row.median.toFixed(0), (corpus.size / row.median * 1000).toFixed(0), `${(row.median / rows[3].median).toFixed(2)} x`]));
  console.log(`  peak memory of a cold build: ${(memory / 1024).toFixed(1)} MB`);
}

/** Least squares on logarithms: time grows as pages to this power. */
function exponent(sizes) {
  const time = (size) => measure('growth', `fxc -j1, ${size} pages`, fxcVersion, discover(project(size), 1)).median;
  const points = sizes.map((size) => [Math.log(size), Math.log(time(size))]);
  const mean = (i) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

mkdirSync(join(root, 'build/bench'), { recursive: true });
const floor = compileHelper('floor');
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${threads} threads, Node.js ${process.versions.node}`;
console.log(`machine: ${machine}\nmedians of ${runs} runs (parse5: ${Math.min(runs, 3)}) after one that warms the page cache`);
const corpus = project(pages);
discovery(corpus);
discoveryOfPlain(project(pages, true));
inMemory(corpus);
wholeBuild(corpus);
solving({ measure, table, runs, seed, root, version: fxcVersion });
const power = exponent([...new Set([0.125, 0.25, 0.5, 1].map((part) => Math.max(10, Math.round(pages * part))))]);
console.log(`\nDiscovery grows as pages to the power ${power.toFixed(2)}`);
console.log('\nCommands:');
for (const command of new Set(results.filter((row) => row.work !== 'growth').map((row) => row.command.replace(/build\/bench\/solver\/\w+-\d+/, 'INSTANCE')))) console.log(`  ${command}`);
writeFileSync(join(root, 'build/bench.json'), JSON.stringify({ machine, pages, bytes: corpus.bytes, seed, exponent: power, results }, null, 2) + '\n');
