// In: the JSON of a request. Out: the call or calls that it asks for, each with an input of the right shape or the refusal
// of it. `{release, input}` is one call, `{release, inputs}` a batch, which is answered as `{results}` in the same order.

import type { OperationInput } from '../adapter.js';
import type { Validator } from '../validate.js';
import { ShapeError } from '../validate.js';
import type { ServerFunction, ServerOperation } from './operations.js';
import { own } from '../own.js';
import { Refusal } from './refusal.js';

export interface WantedCalls {
  readonly label: string;
  readonly run: ServerFunction;
  readonly inputs: readonly (OperationInput | Refusal)[];
  readonly batch: boolean;
}

function checked(validator: Validator, input: unknown): OperationInput | Refusal {
  const text = 'the input is not what the operation takes';
  try {
    return validator(input, '') as OperationInput;
  } catch (error) {
    return new Refusal(400, 'rejected', error instanceof ShapeError ? `${text}: ${error.message}` : text);
  }
}

/** `most` is how many calls a batch may have. */
export function readCalls({ input: shape, releases }: ServerOperation, body: unknown, most: number): WantedCalls {
  const members = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  const [release, input, inputs] = ['release', 'input', 'inputs'].map((name) => own(members, name));
  const run = typeof release === 'string' ? own(releases, release) : undefined;
  if (typeof release !== 'string' || !run) throw new Refusal(404, 'missing', 'there is no such release');
  const batch = inputs !== undefined;
  const list: readonly unknown[] = batch ? (Array.isArray(inputs) ? inputs : []) : [input];
  if (list.length === 0 || list.length > most) throw new Refusal(400, 'rejected', `a batch has from 1 to ${String(most)} inputs`);
  return { label: release, run, inputs: list.map((one) => checked(shape, one)), batch };
}
