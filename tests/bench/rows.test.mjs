// A run of the rows that need nothing but fxc and a C compiler, of a few pages: that they still run and say what they are
// asked for, and that every edit is taken back. No figure is held against anything.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { files } from './generate.mjs';

test('the rows run, and leave the pages as they were', () => {
  const out = mkdtempSync(join(tmpdir(), 'fxc-bench-'));
  const rows = ['C2', 'D3', 'I2', 'I3', 'I4', 'I5'];
  try {
    const environment = { ...process.env, OUT: out, PAGES: '40', RUNS: '1', SEED: '5', ROWS: rows.join(',') };
    const text = execFileSync(process.execPath, [join(import.meta.dirname, 'bench.mjs')], { encoding: 'utf8', env: environment });
    assert.match(text, /^Budgets$/m);
    const { verdicts, results, pages } = JSON.parse(readFileSync(join(out, 'bench.json'), 'utf8'));
    assert.equal(pages, 40);
    assert.deepEqual([...new Set(verdicts.map((one) => one.row))].sort(), ['C2', 'C3', 'D3', 'I2', 'I3', 'I4', 'I5']);
    assert.ok(verdicts.every((one) => Number.isFinite(one.value) && one.value > 0));
    assert.ok(results.every((row) => row.runs.length && row.command));
    assert.deepEqual(readdirSync(out).sort(), ['bench.json', 'bench.md', 'bench.svg']);
    const project = resolve(import.meta.dirname, '../../build/bench/pages-40');
    for (const [path, content] of files({ pages: 40, seed: 5 })) assert.equal(readFileSync(join(project, path), 'utf8'), content, path);
  } finally {
    rmSync(out, { recursive: true });
  }
});
