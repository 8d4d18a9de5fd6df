// Random projects and random edits of them. An edit is a list of operations on files that can be done again, in part, or in
// another project: that is how a failing run is made shorter.
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A generator of numbers below n (xorshift32). */
export function dice(seed) {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0 || 1;
  return (n) => {
    for (const shift of [13, -17, 5]) state = (shift > 0 ? state ^ (state << shift) : state ^ (state >>> -shift)) >>> 0;
    return state % n;
  };
}

const NAMES = ['alpha', 'beta', 'gamma', 'delta'];
const PAGES = ['a', 'b', 'c', 'Cart', 'cart', 'shop/one', 'shop/two', 'shop/deep/x', 'old/archive/z'];

/** What a project is made of; `roll(n)` gives numbers below n. Texts that are `tidy` have no errors of
 *  their own, those made `quietly` no warnings either. */
export function texts(roll, tidy, quietly) {
  const pick = (list) => list[roll(list.length)];
  const chance = (percent) => roll(100) < percent;

  const wrong = (percent) => !tidy && chance(percent);
  const range = () => (wrong(20) ? pick(['@^2', '@^9', '@~~1']) : pick(['', '', '', '@^1', '@1.x']));
  function use() {
    const name = (wrong(15) ? pick(['missing', 'alpah']) : pick(NAMES));
    const attributes = [`data-integration="${name}${range()}"`];
    if (chance(30)) attributes.push(`data-integration-country="${wrong(30) ? pick(['xx', '']) : pick(['us', 'ca'])}"`);
    if (chance(15)) attributes.push(`data-integration-required="${wrong(20) ? 'maybe' : pick(['false', 'true'])}"`);
    if (chance(10)) attributes.push(`data-integration-capabilities="${wrong(50) ? pick(['fast,slow', 'none']) : 'fast'}"`);
    if (!quietly && chance(10)) attributes.push(`data-depends-on="${pick(NAMES)}"`);
    if (chance(8)) attributes.push(`data-integration-flag="use_${pick(NAMES)}"`);
    if (chance(8)) attributes.push(`data-integration-provider="${wrong(50) ? 'other' : 'acme'}"`);
    const slot = chance(70) ? `<input name="street" data-slot="${wrong(20) ? 'city' : 'street'}">` : '';
    const ignored = !quietly && chance(8) ? '<!-- fxc-ignore FX1301, FX1302: known -->' : '';
    return `${ignored}<div ${attributes.join(' ')}>${slot}${pick(['', 'text', '<b>x</b>'])}</div>`;
  }
  const plain = () => pick(['<p>words', '<p>other words</p>', '<!-- note -->', '<ul><li>1<li>2</ul>', '<input name="address">', '<b>x</b>', '<img src="https://img.example/a.png">']);
  function filler() {
    return pick(['<p>words', '<p>other words</p>', '<script>x()</script>', '<a onclick="x()" href="/y">y</a>', '<img src="https://img.example/a.png">', '<p style="color: red">z</p>',
      '<!-- data-integration="alpha" -->', '<ul><li>1<li>2</ul>', '<input name="address">', '<form action="https://forms.example/f"></form>', '<tr><td>x', '<a href="javascript:x">j</a>', '<object data="x"></object>']);
  }
  function page() {
    if (!quietly && chance(3)) return '';
    if (!quietly && chance(3)) return `<p>caf\xe9 ${roll(10)}</p>`;  // as windows-1252, see write()
    const parts = [`<!doctype html><title>T${roll(4)}</title>`], quiet = quietly || chance(60);
    for (let i = roll(5); i >= 0; i--) parts.push(chance(45) ? use() : quiet ? plain() : filler());
    if (!quietly && chance(5)) parts.push('<div class=view data-use="beta">aliased</div>');
    return parts.join(pick(['\n', '', '\r\n']));
  }

  const version = () => (wrong(50) ? pick(['2.0.0', '2.1.0']) : pick(['1.0.0', '1.2.0', '1.3.1']));
  function fx(name) {
    const releases = [['v1', version()], ...(chance(40) ? [['v2', version()]] : [])];
    const status = () => (wrong(50) ? pick(['beta', 'deprecated', 'retired']) : 'stable');
    const others = tidy ? NAMES.slice(NAMES.indexOf(name) + 1) : NAMES;
    const needs = () => (chance(25) && others.length ? `requires ${pick(others)} ${wrong(30) ? '^2' : pick(['^1', '*'])}` : '');
    const env = () => (chance(20) ? `env KEY: ${pick(['string', 'secret'])} /^[a-z]+$/` : '');
    return `${chance(20) ? `// a comment ${roll(99)}\n` : ''}${wrong(5) ? 'stub ' : ''}integration ${name} {
  label "${pick(['One', 'Two'])}" purpose "Do it" ${chance(30) ? 'owner "us"' : ''}
  ${wrong(30) ? `prop country: int = ${pick(['"us"', '1'])}` : `prop country: ${pick(['"us" | "ca"', 'string'])} = ${pick(['"us"', '"ca"'])}`}
  ${wrong(30) ? 'slot street: input' : 'slot street: input?'} ${chance(20) ? 'slot city: select?' : ''}
  ${chance(20) ? 'event done(street: string)' : ''}
  ${wrong(20) ? 'type T { street: string }\n  operation look(street: string) -> T' : chance(20) ? 'type T { street: string }' : ''}
${releases.map(([label, v]) => `  release ${label} = ${v} ${status()} {
    provider ${wrong(30) ? 'other' : 'acme'} features fast${wrong(20) ? 'er' : ''}${chance(20) ? ', slow' : ''} module "@x/${name}"
    ${wrong(15) ? 'until 2026-06-30 replaced-by v2' : ''} ${needs()} ${env()}
    ${chance(30) ? `config { k = "${pick(['p', 'q'])}" }` : ''} ${chance(10) ? 'flag "use_it"' : ''}
  }`).join('\n')}
  ${chance(30) ? 'fallback v1 -> static' : ''}
  ${chance(10) ? 'alert { fallback-rate > 4% over 5m }' : ''}
}
`;
  }
  function yaml(name) {
    return `${chance(30) ? `# a comment ${roll(99)}\n` : ''}${name}:
  concept: { label: ${pick(['One', 'Two'])}, purpose: Do it, props: { country: '${wrong(30) ? 'int' : pick(['string', '"us" | "ca"'])}?' }, slots: { street: 'input?' } }
  prototype: { integration: acme, version: "1.0.0", features: [fast${chance(30) ? ', slow' : ''}]${wrong(10) ? ', colour: red' : ''} }
`;
  }
  function manifest(path) {
    const own = path.replace(/.*\/|\.[a-z]+$/g, '');
    const name = wrong(30) ? pick(NAMES) : own;
    if (wrong(4)) return pick(['integration {', 'a: [', '', '\ufeff']);
    if (path.endsWith('.fx')) return fx(name) + (wrong(10) ? fx(pick(NAMES)) : '') + (chance(5) ? view() : '');
    return yaml(name);
  }
  function view() {
    return `view ${pick(['one', 'two'])} "V${roll(3)}" {\n  main { h1 "T" div use ${pick(NAMES)} optional { input [name="street"] slot street } ${chance(30) ? 'p "more"' : ''} }\n}\n`;
  }
  function project() {
    const lines = ['project p {'];
    if (chance(30)) lines.push(`  concept "${pick(['concept/**/*.html', 'concept/**/*.{html,htm}', 'concept/*.html', '**/*.html'])}"`);
    if (chance(25)) lines.push('  exclude "**/archive/**"');
    if (chance(40)) lines.push('  templates "templates/**"');
    if (chance(15)) lines.push(`  pin ${pick(NAMES)} "${wrong(30) ? '2.x' : pick(['1.x', '*'])}"`);
    if (chance(20)) lines.push(`  rules { ${wrong(30) ? 'orphan error' : pick(['inline-script off', 'orphan off', 'unused-ignore off'])} }`);
    if (chance(15)) lines.push(`  discover { ${pick(['attribute "data-use"', `suggest ${pick(NAMES)} when xpath "//input[@name='${pick(['address', 'street'])}']"`])} }`);
    if (chance(20)) lines.push(`  environment e { ${pick(['set KEY', 'flag use_it on', 'provider alpha = acme', ''])} }`);
    if (chance(10)) lines.push(`  output "${pick(['generated', 'out'])}"`);
    if (chance(10)) lines.push('  phase production');
    if (wrong(6)) lines.push('  nonsense');
    return `${lines.join('\n')}\n}\n`;
  }
  const template = () => (wrong(30) ? pick(['{{> nothing}}', '{{#open}}']) : pick(['{{> component}}\n', '// shell\n{{> component}}\n', '// two\n{{> component}}\n// lines\n']));
  const overrides = () => (wrong(40) ? pick(['{"flags": {"use_it": true}}', '{', '{"x": 1}']) : pick(['{"integrations": {"alpha": {"release": "v1"}}}', '{"flags": {"alpha": false}}']));
  const variables = () => pick(['KEY=abc\n', 'KEY=123\n', '', 'OTHER=x\n']);

  /** Where a new file could lie, and what it could hold. */
  const places = [
    { weight: 45, path: () => `concept/${pick(PAGES)}.${chance(95) ? 'html' : 'htm'}`, text: page },
    { weight: 22, path: () => `integrations/${pick([...NAMES, 'more/eta'])}.${pick(['fx', 'fx', 'yaml'])}`, text: manifest },
    { weight: 6, path: () => pick(['project.fx', 'project.fx', 'project.fx', 'project.yaml']), text: (path) => (path.endsWith('fx') ? project() : `exclude: ["**/${pick(['archive', 'deep'])}/**"]\n`) },
    { weight: 8, path: () => `templates/${pick(['page.tsx', 'integration.tsx', 'index.ts', 'unknown'])}.mustache`, text: template },
    { weight: 6, path: () => `views/${pick(['v', 'w'])}.fx`, text: view },
    { weight: 4, path: () => pick(['.env', '.env.e']), text: variables },
    { weight: 3, path: () => 'generated/runtime-overrides.json', text: overrides },
    { weight: 3, path: () => pick(['concept/notes.txt', 'README.md', 'concept/.hidden/h.html', 'node_modules/m/n.html', 'generated/mine.txt']), text: () => `text ${roll(9)}\n` },
    { weight: 3, path: () => pick(['shared/s.html', 'shared/t.html']), text: page },
  ];
  const total = places.reduce((sum, place) => sum + place.weight, 0);
  function place() {
    let at = roll(total);
    return places.find((one) => (at -= one.weight) < 0);
  }
  const textFor = (path) => ({ html: page, htm: page, mustache: template, fx: path.startsWith('views') ? view : path.startsWith('project') ? project : () => manifest(path),
    yaml: path.startsWith('project') ? () => 'exclude: []\n' : () => manifest(path), json: overrides, e: variables, env: variables }[path.split('.').pop()] ?? (() => `text ${roll(9)}\n`))(path);
  return { place, textFor, chance, pick, page, manifest };
}

const SOURCES = /^(?!(generated|out|elsewhere-out|\.fx)\/|fx\.lock$|generated\.fx|out\.fx|elsewhere-out\.fx)|^(generated|out)\/runtime-overrides\.json$/;
export const isSource = (path) => SOURCES.test(path);

/** Every file and link below a folder, relative paths in order. */
export function filesBelow(root, at = '', found = []) {
  let entries = [];
  try {
    entries = readdirSync(join(root, at), { withFileTypes: true });
  } catch {
    return found;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = at ? `${at}/${entry.name}` : entry.name;
    if (entry.isDirectory()) filesBelow(root, path, found);
    else found.push(path);
  }
  return found;
}

// All integrations, without an error.
function mended(roll) {
  const { manifest } = texts(roll, true);
  return NAMES.map((name) => ({ do: 'write', path: `integrations/${name}.fx`, text: manifest(`integrations/${name}.fx`) }));
}

/** A project to begin with. */
export function begin(roll) {
  const { place, page } = texts(roll, true), operations = mended(roll);
  for (const path of ['concept/a.html', 'concept/shop/one.html']) operations.push({ do: 'write', path, text: page() });
  for (let i = roll(12); i > 0; i--) {
    const one = place(), path = one.path();
    operations.push({ do: 'write', path, text: one.text(path) });
  }
  return operations;
}

// A byte more or less in the middle of a text, or another one of the same length.
function altered(text, roll, sameSize) {
  const at = roll(text.length + 1), letter = 'abc <>"=-'[roll(9)];
  if (sameSize) return text.slice(0, at) + (at < text.length ? (text[at] === letter ? 'z' : letter) : '') + text.slice(at + 1);
  return roll(2) ? text.slice(0, at) + letter + text.slice(at) : text.slice(0, at) + text.slice(at + 1);
}

/** A change in a page that its project need not hear of. */
export function quietEdit(root, roll) {
  const pick = (list) => list[roll(list.length)];
  const pages = filesBelow(root).filter((path) => isSource(path) && /^concept\/[^.]*\.html$/.test(path));
  const path = pick(pages.concat('concept/a.html'));
  let text = '';
  try {
    text = readFileSync(join(root, path), 'latin1');
  } catch { /* a link that leads nowhere, or no page at all */ }
  return [{ do: 'write', path, raw: pick([`${text}\n<!-- ${roll(99)} -->`, text.replace(/words|<b>x/, (found) => `${found} ${pick(['a', 'b'])}`), text.replace(/<!-- \d+ -->/, ''), `${text}<p>end ${roll(9)}`, text.replace(/<p>/, '<p><i>q</i>'), text]) }];
}

/** A project that builds, whatever it was before. */
export function mendAll(root, roll) {
  const { page } = texts(roll, true, true);
  const sources = filesBelow(root).filter(isSource);
  return [{ do: 'delete', path: 'project.fx' }, { do: 'delete', path: 'project.yaml' }, { do: 'delete', path: 'generated/runtime-overrides.json' }, ...mended(roll),
    ...sources.filter((path) => /^(views|templates|integrations\/more)\/|^integrations\/.*yaml$/.test(path)).map((path) => ({ do: 'delete', path })),
    ...sources.filter((path) => /\.html?$/.test(path)).concat('concept/b.html').map((path) => ({ do: 'write', path, text: page() }))];
}

/** One random edit of what lies in `root` now, as operations. */
export function edit(root, roll) {
  const { place, textFor, chance, pick } = texts(roll, roll(100) < 92);
  const all = filesBelow(root), sources = all.filter(isSource), outputs = all.filter((path) => /^(generated|out|elsewhere-out)\//.test(path) && !isSource(path));
  const read = (path) => {
    try {
      return readFileSync(join(root, path), 'latin1');
    } catch {
      return '';
    }
  };
  const some = () => pick(sources.length ? sources : ['concept/a.html']);
  const kinds = [
    [18, () => { const one = place(), path = one.path(); return [{ do: 'write', path, text: one.text(path) }]; }],
    [14, () => { const path = some(); return [{ do: 'write', path, text: textFor(path) }]; }],
    [14, () => { const path = some(); return [{ do: 'write', path, raw: altered(read(path), roll, false) }]; }],
    // What a clock that stands still, `cp -p` or a tool that restores times make of an edit.
    [10, () => { const path = some(); return [{ do: 'write', path, raw: altered(read(path), roll, true), keepTimes: chance(70) }]; }],
    [4, () => { const path = some(); return [{ do: 'write', path, raw: `${read(path)}${pick(['\n', ' ', '<!-- c -->', '# c\n', '// c\n'])}` }]; }],
    [4, () => { const path = some(); return [{ do: 'write', path, raw: `${pick(['\n', ' ', '// c\n', '# c\n'])}${read(path)}` }]; }],
    [6, () => quietEdit(root, roll)],
    [8, () => [{ do: 'delete', path: some() }]],
    [5, () => { const from = some(), to = place().path(); return [{ do: 'rename', from, to }]; }],
    [2, () => { const from = some(); const cut = from.lastIndexOf('/') + 1; return [{ do: 'rename', from, to: from.slice(0, cut) + (from[cut] === from[cut].toUpperCase() ? from[cut].toLowerCase() : from[cut].toUpperCase()) + from.slice(cut + 1) }]; }],
    [2, () => { const a = some(), b = some(); return [{ do: 'rename', from: a, to: 'swap.tmp' }, { do: 'rename', from: b, to: a }, { do: 'rename', from: 'swap.tmp', to: b }]; }],
    [5, () => [{ do: 'touch', path: some(), at: pick([null, 1e9, 4e9]) }]],
    [3, () => { const path = some(); return [{ do: 'write', path, raw: read(path) }]; }],
    [3, () => [{ do: 'link', path: place().path(), to: pick(['shared/s.html', 'shared/t.html', 'concept/a.html', 'nowhere', 'shared', 'integrations/alpha.fx']) }]],
    [2, () => [{ do: 'mode', path: some(), mode: pick([0o644, 0o600, 0o755]) }]],
    [3, () => [{ do: 'delete', path: 'fx.lock' }]],
    [1, () => [{ do: 'write', path: 'fx.lock', raw: altered(read('fx.lock'), roll, chance(50)) }]],
    [4, () => (outputs.length ? [{ do: 'write', path: pick(outputs), raw: altered(read(pick(outputs)), roll, chance(50)), keepTimes: chance(50) }] : [])],
    [4, () => (outputs.length ? [{ do: 'delete', path: pick(outputs) }] : [])],
    [1, () => (outputs.length ? [{ do: 'rename', from: pick(outputs), to: 'generated/pages/gone.tsx' }] : [])],
    [1, () => [{ do: 'delete', path: pick(['generated', 'generated/pages', 'concept/shop', 'integrations', '.fx', '.fx/cache', 'templates']) }]],
    [1, () => [{ do: 'rename', from: pick(['concept/shop', 'concept', 'integrations']), to: pick(['concept/moved', 'elsewhere', 'concept/shop']) }]],
    [2, () => []],
    // Whatever is wrong, this makes most of it right.
    [20, () => mendAll(root, roll)],
  ];
  let at = roll(kinds.reduce((sum, [weight]) => sum + weight, 0));
  const operations = kinds.find(([weight]) => (at -= weight) < 0)[1]();
  return chance(12) ? [...operations, ...edit(root, roll)] : operations;
}

/** How fxc is called behind an edit. */
export function call(roll) {
  const words = [];
  const pick = (list) => list[roll(list.length)];
  words.push(pick(['build', 'build', 'build', 'build', 'build', 'build', 'build', 'build', 'check', 'generate', 'discover', 'validate', 'build']));
  words.push(`--today=${pick(['2026-05-01', '2026-05-01', '2026-05-01', '2026-05-01', '2026-05-01', '2026-07-01'])}`);
  if (roll(100) < 5) words.push('--phase=production');
  if (roll(100) < 6) words.push('--env=e');
  if (roll(100) < 4) words.push('-Whtml');
  if (roll(100) < 3) words.push('-Werror');
  if (roll(100) < 3) words.push('-w');
  if (roll(100) < 3) words.push('--locked');
  if (roll(100) < 3) words.push('-o', 'elsewhere-out');
  if (roll(100) < 30) words.push(`-j${1 + roll(4)}`);
  return { words, key: roll(100) < 5 ? 'abc' : '' };
}

const there = (path) => {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
};

/** Does one operation. What cannot be done, since an earlier one was left out, is not done. */
export function apply(root, operation) {
  const path = operation.path && join(root, operation.path);
  try {
    switch (operation.do) {
      case 'write': {
        const old = existsSync(path) ? statSync(path) : null;
        mkdirSync(dirname(path), { recursive: true });
        if (old?.isDirectory()) return;
        if (there(path)?.isSymbolicLink() && !old) unlinkSync(path);
        writeFileSync(path, operation.raw ?? operation.text, operation.raw !== undefined || operation.text.includes('\xe9') ? 'latin1' : 'utf8');
        if (old && operation.keepTimes) utimesSync(path, old.atimeMs / 1000, old.mtimeMs / 1000);
        return;
      }
      case 'delete': return rmSync(path, { recursive: true, force: true });
      case 'rename': {
        const to = join(root, operation.to);
        if (!there(join(root, operation.from))) return;
        mkdirSync(dirname(to), { recursive: true });
        return renameSync(join(root, operation.from), to);
      }
      case 'touch': {
        const when = operation.at ?? Date.now() / 1000;
        return utimesSync(path, when, when);
      }
      case 'link': {
        if (there(path)?.isDirectory()) return;
        rmSync(path, { force: true });
        mkdirSync(dirname(path), { recursive: true });
        return symlinkSync(join('../'.repeat(operation.path.split('/').length - 1), operation.to), path);
      }
      case 'mode': return chmodSync(path, operation.mode);
      default: throw new Error(operation.do);
    }
  } catch (error) {
    if (!error.code) throw error;  // a folder where a file would be, and the like
  }
}
