// In: what gcovr and c8 have counted (coverage.sh). Out: a table of parts with the share of lines and of branches that the tests
// reach, held against the gate of each part; build/coverage/lines.txt has the lines that are not reached. The last line is "N passed, N failed".
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

// The gates are lines. A file belongs to the first part that names it; what no part names counts for all of it together alone.
const PARTS = [
  ['runtime monitor', 85, /^runtime\/src\/(metrics|react\/monitor)\/|^compiler\/(emit\/(alert_rules|bounds)|workspace\/(monitor|measures|alerts))/],
  ['version resolver', 95, /^compiler\/(solver\/|ir\/(version|range)|passes\/(attempts|candidates|conflict|constraints|cure|cut|cycles|derivation|facts|graph|lifecycle|live|locked|loosen|near|phrase|replacement|solve|trial|why|components)|workspace\/lock)|^grammar\/range/],
  ['scanner', 95, /^compiler\/(html\/|ir\/(attr|facts|suggest)|emit\/(discovery|stub))|^grammar\/(html|attr|xpath|encoding|single_byte)/],
  ['validator', 98, /^compiler\/(yaml|json|fx|ast|clause)\/|^compiler\/ir\/(lower|literal|interpolation|pointer)|^compiler\/passes\/|^grammar\/(fx|json|manifest)/],
  ['generator', 90, /^compiler\/emit\/|^grammar\/template/],
];
const OVERALL = ['overall', 91];

const share = (part, all) => (all === 0 ? 100 : (100 * part) / all);

/** `[file, {lines, hit, branches, taken, missing}]` of the C files. */
function ofGcovr(path) {
  return JSON.parse(readFileSync(path, 'utf8')).files.map(({ file, lines }) => {
    const code = lines.filter((line) => !line['gcovr/noncode']);
    const branches = code.flatMap((line) => line.branches);
    return [file, {
      lines: code.length,
      hit: code.filter(({ count }) => count > 0).length,
      branches: branches.length,
      taken: branches.filter(({ count }) => count > 0).length,
      missing: code.filter(({ count }) => count === 0).map((line) => line.line_number),
    }];
  });
}

/** Whether there is anything to run in what TypeScript made of a source: types alone leave an empty module. */
function hasCode(file) {
  const made = join(ROOT, 'build/runtime', file.slice(join(ROOT, 'runtime/src').length).replace(/\.tsx?$/, '.js'));
  return !existsSync(made) || /\S/.test(readFileSync(made, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*|export \{\};/g, ''));
}

/** The same of the runtime: c8 takes every line for a statement. */
function ofIstanbul(path) {
  return Object.values(JSON.parse(readFileSync(path, 'utf8'))).filter(({ path: file }) => hasCode(file)).map(({ path: file, statementMap, s, b }) => {
    const counts = Object.values(s);
    const branches = Object.values(b).flat();
    return [file.slice(ROOT.length), {
      lines: counts.length,
      hit: counts.filter((count) => count > 0).length,
      branches: branches.length,
      taken: branches.filter((count) => count > 0).length,
      missing: Object.entries(s).filter(([, count]) => count === 0).map(([index]) => statementMap[index].start.line),
    }];
  });
}

/** [1, 2, 3, 7] as "1-3,7". */
function ranges(numbers) {
  const runs = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

function gates(folder, what) {
  const files = [];
  if (what !== 'runtime') files.push(...ofGcovr(join(folder, 'c.json')));
  if (what !== 'c') files.push(...ofIstanbul(join(folder, 'runtime.json')));
  const rows = [...PARTS, OVERALL].map(([name, gate]) => ({ name, gate, lines: 0, hit: 0, branches: 0, taken: 0 }));
  for (const [file, counts] of files) {
    const part = PARTS.findIndex(([, , pattern]) => pattern.test(file));
    for (const row of [rows[part], rows.at(-1)]) {
      if (row) for (const key of ['lines', 'hit', 'branches', 'taken']) row[key] += counts[key];
    }
  }
  files.sort(([, a], [, b]) => b.missing.length - a.missing.length);
  writeFileSync(join(folder, 'lines.txt'), files.filter(([, { missing }]) => missing.length > 0)
    .map(([file, { lines, missing }]) => `${file} ${missing.length} of ${lines}: ${ranges(missing)}\n`).join(''));
  let failed = 0;
  let passed = 0;
  for (const { name, gate, lines, hit, branches, taken } of rows.filter(({ lines: count }) => count > 0)) {
    const good = share(hit, lines) >= gate;
    if (good) passed++;
    else failed++;
    console.log(`${name.padEnd(17)} ${share(hit, lines).toFixed(1).padStart(5)} % of ${String(lines).padStart(5)} lines (at least ${gate} %), ${share(taken, branches).toFixed(1)} % of branches${good ? '' : '  NOT ENOUGH'}`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

/** Leaves the runtime's own files alone: what Vite or a bundler made of them has the same name and other places. */
function strip(folder) {
  const isOurs = (url) => url.startsWith('file:') && (url.includes('/build/runtime/') || /\/bundle-\w+\.js$/.test(url));
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const coverage = JSON.parse(readFileSync(path, 'utf8'));
    const result = coverage.result.filter(({ url }) => isOurs(url));
    const maps = Object.entries(coverage['source-map-cache'] ?? {}).filter(([url]) => isOurs(url));
    if (result.length === 0) rmSync(path);
    else writeFileSync(path, JSON.stringify({ result, 'source-map-cache': Object.fromEntries(maps) }));
  }
}

const [command, folder, what = 'both'] = process.argv.slice(2);
if (command === 'strip' && existsSync(folder)) strip(folder);
else if (command === 'gates') process.exit(gates(folder, what) ? 0 : 1);
else throw new Error('coverage.mjs strip FOLDER | gates FOLDER c|runtime|both');
