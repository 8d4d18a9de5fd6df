// In: flags from wherever an application keeps them. Out: the three functions that the engine asks. A flag of a
// release switches it on or off; a flag called like an integration is its kill switch.

import type { JsonValue } from '../config.js';
import { own } from '../own.js';

/** Who is asking: routes compare its members, and shares are sticky by its `targetingKey`. */
export interface EvaluationContext {
  readonly targetingKey?: string;
  readonly [attribute: string]: JsonValue | undefined;
}

export interface FlagSource {
  /** Undefined: nothing is decided; the engine then goes by the runtime configuration. */
  value(this: void, flag: string, context: EvaluationContext): boolean | undefined;
  /** `listener` is called when any flag may have another value; what it returns ends that. */
  subscribe(this: void, listener: () => void): () => void;
  /** Resolves when values are there, whatever became of asking for them. */
  ready(this: void): Promise<void>;
}

/** Flags as a file has them; null: not decided. */
export interface FlagValues {
  readonly [flag: string]: boolean | null | undefined;
}

export interface StaticFlagsOptions {
  /** Where the values change (a getter, a proxy): tells `listener` of it. */
  readonly subscribe?: FlagSource['subscribe'];
}

/** Flags that an application has in its hand. */
export function staticFlags(values: FlagValues, { subscribe = () => () => undefined }: StaticFlagsOptions = {}): FlagSource {
  return { value: (flag) => own(values, flag) ?? undefined, subscribe, ready: () => Promise.resolve() };
}

/** The first source that has decided is right. Ready when all of them are. */
export function combineFlags(...sources: readonly FlagSource[]): FlagSource {
  return {
    value(flag, context) {
      for (const source of sources) {
        const value = source.value(flag, context);
        if (value !== undefined) return value;
      }
      return undefined;
    },
    subscribe(listener) {
      const ends = sources.map((source) => source.subscribe(listener));
      return () => ends.forEach((end) => end());
    },
    ready: async () => void (await Promise.all(sources.map((source) => source.ready()))),
  };
}
