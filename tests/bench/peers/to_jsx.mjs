// The peers that make components of pages: to_jsx.mjs TOOL LIST compiles every page that LIST names, all in memory, for some
// rounds, the first of which warms the machine up; prints pages a second of the best one, and what was refused.
import { readFileSync } from 'node:fs';
import { stopwatch } from './stopwatch.mjs';

/** Astro's compiler, in Rust, as a module of Node.js. */
async function astro(options) {
  const { transform } = await import('@astrojs/compiler-rs');
  return (html) => {
    const made = transform(html, { filename: 'page.astro', ...options });
    if (!made.code || (options.sourcemap && !made.map)) throw new Error(made.diagnostics[0]?.text);
    return made.code;
  };
}

const make = {
  astro: () => astro({}),
  'astro-map': () => astro({ sourcemap: 'external' }),
  /** What an application would write with care: parse5, and a printer that keeps to React's rules. */
  async parse5() {
    const { jsxOf } = await import('./parse5_jsx.mjs');
    return jsxOf;
  },
  async rehype() {
    const [{ unified }, { default: rehypeParse }, { toEstree }, { jsx, toJs }] = await Promise.all(
      ['unified', 'rehype-parse', 'hast-util-to-estree', 'estree-util-to-js'].map((name) => import(name)));
    const parser = unified().use(rehypeParse);
    return (html) => toJs(toEstree(parser.parse(html)), { handlers: jsx }).value;
  },
  async vue() {
    const { compile } = await import('@vue/compiler-dom');
    return (html) => compile(html, { mode: 'module' }).code;
  },
  async svelte() {
    const { compile } = await import('svelte/compiler');
    return (html) => compile(html.replace(/^<!DOCTYPE html>/, ''), { generate: 'server', css: 'external' }).js.code;
  },
  async htmltojsx() {
    const { default: Converter } = await import('htmltojsx');
    const converter = new Converter({ createClass: false });
    return (html) => converter.convert(html);
  },
  async 'html-to-jsx-transform'() {
    const { htmlToJsx } = await import('html-to-jsx-transform');
    return htmlToJsx;
  },
};

const [, , tool, list, rounds = '3'] = process.argv;
const pages = readFileSync(list, 'utf8').trim().split('\n').map((file) => readFileSync(file, 'utf8'));
const compile = await make[tool]();
let best = Infinity, refused = 0, bytes = 0;
for (let round = 0; round <= Number(rounds); round++) {
  refused = bytes = 0;
  const elapsed = stopwatch();
  for (const page of pages) {
    try {
      bytes += compile(page).length;
    } catch {
      refused++;
    }
  }
  if (round) best = Math.min(best, elapsed());
}
console.log(`${(pages.length / best * 1000).toFixed(1)} pages/s, ${bytes} characters, ${refused} refused`);
process.exit(0);
