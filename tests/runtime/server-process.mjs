// One of several servers with the same half: `server-process.mjs REDIS-PORT PROVIDER NAME`. Says its port, then serves until it is killed.
import Redis from 'ioredis';
import { redisLimits } from '../../build/runtime/server/redis.js';
import { SECRET, half, halfServer } from './half.mjs';

const [, , port, address] = process.argv;
const limits = redisLimits(new Redis({ host: '127.0.0.1', port: Number(port) }), { prefix: 'two' });
const made = half({ limits: { rate: { count: 4, per: 500 }, queue: 50 }, repeatable: [] });
const server = await halfServer(made, {
  env: { BASE: address, KEY: SECRET }, limits, clientRate: { count: 4, per: 10_000 }, clientKey: (request) => request.headers.get('x-client'),
});
process.send({ port: server.port });
