// Separate compilation: examples/scale by Ninja and by a plain build, after each of a row of edits. Outputs, lock and
// diagnostics are the same, and Ninja ran exactly the steps that the edit asks for. Then depfiles, with odd names, as GNU
// make and Ninja read them.
//
//   node tests/scale/scale.mjs [--pages=60] [--keep]     FXC names another program than build/fxc
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { pages: { type: 'string', default: '60' }, keep: { type: 'boolean', default: false } } });
const root = resolve(import.meta.dirname, '../..'), fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
const work = mkdtempSync(join(tmpdir(), 'fxc-scale-'));
const today = ['--today=2026-01-31'];
let passed = 0, failed = 0;

function check(what, good, said = '') {
  if (good) passed++;
  else {
    failed++;
    console.log(`scale: ${what}\n${said}`.trimEnd());
  }
}

function run(cwd, program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (error) throw error;
  return { status, out: stdout, err: stderr };
}

function tree(folder, base = folder, into = new Map()) {
  if (existsSync(folder))
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) tree(path, base, into);
      else into.set(path.slice(base.length + 1), readFileSync(path, 'latin1'));
    }
  return into;
}

function differences(one, other) {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name)).sort();
}

/* Ninja and a plain build */

const plain = join(work, 'plain'), byNinja = join(work, 'ninja');
const both = (edit) => [plain, byNinja].forEach((folder) => edit((path) => join(folder, path)));

// Ninja compares times of files; an edit within one tick of the clock would be none to it.
let clock = Date.now() / 1000 - 100000;
function stamp(path) {
  clock += 10;
  utimesSync(path, clock, clock);
}

function change(path, from, to) {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`no '${from}' in ${path}`);
  writeFileSync(path, text.replace(from, to));
}

/** How often each step ran: "OBJECT 3, LINK 1". */
function steps(out) {
  const counts = { CONFIGURE: 0, INTERFACES: 0, OBJECT: 0, LINK: 0 };
  for (const [, kind] of out.matchAll(/^\[\d+\/\d+\] ([A-Z]+)/gm)) counts[kind]++;
  return Object.entries(counts).filter(([, count]) => count).map(([kind, count]) => `${kind} ${count}`).join(', ');
}

function compiled(out) {
  return [...out.matchAll(/^\[\d+\/\d+\] OBJECT (\S+)/gm)].map(([, page]) => page).sort();
}

function round(what, expected, pages) {
  const built = run(plain, fxc, 'build', '-q', ...today), ninja = run(byNinja, 'ninja');
  check(`${what}: ninja failed`, ninja.status === built.status, ninja.out + ninja.err);
  check(`${what}: the steps are '${steps(ninja.out)}', not '${expected}'`, steps(ninja.out) === expected, ninja.out);
  if (pages) check(`${what}: the pages are not ${pages}`, compiled(ninja.out).join() === pages.join(), ninja.out);
  const wrong = differences(tree(join(plain, 'generated')), tree(join(byNinja, 'generated')));
  check(`${what}: outputs differ`, wrong.length === 0, wrong.join('\n'));
  check(`${what}: locks differ`, readFileSync(join(plain, 'fx.lock'), 'utf8') === readFileSync(join(byNinja, 'fx.lock'), 'utf8'));
  // A link says what a build says; there is a line of Ninja's own around it.
  for (const line of built.err.split('\n')) check(`${what}: not said: ${line}`, ninja.out.includes(line));
  const again = run(byNinja, 'ninja');
  check(`${what}: there is work to do behind it`, again.out.includes('no work to do'), again.out);
}

const uses = (name) =>
  [...tree(join(byNinja, 'concept'))].filter(([, text]) => text.includes(`data-integration="${name}"`)).map(([path]) => `concept/${path}`).sort();

function builds() {
  for (const folder of [plain, byNinja]) run(root, process.execPath, 'examples/scale/generate.mjs', `--pages=${values.pages}`, folder);
  const all = Number(values.pages), page = 'concept/part-0/page-7.html', name = 'catalog-lookup', manifest = `integrations/${name}.fx`;
  check('a plain build says something', run(plain, fxc, 'build', '-q', ...today).err === '');
  const wrapper = join(work, 'fxc-today');  // a day that does not end while the test runs
  writeFileSync(wrapper, `#!/bin/sh\nexec '${fxc}' --today=2026-01-31 "$@"\n`, { mode: 0o755 });
  const configured = run(byNinja, process.execPath, join(root, 'examples/scale/ninja.mjs'), `--fxc=${wrapper}`);
  check('ninja.mjs fails', configured.status === 0, configured.err);
  round('the first build', `INTERFACES 1, OBJECT ${all}, LINK 1`);

  both((at) => change(at(page), '</h1>', '!</h1>'));
  round('the text of a page', 'OBJECT 1, LINK 1', [page]);
  both((at) => writeFileSync(at(page), readFileSync(at(page))));
  round('a page that is written again', 'OBJECT 1', [page]);
  both((at) => change(at(manifest), '// What pages', '// What all pages'));
  round('a comment in a manifest', 'INTERFACES 1, LINK 1');
  both((at) => change(at(manifest), 'release v2 = 2.', 'release v2 = 2.1'));
  round('a version', 'INTERFACES 1, LINK 1');
  both((at) => change(at(manifest), '/v2/ask', '/v2/answer'));
  round('the URL of a binding', 'INTERFACES 1, LINK 1');
  both((at) => change(at(manifest), 'prop limit: int = 10', 'prop limit: int = 20'));
  round('the default of a prop', 'INTERFACES 1, LINK 1');
  both((at) => change(at(manifest), 'prop limit: int', 'prop limit: number'));
  round('the type of a prop', `INTERFACES 1, OBJECT ${uses(name).length}, LINK 1`, uses(name));
  both((at) => change(at(manifest), 'features basic, detailed', 'features basic, detailed, quick'));
  round('a feature', `INTERFACES 1, OBJECT ${uses(name).length}, LINK 1`, uses(name));
  both((at) => change(at('project.fx'), '// Made', '// Once made'));
  round('a comment in the project file', `INTERFACES 1, OBJECT ${all}, LINK 1`);
  both((at) => change(at('project.fx'), 'concept "', 'discover { attribute "data-capability" }\n  concept "'));
  round('what discovery looks for', `INTERFACES 1, OBJECT ${all}, LINK 1`);

  both((at) => cpSync(at(page), at('concept/part-0/another page.html')));
  round('a page more', 'CONFIGURE 1, OBJECT 1, LINK 1');
  both((at) => rmSync(at('concept/part-0/another page.html')));
  round('a page less', 'CONFIGURE 1, LINK 1');
  both((at) => change(at(page), '<h1>', '<h1 data-enhance="tide-table">'));
  round('a use of what nobody declares', 'OBJECT 1, LINK 1', [page]);
  both((at) => writeFileSync(at('integrations/tide-table.fx'), readFileSync(at(manifest), 'utf8').replaceAll(name, 'tide-table')));
  round('its manifest', 'CONFIGURE 2, INTERFACES 2, OBJECT 1, LINK 1', [page]);
  both((at) => rmSync(at('integrations/tide-table.fx')));
  round('its manifest gone', 'CONFIGURE 1, INTERFACES 1, OBJECT 1, LINK 1', [page]);

  both((at) => change(at(page), '<p>', '<p><script>alert(1)</script>'));
  round('a warning', 'OBJECT 1, LINK 1', [page]);
  both((at) => change(at(manifest), 'prop mode: ', 'prop region: string\n  prop mode: '));
  const broken = run(byNinja, 'ninja'), told = run(plain, fxc, 'build', '-q', ...today);
  check('a missing prop: ninja goes on', broken.status === 1 && told.status === 1, broken.out);
  check('a missing prop: it is not said', broken.out.includes(told.err), `${broken.out}\ninstead of\n${told.err}`);
  both((at) => change(at(manifest), 'prop region: string\n', 'prop region: string = "north"\n'));
  round('a default for it', `INTERFACES 1, OBJECT ${uses(name).length}, LINK 1`, uses(name));
  rmSync(join(byNinja, 'build/objects'), { recursive: true });
  round('objects that are gone', `OBJECT ${all}, LINK 1`);
  rmSync(join(byNinja, 'generated'), { recursive: true });
  rmSync(join(byNinja, 'build/linked'));
  round('outputs that are gone', 'LINK 1');
}

/* The same object wherever it is made, however the page is named, and whatever the interfaces come from */

function objects() {
  const page = 'concept/part-0/page-7.html', elsewhere = join(work, 'else where/deep/er');
  const compile = (cwd, object, ...args) => {
    const { status, err } = run(cwd, fxc, '-w', ...args, '-o', object);
    check(`-c ${args.join(' ')} fails`, status === 0, err);
    return existsSync(resolve(cwd, object)) ? readFileSync(resolve(cwd, object), 'latin1') : '';
  };
  mkdirSync(join(elsewhere, '..'), { recursive: true });
  cpSync(byNinja, elsewhere, { recursive: true });
  const first = compile(byNinja, 'one.fxo', '-c', page);
  const others = {
    'with interfaces': compile(byNinja, 'two.fxo', '-c', page, '--interfaces=build/interfaces'),
    'by its whole path': compile(byNinja, join(work, 'three.fxo'), '-c', join(byNinja, page)),
    'from elsewhere': compile(work, join(work, 'four.fxo'), '-C', 'ninja', '-c', `../ninja/${page}`),
    'from a folder of the project': compile(join(byNinja, 'concept'), '../five.fxo', '-c', page.slice(8)),
    'of a copy': compile(elsewhere, 'one.fxo', '-c', page),
    'with another date': compile(byNinja, 'six.fxo', '-c', page, '--today=2030-01-01', '--phase=production'),
  };
  for (const [what, object] of Object.entries(others)) check(`an object ${what} is another`, object === first && object.length > 1000);
}

/* Depfiles */

const odd = ['plain', 'a b', 'a#b', 'a$b', 'a:b', '$(x) {y}', 'a=b,c@d+e~f', 'a%b', 'back\\slash', 'b\\ c', 'äöü€', '[x]', '-x', '#', 'x: y'];

const tools = {
  make: {
    file: 'Makefile',
    rules: (command) => `out/st$$\\ amp: ; ${command} --depfile=out/d --depfile-target='out/st$$ amp' && touch 'out/st$$ amp'\n-include out/d\n`,
    idle: /is up to date/,
    run: (folder) => run(folder, 'make', 'out/st$ amp'),
  },
  ninja: {
    file: 'build.ninja',
    rules: (command) => `rule r\n  command = ${command} --depfile=out/d --depfile-target=$out && touch $out\n  depfile = out/d\nbuild out/st$$$ amp: r\n`,
    idle: /no work to do/,
    run: (folder) => run(folder, 'ninja'),
  },
  'ninja, with its own log': {
    file: 'build.ninja',
    rules: (command) => `rule r\n  command = ${command} --depfile=out/d && touch $out\n  depfile = out/d\n  deps = gcc\nbuild out/st$$$ amp: r\n`,
    idle: /no work to do/,
    run: (folder) => run(folder, 'ninja'),
  },
};

function depfiles(name, tool) {
  const folder = join(work, `depfiles of ${name}`), page = (stem) => join(folder, 'concept', `${stem}.html`);
  mkdirSync(join(folder, 'concept'), { recursive: true });
  mkdirSync(join(folder, 'out'));
  for (const stem of odd) {
    writeFileSync(page(stem), '<p>x</p>\n');
    stamp(page(stem));
  }
  writeFileSync(join(folder, tool.file), tool.rules(`'${fxc}' -q`));
  const first = tool.run(folder);
  check(`${name}: the first build fails`, first.status === 0, first.out + first.err);
  check(`${name}: a second build has work`, tool.idle.test(tool.run(folder).out));
  for (const stem of odd) {
    appendFileSync(page(stem), '<p>y</p>\n');
    const said = tool.run(folder);
    check(`${name}: '${stem}' changes and nothing happens`, said.status === 0 && !tool.idle.test(said.out), said.out + said.err);
    const again = tool.run(folder);
    check(`${name}: work to do behind '${stem}'`, again.status === 0 && tool.idle.test(again.out), again.out + again.err);
  }
  rmSync(page('a b'));
  const gone = tool.run(folder);
  check(`${name}: a page that is gone stops it`, gone.status === 0 && !tool.idle.test(gone.out), gone.out + gone.err);
}

try {
  builds();
  objects();
  for (const [name, tool] of Object.entries(tools)) depfiles(name, tool);
} finally {
  if (values.keep) console.log(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
