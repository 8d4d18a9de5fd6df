// The peer: reads every file that the list names with htmlparser2, which builds no tree and mends nothing, and counts the
// elements with data-integration.
import { readFileSync } from 'node:fs';
import { Parser } from 'htmlparser2';

let found = 0;
const parser = new Parser({ onopentag: (_, attributes) => { if ('data-integration' in attributes) found++; } });
for (const file of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  parser.reset();
  parser.write(readFileSync(file, 'utf8'));
  parser.end();
}
console.log(found);
