// The fixes of diagnostics, over all golden cases: `fxc fix` does to the files what the edits of the JSON format say,
// byte for byte, and nothing else; the diagnostics that carried them are gone and no others come up; the diff of
// --diff is what happens. The edits are applied here a second time, by the plainest means.
//   node tests/fix.mjs [TOPIC | TOPIC/CASE]...
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const GOLDEN = join(ROOT, 'tests/golden');
const env = { ...process.env, LC_ALL: 'C', FXC_STDLIB: 'stdlib', FXC_VERIFY: '1' };

function fxc(folder, args) {
  const run = spawnSync(FXC, args, { cwd: folder, encoding: 'utf8', env, timeout: 20000, maxBuffer: 1 << 28 });
  if (run.status === null || run.status > 4) throw new Error(`${args.join(' ')}: ended by ${run.signal ?? run.status}`);
  return run;
}

function diagnose(folder, options) {
  const run = fxc(folder, ['check', '--diagnostics-format=json', ...options]);
  return run.status >= 2 ? [] : run.stderr.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** The files of a project without what fxc remembers, as Latin-1 text: a byte a character. */
function files(folder) {
  const found = new Map();
  for (const name of readdirSync(folder, { recursive: true }).map(String).filter((name) => !name.startsWith('.fx/')).sort())
    if (statSync(join(folder, name)).isFile()) found.set(name, readFileSync(join(folder, name)).toString('latin1'));
  return found;
}

/** A text as the file has it, a byte a character. */
function encoded(text, file) {
  const utf16 = Buffer.from(text, 'utf16le');
  if (file.startsWith('\xff\xfe')) return utf16.toString('latin1');
  if (file.startsWith('\xfe\xff')) return utf16.swap16().toString('latin1');
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** One round of edits in a map of files: those of earlier diagnostics win over those that meet them. */
function applyRound(texts, diagnostics, maybe) {
  const edits = [];
  const meets = (a, b) => a.file === b.file && (a.start === a.end || b.start === b.end ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end);
  for (const { fixes } of diagnostics) {
    const fix = fixes.find(({ applicability }) => applicability === 'machine-applicable') ?? (maybe ? fixes[0] : undefined);
    if (!fix) continue;
    const own = [];
    for (const { file, range, text } of fix.edits) {
      const edit = { file, start: range.start.byte, end: range.end.byte, text: encoded(text, texts.get(file)) };
      if ([...edits, ...own].some((other) => meets(edit, other))) break;
      own.push(edit);
    }
    if (own.length === fix.edits.length) edits.push(...own);
  }
  for (const { file, start, end, text } of edits.sort((a, b) => b.start - a.start || b.end - a.end))
    texts.set(file, texts.get(file).slice(0, start) + text + texts.get(file).slice(end));
  return edits.length;
}

/** How many diagnostics of that kind a list has: the same may be said of two places. */
const count = (list, diagnostic) => list.filter((one) => key(one) === key(diagnostic)).length;

const key = ({ code, file, message }) => `${code} ${file} ${message}`;

function difference(expected, actual) {
  for (const [name, text] of actual)
    if (expected.get(name) !== text) return `${name} is\n${text}\nnot\n${expected.get(name)}`;
  return expected.size === actual.size ? '' : 'files came or went';
}

/** The case's options for check, or null when it is about something else than the files of a folder. */
function optionsOf(source) {
  const path = join(source, 'cmd');
  const words = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').at(-1).split(/\s+/) : ['check'];
  if (words.some((word) => /^(-C|-o|@|--map|--from|--emit|--stubs|--metrics|--depfile|--diagnostics-format|-W?error|-w)/.test(word))) return [];
  return words[0] === 'check' ? words.slice(1) : [];
}

/** What can be seen only when a fault of that code is mended. */
const FOLLOWS = {
  FX1202: ['FX1201'],  // a pattern that can be run may match nothing
  FX2006: ['FX2008'],  // an event or operation that is there may want more
  FX3002: ['FX3003'],  // a dependency that is there may not be declared
  FX1110: ['FX4002'],  // a provider that exists may have no release in the range
};


/** What goes wrong with the fixes of one case; undefined when it has none. */
function tryCase(name, maybe) {
  const source = join(GOLDEN, name);
  const work = mkdtempSync(join(tmpdir(), 'fxc-fix-'));
  try {
    cpSync(source, work, { recursive: true, filter: (path) => !/^(cmd|stdin|stdout|stderr|status|out)$/.test(path.slice(source.length + 1)) });
    mkdirSync(join(work, 'stdlib'), { recursive: true });
    const options = optionsOf(source);
    const before = diagnose(work, options);
    const carried = before.filter(({ fixes }) => fixes.some(({ applicability }) => maybe || applicability === 'machine-applicable'));
    if (!carried.length) return undefined;
    const expected = files(work);
    const second = join(work, '..', `${work.split('/').at(-1)}-plain`);
    cpSync(work, second, { recursive: true });
    for (let round = 0; round < 10; round++) {
      if (!applyRound(expected, diagnose(second, options), maybe)) break;
      for (const [file, text] of expected) writeFileSync(join(second, file), Buffer.from(text, 'latin1'));
    }
    rmSync(second, { recursive: true });
    const original = files(work);
    const diff = fxc(work, ['fix', '--diff', ...(maybe ? ['--unsafe'] : []), ...options]).stdout;
    const touched = difference(original, files(work));
    if (touched) return `--diff wrote: ${touched}`;
    const patched = join(work, '..', `${work.split('/').at(-1)}-patched`);
    cpSync(work, patched, { recursive: true });
    const binary = diff.includes('Binary files');
    const applied = spawnSync('git', ['apply', '--allow-empty', '--whitespace=nowarn', '-'], { cwd: patched, input: diff, encoding: 'utf8', env: { ...env, GIT_CEILING_DIRECTORIES: tmpdir() } });
    const byPatch = files(patched);
    rmSync(patched, { recursive: true });
    const fixed = fxc(work, ['fix', ...(maybe ? ['--unsafe'] : []), ...options]);
    const actual = files(work);
    const undone = fixed.stdout.split('\n').filter((line) => line.includes(': not fixed FX'));
    const wrong = difference(expected, actual);
    if (wrong && !undone.length) return wrong;
    if (!binary && (applied.status !== 0 || difference(byPatch, actual))) return `the diff does not say what was done: ${applied.stderr}${diff}`;
    const after = diagnose(work, options);
    const known = new Set(before.map(key));
    const still = after.map(key);
    if (!maybe) {
      const stayed = carried.filter((diagnostic) => count(after, diagnostic) > count(before, diagnostic) - count(carried, diagnostic) && !undone.some((line) => line.startsWith(`${diagnostic.file}:`) && line.includes(diagnostic.code)));
      if (stayed.length) return `still there: ${stayed.map(key).join('; ')}\n${fixed.stdout}`;
      const came = still.filter((one) => !known.has(one) && !carried.some(({ code }) => FOLLOWS[code]?.some((next) => one.startsWith(next))));
      if (came.length) return `came up: ${came.join('; ')}\n${fixed.stdout}`;
    }
    if (fixed.status !== (after.some(({ severity }) => severity === 'error') ? 1 : 0)) return `exit status ${fixed.status}`;
    return '';
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const topics = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(GOLDEN).sort();
const names = topics.flatMap((topic) => (topic.includes('/') ? [topic] : readdirSync(join(GOLDEN, topic)).sort().map((name) => `${topic}/${name}`)));
let passed = 0, failed = 0;
for (const name of names) {
  for (const maybe of [false, true]) {
    let why;
    try {
      why = tryCase(name, maybe);
    } catch (error) {
      why = error.stack;
    }
    if (why === undefined) continue;
    if (why === '') passed++;
    else failed++, console.log(`FAILED ${name}${maybe ? ' --unsafe' : ''}\n${why}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
