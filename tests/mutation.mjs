// Do the tests notice when the compiler is wrong? In: sources of compiler/. Out: N changes of one place each, drawn by a seed: an
// operator, a constant, a condition, a statement; for each whether some test fails then. What no test notices is printed with its line.
//
//   node tests/mutation.mjs [--count=200] [--seed=1] [--only=FILE:LINE] [FOLDER...]     (passes, solver, ir)
//
// The sources stay as they are: the changed file is compiled beside them and linked in front of the library, whose own copy of it
// is then not taken. Lines that no test reaches are left out where build/coverage/c.json says so: the coverage counts those.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const WORK = join(ROOT, 'build/mutation');
const option = (name, usual) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual;
const folders = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const COUNT = Number(option('count', '200'));
const SEED = Number(option('seed', '1'));
const ONLY = option('only', '');

// Unit programs and golden topics that are likely to notice come first; all other topics follow.
const TESTS = {
  solver: { unit: ['solver', 'solve', 'cure'], golden: ['solve', 'versions', 'why'] },
  ir: { unit: ['ir', 'range', 'facts', 'manifest', 'literal', 'interpolation', 'interface', 'fragment'], golden: ['fx', 'manifest', 'discover', 'meaning', 'validate', 'ranges'] },
  passes: { unit: ['passes', 'solve', 'cure', 'resilience', 'graph'], golden: ['meaning', 'behavior', 'bindings', 'solve', 'resilience', 'taint', 'liveness', 'lifecycle', 'dependencies', 'validate', 'versions'] },
};

/* Randomness that can be had again (mulberry32) */

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/* Places */

const CHANGES = [
  [/ == /g, () => ' != '],
  [/ != /g, () => ' == '],
  [/ <= /g, () => ' < '],
  [/ >= /g, () => ' > '],
  [/ < /g, () => ' <= '],
  [/ > /g, () => ' >= '],
  [/ && /g, () => ' || '],
  [/ \|\| /g, () => ' && '],
  [/ \+ /g, () => ' - '],
  [/ - /g, () => ' + '],
  [/ \+= /g, () => ' -= '],
  [/ \|= /g, () => ' &= '],
  [/(?<![\w.])\d+(?![\w.])/g, (text) => String(Number(text) + 1)],
  [/\btrue\b/g, () => 'false'],
  [/\bfalse\b/g, () => 'true'],
  [/(?<=\bif \()!(?=\w)/g, () => ''],
  [/(?<=\b(?:if|while) \()(?!!)[^()]*(?:\([^()]*\)[^()]*)*(?=\) )/g, (text) => `!(${text})`],
  // Statements of one line: calls, assignments, counting, going on. A declaration has two words before its '='.
  [/(?<=^ +)(?!return|case|goto|else|do)[a-z][\w.>[\]-]*(?:\([^;\n]*\)| [|&+-]?= [^;\n]*|\+\+|--);$/gm, () => ';'],
  [/(?<=^ +)(?:continue|break);$/gm, () => ';'],
];

/** The text with comments, strings, includes and declarations of one line blanked: nothing is changed there. */
function codeOf(text) {
  const blank = (part) => part.replace(/[^\n]/g, '\0');
  return text
    .replace(/\/\*[^]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'/g, blank)
    .replace(/^#.*(?:\\\n.*)*/gm, blank)
    .replace(/^(?:typedef|static const|enum|[A-Z]+\().*/gm, blank);
}

function placesOf(file, text, reached) {
  const code = codeOf(text);
  const places = [];
  for (const [pattern, change] of CHANGES) {
    for (const match of code.matchAll(pattern)) {
      const line = text.slice(0, match.index).split('\n').length;
      const old = text.slice(match.index, match.index + match[0].length);
      if (!reached || reached.has(line)) places.push({ file, line, at: match.index, old, now: change(old) });
    }
  }
  return places;
}

/* Running */

const run = (command, args, options = {}) => spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', timeout: 300_000, maxBuffer: 1 << 26, ...options });

function must(command, args) {
  const { status, stderr, stdout } = run(command, args, { timeout: 1_800_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`.slice(-2000));
}

const LIBRARIES = ['-lyaml', '-lcjson', '-lxxhash', '-lsodium', '-pthread', '-lm'];
const FLAGS = ['-std=c11', '-O1', '-fno-strict-aliasing', '-pthread', '-D_GNU_SOURCE', '-Icompiler', '-Igrammar', '-Ibuild/gen', '-w',
  ...run('xml2-config', ['--cflags']).stdout.trim().split(/\s+/)];

/** True: some test fails. Null: it does not compile. */
function isNoticed({ file, at, old, now }, text) {
  const source = join(WORK, 'mutant.c');
  writeFileSync(source, `#line 1 "${file}"\n${text.slice(0, at)}${now}${text.slice(at + old.length)}`);
  const object = join(WORK, 'mutant.o');
  if (run('cc', [...FLAGS, '-c', '-o', object, source]).status !== 0) return null;
  const link = (program, main, more = []) =>
    run('cc', ['-pthread', '-o', join(WORK, program), main, object, 'build/libfxc.a', ...LIBRARIES, ...more]).status === 0;
  if (!link('fxc', 'build/compiler/main.o')) return null;
  const folder = file.split('/')[1];
  const { unit, golden } = TESTS[folder] ?? TESTS.passes;
  for (const name of unit) {
    const main = `build/tests/unit/${name}_test.o`;
    if (!existsSync(join(ROOT, main))) continue;
    if (!link('unit', main, ['-lcheck', '-lsubunit', '-lrt'])) continue;
    if (run(join(WORK, 'unit'), [], { timeout: 60_000 }).status !== 0) return true;
  }
  const env = { ...process.env, FXC: join(WORK, 'fxc') };
  const topics = readdirSync(join(ROOT, 'tests/golden'));
  const order = [...golden, ...topics.filter((topic) => !golden.includes(topic))].filter((topic) => topics.includes(topic));
  for (const topic of order) if (run('sh', ['tests/golden.sh', topic], { env }).status !== 0) return true;
  return false;
}

/* The whole */

function reachedLines() {
  const path = join(ROOT, 'build/coverage/c.json');
  if (!existsSync(path)) return () => undefined;
  const files = new Map(JSON.parse(readFileSync(path, 'utf8')).files.map(({ file, lines }) => [file, new Set(lines.filter(({ count }) => count > 0).map((line) => line.line_number))]));
  return (file) => files.get(file) ?? new Set();
}

function allPlaces() {
  const reached = reachedLines();
  const texts = new Map();
  const places = [];
  for (const folder of folders.length > 0 ? folders : Object.keys(TESTS)) {
    for (const name of readdirSync(join(ROOT, 'compiler', folder)).filter((one) => one.endsWith('.c')).sort()) {
      const file = `compiler/${folder}/${name}`;
      texts.set(file, readFileSync(join(ROOT, file), 'utf8'));
      places.push(...placesOf(file, texts.get(file), reached(file)));
    }
  }
  return { texts, places };
}

rmSync(WORK, { recursive: true, force: true });
mkdirSync(WORK, { recursive: true });
must('make', ['--no-print-directory', `-j${availableParallelism()}`, 'build/fxc', 'unit-programs']);
const { texts, places } = allPlaces();
const next = random(SEED);
const shuffled = places.map((place) => [next(), place]).sort(([a], [b]) => a - b).map(([, place]) => place);
const queue = ONLY ? places.filter(({ file, line }) => `${file}:${line}` === ONLY) : shuffled;
console.log(`${places.length} places in ${texts.size} files, seed ${SEED}`);
let noticed = 0;
let tried = 0;
for (const place of queue) {
  if (tried === COUNT) break;
  const text = texts.get(place.file);
  const verdict = isNoticed(place, text);
  if (verdict === null) continue;
  tried++;
  if (verdict) noticed++;
  else console.log(`unnoticed ${place.file}:${place.line}: ${JSON.stringify(place.old)} as ${JSON.stringify(place.now)} in: ${text.split('\n')[place.line - 1].trim()}`);
}
console.log(`${noticed} of ${tried} noticed (${((100 * noticed) / Math.max(1, tried)).toFixed(1)} %)`);
