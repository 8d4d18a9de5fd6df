// In: changes of one integration's counts. Out: how it stands: its totals, its windows, and which of its thresholds are
// crossed. A change has the shape of a beacon, so that what is counted here and what comes from elsewhere go one way.

import { FIVE_MINUTES, judge } from './alerts.js';
import type { Threshold } from '../config.js';
import { PARTS } from './histogram.js';
import type { IntegrationState } from '../observer.js';
import type { SelectionReason } from '../selection/select.js';
import type { CountsDelta, IntegrationSnapshot, ReleaseCounts, SourceCounts } from './snapshot.js';
import type { Tally } from './tally.js';
import { addTally, copyTally, emptyTally, tallyOf } from './tally.js';
import { DAY, Window } from './windows.js';

/** Places of the concept that are counted one by one; the others are counted together. */
const MOST_SOURCES = 200;
const OTHER_SOURCES = 'elsewhere';

type Sources = NonNullable<CountsDelta['sources']>;

/** A threshold that is now crossed, or no longer. */
export interface Turn {
  readonly threshold: Threshold;
  /** Undefined: there are too few calls to say. */
  readonly value: number | undefined;
  readonly active: boolean;
}

/** Of a release that was never asked. */
export const NO_RELEASE: ReleaseCounts = { asked: 0, errors: 0, timeouts: 0, trips: 0, latency: { counts: Array<number>(PARTS).fill(0), sum: 0 } };
const NO_SOURCE: SourceCounts = { calls: 0, errors: 0, fallbacks: 0 };

export class Standing {
  state: IntegrationState = 'idle';
  release = '';
  reason: SelectionReason = 'active';
  /** Totals since the start, as a beacon names them. */
  readonly tally: Tally = emptyTally();
  #thresholds: readonly Threshold[];
  #windows: readonly Window[];
  #active = new Set<Threshold>();
  #sources = new Set<string>();

  constructor(thresholds: readonly Threshold[], now: () => number) {
    this.#thresholds = thresholds;
    const lengths = new Set(thresholds.map(({ over = FIVE_MINUTES }) => over));
    this.#windows = [...lengths.add(DAY)].map((over) => new Window(over, now));
  }

  count(change: CountsDelta): void {
    addTally(this.tally, tallyOf(change.sources ? { ...change, sources: this.#fewer(change.sources) } : change));
    for (const window of this.#windows) countIn(window, change);
  }

  /** Judges the thresholds anew. */
  judge(): readonly Turn[] {
    const judged = judge(this.#thresholds, this.#windows.map((window) => window.counts()));
    return this.#thresholds.flatMap((threshold) => {
      const found = judged.find((one) => one.threshold === threshold);
      const active = found?.crossed ?? false;
      if (active === this.#active.has(threshold)) return [];
      if (active) this.#active.add(threshold);
      else this.#active.delete(threshold);
      return [{ threshold, value: found?.value, active }];
    });
  }

  /** The shortest window of a threshold that is crossed; undefined if none is. */
  get burning(): number | undefined {
    const lengths = [...this.#active].map(({ over = FIVE_MINUTES }) => over);
    return lengths.length > 0 ? Math.min(...lengths) : undefined;
  }

  snapshot(): IntegrationSnapshot {
    const { answered = {}, calls = 0, fallbacks = 0, releases = {}, sources = {} } = copyTally(this.tally) as CountsDelta;
    return {
      state: this.state,
      release: this.release,
      reason: this.reason,
      calls,
      fallbacks,
      answered,
      releases: filled(releases, NO_RELEASE),
      windows: this.#windows.map((window) => window.counts()),
      sources: filled(sources, NO_SOURCE),
    };
  }

  #fewer(sources: Sources): Sources {
    const sum = emptyTally();
    for (const [source, counts] of Object.entries(sources)) {
      if (this.#sources.size < MOST_SOURCES) this.#sources.add(source);
      addTally(sum, { [this.#sources.has(source) ? source : OTHER_SOURCES]: { ...counts } });
    }
    return sum as Sources;
  }
}

function filled<T extends object>(some: Readonly<Record<string, Partial<T>>>, nothing: T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(some).map(([name, counts]) => [name, { ...nothing, ...counts }]));
}

function countIn(window: Window, change: CountsDelta): void {
  window.count('calls', change.calls ?? 0);
  window.count('fallbacks', change.fallbacks ?? 0);
  for (const { asked = 0, errors = 0, timeouts = 0, latency } of Object.values(change.releases ?? {})) {
    window.count('asked', asked);
    window.count('errors', errors);
    window.count('timeouts', timeouts);
    latency?.counts.forEach((count, part) => {
      if (count > 0) window.countLatency(part, count);
    });
  }
}
