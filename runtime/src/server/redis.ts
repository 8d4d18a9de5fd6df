/// <reference types="node" />
// In: a connection to Redis. Out: limits that all servers keep together which have it. While Redis is away each server
// counts for itself: limits hold less exactly then, and nobody is refused for it.

import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Rate } from '../config.js';
import type { Window } from '../policy/rate.js';
import { slidingWindow } from '../policy/rate.js';
import type { SharedLimits } from './limits.js';
import { consume, limiterOf, memoryLimits } from './limits.js';

/** What is asked of ioredis. */
export interface IoRedis {
  defineCommand(name: string, definition: { readonly numberOfKeys?: number; readonly lua: string }): void;
  eval(script: string, keys: number, ...parameters: readonly string[]): Promise<unknown>;
}

/** What is asked of the package redis, from its version 4. */
export interface NodeRedis {
  sendCommand(words: string[]): Promise<unknown>;
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>;
}

export interface RedisLimitsOptions {
  /** Before the names of all keys: `fxc`. */
  readonly prefix?: string;
  /** Milliseconds that Redis has for an answer: 500. */
  readonly patience?: number;
  /** Told when Redis goes away and comes back: the console's errors. */
  readonly log?: (this: void, line: string) => void;
}

/** Redis is not asked again for so long after it did not answer. */
const AWAY = 2000;

// The times of the last requests stand in a sorted set, in microseconds of Redis's own clock, which all servers share. One
// more may go when fewer than `count` of them are in the window; so there are never more in any interval of that
// length, where a count that begins anew each interval lets through twice as many around its edge.
// A clock that was set back a little stands still; one that was set back by more than the window begins anew.
const WINDOW = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local count, window = tonumber(ARGV[1]), tonumber(ARGV[2]) * 1000
local newest = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]
if newest and tonumber(newest) > now then
  if tonumber(newest) - now > window then redis.call('DEL', KEYS[1]) else now = tonumber(newest) end
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', now - window))
if redis.call('ZCARD', KEYS[1]) < count then
  redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[3])
  redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000) + 1)
  return 0
end
local oldest = tonumber(redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2])
return math.floor((oldest + window - now) / 1000) + 1`;

function isIoRedis(client: IoRedis | NodeRedis): client is IoRedis {
  return 'defineCommand' in client;
}

/** Windows of this process, for while Redis is away. */
function ownWindows(): (key: string, rate: Rate) => number {
  const windows = new Map<string, Window>();
  return (key, rate) => {
    const window = windows.get(key) ?? slidingWindow(rate);
    windows.set(key, window);
    const now = performance.now();
    const wait = window.wait(now);
    if (wait === 0) window.take(now);
    return wait;
  };
}

/** `work`, or an error after `ms`. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Redis does not answer')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks Redis, and `instead` while it is away. */
function insured({ patience = 500, log = (line) => console.error(line) }: RedisLimitsOptions): (ask: () => Promise<number>, instead: () => number | Promise<number>) => Promise<number> {
  let [away, until] = [false, 0];
  return async (ask, instead) => {
    const now = performance.now();
    if (now < until) return instead();
    if (away) until = now + AWAY; // one asks whether it is back
    try {
      const wait = await within(patience, ask());
      if (away) log('Redis is back: limits are shared again');
      away = false;
      return wait;
    } catch {
      if (!away) log('Redis is away: this server keeps its limits by itself');
      [away, until] = [true, performance.now() + AWAY];
      return instead();
    }
  };
}

/** For the option `limits` of `serverHalf`. The connection stays the application's: it opens and closes it. */
export function redisLimits(client: IoRedis | NodeRedis, options: RedisLimitsOptions = {}): SharedLimits {
  const { prefix = 'fxc' } = options;
  const alone = { limits: memoryLimits(), window: ownWindows() };
  const ask = insured(options);
  const limiter = limiterOf(({ count, per }) => new RateLimiterRedis({
    storeClient: client, useRedisPackage: !isIoRedis(client), points: count, duration: Math.ceil(per / 1000), keyPrefix: `${prefix}:client`,
  }));
  const me = crypto.randomUUID();
  let asked = 0;
  const slide = async (key: string, { count, per }: Rate): Promise<number> => {
    const words = [String(count), String(per), `${me} ${String((asked += 1))}`];
    const name = `${prefix}:provider:${key}`;
    return Number(await (isIoRedis(client) ? client.eval(WINDOW, 1, name, ...words) : client.eval(WINDOW, { keys: [name], arguments: words })));
  };
  return {
    client: (key, points, rate) => ask(() => consume(limiter(rate), key, points, rate), () => alone.limits.client(key, points, rate)),
    provider: (key, rate) => ask(() => slide(key, rate), () => alone.window(key, rate)),
  };
}
