// A small run of tests/discovery: 150 pages of our own. SEED=N takes other ones.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { discoverBesideChromium } from '../discovery/discovery.mjs';
import { inject, makePage } from '../discovery/pages.mjs';
import { ROOT } from './harness.mjs';

it('finds what Chromium finds, element for element', { timeout: 120_000 }, async () => {
  const project = mkdtempSync(join(tmpdir(), 'fxc-discovery-'));
  const seed = Number(process.env.SEED ?? 7);
  const total = await discoverBesideChromium(project, { own: 150, others: 0, seed });
  assert.deepEqual(total.faults.slice(0, 10), [], `seed ${seed}, pages in ${project}`);
  assert.equal(total.pages, 150);
  assert.ok(total.uses > 1500, `${total.uses} uses are too few to say anything`);
  rmSync(project, { recursive: true });
});

it('has the same pages for the same seed, and puts uses into pages of others', () => {
  assert.deepEqual(makePage(5), makePage(5));
  assert.notDeepEqual(makePage(5), makePage(6));
  const page = readFileSync(join(ROOT, 'examples/storefront/concept/index.html'));
  const injected = inject(Buffer.concat(Array(20).fill(page)), 3).toString('latin1');
  assert.ok(injected.match(/data-integration/g).length > (page.toString('latin1').match(/data-integration/g) ?? []).length * 20);
});
