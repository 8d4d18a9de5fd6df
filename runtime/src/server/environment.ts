// In: variables of the environment, and what manifests say of them. Out: their values for the operations, and the names
// of those that are missing or malformed. A value never leaves this folder by any other way than an operation.

/** Values of environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a manifest says of a variable. */
export interface EnvironmentRule {
  /** Matches the whole value of a key that can be right. */
  readonly pattern?: RegExp;
  readonly secret: boolean;
  /** No default stands in for it. */
  readonly required: boolean;
}

/** By the variable's name. */
export type EnvironmentRules = Readonly<Record<string, EnvironmentRule>>;

export interface EnvironmentProblem {
  readonly name: string;
  readonly problem: 'missing' | 'malformed';
}

/** A variable that a call needs is not there, or can not be right. */
export class EnvironmentError extends Error {
  readonly variable: string;

  constructor(variable: string, what: string) {
    super(`the environment variable ${variable} ${what}`);
    this.variable = variable;
  }
}

function valueOf(env: Environment, name: string): string {
  return (Object.hasOwn(env, name) ? env[name] : undefined) ?? '';
}

/** The value of a variable that a binding needs. */
export function variable(env: Environment, name: string): string {
  const value = valueOf(env, name);
  if (value === '') throw new EnvironmentError(name, 'is not set');
  return value;
}

/** The value of a variable that is a number. `initial` is for one that is not set. */
export function numeric(env: Environment, name: string, initial?: number): number {
  if (initial !== undefined && valueOf(env, name) === '') return initial;
  const value = Number(variable(env, name));
  if (!Number.isFinite(value)) throw new EnvironmentError(name, 'is no number');
  return value;
}

/** Of the process, where there is one. */
export function processEnvironment(): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } };
  return process?.env ?? {};
}

/** What is wrong with `env`, in the order of `rules`. */
function inspectEnvironment(rules: EnvironmentRules, env: Environment): readonly EnvironmentProblem[] {
  return Object.entries(rules).flatMap(([name, { pattern, required }]): readonly EnvironmentProblem[] => {
    const value = valueOf(env, name);
    if (value === '') return required ? [{ name, problem: 'missing' }] : [];
    return pattern && !pattern.test(value) ? [{ name, problem: 'malformed' }] : [];
  });
}

/** What an operation is given: without the values that can not be right, for whoever they belong to, it is not this provider. */
function usable(env: Environment, problems: readonly EnvironmentProblem[]): Environment {
  const malformed = problems.filter(({ problem }) => problem === 'malformed').map(({ name }) => [name, undefined]);
  return malformed.length === 0 ? env : { ...env, ...Object.fromEntries(malformed) };
}

/** One environment, looked at once. */
export interface CheckedEnvironment {
  readonly env: Environment;
  readonly problems: readonly EnvironmentProblem[];
  readonly secrets: readonly string[];
}

export function checkEnvironment(rules: EnvironmentRules, env: Environment): CheckedEnvironment {
  const problems = inspectEnvironment(rules, env);
  const secrets = Object.entries(rules).flatMap(([name, { secret }]) => (secret ? [valueOf(env, name)] : []));
  return { env: usable(env, problems), problems, secrets };
}

/** A problem as the log has it. */
export function problemText({ name, problem }: EnvironmentProblem): string {
  return `the environment variable ${name} ${problem === 'missing' ? 'is not set' : 'does not match its pattern'}`;
}
