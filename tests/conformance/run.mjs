// In: tree cases (tree/*.dat), token cases (tokens/*.test), both in the formats of the public html5lib suites, and seeded
// random texts. Out: where fxc-html5lib answers otherwise than the case, or for random texts than parse5's tokenizer, and
// "N passed, N failed".
//
//   FXC_HTML5LIB=PROGRAM   another build of fxc-html5lib (default build/fxc-html5lib)
//   HTML5LIB_TESTS=DIR     a checkout of the public suites, run besides: DIR/tree-construction, DIR/tokenizer
//   RANDOM_TEXTS=N         how many random texts (default 2000); SEED=N other ones
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Tokenizer, TokenizerMode } from 'parse5';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = resolve(process.env.FXC_HTML5LIB ?? join(here, '../../build/fxc-html5lib'));
const count = Number(process.env.RANDOM_TEXTS ?? 2000);
const states = { 'Data state': 'DATA', 'RCDATA state': 'RCDATA', 'RAWTEXT state': 'RAWTEXT', 'Script data state': 'SCRIPT_DATA', 'PLAINTEXT state': 'PLAINTEXT', 'CDATA section state': 'CDATA_SECTION' };

const files = (folder, ending) => existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(ending)).sort().map((name) => join(folder, name)) : [];

/* Cases: {name, request, expected, read}, where read() brings an answer into the form of `expected`. */

function treeCases(file) {
  // A case starts at a "#data" that stands at the start or behind an empty line.
  return readFileSync(file, 'utf8').split(/(?:^|\n)\n*(?=#data\n)/).filter(Boolean).map((text, i) => {
    const section = (name) => new RegExp(`^#${name}\\n(?:([^]*?)\\n)??(?=#(?:errors|new-errors|document|document-fragment|script-o(?:n|ff))(?:\\n|$)|$(?![^]))`, 'm').exec(text)?.[1];
    const tree = /^#document\n([^]*)$/m.exec(text)[1].replace(/\n*$/, '\n');
    const request = { op: 'tree', data: section('data') ?? '', fragment: section('document-fragment') ?? null, scripting: /^#script-on$/m.test(text) };
    return { name: `${file} #${i + 1}`, request, expected: tree, read: (answer) => answer.tree?.replace(/\n*$/, '\n') };
  });
}

const unescape = (value) => typeof value === 'string' ? value.replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  : Array.isArray(value) ? value.map(unescape)
    : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, v]) => [unescape(key), unescape(v)])) : value;

/** Texts side by side are one text. */
function joined(tokens) {
  const out = [];
  for (const token of tokens) {
    if (token[0] === 'Character' && out.at(-1)?.[0] === 'Character') out[out.length - 1] = ['Character', out.at(-1)[1] + token[1]];
    else out.push(token);
  }
  return out;
}

const errorsOf = (list = []) => list.map(({ code, line, col }) => `${line}:${col} ${code}`).sort();

function tokenCases(file) {
  const { tests = [] } = JSON.parse(readFileSync(file, 'utf8'));
  return tests.flatMap((test) => (test.initialStates ?? ['Data state']).map((state) => {
    const plain = test.doubleEscaped ? unescape(test) : test;
    return {
      name: `${file}: ${test.description} (${state})`,
      request: { op: 'tokens', data: plain.input, state, lastStartTag: plain.lastStartTag ?? '' },
      expected: { tokens: joined(plain.output), errors: errorsOf(plain.errors) },
      read: (answer) => ({ tokens: joined(answer.tokens ?? []), errors: errorsOf(answer.errors) }),
    };
  }));
}

/* Random texts, with parse5's tokenizer as the judge of the tokens. */

function generator(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 4294967296 * n);
  };
}

const parts = ['<', '</', '>', '/>', '<!', '<!--', '-->', '--!>', '--', '-', '!', '<!DOCTYPE', ' PUBLIC ', ' SYSTEM ', '<![CDATA[', ']]>', ']', '"', "'", '=', ' ', '\n', '\t', '\f', '\r', '/', 'a', 'B', 'div', 'title', 'style', 'script', '</title', '</STYLE>', '</script ', '<script', '&', '&amp', '&amp;', '&notit;', '&notin;', '&#', '&#x', '&#65;', '&#x41', '&#0;', '&#128;', '&#xD800;', '&#x110000;', ';', 'x', '1', '\0', '\u0080', 'é', '\u{1F600}', '\uFEFF', '`', 'data-integration="a"', ' a=1', ' a', ' A=\'2\''];

function parse5Tokens(data, state, lastStartTag) {
  const tokens = [];
  const tag = (kind) => (token) => {
    const attrs = Object.fromEntries(token.attrs.map(({ name, value }) => [name, value]));
    tokens.push(kind === 'EndTag' ? [kind, token.tagName] : token.selfClosing ? [kind, token.tagName, attrs, true] : [kind, token.tagName, attrs]);
  };
  const text = (token) => tokens.push(['Character', token.chars]);
  const tokenizer = new Tokenizer({}, {
    onComment: (token) => tokens.push(['Comment', token.data]),
    onDoctype: (token) => tokens.push(['DOCTYPE', token.name, token.publicId, token.systemId, !token.forceQuirks]),
    onStartTag: tag('StartTag'), onEndTag: tag('EndTag'), onEof() {}, onCharacter: text, onNullCharacter: text, onWhitespaceCharacter: text,
  });
  tokenizer.state = TokenizerMode[state];
  tokenizer.lastStartTagName = lastStartTag;
  tokenizer.write(data, true);
  return joined(tokens);
}

function randomCases() {
  const random = generator(Number(process.env.SEED ?? 20));
  return Array.from({ length: count }, (_, i) => {
    const data = Array.from({ length: 1 + random(24) }, () => parts[random(parts.length)]).join('');
    const state = Object.keys(states)[random(3) ? 0 : random(6)];
    const lastStartTag = ['title', 'style', 'script', ''][random(4)];
    return {
      name: `random text ${i}: ${JSON.stringify(data)} (${state}, <${lastStartTag}>)`, request: { op: 'tokens', data, state, lastStartTag },
      expected: parse5Tokens(data, states[state], lastStartTag), read: (answer) => joined(answer.tokens ?? []),
    };
  });
}

/* One process answers all. */

async function ask(requests) {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  const status = await new Promise((done, broken) => child.on('close', done).on('error', broken));
  const answers = Buffer.concat(chunks).toString().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return { status, answers };
}

const suites = process.env.HTML5LIB_TESTS;
const groups = [
  ['trees', files(join(here, 'tree'), '.dat').flatMap(treeCases)],
  ['tokens', files(join(here, 'tokens'), '.test').flatMap(tokenCases)],
  ['random texts', randomCases()],
  ...(suites ? [
    ['public trees', files(join(suites, 'tree-construction'), '.dat').flatMap(treeCases)],
    ['public tokens', files(join(suites, 'tokenizer'), '.test').flatMap(tokenCases)],
  ] : []),
];
const cases = groups.flatMap(([, list]) => list);
const { status, answers } = await ask(cases.map(({ request }) => request));
let at = 0, passed = 0, failed = status === 0 && answers.length === cases.length ? 0 : 1;
if (failed) console.log(`${program} ended with status ${status} after ${answers.length} of ${cases.length} answers`);
for (const [name, list] of groups) {
  const before = passed;
  for (const { name: title, expected, read } of list) {
    const answer = answers[at++] ?? {};
    const got = read(answer);
    if (isDeepStrictEqual(got, expected)) { passed++; continue; }
    if (++failed <= 20) console.log(`${title}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(answer.skip ? answer : got)}`);
  }
  console.log(`${name}: ${passed - before} of ${list.length}`);
  if (list.length === 0) failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
