// The solver beside SAT solvers, on made-up problems (instances.h): whole processes, and forty manifests in memory. A
// peer that is not installed is named and left out. All must come to the same verdict.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kinds = ['easy', 'medium', 'hard', 'unsatisfiable', 'big'];
const peers = [['minisat', []], ['cadical', ['-q']], ['picosat', []]];
const verdicts = /^(?:s )?((?:UN)?SATISFIABLE)$/m;

/** The peers' versions, by the package that holds them; null: not installed. */
function versionOf(tool) {
  if (spawnSync('which', [tool]).status !== 0) return null;
  const known = spawnSync('dpkg-query', ['-W', '-f=${Version}', tool], { encoding: 'utf8' });
  return known.status === 0 ? known.stdout : '';
}

/** Writes an instance for us and for SAT solvers; answers both paths. */
function makeInstance(program, directory, kind, seed) {
  const [ours, theirs] = ['txt', 'cnf'].map((ending) => join(directory, `${kind}-${seed}.${ending}`));
  const options = { maxBuffer: 1 << 28 };
  writeFileSync(ours, execFileSync(program, ['make', kind, String(seed)], options));
  writeFileSync(theirs, execFileSync(program, ['dimacs', ours], options));
  return { ours, theirs };
}

function check(kind, expected, row) {
  const verdict = verdicts.exec(row.output)?.[1];
  if (verdict !== expected) throw new Error(`${row.tool} says of a ${kind} instance: ${verdict}, not ${expected}`);
}

/** One kind: every tool on each of its instances, the medians summed. */
function solveKind({ measure, program, version, tools, times }, kind, instances) {
  const sums = new Map();
  for (const instance of instances) {
    const own = measure(`solver, ${kind}`, 'fxc', version, [program, 'solve', instance.ours], { times });
    const expected = verdicts.exec(own.output)[1];
    const rows = [own, ...tools.map(([tool, flags, toolVersion]) =>
      measure(`solver, ${kind}`, tool, toolVersion, [tool, ...flags, instance.theirs], { times, warm: false, statuses: [10, 20] }))];
    for (const row of rows) {
      check(kind, expected, row);
      sums.set(row.tool, (sums.get(row.tool) ?? 0) + row.median);
    }
  }
  const best = Math.min(...[...sums].filter(([tool]) => tool !== 'fxc').map(([, sum]) => sum));
  return [kind, ...sums.values()].map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell))
    .concat(Number.isFinite(best) ? `${(sums.get('fxc') / best).toFixed(2)} x` : '');
}

/** Forty manifests, solved in memory. */
function solveManifests({ measure, table, program, version, root }, instance) {
  const rows = [measure('solver, 40 manifests in memory', 'fxc', version, [program, 'repeat', instance.ours], { times: 1 })];
  if (existsSync(join(root, 'node_modules/logic-solver'))) {
    rows.push(measure('solver, 40 manifests in memory', 'logic-solver', '2.0.1',
      [process.execPath, join(root, 'tests/bench/peer_logic_solver.mjs'), instance.ours], { times: 1, warm: false }));
  } else {
    console.log('  logic-solver is not installed');
  }
  const expected = verdicts.exec(rows[0].output)[1];
  const times = rows.map((row) => {
    check('manifests', expected, row);
    return Number(/([\d.]+) ms/.exec(row.output)[1]);
  });
  table('40 manifests of 8 to 24 releases, solved in memory', ['tool', 'version', 'median ms', 'time against the first'],
    rows.map((row, i) => [row.tool, row.version, times[i].toFixed(2), `${(times[i] / times[0]).toFixed(0)} x`]));
}

/** The two tables of the solver. `bench`: measure(), table(), runs, seed, root and version of the bench. */
export function solving(bench) {
  const directory = join(bench.root, 'build/bench/solver');
  mkdirSync(directory, { recursive: true });
  const program = join(bench.root, 'build/tests/bench/solver_bench');
  const tools = [];
  for (const [tool, flags] of peers) {
    const version = versionOf(tool);
    if (version === null) console.log(`\n${tool} is not installed`);
    else tools.push([tool, flags, version]);
  }
  const setting = { ...bench, program, tools, times: Math.min(bench.runs, 3) };
  const instances = (kind, count) => Array.from({ length: count }, (_, i) => makeInstance(program, directory, kind, bench.seed + i));
  bench.table('Choosing releases: 200 packages of 20, big 2,000; two instances of a kind, whole process, sums of median ms',
    ['kind', 'fxc', ...tools.map(([tool, , version]) => `${tool} ${version}`), 'against the best of them'],
    kinds.map((kind) => solveKind(setting, kind, instances(kind, 2))));
  solveManifests(setting, instances('manifests', 1)[0]);
}
