// In: calls that were checked. Out: what their providers answer, within the limits of the manifest: one policy an
// integration and release for the life of the handler, whoever asks. Inputs and keys stay with their call: equal
// calls share an answer only if they come with the same environment.

import type { OperationInput } from '../adapter.js';
import type { Clock } from '../clock.js';
import type { FailureClass, IntegrationConfig, Limits, Rate } from '../config.js';
import { failureOf } from '../engine/failure.js';
import { HttpError } from '../http.js';
import type { AskRecord, Observer } from '../observer.js';
import type { PolicyCall } from '../policy/policy.js';
import { PolicyError } from '../policy/policy.js';
import { Policy } from '../policy/release-policy.js';
import { ShapeError } from '../validate.js';
import type { Environment } from './environment.js';
import type { SharedLimits } from './limits.js';
import type { ServerFunction } from './operations.js';
import { sharedGate } from './shared-gate.js';
import { own } from '../own.js';
import type { OperationPlace } from './path.js';

/** A call of one release. */
export interface ProviderCall {
  readonly place: OperationPlace;
  readonly label: string;
  readonly run: ServerFunction;
  readonly input: OperationInput;
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** When the signal aborts by itself, by the clock. */
  readonly deadline: number;
}

export interface ProvidersOptions {
  readonly config: IntegrationConfig;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly limits: SharedLimits;
}

/** The class of a failure that another provider might not have. */
function classOf(error: unknown): FailureClass | undefined {
  return error instanceof ShapeError ? 'unreadable' : failureOf(error);
}

function waitOf(error: unknown): number | undefined {
  return error instanceof HttpError ? error.retryAfter : undefined;
}

/** Where the deadline and an attempt's timeout meet, either may be first. */
function isTimeout(error: unknown): boolean {
  return (error instanceof PolicyError && error.kind === 'timeout') || (error instanceof DOMException && error.name === 'TimeoutError');
}

/** As the policy's own window: a burst of twice the count in twice the time. */
function stretched({ count, per }: Rate, burst = count): Rate {
  return { count: burst, per: (per * burst) / count };
}

export class Providers {
  readonly #options: ProvidersOptions;
  readonly #policies = new Map<string, Policy>();
  readonly #environments = new WeakMap<Environment, number>();
  #environmentCount = 0;

  constructor(options: ProvidersOptions) {
    this.#options = options;
  }

  /** The provider's answer, of the type that the operation returns. */
  async ask(call: ProviderCall): Promise<unknown> {
    const { clock } = this.#options;
    const began = clock.now();
    let attempts = 0;
    const tell = (error?: unknown): void => this.#tell(call, { attempts, ms: clock.now() - began }, error);
    try {
      const { value } = await this.#policy(call.place.integration, call.label).run(this.#policyCall(call, () => (attempts += 1)));
      tell();
      return value;
    } catch (error) {
      // The page that asked has gone: nobody failed.
      if (!call.signal.aborted || isTimeout(call.signal.reason)) tell(error);
      throw error;
    }
  }

  #policyCall({ place, run, input, env, signal, deadline }: ProviderCall, onAttempt: () => void): PolicyCall {
    const { integration, operation, found } = place;
    return {
      operation: `${String(this.#environment(env))} ${operation}`,
      input,
      run: async (checked, context) => found.result(await run(checked, env, context.signal), ''),
      batch: undefined,
      repeatable: own(this.#options.config, integration)?.repeatable?.includes(operation) ?? false,
      remote: false,
      signal,
      deadline,
      onAttempt,
    };
  }

  /** A number for each environment, for the text by which equal calls are found. */
  #environment(env: Environment): number {
    let number = this.#environments.get(env);
    if (number === undefined) {
      number = this.#environmentCount += 1;
      this.#environments.set(env, number);
    }
    return number;
  }

  #policy(integration: string, label: string): Policy {
    const key = `${integration} ${label}`;
    let policy = this.#policies.get(key);
    if (!policy) {
      policy = this.#makePolicy(integration, label);
      this.#policies.set(key, policy);
    }
    return policy;
  }

  #makePolicy(integration: string, label: string): Policy {
    const { config, clock, observer, limits: shared } = this.#options;
    const { rate, burst, ...limits }: Limits = own(config, integration)?.limits ?? {};
    const gate = rate && shared.provider && sharedGate({ key: `${integration} ${label}`, rate: stretched(rate, burst), clock, queue: limits.queue, ask: shared.provider });
    return new Policy({
      limits: { ...limits, ...(rate && !gate && { rate, ...(burst !== undefined && { burst }) }) },
      ...(gate && { gate }),
      clock,
      cache: 0, // the browser keeps answers: kept twice, they would be twice as old
      isAway: (error) => classOf(error) !== undefined,
      isRefused: (error) => error instanceof HttpError && error.kind === 'busy',
      retryAfter: waitOf,
      onBreaker: (state) => observer.onBreaker?.({ integration, release: label, state }),
    });
  }

  #tell({ place, label }: ProviderCall, counts: Pick<AskRecord, 'attempts' | 'ms'>, error: unknown): void {
    const { integration, operation } = place;
    const result = error === undefined ? 'ok' : isTimeout(error) ? 'timeout' : 'error';
    const failure = isTimeout(error) ? 'timeout' : classOf(error);
    this.#options.observer.onAsk?.({ integration, operation, source: undefined, release: label, result, failure, ...counts });
  }
}
