// I1 to I5: builds after little or nothing has changed, beside walking the files, ninja, make and git on the same files, and
// beside fxc itself. Every change is taken back at the end.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compileC, measure, once, packageVersion, ratio } from './measure.mjs';
import { compare, judge, leaveOut } from './report.mjs';
import { asked, compile, fxc, root, runs, threads, version } from './settings.mjs';

const few = Math.min(runs, 3);

/** The graph of a project as build systems see it: of each page its component and the component's map. */
function edges(corpus) {
  return readFileSync(corpus.list, 'utf8').trim().split('\n').map((page) => {
    const name = relative(join(corpus.directory, 'concept'), page).replace(/\.html$/, '.tsx');
    return { page, outputs: [`out/${name}`, `out/${name}.map`] };
  });
}

/** Build files for the same graph, in a folder of their own, and its outputs, newer than the pages. */
function graph(corpus) {
  const directory = `${corpus.directory}-graph`;
  rmSync(directory, { recursive: true, force: true });
  let ninja = 'rule make\n  command = touch $out\n', make = 'all:\n';
  const all = [], folders = new Set();
  for (const { page, outputs } of edges(corpus)) {
    ninja += `build ${outputs.join(' ')}: make ${page}\n`;
    make += `${outputs.join(' ')} &: ${page}\n\t@touch ${outputs.join(' ')}\n`;
    all.push(...outputs);
    const folder = outputs[0].slice(0, outputs[0].lastIndexOf('/'));
    if (!folders.has(folder)) mkdirSync(join(directory, folder), { recursive: true });
    folders.add(folder);
    for (const output of outputs) writeFileSync(join(directory, output), '');
  }
  writeFileSync(join(directory, 'build.ninja'), ninja);
  writeFileSync(join(directory, 'Makefile'), `${make}all: ${all.join(' ')}\n`);
  return directory;
}

/** The pages in an index of git, outside of them. */
function gitOf(corpus) {
  const git = `${corpus.directory}-git`;
  const command = ['git', '--git-dir', git, '--work-tree', join(corpus.directory, 'concept')];
  const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  if (!existsSync(git)) {
    const run = (...args) => execFileSync(command[0], [...command.slice(1), ...args], { env: environment, stdio: 'ignore' });
    execFileSync('git', ['init', '-q', '--bare', git], { env: environment });
    run('config', 'core.bare', 'false');
    run('-c', 'core.compression=0', 'add', '-A');
    run('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-q', '-m', 'pages');
  }
  return [...command, 'status', '--porcelain'];
}

const build = (corpus, jobs) => compile(corpus.directory, jobs, 'build');
const ours = (corpus, tool, more = {}) => ({ tool, version, command: build(corpus, threads), ...more });

/**
 * Builds until nothing is left to do, unmeasured. The first run reads what it writes itself (the lock, states) as it was
 * before, so that the second is not yet one in which nothing changed.
 */
function settle(corpus) {
  for (let i = 0; i < 3; i++) once(build(corpus, threads));
}

/** Edits that are taken back: `files` are remembered as they were when they are first touched. */
class Edits {
  #before = new Map();
  text(file) {
    const text = readFileSync(file, 'utf8');
    if (!this.#before.has(file)) this.#before.set(file, text);
    return text;
  }
  write(file, text) {
    this.text(file);
    writeFileSync(file, text);
  }
  remove(file) {
    this.text(file);
    unlinkSync(file);
  }
  takeBack() {
    for (const [file, text] of this.#before) writeFileSync(file, text);
    this.#before.clear();
  }
}

function nothingChanged(corpus) {
  const floor = compileC('floor');
  const walk = (number) => [floor, 'walk', number, join(corpus.directory, 'concept'), join(corpus.directory, 'generated')];
  const contestants = [ours(corpus, `fxc -j${threads}`), ours(corpus, 'fxc -j1', { command: build(corpus, 1) }),
    { tool: `walk with stat, ${threads} threads`, command: walk(threads) }, { tool: 'walk with stat, 1 thread', command: walk(1) }];
  if (packageVersion('git')) contestants.push({ tool: 'git status of the pages', version: packageVersion('git'), command: gitOf(corpus) });
  const directory = graph(corpus);
  const ninja = packageVersion('ninja-build');
  if (ninja) {
    once(['ninja', '-C', directory, '--quiet']);
    contestants.push({ tool: 'ninja', version: ninja, command: ['ninja', '-C', directory, '--quiet'] });
  } else {
    leaveOut('I1 ninja', 'not installed');
  }
  contestants.push({ tool: 'make', version: packageVersion('make') ?? '', times: few, command: ['make', '-s', '-C', directory, 'all'] });
  const rows = measure('I1', contestants, { runs });
  compare(`I1  Nothing changed, ${corpus.size} pages, outputs looked at too (${rows[2].output.trim()} files)`, rows);
  judge('I1', `nothing changed, against the walk, ${threads} threads each`, ratio(rows[0], rows[2]), { must: 2, goal: 1.2 });
  judge('I1', 'nothing changed, against the walk, one thread each', ratio(rows[1], rows[3]), { must: 2, goal: 1.2 });
  const row = rows.find((one) => one.tool === 'ninja');
  if (row) judge('I1', 'nothing changed, against ninja', ratio(rows[0], row), { must: 0.5, goal: 0.25 });
  return ninja ? directory : null;
}

function smallProject(corpus) {
  settle(corpus);
  const hello = compileC('hello');
  const rows = measure('I2', [ours(corpus, `fxc -j${threads}`, { repeat: 5 }), { tool: 'hello world', command: [hello], repeat: 5 },
    { tool: 'walk with stat, 1 thread', repeat: 5, command: [compileC('floor'), 'walk', 1, join(corpus.directory, 'concept'), join(corpus.directory, 'generated')] }], { runs: 2 * runs });
  compare(`I2  Nothing changed, ${corpus.size} pages`, rows);
  judge('I2', `nothing changed, ${corpus.size} pages, against hello world`, ratio(rows[0], rows[1]), { must: 5, goal: 3 });
}

/** One page gets another word in a paragraph, each time another page and another word. */
function changePage(files, edits) {
  let count = 0;
  return () => {
    const file = files[(count * 37 + 11) % files.length];
    edits.write(file, edits.text(file).replace('</p>', `, changed ${count++}</p>`));
  };
}

function someChanged(corpus, ninja) {
  const edits = new Edits();
  const files = readFileSync(corpus.list, 'utf8').trim().split('\n');
  const folder = join(corpus.directory, 'integrations');
  const manifest = join(folder, readdirSync(folder).sort()[0]);
  let count = 0;
  const change = (pattern, text) => () => edits.write(manifest, edits.text(manifest).replace(pattern, text(++count)));
  const removed = files.at(-1);
  const one = (tool, edit) => ours(corpus, tool, { before: () => { settle(corpus); edit?.(); } });
  try {
    const contestants = [one('fxc, nothing changed'), one('fxc, one page changed', changePage(files, edits)),
      one("fxc, a manifest's version changed", change(/version: "2\.1\.\d+"/, (i) => `version: "2.1.${i}"`)),
      one('fxc, an interface changed', change(/params: \{ text: string.*? \}, returns: bool/, (i) => `params: { text: string, more${i}: string? }, returns: bool`)),
      one('fxc, a page deleted', () => edits.remove(removed)),
      one('fxc, the page there again', () => writeFileSync(removed, edits.text(files[0])))];
    if (ninja) contestants.push({ tool: 'ninja, one page changed', version: packageVersion('ninja-build'), command: ['ninja', '-C', ninja, '--quiet'], before: changePage(files, edits) });
    const rows = measure('I3', contestants, { runs });
    compare(`I3  One of ${corpus.size} pages, or one manifest, changed`, rows);
    judge('I3', 'one page changed, against the no-op', ratio(rows[1], rows[0]), { must: 1.6, goal: 1.3 });
    if (ninja) judge('I3', 'one page changed, against ninja and touch', ratio(rows[1], rows.at(-1)), {});
    judge('I3', "a manifest's version changed, against the no-op", ratio(rows[2], rows[0]), {});
    judge('I3', 'an interface changed, against the no-op', ratio(rows[3], rows[0]), {});
    judge('I3', 'a page deleted, against the no-op', ratio(rows[4], rows[0]), {});
  } finally {
    edits.takeBack();
  }
}

function allTouched(corpus) {
  const floor = compileC('floor');
  const files = readFileSync(corpus.list, 'utf8').trim().split('\n');
  const outputs = execFileSync('find', [join(corpus.directory, 'generated/pages'), '-type', 'f'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const list = join(corpus.directory, 'all.txt');
  writeFileSync(list, readFileSync(corpus.list, 'utf8') + outputs);
  const touch = () => {
    const now = new Date();
    for (const file of files) utimesSync(file, now, now);
  };
  settle(corpus);
  const rows = measure('I4', [ours(corpus, `fxc -j${threads}`, { before: touch }), { tool: `pages and outputs read, ${threads} threads`, command: [floor, 'read', list, threads] },
    { tool: `pages read, ${threads} threads`, command: [floor, 'read', corpus.list, threads] }], { runs });
  rmSync(list);
  compare(`I4  All ${corpus.size} pages touched, nothing changed`, rows, corpus.bytes);
  judge('I4', 'all touched, against reading pages and outputs', ratio(rows[0], rows[1]), { must: 5, goal: 1.5 });
}

function starting() {
  const rows = measure('I5', [{ tool: 'fxc --version', version, command: [fxc, '--version'], repeat: 20 }, { tool: 'hello world, dynamic', command: [compileC('hello')], repeat: 20 }], { runs: 2 * runs });
  compare('I5  Starting', rows);
  judge('I5', 'fxc --version, against hello world', ratio(rows[0], rows[1]), { must: 1.5, goal: 1.15 });
}

export function increments(project, pages) {
  if (asked('I1', 'I3', 'I4')) {
    const corpus = project({ pages });
    settle(corpus);
    const ninja = asked('I1') ? nothingChanged(corpus) : null;
    if (asked('I3')) someChanged(corpus, ninja);
    if (asked('I4')) allTouched(corpus);
  }
  if (asked('I2')) smallProject(project({ pages: Math.min(1000, pages) }));
  if (asked('I5')) starting();
}
