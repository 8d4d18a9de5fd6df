// The examples with a marker for every variable that anything of theirs declares: in the environment of the process, in .env
// and in .env.NAME. No command prints it, and no file that fxc writes has it, not even the server's: values belong to the place
// where the application runs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const work = mkdtempSync(join(tmpdir(), 'fxc-markers-'));
after(() => rmSync(work, { recursive: true, force: true }));

const MARKER = 'fxcmarker-5e1f0c2d9b7a';
const examples = readdirSync(join(ROOT, 'examples')).filter((name) => existsSync(join(ROOT, 'examples', name, 'concept')));
const files = (folder) => (existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
  .map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
const sources = (folder) => files(folder).filter((path) => /\.(fx|ya?ml|json)$/.test(path) && !/node_modules|generated/.test(path));

/** What manifests declare, by the looks of the names: `env X`, `env: { X`, `env.X`. */
function variables(folder) {
  const text = [...sources(folder), ...sources(join(ROOT, 'stdlib'))].map((path) => readFileSync(path, 'utf8')).join('\n');
  return [...new Set([...text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name))];
}

function prepare(name) {
  const folder = join(work, name);
  cpSync(join(ROOT, 'examples', name), folder, { recursive: true, filter: (path) => !/\/(node_modules|\.fx|generated)$/.test(path) });
  return folder;
}

function environments(folder) {
  const path = join(folder, 'project.fx');
  return existsSync(path) ? [...readFileSync(path, 'utf8').matchAll(/\benvironment\s+([a-z][a-z-]*)/g)].map(([, name]) => name) : [];
}

function commands(folder) {
  const names = [...new Set(sources(join(folder, 'integrations')).map((path) => basename(path).replace(/\.\w+$/, '')))];
  const emits = ['tokens', 'dom', 'ast', 'ir', 'map', 'graph', 'lock', 'react', 'config', 'report'].map((form) => ['check', `--emit=${form}`]);
  const shown = ['dot', 'mermaid', 'json', 'svg'].map((form) => ['graph', `--format=${form}`]);
  return [
    ['build', '-v', '--metrics=-'], ['build', '-v', '--phase=production'], ['build', '--check'], ['check', '--diagnostics-format=json'],
    ['check', '--diagnostics-format=gcc'], ['check', '--print-after=taint'], ['discover'], ['validate'], ['solve'], ['generate'], ['status'], ['status', '--format=json'],
    ['graph'], ...shown, ...emits, ...names.map((name) => ['why', name]), ['fmt', '--check'], ['fix', '--unsafe', '--diff'],
    ...sources(join(folder, 'integrations')).map((path) => ['convert', relative(folder, path)]),
  ];
}

/** Every place where the marker stands, but in the .env files that the test wrote. */
function found(folder) {
  return files(folder).filter((path) => !basename(path).startsWith('.env')).filter((path) => readFileSync(path).includes(MARKER)).map((path) => relative(folder, path));
}

for (const where of ['the environment', '.env files'])
  test(`markers in ${where} stay there`, () => {
    let ran = 0, malformed = 0;
    for (const name of examples) {
      const folder = prepare(name), names = variables(folder), kinds = [[], ...environments(folder).map((one) => [`--env=${one}`])];
      const env = { PATH: process.env.PATH, LC_ALL: 'C', FXC_STDLIB: join(ROOT, 'stdlib') };
      if (where === 'the environment') for (const variable of names) env[variable] = MARKER;
      else for (const file of ['.env', ...environments(folder).map((one) => `.env.${one}`)])
        writeFileSync(join(folder, file), names.map((variable, i) => `${i % 2 ? 'export ' : ''}${variable}=${['', '"', "'"][i % 3]}${MARKER}${['', '"', "'"][i % 3]}\r\n`).join(''));
      for (const command of commands(folder))
        for (const kind of kinds) {
          const done = spawnSync(FXC, [...command, ...kind], { cwd: folder, env, encoding: 'utf8', timeout: 30_000, maxBuffer: 1 << 28 });
          assert.ok([0, 1, 2].includes(done.status), `${name}: ${command} ${kind}: ${done.status} ${done.signal}`);
          assert.ok(!`${done.stdout}${done.stderr}`.includes(MARKER), `${name}: ${command} ${kind} prints a value`);
          malformed += /FX6002/.test(done.stderr);
          ran += done.status !== 2;
        }
      assert.deepEqual(found(folder), [], name);
      assert.ok(files(join(folder, 'generated')).length > 10, `${name} was built`);
    }
    assert.ok(ran > 100, `${ran} commands`);
    assert.ok(malformed > 5, `values were looked at (${malformed})`);
  });
