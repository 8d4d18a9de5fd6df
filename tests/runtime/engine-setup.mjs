// In: what providers do. Out: an engine under a fake clock whose providers do that, and everything that it says.
import '../../build/runtime/engine/motor.js'; // loaded beforehand: it takes no time then
import { fakeClock } from './fake-clock.mjs';
import { Engine, HttpError, record, string } from '../../build/runtime/index.js';
import { createSettings } from '../../build/runtime/selection/settings.js';

export const shape = { input: record({ street: string }), result: record({ by: string }) };
export const input = { street: 'A 1' };

export const release = (provider, more = {}) => ({ provider, release: '1.0.0', config: {}, ...more });

/** v2 of `one` is in force, v1 of `two` behind it. */
export const entry = (more = {}) => ({
  provider: 'one', version: 'v2', release: '2.0.0', config: {}, fallback: 'static', fallbackChain: ['v1', 'static'], dependencies: [],
  releases: { v1: release('two'), v2: release('one') }, ...more,
});

export const fails = (kind, retryAfter) => async () => {
  throw new HttpError(kind, 0, kind, retryAfter);
};
export const answers = (by) => async () => ({ by });

/** Never answers, and ends with its signal. */
export const hangs = (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

/**
 * `calls` is what the operation `go` does, by provider, and may be changed; `starts`, what starting does. `log` has starts and disposals,
 * `asks`, `ended`, `states`, `issues`, `breakers` and `overrides` what observers are told.
 */
export function setUp({ config = { a: entry() }, calls = {}, starts = {}, adapters = {}, settings = {}, ...options } = {}) {
  const clock = fakeClock();
  const live = createSettings(settings);
  const log = [];
  const told = { asks: [], ended: [], states: [], issues: [], breakers: [], overrides: [] };
  const adapter = (provider) => ({
    async start(context) {
      log.push(`start ${context.integration} ${context.label}`);
      await starts[provider]?.(context);
      const go = (...words) => (calls[provider] ?? answers(provider))(...words, context);
      return { operations: { go }, dispose: () => void log.push(`dispose ${context.integration} ${context.label}`) };
    },
  });
  const engine = new Engine({
    config,
    clock,
    adapters: { one: adapter('one'), two: adapter('two'), three: adapter('three'), ...adapters },
    settings: live,
    observers: [{
      onAsk: (record) => told.asks.push(record),
      onCall: (record) => told.ended.push(record),
      onState: (record) => told.states.push(`${record.integration} ${record.state} ${record.release} ${record.reason}`),
      onIssue: (issue) => told.issues.push(`${issue.phase} ${issue.label}: ${issue.error.message}`),
      onBreaker: (record) => told.breakers.push(`${record.release} ${record.state}`),
      onOverride: (record) => told.overrides.push(record),
    }],
    ...options,
  });
  const instance = engine.instance('a');
  const go = (options) => instance.call('go', shape, input, options);
  return { engine, instance, go, clock, settings: live, calls, starts, log, ...told };
}

/** `ok by`, or the kind of the error. */
export const outcome = async (call) => {
  try {
    return `ok ${(await call).by}`;
  } catch (error) {
    return error.kind ?? error;
  }
};
