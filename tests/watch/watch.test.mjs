// In: fxc watch over small projects, once told by the kernel and once looking by itself. Out: whether every edit leads to what a
// one-shot build says and writes, whether nothing else does, and how it ends.
//
//   FXC=PROGRAM   another build of fxc (default build/fxc)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, closeSync, copyFileSync, existsSync, linkSync, mkdirSync, openSync, readdirSync, renameSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fxc, MANIFEST, oneShot, page, project, time, tree, Watcher } from './watcher.mjs';

const isRoot = process.getuid?.() === 0;

/** The text that a page shows, in what was written for it. */
const shows = (it, path, text) => it.has(path) && it.read(path).includes(text);

function modes(name, options, body) {
  for (const mode of ['notify', 'poll'])
    test(`${name} (${mode})`, { timeout: 120_000 }, async () => {
      const it = project(options.files);
      const watcher = new Watcher(it.home, { ...options, env: { ...options.env, FXC_WATCH: mode } });
      watcher.idle = mode === 'poll' ? 900 : 300;
      try {
        await watcher.ready();
        await body(it, watcher, mode);
        assert.deepEqual(await watcher.end(), { status: 0, signal: null });
        assert.deepEqual(readdirSync(it.home).filter((name) => name.includes('.fx-')), [], 'staging that stayed');
      } finally {
        watcher.child.kill('SIGKILL');
        it.end();
      }
    });
}

/** What lies there is what a build without a past makes. */
function assertFresh(it, words) {
  assert.deepEqual(tree(it.path('generated')), oneShot(it.home, words).outputs);
}

describe('edits', () => {
  modes('a page is written, replaced, removed', {}, async (it, watcher) => {
    it.write('concept/index.html', page('Second'));
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Second'));
    it.write('concept/.index.html.tmp', page('Third'));
    it.move('concept/.index.html.tmp', 'concept/index.html');
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Third'));
    it.move('concept/index.html', 'concept/index.html~'); // as editors keep a backup
    it.write('concept/index.html', page('Fourth'));
    it.remove('concept/index.html~');
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Fourth'));
    it.remove('concept/index.html');
    it.write('concept/index.html', page('Fifth'));
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Fifth'));
    it.write('concept/other.html', page('Other'));
    await watcher.until(() => shows(it, 'generated/pages/other.tsx', 'Other'));
    it.remove('concept/other.html');
    await watcher.until(() => !it.has('generated/pages/other.tsx'));
    assertFresh(it);
  });

  modes('the same size and the same time of modification', {}, async (it, watcher) => {
    const when = new Date('2026-01-01');
    it.write('concept/index.html', page('AAAA'));
    utimesSync(it.path('concept/index.html'), when, when);
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'AAAA'));
    it.write('concept/index.html', page('BBBB'));
    utimesSync(it.path('concept/index.html'), when, when);
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'BBBB'));
  });

  modes('folders come, move away, and come back', {}, async (it, watcher) => {
    it.write('concept/shop/deep/cart.html', page('Cart'));
    await watcher.until(() => shows(it, 'generated/pages/shop/deep/cart.tsx', 'Cart'));
    it.write('concept/shop/deep/cart.html', page('Basket'));
    await watcher.until(() => shows(it, 'generated/pages/shop/deep/cart.tsx', 'Basket'));
    it.move('concept/shop', 'elsewhere');
    await watcher.until(() => !it.has('generated/pages/shop/deep/cart.tsx'));
    it.write('elsewhere/deep/cart.html', page('Trolley'));
    await watcher.quiet(watcher.idle);
    it.move('elsewhere', 'concept/store');
    await watcher.until(() => shows(it, 'generated/pages/store/deep/cart.tsx', 'Trolley'));
    it.write('concept/store/deep/cart.html', page('Bag'));
    await watcher.until(() => shows(it, 'generated/pages/store/deep/cart.tsx', 'Bag'));
    it.move('concept', 'gone');
    await watcher.until(() => !it.has('generated/pages/index.tsx'));
    it.move('gone', 'concept');
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Home'));
    assertFresh(it);
  });

  modes('links to pages, which are turned round, and what they lead to', { files: { 'texts/one.txt': page('One'), 'texts/two.txt': page('Two') } }, async (it, watcher) => {
    symlinkSync('../texts/one.txt', it.path('concept/link.html'));
    await watcher.until(() => shows(it, 'generated/pages/link.tsx', 'One'));
    it.write('texts/one.txt', page('Uno'));
    await watcher.until(() => shows(it, 'generated/pages/link.tsx', 'Uno'));
    symlinkSync('two.txt', it.path('texts/hop'));
    unlinkSync(it.path('concept/link.html'));
    symlinkSync('../texts/hop', it.path('concept/link.html'));
    await watcher.until(() => shows(it, 'generated/pages/link.tsx', 'Two'));
    it.write('texts/two.txt', page('Due'));
    await watcher.until(() => shows(it, 'generated/pages/link.tsx', 'Due'));
    unlinkSync(it.path('texts/hop'));
    symlinkSync('one.txt', it.path('texts/hop'));
    await watcher.until(() => shows(it, 'generated/pages/link.tsx', 'Uno'));
  });

  modes('hard links and copies', { files: { 'texts/one.txt': page('One') } }, async (it, watcher) => {
    linkSync(it.path('texts/one.txt'), it.path('concept/hard.html'));
    await watcher.until(() => shows(it, 'generated/pages/hard.tsx', 'One'));
    copyFileSync(it.path('texts/one.txt'), it.path('concept/copy.html'));
    await watcher.until(() => shows(it, 'generated/pages/copy.tsx', 'One'));
  });

  modes('manifests, the lock, overrides, templates', {}, async (it, watcher) => {
    it.write('integrations/place-lookup.fx', MANIFEST.replace('1.0.0', '1.1.0'));
    await watcher.until(() => it.read('fx.lock').includes('1.1.0'));
    await watcher.quiet(watcher.idle); // it wrote the lock itself
    const before = it.read('fx.lock');
    it.write('fx.lock', '');
    await watcher.until(() => it.read('fx.lock') === before);
    await watcher.quiet(watcher.idle);
    it.write('generated/runtime-overrides.json', '{"flags": {"no-such": true}}');
    const { errors } = await watcher.ready();
    assert.equal(errors, 1);
    assert.match(watcher.said(), /FX6004/);
    it.remove('generated/runtime-overrides.json');
    assert.equal((await watcher.ready()).errors, 0);
  });

  modes('variables of an environment', { files: { 'project.fx': 'project {\n  environment live { }\n}\n', 'integrations/place-lookup.fx': MANIFEST.replace('features lookup', 'features lookup\n    env PLACES_KEY: string') }, words: ['--env=live'] }, async (it, watcher) => {
    assert.match(watcher.said(), /PLACES_KEY/);
    it.write('.env.live', 'PLACES_KEY=abc\n');
    assert.equal((await watcher.ready()).errors, 0);
    it.remove('.env.live');
    assert.equal((await watcher.ready()).errors, 1);
    it.write('.env', 'PLACES_KEY=abc\n');
    assert.equal((await watcher.ready()).errors, 0);
  });

  modes('a project file that breaks, goes, and names other folders', {}, async (it, watcher) => {
    it.write('project.fx', 'project { concept "pages/**/*.html" }\n');
    await watcher.until(() => !it.has('generated/pages/index.tsx') || watcher.errors().includes('FX'));
    it.write('pages/new.html', page('New'));
    await watcher.until(() => shows(it, 'generated/pages/new.tsx', 'New'));
    watcher.said();
    it.write('project.fx', 'project { concept ');
    await watcher.until(() => /FX2004/.test(watcher.errors()));
    assert.ok(shows(it, 'generated/pages/new.tsx', 'New'), 'the old set stays');
    it.remove('project.fx');
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Home') && !it.has('generated/pages/new.tsx'));
    assertFresh(it);
  });

  modes('nothing there at first, and nothing there at last', {}, async (it, watcher) => {
    it.remove('concept');
    it.remove('integrations');
    await watcher.until(() => /FX8002/.test(watcher.errors()));
    it.write('concept/back.html', page('Back'));
    await watcher.until(() => /FX2001/.test(watcher.errors()));
    it.write('integrations/place-lookup.fx', MANIFEST);
    await watcher.until(() => shows(it, 'generated/pages/back.tsx', 'Back'));
  });

  modes('a folder of manifests elsewhere, that comes, moves and is exchanged', { words: ['-I', 'shared/one'] }, async (it, watcher) => {
    const other = (version) => MANIFEST.replaceAll('place-lookup', 'other-lookup').replace('1.0.0', version);
    it.write('concept/index.html', page('Home', 'other-lookup'));
    it.write('shared/one/other-lookup.fx', other('1.0.0'));
    await watcher.until(() => it.has('fx.lock') && it.read('fx.lock').includes('other-lookup v1 1.0.0'));
    it.write('shared/one/other-lookup.fx', other('2.0.0'));
    await watcher.until(() => it.read('fx.lock').includes('2.0.0'));
    watcher.said();
    it.move('shared', 'away');
    await watcher.until(() => /FX8001|FX2001/.test(watcher.said()));
    it.move('away', 'shared');
    await watcher.until(() => /^fxc watch: ready \(0 errors/.test(watcher.lines.at(-1)));
    it.write('shared/one/other-lookup.fx', other('3.0.0'));
    await watcher.until(() => it.read('fx.lock').includes('3.0.0'));
  });

  modes('files given on the command line', { words: ['concept/index.html', 'integrations/place-lookup.fx'] }, async (it, watcher) => {
    it.write('concept/other.html', page('Other'));
    await watcher.quiet(watcher.idle);
    it.write('concept/index.html', page('Given'));
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Given'));
    assert.ok(!it.has('generated/pages/other.tsx'));
  });
});

describe('what asks for no build', () => {
  modes('editors, tools, and the build itself', {}, async (it, watcher) => {
    await watcher.quiet(watcher.idle);
    it.write('README.md', 'x');
    it.write('concept/.index.html.swp', 'x');
    it.write('concept/4913', '');
    it.write('concept/index.html~', page('Old'));
    symlinkSync('nobody@nowhere.1:2', it.path('concept/.#index.html'));
    it.write('node_modules/thing/concept/index.html', page('No'));
    it.write('.git/index', 'x');
    it.write('generated/tsconfig.tsbuildinfo', '{}');
    if (watcher.idle < 500) await watcher.quiet(watcher.idle); // names among the outputs are all that looking goes by
  });

  modes('an output that is taken away is asked for, and comes back', {}, async (it, watcher) => {
    it.remove('generated/pages/index.tsx');
    await watcher.until(() => it.has('generated/pages/index.tsx'));
    it.remove('generated');
    await watcher.until(() => it.has('generated/pages/index.tsx') && it.has('generated/index.ts'));
    renameSync(it.path('generated'), it.path('elsewhere'));
    await watcher.until(() => it.has('generated/pages/index.tsx') && it.has('generated/index.ts'));
    it.remove('generated/index.ts');
    await watcher.until(() => it.has('generated/index.ts'));
    await watcher.quiet(watcher.idle);
    const before = time(it.path('generated/index.ts'));
    it.write('concept/index.html', page('Changed'));
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Changed'));
    assert.equal(time(it.path('generated/index.ts')), before, 'what does not change is not touched');
  });

  modes('many edits at once are few builds, and none is lost', {}, async (it, watcher) => {
    const before = watcher.builds();
    for (let i = 0; i < 300; i++) it.write(`concept/many/page-${i}.html`, page(`Page ${i}`));
    await watcher.until(() => shows(it, 'generated/pages/many/page-299.tsx', 'Page 299'));
    assert.ok(watcher.builds() - before <= 10, `${watcher.builds() - before} builds`);
    assertFresh(it);
  });
});

describe('what is said', () => {
  modes('the diagnostics and the summary of a one-shot build', { words: ['--today=2026-03-01'] }, async (it, watcher) => {
    const words = ['--today=2026-03-01'];
    watcher.said();
    it.write('concept/bad.html', '<p data-integration="place-lokup">x</p>');
    assert.deepEqual(await watcher.ready(), { errors: 1, warnings: 0 });
    assert.equal(watcher.said(), oneShot(it.home, words).stderr);
    it.write('concept/bad.html', '<p data-integration="place-lookup">x</p>');
    assert.deepEqual(await watcher.ready(), { errors: 0, warnings: 0 });
    assert.equal(watcher.said(), '');
    assert.match(watcher.lines.at(-2), /^Built 2 pages and 1 integration in generated \(\d+ written, \d+ unchanged, 0 removed\)$/);
    assertFresh(it, words);
  });

  modes('json stays one object a line', { words: ['--diagnostics-format=json'] }, async (it, watcher) => {
    it.write('concept/bad.html', '<p data-integration="place-lokup">x</p>');
    await watcher.until(() => watcher.errors().includes('FX2001'));
    for (const line of watcher.errors().trimEnd().split('\n')) assert.ok(JSON.parse(line).code);
  });

  modes('no terminal, nothing to clear', { words: ['--clear'] }, async (it, watcher) => {
    assert.ok(!watcher.lines.join('').includes('\x1b') && !watcher.errors().includes('\x1b'));
    assert.equal(watcher.lines[0], 'fxc watch: building');
  });

  test('lines of a watch that is quiet', async () => {
    const it = project();
    const watcher = new Watcher(it.home, { words: ['-q'], env: { FXC_WATCH: 'notify' } });
    await watcher.ready();
    assert.deepEqual(watcher.lines, ['fxc watch: building', 'fxc watch: ready (0 errors, 0 warnings)']);
    await watcher.end();
    it.end();
  });

  test('why it looks by itself is said once', async () => {
    const it = project();
    const watcher = new Watcher(it.home, { env: { FXC_WATCH: 'poll' } });
    await watcher.ready();
    it.write('concept/index.html', page('Again'));
    await watcher.ready();
    assert.equal(watcher.lines.filter((line) => line.startsWith('fxc watch: looking for changes every 250 ms (')).length, 1);
    await watcher.end();
    it.end();
  });

  test('on a terminal --clear clears before each build', { skip: spawnSync('script', ['--version']).status !== 0 }, () => {
    const it = project();
    const run = (words) => spawnSync('script', ['-qec', `${fxc} watch ${words} --stdin-close </dev/null`, '/dev/null'], { cwd: it.home, encoding: 'utf8', timeout: 20_000 });
    assert.match(run('--clear').stdout, /\x1b\[2J.*fxc watch: building/s);
    assert.doesNotMatch(run('').stdout, /\x1b\[2J/);
    it.end();
  });
});

describe('a system that gives no more watches', () => {
  const shim = fileURLToPath(new URL('../../build/tests/fault/fault.so', import.meta.url));
  for (const [fault, why] of [['inotify_init1#1:24', /max_user_instances/], ['inotify_init1#3:24', /max_user_instances/], ['inotify_add_watch#1+:28', /max_user_watches/], ['inotify_add_watch#4+:28', /max_user_watches/], ['inotify_add_watch#9+:28', /max_user_watches/]])
    test(fault, { skip: !existsSync(shim) && `no ${shim}` }, async () => {
      const it = project();
      const watcher = new Watcher(it.home, { env: { LD_PRELOAD: shim, FAULT: fault, FXC_WATCH: '' } });
      await watcher.ready();
      assert.match(watcher.lines.find((line) => line.startsWith('fxc watch: looking for changes every')) ?? '', why);
      it.write('concept/new/page.html', page('New'));
      await watcher.until(() => shows(it, 'generated/pages/new/page.tsx', 'New'));
      it.write('concept/new/page.html', page('Newer'));
      await watcher.until(() => shows(it, 'generated/pages/new/page.tsx', 'Newer'));
      assert.deepEqual(await watcher.end(), { status: 0, signal: null });
      it.end();
    });
});

describe('the end', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    test(`${signal} while it waits`, async () => {
      const it = project();
      const watcher = new Watcher(it.home);
      await watcher.ready();
      assert.deepEqual(await watcher.end(signal), { status: 0, signal: null });
      it.end();
    });

  test('a signal while it builds leaves the old set or the new one, and no staging', async () => {
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`concept/page-${i}.html`, page(`Old ${i}`)]));
    const it = project(files);
    spawnSync(fxc, ['build'], { cwd: it.home });
    const old = tree(it.path('generated'));
    for (const path of Object.keys(files)) it.write(path, it.read(path).replaceAll('Old', 'New'));
    const fresh = oneShot(it.home).outputs;
    const states = new Set();
    for (let round = 0; round < 12; round++) {
      const watcher = new Watcher(it.home);
      await watcher.line(/building/);
      await new Promise((done) => setTimeout(done, round * 4));
      assert.deepEqual(await watcher.end('SIGINT'), { status: 0, signal: null });
      const found = tree(it.path('generated'));
      const isOld = JSON.stringify(found) === JSON.stringify(old);
      if (!isOld) assert.deepEqual(found, fresh);
      states.add(isOld ? 'old' : 'new');
      assert.deepEqual(readdirSync(it.home).filter((name) => name.includes('.fx-')), []);
      if (!isOld) {
        for (const path of Object.keys(files)) it.write(path, files[path]);
        spawnSync(fxc, ['build'], { cwd: it.home });
        for (const path of Object.keys(files)) it.write(path, it.read(path).replaceAll('Old', 'New'));
      }
    }
    assert.ok(states.has('old'), 'no build was interrupted');
    it.end();
  });

  test('--stdin-close: standard input ends; without it nothing does', async () => {
    const it = project();
    const closing = new Watcher(it.home, { words: ['--stdin-close'] });
    await closing.ready();
    closing.child.stdin.write('words that mean nothing\n');
    it.write('concept/index.html', page('Still there'));
    await closing.ready();
    closing.child.stdin.end();
    assert.deepEqual(await closing.ended, { status: 0, signal: null });
    const staying = new Watcher(it.home);
    await staying.ready();
    staying.child.stdin.end();
    it.write('concept/index.html', page('Stays'));
    await staying.until(() => shows(it, 'generated/pages/index.tsx', 'Stays'));
    assert.deepEqual(await staying.end(), { status: 0, signal: null });
    it.end();
  });

  test('nobody reads any more', async () => {
    const it = project();
    const watcher = new Watcher(it.home);
    await watcher.ready();
    watcher.child.stdout.destroy();
    assert.deepEqual(await watcher.ended, { status: 0, signal: null });
    assert.equal(watcher.errors(), '');
    it.end();
  });

  test('wrong usage', () => {
    const it = project();
    const run = (words, env) => spawnSync(fxc, ['watch', ...words], { cwd: it.home, encoding: 'utf8', env: { ...process.env, ...env }, timeout: 20_000 });
    assert.equal(run(['--emit=ir']).status, 2);
    assert.equal(run(['--env=nowhere']).status, 2);
    assert.equal(run([], { FXC_WATCH: 'often' }).status, 2);
    assert.equal(run(['--no-such-option']).status, 2);
    it.end();
  });

  test('an output folder that cannot be written does not end it', { skip: isRoot }, async () => {
    const it = project();
    mkdirSync(it.path('generated'));
    chmodSync(it.path('generated'), 0o500);
    const watcher = new Watcher(it.home);
    assert.ok((await watcher.ready()).errors > 0);
    chmodSync(it.path('generated'), 0o700);
    it.write('concept/index.html', page('Now'));
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Now'));
    await watcher.end();
    it.end();
  });

  test('a file where the outputs belong does not end it', async () => {
    const it = project();
    it.write('generated', 'a file');
    const watcher = new Watcher(it.home);
    assert.ok((await watcher.ready()).errors > 0);
    it.remove('generated');
    it.write('concept/index.html', page('Now'));
    await watcher.until(() => shows(it, 'generated/pages/index.tsx', 'Now'));
    await watcher.end();
    it.end();
  });
});

describe('in the long run', () => {
  /** xorshift32 */
  const dice = (seed) => (n) => {
    for (const shift of [13, -17, 5]) seed = (shift > 0 ? seed ^ (seed << shift) : seed ^ (seed >>> -shift)) >>> 0;
    return seed % n;
  };
  const edits = [
    (it, of) => it.write(`concept/p${of(6)}.html`, page(`Text ${of(1000)}`)),
    (it, of) => it.write(`concept/d${of(3)}/p${of(3)}.html`, page(`Text ${of(1000)}`)),
    (it, of) => it.write(`concept/p${of(6)}.html`, `<p data-integration="place-lookup" data-integration-country="${['us', 'de', 'fr'][of(3)]}">x</p>`),
    (it, of) => it.has(`concept/p${of(6)}.html`) && it.remove(`concept/p${of(6)}.html`),
    (it, of) => it.has(`concept/d${of(3)}`) && it.remove(`concept/d${of(3)}`),
    (it, of) => it.write('integrations/place-lookup.fx', MANIFEST.replace('1.0.0', `1.${of(4)}.0`)),
    (it, of) => it.write('integrations/place-lookup.fx', of(2) ? MANIFEST : MANIFEST.replace('features', 'featurs')),
    (it, of) => it.write('project.fx', of(2) ? 'project { concept "concept/**/*.html" }\n' : 'project { concept "concept/*.html" }\n'),
  ];
  const attempt = (edit) => { try { edit(); } catch (error) { if (error.code !== 'ENOENT') throw error; } };

  modes('random edits, each with what a build without a past makes', {}, async (it, watcher, mode) => {
    const of = dice(Number(process.env.SEED ?? 7));
    let compared = 0;
    for (let round = 0; round < (mode === 'poll' ? 12 : 40); round++) {
      const builds = watcher.builds();
      for (let i = of(3); i >= 0; i--) attempt(() => edits[of(edits.length)](it, of));
      const fresh = oneShot(it.home);
      if (watcher.builds() === builds) it.write('concept/last.html', page(`Round ${round}`)); // an edit that changed nothing
      const want = watcher.builds() === builds ? oneShot(it.home) : fresh;
      if (want.status !== 0) continue;
      await watcher.until(() => JSON.stringify(tree(it.path('generated'))) === JSON.stringify(oneShot(it.home).outputs), 'outputs of a clean build');
      compared++;
    }
    assert.ok(compared > 3);
  });

  test('a thousand builds take no more memory than a hundred', { timeout: 300_000 }, async () => {
    const rounds = Number(process.env.ROUNDS ?? 300);
    const it = project();
    const watcher = new Watcher(it.home, { words: ['-j', '2'], env: { FXC_WATCH: 'notify' } });
    await watcher.ready();
    let early;
    for (let round = 0; round < rounds; round++) {
      it.write('concept/index.html', page(`Round ${round}`));
      await watcher.ready();
      if (round === Math.floor(rounds / 3)) early = watcher.rss();
    }
    const late = watcher.rss();
    assert.ok(late < early * 1.15 + 512, `${early} KiB after a third, ${late} KiB in the end`);
    await watcher.end();
    it.end();
  });

  test('more events than the queue holds', { timeout: 120_000 }, async () => {
    const it = project();
    const watcher = new Watcher(it.home, { env: { FXC_WATCH: 'notify' } });
    await watcher.ready();
    // While the watcher is stopped, nobody empties its queue.
    watcher.child.kill('SIGSTOP');
    for (let i = 0; i < 9000; i++) {
      const file = openSync(it.path('concept/storm.html'), 'w');
      writeFileSync(file, page(`Storm ${i}`));
      closeSync(file);
      if (i % 2) unlinkSync(it.path('concept/storm.html'));
    }
    it.write('concept/new/after.html', page('After the storm'));
    appendFileSync(it.path('concept/index.html'), '<p>Much later</p>');
    watcher.child.kill('SIGCONT');
    await watcher.until(() => shows(it, 'generated/pages/new/after.tsx', 'After the storm') && shows(it, 'generated/pages/index.tsx', 'Much later'));
    it.write('concept/new/after.html', page('And on'));
    await watcher.until(() => shows(it, 'generated/pages/new/after.tsx', 'And on'));
    await watcher.end();
    it.end();
  });
});
