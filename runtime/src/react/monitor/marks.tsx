// In: a state, or calls of the past. Out: their signs. Each has a shape of its own, so that nothing is told by colour alone, and a word beside it.

import type { ReactElement } from 'react';
import type { IntegrationState } from '../../observer.js';
import type { Mark } from './model.js';
import { STATE_WORDS, plural } from './words.js';

/** A filled disc with a tick, a triangle, a square, a ring, a half disc. */
const SHAPES: Readonly<Record<IntegrationState, string>> = {
  ready: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 10.4L3.9 8.3l1.3-1.3L7 8.8l3.9-3.9 1.3 1.3Z',
  fallback: 'M8 1.2 15.4 14.4H.6ZM7.2 6v4.2h1.6V6Zm0 5.2v1.6h1.6v-1.6Z',
  static: 'M2 2h12v12H2Zm2.4 5.1v1.8h7.2V7.1Z',
  idle: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8Z',
  starting: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.8v10.4A5.2 5.2 0 0 1 8 2.8Z',
};

export function StateMark({ state }: { readonly state: IntegrationState }): ReactElement {
  return (
    <span className={`state ${state}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
        <path fillRule="evenodd" d={SHAPES[state]} />
      </svg>
      {STATE_WORDS[state]}
    </span>
  );
}

export function Chevron(): ReactElement {
  return (
    <svg className="chevron" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
      <path d="m3 10 5-5 5 5" />
    </svg>
  );
}

const WIDTH = 5;
const HEIGHT = 20;

/** Taller is slower; 10 ms to 10 s, each decade the same height. */
function heightOf(ms: number): number {
  return 4 + Math.min(HEIGHT - 4, Math.max(0, (Math.log10(Math.max(ms, 1)) - 1) * 5));
}

/** A bar for an answer, a bar with a gap for a fallback's, a cross for none. */
function pathOf({ end, ms }: Mark, x: number): string {
  if (end === 'failed') return `M${x} ${HEIGHT - 7}l4 6m0-6-4 6`;
  const top = HEIGHT - heightOf(ms);
  const bar = (from: number, to: number): string => `M${x + 2} ${from}V${to}`;
  return end === 'ok' ? bar(top, HEIGHT) : bar(top - 2, HEIGHT - 4.5) + bar(HEIGHT - 2.5, HEIGHT);
}

/** The last calls, the newest at the right. */
export function History({ marks, most }: { readonly marks: readonly Mark[]; readonly most: number }): ReactElement {
  const count = (end: Mark['end']): number => marks.filter((mark) => mark.end === end).length;
  const says = `last ${plural(marks.length, 'call')}: ${String(count('ok'))} as chosen, ${String(count('fallback'))} by a fallback, ${String(count('failed'))} failed`;
  const start = most - marks.length;
  return (
    <svg className="history" viewBox={`0 0 ${most * WIDTH} ${HEIGHT}`} width={most * WIDTH} height={HEIGHT} role="img" aria-label={marks.length > 0 ? says : 'no calls yet'}>
      <path className="base" d={`M0 ${HEIGHT - 0.5}H${most * WIDTH}`} />
      {marks.map((mark, i) => (
        <path key={i} className={mark.end} d={pathOf(mark, (start + i) * WIDTH)} />
      ))}
    </svg>
  );
}
