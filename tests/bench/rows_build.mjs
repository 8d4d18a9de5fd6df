// C1 to C3 and Y1: pages to components in memory, a cold build of all pages, its memory, manifests.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileC, fresh, measure, median, moduleVersion, once, ratio } from './measure.mjs';
import { compare, judge, judgeSpeed, leaveOut, short, table } from './report.mjs';
import { lexbor, lexborVersion } from './rows_discovery.mjs';
import { asked, compile, noCache, pages as allPages, root, runs, threads, version } from './settings.mjs';

const turns = Math.min(runs, 3);
const perSecond = (output, name = '') => Number(new RegExp(`${name}\\s*([\\d.]+) pages/s`, 'm').exec(output)[1]);

/** Tools that make components of pages; `must` and `goal` say how many times as fast we are to be; `mapped`: source maps on both sides. */
const tools = [
  { tool: 'astro', name: "Astro's compiler", package: '@astrojs/compiler-rs', must: 5, goal: 9 },
  { tool: 'astro-map', name: "Astro's compiler, with its source map", package: '@astrojs/compiler-rs', must: 5, goal: 9, mapped: true },
  { tool: 'parse5', name: 'a careful parse5 pipeline', package: 'parse5', must: 15, goal: 25 },
  { tool: 'vue', name: 'Vue', package: '@vue/compiler-dom' },
  { tool: 'html-to-jsx-transform', package: 'html-to-jsx-transform' },
  { tool: 'rehype', name: 'rehype', package: 'rehype-parse' },
  { tool: 'svelte', name: 'Svelte', package: 'svelte' },
  { tool: 'htmltojsx', package: 'htmltojsx' },
];

/** Every program prints pages a second, the best of its rounds; a row's milliseconds are those of all pages at that rate. */
function inMemory(corpus) {
  const files = readFileSync(corpus.list, 'utf8').trim().split('\n');
  const time = (output, name) => (files.length / perSecond(output, name)) * 1000;
  const program = join(root, 'build/tests/bench/emit_bench');
  const there = tools.filter((one) => moduleVersion(one.package) || leaveOut(`C1 ${one.tool}`, 'not installed'));
  const peers = there.map((one) => ({ ...one, tool: one.name ?? one.tool, version: moduleVersion(one.package), value: (output) => time(output),
    command: [process.execPath, join(import.meta.dirname, 'peers/to_jsx.mjs'), one.tool, corpus.list] }));
  const library = lexbor();
  if (library) peers.unshift({ tool: 'lexbor, parse and serialize', version: lexborVersion(), must: 2, goal: 3.5, command: [library, corpus.list, 'serialize'], value: (output) => time(output) });
  else leaveOut('C1 lexbor', 'not installed: LEXBOR=DIR names where it is');
  const rows = measure('C1', [{ tool: 'fxc, page to TSX', version, command: [program, ...files], value: (output) => time(output, '^parse to TSX') },
    { tool: 'fxc, with its source map', version, command: [program, ...files], value: (output) => time(output, '^with source map') }, ...peers], { runs: turns, warm: false });
  for (const row of rows.slice(0, 2)) row.command = 'build/tests/bench/emit_bench PAGES…';
  table(`C1  Page to component in memory, one thread, ${files.length} pages that every tool takes`, ['tool', 'version', 'pages/s', 'refused', 'time against the first'],
    rows.map((row) => [row.tool, row.version, (files.length / row.median * 1000).toFixed(0), /(\d+) refused/.exec(row.output)?.[1] ?? '', `${short(row.median / rows[0].median)} x`]));
  peers.forEach((peer, i) => peer.must && judgeSpeed('C1', `page to TSX, as fast as ${peer.tool}`, ratio(rows[peer.mapped ? 1 : 0], rows[i + 2]), peer));
}

function cold(corpus) {
  const build = (jobs, target) => compile(corpus.directory, jobs, 'build', ...noCache, '-o', target);
  const floor = compileC('floor'), first = fresh(corpus);
  const list = join(corpus.directory, 'outputs.txt');
  once(build(threads, first));
  writeFileSync(list, execFileSync('find', [first, '-type', 'f'], { encoding: 'utf8', maxBuffer: 1 << 28 }));
  const rows = measure('C2', [{ tool: `fxc -j${threads}`, version, command: () => build(threads, fresh(corpus)) }, { tool: 'fxc -j1', version, command: () => build(1, fresh(corpus)) },
    { tool: `the outputs written, ${threads} threads`, command: () => [floor, 'write', list, fresh(corpus), threads], value: Number }], { runs, warm: false });
  compare(`C2  Cold build of ${corpus.size} pages (${readFileSync(list, 'utf8').split('\n').length - 1} files written)`, rows, corpus.bytes);
  judge('C2', 'cold build, against writing the outputs', ratio(rows[0], rows[2]), { must: 3, goal: 2 });
  const memory = median(rows[0].runs.map((run) => run.kilobytes)) / 1024;
  judge('C3', 'memory of a cold build at most', memory, { must: 64, goal: 24, unit: 'MB' });
  console.log(`C3  Memory at most: ${memory.toFixed(1)} MB with ${threads} threads, ${(median(rows[1].runs.map((run) => run.kilobytes)) / 1024).toFixed(1)} MB with one`);
  rmSync(list);
}

/** What bundlers take for the components alone, for scale: of few pages, since it grows as they do. */
function esbuild(corpus) {
  const name = moduleVersion('esbuild');
  if (!name) return leaveOut('C2 esbuild', 'not installed');
  const target = fresh(corpus);
  const rows = measure('C2, esbuild', [{ tool: `fxc -j${threads}`, version, command: compile(corpus.directory, threads, 'build', ...noCache, '-o', target) },
    { tool: 'esbuild on the result', version: name, command: ['/bin/sh', '-c', `find ${target}/pages -name '*.tsx' | xargs -n 100000 ${root}/node_modules/.bin/esbuild --log-level=error --outdir=${target}/js`] }], { runs: 1, warm: false });
  compare(`    Cold build of ${corpus.size} pages, and what esbuild takes to make JavaScript of the pages that fxc wrote`, rows);
}

function manifests(corpus) {
  const folder = join(corpus.directory, 'integrations');
  const files = readdirSync(folder).map((name) => join(folder, name));
  const program = join(root, 'build/tests/bench/yaml_bench');
  const milliseconds = (name) => (output) => Number(new RegExp(`^${name} ([\\d.]+) ms`, 'm').exec(output)[1]);
  const contestants = [{ tool: 'fxc, tree of clauses', version, command: [program, ...files], value: milliseconds('fxc') },
    { tool: 'libyaml, events', command: [program, ...files], value: milliseconds('libyaml') }];
  if (moduleVersion('js-yaml')) contestants.push({ tool: 'js-yaml', version: moduleVersion('js-yaml'), command: [process.execPath, join(import.meta.dirname, 'peers/js_yaml.mjs'), ...files], value: milliseconds('js-yaml') });
  const rows = measure('Y1', contestants, { runs });
  for (const row of rows) row.command = row.command.split(' ').filter((word) => !word.endsWith('.yaml')).join(' ') + ' FILES…';
  compare(`Y1  ${/^.*$/m.exec(rows[0].output)[0]}, in memory`, rows);
  judge('Y1', "manifests read, against libyaml's events", ratio(rows[0], rows[1]), { must: 1.5, goal: 1.15 });
}

export function building(project, pages) {
  if (asked('C1')) inMemory(project({ pages: 300, wellFormed: true }));
  if (asked('C2', 'C3')) {
    cold(project({ pages }));
    esbuild(project({ pages: Math.min(1000, allPages) }));
  }
  if (asked('Y1')) manifests(project({ pages: 1, manifests: 40, manifestSize: 7500 }));
}
