// Reads what `fxc check --emit=ir` prints, as far as the tests of the standard library need it: a line a row, children
// indented by two spaces, texts quoted, places behind an '@'.

const text = (line) => JSON.parse(/"(?:[^"\\]|\\.)*"/.exec(line)[0]);

/** The lines of a printed row's children. */
function childrenOf(lines, at) {
  const depth = lines[at].search(/\S/);
  let end = at + 1;
  while (end < lines.length && lines[end].search(/\S/) > depth) end += 1;
  return lines.slice(at + 1, end);
}

/** The rows of one kind directly below. */
function rowsOf(lines, kind) {
  const depth = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.flatMap((line, at) => (line.search(/\S/) === depth && line.trim().split(' ')[0] === kind
    ? [{ line, lines: childrenOf(lines, at) }] : []));
}

function integrationsOf(ir) {
  const lines = ir.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, at) => (line.startsWith('integration ') ? [{ name: text(line), lines: childrenOf(lines, at) }] : []));
}

function fieldsOf(row, kind = 'field') {
  return Object.fromEntries(rowsOf(row.lines, kind).map(({ line }) => {
    const [, type] = /type (?:optional @\S+ )?(?:array of @\S+ )?(\w+)/.exec(line.replaceAll(/\s+/g, ' ')) ?? [];
    const [, choice] = / type union "([^"]+)"/.exec(line) ?? [];
    return [text(line), { type, choice, optional: / type optional /.test(line) }];
  }));
}

/** `value string "US"`, `value int 1`, `value bool 0`. */
function literalOf(line) {
  const [, kind, literal] = /^value (\w+) (.*?)(?: @\S+)?$/.exec(line.trim()) ?? [];
  if (kind === 'bool') return literal === '1';
  return kind === undefined ? undefined : JSON.parse(literal);
}

/** Every binding: where it stands, its URL, the pointers of its result and the fields that these fill. */
export function bindingsOf(ir) {
  return integrationsOf(ir).flatMap(({ name, lines }) => {
    const types = Object.fromEntries(rowsOf(lines, 'type').map((row) => [text(row.line), fieldsOf(row)]));
    const operations = Object.fromEntries(rowsOf(lines, 'operation').map((row) => [text(row.line), {
      params: fieldsOf(row, 'param'),
      returns: / returns /.test(row.line),
      fields: types[/named "([^"]+)"/.exec(row.line)?.[1]] ?? {},
    }]));
    const read = (release, production) => ({ line, lines: below }) => {
      const operation = text(line);
      const config = Object.fromEntries(rowsOf(release.lines, 'config').map((row) => [text(row.line), literalOf(row.lines[0])]));
      const [url] = /"(?:[^"\\]|\\.)*"/.exec(line.slice(line.indexOf(`"${operation}"`) + operation.length + 2));
      const each = /\beach ("(?:[^"\\]|\\.)*")/.exec([line, ...below.filter((one) => one.trim().startsWith('each '))].join('\n'));
      const members = rowsOf(below, 'result').flatMap((row) => rowsOf(row.lines, 'member'));
      const result = Object.fromEntries(members.map((member) => {
        const [key, pointer] = member.line.match(/"(?:[^"\\]|\\.)*"/g).map((one) => JSON.parse(one));
        return [key, pointer];
      }));
      return {
        integration: name, release: text(release.line), operation, production, config, url: JSON.parse(url), result,
        method: line.trim().split(' ')[2], each: each ? JSON.parse(each[1]) : undefined, ...operations[operation],
      };
    };
    return rowsOf(lines, 'release').flatMap((release) => [
      ...rowsOf(release.lines, 'binding').map(read(release, false)),
      ...rowsOf(release.lines, 'production').flatMap((row) => rowsOf(row.lines, 'binding').map(read(release, true))),
    ]);
  });
}

/** Every release that a page may name: integration, provider. */
export function providersOf(ir) {
  return integrationsOf(ir).flatMap(({ name, lines }) => rowsOf(lines, 'release')
    .filter(({ line }) => !/ retired /.test(line)).map(({ line }) => [name, / provider "([^"]+)"/.exec(line)[1]]));
}

/** Every environment variable that a release names. */
export function environmentOf(ir) {
  return ir.split('\n').filter((line) => line.trim().startsWith('env ')).map((line) => ({
    name: text(line),
    type: / type (\w+)/.exec(line)?.[1],
    secret: / secret /.test(line),
    pattern: / pattern ("(?:[^"\\]|\\.)*")/.test(line) ? JSON.parse(/ pattern ("(?:[^"\\]|\\.)*")/.exec(line)[1]) : undefined,
  }));
}
