// Pages for the comparison with Chromium. In: a seed, and for inject() a page of anybody's. Out: pages with uses and with
// everything that only looks like one, at random places. The same seed gives the same pages.

/** Numbers below n, from one seed. */
export function randomOf(seed) {
  let state = (seed * 2654435761) >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 4294967296 * n);
  };
}

const names = ['address-validation', 'payment-processing', 'geocoding', 'search', 'a', 'b2', 'order-history', 'map', 'x-y-z', 'notification-delivery'];
const pick = (random, list) => list[random(list.length)];

/** `text` with some letters as character references; without ';' where what follows cannot belong to the number. */
function withReferences(random, text) {
  return [...text].map((c, i) => {
    const code = c.charCodeAt(0);
    const end = /[0-9a-f]/i.test(text[i + 1] ?? ' ') || random(2) ? ';' : '';
    return random(3) ? c : pick(random, [`&#${code}${end}`, `&#x${code.toString(16)}${end}`, `&#X${code.toString(16).toUpperCase()};`]);
  }).join('').replaceAll('-', () => random(4) ? '-' : '&#45;');
}

function value(random) {
  const name = pick(random, names);
  switch (random(12)) {
    case 0: return `${name}@^${1 + random(3)}`;
    case 1: return `${name} ${pick(random, names)}`;
    case 2: return ` \t${name}\n  ${pick(random, names)}@>=2 `;
    case 3: return withReferences(random, name);
    case 4: return '';
    case 5: return pick(random, ['Bad_Name', '-x', 'é', '1a', '<p', 'a--b', '@1']);
    case 6: return `${name}&amp;`;
    case 7: return `${name}&Tab;${pick(random, names)}`;
    default: return name;
  }
}

/** An attribute, or a few, with a use. */
function use(random) {
  const name = random(9) ? 'data-integration' : pick(random, ['DATA-INTEGRATION', 'Data-Integration', 'data-enhance']);
  const text = value(random);
  const quoted = pick(random, [`"${text}"`, `'${text}'`]);
  const written = random(4) || /[\s"'`=<>]|^$/.test(text) ? quoted : text;
  const space = random(12) ? '' : pick(random, [' ', '\n', '\t']);
  switch (random(14)) {
    case 0: return `${name}=${written} ${name}="again"`;
    case 1: return `class=x ${name}${space}=${space}${written}`;
    case 2: return `${name}`;
    case 3: return `data-integrations="${text}" data-integration-x="${pick(random, names)}"`;
    case 4: return `xdata-integration=no ${name}=${quoted}title='data-integration="no"'`;
    default: return `${name}${space}=${space}${written}`;
  }
}

// What may stand anywhere. U becomes an attribute with a use.
const pieces = [
  '<p U>', '<div U>text</div>', '<span U></span>', '<br U>', '</p U>', '</br U>', '<b U>', '<i U><p>x</i>y', '<b U><b U><b U><b U><p>', '<a U>x<a U>y', '<nobr U><nobr U>',
  '<!-- <p U> -->', '<!--><p U>-->', '<!-- a --!><p U>', '<!--<!-- --><p U>', '<!- <p U> ->', '<?x <p U> ?>', '</ <p U>>', '<![CDATA[<p U>]]>', '<!DOCTYPE a "<p U>">',
  '<script><p U></script>', '<script>"<!--<script><p U></script>"</script><p U>', '<script U></script>', '<style U><p U></style>', '<STYLE><p U></Style >',
  '<textarea U><p U></textarea>', '<title><p U></title>', '<noscript><p U></noscript>', '<noscript U></noscript>', '<iframe U><p U></iframe>', '<noembed><p U></noembed>', '<noframes><p U></noframes>', '<xmp U><p U></xmp>', '<xmp></XMP><p U>',
  '<p title="<p U>">', "<p title='\n<p U>'>", '<p title=<p U>', '<img alt="" U/>', '<p/U/>', '<p U <b U>', '<p\nU\n>',
  '<template><p U></template>', '<template U><tr U><td U></template>', '<template><template U><p U></template></template>', '<template><table U>x<p U></table></template>',
  '<div><template shadowrootmode="open"><p U></template></div>', '<section><template shadowrootmode=open U><b U></template></section>', '<p><template shadowrootmode="open"><template shadowrootmode="open"><p U></template></template>',
  '<table U><p U>x<tr U><td U>y</table>', '<table><tr><b U>x<td>y</table>', '<table><input type=hidden U><input type=text U><caption U></caption><colgroup U><col U></table>', '<table><form U><td U></form></table>', '<table><script U></script><style U></style><template U></template>', '<tr U><td U><th U>', '<tbody U>', '<caption U>', '<col U>', '<table><select U><option U><tr U>', '<table><tr><td><table U></td><p U>',
  '<select U><option U><optgroup U><p U></select>', '<select><select U>', '<select><input U>', '<select><b U>x</select>', '<select><hr U><button U><selectedcontent U></selectedcontent></button></select>', '<option U><option U><optgroup U>',
  '<svg U><g U/><![CDATA[<p U>]]></svg>', '<svg><desc U><p U></desc><p U>', '<svg><foreignObject U><div U></foreignObject></svg>', '<svg><title><p U></title><style><p U></style><script><p U></script></svg>', '<svg><b U>', '<svg><font U><font color=x U></svg>',
  '<math U><mi U><p U></mi></math>', '<math><annotation-xml encoding="text/html"><p U></annotation-xml>', '<math><annotation-xml U><p U></math>', '<math><mtext><mglyph U><malignmark U><p U></mtext></math>', '<math><ms U><svg U></ms></math>',
  '<form U><form U></form></form>', '<form U><div></form><form U>', '<button U><button U>', '<li U><li U>', '<dd U><dt U>', '<h1 U><h2 U>', '<ruby U><rb U><rt U><rp U>', '<image U>', '<isindex U>', '<input U>', '<keygen U>', '<menuitem U>', '<search U>', '<dialog U>', '<center U><address U>', '<object U><param U></object>', '<applet U><marquee U></applet></marquee>', '<video U><source U><track U></video>', '<x-y U></x-y>', '<pre U>\n</pre>', '<listing U>', '<wbr U>', '<embed U>', '<area U>', '<base U>', '<link U>', '<meta U>', '<a U><p U></a>', '<b U><table><tr><td></b>x', '<em U><div U></em>', '<address><b U></address>x',
  '<html U>', '<body U>', '<head U>', '</body><p U>', '</html><p U>', '</head>', '</template>', '</table>', '</select>', '</svg>', '</form>', '<frame U>', '<frameset U>', '\0<p U>', '<p U\0>', '&lt;p U&gt;', 'data-integration="a"', '< p U>', '<p U', '<1 U>', '\r\n<p\rU\r>',
];
// What swallows all that is behind it: at the end of some pages.
const endings = ['<plaintext U><p U>', '<p U', '<p data-integration="a', '<p data-integration=a', '<!-- <p U>', '<script><p U>', '<textarea><p U>', '<title><p U>', '<style><p U>', '<svg><![CDATA[<p U>', '</p U', '<template U><p U>', '<select><p U>', '<table><p U>', '<iframe><p U>', '<noframes><p U>', '</body></html><p U><!-- U -->'];
const starts = ['<!DOCTYPE html>', '<!doctype html public "-//W3C//DTD HTML 3.2//EN">', '', '\n', '\uFEFF<!DOCTYPE html>', '<html U>', '<!DOCTYPE html><html U><head U><title>x</title></head><body U>', '<frameset U><frame U></frameset><noframes><p U></noframes>', '<head><script U></script></head><p U>', '<!-- U --><p U>', '<meta charset=utf-8>é', '<!DOCTYPE html><head><noscript><link U><p U></noscript>'];

const fill = (random, piece) => piece.replace(/U/g, () => use(random));

// Where a template stands in the head, Chromium lets a frameset behind it replace the body, as an older standard did; today's
// says that the template spoils it. So there is no frameset behind a template.
const settled = (text) => {
  const template = text.search(/<template/i);
  return template < 0 ? text : text.slice(0, template) + text.slice(template).replace(/<frameset/gi, '<x-frameset');
};

/** A page of our own. */
export function makePage(seed) {
  const random = randomOf(seed);
  const parts = [pick(random, starts)];
  for (let i = 3 + random(40); i > 0; i--) parts.push(pick(random, pieces), random(3) ? '' : pick(random, ['x', ' ', '\n', 'é', '</div>', '</p>', '</b>', '</td>', '</i>', '</a>']));
  if (!random(3)) parts.push(pick(random, endings));
  return Buffer.from(settled(fill(random, parts.join(''))));
}

/** A page of somebody else's (bytes), with uses in its start tags and pieces at some of its places. */
export function inject(bytes, seed) {
  const random = randomOf(seed);
  let rare = 3 + random(60);   // one place in so many
  const page = bytes.toString('latin1');
  const tags = page.match(/<[a-zA-Z]/g)?.length ?? 1;
  rare = Math.max(rare, Math.ceil(tags / 400));   // large pages get no more than small ones
  const wild = random(2);      // half of the pages get pieces, the others keep their structure
  const out = page.replace(/<[a-zA-Z][a-zA-Z0-9-]*/g, (tag) => {
    if (random(rare)) return tag;
    return wild && !random(3) ? latin(fill(random, pick(random, pieces))) + tag : `${tag} ${latin(use(random))}`;
  });
  return Buffer.from(settled(wild && !random(4) ? out + latin(fill(random, pick(random, endings))) : out), 'latin1');
}

// ASCII alone, whatever the encoding of the page is.
const latin = (text) => text.replace(/[^\0-\x7F]/g, 'e');
