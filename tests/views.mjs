// What is wrong with concept pages, a line each: parse errors and implied structure by parse5, and what a page needs so
// that everybody can use it (a language, a title, one <main>, headings in order, labels that are bound, ids that are unique).
import { readFileSync } from 'node:fs';
import { parse } from 'parse5';

const labelled = new Set(['input', 'select', 'textarea', 'output']);

function elements(node, found = []) {
  for (const child of node.childNodes ?? []) {
    if (child.tagName) found.push(child);
    elements(child, found);
  }
  return found;
}

const attr = (element, name) => element.attrs.find((a) => a.name === name)?.value;
const text = (node) => node.value ?? (node.childNodes ?? []).map(text).join('');

function around(element, tag) {
  for (let at = element.parentNode; at; at = at.parentNode) if (at.tagName === tag) return at;
  return null;
}

function faults(html) {
  const said = [];
  const tree = parse(html, { sourceCodeLocationInfo: true, onParseError: (e) => said.push(`${e.startLine}:${e.startCol} ${e.code}`) });
  const all = elements(tree);
  for (const e of all) {
    // An element that the parser made up or moved has no tag of its own.
    if (!e.sourceCodeLocation?.startTag && e.sourceCodeLocation?.startOffset === undefined) said.push(`<${e.tagName}> is implied`);
  }
  const ids = new Set();
  for (const id of all.map((e) => attr(e, 'id')).filter((i) => i !== undefined)) {
    if (ids.has(id) || id === '' || /\s/.test(id)) said.push(`the id '${id}' is there twice, or none`);
    ids.add(id);
  }
  const of = (tag) => all.filter((e) => e.tagName === tag);
  if (!attr(of('html')[0], 'lang')) said.push('no language');
  if (of('title').length !== 1 || !text(of('title')[0]).trim()) said.push('not one title');
  if (of('main').length !== 1 || of('h1').length !== 1) said.push('not one <main> and one <h1>');
  let level = 0;
  for (const e of all.filter((x) => /^h[1-6]$/.test(x.tagName))) {
    if (Number(e.tagName[1]) > level + 1) said.push(`<${e.tagName}> behind <h${level}>`);
    level = Number(e.tagName[1]);
  }
  const targets = new Set(of('label').map((e) => attr(e, 'for')));
  for (const e of all.filter((x) => labelled.has(x.tagName))) {
    if (attr(e, 'aria-label')) continue;
    const by = attr(e, 'aria-labelledby');
    if (!targets.has(attr(e, 'id')) && !(by && ids.has(by)) && !around(e, 'label')) said.push(`<${e.tagName}> has no label`);
  }
  for (const id of targets) if (id !== undefined && !ids.has(id)) said.push(`a label for '${id}', which is not there`);
  for (const e of of('a')) if (attr(e, 'href') === undefined || !text(e).trim()) said.push('a link without a target or a text');
  for (const e of of('button')) if (!attr(e, 'type') || !text(e).trim()) said.push('a button without a type or a text');
  for (const e of of('form')) if (!elements(e).some((x) => x.tagName === 'button' && attr(x, 'type') === 'submit')) said.push('a form that cannot be sent');
  const navs = of('nav').map((e) => attr(e, 'aria-label'));
  if (new Set(navs).size !== navs.length || navs.includes(undefined)) said.push('<nav> without a name of its own');
  return said;
}

for (const file of process.argv.slice(2)) for (const fault of faults(readFileSync(file, 'utf8'))) console.log(`${file.replace(/.*\/concept\//, '')}: ${fault}`);
