// A project of the examples that the heads of the standard library's manifests show, one page each, in build/.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const library = process.env.FXC_STDLIB ?? join(root, 'stdlib');
const fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));

/** The names of the standard library's integrations. */
export const names = readdirSync(join(root, 'stdlib')).filter((file) => file.endsWith('.fx')).map((file) => file.slice(0, -'.fx'.length));

/** Where a project lies; each test has its own, since they run side by side. */
export const project = (name) => join(root, 'build/stdlib', name);

/** The markup that the head of a manifest shows: the indented lines behind "On a page:". */
function exampleOf(name) {
  const lines = readFileSync(join(root, 'stdlib', `${name}.fx`), 'utf8').split('\n');
  const start = lines.findIndex((line) => /on a page|a page may use/i.test(line));
  assert.notEqual(start, -1, `${name}.fx shows no example`);
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines.slice(start, end).filter((line) => line.startsWith('//   ')).map((line) => line.slice('//   '.length)).join('\n');
}

/** Makes it anew, with a page a name; `change` may write the markup of a page in another way. */
export function makeProject(name, change = (_, markup) => markup, pages = names.map((integration) => [integration, integration])) {
  rmSync(project(name), { recursive: true, force: true });
  mkdirSync(join(project(name), 'concept'), { recursive: true });
  writeFileSync(join(project(name), 'project.fx'), 'project stdlib-examples {\n  use stdlib\n}\n');
  for (const [page, integration] of pages)
    writeFileSync(join(project(name), 'concept', `${page}.html`),
      `<!doctype html>\n<html lang="en">\n<head><title>${page}</title></head>\n<body>\n${change(page, exampleOf(integration))}\n</body>\n</html>\n`);
}

/** Runs fxc, or another program, in a project. */
export function run(name, args, command = fxc) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: project(name), encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 26, env: { ...process.env, FXC_STDLIB: library },
  });
  return { status, stdout, stderr };
}
