// In: what whoever runs the server has to know. Out: lines of the log, without secrets, each kind of line at most once a
// minute: a provider that is away all night does not fill a disk.

import type { Clock } from '../clock.js';

const PAUSE = 60_000;
const KINDS = 1000;

/** Lines with the same `key` are one kind: what varies in them may come from anybody. */
export interface Log {
  (this: void, line: string, key?: string): void;
}

/** `write` gets what was not said a minute ago. */
export function quietLog(write: (this: void, line: string) => void, clock: Clock): Log {
  const said = new Map<string, number>();
  return (line, key = line) => {
    const now = clock.now();
    const before = said.get(key);
    if (before !== undefined && now - before < PAUSE) return;
    if (said.size >= KINDS) said.clear();
    said.set(key, now);
    write(line);
  };
}
