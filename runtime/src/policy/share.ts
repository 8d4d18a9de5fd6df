// In: calls of repeatable operations. Out: one request for calls that are equal and in flight at the same time, and
// answers that are kept for a while. Errors are never kept. Equal is: same operation, same JSON but for the order of members.
// What JSON cannot tell apart (a file, NaN) is never shared.

import type { Clock } from '../clock.js';
import { isWithin } from '../clock.js';
import { crowd } from '../abort.js';

/** Answers that are kept at most; the one that was not asked for the longest goes. */
const KEPT = 100;

interface Entry {
  /** It is still under way, or was kept not too long ago. */
  isFresh: () => boolean;
  readonly join: (caller: AbortSignal) => Promise<unknown>;
}

function ordered(_: string, value: unknown): unknown {
  if (Number.isNaN(value) || Math.abs(value as number) === Infinity) throw value;
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value;
  if ((Object.getPrototypeOf(value) ?? Object.prototype) !== Object.prototype) throw value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One text for all inputs that are equal; undefined if it has no faithful text. */
export function keyOf(operation: string, input: unknown): string | undefined {
  try {
    return JSON.stringify([operation, input], ordered);
  } catch {
    return undefined;
  }
}

/** The kept answer, that of an equal call in flight, or what `start` gives: its signal aborts when all callers have left. */
export type Share = (key: string, caller: AbortSignal, start: (signal: AbortSignal) => Promise<unknown>) => Promise<unknown>;

export function share(clock: Clock, cache: number): Share {
  // The one that was asked for last is the last.
  const entries = new Map<string, Entry>();

  const begin = (key: string, start: (signal: AbortSignal) => Promise<unknown>): Entry => {
    const { signal, join } = crowd();
    const work = start(signal);
    const entry: Entry = { isFresh: () => !signal.aborted, join: (caller) => join(caller, work) };
    const drop = (): void => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    work.then(() => {
      if (!cache) return void drop();
      const since = clock.now();
      entry.isFresh = () => isWithin(cache, clock.now() - since);
      for (const oldest of entries.keys()) if (entries.size > KEPT) entries.delete(oldest);
    }, drop);
    return entry;
  };

  return (key, caller, start) => {
    let entry = entries.get(key);
    if (!entry?.isFresh()) entry = begin(key, start);
    entries.delete(key);
    entries.set(key, entry);
    return entry.join(caller);
  };
}
