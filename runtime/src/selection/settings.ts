// In: a runtime configuration and overrides, as they are now. Out: what they mean for an integration. Both are replaced
// as wholes while the program runs; overrides win.

import type { ConfigValues, IntegrationEntry } from '../config.js';
import type { EvaluationContext, FlagSource } from './flags.js';
import { listenerList } from '../listeners.js';
import { own } from '../own.js';
import type { Resolution } from './resolution.js';
import type { RuntimeConfig, RuntimeOverrides } from '../runtime-config.js';
import type { SelectionQuestion } from './select.js';

/** What is in force beside the configuration that is compiled in. */
export interface SettingsValues {
  readonly runtimeConfig?: RuntimeConfig;
  readonly overrides?: RuntimeOverrides;
}

/** The same in a page. */
export interface PageSettings extends SettingsValues {
  /** What the server half has chosen meanwhile, where it is asked: flags that only the server knows change with it. */
  readonly resolution?: Resolution;
}

/** Settings as the engine follows them. */
export interface SettingsSource {
  /** The same object until something changes. */
  current(this: void): PageSettings;
  subscribe(this: void, listener: () => void): () => void;
}

export interface Settings extends SettingsSource {
  /** Takes the place of what is given; listeners are told only if it says something else. */
  update(this: void, values: PageSettings): void;
}

export function createSettings(values: PageSettings = {}): Settings {
  const { add, tell } = listenerList();
  return {
    current: () => values,
    update(more) {
      const next = { ...values, ...more };
      if (JSON.stringify(next) === JSON.stringify(values)) return;
      values = next;
      tell();
    },
    subscribe: add,
  };
}

/** Overrides, then the application's flags, the server's, and the runtime configuration; undefined: nobody has decided. */
export function flagReader(
  { runtimeConfig, overrides, resolution }: PageSettings,
  flags: Pick<FlagSource, 'value'> | undefined,
  context: EvaluationContext,
): SelectionQuestion['flag'] {
  return (flag) =>
    own(overrides?.flags, flag) ??
    flags?.value(flag, context) ??
    own(resolution?.flags, flag) ??
    own(runtimeConfig?.flags, flag) ??
    undefined;
}

/** What `select` wants to know. `override` and `rolledBack` are what this page or server knows beside the settings. */
export function questionOf(
  name: string,
  entry: IntegrationEntry,
  settings: PageSettings,
  flags: Pick<FlagSource, 'value'> | undefined,
  context: EvaluationContext,
  override: string | undefined,
  rolledBack: boolean,
  now: number,
): SelectionQuestion {
  const runtime = own(settings.runtimeConfig?.integrations, name) ?? {};
  const { release, canary } = own(settings.overrides?.integrations, name) ?? {};
  const planned = runtime.canary ?? entry.canary;
  return {
    name,
    entry,
    runtime: canary && planned ? { ...runtime, canary: { ...planned, since: canary.since } } : runtime,
    override: override ?? release,
    rolledBack: rolledBack || canary === false,
    flag: flagReader(settings, flags, context),
    context,
    now,
  };
}

/** A release's configuration, with the single values that overrides set. */
export function configOf({ overrides }: SettingsValues, name: string, config: ConfigValues): ConfigValues {
  return { ...config, ...own(overrides?.integrations, name)?.config };
}
