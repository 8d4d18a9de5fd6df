// In: an integration, what may change at run time, and who is asking. Out: the release to start, and why. Pure: the
// same question has the same answer, on the server and in the browser.

import type { IntegrationEntry } from './config.js';
import type { EvaluationContext } from './flags.js';
import type { RuntimeEntry } from './runtime-config.js';

/**
 * In the order in which they are asked: `override`: somebody said so; `flag`: a release whose flag is on; `route`; `canary`; `active`: the release in force;
 * `fallback`: that one may not be chosen, so the first of the chain; `off`: the kill switch.
 */
export type SelectionReason = 'override' | 'flag' | 'route' | 'canary' | 'active' | 'fallback' | 'off';

export interface Selection {
  /** Label of the release, or `static`. */
  readonly label: string;
  readonly reason: SelectionReason;
}

export interface SelectionQuestion {
  readonly name: string;
  readonly entry: IntegrationEntry;
  readonly runtime: RuntimeEntry;
  /** Label that was asked for. */
  readonly override: string | undefined;
  /** The canary has failed. */
  readonly rolledBack: boolean;
  /** Undefined: not decided. */
  readonly flag: (this: void, name: string) => boolean | undefined;
  readonly context: EvaluationContext;
  /** Milliseconds since 1970. */
  readonly now: number;
}
