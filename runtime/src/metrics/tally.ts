// In: changes of counts, nested as in a beacon. Out: sums and differences of such, member by member. A tally has no
// prototype, so that any name may be counted; no member of it is ever undefined.

import type { CountsDelta } from './snapshot.js';

/** Numbers, lists of numbers, and members that are tallies. */
export interface Tally {
  [name: string]: number | number[] | Tally;
}

type Part = Tally[string];

export function emptyTally(): Tally {
  return Object.create(null) as Tally;
}

/** The same as a type; tallies are built from nothing else. */
export function tallyOf(counts: CountsDelta): Tally {
  return counts as Tally;
}

/** Adds a change to `sum`, or takes it away. */
export function addTally(sum: Tally, change: Tally, sign: 1 | -1 = 1): void {
  for (const [name, part] of Object.entries(change)) sum[name] = addPart(sum[name], part, sign);
}

function addPart(sum: Part | undefined, part: Part, sign: 1 | -1): Part {
  if (typeof part === 'number') return (typeof sum === 'number' ? sum : 0) + sign * part;
  if (Array.isArray(part)) return part.map((count, i) => (Array.isArray(sum) ? sum[i] ?? 0 : 0) + sign * count);
  const tally = typeof sum === 'object' && !Array.isArray(sum) ? sum : emptyTally();
  addTally(tally, part, sign);
  return tally;
}

/** What `now` has more than `then`; undefined where that is nothing. */
export function growth(now: Tally, then: Tally): Tally | undefined {
  const grown = emptyTally();
  for (const [name, part] of Object.entries(now)) {
    const more = growthOf(part, then[name]);
    if (more !== undefined) grown[name] = more;
  }
  return Object.keys(grown).length > 0 ? grown : undefined;
}

function growthOf(now: Part, then: Part | undefined): Part | undefined {
  if (typeof now === 'number') return now - (typeof then === 'number' ? then : 0) || undefined;
  if (!Array.isArray(now)) return growth(now, typeof then === 'object' && !Array.isArray(then) ? then : emptyTally());
  const more = now.map((count, i) => count - (Array.isArray(then) ? then[i] ?? 0 : 0));
  return more.some((count) => count !== 0) ? more : undefined;
}

/** A copy that nobody else holds, as plain objects. */
export function copyTally<T extends Tally | undefined>(tally: T): T {
  return (tally && Object.fromEntries(Object.entries(tally).map(([name, part]) => [name, typeof part === 'number' ? part : Array.isArray(part) ? [...part] : copyTally(part)]))) as T;
}
