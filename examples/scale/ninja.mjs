// Writes build.ninja for the fxc project in the current folder: node ninja.mjs [--fxc=fxc] [--build=build]
//
//   manifests ──interfaces──► build/interfaces/NAME.fxi ──┐
//   concept/PAGE.html ────────────────────────────────object──► build/objects/PAGE.fxo ──link──► generated/
//
// What else a step reads (project file, templates, the interfaces of the names on a page) comes from its depfile. Every
// step leaves alone what does not change, and `restat` tells Ninja so: a manifest whose interface stays compiles no page.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { fxc: { type: 'string', default: 'fxc' }, build: { type: 'string', default: 'build' } } });
const build = values.build, interfaces = `${build}/interfaces`, names = `${interfaces}/names`, self = relative('.', fileURLToPath(import.meta.url));

const escape = (path) => path.replace(/[$ :]/g, '$$$&');
const quote = (word) => (/^[\w./=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
const command = (...words) => words.map(quote).join(' ').replaceAll('$', '$$$$');

// Objects of another fxc are of no use: the program is an input of every step.
const places = values.fxc.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter).map((folder) => `${folder}/`);
const program = places.map((place) => place + values.fxc).find((path) => existsSync(path)) ?? values.fxc;

/** Files and folders below a folder, sorted. */
function walk(folder, files = [], folders = [folder]) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(path, files, (folders.push(path), folders));
    else files.push(path);
  }
  return { files, folders };
}

// What is declared is known when the interfaces have been written once.
if (!existsSync(names)) {
  mkdirSync(interfaces, { recursive: true });
  const { status, error } = spawnSync(values.fxc, ['-w', '-c', '-o', interfaces], { stdio: 'inherit' });
  if (error) console.error(`ninja.mjs: cannot run ${values.fxc}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 2);
}
const declared = readFileSync(names, 'utf8').split('\n').filter(Boolean);
const concept = walk('concept'), manifests = walk('integrations');
const pages = concept.files.filter((file) => /\.html?$/.test(file));
const object = (page) => `${build}/objects/${page}.fxo`;

const text = `# Made by ${self}.
ninja_required_version = 1.7
builddir = ${escape(build)}

rule configure
  command = ${command(process.execPath, self, `--fxc=${values.fxc}`, `--build=${build}`)}
  description = CONFIGURE
  generator = 1

rule interfaces
  command = ${command(values.fxc, '-w', '-c', '-o', interfaces)} --depfile=$out.d
  description = INTERFACES
  depfile = $out.d
  deps = gcc
  restat = 1

rule object
  command = ${command(values.fxc, '-w', '-c', `--interfaces=${interfaces}`)} $in -o $out --depfile=$out.d
  description = OBJECT $in
  depfile = $out.d
  deps = gcc
  restat = 1

rule link
  command = ${command(values.fxc, '-q', 'link')} @$out.rsp --depfile=$out.d && touch $out
  description = LINK
  depfile = $out.d
  deps = gcc
  rspfile = $out.rsp
  rspfile_content = $in

build build.ninja: configure | ${[self, names, ...concept.folders, ...manifests.folders].map(escape).join(' ')}

build ${escape(names)} | ${declared.map((name) => escape(`${interfaces}/${name}.fxi`)).join(' ')}: interfaces | ${[program, ...manifests.files].map(escape).join(' ')}

${pages.map((page) => `build ${escape(object(page))}: object ${escape(page)} | ${escape(program)} || ${escape(names)}`).join('\n')}

build ${escape(`${build}/linked`)}: link ${pages.map((page) => escape(object(page))).join(' ')} | ${escape(names)} ${escape(program)}

default ${escape(`${build}/linked`)}
`;
writeFileSync('build.ninja', text);  // also when it stays the same: a folder was newer
