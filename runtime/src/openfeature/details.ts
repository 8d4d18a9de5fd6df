// In: what OpenFeature found out about a flag, or settings. Out: what that means for the other of the two. OpenFeature always has
// a value; only what somebody decided counts here, for a default of `false` would be a kill switch.

import type { EvaluationDetails, JsonValue, ResolutionDetails } from '@openfeature/core';
import { own } from '../own.js';
import type { SettingsSource } from '../selection/settings.js';

/**
 * The value, if the provider says where it comes from; undefined for errors, for flags that are switched off in their
 * management, and for what is only the default that was asked with (`fallback`).
 */
export function decided(details: EvaluationDetails<boolean>, fallback: boolean): boolean | undefined {
  const { errorCode, reason, value, variant } = details;
  if (errorCode !== undefined || reason === 'DISABLED' || reason === 'ERROR') return undefined;
  return variant === undefined && value === fallback ? undefined : value;
}

type ErrorCode = NonNullable<ResolutionDetails<boolean>['errorCode']>;

/** A flag of the settings: overrides go before the runtime configuration. */
export function settingsFlag(settings: SettingsSource, flag: string, fallback: boolean): ResolutionDetails<boolean> {
  const { runtimeConfig, overrides } = settings.current();
  const value = own(overrides?.flags, flag) ?? own(runtimeConfig?.flags, flag) ?? undefined;
  if (value === undefined) return { value: fallback, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' as ErrorCode };
  return { value, variant: value ? 'on' : 'off', reason: 'STATIC' };
}

/** All flags of the settings are true or false. */
export function otherType<T extends JsonValue>(settings: SettingsSource, flag: string, fallback: T): ResolutionDetails<T> {
  const { errorCode = 'TYPE_MISMATCH' as ErrorCode } = settingsFlag(settings, flag, false);
  return { value: fallback, reason: 'ERROR', errorCode };
}
