// In: what users, pages, providers and monitors have counted. Out: a table of it, and of what has to be so.

import { emptyCounts } from './users.mjs';

const sum = (list) => list.reduce((total, one) => total + one, 0);
const share = (part, all) => (all ? `${((100 * part) / all).toFixed(1)} %` : '-');

/** The counts of all users, by integration. */
function total(users) {
  const all = {};
  for (const { counts } of users) {
    for (const [name, one] of Object.entries(counts)) {
      const into = (all[name] ??= emptyCounts());
      for (const key of ['calls', 'ok', 'takenBack', 'expected', 'spread', 'late', 'wrong']) into[key] += one[key];
      into.slowest = Math.max(into.slowest, one.slowest);
      into.untyped.push(...one.untyped);
      for (const [kind, number] of Object.entries(one.errors)) into.errors[kind] = (into.errors[kind] ?? 0) + number;
    }
  }
  return all;
}

/** Whether each user's monitor has counted what he saw. */
function disagreements(users) {
  return users.flatMap(({ number, counts, monitor }) => {
    const { integrations } = monitor.snapshot();
    return Object.entries(counts).flatMap(([name, { calls, ok }]) => {
      const { calls: counted = 0, answered = {} } = integrations[name] ?? {};
      const live = sum(Object.entries(answered).filter(([label]) => label !== 'static').map(([, times]) => times));
      return counted === calls && live === ok ? [] : [`user ${number}, ${name}: ${calls} calls and ${ok} answers, the monitor has ${counted} and ${live}`];
    });
  });
}

function printTables(all, providers, visitors) {
  console.log('\nintegration      calls  answered   share   at least  taken back  slowest  errors');
  for (const [name, one] of Object.entries(all)) {
    const least = name === 'order-entry' ? '-' : share(one.calls - one.expected, one.calls);
    console.log([name.padEnd(15), String(one.calls).padStart(7), String(one.ok).padStart(9), share(one.ok, one.calls).padStart(8), least.padStart(9),
      String(one.takenBack).padStart(11), `${Math.round(one.slowest)} ms`.padStart(9), ` ${Object.entries(one.errors).map((pair) => pair.join(' ')).join(', ')}`].join(' '));
  }
  console.log('\nprovider       asked  by pages  faults');
  for (const { name, asked, askedByPages, faults } of Object.values(providers)) {
    console.log([name.padEnd(12), String(asked).padStart(7), String(askedByPages).padStart(9), ` ${Object.entries(faults).map((pair) => pair.join(' ')).join(', ')}`].join(' '));
  }
  const rounds = sum(visitors.map((one) => one.rounds));
  const [looks, answers] = [sum(visitors.map((one) => one.looks)), sum(visitors.map((one) => one.answers))];
  console.log(`\npages: ${rounds} forms filled in, ${looks} looks at the components, ${share(answers, looks)} of them with an answer in sight\n`);
}

/** Requests that were sent, as engines tell, as `fetch` was called, and as the provider was asked. */
function requestChecks(users, visitors, providers, sent, served, all) {
  const told = (key) => sum(users.map(({ attempts }) => attempts[key] ?? 0));
  // Requests that failed may not have arrived: they were aborted by their timeout, or met a connection that closed.
  const failing = sum(users.map((user) => user.failing)) + served.failing;
  const takenBack = all['address-lookup'].takenBack;
  const row = (what, provider, attempts, aborted) => {
    const fetched = sent[provider.port] ?? 0;
    const missing = fetched - attempts;
    // A call that was taken back is told to nobody, but may have sent a request, and shared its answer.
    return [`${what}: ${attempts} requests told, ${fetched} sent, ${provider.asked} arrived`,
      missing >= 0 && missing <= 3 * aborted && provider.asked <= fetched && fetched - provider.asked <= 3 * aborted + failing];
  };
  return [
    row('address-lookup v2', providers.meridian, told('address-lookup v2'), takenBack),
    row('address-lookup v1', providers.harbor, told('address-lookup v1'), takenBack),
    row('order-entry', providers.clerk, told('order-entry v1'), 0),
    // The server half is left, too: by pages where somebody types on, by users whose budget is spent.
    row('delivery-quote, by the server half', providers.tariff, served.attempts, (all['delivery-quote'].errors.timeout ?? 0) + 4 * sum(visitors.map((one) => one.rounds))),
  ];
}

/** Answers that the plan allows to fail, four standard deviations, and a few for a machine that has other things to do. */
function answerChecks(all) {
  return ['address-lookup', 'delivery-quote'].map((name) => {
    const { calls, ok, expected, spread } = all[name];
    const allowed = expected + 4 * Math.sqrt(spread) + 3;
    return [`${name}: ${calls - ok} of ${calls} calls without an answer, ${Math.floor(allowed)} may be`, calls > 0 && calls - ok <= allowed];
  });
}

/** What the server half gives to Prometheus: what pages have told it, and what it did itself. */
function metricsChecks(metrics, visitors, served) {
  const pages = sum(visitors.flatMap(({ snapshot }) => Object.values(snapshot.integrations).map(({ calls }) => calls)));
  const told = metrics('fxc_calls_total', { side: 'browser' });
  const asks = metrics('fxc_asks_total', { side: 'server', integration: 'delivery-quote' });
  return [
    [`pages counted ${pages} calls, the server half heard of ${told}`, pages === told && pages > 0],
    [`the server half asked ${served.asks} times, its metrics say ${asks}`, asks === served.asks && asks > 0],
  ];
}

function heapCheck({ early, late }, seconds) {
  const mb = (bytes) => (bytes / 1e6).toFixed(1);
  return [`memory: ${mb(early)} MB at 40 % of the time, ${mb(late)} MB at the end`, late < early * 1.25 + (seconds < 120 ? 12e6 : 6e6)];
}

/** Prints all; returns how many of what has to be so is not. */
export function checks({ metrics, users, visitors, providers, sent, served, unhandled, heap, delay, plan, seconds }) {
  const all = total(users);
  const each = Object.values(all);
  const list = (texts) => texts.slice(0, 5).map((text) => `\n      ${text}`).join('');
  printTables(all, providers, visitors);
  console.log(`the machine was busy with other things in ${plan.stalled.size} of ${seconds} seconds: nothing is expected of these\n`);
  const untyped = each.flatMap((one) => one.untyped);
  const differing = disagreements(users);
  const messages = visitors.flatMap((one) => one.messages);
  const lost = visitors.flatMap((one) => one.lost);
  const looks = sum(visitors.map((one) => one.looks));
  const pagesDiffer = visitors.flatMap(({ snapshot }) => Object.entries(snapshot.integrations).filter(([, one]) => one.calls !== sum(Object.values(one.answered))));
  const results = [
    [`no unhandled rejection${list(unhandled)}`, unhandled.length === 0],
    [`nothing on the pages' consoles${list(messages)}`, messages.length === 0],
    [`no input is lost in ${sum(visitors.map((one) => one.rounds))} forms${list(lost)}`, lost.length === 0 && visitors.every((one) => one.rounds > 0)],
    [`components are there in ${looks} of ${looks} looks`, sum(visitors.map((one) => one.gone)) === 0 && looks > 0],
    [`every call ends in a result or a typed error${list(untyped)}`, untyped.length === 0],
    [`every result is that of its own input`, sum(each.map((one) => one.wrong)) === 0],
    [`every call ends within its budget (the event loop was busy for ${Math.round(delay.max / 1e6)} ms at most)`, sum(each.map((one) => one.late)) === 0],
    ...answerChecks(all),
    [`monitors have counted what users saw${list(differing)}`, differing.length === 0],
    [`monitors of pages add up`, pagesDiffer.length === 0],
    ...metricsChecks(metrics, visitors, served),
    ...requestChecks(users, visitors, providers, sent, served, all),
    [`no order is done twice`, providers.clerk.doneTwice === 0],
    [`the key reaches its provider, ${providers.tariff.most} requests in any 900 ms at a rate of 60 a second`, providers.tariff.wrongKeys === 0 && providers.tariff.most <= 60],
    heapCheck(heap, seconds),
  ];
  for (const [text, good] of results) console.log(`${good ? 'ok    ' : 'NOT OK'} ${text}`);
  const failed = results.filter(([, good]) => !good).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed;
}
