// The solver beside SAT solvers, on made-up problems (instances.h): whole processes, and forty manifests in memory. A
// peer that is not installed is named and left out. All must come to the same verdict.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure, moduleVersion, packageVersion } from './measure.mjs';
import { judge, leaveOut, short, table } from './report.mjs';
import { asked, root } from './settings.mjs';

/** Kinds of problems, and how much of the best peer's time ours may take; "big" has no bound of its own. */
const kinds = {
  easy: { must: 1, goal: 0.5 },
  medium: { must: 2, goal: 1 },
  hard: { must: 3, goal: 1.5 },
  unsatisfiable: { must: 2, goal: 1 },
  big: {},
};
const peers = [['minisat', []], ['cadical', ['-q']], ['picosat', []]];
const verdicts = /^(?:s )?((?:UN)?SATISFIABLE)$/m;

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
function solveKind({ program, version, tools, times }, kind, instances) {
  const sums = new Map();
  for (const instance of instances) {
    const rows = measure(`V1, ${kind}`, [{ tool: 'fxc', version, command: [program, 'solve', instance.ours] },
      ...tools.map(([tool, flags, toolVersion]) => ({ tool, version: toolVersion, command: [tool, ...flags, instance.theirs], statuses: [10, 20] }))], { runs: times, warm: false });
    const expected = verdicts.exec(rows[0].output)[1];
    for (const row of rows) {
      check(kind, expected, row);
      sums.set(row.tool, (sums.get(row.tool) ?? 0) + row.median);
    }
  }
  const best = Math.min(...[...sums].filter(([tool]) => tool !== 'fxc').map(([, sum]) => sum));
  if (Number.isFinite(best)) judge('V1', `solver, ${kind}, against the best of the SAT solvers`, sums.get('fxc') / best, kinds[kind]);
  return [kind, ...[...sums.values()].map(short), Number.isFinite(best) ? `${short(sums.get('fxc') / best)} x` : ''];
}

/** Forty manifests, solved in memory. */
function solveManifests({ program, version, times }, instance) {
  const value = (output) => Number(/([\d.]+) ms/.exec(output)[1]);
  const contestants = [{ tool: 'fxc', version, command: [program, 'repeat', instance.ours], value }];
  const peer = moduleVersion('logic-solver');
  if (peer) contestants.push({ tool: 'logic-solver', version: peer, value, command: [process.execPath, join(import.meta.dirname, 'peers/logic_solver.mjs'), instance.ours] });
  else leaveOut('V2 logic-solver', 'not installed');
  const rows = measure('V2', contestants, { runs: times, warm: false });
  for (const row of rows) check('manifests', verdicts.exec(rows[0].output)[1], row);
  table('V2  40 manifests of 8 to 24 releases, solved in memory', ['tool', 'version', 'median ms', 'time against the first'],
    rows.map((row) => [row.tool, row.version, short(row.median), `${short(row.median / rows[0].median)} x`]));
  judge('V2', '40 manifests solved', rows[0].median, { must: 2, goal: 0.5, unit: 'ms' });
}

/** The two tables of the solver. */
export function solving({ runs, seed, version }) {
  const directory = join(root, 'build/bench/solver');
  mkdirSync(directory, { recursive: true });
  const program = join(root, 'build/tests/bench/solver_bench');
  const tools = peers.map(([tool, flags]) => [tool, flags, packageVersion(tool)]);
  for (const [tool, , known] of tools) if (!known) leaveOut(`V1 ${tool}`, 'not installed');
  const setting = { program, version, tools: tools.filter(([, , known]) => known), times: Math.min(runs, 3) };
  const instances = (kind, count) => Array.from({ length: count }, (_, i) => makeInstance(program, directory, kind, seed + i));
  if (asked('V1')) {
    table('V1  Choosing releases: 200 packages of 20, big 2,000; two instances of a kind, whole process, sums of median ms',
      ['kind', 'fxc', ...setting.tools.map(([tool, , known]) => `${tool} ${known}`), 'against the best of them'],
      Object.keys(kinds).map((kind) => solveKind(setting, kind, instances(kind, 2))));
  }
  if (asked('V2')) solveManifests(setting, instances('manifests', 1)[0]);
}
