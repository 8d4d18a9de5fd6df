// How much memory a build takes: it grows with the largest page and with the number of pages and uses, not with the
// bytes of all pages. Two projects have the same uses, on short pages and on long ones; a third has four times the pages.
//   node tests/memory.mjs     FXC names another program than build/fxc
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './bench/generate.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const KB = 1024, MB = 1024 * KB;
const work = mkdtempSync(join(tmpdir(), 'fxc-memory-'));
let passed = 0, failed = 0;

/** The peak of a cold build on two threads, in bytes, as the kernel counts it, and what was built. */
function build(name, options) {
  const folder = join(work, name), metrics = join(work, 'metrics.json');
  const bytes = generate(folder, { size: 2000, folder: 100, ...options });
  const run = spawnSync(FXC, ['build', '-q', '-w', '-j2', '--no-cache', '-C', folder, '-o', join(folder, 'generated'), `--metrics=${metrics}`], { encoding: 'utf8' });
  if (run.status) throw new Error(`${name}: ended with ${run.status}: ${run.stderr.slice(0, 1000)}`);
  const { discovery, outputs, process: { peak_memory_kb: peak } } = JSON.parse(readFileSync(metrics, 'utf8'));
  rmSync(folder, { recursive: true });
  return { bytes, peak: peak * KB, pages: discovery.files_scanned, written: outputs.written };
}

function check(what, holds) {
  if (holds) passed++;
  else failed++, console.log(`FAILED: ${what}`);
}

const mb = (bytes) => `${(bytes / MB).toFixed(1)} MB`;
const small = build('small', { pages: 1000 });
const long = build('long', { pages: 1000, size: 20000 });
const many = build('many', { pages: 4000 });
const grown = long.peak - small.peak, perPage = (many.peak - small.peak) / 3000;
const largest = 24 * KB, copies = 40;  // of the largest page on each of two threads: its text, tree, code and map
console.log(`peak of 1,000 pages: ${mb(small.peak)} (${mb(small.bytes)} of pages), ${mb(long.peak)} (${mb(long.bytes)}); of 4,000: ${mb(many.peak)}, ${(perPage / KB).toFixed(1)} KB a page`);
check(`1,000 long pages take ${mb(grown)} more than short ones`, grown < 2 * copies * largest);
check('the pages are not larger in sum', long.bytes - small.bytes > 8 * 2 * copies * largest);
check(`a page takes ${(perPage / KB).toFixed(1)} KB of memory for good`, perPage < 6 * KB);
check('a build wrote too little', long.written > 2000 && many.written > 8000);
rmSync(work, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
