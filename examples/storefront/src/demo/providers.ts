// The providers of the mock, and what can be made of them. Nothing of this would be in a shop.
import { useEffect, useState } from 'react';

export const modes = {
  up: 'Works',
  down: 'Down',
  slow: 'Slow',
  busy: '429',
  garbage: 'Garbage',
} as const;

export type Mode = keyof typeof modes;

export interface Provider {
  readonly name: string;
  readonly title: string;
  readonly mode: Mode;
}

const PATH = '/_mock/providers';

/** The providers as they are now, and a function that breaks or mends one. */
export function useProviders(): readonly [readonly Provider[], (name: string, mode: Mode) => void] {
  const [providers, setProviders] = useState<readonly Provider[]>([]);
  const ask = async (init?: RequestInit): Promise<void> => {
    setProviders((await (await fetch(PATH, init)).json()) as readonly Provider[]);
  };
  useEffect(() => {
    void ask();
  }, []);
  const change = (name: string, mode: Mode): void => {
    setProviders((before) => before.map((one) => (one.name === name ? { ...one, mode } : one))); // at once; the answer says the same
    void ask({ method: 'POST', body: JSON.stringify({ name, mode }) });
  };
  return [providers, change];
}
