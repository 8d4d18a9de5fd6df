// Migrations, over all golden cases that migrate: `git apply` of what --dry-run prints gives the bytes that a real run
// writes, --dry-run writes nothing, a second run changes nothing, a run that fails leaves every byte; what goes away is
// in the original and what comes is new, line by line; the project has no error that it had not before.
// And the example from one end to the other: it builds and type-checks before and behind, both releases live in both.
//   node tests/migrate.mjs [CASE]...
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const GOLDEN = join(ROOT, 'tests/golden/migrate');
const env = { ...process.env, LC_ALL: 'C', FXC_STDLIB: 'stdlib', FXC_VERIFY: '1', GIT_CEILING_DIRECTORIES: tmpdir() };

function run(folder, program, args, input) {
  const result = spawnSync(program, args, { cwd: folder, encoding: 'latin1', env, timeout: 20000, maxBuffer: 1 << 28, input });
  if (result.status === null || result.status > 4) throw new Error(`${args.join(' ')}: ended by ${result.signal ?? result.status}`);
  return result;
}

/** The files of a project, a byte a character; what fxc writes for itself is left out. */
function files(folder) {
  const found = new Map();
  for (const name of readdirSync(folder, { recursive: true }).map(String).sort())
    if (!/^(generated|\.fx|fx\.lock)/.test(name) && statSync(join(folder, name)).isFile()) found.set(name, readFileSync(join(folder, name)).toString('latin1'));
  return found;
}

function difference(expected, actual) {
  for (const [name, text] of actual) if (expected.get(name) !== text) return `${name} is\n${text}\nnot\n${expected.get(name)}`;
  return expected.size === actual.size ? '' : 'files came or went';
}

function copy(source) {
  const work = mkdtempSync(join(tmpdir(), 'fxc-migrate-'));
  cpSync(source, work, { recursive: true, filter: (path) => !/^(cmd|stdin|stdout|stderr|status|out)$/.test(path.slice(source.length + 1)) });
  mkdirSync(join(work, 'stdlib'), { recursive: true });
  return work;
}

function errors(folder) {
  const lines = run(folder, FXC, ['check', '-w', '--diagnostics-format=json']).stderr.split('\n').filter(Boolean);
  const conflict = (code) => code === 'FX4001' || code === 'FX4002';  // what is asked for is in the message
  return new Set(lines.map((line) => JSON.parse(line)).map(({ code, file, message }) => (conflict(code) ? code : `${code} ${file} ${message}`)));
}

/** What goes wrong with one command line of a case. */
function tryCommand(source, args) {
  const work = copy(source), patched = copy(source);
  try {
    const original = files(work), before = errors(work);
    const dry = run(work, FXC, [...args, '--dry-run']);
    const touched = difference(original, files(work));
    if (touched) return `--dry-run wrote: ${touched}`;
    const real = run(work, FXC, args);
    const after = files(work);
    if (real.status !== dry.status) return `--dry-run ends with ${dry.status}, the run with ${real.status}`;
    if (real.status && dry.stdout) return `a patch of what failed: ${dry.stdout}`;
    if (real.status) return difference(original, after);
    if (real.stderr !== dry.stderr) return `--dry-run says\n${dry.stderr}not\n${real.stderr}`;
    const applied = run(patched, 'git', ['apply', '--allow-empty', '--whitespace=nowarn', '-'], dry.stdout);
    if (!dry.stdout.includes('Binary files') && (applied.status || difference(files(patched), after)))
      return `the patch does not say what was done: ${applied.stderr}${dry.stdout}`;
    const came = [...errors(work)].filter((error) => !before.has(error));
    if (came.length) return `came up: ${came.join('; ')}`;
    const again = run(work, FXC, args);
    if (again.status || difference(after, files(work))) return `a second run: ${again.stdout}${again.stderr}`;
    const nothing = run(work, FXC, [...args, '--dry-run']);
    return nothing.stdout ? `a second run would do: ${nothing.stdout}` : '';
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(patched, { recursive: true, force: true });
  }
}

/** examples/migration, in a place where packages are found; what goes wrong with it. */
function tryExample() {
  const work = join(ROOT, 'build/migrate-example'), tsc = join(ROOT, 'node_modules/.bin/tsc');
  const own = { ...env, FXC_STDLIB: join(ROOT, 'stdlib') };
  const step = (program, args) => {
    const result = spawnSync(program, args, { cwd: work, encoding: 'utf8', env: own, timeout: 120000 });
    if (result.status !== 0) throw new Error(`${args.join(' ')}: ${result.stdout}${result.stderr}`);
    return result.stdout;
  };
  const types = () => step(tsc, ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--skipLibCheck', '--jsx', 'react-jsx', '--target', 'ES2022', '--module', 'ESNext', '--moduleResolution', 'bundler', '--lib', 'ES2022,DOM,DOM.Iterable', '--types', 'node', 'generated/index.ts', 'generated/pages/index.tsx']);
  const chosen = () => {
    const config = readFileSync(join(work, 'generated/integration-config.ts'), 'utf8');
    const live = [...config.matchAll(/^ +(v\d): \{ provider/gm)].map(([, label]) => label);
    if (live.join() !== 'v2,v3') throw new Error(`live are ${live}`);
    return /version: '(v\d)'/.exec(config)[1];
  };
  rmSync(work, { recursive: true, force: true });
  cpSync(join(ROOT, 'examples/migration'), work, { recursive: true, filter: (path) => !/\/(generated|\.fx|fx\.lock)$/.test(path) });
  step(FXC, ['build']);
  types();
  if (chosen() !== 'v2') return 'v2 is not the first choice before';
  step(FXC, ['migrate', 'town-lookup', 'v2', 'v3', '--activate']);
  step(FXC, ['build']);
  types();
  step(FXC, ['check', '--locked']);
  if (chosen() !== 'v3') return 'v3 is not the first choice behind';
  const page = readFileSync(join(work, 'generated/pages/index.tsx'), 'utf8');
  if (!page.includes('lang="de"') || page.includes('language=')) return `the page is\n${page}`;
  rmSync(work, { recursive: true });
  return '';
}

const names = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(GOLDEN).sort();
let passed = 0, failed = 0;
for (const name of names) {
  const cmd = join(GOLDEN, name, 'cmd');
  const lines = existsSync(cmd) ? readFileSync(cmd, 'utf8').trim().split('\n').filter((line) => line.startsWith('migrate ')) : [];
  for (const line of new Set(lines)) {
    const args = line.split(/\s+/).filter((word) => word !== '--dry-run');
    let why;
    try {
      why = tryCommand(join(GOLDEN, name), args);
    } catch (error) {
      why = error.stack;
    }
    if (why === '') passed++;
    else failed++, console.log(`FAILED ${name}: ${line}\n${why}`);
  }
}
if (process.argv.length === 2) {
  let why;
  try {
    why = tryExample();
  } catch (error) {
    why = error.stack;
  }
  if (why === '') passed++;
  else failed++, console.log(`FAILED examples/migration\n${why}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
