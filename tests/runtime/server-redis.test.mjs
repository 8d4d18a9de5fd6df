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
import { redisLimits } from '../../build/runtime/server/redis.js';
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

  /** The most that fell into any interval of `per` milliseconds, both ends included. */
  const most = (times, per) => Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time <= from + per).length));

  /** The times in milliseconds, by Redis's clock, at which requests of `key` were let go while `work` went on. */
  async function grants(key, work) {
    const times = [];
    const monitor = await client().monitor();
    monitor.on('monitor', (_, [command, name, score]) => {
      if (command.toUpperCase() === 'ZADD' && name === key) times.push(Number(score) / 1000);
    });
    await work();
    await pause(200);
    monitor.disconnect();
    return times;
  }

  for (const [name, wrap] of [['ioredis', (one) => one], ['redis', (one) => new NodeRedisLike(one)]]) {
    it(`never let more through than the rate in any interval, with ${name}`, async () => {
      const rate = { count: 5, per: 300 };
      const limits = [redisLimits(wrap(client()), { prefix: name }), redisLimits(wrap(client()), { prefix: name })];
      let granted = 0;
      const times = await grants(`${name}:provider:people v1`, async () => {
        const end = performance.now() + 1500;
        await Promise.all(limits.map(async ({ provider: take }) => {
          while (performance.now() < end) if ((await take('people v1', rate)) === 0) granted += 1;
        }));
      });
      assert.equal(times.length, granted);
      assert.ok(most(times, 300) <= 5, String(times));
      assert.ok(granted >= 20, String(granted)); // and it does let through what it may
    });
  }

  it('do so where a count that begins anew with each interval does not', async () => {
    const rate = { count: 5, per: 1000 };
    const limits = redisLimits(client(), { prefix: 'edge' });
    // One, four just before the fixed interval ends, then as many as there may right behind its end.
    const burst = async (take) => {
      const times = [];
      const go = async (much) => {
        for (let i = 0; i < much; i += 1) if ((await take()) === 0) times.push(performance.now());
      };
      await go(1);
      await pause(900);
      await go(4);
      await pause(150);
      await go(5);
      return times;
    };
    // A machine that is busy may miss the edge, so there are several tries for it.
    let fixed = 0;
    for (let i = 0; i < 6 && fixed <= 5; i += 1) fixed = most(await burst(() => limits.client(`x${i}`, 1, rate)), 500);
    assert.equal(fixed, 9, 'nearly twice as many around its edge');
    const times = await grants('edge:provider:x', () => burst(() => limits.provider('x', rate)));
    assert.ok(most(times, 1000) <= 5, String(times));
    assert.ok(times.length >= 6); // the first one's place is free again
  });

  it('leave nothing behind in Redis, and say how long to wait', async () => {
    const limits = redisLimits(client(), { prefix: 'brief' });
    assert.equal(await limits.provider('y', { count: 1, per: 200 }), 0);
    const wait = await limits.provider('y', { count: 1, per: 200 });
    assert.ok(wait > 0 && wait <= 201, String(wait));
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
    await reader.zadd('back:provider:z', now + 3_000_000, 'soon'); // three seconds ahead: it stands still
    assert.equal(await limits.provider('z', { count: 1, per: 5000 }), 5001);
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
      // Four, four and four, half a second apart each; each for itself they would take half a second for all.
      const took = Math.max(...times) - Math.min(...times);
      assert.ok(took > 750, String(took));
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
      const times = registry.asked.map(({ at }) => at);
      assert.ok(Math.max(...times) - Math.min(...times) > 400); // three, three and three
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
