// A project of any size, the same for the same seed: node generate.mjs [--pages=200] [--integrations=12] [--seed=1] [DIR]
// Pages lie in folders of fifty and use none to three integrations each; a third of these require another one.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { pages: { type: 'string', default: '200' }, integrations: { type: 'string', default: '12' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const pages = Number(values.pages), root = positionals[0] ?? 'project';

/** Numbers from 0 to below 1 (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = random(Number(values.seed));
const below = (count) => Math.floor(next() * count);
const one = (list) => list[below(list.length)];

const subjects = ['address', 'booking', 'delivery', 'catalog', 'invoice', 'member', 'news', 'payment', 'photo', 'review', 'route', 'voucher'];
const activities = ['lookup', 'validation', 'display', 'capture', 'search', 'export'];
const words = 'the and of a to in for with on by from at as new next last each more time place order price name list page day year week'.split(' ');

const names = [];
for (let i = 0; names.length < Math.min(pages, Number(values.integrations)); i++) {
  const name = `${subjects[i % subjects.length]}-${activities[Math.floor(i / subjects.length) % activities.length]}`;
  names.push(i < subjects.length * activities.length ? name : `${name}-${i}`);
}
/** What an integration requires: one that comes before it, so that there is no circle. */
const required = names.map((_, i) => (i && i % 3 === 0 ? names[below(i)] : undefined));

const title = (name) => name.replace(/^./, (letter) => letter.toUpperCase()).replaceAll('-', ' ');

const manifest = (name, needs) => `// What pages of this project want when they say '${name}'.
integration ${name} {
  label "${title(name)}"
  purpose "So that the reader need not do it by hand"
  prop mode: "fast" | "exact" = "fast"
  prop limit: int = 10
  slot answer: output?

  type Answer { text: string  score: number? }

  operation ask(question: string) -> Answer

  release v1 = 1.${below(9)}.0 stable {
    provider first-${name}
    features basic
    ask = get "https://${name}.example/v1/ask" {
      query { q = question }
      result { text = "/text"  score = "/score" }
    }
  }

  release v2 = 2.${below(9)}.0 stable {
    provider second-${name}
    features basic, detailed
    ask = get "https://${name}.example/v2/ask" {
      query { q = question }
      result { text = "/answer/text"  score = "/answer/score" }
    }
  }

  active v2
  fallback v1 -> static
${needs ? `\n  requires ${needs} ">=1"\n` : ''}}
`;

const sentence = () => Array.from({ length: 6 + below(12) }, () => one(words)).join(' ') + '.';
const paragraph = () => `  <p>${Array.from({ length: 2 + below(5) }, sentence).join('\n    ')}</p>\n`;

function use(name) {
  const depends = required[names.indexOf(name)];
  const attributes = [`data-integration="${name}"`, `data-integration-mode="${one(['fast', 'exact'])}"`];
  if (next() < 0.5) attributes.push(`data-integration-limit="${1 + below(50)}"`);
  if (next() < 0.3) attributes.push('data-integration-capabilities="basic"');
  if (depends) attributes.push(`data-depends-on="${depends}"`);
  return `  <section ${attributes.join(' ')}>\n    <output data-slot="answer">${sentence()}</output>\n  </section>\n`;
}

function page(number) {
  const chosen = new Set(Array.from({ length: below(4) }, () => names[(number + below(4)) % names.length]));
  if (number < names.length) chosen.add(names[number]);  // none is without a page
  let body = `  <h1>Page ${number}</h1>\n${paragraph()}`;
  for (const name of chosen) body += use(name) + paragraph();
  return `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Page ${number}</title></head>\n<body>\n${body}</body>\n</html>\n`;
}

function put(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

for (const folder of ['concept', 'integrations']) rmSync(join(root, folder), { recursive: true, force: true });
put('project.fx', `// Made by generate.mjs.\nproject scale {\n  concept "concept/**/*.html"\n  manifests "integrations/*.fx"\n}\n`);
names.forEach((name, i) => put(`integrations/${name}.fx`, manifest(name, required[i])));
for (let number = 0; number < pages; number++) put(`concept/part-${Math.floor(number / 50)}/page-${number}.html`, page(number));
console.log(`${pages} pages and ${names.length} integrations in ${root}`);
