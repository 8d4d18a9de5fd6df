// At build time: writes every page as the browser will find it, the concept's markup with one module script in its head.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentHtml } from '@fxc/runtime';
import { renderToString } from 'react-dom/server';
import { App } from './app';
import { pageOf } from './pages';

const modules = import.meta.glob<Record<string, unknown>>('../generated/pages/**/*.tsx', { eager: true });
const entry = (JSON.parse(readFileSync('dist/entry.json', 'utf8')) as Record<string, { file: string }>)['src/main.tsx'];
if (!entry) throw new Error('dist/entry.json does not name src/main.tsx');

for (const [path, module] of Object.entries(modules)) {
  const name = path.slice('../generated/pages/'.length, -'.tsx'.length);
  const page = pageOf(module);
  const file = join('dist', `${name}.html`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, documentHtml(renderToString(<App name={name} page={page} />), page.document, `/${entry.file}`));
}
rmSync('dist/.server', { recursive: true });
rmSync('dist/entry.json');
