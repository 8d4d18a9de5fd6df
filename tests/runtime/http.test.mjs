// Answers that break off, by a server on loopback; the other failures of a request are in tests/browser/binding.test.mjs.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { HttpError, command, request } from '@fxc/runtime';

let server;
let url;

before(async () => {
  server = createServer((message, response) => {
    const status = Number(message.url.slice(1));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': 100 });
    response.write('{"half":', () => {
      if (status !== 206) message.socket.destroy();
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const kindOf = (kind) => (error) => error instanceof HttpError && error.kind === kind;
const get = (status, signal = new AbortController().signal) => ({ method: 'GET', url: `${url}/${status}`, signal });

test('an answer that breaks off is none: another provider may do better', async () => {
  await assert.rejects(request(get(200)), (error) => kindOf('unreachable')(error) && error.status === 200);
});

test('of a failure that breaks off the status says enough', async () => {
  for (let round = 0; round < 20; round += 1) {
    await assert.rejects(request(get(503)), kindOf('unavailable'));
    await assert.rejects(command(get(429)), kindOf('busy'));
  }
});

test('a command has been accepted, whatever its answer holds', async () => {
  for (let round = 0; round < 20; round += 1) await command(get(200));
});

test('who is aborted while he reads is told his own reason', async () => {
  const leaver = new AbortController();
  const reading = request(get(206, leaver.signal));
  setTimeout(() => leaver.abort(new Error('left')), 50);
  await assert.rejects(reading, /left/);
});
