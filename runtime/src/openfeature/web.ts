// In: a client of OpenFeature's web SDK. Out: a source of flags for the engine; and the other way round, settings as a provider
// for OpenFeature. The SDK has one context for the whole page, which the application gives it (`OpenFeature.setContext`).

import type { Client, JsonValue, Provider, ResolutionDetails } from '@openfeature/web-sdk';
import { OpenFeatureEventEmitter, ProviderEvents } from '@openfeature/web-sdk';
import type { FlagSource } from '../selection/flags.js';
import type { SettingsSource } from '../selection/settings.js';
import { decided, otherType, settingsFlag } from './details.js';

const { ConfigurationChanged, ContextChanged, Error: Failed, Ready, Stale } = ProviderEvents;

type Event = typeof Ready | typeof Failed | typeof Stale | typeof ConfigurationChanged | typeof ContextChanged;

function hear(client: Client, events: readonly Event[], handler: () => unknown): () => void {
  for (const event of events) client.addHandler(event, handler);
  return () => events.forEach((event) => client.removeHandler(event, handler));
}

/** Without a variant, a value that equals the default may be no more than that: then it is asked for with the other default. */
function valueOf(client: Client, flag: string): boolean | undefined {
  const first = client.getBooleanDetails(flag, false);
  const value = decided(first, false);
  if (value !== undefined || first.errorCode !== undefined) return value;
  return decided(client.getBooleanDetails(flag, true), true);
}

export function openFeature(client: Client): FlagSource {
  return {
    value: (flag) => valueOf(client, flag),
    subscribe(listener) {
      let isOn = false; // OpenFeature calls handlers at once where their event has been
      const tell = (): void => void (isOn && listener());
      // A provider that takes the place of another says that it is ready before it is asked for values.
      const end = hear(client, [Ready, Failed, Stale, ConfigurationChanged, ContextChanged], () => isOn && queueMicrotask(tell));
      isOn = true;
      return () => {
        isOn = false;
        end();
      };
    },
    ready: () =>
      new Promise((resolve) => {
        const end = hear(client, [Ready, Failed, Stale], () => {
          resolve();
          queueMicrotask(() => end());
        });
      }),
  };
}

/** Flags of `runtime-config.json` and `runtime-overrides.json`, for all that asks OpenFeature. */
export function fxcProvider(settings: SettingsSource): Provider {
  const events = new OpenFeatureEventEmitter();
  const end = settings.subscribe(() => events.emit(ConfigurationChanged));
  const other = <T extends JsonValue>(flag: string, fallback: T): ResolutionDetails<T> => otherType(settings, flag, fallback);
  return {
    metadata: { name: 'fxc' },
    runsOn: 'client',
    events,
    resolveBooleanEvaluation: (flag, fallback) => settingsFlag(settings, flag, fallback),
    resolveStringEvaluation: other,
    resolveNumberEvaluation: other,
    resolveObjectEvaluation: other,
    onClose: () => Promise.resolve(end()),
  };
}
