// What fxc answers about a project, beside what the project says. In: a folder and its model (model.mjs). Out: lists of
// complaints, in words; empty when all is well.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProject } from './model.mjs';
import { aside, candidates, excludes, minimal, search, unlocked, updated, withProviders } from './search.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
/** Where copies of projects lie: in memory where there is such a place. */
export const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const env = { PATH: process.env.PATH, LC_ALL: 'C', FXC_STDLIB: '/nonexistent', FXC_VERIFY: '1' };
const IMPOSSIBLE = ['FX4001', 'FX4002', 'FX3004'];

/** Runs `fxc validate` and takes its diagnostics and the releases that it chose, as a Map of name to label. */
export function ask(folder, options = []) {
  const out = join(folder, 'out');
  const args = ['validate', '-o', 'out', '--diagnostics-format=json', '--max-errors=0', ...options];
  const run = spawnSync(FXC, args, { cwd: folder, encoding: 'utf8', env, timeout: 20000, maxBuffer: 1 << 28 });
  if (run.status === null || run.status > 1)
    return { broken: `fxc ${args.join(' ')} ended with ${run.signal ?? run.status}: ${run.stderr.slice(0, 400)}` };
  const diagnostics = run.stderr.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const { versions } = JSON.parse(readFileSync(join(out, 'validation-result.json'), 'utf8'));
  rmSync(out, { recursive: true });
  const choice = new Map(Object.entries(versions).map(([name, { label }]) => [name, label]));
  const reasons = new Map(Object.entries(versions).map(([name, { reason }]) => [name, reason]));
  return { diagnostics, choice, reasons, status: run.status, impossible: diagnostics.filter(({ code }) => IMPOSSIBLE.includes(code)) };
}

const show = (choice) => [...choice].sort().map(([name, label]) => `${name} ${label}`).join(', ');
const labels = (choice) => new Map([...choice].map(([name, { label }]) => [name, label]));

/** (b) The choice is that of the plain search, or there is none and fxc says so. */
export function checkChoice(answer, expected) {
  if (answer.broken) return [answer.broken];
  if (!expected) return answer.impossible.length ? [] : [`fxc chose ${show(answer.choice)}, but nothing satisfies all`];
  const other = answer.diagnostics.filter(({ code, severity }) => severity === 'error' && !['FX3001', 'FX4005', 'FX4007'].includes(code));
  if (other.length) return other.map(({ code, message }) => `fxc says ${code} ${message}; ${show(labels(expected))} satisfies all`);
  const [mine, its] = [show(labels(expected)), show(answer.choice)];
  return mine === its ? [] : [`fxc chose ${its}; first is ${mine}`];
}

/** Why a release was chosen, as its reason says, is true. */
function reasonHolds(project, expected, name, reason) {
  const { active, locked } = project.integrations.get(name), { label, status } = expected.get(name);
  const list = candidates(project, project.facts, name, true);
  const stated = (kind) => project.facts.some((fact) => fact.kind === kind && fact.to === name);
  const rules = withProviders(project, project.facts);
  const excludesFirst = (said) => rules.some((fact) => fact.to === name && said(fact) && excludes(fact, list[0], expected));
  const [, how, who] = /^(asked for by|required by) (\S+)/.exec(reason) ?? [];
  if (how === 'asked for by') return excludesFirst(({ file }) => file === who);
  if (how === 'required by') return excludesFirst(({ from }) => from === who);
  switch (reason) {
    case 'pinned': return stated('pin');
    // what the lock brings about is locked from now on
    case 'locked': return label === locked || unlocked(project).get(name)?.label !== label;
    case 'active': return label === active;
    case 'newest stable': return label === list[0].label && status === 'stable';
    case 'newest': return label === list[0].label;
    default: return reason.startsWith('environment ') ? stated('environment') : null;
  }
}

/** (b) The reason that is given for each choice is one. What is said in other words is left alone. */
export function checkReasons(project, answer, expected) {
  return [...answer.reasons].filter(([name, reason]) => reasonHolds(project, expected, name, reason) === false)
    .map(([name, reason]) => `${name} ${answer.choice.get(name)}: '${reason}' is not why`);
}

/* Explanations */

/** The smallest thing that the project says at a place: a fact, or something of a manifest that states none. */
function factsAt(project, { file, range }) {
  const [start, end] = [range.start.byte, range.end.byte];
  const places = (fact) => [...(fact.places ?? []), fact];
  const found = project.facts.filter((fact) => fact.file === file && places(fact).some((one) => one.start <= start && end <= one.end));
  const least = Math.min(...found.map((fact) => fact.end - fact.start));
  return found.filter((fact) => fact.end - fact.start === least);
}

function isInManifest(project, { file, range }) {
  const inside = ({ start, end }) => start <= range.start.byte && range.end.byte <= end;
  return [...project.integrations.values()].some((one) => one.file === file && inside(one));
}

/** The places that a diagnostic states, each once, with all that is said of them. */
function statements({ file, range, message, labels: said, notes }) {
  const all = [{ file, range, message }, ...said.filter((one) => one.file), ...notes.filter((one) => one.file)];
  const places = new Map();
  for (const one of all.filter(({ file: path }) => path)) {
    const key = `${one.file}:${one.range.start.byte}-${one.range.end.byte}`;
    if (!places.has(key)) places.set(key, { ...one, messages: [] });
    places.get(key).messages.push(one.message);
  }
  return [...places.values()];
}

const where = ({ file, range }) => `${file}:${range.start.line}:${range.start.column}`;

/**
 * (b) Every place that a conflict states is in the input, and the facts there are all that is needed for it; none is idle,
 * if it is the only conflict (a second one is sought with facts of the first left aside).
 */
export function checkExplanation(project, diagnostic, alone) {
  const complaints = [], facts = new Set();
  for (const place of statements(diagnostic)) {
    const here = factsAt(project, place);
    here.forEach((fact) => facts.add(fact));
    if (!here.length && !isInManifest(project, place))
      complaints.push(`${where(place)}: nothing is said here that has to do with '${place.messages[0]}'`);
  }
  if (complaints.length) return complaints;
  const stated = project.facts.filter((fact) => facts.has(fact));
  // what a pin opens stays open, whether the pin is stated or not
  const beside = project.facts.filter((fact) => !facts.has(fact)).flatMap(aside);
  if (search(project, [...stated, ...beside]))
    return [`${where(diagnostic)}: ${diagnostic.code}: the facts that it states do not exclude each other: ${stated.map(say).join('; ')}`];
  const strict = alone && !stated.some(({ provider }) => provider);  // a provider's rule is one more of the same place
  const needed = strict ? minimal(project, [...stated, ...beside], stated.map((fact) => [fact])) : [];
  const idle = strict ? stated.filter((fact) => !needed.some(([one]) => one === fact)) : [];
  if (idle.length) complaints.push(`${where(diagnostic)}: ${diagnostic.code}: the conflict does not need ${idle.map(say).join('; ')}`);
  return complaints;
}

const say = ({ kind, from, label, to, range, file, line }) =>
  `${file}:${line} ${[from, label, kind, to, range].filter((word) => word !== undefined).join(' ')}`;

/** (b) What is said of a place names who asks, who is asked and for what. */
export function checkWording(project, diagnostic) {
  const complaints = [];
  for (const place of statements(diagnostic)) {
    const here = factsAt(project, place);
    if (!here.length) continue;
    const said = place.messages.join(' | ');
    const named = here.some(({ from, to, range, label, kind, provider }) => {
      // FX4002 is about the range alone, FX3004 about names, and nothing is said of a range that only its name points at
      const aboutProvider = kind === 'use' && provider && said.includes(provider);
      const asks = diagnostic.code === 'FX4001' && !aboutProvider ? [from, from && label, range] : [];
      const about = diagnostic.code === 'FX3004' && !said.includes(to) ? from : to;
      return [about, ...(kind === 'environment' ? [] : asks)].filter((word) => word !== undefined).every((word) => said.includes(word));
    });
    if (!named) complaints.push(`${where(place)}: '${said}' does not name what stands there: ${here.map(say).join(' or ')}`);
  }
  return complaints;
}

/* The lock */

const run = (folder, ...args) => spawnSync(FXC, [...args, '-w'], { cwd: folder, encoding: 'utf8', env, timeout: 20000 });

/** Runs fxc where it writes a lock, and puts the old one back: the entries that it wrote, or what went wrong. */
function lockAfter(folder, args, then = () => []) {
  const path = join(folder, 'fx.lock'), before = existsSync(path) ? readFileSync(path) : null;
  try {
    const { status, stderr } = run(folder, ...args);
    if (status !== 0) return { complaints: [`fxc ${args.join(' ')} ended with ${status}: ${stderr}`] };
    const text = readFileSync(path, 'utf8');
    const entries = text.split('\n').filter((line) => line && !/^(#|format )/.test(line)).map((line) => line.split(' '));
    return { entries, complaints: then(path, text) };
  } finally {
    if (before) writeFileSync(path, before);
    else rmSync(path, { force: true });
  }
}

/** What `fxc solve` writes is the choice; a second run changes no byte of it; --locked is content with it. */
export function checkLock(project, expected, options) {
  const { entries, complaints } = lockAfter(project.folder, ['solve', ...options], (path, text) => {
    if (run(project.folder, 'solve', ...options).status !== 0 || readFileSync(path, 'utf8') !== text) return ['a second solve changes the lock'];
    const { status, stderr } = run(project.folder, 'check', '--locked', ...options);
    return status === 0 ? [] : [`--locked is not content with a new lock: ${stderr}`];
  });
  if (complaints.length) return complaints;
  const [mine, its] = [show(labels(expected)), show(entries)];
  return mine === its ? checkUpdate(project, options) : [`the lock says ${its}, not ${mine}`];
}

/** `fxc update NAME` gives the name its best and keeps of the rest what can be kept. */
function checkUpdate(project, options) {
  const name = [...project.integrations.values()].find(({ locked }) => locked)?.name;
  if (!name) return [];
  const { entries, complaints } = lockAfter(project.folder, ['update', name, ...options]);
  if (complaints.length) return complaints;
  const [mine, its] = [show(labels(updated(project, name))), show(entries)];
  return mine === its ? [] : [`fxc update ${name} chose ${its}, not ${mine}`];
}

/* Cures */

/** A copy of a project with one fix applied; the caller removes it. */
function mended(folder, fix) {
  const copy = mkdtempSync(join(SCRATCH, 'fxc-cure-'));
  cpSync(folder, copy, { recursive: true });
  const edits = fix.edits.map(({ file, range, text }) => ({ file, start: range.start.byte, end: range.end.byte, text }));
  for (const { file, start, end, text } of edits.sort((a, b) => b.start - a.start)) {
    const bytes = readFileSync(join(copy, file));
    writeFileSync(join(copy, file), Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]));
  }
  return copy;
}

/** What stays of a fact when its range is edited. */
const identity = ({ kind, from, label, to, file }) => [kind, from, label, to, file].join(' ');

/** The facts of a mended project without those that the other conflicts state. */
function withoutOthers(project, mendedProject, answer, diagnostic) {
  const stated = answer.impossible.filter((one) => one !== diagnostic).flatMap(statements).flatMap((place) => factsAt(project, place));
  // what several pages say alike is stated with the first of them
  const alike = (a, b) => a.kind === 'use' && b.kind === 'use' && a.to === b.to && a.range === b.range && a.provider === b.provider;
  const others = project.facts.filter((fact) => stated.some((one) => one === fact || alike(one, fact)));
  const seen = new Map(), left = new Map();
  const ordinal = (count, fact) => {
    const key = identity(fact), n = count.get(key) ?? 0;
    count.set(key, n + 1);
    return `${key} ${n}`;
  };
  const gone = new Set(project.facts.map((fact) => [ordinal(seen, fact), fact]).filter(([, fact]) => others.includes(fact)).map(([key]) => key));
  // where an integration has nothing to choose, whoever needs it is at fault
  const empty = new Set(others.map(({ to }) => to).filter((to) => !candidates(project, project.facts, to).length));
  return mendedProject.facts.flatMap((fact) => (gone.has(ordinal(left, fact)) || empty.has(fact.to) ? aside(fact) : [fact]));
}

/** What is left of a conflict when one of its fixes is applied; '' when it is cured. */
function leftBehind(project, answer, diagnostic, fix, options, settings) {
  const folder = mended(project.folder, fix);
  try {
    const after = ask(folder, options);
    if (after.broken) return after.broken;
    const again = readProject(folder, settings);
    if (answer.impossible.length > 1)  // the others stay, so fxc cannot be content
      return search(again, withoutOthers(project, again, answer, diagnostic)) ? '' : 'what remains is impossible, the other conflicts aside';
    if (after.impossible.length) return `leaves ${after.impossible.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
    const expected = search(again);
    return expected ? checkChoice(after, expected).join('; ') : 'nothing satisfies what remains, though fxc is content';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** (c) Each fix of a conflict, applied alone, cures it; if it was the only one, fxc and the search find a choice then. */
export function checkCures(project, answer, options, settings) {
  const complaints = [];
  for (const diagnostic of answer.impossible)
    for (const fix of diagnostic.fixes) {
      const left = leftBehind(project, answer, diagnostic, fix, options, settings);
      if (left) complaints.push(`${where(diagnostic)}: the fix '${fix.title}': ${left}`);
    }
  return complaints;
}

export const cureCount = (answer) => answer.impossible.reduce((sum, { fixes }) => sum + fixes.length, 0);
