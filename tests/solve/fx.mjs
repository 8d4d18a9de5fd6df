// Manifests and project files in .fx. In: a text. Out: the declarations of model.mjs. A reader of the few clauses
// that the choice of releases depends on, word by word; it knows of the others only how they are passed over: up to
// the next word that it knows in the same block.
const RELATIONS = ['requires', 'optional', 'conflicts'];
const TOKEN = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|->|[{}=,()]|[^\s{}=,()"]+/g;

function tokens(source) {
  const found = [];
  for (const { 0: text, index } of source.matchAll(TOKEN)) {
    if (text.startsWith('//') || text.startsWith('/*')) continue;
    const quoted = text.startsWith('"');
    found.push({ text: quoted ? text.slice(1, -1) : text, quoted, start: index, end: index + text.length });
  }
  return found;
}

class Reader {
  constructor(source) { this.tokens = tokens(source); this.at = 0; }
  get done() { return this.at >= this.tokens.length; }
  peek(offset = 0) { return this.tokens[this.at + offset] ?? { text: '', start: -1, end: -1 }; }
  is(text) { return !this.peek().quoted && this.peek().text === text; }
  next() { return this.tokens[this.at++]; }
  take(text) { if (!this.is(text)) return false; this.at++; return true; }

  /** `{ … }`: each word that has a reader is read, all others are passed over. Says where the block ends. */
  block(readers) {
    if (!this.take('{')) throw new Error(`no block at ${this.peek().start}`);
    while (!this.is('}')) {
      if (this.done) throw new Error('a block without an end');
      const word = this.next();
      if (!word.quoted && readers[word.text]) readers[word.text](word);
      else if (!word.quoted && word.text === '{') { this.at--; this.block({}); }
    }
    return this.next().end;
  }

  /** `name range, name`: a range stands in quotes or is one word that looks like one. */
  relations(kind) {
    const found = [];
    do {
      const name = this.next();
      const one = { kind, to: name.text, start: name.start, end: name.end, nameEnd: name.end };
      if (this.peek().quoted || /^[\^~*\d]/.test(this.peek().text)) {
        const range = this.next();
        Object.assign(one, { range: range.text, end: range.end });
      }
      found.push(one);
    } while (this.take(','));
    return found;
  }
}

const inOrder = (list) => RELATIONS.flatMap((kind) => list.filter((one) => one.kind === kind));
const relationReaders = (reader, list) =>
  Object.fromEntries(RELATIONS.map((kind) => [kind, () => list.push(...reader.relations(kind))]));

function release(reader) {
  const label = reader.next();
  const one = { label: label.text, start: label.start, relations: [] };
  if (reader.take('=')) one.version = reader.next().text;
  if (!reader.is('{')) one.status = reader.next().text;
  const word = (member) => () => { one[member] = reader.next().text; };
  one.end = reader.block({
    ...relationReaders(reader, one.relations), provider: word('provider'), flag: word('flag'), 'available-from': word('from'),
  });
  return { ...one, relations: inOrder(one.relations) };
}

function integration(reader) {
  const name = reader.next();
  const one = { name: name.text, start: name.start, nameEnd: name.end, releases: [], relations: [], compatibility: [] };
  one.end = reader.block({
    ...relationReaders(reader, one.relations),
    release: () => one.releases.push(release(reader)),
    active: () => { one.active = reader.next().text; },
    compatibility: () => {
      const rules = { label: reader.next().text, relations: [] };
      reader.block(relationReaders(reader, rules.relations));
      one.compatibility.push({ ...rules, relations: inOrder(rules.relations) });
    },
  });
  return { ...one, relations: inOrder(one.relations) };
}

export function fxManifest(source) {
  const reader = new Reader(source), found = [];
  while (!reader.done) {
    const word = reader.next();
    if (word.text !== 'integration') throw new Error(`'${word.text}' at ${word.start}`);
    found.push(integration(reader));
  }
  return found;
}

function environment(reader) {
  const one = { name: reader.next().text, providers: [], flags: [] };
  reader.block({
    provider: () => {
      const to = reader.next();
      reader.take('=');
      const provider = reader.next();
      one.providers.push({ to: to.text, provider: provider.text, start: to.start, end: provider.end });
    },
    flag: () => {
      const flag = reader.next(), state = reader.next();
      one.flags.push({ flag: flag.text, on: state.text === 'on', start: flag.start, end: state.end });
    },
  });
  return one;
}

export function fxProject(source) {
  const reader = new Reader(source), pins = [], environments = [];
  if (!reader.take('project')) throw new Error('not a project file');
  reader.next();
  reader.block({
    pin: () => pins.push(...reader.relations('pin')),
    environment: () => environments.push(environment(reader)),
  });
  return { pins, environments };
}
