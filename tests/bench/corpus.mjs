// A project of any size from a seed: pages of some 14 KB as people write them (navigation, prose, tables, forms, inline
// SVG, scripts), one in three with uses of twenty integrations, and in every page decoys that only look like uses; or
// `plain`, without either.
import { mkdirSync, writeFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Mulberry32: small, seeded, and the same on every machine. */
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

export const integrations = Array.from({ length: 20 }, (_, i) => `capability-${words[i * 4]}`);

function page(next, index, plain) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const sentence = (n) => Array.from({ length: n }, () => pick(words)).join(' ');
  const paragraph = () => `    <p>${sentence(12)}, <a href="/${pick(words)}.html" title="${sentence(2)}">${pick(words)}</a>`
    + ` &amp; <em>${sentence(3)}</em>. ${sentence(28)}; &ldquo;${sentence(9)}&rdquo;.</p>\n`;
  const row = () => `      <tr><th scope="row">${pick(words)}</th><td>${Math.floor(next() * 1000)}</td><td>${sentence(4)}</td></tr>\n`;
  const item = () => `      <li class="item ${pick(words)}"><a href="#${pick(words)}">${sentence(3)}</a></li>\n`;
  const field = (id) => `      <div class="field"><label for="f${id}">${sentence(2)}</label>`
    + `<input id="f${id}" name="${pick(words)}" data-slot="field" required></div>\n`;
  const use = (id) => `    <div class="group" data-integration="${pick(integrations)}" data-integration-required="true"\n`
    + `         data-integration-country="us">\n${field(id)}    </div>\n`;
  const decoys = '    <!-- <div data-integration="not-this"> -->\n'
    + '    <script>const text = \'<div data-integration="nor-this">\';</script>\n'
    + '    <textarea name="note"><div data-integration="neither"></textarea>\n';
  const uses = !plain && index % 3 === 0 ? 1 + Math.floor(next() * 4) : 0;
  let body = '';
  for (let section = 0; body.length < 12000; section++) {
    body += `  <section id="s${section}">\n    <h2>${sentence(4)}</h2>\n`;
    for (let i = 0; i < 4; i++) body += paragraph();
    if (section < uses) body += use(section);
    if (section === 1 && !plain) body += decoys;
    if (section === 2) body += `    <table>\n${Array.from({ length: 8 }, row).join('')}    </table>\n`;
    body += '  </section>\n';
  }
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>${sentence(3)}</title>\n`
    + `  <link rel="stylesheet" href="/site.css">\n</head>\n<body>\n  <nav><ul>\n${Array.from({ length: 12 }, item).join('')}  </ul></nav>\n`
    + `  <svg viewBox="0 0 24 24"><path d="M2 2h20v20H2z"/></svg>\n  <main>\n${body}  </main>\n</body>\n</html>\n`;
}

const manifest = (name) => `${name}:
  _metadata: { version: "2.1.0", author: bench }
  concept: { render: input-field, label: ${name}, purpose: Stand for a manifest of usual size }
  props: { country: { type: '"us" | "ca" | "de"', default: us } }
  slots: { field: input }
  operations: { check: { params: { text: string }, returns: bool } }
  prototype:
    integration: provider-of-${name}
    features: [validation]
    http: { check: { get: "https://api.example.com/check", query: { q: text }, result: /ok } }
  production: { fallback: manual-entry }
`;

/** Writes the project once; a second call with the same numbers finds it. Returns its size in bytes. */
export function makeCorpus(directory, pages, seed, plain = false) {
  const done = join(directory, `corpus-${pages}-${seed}.done`);
  const next = random(seed);
  let bytes = 0;
  const fresh = !existsSync(done);
  if (fresh) rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'integrations'), { recursive: true });
  for (const name of integrations) writeFileSync(join(directory, 'integrations', `${name}.yaml`), manifest(name));
  const files = [];
  for (let i = 0; i < pages; i++) {
    const folder = join(directory, 'concept', `part-${String(Math.floor(i / 500)).padStart(3, '0')}`);
    if (i % 500 === 0) mkdirSync(folder, { recursive: true });
    const text = page(next, i, plain);
    const file = join(folder, `page-${i}.html`);
    if (fresh) writeFileSync(file, text);
    bytes += Buffer.byteLength(text);
    files.push(file);
  }
  writeFileSync(join(directory, 'files.txt'), files.join('\n') + '\n');
  writeFileSync(done, '');
  return bytes;
}
