// In: a condition of a route, and who is asking. Out: whether it holds. What is not known of somebody equals nothing and is
// in no list, so that only `!=` and `not in` hold of it.

import type { Comparison, Condition, JsonValue } from '../config.js';
import type { EvaluationContext } from './flags.js';
import { own } from '../own.js';

interface Members {
  readonly [name: string]: JsonValue | undefined;
}

/** The attribute `a.b`, or `b` of the attribute `a`. */
function attribute(context: EvaluationContext, subject: string): JsonValue | undefined {
  const inside = (value: JsonValue | undefined, name: string): JsonValue | undefined =>
    typeof value === 'object' && value !== null ? own(value as Members, name) : undefined;
  return own<JsonValue | undefined>(context, subject) ?? subject.split('.').reduce(inside, context as JsonValue);
}

/** What a number or a text that is one stands for, else NaN. */
function numeric(value: JsonValue): number {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN;
}

/** Texts are equal as they are, upper and lower case too; a number equals a text that stands for it. */
function equal(a: JsonValue, b: JsonValue): boolean {
  return a === b || ((typeof a === 'number' || typeof b === 'number') && numeric(a) === numeric(b));
}

/** Whether a comparison holds of what `order` says: below, at or above 0; of NaN only `!=`. */
export function meets(is: Comparison, order: number): boolean {
  if (is === '!=') return order !== 0;
  return order === 0 ? is.includes('=') : is[0] === (order < 0 ? '<' : order > 0 ? '>' : '');
}

/** Numbers, and texts that are, by their size; other texts by their characters, which is right for dates of ISO 8601. */
function orderOf(a: JsonValue, b: JsonValue): number {
  const order = numeric(a) - numeric(b);
  return Number.isNaN(order) && typeof a === 'string' && typeof b === 'string' ? Number(a > b) - Number(a < b) : order;
}

function listed(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** Of an attribute that is a list (of roles, say), one member has to meet the condition; for `!=` and `not in`, none may equal. */
export function holds({ subject, is, value }: Condition, context: EvaluationContext): boolean {
  const found = attribute(context, subject) ?? [];
  const negated = is === '!=' || is === 'not in';
  const test = is === 'in' || negated ? '==' : is;
  const pairs = listed(found).flatMap((member) => listed(value).map((one) => [member, one] as const));
  return negated !== pairs.some(([member, one]) => (test === '==' ? equal(member, one) : meets(test, orderOf(member, one))));
}
