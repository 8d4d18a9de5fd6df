// In: a folder of HTML pages, and what fxc wrote for it. Out: where fxc's pages and the reference emitter's are not
// the same text, with the first place of each, and how many are the same.
//   node tests/browser/reference-diff.mjs PAGES GENERATED [--must=100]
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { domTree, launch, openPage, show } from './harness.mjs';
import { emitPage } from './reference.mjs';

/** What the rules leave open: the words of the comments. */
const normal = (source) => source.replace(/^\/\/ .*\n/, '').replace(/^\/\*\* .* \*\/\n/gm, '').replace(/\/\/# sourceMappingURL=.*\n$/, '');

/** Where two texts part, with what stands before and after. */
export function parting(expected, actual) {
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  const cut = (text) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 100));
  return `expected ${cut(expected)}\n      found    ${cut(actual)}`;
}

/** Returns `{pages, same, failures: [{page, why}]}`. */
export async function compareWithReference(pages, generated) {
  const total = { pages: 0, same: 0, failures: [] };
  const browser = await launch();
  try {
    const page = await openPage(browser, { scripts: false });
    for (const name of readdirSync(pages, { recursive: true }).map(String).filter((one) => /\.x?html?$/i.test(one)).sort()) {
      const path = name.replace(/\.x?html?$/i, '');
      const file = join(generated, 'pages', `${path}.tsx`);
      total.pages++;
      await show(page, readFileSync(join(pages, name)));
      const expected = normal(emitPage(await domTree(page), path).source);
      const actual = existsSync(file) ? normal(readFileSync(file, 'utf8')) : '';
      if (expected === actual) total.same++;
      else total.failures.push({ page: name, why: parting(expected, actual) });
    }
  } finally {
    await browser.close();
  }
  return total;
}

async function main() {
  const [pages, generated, must = '--must=100'] = process.argv.slice(2);
  const total = await compareWithReference(pages, generated);
  for (const { page, why } of total.failures) console.log(`${page}: ${why}`);
  const percent = (100 * total.same) / Math.max(1, total.pages);
  console.log(`the reference emitter's text: ${total.same} of ${total.pages} (${percent.toFixed(1)} %)`);
  process.exitCode = percent >= Number(must.slice('--must='.length)) ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
