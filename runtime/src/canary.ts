// In: a canary and the time. Out: the share of the visitors that get it now.

import type { Canary } from './config.js';

/** Without a beginning it stays in its first stage; before its beginning nobody gets it; the last stage has no end. */
export function canaryShare({ since, stages }: Canary, now: number): number {
  let left = since === undefined ? 0 : now - Date.parse(since) || 0; // not a date: as if there were none
  if (left < 0) return 0;
  const stage = stages.find(({ for: time = Infinity }) => (left -= time) < 0) ?? stages.at(-1);
  return stage?.share ?? 0;
}
