// In: a request for an operation, or for several at once. Out: its results, checked, or the refusal of it. Here a request
// meets every check before a key is used, and every answer before it leaves.

import type { OperationInput } from '../adapter.js';
import type { Clock } from '../clock.js';
import { HttpError } from '../http.js';
import { own } from '../own.js';
import { PolicyError } from '../policy/policy.js';
import { ShapeError } from '../validate.js';
import type { BodyLimits } from './body.js';
import { checkBodyHead, readJson } from './body.js';
import { readCalls } from './call.js';
import { EnvironmentError, problemText } from './environment.js';
import type { Log } from './log.js';
import type { ServerHalf } from './operations.js';
import type { HandlerOptions } from './options.js';
import { checkOrigin } from './origin.js';
import type { OperationPlace } from './path.js';
import type { ProviderCall, Providers } from './providers.js';
import { causeChain } from './redact.js';
import { Refusal, answer, refusalOf } from './refusal.js';
import type { ClientCheck } from './request.js';
import { checkMethod } from './request.js';
import type { Surroundings } from './surroundings.js';

const LARGEST_BATCH = 50;
const LONGEST_CALL = 30_000;

interface Deadline {
  readonly signal: AbortSignal;
  readonly at: number;
  cancel(this: void): void;
}

/** Aborts after `ms`, and with the request. */
function deadline(clock: Clock, ms: number, request: AbortSignal): Deadline {
  const controller = new AbortController();
  const cancel = clock.after(ms, () => {
    controller.abort(new DOMException('the call took too long', 'TimeoutError'));
  });
  return { signal: AbortSignal.any([request, controller.signal]), at: clock.now() + ms, cancel };
}

export interface PerformerOptions {
  readonly half: ServerHalf;
  readonly options: HandlerOptions;
  readonly clock: Clock;
  readonly body: BodyLimits;
  readonly checkClient: ClientCheck;
  readonly providers: Providers;
  readonly log: Log;
  /** The integration's kill switch is off. */
  readonly isOff: (this: void, integration: string) => Promise<boolean>;
}

export class Performer {
  readonly #options: PerformerOptions;

  constructor(options: PerformerOptions) {
    this.#options = options;
  }

  async perform(request: Request, place: OperationPlace, around: Surroundings): Promise<Response> {
    const { half, options, clock, body, checkClient, isOff } = this.#options;
    checkMethod(request, 'POST');
    checkOrigin(request, options.allowedOrigins);
    checkBodyHead(request, body);
    await checkClient(request, 'call', 1);
    const { budget = options.longestCall ?? LONGEST_CALL, limits } = own(half.config, place.integration) ?? {};
    const { label, run, inputs, batch } = readCalls(place.found, await readJson(request, body), limits?.batch?.size ?? LARGEST_BATCH);
    await checkClient(request, 'call', inputs.length - 1);
    if (await isOff(place.integration)) throw new Refusal(503, 'unavailable', 'the integration is switched off');
    const { signal, at, cancel } = deadline(clock, budget, request.signal);
    const ask = (input: OperationInput | Refusal): Promise<unknown> => this.#ask({ place, label, run, signal, deadline: at }, input, around);
    try {
      return this.#tell(batch ? { results: await askAll(inputs, ask) } : { result: await ask(inputs[0] as OperationInput | Refusal) }, around);
    } finally {
      cancel();
    }
  }

  async #ask(call: Omit<ProviderCall, 'input' | 'env'>, input: OperationInput | Refusal, around: Surroundings): Promise<unknown> {
    if (input instanceof Refusal) throw input;
    try {
      return await this.#options.providers.ask({ ...call, input, env: around.env });
    } catch (error) {
      const { integration, operation } = call.place;
      if (!call.signal.aborted) this.#note(`${integration}.${operation} (${call.label})`, error, around);
      throw error;
    }
  }

  /** What somebody has to do something about: the environment, a key that is refused, an error that nobody expected. */
  #note(what: string, error: unknown, { redact, problems }: Surroundings): void {
    const { log } = this.#options;
    if (error instanceof EnvironmentError) {
      const problem = problems.find(({ name }) => name === error.variable);
      log(problem ? problemText(problem) : error.message);
    } else if (error instanceof HttpError) {
      if (error.kind === 'unauthorized') log(`${what}: the provider refuses the key`);
    } else if (!(error instanceof PolicyError || error instanceof ShapeError)) {
      log(redact.clean(`${what}: ${causeChain(error)}`), `${what} ${error instanceof Error ? error.name : ''}`);
    }
  }

  /** A provider that echoes its key does not get it to a browser. */
  #tell(body: unknown, { redact }: Surroundings): Response {
    if (redact.holds(JSON.stringify(body))) throw new Refusal(502, 'unreadable', 'the provider answered with something that may not leave the server');
    return answer(200, body);
  }
}

/** Each for itself: what one fails with is no matter of the others. */
function askAll(inputs: readonly (OperationInput | Refusal)[], ask: (input: OperationInput | Refusal) => Promise<unknown>): Promise<readonly unknown[]> {
  return Promise.all(
    inputs.map((input) =>
      ask(input).then(
        (result) => ({ result }),
        (error: unknown) => ({ error: refusalOf(error).failure() }),
      ),
    ),
  );
}
