// In: the ports of the providers. Out: the project of this folder, built by fxc and bundled: the engine with its bindings for
// users in Node, the server half, the page as it is sent and its script.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const HERE = fileURLToPath(new URL('project', import.meta.url));

const ENGINE = `
export { integrationConfig } from './generated/integration-config';
export { Engine, IntegrationError, Monitor, number, optional, record, string } from '@fxc/runtime';
export const modules = {
  './bindings/address-lookup/v1': async () => import('./generated/bindings/address-lookup/v1'),
  './bindings/address-lookup/v2': async () => import('./generated/bindings/address-lookup/v2'),
  './bindings/delivery-quote/v1': async () => import('./generated/bindings/delivery-quote/v1'),
  './bindings/order-entry/v1': async () => import('./generated/bindings/order-entry/v1'),
};
`;
const SERVER = `
export { createHandler } from './generated/server/handler';
export { nodeHandler } from '@fxc/runtime/node';
`;
const PAGE = `
import { documentHtml } from '@fxc/runtime';
import { renderToString } from 'react-dom/server';
import { IndexDocument, indexDocument } from './generated/pages/index';
import { IntegrationProvider } from './generated/providers';
export const html = documentHtml(renderToString(<IntegrationProvider><IndexDocument /></IntegrationProvider>), indexDocument, '/main.js');
`;
const CLIENT = `
import { Monitor, startBeacon } from '@fxc/runtime';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { integrationConfig } from './generated/integration-config';
import { IndexDocument } from './generated/pages/index';
import { IntegrationProvider } from './generated/providers';
const monitor = new Monitor({ config: integrationConfig });
Object.assign(globalThis, { monitor, endBeacon: startBeacon(monitor, { every: 1000 }) });
hydrateRoot(document, <StrictMode><IntegrationProvider observers={[monitor]}><IndexDocument /></IntegrationProvider></StrictMode>);
`;

async function bundle(folder, source, options) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder, loader: 'tsx' },
    bundle: true, write: false, jsx: 'automatic', target: 'es2022', nodePaths: [join(ROOT, 'node_modules')],
    define: { 'process.env.NODE_ENV': '"development"' }, logLevel: 'error', ...options,
  });
  return outputFiles[0].text;
}

/** `remove` takes the folder away that all of it lies in. */
export async function buildProject(ports) {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'build/chaos-'));
  cpSync(HERE, folder, { recursive: true });
  for (const name of readdirSync(join(folder, 'integrations'))) {
    const file = join(folder, 'integrations', name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/127\.0\.0\.1:([1-4])\//g, (_, number) => `127.0.0.1:${ports[number - 1]}/`));
  }
  const built = spawnSync(FXC, ['build', '-q', '-w'], { cwd: folder, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  const node = { platform: 'node', format: 'cjs' };
  const load = async (source, name) => {
    const file = join(folder, name);
    writeFileSync(file, await bundle(folder, source, node));
    return createRequire(pathToFileURL(file))(file);
  };
  return {
    engine: await load(ENGINE, 'engine.cjs'),
    server: await load(SERVER, 'server.cjs'),
    html: (await load(PAGE, 'page.cjs')).html,
    script: await bundle(folder, CLIENT, { format: 'esm' }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
