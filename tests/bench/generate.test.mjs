// Projects are the same bytes on every machine: two figures of one machine would else not be two figures of one work. The
// digests were taken once; whoever changes what is generated takes them anew, and knows that older figures count no more.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { digest, files, generate } from './generate.mjs';

const shape = { seed: 3, pages: 40, manifests: 30, depth: 3, folder: 7, largest: 60000, manifestSize: 3000 };

test('the same seed gives the same bytes on every machine, another seed others', () => {
  assert.equal(digest({ pages: 50 }), '27c65d5a5a488d4753f274907ab8acf5fd1f49db8597847ae894d8f3cf49253d');
  assert.equal(digest(shape), 'd191993dcba809660fbc7c90b59dbb957621919fb101738509957f93e2c372e9');
  assert.notEqual(digest({ ...shape, seed: 4 }), digest(shape));
});

test('a file does not depend on how many there are', () => {
  const few = [...files({ pages: 5 })], many = new Map(files({ pages: 9 }));
  for (const [path, text] of few) assert.equal(many.get(path), text);
});

test('a project has the shape that was asked for', () => {
  const all = [...files(shape)], pages = all.filter(([path]) => path.startsWith('concept/'));
  assert.equal(pages.length, 40);
  assert.equal(all.length - pages.length, 30);
  assert.ok(pages.every(([path]) => path.split('/').length === 5));
  assert.ok(pages[0][1].length > 60000 && pages[1][1].length < 20000);
  assert.ok(all.slice(0, 30).every(([, text]) => text.length >= 3000));
  assert.ok(all.slice(0, 30).some(([, text]) => /required: \[capability/.test(text)));
  assert.ok([...files({ pages: 20, plain: true })].filter(([path]) => path.startsWith('concept/')).every(([, text]) => !text.includes('data-')));
});

test('what the command line writes is what is generated, and bytes outside of ASCII are none of it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'fxc-generate-'));
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, 'generate.mjs'), directory, '--pages', '12', '--manifests', '3', '--well-formed']);
    let bytes = 0;
    for (const [path, text] of files({ pages: 12, manifests: 3, wellFormed: true })) {
      assert.equal(readFileSync(join(directory, path), 'latin1'), text);
      if (path.startsWith('concept/')) bytes += statSync(join(directory, path)).size;
    }
    assert.equal(generate(directory, { pages: 12, manifests: 3, wellFormed: true }), bytes);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
