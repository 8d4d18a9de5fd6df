// In: nothing. Out: the system's clock, whose timers keep no process alive: the requests that somebody waits for do that.

import type { Clock } from '../clock.js';
import { LONGEST_TIMER, systemClock } from '../clock.js';

export const idleClock: Clock = {
  ...systemClock,
  after(ms, run) {
    const timer: unknown = setTimeout(run, Math.min(ms, LONGEST_TIMER));
    // Node.js gives an object, other platforms a number.
    (timer as { readonly unref?: () => void }).unref?.();
    return () => clearTimeout(timer as Parameters<typeof clearTimeout>[0]);
  },
};
