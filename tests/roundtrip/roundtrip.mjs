// The round trip: pages → fxc → tsc → React 19 → HTML, and there Chromium must see the tree that it sees in the page,
// but for what fxc reported as dropped (tests/browser/roundtrip.mjs compares). Prints the pages that differ and the
// percentage; fails under 98, or when a file does not type-check. PAGES chooses how many.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** Type-checks what was emitted; returns how many files have an error. */
function typeCheck() {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'examples/storefront/tsconfig.json'), 'utf8'));
  writeFileSync(at('tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, types: [] }, include: ['generated'] }));
  const checked = run(join(root, 'node_modules/.bin/tsc'), ['--pretty', 'false', '-p', 'tsconfig.json']);
  const files = new Set(checked.stdout.split('\n').map((line) => /^(\S.*?)\(\d+,/.exec(line)?.[1]).filter(Boolean));
  for (const line of checked.stdout.split('\n').slice(0, 10)) if (line) console.log(`  ${line}`);
  return files.size;
}

mkdirSync(project, { recursive: true });
const origins = makeProject(project, join(root, 'build/roundtrip/packages'), join(import.meta.dirname, 'pages'), Number(process.env.PAGES ?? 420));
const names = Object.entries(origins).map(([origin, number]) => `${origin} ${number}`);
console.log(`pages: ${Object.values(origins).reduce((sum, number) => sum + number, 0)} (${names.join(', ')})`);
compile();
const faulty = typeCheck();
console.log(`type-checked with tsc --strict: ${faulty} files with errors`);
const total = await roundtrip(at('concept'), at('generated'), { diagnostics: at('diagnostics.jsonl') });
for (const { page, kind, why } of total.failures) console.log(`  ${page}: ${kind}: ${why}`);
const percent = (100 * (total.equal + total.reported)) / total.pages;
console.log(`equal to Chromium's tree: ${total.equal} of ${total.pages}; ${total.reported} more differ as reported, ${total.different} differ, ${total.missing} are missing`);
console.log(`round trip: ${percent.toFixed(2)} %`);
process.exitCode = faulty === 0 && percent >= 98 ? 0 : 1;
