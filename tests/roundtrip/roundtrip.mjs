// The round trip: pages → fxc → tsc → React 19 → HTML, and there Chromium must see the tree that it sees in the page,
// but for what fxc reported as dropped (tests/browser/roundtrip.mjs compares). Some pages are hydrated too, in React's
// development build. Prints the pages that differ and the percentage; fails under 98, when a file does not type-check
// or when a page speaks on the console. PAGES chooses how many pages, HYDRATE how many of them are hydrated.
import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { roundtrip } from '../browser/roundtrip.mjs';
import { makeProject } from './corpus.mjs';

const root = resolve(import.meta.dirname, '../..');
const project = join(root, 'build/roundtrip/project');
const fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
const at = (...path) => join(project, ...path);

function run(command, args) {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** Compiles the pages; diagnostics.jsonl has what was reported. */
function compile() {
  rmSync(at('generated'), { recursive: true, force: true });
  const compiled = run(fxc, ['build', '-q', '--max-errors=0', '--diagnostics-format=json:diagnostics.jsonl']);
  if (compiled.status === 0) return;
  const errors = readFileSync(at('diagnostics.jsonl'), 'utf8').split('\n').filter((line) => line.includes('"error"'));
  console.error([compiled.stderr.slice(0, 2000), ...errors.slice(0, 10)].join('\n'));
  throw new Error(`fxc build ended with ${compiled.status}`);
}

/** Type-checks what was emitted, beside what else is done; answers how many files have an error. */
function typeCheck() {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'examples/storefront/tsconfig.json'), 'utf8'));
  writeFileSync(at('tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, types: [] }, include: ['generated'] }));
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin/tsc'), ['--pretty', 'false', '-p', 'tsconfig.json'], { cwd: project, maxBuffer: 1 << 28 }, (error, stdout) => {
      const files = new Set(stdout.split('\n').map((line) => /^(\S.*?)\(\d+,/.exec(line)?.[1]).filter(Boolean));
      for (const line of stdout.split('\n').slice(0, 10)) if (line) console.log(`  ${line}`);
      resolve(error && files.size === 0 ? 1 : files.size);
    });
  });
}

/** Every so-manieth page, in a folder of its own. */
function sample(count) {
  const pages = readdirSync(at('concept'), { recursive: true }).map(String).filter((name) => name.endsWith('.html')).sort();
  rmSync(at('sample'), { recursive: true, force: true });
  for (let i = 0; i < Math.min(count, pages.length); i++) {
    const name = pages[Math.floor((i * pages.length) / Math.min(count, pages.length))];
    mkdirSync(dirname(at('sample', name)), { recursive: true });
    copyFileSync(at('concept', name), at('sample', name));
  }
  return at('sample');
}

mkdirSync(project, { recursive: true });
const origins = makeProject(project, join(root, 'build/roundtrip/packages'), join(import.meta.dirname, 'pages'), Number(process.env.PAGES ?? 420));
const names = Object.entries(origins).map(([origin, number]) => `${origin} ${number}`);
console.log(`pages: ${Object.values(origins).reduce((sum, number) => sum + number, 0)} (${names.join(', ')})`);
compile();
const checked = typeCheck();
const total = await roundtrip(at('concept'), at('generated'), { diagnostics: at('diagnostics.jsonl') });
const hydrated = await roundtrip(sample(Number(process.env.HYDRATE ?? 40)), at('generated'), { diagnostics: at('diagnostics.jsonl'), hydrate: true });
const speaking = hydrated.failures.filter(({ kind }) => kind === 'console');
for (const { page, kind, why } of [...total.failures, ...speaking]) console.log(`  ${page}: ${kind}: ${why}`);
const faulty = await checked;
const percent = (100 * (total.equal + total.reported)) / total.pages;
console.log(`type-checked with tsc --strict: ${faulty} files with errors`);
console.log(`hydrated in React 19's development build: ${hydrated.silent} of ${hydrated.pages} without a word on the console`);
console.log(`round trip: ${percent.toFixed(2)} % of ${total.pages} pages`);
console.log(`equal to Chromium's tree: ${total.equal}; but for what was reported: ${total.reported} (${total.loose} of these beyond checking); differ: ${total.different}; missing: ${total.missing}`);
process.exitCode = faulty === 0 && speaking.length === 0 && percent >= 98 ? 0 : 1;
