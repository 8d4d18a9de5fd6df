// Builds the page and serves it with its provider on loopback: `node serve.mjs`.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { answer } from './provider.mjs';

const here = import.meta.dirname;
const fxc = resolve(process.env.FXC ?? `${here}/../../build/fxc`);
if (spawnSync(fxc, ['build'], { cwd: here, stdio: 'inherit' }).status !== 0) process.exit(1);

const common = { bundle: true, jsx: 'automatic', absWorkingDir: here, target: 'es2022' };
const client = await build({ ...common, entryPoints: ['src/main.tsx'], write: false, format: 'iife', minify: true });
await build({ ...common, entryPoints: ['src/render.tsx'], outfile: 'dist/render.cjs', platform: 'node', format: 'cjs' });
const page = createRequire(import.meta.url)('./dist/render.cjs').html('/main.js');

const server = createServer((request, response) => {
  const { status, body, type = 'application/json' } =
    request.url === '/' ? { status: 200, body: page, type: 'text/html; charset=utf-8' }
    : request.url === '/main.js' ? { status: 200, body: client.outputFiles[0].text, type: 'text/javascript' }
    : answer(request.url);
  response.writeHead(status, { 'content-type': type });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
