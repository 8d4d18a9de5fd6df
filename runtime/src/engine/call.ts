// In: a call of an operation, and the instance that it goes to. Out: the answer of the release in force or of the next
// one of the chain that takes over on such a failure, within the budget; or a typed error. Observers are told of both.

import type { CallHost, CallOptions, CallTarget, OperationShape } from './call-target.js';
import type { OperationFunction, OperationInput, ProviderClient } from '../adapter.js';
import type { IntegrationErrorKind } from '../errors.js';
import { IntegrationError, messageOf } from '../errors.js';
import { StartError, checkResult, failureOf, kindOf } from './failure.js';
import { own } from '../own.js';
import { onAbort, untilAborted } from '../abort.js';
import { PolicyError } from '../policy/policy.js';
import type { Slot } from './slot.js';

export type { CallHost, CallOptions, CallTarget, OperationShape };

/** A client's operations may be methods of its class; what every object can do is none of them. */
function operationOf({ operations }: ProviderClient, name: string): OperationFunction | undefined {
  return name in Object.prototype && !Object.hasOwn(operations, name) ? undefined : operations[name];
}

export class Call {
  #to: CallTarget;
  #operation: string;
  #shape: OperationShape;
  #source: string | undefined;
  #caller: AbortSignal | undefined;
  #abort = new AbortController();
  /** Why it was taken back, if it was. */
  #taken: 'disposed' | 'aborted' | undefined;
  #deadline: number | undefined;
  #chosen = '';
  /** The release that is asked. */
  #label = '';

  constructor(to: CallTarget, operation: string, shape: OperationShape, { signal, source }: CallOptions) {
    this.#to = to;
    this.#operation = operation;
    this.#shape = shape;
    this.#source = source;
    this.#caller = signal;
  }

  async run(given: unknown): Promise<unknown> {
    let input;
    try {
      input = this.#shape.input(given, '') as OperationInput;
    } catch (error) {
      throw this.#error('input', error);
    }
    const begun = this.#to.host.clock.now();
    const unlisten = this.#listen(begun);
    try {
      const value = await this.#walk(input);
      this.#tell(begun, this.#label, undefined);
      return value;
    } catch (error) {
      throw this.#failed(begun, error);
    } finally {
      for (const end of unlisten) end();
    }
  }

  /** To whoever may end the call: the caller, the engine, and the budget. Their signals may live long: AbortSignal.any would keep a little of each call. */
  #listen(begun: number): readonly (() => void)[] {
    const stop = (kind: 'disposed' | 'aborted') => (reason: Error) => {
      this.#taken ??= kind;
      this.#abort.abort(reason);
    };
    const { ended, entry, host } = this.#to;
    const caller = this.#caller;
    if (caller?.aborted) stop('aborted')(caller.reason as Error);
    const ends = [onAbort(ended, stop('disposed'))];
    if (caller) ends.push(onAbort(caller, stop('aborted')));
    if (entry.budget) {
      this.#deadline = begun + entry.budget;
      ends.push(host.clock.after(entry.budget, () => this.#abort.abort(new PolicyError('timeout', 'the budget is spent'))));
    }
    return ends;
  }

  async #walk(input: OperationInput): Promise<unknown> {
    this.#abort.signal.throwIfAborted();
    await untilAborted(this.#abort.signal, this.#to.start());
    this.#chosen = this.#to.choice().label;
    const tried = new Set<string>();
    let failure: unknown = new StartError('no provider runs that can do this');
    for (;;) {
      const label = this.#next(tried, failure);
      if (label === undefined) throw failure;
      this.#label = label;
      try {
        const answer = await this.#ask(this.#to.slot(label), input);
        if (answer) return answer.value;
      } catch (error) {
        if (this.#abort.signal.aborted || failureOf(error) === undefined) throw error;
        failure = error;
      }
    }
  }

  /** The next of the chain, as it is now, that takes over on this failure. */
  #next(tried: Set<string>, failure: unknown): string | undefined {
    const first = tried.size === 0;
    return this.#to.choice().chain.find((label) => {
      if (tried.has(label)) return false;
      tried.add(label);
      const triggers = own(this.#to.entry.triggers, label);
      return first || !triggers || triggers.some((one) => one === failureOf(failure));
    });
  }

  /** Null if the release does not offer the operation. */
  async #ask(slot: Slot, input: OperationInput): Promise<{ readonly value: unknown } | null> {
    const begun = this.#to.host.clock.now();
    let attempts = 0;
    const tell = (error?: unknown): void => {
      const failure = failureOf(error);
      const result = error === undefined ? 'ok' : failure === 'timeout' ? 'timeout' : 'error';
      this.#to.host.tell('onAsk', { ...this.#subject(), release: slot.label, result, failure, attempts, ms: this.#to.host.clock.now() - begun });
    };
    try {
      const answer = await this.#send(slot, input, () => (attempts += 1));
      if (answer) {
        tell();
        this.#to.served(slot);
      }
      return answer;
    } catch (error) {
      if (this.#taken) throw error;
      tell(error);
      if (!(error instanceof StartError)) this.#report(slot.label, error);
      throw error;
    }
  }

  async #send(slot: Slot, input: OperationInput, onAttempt: () => void): Promise<{ readonly value: unknown } | null> {
    const operation = this.#operation;
    const { entry } = this.#to;
    const client = await untilAborted(this.#abort.signal, slot.start(false));
    if (!client) throw slot.error ?? new StartError('');
    const run = operationOf(client, operation);
    if (!run) return null;
    const batch = own(client.batches, operation);
    const { result } = this.#shape;
    const checkedOrError = (one: unknown): unknown => {
      try {
        return one instanceof Error ? one : checkResult(result, one);
      } catch (error) {
        return error;
      }
    };
    return slot.policy.run({
      operation,
      input,
      run: async (one, context) => checkResult(result, await run(one, context)),
      batch: batch && (async (all, context) => (await batch(all, context)).map(checkedOrError)),
      repeatable: entry.repeatable?.includes(operation) ?? false,
      remote: slot.release?.server?.includes(operation) ?? false,
      signal: this.#abort.signal,
      ...(this.#deadline !== undefined && { deadline: this.#deadline }),
      onAttempt,
    });
  }

  #failed(begun: number, error: unknown): IntegrationError {
    const kind = this.#taken ?? kindOf(error);
    const failed = this.#error(kind, error);
    if (!this.#taken) this.#tell(begun, failureOf(error) ? 'static' : this.#label, kind);
    return failed;
  }

  #tell(begun: number, answered: string, error: IntegrationErrorKind | undefined): void {
    const chosen = this.#chosen || this.#to.choice().label;
    const ms = this.#to.host.clock.now() - begun;
    this.#to.host.tell('onCall', { ...this.#subject(), chosen, answered, fallback: answered !== chosen, error, ms });
  }

  #subject(): { readonly integration: string; readonly operation: string; readonly source: string | undefined } {
    return { integration: this.#to.name, operation: this.#operation, source: this.#source };
  }

  #report(label: string, error: unknown): void {
    this.#to.host.report({ integration: this.#to.name, label, phase: 'call', source: this.#source, error });
  }

  #error(kind: IntegrationErrorKind, error: unknown): IntegrationError {
    return new IntegrationError(kind, this.#to.name, this.#operation, messageOf(error), error, this.#source);
  }
}
