// Ranges and versions against npm's semver, the language's definition of them: random pairs, well-formed and damaged, in
// every form that the grammar has. Both have to say the same: matches, does not, or is no range.
//   node --test tests/ranges/ranges.test.mjs      PAIRS=20000 and SEED=1 change how many and which
// node-semver rewrites its text step by step, and some damage is mended on the way: about one pair of 50,000 differs for that.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import semver from 'semver';

const PAIRS = Number(process.env.PAIRS ?? 20000);
const SEED = Number(process.env.SEED ?? 1);
const program = join(dirname(fileURLToPath(import.meta.url)), '../../build/tests/ranges/match');

/** Numbers from 0 to 1 (mulberry32): the same seed gives the same pairs. */
function randomFrom(seed) {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = randomFrom(SEED);
const below = (n) => Math.floor(random() * n);
const chance = (p) => random() < p;
const pick = (list) => list[below(list.length)];

// Few numbers, so that ranges and versions meet.
const number = () => pick(['0', '0', '1', '1', '2', '2', '3', '10', '9007199254740991']);
const word = () => pick(['alpha', 'beta', 'rc', '0', '1', '2', '10', 'x', 'X', 'a-b', '-', '0a', 'v1', 'beta2']);
const prerelease = () => Array.from({ length: 1 + below(3) }, word).join('.');
const build = () => `+${pick(['b1', '20260101', 'sha.5114f85', '001', '-'])}`;
const version = () => `${number()}.${number()}.${number()}${chance(0.35) ? `-${prerelease()}` : ''}${chance(0.1) ? build() : ''}`;
const any = () => pick(['x', 'X', '*']);
const blanks = (most) => ' '.repeat(below(most + 1));

/** A version with parts missing or open. */
function partial() {
  const prefix = chance(0.15) ? pick(['v', 'v', '=', '= ', ' ']) : '';
  const parts = [];
  for (let i = 0, end = chance(0.55) ? 3 : 1 + below(3); i < end; i++) parts.push(chance(0.08) ? any() : number());
  const text = parts.join('.');
  const tail = parts.length === 3 ? `${chance(0.3) ? `-${prerelease()}` : ''}${chance(0.07) ? build() : ''}` : '';
  return prefix + (chance(0.04) ? any() : text + tail);
}

const simple = () => (chance(0.35) ? '' : pick(['^', '^', '~', '~', '~>', '>', '>=', '<', '<=', '=']) + blanks(chance(0.2) ? 2 : 0)) + partial();

function alternative() {
  if (chance(0.04)) return '';
  if (chance(0.14)) return `${partial()}${' '.repeat(1 + below(2))}-${' '.repeat(1 + below(2))}${partial()}`;
  return Array.from({ length: chance(0.6) ? 1 : 1 + below(3) }, simple).join(' '.repeat(1 + below(2)));
}

const range = () => `${blanks(1)}${Array.from({ length: chance(0.65) ? 1 : 1 + below(3) }, alternative).join(`${blanks(1)}||${blanks(1)}`)}${blanks(1)}`;

/** A character more, less, or another one. */
function damage(text) {
  const at = below(text.length + 1);
  const other = pick([...'0123456789.-+xX*vV=<>^~| ab_,&$']);
  return pick([text.slice(0, at) + other + text.slice(at), text.slice(0, at) + text.slice(at + 1), text.slice(0, at) + other + text.slice(at + 1)]);
}

/** Half of the versions lie where the range speaks of, so that bounds are met. */
function versionFor(text) {
  const near = [...text.matchAll(/\d+(\.\d+)?(\.\d+)?(-[0-9A-Za-z.-]+)?/g)].map(([found]) => found);
  if (!near.length || chance(0.5)) return version();
  const [, core = '0', tail = ''] = /^([\d.]+)(.*)$/.exec(pick(near)) ?? [];
  const parts = [...core.split('.').filter(Boolean), '0', '0'].slice(0, 3).map(Number);
  if (chance(0.3)) parts[below(3)] += chance(0.5) || parts.includes(0) ? 1 : -1;
  const found = parts.map((part) => Math.min(Math.max(part, 0), Number.MAX_SAFE_INTEGER)).join('.') + (chance(0.3) ? `-${prerelease()}` : tail);
  return semver.valid(found) ? found : version();
}

/** What node-semver takes by accident: it deletes a star that touches other text, lets a `v` stand apart from its number
 * before a hyphen, and does not read numbers that a wildcard makes idle. */
function isAccident(text) {
  const stars = text.replaceAll(/(?<![0-9A-Za-z+*-][<>=~^]*)(?<![-+][0-9A-Za-z.-]*)\*(?![0-9A-Za-z*<>=~^v])/g, 'x');
  return stars.includes('*') || /v\s/.test(text) || [...text.matchAll(/\d{16,}/g)].some(([digits]) => Number(digits) > Number.MAX_SAFE_INTEGER);
}

function npmSays(text, one) {
  if (!semver.valid(one)) return 'refused';
  let parsed;
  try {
    parsed = new semver.Range(text);
  } catch {
    return 'refused';
  }
  return parsed.test(one) ? 'y' : 'n';
}

test(`${String(PAIRS)} random pairs of range and version`, () => {
  const pairs = Array.from({ length: PAIRS }, (_, i) => {
    let text;
    do text = i % 5 === 4 ? damage(range()) : range();
    while (isAccident(text));
    const one = versionFor(text);
    return [text, i % 50 === 49 ? damage(one) : one];
  });
  const input = pairs.map((pair) => `${pair.join('\t')}\n`).join('');
  const answers = execFileSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 26 }).trimEnd().split('\n');
  assert.equal(answers.length, PAIRS);
  const counts = { y: 0, n: 0, refused: 0 };
  const differences = [];
  pairs.forEach(([text, one], i) => {
    const expected = npmSays(text, one);
    counts[expected]++;
    if (answers[i] !== expected) differences.push(`'${text}' and '${one}': ${expected}, not ${answers[i]}`);
  });
  assert.deepEqual(differences.slice(0, 20), [], `${String(differences.length)} of ${String(PAIRS)} differ`);
  // A generator that makes only one kind of pair would prove little.
  for (const [kind, count] of Object.entries(counts)) assert.ok(count > PAIRS / 20, `only ${String(count)} pairs are '${kind}'`);
});
