// The peer that reads YAML into JavaScript values, without places: milliseconds for all files, the best of several rounds.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { load } from 'js-yaml';

const texts = process.argv.slice(2).map((file) => readFileSync(file, 'utf8'));
let best = Infinity;
for (let round = 0; round < 40; round++) {
  const begin = performance.now();
  for (const text of texts) load(text);
  best = Math.min(best, performance.now() - begin);
}
console.log(`js-yaml ${best.toFixed(3)} ms`);
