// Patterns of the project file beside document.evaluate() of Chromium, on random pages with sloppy markup: the same elements.
// HTML alone, without formatting elements: what Chromium says of names in SVG, and of clones, is not what patterns promise.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { launch, openPage, ROOT, show } from './harness.mjs';

const PATTERNS = [
  "//input[contains(@name,'a')]", "//*[@class='k1']", '//div//p', '//p/..', '//li[2]', '(//li)[2]', '//ul/li[last()]', '//*[count(*) = 2]',
  '//input[not(ancestor::*[@class])]', '//p[following-sibling::*[1][self::ul]]', '//*[preceding-sibling::p and @name]', '//td/ancestor::table',
  "//label[normalize-space(.) = 'Street']", '//p[string-length(.) > 8]', '//*[starts-with(@id, "e1")]/@class', '//body/*[position() mod 2 = 1]',
  '//p[text()]', '//tr/td[1] | //input[@name = "b"]', '//*[. = "x y"]', '//li[preceding::p]', '//div[descendant::input[@name]]', '//*[@name > 3]',
  "//*[translate(@class, 'k', 'K') = 'K2']", '//p/following::input[1]', '//*[substring-before(@id, "2") = "e"]', '//table//text()', '//form/descendant-or-self::*[@id]',
];

let state = 20250101;
const random = (n) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return (state >> 8) % n;
};
const pick = (list) => list[random(list.length)];

// Every start tag has an id; end tags are there more often than not.
function makePage() {
  let id = 0;
  const part = (depth) => {
    const tag = pick(['div', 'p', 'span', 'ul', 'li', 'label', 'input', 'form', 'table', 'tr', 'td', 'section']);
    const attributes = `${pick(['', '', ` class="k${random(4)}"`])}${pick(['', '', ` name=${pick(['a', 'b', 'address', '4', '12'])}`])}`;
    const inside = depth > 4 || tag === 'input' ? '' : Array.from({ length: random(4) }, () => part(depth + 1)).join('');
    const text = pick(['', '', 'x y', ' Street ', 'z &amp; <!-- c -->', '\n']);
    return `<${pick([tag, tag.toUpperCase()])} id=e${id++}${attributes}>${text}${inside}${random(4) ? `</${tag}>` : ''}`;
  };
  return `<!DOCTYPE html><title>Page</title>${Array.from({ length: 1 + random(5) }, () => part(0)).join('\n')}`;
}

it('finds what Chromium finds', { timeout: 120_000 }, async () => {
  const project = mkdtempSync(join(tmpdir(), 'fxc-xpath-'));
  mkdirSync(join(project, 'concept'));
  const pages = Array.from({ length: 60 }, (_, i) => ({ name: `concept/p${i}.html`, html: makePage() }));
  for (const { name, html } of pages) writeFileSync(join(project, name), html);
  const suggest = PATTERNS.map((pattern, i) => `    pattern-${i}: ${JSON.stringify(pattern)}`).join('\n');
  writeFileSync(join(project, 'project.yaml'), `discover:\n  suggest:\n${suggest}\n`);
  const said = spawnSync(process.env.FXC ?? join(ROOT, 'build/fxc'), ['discover', '--diagnostics-format=json'],
    { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 });
  const ours = new Map();
  for (const line of said.stderr.trim().split('\n').map((text) => JSON.parse(text))) {
    if (line.code !== 'FX1203') continue;
    assert.ok(!line.notes.some((note) => /more elements/.test(note.message)), 'a page has too many matches to compare');
    const key = `${line.file} ${line.message.match(/'pattern-(\d+)'/)[1]}`;
    const html = pages.find((page) => page.name === line.file).html;
    const tag = Buffer.from(html).subarray(line.range.start.byte).toString().match(/^\w+ id=(e\d+)/);
    ours.set(key, [...(ours.get(key) ?? []), tag ? tag[1] : 'implied']);
  }
  const browser = await launch();
  const page = await openPage(browser);
  let found = 0;
  for (const { name, html } of pages) {
    await show(page, html);
    const theirs = await page.evaluate((patterns) => patterns.map((pattern) => {
      const nodes = document.evaluate(pattern, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
      return Array.from({ length: nodes.snapshotLength }, (_, i) => nodes.snapshotItem(i)).map((node) =>
        node.ownerElement ?? (node.nodeType === 1 ? node : node.parentElement)).map((element) => element.id);
    }), PATTERNS);
    theirs.forEach((ids, i) => {
      const expected = [...new Set(ids.filter((id) => id))].sort();
      const got = [...new Set((ours.get(`${name} ${i}`) ?? []).filter((id) => id !== 'implied'))].sort();
      assert.deepEqual(got, expected, `${PATTERNS[i]} on ${name} of ${project}`);
      found += got.length;
    });
  }
  await browser.close();
  assert.ok(found > 1000, `${found} elements`);
  rmSync(project, { recursive: true });
});
