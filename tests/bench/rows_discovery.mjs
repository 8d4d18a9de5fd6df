// D1 to D4: discovery beside HTML parsers, in memory, of pages without uses, on two threads.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compileC, measure, moduleVersion, once, packageVersion, ratio } from './measure.mjs';
import { compare, judge, judgeSpeed, leaveOut } from './report.mjs';
import { asked, compile, fxc, noCache, root, runs, threads, version } from './settings.mjs';

const out = (corpus, name) => join(corpus.directory, name);
const discover = (corpus, jobs) => compile(corpus.directory, jobs, 'discover', ...noCache, '-o', 'generated-map');
const ours = (corpus, jobs) => ({ tool: `fxc -j${jobs}`, version, command: discover(corpus, jobs) });
const script = (name) => join(import.meta.dirname, 'peers', name);

/**
 * lexbor is in no Debian release yet. LEXBOR names the folder where it is installed (include/, lib/); else pkg-config is asked.
 */
export function lexbor() {
  if (process.env.LEXBOR) return compileC('peers/lexbor', `-I${join(process.env.LEXBOR, 'include')}`, `-L${join(process.env.LEXBOR, 'lib')}`, '-llexbor', '-lm');
  const flags = spawnSync('pkg-config', ['--cflags', '--libs', 'lexbor'], { encoding: 'utf8' });
  return flags.status === 0 ? compileC('peers/lexbor', ...flags.stdout.trim().split(/\s+/)) : null;
}

export function lexborVersion() {
  const header = process.env.LEXBOR && join(process.env.LEXBOR, 'include/lexbor/html/base.h');
  const numbers = header && existsSync(header) ? [...readFileSync(header, 'utf8').matchAll(/#define LXB_HTML_VERSION_\w+ (\d+)/g)].map((match) => match[1]) : [];
  return numbers.length ? `html ${numbers.slice(0, 3).join('.')}` : '';
}

/** Each peer with how many times as fast we must and want to be; those without bounds are shown. */
function parsers(corpus) {
  const few = Math.min(runs, 3);
  const list = corpus.list;
  const peers = [
    { name: "lexbor's tree", must: 3, goal: 4.5, program: lexbor(), version: lexborVersion(), absent: 'not installed: LEXBOR=DIR names where it is' },
    { name: 'libxml2 SAX', must: 7, goal: 10, version: packageVersion('libxml2-dev'), program: packageVersion('libxml2-dev') && compileC('peers/libxml2', '-I/usr/include/libxml2', '-lxml2') },
    { name: 'gumbo', times: few, version: packageVersion('libgumbo-dev'), program: packageVersion('libgumbo-dev') && compileC('peers/gumbo', '-lgumbo') },
    { name: 'htmlparser2', times: few, version: moduleVersion('htmlparser2'), script: 'htmlparser2.mjs' },
    { name: 'parse5', must: 40, goal: 60, times: few, version: moduleVersion('parse5'), script: 'parse5.mjs' },
  ];
  return peers.filter((peer) => {
    const there = peer.script ? peer.version : peer.program;
    if (!there) leaveOut(`D1 ${peer.name}`, peer.absent ?? 'not installed');
    return there;
  }).map((peer) => ({ ...peer, tool: peer.name, version: peer.version ?? '', command: peer.script ? [process.execPath, script(peer.script), list] : [peer.program, list] }));
}

function wholeProcess(corpus) {
  const peers = parsers(corpus);
  const floor = compileC('floor');
  const rows = measure('D1', [ours(corpus, 1), ...peers,
    { tool: 'reading and searching', command: [floor, 'search', corpus.list] }, { tool: 'reading', command: [floor, 'read', corpus.list, 1] }], { runs });
  compare(`D1  Discovery of ${corpus.size} pages, ${(corpus.bytes / 1e6).toFixed(1)} MB, whole process, one thread`, rows, corpus.bytes);
  const map = JSON.parse(readFileSync(out(corpus, 'generated-map/discovery-map.json'), 'utf8'));
  const uses = Object.values(map.integrations).reduce((sum, use) => sum + use.locations.length, 0);
  console.log(`  uses found: fxc ${uses}, ${rows.slice(1, -2).map((row) => `${row.tool} ${row.output.trim()}`).join(', ')}`);
  peers.forEach((peer, i) => {
    if (peer.must) judgeSpeed('D1', `discovery, as fast as ${peer.name}`, ratio(rows[0], rows[i + 1]), peer);
    const found = Number(rows[i + 1].output);
    if (!['libxml2 SAX'].includes(peer.name) && found !== uses) throw new Error(`${peer.name} finds ${found} uses, fxc ${uses}`);
  });
}

function inMemory(corpus) {
  const files = readFileSync(corpus.list, 'utf8').trim().split('\n').slice(0, 1000);
  const output = once([join(root, 'build/tests/bench/discover_bench'), ...files]);
  const rate = (name) => Number(new RegExp(`^${name} .* ([\\d.]+) MB/s`, 'm').exec(output)?.[1]);
  console.log(`\nD2  In memory, one thread, ${files.length} pages\n${output.trimEnd().replace(/^/gm, '  ')}`);
  judge('D2', 'discovery in memory', rate('discovery'), { must: 600, goal: 1000, more: true, unit: 'MB/s' });
}

function withoutUses(corpus) {
  const rows = measure('D3', [ours(corpus, 1), { tool: 'reading and searching', command: [compileC('floor'), 'search', corpus.list] }], { runs });
  compare(`D3  Discovery of ${corpus.size} pages that name no attribute of ours`, rows, corpus.bytes);
  judge('D3', 'pages without the attribute, against reading and searching', ratio(rows[0], rows[1]), { must: 1.3, goal: 1.1 });
}

function onThreads(corpus) {
  if (threads < 2) return leaveOut('D4', 'one processor');
  const floor = compileC('floor');
  const rows = measure('D4', [ours(corpus, 1), ours(corpus, 2), { tool: 'reading, 1 thread', command: [floor, 'read', corpus.list, 1] },
    { tool: 'reading, 2 threads', command: [floor, 'read', corpus.list, 2] }], { runs });
  compare(`D4  Discovery on one thread and on two`, rows, corpus.bytes);
  judgeSpeed('D4', 'two threads against one', ratio(rows[1], rows[0]), { must: 1.7, goal: 1.85 });
  judgeSpeed('D4', '(reading alone scales)', ratio(rows[3], rows[2]), {});
}

/** `project(options)` gives a generated project: its directory, size, bytes and list. */
export function discovery(project, pages) {
  const corpus = project({ pages });
  if (asked('D1')) wholeProcess(corpus);
  if (asked('D2')) inMemory(corpus);
  if (asked('D3')) withoutUses(project({ pages, plain: true }));
  if (asked('D4')) onThreads(corpus);
  rmSync(out(corpus, 'generated-map'), { recursive: true, force: true });
}
