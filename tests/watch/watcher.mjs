// A project in a folder of its own and `fxc watch` over it: edits, lines of standard output, what a one-shot build says to the
// same files.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const fxc = resolve(root, process.env.FXC ?? 'build/fxc');
const LONGEST_MS = 10_000;

export const MANIFEST = `integration place-lookup {
  label   "Find a place"
  purpose "Look a place up by its name"
  prop    country: "us" | "de" = "us"
  release v1 = 1.0.0 stable {
    provider local-places
    features lookup
  }
}
`;
export const page = (text, name = 'place-lookup') => `<!DOCTYPE html><title>${text}</title><p data-integration="${name}">${text}</p>\n`;

/** A new project below the folder for temporary files. */
export function project(files = {}) {
  const home = mkdtempSync(join(tmpdir(), 'fxc-watch-'));
  const it = {
    home,
    path: (path) => join(home, path),
    write(path, text) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    },
    read: (path) => readFileSync(join(home, path), 'utf8'),
    has: (path) => existsSync(join(home, path)),
    move: (from, to) => renameSync(join(home, from), join(home, to)),
    remove: (path) => rmSync(join(home, path), { recursive: true }),
    end: () => rmSync(home, { recursive: true, force: true }),
  };
  const first = { 'concept/index.html': page('Home'), 'integrations/place-lookup.fx': MANIFEST, ...files };
  for (const [path, text] of Object.entries(first)) it.write(path, text);
  return it;
}

const environment = (more) => ({ ...process.env, FXC_STDLIB: join(root, 'stdlib'), ...more });

/** Every file below a folder with its bytes, but for what a build leaves beside the outputs. */
export function tree(folder) {
  const found = {};
  const walk = (inside) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = join(inside, entry.name);
      if (entry.isDirectory()) walk(path);
      else found[path] = readFileSync(join(folder, path), 'latin1');
    }
  };
  if (existsSync(folder)) walk('.');
  return found;
}

/** What a build without a past says and writes for the files that are there now. */
export function oneShot(home, words = []) {
  const copy = mkdtempSync(join(tmpdir(), 'fxc-once-'));
  const own = /^(generated|\.fx|\.stderr$)/; // and what a build puts beside them for a moment
  cpSync(home, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => !own.test(path.slice(home.length + 1)) });
  const run = spawnSync(fxc, ['build', ...words], { cwd: copy, encoding: 'utf8', env: environment(), timeout: LONGEST_MS });
  const outputs = tree(join(copy, 'generated'));
  rmSync(copy, { recursive: true });
  return { stderr: run.stderr, status: run.status, outputs };
}

/** `fxc watch` that runs until end(). Standard error is a file, so that all of a build's is there once it says "ready". */
export class Watcher {
  lines = [];
  seen = 0;
  #waiting = [];
  #mark = 0;

  constructor(home, { words = [], env = {}, stdin = 'pipe', cwd = home } = {}) {
    this.home = home;
    this.log = join(home, '.stderr');
    const log = openSync(this.log, 'w');
    this.child = spawn(fxc, ['watch', ...words], { cwd, env: environment(env), stdio: [stdin, 'pipe', log] });
    closeSync(log);
    this.ended = new Promise((done) => this.child.on('close', (status, signal) => done({ status, signal })));
    this.child.stdout.setEncoding('utf8');
    let rest = '';
    this.child.stdout.on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      this.lines.push(...lines);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.child.on('close', () => this.#waiting.splice(0).forEach((wake) => wake()));
  }

  /** The next line that fits, from those not yet looked at. */
  async line(pattern) {
    const deadline = Date.now() + LONGEST_MS;
    for (;;) {
      while (this.seen < this.lines.length) {
        const line = this.lines[this.seen++];
        if (pattern.test(line)) return line;
      }
      assert.ok(Date.now() < deadline && this.child.exitCode === null, `no ${pattern} in\n${this.lines.join('\n')}\n${this.errors()}`);
      await new Promise((wake) => {
        const timer = setTimeout(wake, 1000);
        this.#waiting.push(() => (clearTimeout(timer), wake()));
      });
    }
  }

  async ready() {
    const line = await this.line(/^fxc watch: ready/);
    const [, errors, warnings] = line.match(/^fxc watch: ready \((\d+) errors?, (\d+) warnings?\)$/) ?? assert.fail(line);
    return { errors: Number(errors), warnings: Number(warnings) };
  }

  /** Until it is ready and the outputs hold; builds that come of half an edit are passed over. */
  async until(holds, what = String(holds)) {
    for (let round = 0; round < 20; round++) {
      if (holds()) return;
      await this.ready();
    }
    assert.ok(holds(), what);
  }

  errors = () => readFileSync(this.log, 'utf8');

  /** What has come on standard error since the last call. */
  said() {
    const text = this.errors().slice(this.#mark);
    this.#mark += text.length;
    return text;
  }

  builds = () => this.lines.filter((line) => line === 'fxc watch: building').length;

  /** Nothing is built for so long. There is no event for what does not happen, so this one waits. */
  async quiet(ms) {
    const before = this.builds();
    await new Promise((done) => setTimeout(done, ms));
    assert.equal(this.builds(), before, `a build that nothing asked for\n${this.lines.join('\n')}`);
  }

  rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]);

  async end(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.ended;
  }
}

export const exists = existsSync;
export const time = (path) => statSync(path, { bigint: true }).mtimeNs;
