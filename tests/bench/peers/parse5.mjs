// The peer: reads every file that the list names, parses it with parse5 and finds the places of data-integration, as
// discovery does. Prints how many.
import { readFileSync } from 'node:fs';
import { parse } from 'parse5';

function collect(node, file, places) {
  if (node.attrs?.some((attribute) => attribute.name === 'data-integration')) {
    const at = node.sourceCodeLocation?.attrs?.['data-integration'];
    places.push(`${file}:${at?.startLine}:${at?.startCol}`);
  }
  for (const child of node.childNodes ?? []) collect(child, file, places);
  if (node.content) collect(node.content, file, places);
}

const places = [];
for (const file of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  collect(parse(readFileSync(file, 'utf8'), { sourceCodeLocationInfo: true }), file, places);
}
console.log(places.length);
