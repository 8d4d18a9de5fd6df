// In: nothing. Out: the types of `runtime-config.json`, which a build writes, and of `runtime-overrides.json`, which
// people and `fxc flag` write and which wins. What they say changes without a build and without a page load.

import type { Canary, ConfigValues, Route } from './config.js';

export interface RuntimeEntry {
  /** Label of the active release. */
  readonly version?: string;
  readonly routes?: readonly Route[];
  readonly canary?: Canary;
}

export interface RuntimeConfig {
  /** By flag; null: not decided, so that routes and canary choose. An integration's name: its kill switch. */
  readonly flags?: { readonly [flag: string]: boolean | null };
  readonly integrations?: { readonly [name: string]: RuntimeEntry };
}

export interface RuntimeOverride {
  readonly release?: string;
  /** Single values of the configuration, over those of every release. */
  readonly config?: ConfigValues;
  /** When its first stage began, or `false`: taken back. */
  readonly canary?: false | { readonly since: string };
}

export interface RuntimeOverrides {
  readonly flags?: { readonly [flag: string]: boolean };
  readonly integrations?: { readonly [name: string]: RuntimeOverride };
}
