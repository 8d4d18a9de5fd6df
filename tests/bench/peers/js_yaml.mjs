// The peer that reads YAML into JavaScript values, without places: milliseconds for all files, the best of several rounds.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { stopwatch } from './stopwatch.mjs';

const texts = process.argv.slice(2).map((file) => readFileSync(file, 'utf8'));
let best = Infinity;
for (let round = 0; round < 40; round++) {
  const elapsed = stopwatch();
  for (const text of texts) load(text);
  best = Math.min(best, elapsed());
}
console.log(`js-yaml ${best.toFixed(3)} ms`);
