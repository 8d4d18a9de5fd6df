// In: what browsers and the server have counted, and which releases are canaries now. Out: those that have failed. One
// browser sees few calls; here many meet. What has failed stays so until it is begun anew, or this server is.

import { FIVE_MINUTES } from '../metrics/alerts.js';
import { failed } from '../selection/canary.js';
import type { Clock } from '../clock.js';
import type { Canary, Threshold } from '../config.js';
import type { CountsDelta } from '../metrics/snapshot.js';
import { Window, steady } from '../metrics/windows.js';

/** Canaries by integration, as settings have them now. */
export type Canaries = Readonly<Record<string, Canary | undefined>>;

export interface Rollback {
  readonly integration: string;
  readonly release: string;
  readonly threshold: Threshold;
  readonly side: Side;
}

export type Side = 'browser' | 'server';

/** What is counted of one canary; a canary that is begun anew is another one. */
interface Trial {
  readonly key: string;
  readonly thresholds: readonly Threshold[];
  /** By side, for a call is counted by both; one a length. */
  readonly windows: Readonly<Record<Side, readonly Window[]>>;
  failed: boolean;
}

export class CanaryWatch {
  readonly #now: () => number;
  readonly #onRollback: (rollback: Rollback) => void;
  readonly #trials = new Map<string, Trial>();

  constructor(clock: Clock, onRollback: (rollback: Rollback) => void) {
    this.#now = steady(clock);
    this.#onRollback = onRollback;
  }

  /** Counts a change, and judges the canaries that it is about. */
  add(side: Side, changes: Readonly<Record<string, CountsDelta>>, canaries: Canaries): void {
    for (const [integration, change] of Object.entries(changes)) {
      const canary = canaries[integration];
      const trial = canary?.rollback && this.#trial(integration, canary);
      if (!canary || !trial || trial.failed) continue;
      for (const window of trial.windows[side]) count(window, change, canary.release);
      this.#judge(side, integration, canary.release, trial);
    }
  }

  isRolledBack(integration: string, canary: Canary): boolean {
    const trial = this.#trials.get(integration);
    return trial !== undefined && trial.failed && trial.key === keyOf(canary);
  }

  #trial(integration: string, canary: Canary): Trial {
    const found = this.#trials.get(integration);
    if (found?.key === keyOf(canary)) return found;
    const thresholds = canary.rollback ?? [];
    const lengths = [...new Set(thresholds.map(({ over = FIVE_MINUTES }) => over))];
    const windows = (): readonly Window[] => lengths.map((over) => new Window(over, this.#now));
    const trial = { key: keyOf(canary), thresholds, windows: { browser: windows(), server: windows() }, failed: false };
    this.#trials.set(integration, trial);
    return trial;
  }

  #judge(side: Side, integration: string, release: string, trial: Trial): void {
    for (const window of trial.windows[side]) {
      const mine = trial.thresholds.filter(({ over = FIVE_MINUTES }) => over === window.over);
      const threshold = failed(mine, window.counts());
      if (!threshold || trial.failed) continue;
      trial.failed = true;
      this.#onRollback({ integration, release, threshold, side });
    }
  }
}

function keyOf({ release, since = '', rollback }: Canary): string {
  return JSON.stringify([release, since, rollback]);
}

/** Whoever was given the canary asked it once; what it did not answer then, another did, or nobody. */
function count(window: Window, { releases = {}, answered }: CountsDelta, release: string): void {
  const { asked = 0, errors = 0, timeouts = 0, latency } = (Object.hasOwn(releases, release) ? releases[release] : undefined) ?? {};
  window.count('asked', asked);
  window.count('errors', errors);
  window.count('timeouts', timeouts);
  latency?.counts.forEach((many, part) => window.countLatency(part, many));
  if (!answered) return;
  window.count('calls', asked);
  window.count('fallbacks', Math.max(0, asked - ((Object.hasOwn(answered, release) ? answered[release] : undefined) ?? 0)));
}
