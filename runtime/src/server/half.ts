// In: a project's server half and what the application says of it. Out: answers to requests under `/_fx/`. What lives
// as long as the handler lives here: policies, counts, what is known of environments. Nothing of one request outlives it.

import type { Observer } from '../observer.js';
import type { Rollback } from './canary-watch.js';
import type { Environment } from './environment.js';
import { processEnvironment } from './environment.js';
import { idleClock } from './idle-clock.js';
import { memoryLimits } from './limits.js';
import type { Log } from './log.js';
import { quietLog } from './log.js';
import { Metrics } from './metrics.js';
import type { ServerHalf } from './operations.js';
import type { HandlerOptions } from './options.js';
import { placeOf } from './path.js';
import { Performer } from './perform.js';
import { Providers } from './providers.js';
import { answer, refusalOf, refuse } from './refusal.js';
import { checkMethod, clientCheck } from './request.js';
import { Resolver } from './resolve.js';
import type { Resolved } from './resolve.js';
import { ServerSettings } from './settings.js';
import type { Surroundings } from './surroundings.js';
import { surroundingsOf } from './surroundings.js';

/** What an application listens with may fail; nobody's call does for it. */
function guarded(log: Log, tell: () => void): void {
  try {
    tell();
  } catch (error) {
    log(`an observer fails: ${error instanceof Error ? error.name : 'an error'}`);
  }
}

export class Half {
  readonly #half: ServerHalf;
  readonly #options: HandlerOptions;
  readonly #surroundings: (env: Environment) => Surroundings;
  readonly #performer: Performer;
  readonly #metrics: Metrics;
  readonly #resolver: Resolver;

  constructor(half: ServerHalf, options: HandlerOptions = {}) {
    const { clock = idleClock, limits = memoryLimits() } = options;
    const { config } = half;
    const { onAlert } = options;
    const log = quietLog(options.log ?? ((line) => console.error(line)), clock);
    const body = { size: options.maxInput ?? 64 * 1024, patience: options.bodyPatience ?? 10_000 };
    const checkClient = clientCheck(options, limits);
    const settings = new ServerSettings(config, options, log);
    this.#half = half;
    this.#options = options;
    this.#surroundings = surroundingsOf(half.environment, log);
    this.#metrics = new Metrics({
      config, options, clock, checkClient, patience: body.patience, canaries: () => settings.canaries(), onRollback: (rollback) => this.#tellRollback(rollback, log),
      onAlert: onAlert && ((alert) => guarded(log, () => onAlert(alert))),
    });
    const providers = new Providers({ config, clock, limits, observer: this.#observer(log) });
    this.#performer = new Performer({ half, options, clock, body, checkClient, providers, log, isOff: (name) => settings.isOff(name) });
    this.#resolver = new Resolver({ config, clock, settings, isRolledBack: this.#metrics.isRolledBack, checkClient, log, share: options.share });
    if (options.env) this.#surroundings(options.env); // its problems are told at the start
  }

  /** Never rejects. */
  async answer(request: Request, env: Environment = this.#options.env ?? processEnvironment()): Promise<Response> {
    try {
      const place = placeOf(this.#half.operations, request);
      const around = this.#surroundings(env);
      if (place === 'health') return this.#health(request, around);
      if (place === 'metrics') return await this.#metrics.answer(request);
      if (place === 'resolve') return await this.#resolver.answer(request, around);
      return await this.#performer.perform(request, place, around);
    } catch (error) {
      return refuse(refusalOf(error));
    }
  }

  resolve(request: Request): Promise<Resolved> {
    return this.#resolver.resolve(request);
  }

  #observer(log: Log): Observer {
    const all = [this.#metrics.observer, ...(this.#options.observers ?? [])];
    return {
      onAsk: (record) => all.forEach((one) => guarded(log, () => one.onAsk?.(record))),
      onBreaker: (record) => all.forEach((one) => guarded(log, () => one.onBreaker?.(record))),
    };
  }

  #tellRollback(rollback: Rollback, log: Log): void {
    const { integration, release, threshold } = rollback;
    log(`${integration}: the canary ${release} is taken back, for its ${threshold.metric} is ${threshold.is} ${String(threshold.bound)}`);
    guarded(log, () => this.#options.onRollback?.(rollback));
  }

  /** Names what is missing, which is no secret, and never a value. */
  #health(request: Request, { problems }: Surroundings): Response {
    checkMethod(request, 'GET', 'HEAD');
    const of = (wanted: string): readonly string[] => problems.filter(({ problem }) => problem === wanted).map(({ name }) => name);
    if (problems.length === 0) return answer(200, { status: 'ok' });
    return answer(503, { status: 'unavailable', missing: of('missing'), malformed: of('malformed') });
  }
}
