// In: nothing. Out: the types of `integration-config.ts`, which fxc writes and the engine reads.
// Everything is readonly, so that a configuration written `as const` fits.

/** A value that JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Settings that a manifest hands to its provider. */
export interface ConfigValues {
  readonly [key: string]: JsonValue;
}

/** One release that can be started. */
export interface ReleaseConfig {
  /** Name of the provider; an adapter is looked up by it. */
  readonly provider: string;
  /** Semantic version of the release. */
  readonly release: string;
  readonly config: ConfigValues;
  /** Name of the module that holds the adapter, where the manifest names one. */
  readonly module?: string;
}

/** What is known of one integration. */
export interface IntegrationEntry {
  readonly provider: string;
  /** Label of the release that is started first. */
  readonly version: string;
  readonly release: string;
  readonly config: ConfigValues;
  /** The manifest's word for the last resort: `static` or `manual-entry`. */
  readonly fallback: string;
  /** Labels that are tried after `version`, in order; the last is `static`. */
  readonly fallbackChain: readonly string[];
  /** Integrations that must have settled before this one starts. */
  readonly dependencies: readonly string[];
  /** By label, the oldest first. */
  readonly releases: { readonly [label: string]: ReleaseConfig };
}

/** By the integration's name. */
export interface IntegrationConfig {
  readonly [name: string]: IntegrationEntry;
}
