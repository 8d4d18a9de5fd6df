// In: counts of browsers, by `POST /_fx/metrics`, and what the server's own policies tell. Out: the text that Prometheus reads by
// `GET`, alerts, and canaries that have failed. Browsers and server are counted apart, for both see the same calls; what
// browsers say is their word: names are those of the configuration, and counts fit together.

import type { Clock } from '../clock.js';
import type { IntegrationConfig } from '../config.js';
import { LARGEST_BEACON, readDelta } from '../metrics/delta.js';
import type { Alert } from '../metrics/monitor.js';
import { Monitor, countsOfAsk } from '../metrics/monitor.js';
import type { Observer } from '../observer.js';
import { PROMETHEUS_TYPE, prometheusText } from '../metrics/prometheus.js';
import type { CountsDelta, RuntimeDelta } from '../metrics/snapshot.js';
import { checkBodyHead, readJson } from './body.js';
import type { Canaries, Rollback, Side } from './canary-watch.js';
import { CanaryWatch } from './canary-watch.js';
import type { HandlerOptions } from './options.js';
import { checkOrigin } from './origin.js';
import { Refusal, plainAnswer } from './refusal.js';
import type { ClientCheck } from './request.js';
import { checkMethod } from './request.js';

/** An alert, and who has counted what it is about. */
export interface SideAlert extends Alert {
  readonly side: Side;
}

export interface MetricsOptions {
  readonly config: IntegrationConfig;
  readonly options: HandlerOptions;
  readonly clock: Clock;
  readonly patience: number;
  readonly checkClient: ClientCheck;
  /** The canaries of this moment. */
  readonly canaries: (this: void) => Promise<Canaries>;
  readonly onRollback: (this: void, rollback: Rollback) => void;
  readonly onAlert: ((this: void, alert: SideAlert) => void) | undefined;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

/** Takes as long whatever they have in common. */
async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(one), digest(other)]);
  return a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
}

export class Metrics {
  readonly #options: MetricsOptions;
  readonly #sides: Readonly<Record<Side, Monitor>>;
  readonly #watch: CanaryWatch;
  readonly observer: Observer;

  constructor(options: MetricsOptions) {
    const { config, clock, onRollback, onAlert, options: { alerts } } = options;
    this.#options = options;
    const monitor = (side: Side): Monitor => new Monitor({ config, clock, alerts, onAlert: onAlert && ((alert) => onAlert({ ...alert, side })) });
    this.#sides = { browser: monitor('browser'), server: monitor('server') };
    this.#watch = new CanaryWatch(clock, onRollback);
    this.observer = {
      onAsk: (record) => {
        this.#sides.server.onAsk(record);
        void this.#watchOver('server', { [record.integration]: countsOfAsk(record) });
      },
      onBreaker: this.#sides.server.onBreaker,
    };
  }

  get isRolledBack(): CanaryWatch['isRolledBack'] {
    return (integration, canary) => this.#watch.isRolledBack(integration, canary);
  }

  async answer(request: Request): Promise<Response> {
    checkMethod(request, 'GET', 'HEAD', 'POST');
    return request.method === 'POST' ? this.#take(request) : this.#show(request);
  }

  async #take(request: Request): Promise<Response> {
    const { options, config, checkClient, patience } = this.#options;
    if (options.beacons === false) throw new Refusal(404, 'missing', 'nobody counts here');
    const limits = { size: LARGEST_BEACON, patience };
    checkOrigin(request, options.allowedOrigins);
    checkBodyHead(request, limits);
    await checkClient(request, 'beacon', 1);
    const delta = this.#read(await readJson(request, limits), config);
    this.#sides.browser.add(delta);
    await this.#watchOver('browser', delta.integrations);
    return plainAnswer(204, null);
  }

  #read(body: unknown, config: IntegrationConfig): RuntimeDelta {
    try {
      return readDelta(body, config);
    } catch {
      throw new Refusal(400, 'rejected', 'these are no counts of a page of this application');
    }
  }

  async #show(request: Request): Promise<Response> {
    const { config, options: { metricsToken } } = this.#options;
    if (metricsToken === undefined || metricsToken === '') throw new Refusal(403, 'rejected', 'the option metricsToken is not set');
    const [, said = ''] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    if (!(await isSame(said, metricsToken))) throw new Refusal(401, 'unauthorized', 'the token is missing or wrong', { 'www-authenticate': 'Bearer' });
    const { browser, server } = this.#sides;
    const text = prometheusText([{ side: 'browser', snapshot: browser.snapshot() }, { side: 'server', snapshot: server.snapshot() }], config);
    return plainAnswer(200, text, { 'content-type': PROMETHEUS_TYPE });
  }

  async #watchOver(side: Side, changes: Readonly<Record<string, CountsDelta>>): Promise<void> {
    this.#watch.add(side, changes, await this.#options.canaries());
  }
}
