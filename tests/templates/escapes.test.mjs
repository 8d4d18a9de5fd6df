// In: templates with a hole in every kind of position, and values that would like to be more than a value there. Out: whether
// readers that are not ours (TypeScript's parser and what its output does when it runs, the yaml package by both versions
// of YAML, parse5, JSON.parse, marked) find exactly that value in that place, and everything around it as it was.
//
// Where a position cannot say every value (a comment, a line of Markdown), what is compared is what its reader makes of
// the text around it, and of the value with its white space collapsed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { marked } from 'marked';
import { parse as parseHtml } from 'parse5';
import ts from 'typescript';
import { parse as parseYaml } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = resolve(root, process.env.FXC_RENDER ?? 'build/tests/templates/render');

const hostile = [
  'plain', '', ' ', 'two words', ' leading', 'trailing ', 'a\nb', '\n', 'a\r\nb', 'a\rb', '\ttab', 'nul\0', '\x1b[31m', '\x7f', '\x85', '\u2028', '\u2029', '\ufeff', '\u202e\u2066', '\ufffe',
  '"', "'", '`', '\\', '\\\\', "\\'", '\\"', '\\n', '\\u0041', '$', '${', '${alert(1)}', '{', '}', '{{', '}}', '{{x}}', '{alert(1)}', '{/*', '"+alert(1)+"', "');alert(1)//",
  '/', '*', '*/', '/*', '//', '**/', '*/alert(1)/*', '//\nalert(1)', '<', '>', '</', '<!--', '-->', '--!>', '->', '--', '-', '!', '<![CDATA[', ']]>',
  '</script>', '<script>alert(1)</script>', '<b>', '</p><b>', '<x {...y}>', '&', '&amp;', '&lt;', '&#39;', '&quot', "' onload='x", '" onload="x',
  'javascript:alert(1)', ' java\tscript:alert(1)', 'JAVASCRIPT:x', 'vbscript:x', 'data:text/html,x', 'https://example.com/?a=b&c=d', '//evil.example/',
  'true', 'True', 'false', 'null', '~', 'yes', 'NO', 'on', 'Off', 'y', 'n', '1', '-1', '0x1F', '1e3', '.5', '.inf', '.nan', '1_000', '12:30', '2026-01-01', '=', '<<', '0o7', '07',
  ':', ': ', 'a: b', 'a:', '#', ' #', 'a #b', '#b', '- a', '-', '---', '...', '? a', '|', '>', '|\n  x', '&a', '*a', '!a', '!!str x', '%a', '@a', ',', 'a, b', '[', ']', '[a]', '{a: b}', '}', 'a]b',
  '# H', '## H', '1. a', '1) a', '+ a', '* a', '> q', '    code', '===', '~~~', '```', '``', '`a`', '*a*', '_a_', '**a**', '[a](b)', '![a](b)', '[a]: b', '|a|', '\\*', '~~a~~', '***', '___', 'a  \nb', '<a@b.c>',
  'delete', 'class', 'await', 'let', '__proto__', 'constructor', 'a-b', 'a.b', '9lives', 'naïve', '日本語', '😀', 'e\u0301', '\u200b', '\u00ad',
];

/** Renders every template with every value: one process, all answers. */
function render(file, template, values) {
  const input = values.map((x) => JSON.stringify({ file, template, data: { x, list: [x, x], n: 7, t: true } })).join('\n') + '\n';
  const { stdout, status } = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(status, 0);
  return stdout.trim().split('\n').map((line) => {
    const { text, errors } = JSON.parse(line);
    assert.equal(errors, undefined, `${template}\n${errors}`);
    return text;
  });
}

/** Each value, rendered and read by `read`, is `expected` of the value. */
function holds(name, file, template, read, expected = (x) => x, values = hostile) {
  test(`${name}: ${JSON.stringify(template)}`, () => {
    render(file, template, values).forEach((text, i) => {
      let found;
      try {
        found = read(text);
      } catch (error) {
        assert.fail(`${JSON.stringify(values[i])} gives ${JSON.stringify(text)}: ${error.message}`);
      }
      assert.deepEqual(found, expected(values[i]), `${JSON.stringify(values[i])} gives ${JSON.stringify(text)}`);
    });
  });
}

/* TypeScript: parsed without an error, translated, run; what the module exports is the answer. */

function run(text, file = 'a.tsx') {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  assert.deepEqual(parsed.parseDiagnostics.map(({ messageText }) => messageText), []);
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, jsx: ts.JsxEmit.React, jsxFactory: 'h', jsxFragmentFactory: 'F' };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options, fileName: file });
  const exports = {}, alert = () => { throw new Error('it ran'); };
  const h = (tag, props, ...children) => ({ tag, props, children });
  vm.runInNewContext(outputText, { exports, alert, h, F: 'F', y: {} });
  return { statements: parsed.statements.length, ...exports };
}
const jsx = (text) => JSON.parse(JSON.stringify(run(text).a));
const lines = (x) => x.replace(/\r\n?/g, '\n');  // what a template string says of a line break
const expectA = (a) => (x) => ({ statements: 1, a: a(x) });

holds('string', 'a.ts', "export const a = 'p{{x}}q';", (text) => run(text, 'a.ts'), expectA((x) => `p${x}q`));
holds('string', 'a.tsx', 'export const a = "{{x}}";', run, expectA((x) => x));
holds('template string', 'a.tsx', 'export const a = `p{{x}}{q`;', run, expectA((x) => `p${lines(x)}{q`));
holds('template string', 'a.tsx', "export const a = `${'{{x}}'}${[`{{x}}`][0]}`;", run, expectA((x) => x + lines(x)));
holds('block comment', 'a.tsx', '/* {{x}}{{x}}*/ export const a = 1; /** p/{{x}}/ */', run, expectA(() => 1));
holds('line comment', 'a.tsx', '// {{x}}\nexport const a = 1; // {{x}}', run, expectA(() => 1));
holds('name', 'a.tsx', 'const {{x}} = 1, q{{x}} = 2; export const a = q{{x}} + ({{x}} ? 1 : 0);', (text) => run(text).a, () => 3, hostile.filter((x) => x !== 'q'));
holds('name', 'a.ts', 'export const a = { {{x}}: 1, b: {{n}}, c: {{t}} };', (text) => Object.keys(run(text, 'a.ts').a).length, () => 3, hostile.filter((x) => x !== '__proto__'));
holds('JSX text', 'a.tsx', 'export const a = <p>{{x}}</p>;', (text) => jsx(text).children.join(''), (x) => x);
holds('JSX text', 'a.tsx', 'export const a = <p>\n  <b>{{x}}</b>{{x}}{1}</p>;', (text) => jsx(text).children, (x) => (x ? [{ tag: 'b', props: null, children: [x] }, x, 1] : [{ tag: 'b', props: null, children: [] }, 1]));
holds('JSX attribute', 'a.tsx', `export const a = <p title="{{x}}" lang='{{x}}' />;`, (text) => jsx(text).props, (x) => ({ title: x, lang: x }));
holds('JSX attribute in code', 'a.tsx', "export const a = <p title={'{{x}}'}>{'{{x}}'}</p>;", (text) => jsx(text), (x) => ({ tag: 'p', props: { title: x }, children: [x] }));
const harmless = (url) => !URL.canParse(url, 'https://example.com/') || !/^(javascript|vbscript):/.test(new URL(url, 'https://example.com/').protocol);
holds('JSX URL', 'a.tsx', 'export const a = <a href="{{x}}">x</a>;', (text) => harmless(jsx(text).props.href), () => true);

/* YAML, as 1.2 and as 1.1 have it */

const yaml = (text) => {
  const [core, old] = ['1.2', '1.1'].map((version) => parseYaml(text, { version, strict: true, schema: version === '1.1' ? 'yaml-1.1' : 'core', merge: false, logLevel: 'error' }));
  assert.deepEqual(core, old);
  return core;
};
const oneLine = (x) => x.replace(/\r\n|[\n\r\t\x85\u2028\u2029]/g, (at) => ' '.repeat(at.length)).replace(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/g, '?');
holds('YAML scalar', 'a.yaml', 'k: {{x}}\nz: {{n}}\n', yaml, (x) => ({ k: x, z: 7 }));
holds('YAML key', 'a.yaml', '{{x}}: {{t}}\nzz: 2\n', yaml, (x) => ({ [x]: true, zz: 2 }), hostile.filter((x) => x !== '__proto__'));
holds('YAML list', 'a.yml', '- {{x}}\n-   - {{x}} # {{x}}\n    - 1\n', yaml, (x) => [x, [x, 1]]);
holds('YAML flow list', 'a.yaml', 'k: [{{x}}, {{x}}, { a: {{x}}, b: 1 }]\n', yaml, (x) => ({ k: [x, x, { a: x, b: 1 }] }));
holds('YAML flow key', 'a.yaml', 'k: { {{x}}: 1 }\n', yaml, (x) => ({ k: { [x]: 1 } }), hostile.filter((x) => x !== '__proto__'));
holds('YAML double quotes', 'a.yaml', 'k: "p{{x}}q"\n', yaml, (x) => ({ k: `p${x}q` }));
holds('YAML single quotes', 'a.yaml', "k: 'p{{x}}q'\n", yaml, (x) => ({ k: `p${oneLine(x)}q` }));
holds('YAML comment', 'a.yaml', 'k: 1 # {{x}}\n#{{x}}\nz: 2\n', yaml, () => ({ k: 1, z: 2 }));
holds('YAML block scalar', 'a.yaml', 'k: |\n  p{{x}}q\n  {{x}}\nz: 2\n', (text) => { const { k, z } = yaml(text); return [k.split('\n')[0], z]; }, (x) => [`p${oneLine(x)}q`, 2]);
holds('YAML section', 'a.yaml', 'k: [{{#list}}{{.}}, {{/list}}]\n', yaml, (x) => ({ k: [x, x] }));

/* JSON */

holds('JSON string', 'a.json', '{"a": "p{{x}}q", "b": [{{x}}, {{n}}, {{t}}, {{gone}}], {{x}}: 1}', (text) => JSON.parse(text), (x) => JSON.parse(JSON.stringify({ a: `p${x}q`, b: [x, 7, true, null], [x]: 1 })), hostile.filter((x) => x !== '__proto__'));

/* HTML */

const html = (text) => {
  const out = [];
  (function walk(node) {
    if (node.nodeName === '#text') out.push(node.value);
    else if (node.nodeName === '#comment') out.push('<!>');
    else if (node.tagName) out.push(`<${node.tagName}`, ...node.attrs.map(({ name, value }) => `${name}=${value}`));
    (node.content ?? node).childNodes?.forEach(walk);
  })(parseHtml(`<!doctype html><title></title><body>${text}`));
  return out.slice(4).join('¦');
};
const noNul = (x) => x.replaceAll('\0', '\ufffd');
holds('HTML text', 'a.html', '<p>p{{x}}q</p>', html, (x) => `<p¦p${noNul(x)}q`);
holds('HTML attribute', 'a.html', `<p title="p{{x}}" lang='{{x}}q'>r</p>`, html, (x) => `<p¦title=p${noNul(x)}¦lang=${noNul(x)}q¦r`);
holds('HTML text without markup', 'a.html', '<textarea>p{{x}}</textarea>q', html, (x) => `<textarea¦p${noNul(x)}¦q`);
holds('HTML comment', 'a.html', '<p><!-- {{x}} --><!--{{x}}--><!--p{{x}}>-->q</p>', html, () => '<p¦<!>¦<!>¦<!>¦q');
holds('HTML URL', 'a.html', '<a href="{{x}}">q</a>', (text) => harmless(/href=([^]*?)¦q$/.exec(html(text))[1]), () => true, hostile.filter((x) => !x.includes('\0')));

/* Markdown: the blocks that marked finds, and their text as a reader sees it */

const markdown = (text) => html(marked.parse(text, { gfm: true })).replace(/¦?\n(?=¦|$)/g, '').trim();
const seen = (x) => oneLine(x).replace(/\s+/g, ' ').trim();
const words = (text) => markdown(text).replace(/\s+/g, ' ').replace(/^(<p¦) /, '$1').trim();
const noLinks = hostile.filter((x) => !/https?:|@|\u200b|\u00ad/.test(x));  // what GitHub makes a link of by itself
holds('Markdown text', 'a.md', 'p {{x}} q\n', words, (x) => `<p¦p ${seen(x)} q`.replace('  ', ' '), noLinks);
holds('Markdown heading', 'a.md', '## p {{x}} q\n\nr\n', words, (x) => `<h2¦p ${seen(x)} q¦<p¦r`.replace('  ', ' '), noLinks);
holds('Markdown line', 'a.md', '{{x}} q\n', words, (x) => `<p¦${seen(x)} q`.replace(/^(<p¦) /, '$1'), noLinks);
holds('Markdown code', 'a.md', 'p `{{x}}` q\n', words, (x) => `<p¦p ¦<code¦${oneLine(x).replaceAll('`', "'").replace(/\s+/g, ' ')}¦ q`.replace('<code¦¦', '<code¦ ¦'), noLinks);
holds('Markdown link', 'a.md', 'p [r]({{x}}) q\n', (text) => { const href = /href=(.*?)¦r¦ q$/.exec(markdown(text)); return href && harmless(href[1]); }, () => true, hostile.filter(Boolean));
holds('Markdown table', 'a.md', '| a | b |\n| --- | --- |\n| {{x}} | r |\n', (text) => (markdown(text).match(/<t[dh]\b/g) ?? []).length, () => 4);
holds('Markdown comment', 'a.md', '<!-- {{x}} -->\n\nq\n', (text) => markdown(text), () => '<!>¦<p¦q');

/* Plain text and .fx */

holds('plain text', 'a.txt', 'p {{x}} q', (text) => text, (x) => `p ${oneLine(x)} q`);
holds('.fx name', 'a.fx', 'project {{x}} {', (text) => /^project (`(in|and|or|not|true|false|null)`|(?!(?:in|and|or|not|true|false|null) )[a-z][a-z0-9]*(-[a-z0-9]+)*) \{$/.test(text), () => true);
holds('.fx string', 'a.fx', 'label "p{{x}}q" // {{x}}', (text) => JSON.parse(/^label ("(?:[^"\\\n]|\\.|\\u\{[0-9a-f]+\})*") \/\/ [^\n]*$/.exec(text)[1].replace(/\\u\{([0-9a-f]+)\}/g, (_, hex) => `\\u${hex.padStart(4, '0')}`)), (x) => `p${x}q`);

/* Where no escape is safe, the template is refused at the tag */

const refused = {
  'a.tsx': ['const a = <{{x}} />;', 'const a = <p {{x}}="1" />;', 'const a = <p title=[{x}] />;', 'const a = <p>x</{{x}}>;', 'const a = <p onClick="{{x}}" />;', 'const a = <iframe srcDoc="{{x}}" />;',
    'const a = /{{x}}/;', 'const a = [/[{{x}}]/];', "const a = '\\{{x}}';", 'const a = `${{x}}`;', 'const a = `\\{{x}}`;', '/* *{{x}} */', 'const a = 1{{x}};', 'const a = 0x{{x}};',
    'const a = {{#t}}<p>{{/t}}{{x}};', 'const a = `{{#t}}${ {{/t}}{{x}}`;'],
  'a.ts': ['const a = /{{x}}/;', "const a = '{{#list}}\\{{/list}}{{x}}';"],
  'a.yaml': ['k: p{{x}}', 'k: {{x}}q', 'k: {{x}}{{x}}', 'k: "\\{{x}}"', 'k: |{{x}}', 'k: a # b\n  {{x}}{{x}}', 'k: [{{#list}}{{.}}{{/list}}]', "k: {{#t}}'{{/t}}{{x}}", 'k: [{{#t}}[{{/t}}{{x}}]'],
  'a.json': ['{"a": 1{{x}}}', '{"a": "\\{{x}}"}', '{"a": {{#t}}"{{/t}}{{x}}}'],
  'a.html': ['<{{x}}>', '<p {{x}}>', '<p a={{x}}>', '<p a=b{{x}}>', '</{{x}}>', '<p onclick="{{x}}">', '<p style="{{x}}">', '<iframe srcdoc="{{x}}">', '<img srcset="{{x}}">', '<script>{{x}}</script>', '<style>{{x}}</style>',
    '<!-- -{{x}} -->', '<!-- --!{{x}} -->', '<!doctype {{x}}>', '<p {{#t}}title="{{/t}}{{x}}">', '<iframe>{{x}}</iframe>', '<SCRIPT>{{x}}</SCRIPT>'],
  'a.md': ['<p title="{{x}}">', '\\{{x}}', '<!-- -{{x}} -->', '{{#t}}`{{/t}}{{x}}'],
  'a.fx': ['a-{{x}}', 'a "\\{{x}}"', 'a """{{x}}"""', 'env A: secret /{{x}}/', '/* *{{x}} */'],
};
for (const [file, templates] of Object.entries(refused))
  test(`refused in ${file}`, () => {
    const input = templates.map((template) => JSON.stringify({ file, template: template.replace('[{x}]', '{{=[ ]=}}[x]'), data: { x: 'x', t: true, list: [1] } })).join('\n');
    const answers = spawnSync(program, { input: `${input}\n`, encoding: 'utf8' }).stdout.trim().split('\n').map((line) => JSON.parse(line));
    answers.forEach(({ errors, text }, i) => {
      assert.equal(errors?.length, 1, `${templates[i]} gives ${JSON.stringify(errors ?? text)}`);
      const [place, code] = errors[0].split(' ');
      assert.equal(code, 'FX5003', templates[i]);
      if (!/#|=\[/.test(templates[i]) && !/\{\{x\}\}q/.test(templates[i])) assert.equal(Number(place), templates[i].lastIndexOf('{{x}}'), templates[i]);
    });
  });
