// Random faults on loopback, fifty users, one server half: `SECONDS=600 SEED=1 node --expose-gc tests/chaos/run.mjs`. It prints
// what happened and what has to be so; the last line is "N passed, N failed".

import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { between, seeded } from '../runtime/fake-clock.mjs';
import { checks } from './checks.mjs';
import { openPages } from './pages.mjs';
import { Plan } from './plan.mjs';
import { buildProject } from './project.mjs';
import { startProviders } from './providers.mjs';
import { User } from './users.mjs';

const SECONDS = Number(process.env.SECONDS ?? 600);
const SEED = Number(process.env.SEED ?? between(Math.random, 1, 1_000_000));
const PAGES = Number(process.env.PAGES ?? 4);
const USERS = Number(process.env.USERS ?? 50) - PAGES;
const KEY = 'tk_0123456789abcdef';
const METRICS = 'for-those-who-read-metrics';

const unhandled = [];
process.on('unhandledRejection', (error) => unhandled.push(String(error?.stack ?? error)));
process.on('uncaughtException', (error) => unhandled.push(String(error?.stack ?? error)));

let begun = Date.now();
const second = () => Math.floor((Date.now() - begun) / 1000);
const isOver = () => Date.now() - begun > SECONDS * 1000;
const delay = monitorEventLoopDelay({ resolution: 10 });
/** What a busy machine may add to a time: a call may wait for the loop several times. */
const slack = () => 100 + 3 * (delay.max / 1e6);

/** The server half counts what it asks of its provider. */
function serverObserver() {
  const counts = { asks: 0, attempts: 0, failing: 0 };
  const onAsk = ({ attempts, result }) => {
    counts.asks += 1;
    counts.attempts += attempts;
    counts.failing += result === 'ok' ? Math.max(0, attempts - 1) : attempts;
  };
  return { counts, observer: { onAsk } };
}

async function startServer({ server: { createHandler, nodeHandler }, html, script }, observer) {
  const handler = nodeHandler(createHandler({
    env: { TARIFF_KEY: KEY },
    observers: [observer],
    metricsToken: METRICS,
    clientKey: (request) => request.headers.get('x-user') ?? 'a page',
    clientRate: { count: 2000, per: 10_000 },
    log: () => {},
  }));
  const server = createServer((message, response) => {
    if (message.url.startsWith('/_fx/')) return handler(message, response);
    if (message.url === '/') return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
    if (message.url === '/main.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    return void response.writeHead(404).end();
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

/** Users in Node ask as a page of the server's origin does; what is sent is counted by port. */
function actAsPage(origin) {
  const sent = {};
  const send = globalThis.fetch;
  globalThis.fetch = (url, init = {}) => {
    const { port } = new URL(url, origin);
    sent[port] = (sent[port] ?? 0) + 1;
    if (!url.startsWith('/') && new Headers(init.headers).has('authorization')) return send(url, init); // the server half
    const headers = new Headers(init.headers);
    headers.set('x-user', 'node');
    headers.set('origin', origin);
    return send(new URL(url, origin), { ...init, headers });
  };
  return sent;
}

/** What the server half has counted: a function that adds up the samples of a metric that have all these labels. */
async function readMetrics(origin) {
  const answer = await fetch(`${origin}/_fx/metrics`, { headers: { authorization: `Bearer ${METRICS}` } });
  const lines = (await answer.text()).split('\n');
  return (metric, labels) => lines
    .filter((line) => line.startsWith(`${metric}{`) && Object.entries(labels).every(([key, value]) => line.includes(`${key}="${value}"`)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

/** The metrics when the last beacons have come, on a busy machine some seconds later. */
async function readSettled(origin, visitors) {
  const counted = visitors.flatMap(({ snapshot }) => Object.values(snapshot.integrations)).reduce((sum, { calls }) => sum + calls, 0);
  for (let round = 0; ; round += 1) {
    const metrics = await readMetrics(origin);
    if (round === 20 || metrics('fxc_calls_total', { side: 'browser' }) >= counted) return metrics;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function heap() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** How much slower users are for a machine that has other things to do. */
let pace = 1;

/** Marks the seconds in which a request that nothing is wrong with takes nearly half as long as a timeout allows; users slow down with it. */
async function watchMachine(plan) {
  const server = createServer((_, response) => response.end('{}'));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const fetch = globalThis.fetch;
  let ended = false;
  const watch = async () => {
    while (!ended) {
      const [first, began] = [second(), performance.now()];
      await new Promise((resolve) => setTimeout(resolve, 50));
      await (await fetch(address)).text();
      const ms = performance.now() - began;
      pace = Math.max(1, ms / 80);
      if (ms < 600) continue;
      for (let one = first; one <= second(); one += 1) plan.stalled.add(one);
    }
    server.closeAllConnections();
    server.close();
  };
  const watching = watch();
  return () => {
    ended = true;
    return watching;
  };
}

const plan = new Plan(SEED);
const { providers, close } = await startProviders({ plan, random: seeded(SEED), second, key: KEY });
const { meridian, harbor, tariff, clerk } = providers;
const project = await buildProject([meridian.port, harbor.port, tariff.port, clerk.port]);
const { counts: served, observer } = serverObserver();
const { server, origin } = await startServer(project, observer);
const pages = await openPages(origin, PAGES, SEED);
const sent = actAsPage(origin);
console.log(`seed ${SEED}: ${USERS} users in Node and ${PAGES} in Chromium, ${SECONDS} s`);

begun = Date.now();
delay.enable();
const unwatch = await watchMachine(plan);
const users = Array.from({ length: USERS }, (_, number) => new User(number, { engine: project.engine, seed: SEED, plan, second, isOver, slack, pace: () => pace }));
let early = 0;
const measure = setTimeout(() => { early = heap(); }, SECONDS * 400);
let failed = 1;
try {
  await Promise.all([...users.map((user) => user.live()), pages.live(isOver)]);
  clearTimeout(measure);
  await unwatch();
  const metrics = await readSettled(origin, pages.visitors);
  failed = checks({ metrics, users, visitors: pages.visitors, providers, sent, served, unhandled, heap: { early, late: heap() }, delay, plan, seconds: SECONDS });
} catch (error) {
  console.log(`0 passed, 1 failed: after ${second()} s: ${String(error?.stack ?? error)}`);
} finally {
  await pages.close();
  close();
  server.closeAllConnections();
  server.close();
  project.remove();
}
// Whatever still waits for something is of a call that was given up.
process.exit(failed ? 1 : 0);
