// In: a folder of HTML pages. Out: the reference emitter's pages for it, as fxc would lay them out.
//   node tests/browser/reference-emit.mjs PAGES OUT
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { domTree, launch, openPage, show } from './harness.mjs';
import { emitPage } from './reference.mjs';

const [pages, out] = process.argv.slice(2);
const browser = await launch();
const page = await openPage(browser, { scripts: false });
const diagnostics = [];
for (const name of readdirSync(pages, { recursive: true }).map(String).filter((one) => /\.x?html?$/i.test(one)).sort()) {
  await show(page, readFileSync(join(pages, name)));
  const path = relative('.', name).replace(/\.x?html?$/i, '');
  const { source, dropped } = emitPage(await domTree(page), path);
  const file = join(out, 'pages', `${path}.tsx`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  for (const why of dropped) diagnostics.push(JSON.stringify({ file: name, code: why.slice(0, 6), message: why }));
}
writeFileSync(join(out, 'diagnostics.jsonl'), `${diagnostics.join('\n')}\n`);
await browser.close();
