// In: where settings and flags of an application are. Out: what they say now, for one request or for everybody, and the
// canaries among it. What cannot be read is told to whoever runs the server, and what was read last holds.

import type { Canary, IntegrationConfig } from '../config.js';
import type { EvaluationContext, FlagSource } from '../selection/flags.js';
import { own } from '../own.js';
import type { RuntimeOverride, RuntimeOverrides } from '../runtime-config.js';
import type { SettingsValues } from '../selection/settings.js';
import { flagReader } from '../selection/settings.js';
import type { Canaries } from './canary-watch.js';
import type { Log } from './log.js';
import type { HandlerOptions, Setting } from './options.js';

/** Flags that are not there by then are undecided. */
const PATIENCE = 1000;

async function read<T>(setting: Setting<T> | undefined): Promise<T | null | undefined> {
  return typeof setting === 'function' ? (setting as () => T | Promise<T>)() : setting;
}

async function readyWithin(flags: FlagSource, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([flags.ready(), late]);
  clearTimeout(timer);
}

/** Who asks, and the flags that hold for him. */
export interface Visitor {
  readonly context: EvaluationContext;
  readonly flags: FlagSource | undefined;
}

export class ServerSettings {
  readonly #config: IntegrationConfig;
  readonly #options: HandlerOptions;
  readonly #log: Log;
  #last: SettingsValues = {};

  constructor(config: IntegrationConfig, options: HandlerOptions, log: Log) {
    this.#config = config;
    this.#options = options;
    this.#log = log;
  }

  async current(): Promise<Required<SettingsValues>> {
    try {
      const [runtimeConfig, overrides] = await Promise.all([read(this.#options.runtimeConfig), read(this.#options.overrides)]);
      this.#last = { runtimeConfig: runtimeConfig ?? {}, overrides: overrides ?? {} }; // of JSON, null says nothing, too
    } catch (error) {
      this.#log(`the settings are not read: ${error instanceof Error ? error.name : 'an error'}`);
    }
    return { runtimeConfig: {}, overrides: {}, ...this.#last };
  }

  /** Asked anew for each request, and kept by nobody: two that are answered at once never see each other's. */
  async visitor(request: Request): Promise<Visitor> {
    const { context, flags } = this.#options;
    const found = typeof flags === 'function' ? await flags(request) : flags;
    if (found) await readyWithin(found, PATIENCE);
    return { context: (await context?.(request)) ?? {}, flags: found };
  }

  /** The kill switch, where it is the same for everybody. */
  async isOff(integration: string): Promise<boolean> {
    const { flags } = this.#options;
    return flagReader(await this.current(), typeof flags === 'function' ? undefined : flags, {})(integration) === false;
  }

  async canaries(): Promise<Canaries> {
    const { runtimeConfig, overrides } = await this.current();
    const found = Object.entries(this.#config).map(([name, entry]) => {
      const planned = own(runtimeConfig.integrations, name)?.canary ?? entry.canary;
      return [name, begun(planned, own(overrides.integrations, name))] as const;
    });
    return Object.fromEntries(found);
  }
}

/** As people have begun it, or taken it back. */
function begun(canary: Canary | undefined, override: RuntimeOverride | undefined): Canary | undefined {
  if (!canary || override?.canary === false) return undefined;
  return override?.canary ? { ...canary, since: override.canary.since } : canary;
}

/** Overrides in which the named integrations' canaries are taken back. */
export function withoutCanaries(overrides: RuntimeOverrides, names: readonly string[]): RuntimeOverrides {
  if (names.length === 0) return overrides;
  const changed = names.map((name): [string, RuntimeOverride] => [name, { ...own(overrides.integrations, name), canary: false }]);
  return { ...overrides, integrations: { ...overrides.integrations, ...Object.fromEntries(changed) } };
}
