// In: a monitor in a browser. Out: its counts, sent to the server half from time to time and when the page is hidden, each
// time what is new. What could not be sent is in the next beacon; what was sent may be counted twice if only the answer got lost.

import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { LARGEST_BEACON, METRICS_PATH } from './delta.js';
import type { Monitor } from './monitor.js';
import type { Tally } from './tally.js';
import { addTally, copyTally, emptyTally, growth } from './tally.js';

export interface BeaconOptions {
  /** The server half's address for them, unless it is `/_fx/metrics`. */
  readonly url?: string | undefined;
  /** Milliseconds from a first new count to its beacon: 30,000 unless said. */
  readonly every?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Answers that will not be different next time: there is nobody who counts. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

const encoder = new TextEncoder();

function bodyOf(integrations: Tally, at: number): string {
  return JSON.stringify({ interface: 'runtime-delta', at: new Date(at).toISOString(), integrations });
}

/** As few parts as fit into a beacon each; a part that does not by itself loses its places of the concept. */
function partsOf(grown: Tally, at: number): readonly Tally[] {
  const fits = (part: Tally): boolean => encoder.encode(bodyOf(part, at)).length <= LARGEST_BEACON;
  if (fits(grown)) return [grown];
  const names = Object.keys(grown);
  if (names.length === 1) return [Object.fromEntries(Object.entries(grown).map(([name, counts]) => [name, { ...(counts as Tally), sources: {} }]))];
  const half = (from: number, to: number): Tally => Object.fromEntries(Object.entries(grown).slice(from, to));
  const middle = names.length >> 1;
  return [...partsOf(half(0, middle), at), ...partsOf(half(middle, names.length), at)];
}

/** Sends what `monitor` counts until the function that it returns is called; that one sends the rest. */
export function startBeacon(monitor: Monitor, options: BeaconOptions = {}): () => void {
  const { clock = systemClock, every = 30_000, url = METRICS_PATH } = options;
  const sent = emptyTally();
  let cancel: (() => void) | null = null;

  const wait = (): void => {
    cancel ??= clock.after(every, () => flush(false));
  };
  const flush = (leaving: boolean): void => {
    cancel?.();
    cancel = null;
    const grown = copyTally(growth(monitor.tallies(), sent));
    if (!grown) return;
    addTally(sent, grown);
    for (const part of partsOf(grown, clock.now())) send(part, leaving);
  };
  const send = (part: Tally, leaving: boolean): void => {
    const body = bodyOf(part, clock.now());
    if (leaving && 'sendBeacon' in navigator) {
      if (!navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }))) giveBack(part);
      return;
    }
    const request = fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, credentials: 'same-origin', keepalive: true, body });
    request.then(
      ({ ok, status }) => {
        if (isRefusal(status)) end();
        else if (!ok) giveBack(part);
      },
      () => giveBack(part),
    );
  };
  const giveBack = (part: Tally): void => {
    addTally(sent, part, -1);
    wait();
  };
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') flush(true);
  };
  const unsubscribe = monitor.subscribe(wait);
  const end = (): void => {
    unsubscribe();
    document.removeEventListener('visibilitychange', hidden);
    cancel?.();
    cancel = () => undefined; // nothing is waited for any more
  };
  document.addEventListener('visibilitychange', hidden);
  return () => {
    flush(true);
    end();
  };
}
