// Discovery beside Chromium: pages of our own and pages of other origins, all with uses and decoys from a seed, one project,
// and the map that `fxc discover` writes must have what Chromium finds, element for element and each at its place.
//
//   OWN=N      pages of our own (default 1500)      PAGES=N  of other origins (default 1500)      SEED=N  other ones
//
// A page with a fault stays in build/discovery/project/concept. Exit status 1 on any fault.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { spawnSync } from 'node:child_process';
import { compareDiscovery } from '../browser/discovery.mjs';
import { makeProject } from '../roundtrip/corpus.mjs';
import { inject, makePage } from './pages.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Writes the pages; returns how many by origin. */
function write(project, { own, others, seed }) {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  const origins = others ? makeProject(project, join(root, 'build/roundtrip/packages'), join(root, 'tests/roundtrip/pages'), others) : {};
  let number = seed * 1_000_003;
  if (others) {
    for (const file of readdirSync(join(project, 'concept'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      const path = join(file.parentPath ?? file.path, file.name);
      writeFileSync(path, inject(readFileSync(path), number++));
    }
  }
  mkdirSync(join(project, 'concept/made'), { recursive: true });
  for (let i = 0; i < own; i++) writeFileSync(join(project, `concept/made/m${String(i).padStart(5, '0')}.html`), makePage(number++));
  return { ...origins, made: own };
}

/** Returns what compareDiscovery() returns, and `origins`. */
export async function discoverBesideChromium(project, options) {
  const origins = write(project, options);
  const fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
  const run = spawnSync(fxc, ['discover', '-q', '-w', '--max-errors=0', '--diagnostics-format=json:diagnostics.jsonl'], { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 });
  // Malformed names are errors; only they may be.
  if (run.status > 1) throw new Error(`fxc discover ended with ${run.status}: ${run.stderr.slice(0, 2000)}`);
  const total = await compareDiscovery(project, join(project, 'generated/discovery-map.json'), join(project, 'concept'));
  return { ...total, origins };
}

async function main() {
  const { OWN = 1500, PAGES = 1500, SEED = 1 } = process.env;
  const total = await discoverBesideChromium(join(root, 'build/discovery/project'), { own: Number(OWN), others: Number(PAGES), seed: Number(SEED) });
  for (const fault of total.faults.slice(0, 200)) console.log(`  ${fault}`);
  console.log(`pages: ${total.pages} (${Object.entries(total.origins).map(([origin, number]) => `${origin} ${number}`).join(', ')})`);
  console.log(`discovery: ${total.elements} elements with uses in Chromium, ${total.uses} uses at their places, ${total.malformed} malformed names, ${total.faults.length} faults`);
  process.exitCode = total.faults.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
