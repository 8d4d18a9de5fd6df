// In: a condition of a route, and who is asking. Out: whether it holds. What is not known of somebody equals nothing and is
// in no list, so that only `!=` and `not in` hold of it.

import type { Comparison, Condition, JsonValue } from './config.js';
import type { EvaluationContext } from './flags.js';

/** The attribute `a`, or `b` of the attribute `a` for `a.b`. */
function attribute(context: EvaluationContext, subject: string): JsonValue | undefined {
  if (Object.hasOwn(context, subject)) return context[subject];
  let value: JsonValue | undefined = context as JsonValue;
  for (const part of subject.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as { readonly [key: string]: JsonValue })[part];
  }
  return value;
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
  switch (is) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
  }
}

/** Numbers, and texts that are, by their size; other texts by their characters, which is right for dates of ISO 8601. */
function orderOf(a: JsonValue, b: JsonValue): number {
  const order = numeric(a) - numeric(b);
  if (typeof a !== 'string' || typeof b !== 'string' || !Number.isNaN(order)) return order;
  return a < b ? -1 : a > b ? 1 : 0;
}

function listed(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** Of an attribute that is a list (of roles, say), one member has to meet the condition; for `!=` and `not in`, none may equal. */
export function holds({ subject, is, value }: Condition, context: EvaluationContext): boolean {
  const found = attribute(context, subject) ?? null;
  const members = found === null ? [] : listed(found);
  const negated = is === '!=' || is === 'not in';
  const test = negated || is === 'in' ? '==' : is;
  const met = members.some((member) => listed(value).some((one) => (test === '==' ? equal(member, one) : meets(test, orderOf(member, one)))));
  return met !== negated;
}
