// In: calls of repeatable operations. Out: one request for calls that are equal and in flight at the same time, and
// answers that are kept for a while. Errors are never kept. Equal is: same operation, same JSON but for the order of members.
// What JSON cannot tell apart (a file, NaN) is never shared.

import type { Clock } from '../clock.js';
import type { Crowd } from './abort.js';
import { crowd } from './abort.js';

/** Answers that are kept at most; the one that was not asked for the longest goes. */
const KEPT = 100;

interface Entry extends Pick<Crowd, 'signal' | 'join'> {
  readonly work: Promise<unknown>;
  /** When the answer came. */
  at?: number;
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
  const entries = new Map<string, Entry>();
  /** Behind all others, where the next to go are at the front. */
  const touch = (key: string, entry: Entry): void => {
    entries.delete(key);
    entries.set(key, entry);
  };
  const serves = ({ signal, at }: Entry): boolean => {
    if (at === undefined) return !signal.aborted;
    const age = clock.now() - at;
    return age >= 0 && age < cache;
  };
  const begin = (key: string, start: (signal: AbortSignal) => Promise<unknown>): Entry => {
    const { signal, join } = crowd();
    const entry: Entry = { signal, join, work: start(signal) };
    const drop = (): void => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    entry.work.then(() => {
      entry.at = clock.now();
      if (!cache) return void drop();
      for (const oldest of entries.keys()) if (entries.size > KEPT) entries.delete(oldest);
    }, drop);
    return entry;
  };
  return (key, caller, start) => {
    let entry = entries.get(key);
    if (!entry || !serves(entry)) entry = begin(key, start);
    touch(key, entry);
    return entry.join(caller, entry.work);
  };
}
