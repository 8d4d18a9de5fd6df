// In: a browser, where NODE_V8_COVERAGE names a folder (tests/coverage.sh). Out: what its pages have run of the runtime, in that
// folder, in the form in which Node.js writes it, so that c8 reads both alike.
//
// A page knows bundles, c8 files: each bundle is written beside the figures, its source map with absolute paths.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = process.env.NODE_V8_COVERAGE;
const MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

/** How esbuild is to map a bundle to its sources: not at all, unless this is measured. */
export const sourcemap = FOLDER ? 'inline' : false;

let written = 0;

/** From now on pages of this browser are measured until they are closed. */
export function measure(browser) {
  if (!FOLDER) return browser;
  const pages = new Set();
  const finish = async () => {
    const all = [...pages];
    pages.clear();
    for (const page of all) await keep(page);
  };
  const { newContext, close } = browser;
  browser.newContext = async (options) => {
    const context = await newContext.call(browser, options);
    if (options?.javaScriptEnabled === false) return context;
    const { newPage, close: closeContext } = context;
    context.newPage = async () => {
      const page = await newPage.apply(context);
      await page.coverage.startJSCoverage({ resetOnNavigation: false });
      pages.add(page);
      const { close: closePage } = page;
      page.close = async (...rest) => {
        if (pages.delete(page)) await keep(page);
        return closePage.apply(page, rest);
      };
      return page;
    };
    context.close = async (...rest) => {
      for (const page of context.pages()) if (pages.delete(page)) await keep(page);
      return closeContext.apply(context, rest);
    };
    return context;
  };
  browser.close = async (...rest) => {
    await finish();
    return close.apply(browser, rest);
  };
  return browser;
}

async function keep(page) {
  const entries = await page.coverage.stopJSCoverage().catch(() => []);
  const result = [];
  for (const { source, scriptId, functions } of entries) {
    const map = source && MAP.exec(source);
    if (map && source.includes('build/runtime')) result.push({ scriptId, url: pathToFileURL(store(source, map)).href, functions });
  }
  if (result.length > 0) writeFileSync(join(FOLDER, `coverage-browser-${process.pid}-${written++}.json`), JSON.stringify({ result }));
}

function store(source, [comment, base64]) {
  const map = JSON.parse(Buffer.from(base64, 'base64'));
  map.sources = map.sources.map((name) => resolve(ROOT, name));
  const file = join(FOLDER, `../bundle-${createHash('sha256').update(source).digest('hex').slice(0, 16)}.js`);
  const text = Buffer.from(JSON.stringify(map)).toString('base64');
  writeFileSync(file, `${source.slice(0, -comment.length)}\n//# sourceMappingURL=data:application/json;base64,${text}`);
  return file;
}
