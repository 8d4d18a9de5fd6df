// Renders every bundled page with React, whole documents: node render.mjs BUNDLE-DIRECTORY OUTPUT-DIRECTORY. Prints the
// pages that could not be rendered, one a line.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';

const [bundle, output] = process.argv.slice(2).map((path) => resolve(path));
console.error = () => {};   // what React warns of is the browser tests' subject

for (const entry of readdirSync(bundle, { recursive: true })) {
  if (!entry.endsWith('.js') || entry.includes('chunk-')) continue;
  const name = entry.slice(0, -'.js'.length);
  try {
    const module = await import(join(bundle, entry));
    const exported = Object.entries(module).filter(([key]) => key.endsWith('Document'));
    const Document = exported.find(([, value]) => typeof value === 'function')[1];
    const head = exported.find(([, value]) => typeof value === 'object')[1];
    mkdirSync(dirname(join(output, name)), { recursive: true });
    writeFileSync(join(output, `${name}.html`), head.doctype + renderToString(createElement(Document)));
  } catch (error) {
    console.log(`${name}: ${String(error).split('\n')[0]}`);
  }
}
