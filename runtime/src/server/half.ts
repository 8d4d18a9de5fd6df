// In: a project's server half and what the application says of it. Out: answers to requests under `/_fx/`. What lives
// as long as the handler lives here: policies, counts of clients, what is known of environments. Nothing of one request
// outlives it.

import type { OperationInput } from '../adapter.js';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { HttpError } from '../http.js';
import type { Observer } from '../observer.js';
import { PolicyError } from '../policy/policy.js';
import { ShapeError } from '../validate.js';
import type { BodyLimits } from './body.js';
import { checkBodyHead, readJson } from './body.js';
import { readCalls } from './call.js';
import { clientKeyOf } from './client-key.js';
import type { CheckedEnvironment, Environment } from './environment.js';
import { EnvironmentError, checkEnvironment, problemText, processEnvironment } from './environment.js';
import { memoryLimits } from './limits.js';
import type { Log } from './log.js';
import { quietLog } from './log.js';
import type { ServerHalf } from './operations.js';
import { own } from './operations.js';
import type { HandlerOptions } from './options.js';
import { checkOrigin } from './origin.js';
import type { OperationPlace } from './path.js';
import { placeOf } from './path.js';
import type { ProviderCall } from './providers.js';
import { Providers } from './providers.js';
import type { Redactor } from './redact.js';
import { causeChain, redactor } from './redact.js';
import { Refusal, answer, refusalOf, refuse, retryAfter } from './refusal.js';

const CLIENT_RATE = { count: 100, per: 10_000 };
const LARGEST_BATCH = 50;

/** What is known of one environment. */
interface Surroundings extends CheckedEnvironment {
  readonly redact: Redactor;
}

export function checkMethod(request: Request, ...allowed: readonly string[]): void {
  if (!allowed.includes(request.method)) throw new Refusal(405, 'rejected', `the method is ${allowed.join(' or ')}`, { allow: allowed.join(', ') });
}

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

export class Half {
  readonly #half: ServerHalf;
  readonly #options: HandlerOptions;
  readonly #clock: Clock;
  readonly #body: BodyLimits;
  readonly #limits;
  readonly #providers: Providers;
  readonly #log: Log;
  readonly #known = new WeakMap<Environment, Surroundings>();

  constructor(half: ServerHalf, options: HandlerOptions = {}) {
    this.#half = half;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#body = { size: options.maxInput ?? 64 * 1024, patience: options.bodyPatience ?? 10_000 };
    this.#limits = options.limits ?? memoryLimits();
    this.#log = quietLog(options.log ?? ((line) => console.error(line)), this.#clock);
    this.#providers = new Providers({ config: half.config, clock: this.#clock, limits: this.#limits, observer: this.#observer() });
  }

  async answer(request: Request, env: Environment = this.#options.env ?? processEnvironment()): Promise<Response> {
    try {
      const place = placeOf(this.#half.operations, request);
      const around = this.#surroundings(env);
      if (place === 'health') return this.#health(request, around);
      return await this.#perform(request, place, around);
    } catch (error) {
      return refuse(refusalOf(error));
    }
  }

  #observer(): Observer {
    const { observers = [] } = this.#options;
    return {
      onAsk: (record) => observers.forEach((one) => one.onAsk?.(record)),
      onBreaker: (record) => observers.forEach((one) => one.onBreaker?.(record)),
    };
  }

  /** Looked at when it is first seen, and its problems told then. */
  #surroundings(env: Environment): Surroundings {
    let found = this.#known.get(env);
    if (!found) {
      const checked = checkEnvironment(this.#half.environment, env);
      found = { ...checked, redact: redactor(checked.secrets) };
      this.#known.set(env, found);
      for (const problem of checked.problems) this.#log(problemText(problem));
    }
    return found;
  }

  /** Names what is missing, which is no secret, and never a value. */
  #health(request: Request, { problems }: Surroundings): Response {
    checkMethod(request, 'GET', 'HEAD');
    const of = (wanted: string): readonly string[] => problems.filter(({ problem }) => problem === wanted).map(({ name }) => name);
    if (problems.length === 0) return answer(200, { status: 'ok' });
    return answer(503, { status: 'unavailable', missing: of('missing'), malformed: of('malformed') });
  }

  async #checkClient(request: Request, points: number): Promise<void> {
    const { clientKey = clientKeyOf, clientRate = CLIENT_RATE } = this.#options;
    const key = clientRate ? clientKey(request) : undefined;
    if (!clientRate || key === undefined || points === 0) return;
    const wait = await this.#limits.client(key, points, clientRate);
    if (wait > 0) throw new Refusal(429, 'busy', 'too many requests', retryAfter(wait));
  }

  async #perform(request: Request, place: OperationPlace, around: Surroundings): Promise<Response> {
    checkMethod(request, 'POST');
    checkOrigin(request, this.#options.allowedOrigins);
    checkBodyHead(request, this.#body);
    await this.#checkClient(request, 1);
    const { budget, limits } = own(this.#half.config, place.integration) ?? {};
    const { label, run, inputs, batch } = readCalls(place.found, await readJson(request, this.#body), limits?.batch?.size ?? LARGEST_BATCH);
    await this.#checkClient(request, inputs.length - 1);
    const { signal, at, cancel } = deadline(this.#clock, budget ?? this.#options.longestCall ?? 30_000, request.signal);
    const ask = (input: OperationInput | Refusal): Promise<unknown> => this.#ask({ place, label, run, signal, deadline: at }, input, around);
    try {
      if (!batch) return this.#tell({ result: await ask(inputs[0] as OperationInput | Refusal) }, around);
      const results = inputs.map((input) => ask(input).then((result) => ({ result }), (error: unknown) => ({ error: refusalOf(error).failure() })));
      return this.#tell({ results: await Promise.all(results) }, around);
    } finally {
      cancel();
    }
  }

  async #ask(call: Omit<ProviderCall, 'input' | 'env'>, input: OperationInput | Refusal, around: Surroundings): Promise<unknown> {
    if (input instanceof Refusal) throw input;
    try {
      return await this.#providers.ask({ ...call, input, env: around.env });
    } catch (error) {
      const { integration, operation } = call.place;
      if (!call.signal.aborted) this.#note(`${integration}.${operation} (${call.label})`, error, around);
      throw error;
    }
  }

  /** What somebody has to do something about: the environment, a key that is refused, an error that nobody expected. */
  #note(what: string, error: unknown, { redact, problems }: Surroundings): void {
    if (error instanceof EnvironmentError) {
      const problem = problems.find(({ name }) => name === error.variable);
      this.#log(problem ? problemText(problem) : error.message);
    } else if (error instanceof HttpError) {
      if (error.kind === 'unauthorized') this.#log(`${what}: the provider refuses the key`);
    } else if (!(error instanceof PolicyError || error instanceof ShapeError)) {
      this.#log(redact.clean(`${what}: ${causeChain(error)}`));
    }
  }

  /** A provider that echoes its key does not get it to a browser. */
  #tell(body: unknown, { redact }: Surroundings): Response {
    const response = answer(200, body);
    if (!redact.holds(JSON.stringify(body))) return response;
    throw new Refusal(502, 'unreadable', 'the provider answered with something that may not leave the server');
  }
}
