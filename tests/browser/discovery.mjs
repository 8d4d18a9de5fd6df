// In: a folder of HTML pages and fxc's discovery map of it. Out: whether the map has exactly the uses that Chromium's
// querySelectorAll("[data-integration],[data-enhance]") finds, each at its place.
//
//   node tests/browser/discovery.mjs ROOT MAP [PAGES]
//
// Places in MAP are relative to ROOT; PAGES (default ROOT) is the folder whose pages are looked at. A browser does not
// tell where an element stands in the source. So a mark is put into the bytes at every place of the map, before the
// name: a place is right if its mark turns up in a use's attribute right before that name, a use without a mark was
// missed, and a mark that turns up nowhere was invented. Exit status 1 on any fault.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, openPage, show } from './harness.mjs';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Returns `{pages, elements, uses, malformed, faults}`; `faults` are lines of text. */
export async function compareDiscovery(root, mapFile, folder = root) {
  const places = readPlaces(JSON.parse(readFileSync(mapFile, 'utf8')));
  const total = { pages: 0, elements: 0, uses: 0, malformed: 0, faults: [] };
  const browser = await launch();
  try {
    const page = await openPage(browser, { scripts: false });
    const files = htmlFiles(folder);
    const seen = new Set();
    for (const file of files) {
      const name = relative(resolve(root), resolve(file)).split(sep).join('/');
      seen.add(name);
      await comparePage(page, readFileSync(file), name, places.get(name) ?? [], total);
    }
    const below = relative(resolve(root), resolve(folder)).split(sep).join('/');
    for (const name of places.keys()) {
      if (!seen.has(name) && (below === '' || name.startsWith(`${below}/`)) && /\.x?html?$/i.test(name)) total.faults.push(`${name}: the map has places in a file that is not there`);
    }
  } finally {
    await browser.close();
  }
  return total;
}

function readPlaces(map) {
  const places = new Map();
  for (const [name, { locations }] of Object.entries(map.integrations)) {
    for (const location of locations) {
      const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(location);
      if (!places.has(file)) places.set(file, []);
      places.get(file).push({ name, line: Number(line), column: Number(column), location });
    }
  }
  return places;
}

/** A name's places in a page stand in the order of the elements; `order` has those of the browser by place. */
function outOfOrder(places, order) {
  const last = new Map();
  return places.filter(({ name, location }) => {
    const at = order.get(location);
    if (at === undefined) return false;
    const wrong = at < (last.get(name) ?? -1);
    last.set(name, at);
    return wrong;
  }).map(({ name, location }) => `${location}: '${name}' is out of order`);
}

async function comparePage(page, bytes, file, places, total) {
  total.pages++;
  const marks = new Map();
  const marked = mark(bytes, places, marks, (fault) => total.faults.push(`${file}: ${fault}`));
  await show(page, marked);
  const elements = await page.evaluate(findUses);
  total.elements += elements.length;
  const found = new Set();
  const order = new Map();
  let sequence = 0;
  for (const { tag, values, shadow } of elements) {
    for (const token of values.flatMap((value) => value.split(/[ \t\n\f\r]+/)).filter(Boolean)) {
      const [, id, word] = /^zq(\d+)qz(.*)$/s.exec(token) ?? [null, null, token];
      const name = word.split('@')[0];
      if (id !== null) {
        found.add(Number(id));
        const place = marks.get(Number(id));
        // Where shadow trees stand is open, and so is which of the elements counts that the parser made of one start tag.
        if (place && !shadow) order.set(place.location, order.has(place.location) ? undefined : sequence++);
        if (place?.name !== name) total.faults.push(`${place?.location ?? file}: '${place?.name}' in the map, '${name}' in the browser`);
      } else if (!NAME.test(name) || name.length > 128) total.malformed++;
      else total.faults.push(`${file}: missed '${word}' on <${tag}>`);
    }
  }
  for (const [id, place] of marks) {
    if (!found.has(id)) total.faults.push(`${place.location}: invented '${place.name}'`);
  }
  total.uses += found.size;
  total.faults.push(...outOfOrder(places, order));
}

/** Runs in the page: every element with a use, in template contents and open shadow roots too. */
function findUses() {
  const found = [];
  const look = (root, shadow) => {
    for (const element of root.querySelectorAll('*')) {
      const values = ['data-integration', 'data-enhance'].map((name) => element.getAttribute(name)).filter((value) => value !== null);
      if (values.length > 0) found.push({ tag: element.localName, values, shadow });
      if (element instanceof HTMLTemplateElement) look(element.content, shadow);
      if (element.shadowRoot) look(element.shadowRoot, true);
    }
  };
  look(document, false);
  return found;
}

/** Puts `zqNqz` before every place; in UTF-16 files in that encoding. */
function mark(bytes, places, marks, fault) {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'be' : '';
  const starts = lineStarts(bytes, wide);
  const at = [];
  for (const place of places) {
    const start = starts[place.line - 1];
    const offset = start === undefined ? -1 : start + place.column - 1;
    if (offset < 0 || offset > bytes.length) fault(`${place.location} lies outside of the file`);
    else at.push({ place, offset });
  }
  at.sort((a, b) => a.offset - b.offset);
  const parts = [];
  let from = 0;
  at.forEach(({ place, offset }, id) => {
    marks.set(id, place);
    const text = Buffer.from(`zq${id}qz`, wide ? 'utf16le' : 'ascii');
    parts.push(bytes.subarray(from, offset), wide === 'be' ? text.swap16() : text);
    from = offset;
  });
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}

function lineStarts(bytes, wide) {
  const starts = [0];
  const step = wide ? 2 : 1;
  for (let i = 0; i + step <= bytes.length; i += step) {
    const unit = wide === 'le' ? bytes[i] | (bytes[i + 1] << 8) : wide === 'be' ? (bytes[i] << 8) | bytes[i + 1] : bytes[i];
    if (unit === 10) starts.push(i + step);
  }
  return starts;
}

function htmlFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.x?html?$/i.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function main() {
  const [root, map, folder] = process.argv.slice(2);
  if (!map) {
    console.error(`usage: node ${basename(process.argv[1])} ROOT MAP [PAGES]`);
    process.exit(2);
  }
  const { pages, elements, uses, malformed, faults } = await compareDiscovery(root, map, folder);
  for (const fault of faults) console.log(fault);
  console.log(`${pages} pages, ${elements} elements with uses in Chromium, ${uses} uses at their places, ${malformed} malformed, ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
