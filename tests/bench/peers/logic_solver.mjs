// The peer of the solver that package managers in JavaScript use: MiniSat, compiled to JavaScript. In: an instance
// (instances.h). Out: the verdict and the milliseconds that building and solving takes, a median.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { stopwatch } from './stopwatch.mjs';

const Logic = createRequire(import.meta.url)('logic-solver');
const [, sizes, ...lines] = readFileSync(process.argv[2], 'utf8').trim().split('\n');
const counts = sizes.trim().split(' ').map(Number);
const rules = lines.map((line) => line.split(' ').map(Number));

function solve() {
  const solver = new Logic.Solver();
  counts.forEach((count, p) => solver.require(Logic.exactlyOne(`${p}-`, ...Array.from({ length: count }, (_, c) => `${p}-${c}`))));
  for (const [from, release, to, range] of rules) {
    const some = Logic.or(Array.from({ length: counts[to] }, (_, c) => c).filter((c) => (range >> c) & 1).map((c) => `${to}-${c}`));
    solver.require(from < 0 ? some : Logic.implies(`${from}-${release}`, some));
  }
  return solver.solve() !== null;
}

const times = [];
let found;
for (let i = 0; i < 5; i++) {
  const elapsed = stopwatch();
  found = solve();
  times.push(elapsed());
}
console.log(`${found ? 'SATISFIABLE' : 'UNSATISFIABLE'}\n${times.sort((a, b) => a - b)[2].toFixed(3)} ms`);
