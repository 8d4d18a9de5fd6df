// In: states, reasons, times and alerts. Out: the words that the panel says for them.

import type { Alert } from '../../metrics/monitor.js';
import type { IntegrationState } from '../../observer.js';
import type { BreakerRecord, StateRecord } from '../../observer.js';
import type { SelectionReason } from '../../selection/select.js';

export const STATE_WORDS: Readonly<Record<IntegrationState, string>> = {
  idle: 'idle',
  starting: 'starting',
  ready: 'live',
  fallback: 'fallback',
  static: 'static',
};

/** Why this release: the rest of a sentence that begins with its label. */
const REASON_WORDS: Readonly<Record<SelectionReason, string>> = {
  override: 'asked for here',
  flag: 'its flag is on',
  route: 'by a route',
  canary: 'canary',
  active: 'active release',
  fallback: 'stands in',
  off: 'switched off',
};

export function duration(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** What runs, and why: `v2 · stands in`. `answered`: the release that answered the last call. */
export function whyWords({ reason, release, state }: Pick<StateRecord, 'reason' | 'release' | 'state'>, answered: string): string {
  if (state === 'static') return reason === 'off' ? REASON_WORDS.off : 'the page’s own markup';
  return state === 'fallback' ? `${answered || release} · ${REASON_WORDS.fallback}` : [release, REASON_WORDS[reason]].filter(Boolean).join(' · ');
}

function percent(share: number): string {
  return `${String(Math.round(share * 1000) / 10)} %`;
}

/** `5 m`, `30 s`, `1 h`. */
function span(ms: number): string {
  return ms < 60_000 ? `${String(ms / 1000)} s` : ms < 3_600_000 ? `${String(ms / 60_000)} m` : `${String(ms / 3_600_000)} h`;
}

export function alertSentence({ threshold, value }: Alert): string {
  const { bound, is, metric, over = 300_000 } = threshold;
  const say = metric.startsWith('latency') ? duration : percent;
  return `${metric} ${value === undefined ? '' : `${say(value)}, `}${is} ${say(bound)} over ${span(over)}`;
}

const SERVES: readonly IntegrationState[] = ['idle', 'starting', 'ready'];

/** Nothing while an integration starts as it should: only what a visitor would be surprised by, and its end. */
export function stateSentence(before: IntegrationState, { integration, release, state }: StateRecord): string {
  if (state === before || (SERVES.includes(before) && SERVES.includes(state)) || state === 'starting') return '';
  return `${integration}: ${STATE_WORDS[state]}${state === 'ready' ? ` again, ${release} answers` : ''}.`;
}

export function breakerSentence({ integration, release, state }: BreakerRecord): string {
  return state === 'half-open' ? '' : `${integration} ${release}: breaker ${state}.`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
