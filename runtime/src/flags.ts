// In: flags from wherever an application keeps them. Out: the three functions that the engine asks. A flag of a
// release switches it on or off; a flag called like an integration is its kill switch.

import type { JsonValue } from './config.js';

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
