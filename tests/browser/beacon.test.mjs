// In: pages that count, in Chromium, and a server on loopback. Out: whether what arrives is what was counted, though pages are hidden, left and
// closed, and the server is away for a while.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, it } from 'node:test';
import { bundle, launch, openPage, ROOT } from './harness.mjs';

const { Monitor } = await import(`${ROOT}build/runtime/metrics/monitor.js`);
const { readDelta } = await import(`${ROOT}build/runtime/metrics/delta.js`);

const config = { a: { releases: { v1: { provider: 'p', release: '1.0.0', config: {} } } } };
const CLIENT = `
import { Monitor, startBeacon } from '${ROOT}build/runtime/index.js';
const monitor = new Monitor({ config: ${JSON.stringify(config)} });
window.stop = startBeacon(monitor, { every: 300 });
const subject = { integration: 'a', operation: 'o', source: 'concept/a.html:1:2' };
window.count = (times) => {
  for (let i = 0; i < times; i++) {
    monitor.onAsk({ ...subject, release: 'v1', result: 'ok', failure: undefined, attempts: 1, ms: i });
    monitor.onCall({ ...subject, chosen: 'v1', answered: 'v1', fallback: false, error: undefined, ms: i });
  }
};
`;

let browser, server, address, sum, status, bodies;
before(async () => {
  browser = await launch();
  const client = await bundle(CLIENT);
  server = createServer((request, response) => {
    if (request.url === '/client.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(client);
    if (request.url !== '/_fx/metrics') {
      const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'" };
      return void response.writeHead(200, headers).end('<!doctype html><html lang="en"><title>A page</title><script src="/client.js"></script>');
    }
    let body = '';
    request.on('data', (part) => (body += part)).on('end', () => {
      bodies += 1;
      assert.deepEqual([request.method, request.headers['content-type'], request.headers['sec-fetch-site']], ['POST', 'application/json', 'same-origin']);
      if (status === 204) sum.add(readDelta(JSON.parse(body), config));
      response.writeHead(status).end();
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${server.address().port}/`;
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function visit() {
  [sum, status, bodies] = [new Monitor({ config }), 204, 0];
  const page = await openPage(browser);
  await page.unroute('**/*');
  await page.goto(address);
  return page;
}

/** Waits for the server to have counted so many calls, and for a while whether there come more. */
async function arrives(calls) {
  const counted = () => sum.snapshot().integrations.a?.calls ?? 0;
  for (const end = Date.now() + 5000; counted() < calls && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal(counted(), calls);
  assert.equal(sum.snapshot().integrations.a?.releases.v1.asked ?? 0, calls);
}

it('sends what is new every while, and nothing when nothing is', async () => {
  const page = await visit();
  await arrives(0);
  assert.equal(bodies, 0);
  for (const times of [3, 4]) {
    await page.evaluate((count) => window.count(count), times);
    await arrives(times === 3 ? 3 : 7);
  }
  assert.equal(bodies, 2);
  assert.deepEqual(page.messages, []);
});

it('sends the rest when the page is closed, and when another one is gone to', async () => {
  for (const leave of [(page) => page.close({ runBeforeUnload: true }), (page) => page.goto('about:blank')]) {
    const page = await visit();
    await page.evaluate(() => window.count(5));
    await leave(page);
    await arrives(5);
  }
});

it('makes up for what a server that was away has not counted', async () => {
  const page = await visit();
  status = 503;
  await page.evaluate(() => window.count(6));
  await arrives(0);
  assert.ok(bodies > 0);
  status = 204;
  await page.evaluate(() => window.count(2));
  await arrives(8);
});
