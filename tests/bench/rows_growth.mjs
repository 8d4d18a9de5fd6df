// How cost grows: with pages, with manifests, and within one page that somebody made to hurt. A line through the logarithms of
// size and processor time; its slope is the exponent, 1 is linear. Starting the process makes the slope of small sizes less,
// so the slope of the three largest counts too: the greater of both is held against the bound.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integrationName } from './generate.mjs';
import { fresh, measure, median, once } from './measure.mjs';
import { judge, short, table } from './report.mjs';
import { asked, compile, noCache, pages as allPages, root, runs, version } from './settings.mjs';

const turns = Math.min(runs, 3);

/** Least squares on logarithms. */
export function slope(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(Math.max(y, 1e-6))]);
  const mean = (i) => logs.reduce((sum, point) => sum + point[i], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  return logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

const series = [], memories = [];

const whole = (row) => (row.inside ? row.median : row.cpu);

/** Without what the system does for it: how a file system takes very many new files is its own affair. */
const own = (row) => median(row.runs.map((run) => run.user));

/** Takes [[size, row]…]: the processor time of the process, or of a part of it that it told. */
function fit(what, points, time = whole) {
  const times = points.map(([size, row]) => [size, time(row)]);
  const exponent = Math.max(slope(times), slope(times.slice(-3)));
  series.push([what, `${points[0][0]} to ${points.at(-1)[0]}`, times.map(([, ms]) => short(ms)).join(' '), slope(times).toFixed(2), slope(times.slice(-3)).toFixed(2)]);
  judge('growth', what, exponent, { must: 1.1, goal: 1.05, unit: 'exponent' });
}

/** Discovery, a cold build and one in which nothing changed, of small pages. */
function byPages(project) {
  const sizes = [100, 400, 2000, 10000, 50000].filter((size) => size <= 5 * allPages);
  const rows = { discover: [], build: [], nothing: [] };
  for (const size of sizes) {
    const corpus = project({ pages: size, size: 1000, name: 'small' });
    const few = { runs: size > 5000 ? Math.min(turns, 2) : turns };
    const one = (work, command) => measure(`growth, ${work}`, [{ tool: `${size} pages`, version, command }], few)[0];
    rows.discover.push([size, one('discovery', compile(corpus.directory, 1, 'discover', ...noCache, '-o', 'generated-map'))]);
    rows.build.push([size, one('cold build', () => compile(corpus.directory, 1, 'build', ...noCache, '-o', fresh(corpus)))]);
    for (let i = 0; i < 3; i++) once(compile(corpus.directory, 1, 'build')); // the second is not yet one without a change
    rows.nothing.push([size, one('nothing changed', compile(corpus.directory, 1, 'build'))]);
  }
  fit('discovery, by pages', rows.discover);
  fit('cold build without the system, by pages', rows.build, own);
  fit('nothing changed, by pages', rows.nothing);
  memory('memory of a cold build, by pages', rows.build);
}

/** Kilobytes at most; no budget says how they may grow but that it is not with the bytes of all pages. */
function memory(what, points) {
  const kilobytes = points.map(([size, row]) => [size, Math.max(...row.runs.map((run) => run.kilobytes))]);
  memories.push([what, `${points[0][0]} to ${points.at(-1)[0]}`, kilobytes.map(([, value]) => (value / 1024).toFixed(1)).join(' '), slope(kilobytes).toFixed(2), slope(kilobytes.slice(-3)).toFixed(2)]);
  judge('growth', what, slope(kilobytes), { unit: 'exponent' });
}

/** As many pages, and uses, but larger ones. */
function byBytes(project) {
  const points = [1000, 4000, 16000, 64000].map((size) => {
    const corpus = project({ pages: 300, size, name: `size-${size}` });
    return [size, measure('growth, bytes', [{ tool: `${size} bytes a page`, version, command: () => compile(corpus.directory, 1, 'build', ...noCache, '-o', fresh(corpus)) }], { runs: turns })[0]];
  });
  fit('cold build, by bytes of a page', points);
  memory('memory of a cold build, by bytes of a page', points);
}

/** Processor time of the stages whose names begin so, from --time-passes. */
const stages = (name) => (_, errors) => [...errors.matchAll(new RegExp(`^${name} .* ([\\d.]+)$`, 'gm'))].reduce((sum, match) => sum + Number(match[1]), 0);

/** Passes and the files about the project as a whole; both work on uses and integrations, never on pages' text. */
function byStages(what, corpora) {
  const rows = (name) => corpora.map(([size, corpus]) => [size, measure(`growth, ${name}`, [{ tool: `${size}`, version, value: stages(name),
    command: compile(corpus.directory, 1, 'check', ...noCache, '--time-passes') }], { runs: turns })[0]]);
  fit(`passes, by ${what}`, rows('pass'));
  fit(`project files, by ${what}`, rows('output'));
}

/** Every page has one to four uses. */
function byUses(project) {
  byStages('pages with uses', [100, 400, 1600, 6400].filter((size) => size <= allPages).map((pages) => [pages, project({ pages, size: 200, uses: 1, name: 'uses' })]));
}

function byManifests(project) {
  const sizes = [20, 60, 200, 600, 2000];
  byStages('manifests', sizes.map((count) => [count, project({ pages: 100, size: 1000, uses: 1, manifests: count, name: 'manifests' })]));
  const points = sizes.map((count) => {
    const corpus = project({ pages: 100, size: 1000, uses: 1, manifests: count, name: 'manifests' });
    return [count, measure('growth, check', [{ tool: `${count} manifests`, version, command: compile(corpus.directory, 1, 'check', ...noCache) }], { runs: turns })[0]];
  });
  fit('check, by manifests', points);
}

/** Pages that somebody made to hurt, of so many bytes. */
const hostile = {
  attributes: (size) => `<div ${Array.from({ length: size / 12 }, (_, i) => `a${i}="${i}"`).join(' ')}></div>`,
  'the same attribute': (size) => `<div ${'id="abc" '.repeat(size / 9)}></div>`,
  nesting: (size) => '<div>'.repeat(size / 5),
  'open formatting elements': (size) => Array.from({ length: size / 24 }, (_, i) => `<b id=${i}><p>x`).join(''),
  'misnested tags': (size) => '<a><div></a>'.repeat(size / 12),
  'tables in tables': (size) => '<table><td>'.repeat(size / 11),
  'text in tables': (size) => '<table>x<tr>y</table>'.repeat(size / 21),
  'character references': (size) => '&amp;&nosuch;&#x41'.repeat(size / 18),
  'comments that do not end': (size) => '<!-- a --!'.repeat(size / 10),
  uses: (size) => `<div data-integration="${integrationName(0)}" data-integration-country="us"></div>`.repeat(size / 78),
  'uses in each other': (size) => `<div data-integration="${integrationName(1)}">`.repeat(size / 46),
  'many names in one use': (size) => `<div data-integration="${`${integrationName(0)} `.repeat(size / 19)}"></div>`,
  'names of other elements': (size) => `<div data-integration="${integrationName(0)}" data-depends-on="${Array.from({ length: size / 30 }, (_, i) => `n${i}`).join(' ')}"></div>`
    + Array.from({ length: size / 30 }, (_, i) => `<i id=n${i}></i>`).join(''),
  slots: (size) => `<div data-integration="${integrationName(0)}">${'<i data-slot="field"></i>'.repeat(size / 26)}</div>`,
};

function byHostileBytes(project) {
  const sizes = [1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20];
  for (const [kind, make] of Object.entries(hostile)) {
    const points = sizes.map((size) => {
      const { directory } = project({ pages: 0, name: 'hostile' });
      mkdirSync(join(directory, 'concept'), { recursive: true });
      writeFileSync(join(directory, 'concept/page.html'), `<!DOCTYPE html><title>t</title>${make(size)}`);
      return [size, measure(`growth, ${kind}`, [{ tool: `${size} bytes`, version, command: compile(directory, 1, 'check', ...noCache, '--max-errors=3'), statuses: [0, 1] }], { runs: turns })[0]];
    });
    fit(`one page: ${kind}`, points);
  }
}

export function growth(project) {
  if (asked('growth')) byPages(project);
  if (asked('growth')) byBytes(project);
  if (asked('growth')) byUses(project);
  if (asked('growth')) byManifests(project);
  if (asked('growth', 'hostile')) byHostileBytes(project);
  if (series.length) table('How cost grows, one thread', ['work', 'sizes', 'processor ms', 'exponent', 'of the largest three'], series);
  if (memories.length) table('How memory grows', ['work', 'sizes', 'MB at most', 'exponent', 'of the largest three'], memories);
}
