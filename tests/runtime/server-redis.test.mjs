// Limits that several servers share, against a real redis-server, which this starts and stops; and what becomes of them
// while Redis is away.
import assert from 'node:assert/strict';
import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import Redis from 'ioredis';
import { redisLimits } from '../../build/runtime/redis.js';
import { PAGE, SECRET, ask, half, halfServer, pause, provider } from './half.mjs';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function startRedis(port, folder) {
  const redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' });
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([once(socket, 'connect').then(() => true, () => false)]);
    socket.destroy();
    if (open) return redis;
    await pause(25);
  }
  throw new Error('redis-server does not start');
}

async function stopRedis(redis) {
  if (redis.exitCode !== null || redis.signalCode !== null) return;
  redis.kill('SIGKILL');
  await once(redis, 'exit');
}

/** The two methods of the package redis that are asked for, on top of the other package. */
class NodeRedisLike {
  constructor(client) {
    this.isReady = true;
    this.client = client;
  }

  sendCommand(words) {
    return this.client.call(...words);
  }

  eval(script, { keys, arguments: words }) {
    return this.client.eval(script, keys.length, ...keys, ...words);
  }
}

const available = spawnSync('redis-server', ['--version']).status === 0;

describe('limits that servers share', { skip: available ? false : 'there is no redis-server' }, () => {
  let folder;
  let port;
  let redis;
  const clients = [];
  const client = (more = {}) => {
    const made = new Redis({ host: '127.0.0.1', port, ...more });
    made.on('error', () => undefined);
    clients.push(made);
    return made;
  };
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fxc-redis-'));
    port = await freePort();
    redis = await startRedis(port, folder);
  });
  after(async () => {
    for (const one of clients) one.disconnect();
    await stopRedis(redis);
    rmSync(folder, { recursive: true });
  });

  /** Times at which a request may go, by Redis's clock, asked for from several sides as often as possible for `ms`. */
  async function grants(takers, ms) {
    const times = [];
    const end = performance.now() + ms;
    await Promise.all(takers.map(async (take) => {
      while (performance.now() < end) if ((await take()) <= 0) times.push(performance.now());
    }));
    return times.sort((a, b) => a - b);
  }

  /** The most that fell into any interval of `per` milliseconds. */
  const most = (times, per) => Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + per).length));

  for (const [name, wrap] of [['ioredis', (one) => one], ['redis', (one) => new NodeRedisLike(one)]]) {
    it(`never let more through than the rate in any interval, with ${name}`, async () => {
      const rate = { count: 5, per: 300 };
      const limits = [redisLimits(wrap(client()), { prefix: name }), redisLimits(wrap(client()), { prefix: name })];
      // Not at once, so that the window has an edge in the middle of a burst.
      const [first, second] = limits.map(({ provider: take }) => () => take('people v1', rate));
      const began = [];
      assert.equal(await first(), 0);
      began.push(performance.now());
      await pause(220);
      const times = [...began, ...(await grants([first, second], 1500))];
      // The times are taken when the answers are here, a few milliseconds after Redis counted.
      assert.ok(most(times, 300 - 25) <= 5, String(most(times, 275)));
      assert.ok(times.length >= 20, String(times.length)); // and it does let through what it may
    });
  }

  it('do so where a count that begins anew with each interval does not', async () => {
    const rate = { count: 5, per: 1000 };
    const limits = redisLimits(client(), { prefix: 'edge' });
    const times = [];
    // One, then four just before the fixed interval ends, then what goes right behind its end.
    const go = async (take, much) => {
      for (let i = 0; i < much; i += 1) if ((await take()) <= 0) times.push(performance.now());
    };
    const fixed = () => limits.client('x', 1, rate);
    await go(fixed, 1);
    await pause(900);
    await go(fixed, 4);
    await pause(150);
    await go(fixed, 5);
    assert.ok(most(times, 400) > 5, 'a fixed window lets nearly twice as many through');
    times.length = 0;
    const sliding = () => limits.provider('x', rate);
    await go(sliding, 1);
    await pause(900);
    await go(sliding, 4);
    await pause(150);
    await go(sliding, 5);
    assert.ok(most(times, 900) <= 5, String(most(times, 900)));
    assert.equal(times.length, 6); // the first one's place is free again
  });

  it('leave nothing behind in Redis, and say how long to wait', async () => {
    const limits = redisLimits(client(), { prefix: 'brief' });
    assert.equal(await limits.provider('y', { count: 1, per: 200 }), 0);
    const wait = await limits.provider('y', { count: 1, per: 200 });
    assert.ok(wait > 100 && wait <= 201, String(wait));
    const reader = client();
    assert.equal((await reader.keys('brief:*')).length, 1);
    await pause(wait + 20);
    assert.equal(await limits.provider('y', { count: 1, per: 200 }), 0);
    await pause(300);
    assert.deepEqual(await reader.keys('brief:*'), []);
  });

  it('count with the clock of Redis, also when it was set back', async () => {
    const limits = redisLimits(client(), { prefix: 'back' });
    const reader = client();
    const now = Date.now() * 1000;
    await reader.zadd('back:provider:z', now + 100_000, 'soon'); // a tenth of a second ahead
    assert.ok((await limits.provider('z', { count: 1, per: 1000 })) > 900);
    await reader.zadd('back:provider:far', now + 3_600_000_000, 'far'); // an hour
    assert.equal(await limits.provider('far', { count: 1, per: 1000 }), 0);
  });

  it('hold for two processes together', async () => {
    const registry = await provider();
    const server = (i) => fork(fileURLToPath(new URL('server-process.mjs', import.meta.url)), [String(port), registry.address, String(i)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const children = [server(1), server(2)];
    try {
      const ports = await Promise.all(children.map(async (child) => (await once(child, 'message'))[0].port));
      const asked = await Promise.all(Array.from({ length: 12 }, (_, i) => ask(ports[i % 2], '/_fx/people/find', { release: 'v1', input: { id: String(i) } }, { ...PAGE, 'x-client': `c${i}` })));
      assert.deepEqual(new Set(asked.map(({ status }) => status)), new Set([200]));
      const times = registry.asked.map(({ at }) => at);
      assert.equal(times.length, 12);
      assert.ok(most(times, 400) <= 4, String(most(times, 400))); // counted where they arrive: 100 ms for a machine that is busy
      // One client, four in ten seconds, wherever it asks.
      const statuses = [];
      for (let i = 0; i < 6; i += 1) statuses.push((await ask(ports[i % 2], '/_fx/people/find', { release: 'v1', input: { id: '1' } }, { ...PAGE, 'x-client': 'one' })).status);
      assert.deepEqual(statuses, [200, 200, 200, 200, 429, 429]);
    } finally {
      for (const child of children) child.kill();
      await registry.close();
    }
  });

  it('are kept by each server for itself while Redis is away', async () => {
    const registry = await provider();
    const lines = [];
    const own = await freePort();
    let mine = await startRedis(own, folder);
    const connection = client({ port: own, retryStrategy: () => 50 });
    const limits = redisLimits(connection, { patience: 200, log: (line) => lines.push(line) });
    const server = await halfServer(half({ limits: { rate: { count: 3, per: 300 } }, repeatable: [] }), {
      env: { BASE: registry.address, KEY: SECRET }, limits, clientRate: { count: 6, per: 60_000 }, clientKey: (request) => request.headers.get('x-client'),
    });
    const find = (id, name) => server.ask('/_fx/people/find', { release: 'v1', input: { id } }, { ...PAGE, 'x-client': name });
    try {
      assert.equal((await find('0', 'a')).status, 200);
      await stopRedis(mine);
      registry.asked.length = 0;
      const began = performance.now();
      const answers = await Promise.all(Array.from({ length: 9 }, (_, i) => find(String(i), `b${i % 3}`)));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      assert.ok(performance.now() - began < 4000);
      assert.ok(most(registry.asked.map(({ at }) => at), 200) <= 3);
      const more = [];
      for (let i = 0; i < 6; i += 1) more.push((await find('1', 'c')).status, (await find('2', 'b0')).status);
      assert.ok(more.includes(429), String(more));
      assert.deepEqual(lines, ['Redis is away: this server keeps its limits by itself']);
      mine = await startRedis(own, folder);
      await pause(2300);
      assert.equal((await find('3', 'd')).status, 200);
      assert.deepEqual(lines.slice(1), ['Redis is back: limits are shared again']);
    } finally {
      await server.close();
      await registry.close();
      await stopRedis(mine);
    }
  });

  it('are kept though Redis takes connections and says nothing', async () => {
    const deaf = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const limits = redisLimits(client({ port: deaf.address().port }), { patience: 100, log: () => undefined });
    const began = performance.now();
    assert.deepEqual([await limits.provider('x', { count: 1, per: 60_000 }), await limits.client('x', 1, { count: 1, per: 60_000 })], [0, 0]);
    assert.ok((await limits.provider('x', { count: 1, per: 60_000 })) > 0);
    assert.ok((await limits.client('x', 1, { count: 1, per: 60_000 })) > 0);
    assert.ok(performance.now() - began < 1000);
    for (const one of clients) one.disconnect();
    deaf.close();
  });
});
