/// <reference types="node" />
// In: a client of OpenFeature's server SDK, and who is asking. Out: a source of flags for that one request, whose values were asked for
// beforehand, for the server SDK answers later and the choice of a release cannot wait; and settings as a provider.

import type { Client, EvaluationContext as OpenFeatureContext, JsonValue, Provider, ResolutionDetails } from '@openfeature/server-sdk';
import { OpenFeatureEventEmitter, ProviderEvents } from '@openfeature/server-sdk';
import type { EvaluationContext, FlagSource } from '../selection/flags.js';
import { staticFlags } from '../selection/flags.js';
import type { SettingsSource } from '../selection/settings.js';
import { decided, otherType, settingsFlag } from './details.js';

/** Without a variant, a value that equals the default may be no more than that: then it is asked for with the other default. */
async function valueOf(client: Client, flag: string, context: OpenFeatureContext): Promise<boolean | undefined> {
  const first = await client.getBooleanDetails(flag, false, context);
  const value = decided(first, false);
  if (value !== undefined || first.errorCode !== undefined) return value;
  return decided(await client.getBooleanDetails(flag, true, context), true);
}

/** `names`: see `flagNames`. All are asked for at once; one that cannot be told is not decided. */
export async function openFeatureFlags(client: Client, names: readonly string[], context: EvaluationContext): Promise<FlagSource> {
  const asked = { ...context } as OpenFeatureContext;
  const values = await Promise.all(names.map(async (name) => [name, await valueOf(client, name, asked)] as const));
  return staticFlags(Object.fromEntries(values));
}

/** Flags of `runtime-config.json` and `runtime-overrides.json`, for all that asks OpenFeature. */
export function fxcProvider(settings: SettingsSource): Provider {
  const events = new OpenFeatureEventEmitter();
  const end = settings.subscribe(() => events.emit(ProviderEvents.ConfigurationChanged));
  const other = <T extends JsonValue>(flag: string, fallback: T): Promise<ResolutionDetails<T>> =>
    Promise.resolve(otherType(settings, flag, fallback));
  return {
    metadata: { name: 'fxc' },
    runsOn: 'server',
    events,
    resolveBooleanEvaluation: (flag, fallback) => Promise.resolve(settingsFlag(settings, flag, fallback)),
    resolveStringEvaluation: other,
    resolveNumberEvaluation: other,
    resolveObjectEvaluation: other,
    onClose: () => Promise.resolve(end()),
  };
}
