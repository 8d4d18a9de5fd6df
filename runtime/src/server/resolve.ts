// In: a page that asks what holds for its visitor. Out: settings, and the releases that were chosen by them, flags and
// context, with canaries taken back that have failed here. The same answer has the same tag, so asking again costs little.

import type { Clock } from '../clock.js';
import type { IntegrationConfig } from '../config.js';
import type { Resolution } from '../selection/resolution.js';
import { resolve } from '../selection/resolution.js';
import type { SettingsValues } from '../selection/settings.js';
import type { CanaryWatch } from './canary-watch.js';
import type { Log } from './log.js';
import { checkReader } from './origin.js';
import { causeChain } from './redact.js';
import { Refusal, answer, plainAnswer } from './refusal.js';
import type { ClientCheck } from './request.js';
import { checkMethod } from './request.js';
import type { ServerSettings } from './settings.js';
import { withoutCanaries } from './settings.js';
import type { Surroundings } from './surroundings.js';

/** What `/_fx/resolve` answers. */
export interface Resolved extends Required<SettingsValues> {
  readonly resolution: Resolution;
}

export interface ResolverOptions {
  readonly config: IntegrationConfig;
  readonly clock: Clock;
  readonly settings: ServerSettings;
  readonly isRolledBack: CanaryWatch['isRolledBack'];
  readonly checkClient: ClientCheck;
  readonly log: Log;
  /** Attributes of the context that the browser may see. */
  readonly share: readonly string[] | undefined;
}

async function tagOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `"${[...digest.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}

/** `If-None-Match` (RFC 9110, 13.1.2): a list of tags, weak ones too, or `*`. */
function matches(header: string | null, tag: string): boolean {
  return header !== null && header.split(',').some((one) => [tag, `W/${tag}`, '*'].includes(one.trim()));
}

export class Resolver {
  readonly #options: ResolverOptions;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  /** For a request, as an application that renders pages may want it, too. */
  async resolve(request: Request): Promise<Resolved> {
    const { config, clock, settings, isRolledBack, share } = this.#options;
    const [{ context, flags }, { runtimeConfig, overrides }, canaries] = await Promise.all([settings.visitor(request), settings.current(), settings.canaries()]);
    const failed = Object.entries(canaries).flatMap(([name, canary]) => (canary && isRolledBack(name, canary) ? [name] : []));
    const values = { runtimeConfig, overrides: withoutCanaries(overrides, failed) };
    return { ...values, resolution: resolve({ config, settings: values, flags, context, now: clock.now(), share }) };
  }

  async answer(request: Request, { redact }: Surroundings): Promise<Response> {
    checkMethod(request, 'GET', 'HEAD');
    checkReader(request);
    await this.#options.checkClient(request, 'resolve', 1);
    const resolved = await this.resolve(request).catch((error: unknown) => {
      this.#options.log(redact.clean(`resolve: ${causeChain(error)}`), 'resolve');
      throw new Refusal(500, 'unavailable', 'the server could not choose');
    });
    const text = JSON.stringify(resolved);
    if (redact.holds(text)) throw new Refusal(500, 'unavailable', 'the settings hold something that may not leave the server');
    const headers = { etag: await tagOf(text), 'cache-control': 'private, no-cache' };
    return matches(request.headers.get('if-none-match'), headers.etag) ? plainAnswer(304, null, headers) : answer(200, resolved, headers);
  }
}
