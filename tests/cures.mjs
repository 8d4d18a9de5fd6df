// The cures of versions and cycles, over golden cases: each fix of a diagnostic FX3001 or FX4xxx is applied alone, then
// the fault is gone, and none has come up that was not seen before. `tests/fix.mjs` applies all fixes together.
//
//   node tests/cures.mjs [TOPIC]...
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const GOLDEN = join(HERE, 'golden');
const FXC = resolve(process.env.FXC ?? join(HERE, '../build/fxc'));
const env = { ...process.env, FXC_STDLIB: 'stdlib', FXC_VERIFY: '1' };
const TOPICS = ['dependencies', 'graph', 'liveness', 'versions', 'lifecycle'];

/** What comes to light once a fault is cured: the next circle, where a cut says that one is left; live releases, once the solver has chosen. */
const FOLLOWS = { FX3001: ['FX3001'], FX4001: ['FX4007'], FX4002: ['FX4007'] };

const diagnose = (folder, options) =>
  spawnSync(FXC, ['check', ...options, '--diagnostics-format=json'], { cwd: folder, env, encoding: 'utf8', timeout: 20_000 })
    .stderr.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

const key = ({ code, file, message }) => `${code} ${file}: ${message}`;
const times = (list, one) => list.filter((other) => key(other) === key(one)).length;

/** A copy of the case's input that `use` may change. */
function inCopy(source, use) {
  const work = mkdtempSync(join(tmpdir(), 'fxc-cures-'));
  try {
    cpSync(source, work, { recursive: true, filter: (path) => !/^(cmd|stdin|stdout|stderr|status|out)$/.test(path.slice(source.length + 1)) });
    mkdirSync(join(work, 'stdlib'), { recursive: true });
    return use(work);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function apply(folder, edits) {
  const last = [...edits].sort((a, b) => b.range.start.byte - a.range.start.byte);
  for (const { file, range, text } of last) {
    const old = readFileSync(join(folder, file));
    writeFileSync(join(folder, file), Buffer.concat([old.subarray(0, range.start.byte), Buffer.from(text), old.subarray(range.end.byte)]));
  }
}

/** What is wrong with a fix of a diagnostic; empty when nothing is. */
function tryFix(folder, options, before, diagnostic, fix) {
  apply(folder, fix.edits);
  const after = diagnose(folder, options);
  if (times(after, diagnostic) >= times(before, diagnostic)) return `still there: ${key(diagnostic)}`;
  const came = after.filter((one) => one.severity === 'error' && !times(before, one) && !FOLLOWS[diagnostic.code]?.includes(one.code));
  return came.length ? `came up: ${came.map(key).join('; ')}` : '';
}

let tried = 0, failed = 0;
for (const topic of process.argv.length > 2 ? process.argv.slice(2) : TOPICS)
  for (const name of readdirSync(join(GOLDEN, topic)).sort()) {
    const source = join(GOLDEN, topic, name), cmd = join(source, 'cmd');
    const [word, ...options] = existsSync(cmd) ? readFileSync(cmd, 'utf8').split('\n')[0].trim().split(/\s+/) : ['check'];
    if (word !== 'check') continue;
    const before = inCopy(source, (folder) => diagnose(folder, options));
    for (const diagnostic of before.filter(({ code }) => /^FX(3001|4)/.test(code)))
      for (const fix of diagnostic.fixes) {
        const wrong = inCopy(source, (folder) => tryFix(folder, options, before, diagnostic, fix));
        tried++;
        if (!wrong) continue;
        failed++;
        console.log(`FAILED ${topic}/${name}: '${fix.title}'\n${wrong}`);
      }
  }
console.log(`${tried - failed} passed, ${failed} failed`);
process.exit(failed || !tried ? 1 : 0);
