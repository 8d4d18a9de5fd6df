// Projects of any size and shape from a seed, the same bytes on every machine: pages as people write them (navigation,
// prose, tables, forms, inline SVG, scripts), a share of them with uses, and in every page decoys that only look like
// uses; manifests that require each other. Every file has random numbers of its own, so that no file depends on how many
// there are, and none is kept in memory.
//
//   node tests/bench/generate.mjs DIR --pages 50000 --manifests 200 --seed 3
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a project is like; each is an option of the command line too, in kebab case. */
export const defaults = {
  seed: 1,
  pages: 1000,
  size: 12000, // bytes of a page's body, at least; some 1,500 come to it
  largest: 0, // bytes of the first page's body, when it is to be larger than the others
  uses: 1 / 3, // share of the pages that have one to four uses
  plain: false, // no page names an attribute of ours, not even in a decoy
  wellFormed: false, // nothing that a tool might refuse: no scripts, no decoys, every table with its tbody
  depth: 1, // folders between concept/ and a page
  folder: 500, // pages of a folder
  manifests: 20,
  requires: 2, // integrations that a manifest requires, at most: some with lower numbers
  manifestSize: 0, // bytes of a manifest, at least: operations, types and props are added until then
};

/** Mulberry32: small, seeded, and in whole numbers until the last step. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const words = `account address answer area arrive bench board bridge carry center change choose city clear coast
  color count cover daily deliver detail early every field figure follow garden gather green harbor history house island
  known label large letter level light little local market matter middle minute morning mountain number often order
  other paper people place plain point press price quick quiet range reach record river round season second settle
  shore simple small sound south spring stand station steady stone street summer table title tower travel under value
  village visit water weather winter wooden yellow`.split(/\s+/);

/** The name of integration number i. */
export function integrationName(i) {
  return i < 20 ? `capability-${words[i * 4]}` : `capability-${words[i % words.length]}-${i}`;
}

function pageText(project, index) {
  const next = random(Math.imul(project.seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const pick = (list) => list[Math.floor(next() * list.length)];
  const sentence = (count) => {
    let text = pick(words);
    for (let i = 1; i < count; i++) text += ` ${pick(words)}`;
    return text;
  };
  const many = (count, make) => {
    let text = '';
    for (let i = 0; i < count; i++) text += make();
    return text;
  };
  const paragraph = () => `    <p>${sentence(12)}, <a href="/${pick(words)}.html" title="${sentence(2)}">${pick(words)}</a>`
    + ` &amp; <em>${sentence(3)}</em>. ${sentence(28)}; &ldquo;${sentence(9)}&rdquo;.</p>\n`;
  const row = () => `      <tr><th scope="row">${pick(words)}</th><td>${Math.floor(next() * 1000)}</td><td>${sentence(4)}</td></tr>\n`;
  const item = () => `      <li class="item ${pick(words)}"><a href="#${pick(words)}">${sentence(3)}</a></li>\n`;
  const field = (id) => `      <div class="field"><label for="f${id}">${sentence(2)}</label>`
    + `<input id="f${id}" name="${pick(words)}" data-slot="field" required></div>\n`;
  const use = (id) => `    <div class="group" data-integration="${integrationName(Math.floor(next() * project.manifests))}" data-integration-required="true"\n`
    + `         data-integration-country="us">\n${field(id)}    </div>\n`;
  const decoys = '    <!-- <div data-integration="not-this"> -->\n'
    + '    <script>const text = \'<div data-integration="nor-this">\';</script>\n'
    + '    <textarea name="note"><div data-integration="neither"></textarea>\n';
  const table = () => {
    const rows = many(8, row);
    return project.wellFormed ? `    <table><tbody>\n${rows}    </tbody></table>\n` : `    <table>\n${rows}    </table>\n`;
  };
  const uses = !project.plain && next() < project.uses ? 1 + Math.floor(next() * 4) : 0;
  const least = index === 0 && project.largest ? project.largest : project.size;
  let body = '', length = 0;
  for (let section = 0; length < least || section < uses; section++) {
    let text = `  <section id="s${section}">\n    <h2>${sentence(4)}</h2>\n${many(4, paragraph)}`;
    if (section < uses) text += use(section);
    if (section === 1 && !project.plain && !project.wellFormed) text += decoys;
    if (section === 2) text += table();
    body += text + '  </section>\n';
    length += text.length;
  }
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>${sentence(3)}</title>\n`
    + `  <link rel="stylesheet" href="/site.css">\n</head>\n<body>\n  <nav><ul>\n${many(12, item)}  </ul></nav>\n`
    + `  <svg viewBox="0 0 24 24"><path d="M2 2h20v20H2z"/></svg>\n  <main>\n${body}  </main>\n</body>\n</html>\n`;
}

/** Further operations with a type and a prop each, until the manifest is as long as it shall be. */
function more(project, length) {
  let types = '', operations = '', http = '', props = '';
  for (let i = 0; length + types.length + operations.length + http.length + props.length < project.manifestSize; i++) {
    const word = words[(i * 7) % words.length];
    props += `    ${word}-${i}: { type: '"small" | "large" | "round"', default: small }\n`;
    types += `    ${word[0].toUpperCase()}${word.slice(1)}${i}: { street: string, city: string, postcode: string?, position: number }\n`;
    operations += `    find${i}: { params: { text: string, limit: int? }, returns: ${word[0].toUpperCase()}${word.slice(1)}${i} }\n`;
    http += `      find${i}:\n        get: "https://api.example.com/${word}/${i}"\n        query: { q: text, limit: limit }\n`
      + '        result: { street: /street/name, city: /city, postcode: /code, position: /at }\n';
  }
  return { types: types && `  types:\n${types}`, operations, http, props };
}

function manifestText(project, index) {
  const next = random(Math.imul(project.seed, 0xc2b2ae35) ^ Math.imul(index + 1, 0x27d4eb2f));
  const name = integrationName(index);
  const required = new Set();
  for (let i = Math.floor(next() * (project.requires + 1)); i > 0 && index; i--) required.add(integrationName(Math.floor(next() * index)));
  const base = 600;
  const added = more(project, base);
  return `${name}:
  _metadata: { version: "2.1.0", author: bench }
  concept: { render: input-field, label: ${name}, purpose: Stand for a manifest of usual size }
  props:
    country: { type: '"us" | "ca" | "de"', default: us }
${added.props}  slots: { field: input }
${added.types}  operations:
    check: { params: { text: string }, returns: bool }
${added.operations}  prototype:
    integration: provider-of-${name}
    features: [validation]
    http:
      check: { get: "https://api.example.com/check", query: { q: text }, result: /ok }
${added.http}  production: { fallback: manual-entry }
${required.size ? `  dependencies: { required: [${[...required].join(', ')}] }\n` : ''}`;
}

function pagePath(project, index) {
  let folder = Math.floor(index / project.folder);
  let path = '';
  for (let level = 1; level < project.depth; level++) {
    path = `/level-${folder % 10}${path}`;
    folder = Math.floor(folder / 10);
  }
  return `concept/part-${String(folder).padStart(3, '0')}${path}/page-${index}.html`;
}

/** Every file of a project: its path in it and its text. */
export function* files(options = {}) {
  const project = { ...defaults, ...options };
  for (let i = 0; i < project.manifests; i++) yield [`integrations/${integrationName(i)}.yaml`, manifestText(project, i)];
  for (let i = 0; i < project.pages; i++) yield [pagePath(project, i), pageText(project, i)];
}

/** SHA-256 over all paths and texts. */
export function digest(options) {
  const hash = createHash('sha256');
  for (const [path, text] of files(options)) hash.update(`${path}\0${text}\0`);
  return hash.digest('hex');
}

/**
 * Writes a project; one that is there already and has the same options stays. `files.txt` in it lists its pages.
 * Answers the bytes of its pages.
 */
export function generate(directory, options = {}) {
  const project = { ...defaults, ...options };
  const mark = join(directory, '.generated.json');
  const wanted = JSON.stringify(project);
  if (existsSync(mark)) {
    const { bytes, ...known } = JSON.parse(readFileSync(mark, 'utf8'));
    if (JSON.stringify(known) === wanted) return bytes;
  }
  rmSync(directory, { recursive: true, force: true });
  let bytes = 0, list = '', folder = '';
  for (const [path, text] of files(project)) {
    const file = join(directory, path);
    if (dirname(file) !== folder) mkdirSync((folder = dirname(file)), { recursive: true });
    writeFileSync(file, text);
    if (!path.startsWith('concept/')) continue;
    bytes += text.length; // ASCII
    list += `${file}\n`;
  }
  writeFileSync(join(directory, 'files.txt'), list);
  writeFileSync(mark, JSON.stringify({ ...project, bytes }));
  return bytes;
}

function usage(message) {
  const names = Object.keys(defaults).map((name) => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`);
  console.error(`${message}\nusage: node generate.mjs DIR [OPTION VALUE]…, of ${names.join(', ')}`);
  process.exit(2);
}

function main([directory, ...rest]) {
  if (!directory || directory.startsWith('-')) usage('a directory is missing');
  const options = {};
  for (let i = 0; i < rest.length; i++) {
    const name = rest[i].replace(/^--/, '').replace(/-([a-z])/g, (_, c) => c.toUpperCase());
    if (!(name in defaults)) usage(`unknown: ${rest[i]}`);
    if (typeof defaults[name] === 'boolean') options[name] = true;
    else options[name] = Number(rest[++i]);
    if (Number.isNaN(options[name])) usage(`not a number: ${rest[i]}`);
  }
  const bytes = generate(resolve(directory), options);
  console.log(`${options.pages ?? defaults.pages} pages, ${(bytes / 1e6).toFixed(1)} MB, in ${directory}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
