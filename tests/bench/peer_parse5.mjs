// The peer: reads every file that the list names, parses it with parse5 and counts elements with data-integration.
import { readFileSync } from 'node:fs';
import { parse } from 'parse5';

function count(node) {
  let found = node.attrs?.some((attribute) => attribute.name === 'data-integration') ? 1 : 0;
  for (const child of node.childNodes ?? []) found += count(child);
  return node.content ? found + count(node.content) : found;
}

let found = 0;
for (const file of readFileSync(process.argv[2], 'utf8').trim().split('\n')) found += count(parse(readFileSync(file, 'utf8')));
console.log(found);
