// In: an integration, what may change at run time, and who is asking. Out: the release to start, and why. Pure: the
// same question has the same answer, on the server and in the browser.

import { canaryShare } from './canary.js';
import { holds } from './condition.js';
import type { IntegrationEntry, Route } from './config.js';
import type { EvaluationContext } from './flags.js';
import { own } from './own.js';
import type { RuntimeEntry } from './runtime-config.js';
import { bucket } from './sticky.js';

/**
 * In the order in which they are asked: `off`: the kill switch, which nothing overrides; `override`: somebody said so; `flag`: a release
 * whose flag is on; `route`; `canary`; `active`: the release in force; `fallback`: that one may not be chosen, so the first of the chain.
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

/** Words of a chain for the last resort: no provider, the concept's markup. */
export const LAST_RESORT: readonly string[] = ['static', 'manual-entry'];

type Flags = SelectionQuestion['flag'];
type Allowed = (this: void, label: string) => boolean;

/** Whether a release is known and its flag does not forbid it. */
export function releaseAllowed({ releases }: IntegrationEntry, label: string, flag: Flags): boolean {
  const release = own(releases, label);
  return release !== undefined && (release.flag === undefined || flag(release.flag) !== false);
}

/**
 * The release to start. An override may name one whose flag is off; of several whose flags are on it is the newest. A
 * visitor without a `targetingKey` is in no share but a whole one.
 */
export function select(question: SelectionQuestion): Selection {
  const { name, entry, runtime, override = '', rolledBack, flag, context, now } = question;
  if (flag(name) === false) return { label: 'static', reason: 'off' };
  if (LAST_RESORT.includes(override)) return { label: 'static', reason: 'override' };
  if (Object.hasOwn(entry.releases, override)) return { label: override, reason: 'override' };

  const allowed: Allowed = (label) => releaseAllowed(entry, label, flag);
  const flagged = flaggedRelease(entry, flag);
  if (flagged !== undefined) return { label: flagged, reason: 'flag' };

  const place = context.targetingKey ? bucket(name, context.targetingKey) : NaN;
  const routed = route(runtime.routes ?? entry.routes ?? [], place, context, allowed);
  if (routed !== undefined) return { label: routed, reason: 'route' };

  const canary = runtime.canary ?? entry.canary;
  const early = canary && !rolledBack ? canaryShare(canary, now) : 0;
  if (canary && allowed(canary.release) && isIn(place, 1 - early, early)) // from the far end: routes begin at 0
    return { label: canary.release, reason: 'canary' };

  const active = activeRelease(question);
  if (allowed(active)) return { label: active, reason: 'active' };
  return { label: behind(entry.fallbackChain, active, allowed)[0] ?? 'static', reason: 'fallback' };
}

/**
 * The releases to try when the selected one fails, in order; behind the last is the concept's markup. A release that a flag, a
 * route or a canary chose has the one in force behind it; one that an override chose has not, for that may be what was wrong.
 * `chain` is that of the manifest, unless an element has its own.
 */
export function chainOf(question: SelectionQuestion, { label, reason }: Selection, chain = question.entry.fallbackChain): readonly string[] {
  if (label === 'static') return [];
  const { entry, flag } = question;
  const allowed: Allowed = (one) => one !== label && releaseAllowed(entry, one, flag);
  if (reason === 'override' || reason === 'fallback') return behind(chain, label, allowed);
  const active = activeRelease(question);
  return [...new Set([...(allowed(active) ? [active] : []), ...behind(chain, active, allowed)])];
}

/** The release in force: that of the runtime configuration, where it names one that there is. */
function activeRelease({ entry, runtime: { version = entry.version } }: SelectionQuestion): string {
  return Object.hasOwn(entry.releases, version) ? version : entry.version;
}

function flaggedRelease({ releases }: IntegrationEntry, flag: Flags): string | undefined {
  const on = Object.entries(releases).filter(([, release]) => release.flag !== undefined && flag(release.flag) === true);
  return on.at(-1)?.[0];
}

/** The labels of a chain behind one of them, or all; up to the last resort. */
function behind(chain: readonly string[], label: string, allowed: Allowed): readonly string[] {
  const end = chain.findIndex((one) => LAST_RESORT.includes(one));
  return chain.slice(chain.indexOf(label) + 1, end < 0 ? undefined : end).filter(allowed);
}

/** Whether a place is in `share` behind `start`; everybody is in a whole share, known or not. */
function isIn(place: number, start: number, share: number): boolean {
  return share >= 1 || (place >= start && place < start + share);
}

/** Routes with conditions go first, in their order; the others share what is left. */
function route(routes: readonly Route[], place: number, context: EvaluationContext, allowed: Allowed): string | undefined {
  const met = routes.filter(({ when = [] }) => when.length > 0 && when.every((condition) => holds(condition, context)));
  const plain = routes.filter(({ when = [] }) => when.length === 0);
  return share(met, place, allowed) ?? share(plain, place, allowed);
}

/** Shares lie one behind the other. That of a release that may not be chosen stays empty, so that nobody else moves. */
function share(routes: readonly Route[], place: number, allowed: Allowed): string | undefined {
  let start = 0;
  for (const { release, share = 1 } of routes) {
    if (allowed(release) && isIn(place, start, share)) return release;
    if (share < 1) start += share;
  }
  return undefined;
}
