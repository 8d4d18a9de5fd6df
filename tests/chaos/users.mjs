// In: the engine's bundle. Out: users in Node, each with an engine of his own as a browser has it, who call, wait, sometimes take
// a call back, and note what came of it.

import { between, seeded } from '../runtime/fake-clock.mjs';

const INTEGRATIONS = ['address-lookup', 'delivery-quote', 'order-entry'];
const OPERATIONS = { 'address-lookup': 'complete', 'delivery-quote': 'quote', 'order-entry': 'place' };

/** What came of the calls of one integration, as its users saw it. */
export const emptyCounts = () => ({ calls: 0, ok: 0, errors: {}, takenBack: 0, expected: 0, spread: 0, late: 0, untyped: [], wrong: 0, slowest: 0 });

export class User {
  constructor(number, { engine: bundle, seed, plan, second, isOver, slack, pace }) {
    const { Engine, IntegrationError, Monitor, integrationConfig, modules, number: numeric, optional, record, string } = bundle;
    Object.assign(this, { number, plan, second, isOver, slack, pace, IntegrationError, config: integrationConfig });
    this.random = seeded(seed + number * 7919);
    this.counts = Object.fromEntries(INTEGRATIONS.map((name) => [name, emptyCounts()]));
    /** Requests by integration and release, as the engine tells observers. */
    this.attempts = {};
    this.failing = 0;
    this.monitor = new Monitor({ config: integrationConfig });
    this.engine = new Engine({ config: integrationConfig, modules, observers: [this.monitor, { onAsk: (record) => this.#asked(record) }] });
    this.shapes = {
      'address-lookup': { input: record({ street: string }), result: record({ street: string, postcode: string }) },
      'delivery-quote': { input: record({ grams: optional(numeric) }), result: record({ grams: numeric, price: numeric }) },
      'order-entry': { input: record({ id: string }), result: record({ id: string }) },
    };
  }

  #asked({ integration, release, attempts, result }) {
    const key = `${integration} ${release}`;
    this.attempts[key] = (this.attempts[key] ?? 0) + attempts;
    this.failing += result === 'ok' ? Math.max(0, attempts - 1) : attempts;
  }

  /** Until it is over; then all calls have ended. */
  async live() {
    const open = new Set();
    while (!this.isOver()) {
      await new Promise((resolve) => setTimeout(resolve, between(this.random, 100, 700) * this.pace()));
      const name = INTEGRATIONS[this.random() < 0.6 ? 0 : this.random() < 0.6 ? 1 : 2];
      // Now and then several at once: equal ones, a batch, or more orders than may wait.
      const several = this.random() < 0.15 ? between(this.random, 2, 8) : 1;
      for (let index = 0; index < several; index += 1) {
        const call = this.#call(name, index).finally(() => open.delete(call));
        open.add(call);
      }
      if (open.size > 20) await Promise.race(open);
    }
    await Promise.all(open);
    this.engine.dispose();
    this.monitor.dispose();
  }

  #input(name, index) {
    if (name === 'address-lookup') return { street: `Street ${between(this.random, 1, 5)}` };
    if (name === 'delivery-quote') return { grams: between(this.random, 1, 9) * 100 };
    this.orders = (this.orders ?? 0) + 1;
    return { id: `${this.number}-${this.orders}-${index}` };
  }

  async #call(name, index) {
    const counts = this.counts[name];
    const input = this.#input(name, index);
    const taken = new AbortController();
    if (name === 'address-lookup' && this.random() < 0.05) setTimeout(() => taken.abort(), between(this.random, 0, 300));
    const begun = performance.now();
    const first = this.second();
    let failed = null;
    try {
      const result = await this.engine.instance(name).call(OPERATIONS[name], this.shapes[name], input, { signal: taken.signal });
      if (Object.entries(input).some(([key, value]) => result[key] !== value)) counts.wrong += 1;
    } catch (error) {
      failed = error;
    }
    const ms = performance.now() - begun;
    counts.slowest = Math.max(counts.slowest, ms);
    if (ms > this.config[name].budget + this.slack()) counts.late += 1;
    if (failed && !(failed instanceof this.IntegrationError)) return void counts.untyped.push(String(failed?.stack ?? failed));
    if (failed?.kind === 'aborted') return void (counts.takenBack += 1);
    counts.calls += 1;
    if (failed) counts.errors[failed.kind] = (counts.errors[failed.kind] ?? 0) + 1;
    else counts.ok += 1;
    const chance = this.#mayFail(name, first, this.second());
    counts.expected += chance;
    counts.spread += chance * (1 - chance);
  }

  /** The chance that the plan gives a call to fail, at most. */
  #mayFail(name, first, last) {
    if (name === 'address-lookup') return this.plan.failing('meridian', first, last, 3) * this.plan.failing('harbor', first, last, 3);
    if (name === 'delivery-quote') return this.plan.failing('tariff', first, last, 2);
    return 1; // an order is not sent again, and more than may wait are refused
  }
}
