// Separate compilation beside a plain build, over the golden cases: every page and view compiled by itself, and linked.
// Outputs, lock, diagnostics and exit status are those of a build; where a page cannot be compiled, its errors are among those
// of the build. Half of the cases take interfaces from files, the others from manifests.
//
//   node tests/scale/objects.mjs [--every=4] [TOPIC[/CASE]]...     FXC names another program than build/fxc
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ options: { every: { type: 'string', default: '1' } }, allowPositionals: true });
const root = resolve(import.meta.dirname, '../..'), fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
const golden = join(root, 'tests/golden'), env = { ...process.env, LC_ALL: 'C', FXC_STDLIB: 'stdlib', FXC_VERIFY: '1' };
let passed = 0, failed = 0;

function run(cwd, args) {
  return new Promise((done) => {
    const child = spawn(fxc, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('latin1').on('data', (text) => (err += text));
    child.on('close', (status) => done({ status, err }));
  });
}

function tree(folder, base = folder, into = new Map()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) tree(path, base, into);
    else if (entry.isFile()) into.set(path.slice(base.length + 1), readFileSync(path, 'latin1'));
  }
  return into;
}

// What an earlier build remembers is not what is compared, nor what the clock says.
const outputs = (folder) => new Map([...tree(folder)].filter(([path]) => !/^\.(fx|objects|interfaces)\//.test(path)));
const timeless = (text) => text.replace(/took \d+\S*/g, 'took').replaceAll('cannot read the file', 'cannot read the page');

/** The files that the plain build has read and that may hold pages. */
function candidates(folder) {
  if (!existsSync(join(folder, '../deps'))) return [];
  const rule = readFileSync(join(folder, '../deps'), 'utf8').split('\n').filter((line) => line.startsWith('  '));
  const paths = rule.map((line) => line.trim().replace(/ \\$/, '').replace(/\\([ #:])/g, '$1').replaceAll('$$', '$'));
  return paths.filter((path) => /\.(html?|json|fx)$/.test(path) && !/^(project\.|stdlib\/|\/|\.\.)/.test(path));
}

async function compile(folder, path, object, interfaces) {
  const { status, err } = await run(folder, ['-w', '-c', path, '-o', object, ...(interfaces ? ['--interfaces=.interfaces'] : [])]);
  if (status === 2) return { pages: false };  // a manifest, not a view
  return { pages: true, good: status === 0, err };
}

async function compileAll(folder, paths, interfaces) {
  const objects = [];
  let said = '';
  if (interfaces) {
    const { status, err } = await run(folder, ['-w', '-c', '-o', '.interfaces']);
    if (status) return { objects, said: err };
  }
  for (const path of paths) {
    const object = `.objects/${objects.length}.fxo`, { pages, good, err } = await compile(folder, path, object, interfaces);
    if (!pages) continue;
    if (good) objects.push(object);
    else said += err;
  }
  return { objects, said };
}

function compare(plain, linked, built, link) {
  const one = outputs(plain), other = outputs(linked);
  const wrong = [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path));
  if (link.status !== built.status) return `exit status ${link.status}, not ${built.status}\n${link.err}`;
  if (timeless(link.err) !== timeless(built.err)) return `says\n${link.err}instead of\n${built.err}`;
  return wrong.length ? `differs in ${wrong.join(', ')}` : '';
}

async function test(name, interfaces) {
  const work = mkdtempSync(join(tmpdir(), 'fxc-objects-')), plain = join(work, 'plain'), linked = join(work, 'linked');
  try {
    for (const folder of [plain, linked]) {
      cpSync(join(golden, name), folder, { recursive: true });
      for (const file of ['cmd', 'stdin', 'stdout', 'stderr', 'status', 'out']) rmSync(join(folder, file), { recursive: true, force: true });
      mkdirSync(join(folder, 'stdlib'), { recursive: true });
    }
    const options = ['-q', '--today=2026-01-31'];
    const built = await run(plain, ['build', '--depfile=../deps', ...options]);
    const { objects, said } = await compileAll(linked, candidates(plain), interfaces);
    const errors = said.split('\n').filter((line) => / error: /.test(line));
    for (const line of errors) if (!timeless(built.err).includes(timeless(line))) return `-c says what a build does not: ${line}`;
    if (said) return built.status ? '' : `-c fails where a build does not:\n${said}`;
    if (!objects.length) return undefined;  // a project without pages
    return compare(plain, linked, built, await run(linked, ['link', ...options, ...objects]));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

// A page that was made from a view and edited since is a page to -c, which sees no views, and none to a build.
const edited = new Set(['views/concept-edited', 'views/concept-force', 'views/concept-refused']);
const wanted = (name) => !edited.has(name) && (!positionals.length || positionals.some((only) => name === only || name.startsWith(`${only}/`)));
const every = Number(values.every);
const cases = readdirSync(golden).flatMap((topic) => readdirSync(join(golden, topic)).map((name) => `${topic}/${name}`)).filter(wanted).filter((_, i) => i % every === 0);
let next = 0;
async function worker() {
  while (next < cases.length) {
    const number = next++, verdict = await test(cases[number], number % 2 === 1);
    if (verdict === '') passed++;
    else if (verdict !== undefined) {
      failed++;
      console.log(`objects: ${cases[number]}: ${verdict}`);
    }
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, worker));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
