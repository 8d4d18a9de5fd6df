// The choice of releases, judged by a second program that shares nothing with fxc: each case of golden/solve beside its
// file `expect`, what fxc answers to it, and random projects beside exhaustive search.
//   node tests/solve/run.mjs [--random=N] [--seed=S] [--only=CHECK,CHECK…] [CASE]...
//   node tests/solve/run.mjs --seed=S --round=N   one random project: its folder stays, for a look
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SCRATCH, ask, checkChoice, checkCures, checkExplanation, checkLock, checkReasons, checkWording } from './answers.mjs';
import { readProject } from './model.mjs';
import { randomProject } from './random.mjs';
import { exhaustive, minimal, search } from './search.mjs';

const CASES = fileURLToPath(new URL('../golden/solve', import.meta.url));
const ANSWERS = ['choice', 'reasons', 'explanation', 'wording', 'cures', 'lock'];
const ALL = ['expect', ...ANSWERS, 'random'];

const arguments_ = process.argv.slice(2);
const option = (name, otherwise) => arguments_.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const checks = option('only', ALL.join(',')).split(',');
const names = arguments_.filter((word) => !word.startsWith('--'));
const [count, seed] = [Number(option('random', 1500)), Number(option('seed', 1))];
let passed = 0, failed = 0;

function verdict(name, complaints) {
  if (!complaints.length) { passed++; return; }
  failed++;
  console.log(`FAILED ${name}\n${complaints.map((text) => `  ${text}\n`).join('')}`);
}

/* `expect`: lines `NAME LABEL`, or `impossible` with a line FILE:LINE for each fact of a set that suffices */

function readExpect(folder) {
  const choice = new Map(), cores = [];
  for (const line of readFileSync(join(folder, 'expect'), 'utf8').split('\n')) {
    const [word, label] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!word) continue;
    if (word === 'impossible') cores.push([]);
    else if (cores.length) cores.at(-1).push(word);
    else choice.set(word, label);
  }
  return { choice, cores };
}

function checkCore(project, core) {
  const at = (place) => project.facts.filter(({ file, line }) => `${file}:${line}` === place);
  const empty = core.filter((place) => !at(place).length);
  if (empty.length) return empty.map((place) => `nothing is said at ${place}`);
  const facts = core.flatMap(at);
  if (search(project, facts)) return [`these do not exclude each other: ${core.join(' ')}`];
  const needed = minimal(project, facts, core.map(at));
  return needed.length === core.length ? [] : [`only ${needed.length} of these are needed: ${core.join(' ')}`];
}

function checkExpect(project, { choice, cores }) {
  const found = search(project), all = exhaustive(project);
  if (all !== null && all !== (found !== null)) return ['the plain search and the exhaustive one differ'];
  if (cores.length) return found ? [`possible: ${show(found)}`] : cores.flatMap((core) => checkCore(project, core));
  if (!found) return ['impossible'];
  const [mine, theirs] = [show(found), [...choice].sort().map(([name, label]) => `${name} ${label}`).join(', ')];
  return mine === theirs ? [] : [`the plain search finds ${mine}, expected is ${theirs}`];
}

const show = (choice) => [...choice].sort().map(([name, { label }]) => `${name} ${label}`).join(', ');

/* One case */

function optionsOf(folder) {
  const path = join(folder, 'cmd');
  const words = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').at(-1).split(/\s+/) : [];
  return words.filter((word) => /^--(env|today)=/.test(word));
}

function settingsOf(options) {
  const value = (name) => options.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
  return { environment: value('env'), today: value('today') };
}

function answerComplaints(project, options, settings) {
  const answer = ask(project.folder, options), expected = search(project);
  if (answer.broken) return [answer.broken];
  const complaints = checks.includes('choice') ? checkChoice(answer, expected) : [];
  if (checks.includes('reasons') && expected && !complaints.length) complaints.push(...checkReasons(project, answer, expected));
  if (checks.includes('lock') && expected && answer.status === 0 && !settings.environment) complaints.push(...checkLock(project, expected, options));
  for (const diagnostic of answer.impossible) {
    if (checks.includes('explanation')) complaints.push(...checkExplanation(project, diagnostic, answer.impossible.length === 1));
    if (checks.includes('wording')) complaints.push(...checkWording(project, diagnostic));
  }
  if (checks.includes('cures')) complaints.push(...checkCures(project, answer, options, settings));
  return complaints;
}

function checkCase(name) {
  const source = join(CASES, name);
  const folder = mkdtempSync(join(SCRATCH, 'fxc-solve-'));
  cpSync(source, folder, { recursive: true });
  try {
    const options = optionsOf(source), settings = settingsOf(options), project = readProject(folder, settings);
    if (checks.includes('expect')) verdict(`solve/${name}: expect`, checkExpect(project, readExpect(source)));
    if (checks.some((check) => ANSWERS.includes(check))) verdict(`solve/${name}: what fxc says`, answerComplaints(project, options, settings));
  } catch (error) {
    verdict(`solve/${name}`, [error.stack]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/* Random projects: a process a core, each with every n-th round */

function checkRound(round, keep) {
  const folder = mkdtempSync(join(SCRATCH, 'fxc-random-'));
  try {
    const options = randomProject(folder, seed, round), settings = settingsOf(options), project = readProject(folder, settings);
    const found = search(project), all = exhaustive(project);
    const complaints = all !== null && all !== (found !== null) ? ['the plain search and the exhaustive one differ'] : [];
    verdict(`random project: --seed=${seed} --round=${round}`, [...complaints, ...answerComplaints(project, options, settings)]);
  } catch (error) {
    verdict(`random project: --seed=${seed} --round=${round}`, [error.stack]);
  } finally {
    if (keep) console.log(folder);
    else rmSync(folder, { recursive: true });
  }
}

function shard(index, of) {
  return new Promise((done) => {
    const words = [...arguments_.filter((word) => word.startsWith('--') && !word.startsWith('--shard=')), `--shard=${index}/${of}`];
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => { text += chunk; });
    child.on('close', (status) => done({ text, status }));
  });
}

async function runShards() {
  const of = availableParallelism();
  for (const { text, status } of await Promise.all(Array.from({ length: of }, (_, i) => shard(i, of)))) {
    const [, good, bad] = /^(\d+) passed, (\d+) failed\n$/m.exec(text) ?? [0, 0, 1];
    process.stdout.write(text.replace(/^\d+ passed, \d+ failed\n$/m, ''));
    if (status !== 0 && Number(bad) === 0) failed++;
    passed += Number(good);
    failed += Number(bad);
  }
}

const part = option('shard'), only = option('round');
if (only !== undefined) checkRound(Number(only), true);
else if (part) {
  const [index, of] = part.split('/').map(Number);
  for (let round = index; round < count; round += of) checkRound(round);
} else {
  for (const name of names.length ? names : readdirSync(CASES).sort()) checkCase(name);
  if (checks.includes('random') && !names.length) await runShards();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
