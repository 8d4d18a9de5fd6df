// In: environments as they come. Out: what is known of each: its problems, told once, and its secrets, as things that no
// text may hold.

import type { CheckedEnvironment, Environment, EnvironmentRules } from './environment.js';
import { checkEnvironment, problemText } from './environment.js';
import type { Log } from './log.js';
import type { Redactor } from './redact.js';
import { redactor } from './redact.js';

export interface Surroundings extends CheckedEnvironment {
  readonly redact: Redactor;
}

/** Each environment is looked at when it is first seen. */
export function surroundingsOf(rules: EnvironmentRules, log: Log): (env: Environment) => Surroundings {
  const known = new WeakMap<Environment, Surroundings>();
  return (env) => {
    const found = known.get(env);
    if (found) return found;
    const checked = checkEnvironment(rules, env);
    const made = { ...checked, redact: redactor(checked.secrets) };
    known.set(env, made);
    for (const problem of checked.problems) log(problemText(problem));
    return made;
  };
}
