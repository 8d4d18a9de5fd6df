// In: fxc over a small project. Out: whether it stands that every system call, every allocation fails in turn, and that it is
// killed in front of every call or at any time: a status that is promised and a diagnostic, outputs that are the old or the
// new set to the byte, and a next build that is right and leaves nothing lying about.
//
//   node tests/fault/fault.mjs [--seconds=N] [--seed=N] [--scenario=NAME,…] [--kind=calls,kills,allocations,timers,memory] [--only=SCENARIO/FAULT] [--keep]
//   FXC=PROGRAM       another build of fxc (default build/fxc)
//   --kind=memory     each allocation of a sanitizer's build, which the shim can not stand in front of, fails: FXC names
//                     a build made with MEM_FAILS (compiler/base/mem.c)
//
// Without --seconds everything is tried, with it as much as there is time for, in an order that the seed decides.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fxc = resolve(root, process.env.FXC ?? 'build/fxc');
const shim = resolve(root, process.env.FAULT_SHIM ?? 'build/tests/fault/fault.so');
const option = (name, otherwise) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const seconds = Number(option('seconds', Infinity));
const only = option('only', '');
const kinds = option('kind', 'calls,kills,allocations,timers').split(',');
const LONGEST_MS = 20_000;

/* The project, before and behind an edit */

const manifest = (version) => `integration place-lookup {
  label   "Find a place"
  purpose "Look a place up by its name"
  prop    country: "us" | "de" = "us"
  release v1 = ${version} stable {
    provider local-places
    features lookup
  }
}
`;
const page = (text) => `<!DOCTYPE html><title>${text}</title><p data-integration="place-lookup" data-integration-country="de">${text}</p>\n`;
const plain = {
  'project.fx': 'project {\n  environment live { }\n}\n',
  'integrations/other.yaml': 'other-lookup:\n  concept: { label: Other, purpose: Another one }\n  versions: { v2: { prototype: { integration: local-others } } }\n',
  'concept/index.html': '<!DOCTYPE html><title>Home</title><p data-integration="other-lookup">Home</p>\n',
};
const BEFORE = { ...plain, 'concept/shop/cart.html': page('Cart'), 'concept/old.html': page('Old'), 'integrations/place-lookup.fx': manifest('1.0.0') };
const BEHIND = { ...plain, 'concept/shop/cart.html': page('Basket'), 'concept/new/one.html': page('New'), 'integrations/place-lookup.fx': manifest('1.1.0') };
const ONE_PAGE = { ...BEFORE, 'concept/shop/cart.html': page('Bag') };

/** Where a run starts from (null: sources alone), what it compiles, and the words. */
const scenarios = {
  cold: { from: null, to: BEHIND, words: ['build', '-j1'] },
  changed: { from: BEFORE, to: BEHIND, words: ['build', '-j1'] },
  page: { from: BEFORE, to: ONE_PAGE, words: ['build', '-j1'] },
  same: { from: BEHIND, to: BEHIND, words: ['build', '-j1'] },
  uncached: { from: BEFORE, to: BEHIND, words: ['build', '-j1', '--no-cache'] },
  watch: { from: BEFORE, to: BEHIND, words: ['watch', '-j1', '--stdin-close'] },
  looking: { from: BEFORE, to: BEHIND, words: ['watch', '-j1', '--stdin-close'], env: { FXC_WATCH: 'poll' } },
  threads: { from: BEFORE, to: BEHIND, words: ['build', '-j2'] },
};

function put(home, files) {
  for (const folder of ['concept', 'integrations'])
    for (const path of Object.keys(tree(join(home, folder)))) if (!(`${folder}/${path}` in files)) rmSync(join(home, folder, path));
  for (const [path, text] of Object.entries(files)) {
    const full = join(home, path);
    if (existsSync(full) && readFileSync(full, 'utf8') === text) continue;
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  if (!('concept/new/one.html' in files)) rmSync(join(home, 'concept/new'), { recursive: true, force: true });
}

/** Every file below a folder with its bytes. */
function tree(folder) {
  const found = {};
  const walk = (inside) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = join(inside, entry.name);
      if (entry.isDirectory()) walk(path);
      else found[path] = readFileSync(join(folder, path), 'latin1');
    }
  };
  if (existsSync(folder) && statSync(folder).isDirectory()) walk('.');
  return found;
}

const same = (a, b) => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};

function difference(found, wanted) {
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])].sort();
  return names.filter((name) => found[name] !== wanted[name]).map((name) => `${!(name in found) ? 'no' : !(name in wanted) ? 'extra' : 'other'} ${name}`).slice(0, 6).join(', ');
}

/* Runs */

const FOUND_A_FAULT = 99;  // status of a sanitizer; what memory a failure leaves behind is the system's to take back
const sanitizers = { ASAN_OPTIONS: `exitcode=${FOUND_A_FAULT}:detect_leaks=0` };
const environment = (more) => ({ PATH: process.env.PATH, LC_ALL: 'C', FXC_STDLIB: '/nonexistent', ...sanitizers, ...more });

function run(home, words, env = {}, kill, program = fxc) {
  return new Promise((done) => {
    const child = spawn(program, [...words, '--today=2026-03-01'], { cwd: home, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '', stderr = '';
    child.stdout.on('data', (text) => (stdout += text));
    child.stderr.on('data', (text) => (stderr += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), kill ?? LONGEST_MS);
    const started = Date.now();
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      done({ status, signal, stdout, stderr, hung: kill === undefined && Date.now() - started >= LONGEST_MS });
    });
  });
}

const newHome = () => mkdtempSync(join(tmpdir(), 'fxc-fault-'));

/** What a build without a past makes of the files. */
async function reference(files) {
  const home = newHome();
  put(home, files);
  const { status, stderr } = await run(home, ['build', '-j1']);
  if (status !== 0) throw new Error(`the project does not build: ${stderr}`);
  const found = { outputs: tree(join(home, 'generated')), lock: readFileSync(join(home, 'fx.lock'), 'latin1'), stderr };
  rmSync(home, { recursive: true });
  return found;
}

function complain(message) {
  throw new Error(message);
}

/** The files beside the sources that ought not to be there. */
function strays(home) {
  const known = new Set(['concept', 'integrations', 'project.fx', 'generated', 'fx.lock', '.fx']);
  const beside = readdirSync(home).filter((name) => !known.has(name));
  const temporary = Object.keys(tree(join(home, '.fx'))).filter((name) => /\.tmp$/.test(name) && !name.startsWith('cache/')); // the cache sweeps by age
  return [...beside, ...temporary.map((name) => `.fx/${name}`)];
}

async function prepare(home, scenario) {
  if (scenario.from) {
    put(home, scenario.from);
    const { status, stderr } = await run(home, ['build', '-j1']);
    if (status !== 0 || stderr !== '') complain(`the build before ended with ${status}\n${stderr}`);
    const found = tree(join(home, 'generated'));
    if (!same(found, scenario.old.outputs)) complain(`the build before made something else: ${difference(found, scenario.old.outputs)}`);
  } else {
    for (const name of ['generated', '.fx', 'fx.lock']) rmSync(join(home, name), { recursive: true, force: true });
  }
  put(home, scenario.to);
}

const isKill = (fault) => /:(kill|torn)$/.test(fault) || fault.startsWith('timer');
const mustSucceed = (fault, call) => (fault.endsWith(':short') || fault.endsWith(':4')) && !/^(close|closedir|fclose)$/.test(call.name) && !(call.name === 'write' && call.about <= 2);

function judgeEnd(scenario, { fault, call }, ended) {
  if (ended.hung) complain('it hangs');
  if (ended.signal && !(isKill(fault) && ended.signal === 'SIGKILL')) complain(`it died of ${ended.signal}\n${ended.stderr}`);
  if (ended.signal) return;
  if (![0, 1, 3].includes(ended.status)) complain(`status ${ended.status}\n${ended.stderr}`);
  const speechless = call?.name === 'write' && (Number(call.about) <= 2 || fault.includes('+'));
  if (ended.status !== 0 && !speechless && !/\[FX\d{4}\]/.test(ended.stderr)) complain(`status ${ended.status} and no diagnostic: ${JSON.stringify(ended.stderr)}`);
  if (call && mustSucceed(fault, call) && ended.status !== 0) complain(`status ${ended.status} where it had only to ask again\n${ended.stderr}`);
  const errors = ended.stderr.split('\n').filter((line) => / error: /.test(line) || line.startsWith('fxc: error'));
  if (ended.status === 0 && errors.length && !scenario.words.includes('watch')) complain(`status 0 beside errors: ${errors[0]}`);
}

function judgeOutputs(scenario, home, ended, fault) {
  const found = tree(join(home, 'generated'));
  const old = scenario.old?.outputs ?? {};
  const isNew = same(found, scenario.new.outputs), isOld = same(found, old);
  const watches = scenario.words.includes('watch');
  // Who may not read a file cannot see that it is an output; it is somebody else's then.
  const foreign = /:13$/.test(fault) && difference(found, scenario.new.outputs).split(', ').every((part) => part.startsWith('extra '));
  if (foreign) return;
  if (ended.status === 0 && !ended.signal && !watches && !isNew) complain(`status 0, and the outputs are not the new ones: ${difference(found, scenario.new.outputs)}`);
  // A set that is decided and not yet in place: the next build finishes it, whatever it is asked for.
  const pending = existsSync(join(home, 'generated.fx-commit'));
  if (!isNew && !isOld && !pending) complain(`outputs that are neither old nor new: ${difference(found, scenario.new.outputs)}; beside the old: ${difference(found, old)}`);
  const lock = existsSync(join(home, 'fx.lock')) ? readFileSync(join(home, 'fx.lock'), 'latin1') : '';
  if (lock !== scenario.new.lock && lock !== (scenario.old?.lock ?? '')) complain('a lock that is neither old nor new');
  if (!isKill(fault) && !pending && !fault.includes('+')) {
    const left = strays(home);
    if (left.length && ended.status === 0) complain(`left behind: ${left.join(', ')}`);
  }
}

async function judgeNext(scenario, home) {
  const next = await run(home, ['build', '-j1']);
  if (next.status !== 0 || next.stderr !== scenario.new.stderr) complain(`the next build ended with ${next.signal ?? next.status}\n${next.stderr}`);
  const found = tree(join(home, 'generated'));
  if (!same(found, scenario.new.outputs)) complain(`the next build made something else: ${difference(found, scenario.new.outputs)}`);
  if (readFileSync(join(home, 'fx.lock'), 'latin1') !== scenario.new.lock) complain('the next build wrote another lock');
  const left = strays(home);
  if (left.length) complain(`left behind by the next build: ${left.join(', ')}`);
}

async function attempt(home, one) {
  const scenario = scenarios[one.scenario];
  await prepare(home, scenario);
  const timer = one.fault.startsWith('timer') ? Number(one.fault.slice(6)) : undefined;
  const shimmed = timer === undefined && one.kind !== 'memory' ? { LD_PRELOAD: shim, FAULT: one.fault } : {};
  const starved = one.kind === 'memory' ? { FXC_MEMORY_FAILS: one.fault.slice('memory#'.length) } : {};
  const env = { ...scenario.env, ...shimmed, ...starved };
  const ended = await run(home, scenario.words, env, timer);
  judgeEnd(scenario, one, ended);
  judgeOutputs(scenario, home, ended, one.fault);
  await judgeNext(scenario, home);
}

/* What can fail, and how */

const errno = { EPERM: 1, EINTR: 4, EIO: 5, ENOMEM: 12, EACCES: 13, EMFILE: 24, ENOSPC: 28, ENOLCK: 37 };
const OPENS = ['EACCES', 'EMFILE', 'EINTR', 'EIO'], CHANGES = ['EACCES', 'ENOSPC', 'EIO'], LOOKS = ['EACCES', 'EIO'];
const faults = {
  open: OPENS, openat: OPENS, __open_2: OPENS, __openat_2: OPENS, opendir: OPENS, fopen: OPENS, fdopendir: ['ENOMEM'],
  create: [...OPENS, 'ENOSPC'],
  read: ['EIO', 'EINTR', 'short'], pread: ['EIO', 'EINTR', 'short'],
  write: ['ENOSPC', 'EIO', 'EINTR', 'short'], pwrite: ['ENOSPC', 'EIO', 'EINTR', 'short'],
  close: ['EIO', 'EINTR'], closedir: ['EIO'], readdir: ['EIO'],
  rename: CHANGES, renameat: CHANGES, renameat2: CHANGES, mkdir: CHANGES, mkdirat: CHANGES, unlink: ['EACCES', 'EIO'], unlinkat: ['EACCES', 'EIO'], rmdir: ['EACCES', 'EIO'],
  link: CHANGES, linkat: CHANGES, symlink: CHANGES, ftruncate: ['ENOSPC', 'EIO'], fsync: ['EIO'], fdatasync: ['EIO'],
  stat: LOOKS, lstat: LOOKS, fstatat: LOOKS, fstat: ['EIO'], statfs: LOOKS, access: LOOKS, readlink: LOOKS, realpath: ['EACCES', 'ENOMEM'], getcwd: ['EACCES', 'ENOMEM'],
  fchmod: ['EPERM'], flock: ['EINTR', 'ENOLCK'], fcntl: ['EIO'], lseek: ['EIO'], futimens: ['EPERM'], mmap: ['ENOMEM'],
  pipe2: ['EMFILE'], inotify_init1: ['EMFILE'], inotify_add_watch: ['ENOSPC', 'EACCES'], poll: ['EINTR'], pthread_create: ['ENOMEM'],
};
const lasting = new Set(['create', 'write', 'pwrite', 'mkdir', 'mkdirat', 'rename', 'renameat', 'openat', 'read', 'ftruncate', 'flock', 'inotify_add_watch', 'fstatat', 'stat']);

/** Every call of a run without a fault, and how many allocations it makes. */
async function listCalls(name) {
  const scenario = scenarios[name], home = newHome(), trace = `${home}.trace`;
  await prepare(home, scenario);
  await run(home, scenario.words, { ...scenario.env, LD_PRELOAD: shim, FAULT_TRACE: trace }, undefined, join(root, 'build/fxc'));
  const calls = [];
  let allocations = 0;
  for (const line of readFileSync(trace, 'latin1').split('\n')) {
    const [, number, call, about] = line.match(/^(\d+) (\S+) (.*)$/) ?? [];
    if (number === '0') allocations = Number(about);
    else if (number) calls.push({ number: Number(number), name: call, about });
  }
  rmSync(home, { recursive: true });
  rmSync(trace);
  return { calls, allocations };
}

function of(scenario, { calls, allocations }) {
  const list = [], met = {};
  const add = (kind, fault, call) => kinds.includes(kind) && list.push({ scenario, kind, fault, call });
  for (const call of calls) {
    const number = `${call.name}#${(met[call.name] = (met[call.name] ?? 0) + 1)}`;
    for (const error of faults[call.name] ?? []) {
      const how = error === 'short' ? 'short' : errno[error];
      add('calls', `${number}:${how}`, call);
      if (lasting.has(call.name) && error !== 'short' && error !== 'EINTR') add('calls', `${number}+:${how}`, call);
    }
    add('kills', `call#${call.number}:kill`, call);
    if (/^p?write$/.test(call.name)) add('kills', `${number}:torn`, call);
  }
  for (let i = 1; i <= allocations; i++) add('allocations', `alloc#${i}:12`), add('allocations', `alloc#${i}+:12`);
  for (let i = 1; i <= allocations; i++) add('memory', `memory#${i}`);
  for (let i = 0; i < 150; i++) add('timers', `timer:${i / 5}`);
  return list;
}

/** xorshift32, and a list in an order that it decides. */
function shuffled(list, seed) {
  let state = seed * 2654435761 >>> 0 || 1;
  const dice = (n) => {
    for (const shift of [13, -17, 5]) state = (shift > 0 ? state ^ (state << shift) : state ^ (state >>> -shift)) >>> 0;
    return state % n;
  };
  for (let i = list.length - 1; i > 0; i--) {
    const k = dice(i + 1);
    [list[i], list[k]] = [list[k], list[i]];
  }
  return list;
}

if (!existsSync(shim)) {
  console.error(`fault: no ${shim}; 'make ${shim.slice(root.length)}' builds it`);
  process.exit(2);
}
const chosen = option('scenario', only ? only.split('/')[0] : Object.keys(scenarios).join(',')).split(',');
const references = new Map();
for (const files of [BEFORE, BEHIND, ONE_PAGE]) references.set(files, await reference(files));
for (const name of chosen) {
  scenarios[name].old = scenarios[name].from && references.get(scenarios[name].from);
  scenarios[name].new = references.get(scenarios[name].to);
}
let experiments = [];
for (const name of chosen) experiments.push(...of(name, await listCalls(name)));
if (only) experiments = experiments.filter((one) => `${one.scenario}/${one.fault}` === only);
else if (Number.isFinite(seconds)) shuffled(experiments, Number(option('seed', 1)));

const deadline = Date.now() + seconds * 1000;
let next = 0, passed = 0, failed = 0;
const failures = new Map();
async function worker() {
  let home = newHome();
  while (next < experiments.length && Date.now() < deadline) {
    const one = experiments[next++];
    try {
      await attempt(home, one);
      passed++;
    } catch (error) {
      failed++;
      const about = one.call ? ` (${one.call.name} ${one.call.about})` : '';
      const message = error.message.split('\n').slice(0, 4).join('\n  ');
      const key = `${one.scenario} ${one.kind} ${one.call?.name} ${message.replace(/[0-9]+/g, 'N')}`;
      failures.set(key, (failures.get(key) ?? 0) + 1);
      if (failures.get(key) <= 2) console.log(`FAILED --only=${one.scenario}/${one.fault}${about}\n  ${message}`);
      if (process.argv.includes('--keep')) console.log(`  kept in ${home}`);
      else rmSync(home, { recursive: true, force: true });
      home = newHome();
    }
  }
  rmSync(home, { recursive: true, force: true });
}
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
if (next < experiments.length) console.log(`${experiments.length - next} of ${experiments.length} were not tried: there was no time`);
const tried = {};
for (const one of experiments.slice(0, next)) tried[one.kind] = (tried[one.kind] ?? 0) + 1;
console.log(Object.entries(tried).map(([kind, count]) => `${count} ${kind}`).join(', '));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
