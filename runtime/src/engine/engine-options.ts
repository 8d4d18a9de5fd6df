// In: nothing. Out: the types of what an application says to the engine, and of what the engine says of its integrations.

import type { AdapterModules, Adapters } from '../adapter.js';
import type { Clock } from '../clock.js';
import type { IntegrationConfig } from '../config.js';
import type { IntegrationIssue } from '../errors.js';
import type { EvaluationContext, FlagSource } from '../selection/flags.js';
import type { IntegrationState, Observer, OverrideRecord } from '../observer.js';
import type { Resolution } from '../selection/resolution.js';
import type { SelectionReason } from '../selection/select.js';
import type { SettingsSource } from '../selection/settings.js';

/** What may change while the engine runs. */
export interface EngineChanges {
  /** The runtime configuration and overrides. */
  readonly settings?: SettingsSource | undefined;
  readonly flags?: FlagSource | undefined;
  /** Who is asking. */
  readonly context?: EvaluationContext | undefined;
}

export interface EngineOptions extends EngineChanges {
  readonly config: IntegrationConfig;
  readonly modules?: AdapterModules | undefined;
  readonly adapters?: Adapters | undefined;
  /** What a server has chosen for the same visitor: its selections hold until something changes. */
  readonly resolution?: Resolution | undefined;
  readonly observers?: readonly Observer[] | undefined;
  readonly clock?: Clock | undefined;
  /** Whether somebody may ask for a release or a flag's value; nobody may unless this is given. */
  readonly permitOverride?: ((this: void, override: Omit<OverrideRecord, 'permitted'>) => boolean) | undefined;
  readonly onIssue?: ((this: void, issue: IntegrationIssue) => void) | undefined;
}

/** How an integration stands. */
export interface IntegrationStatus {
  readonly name: string;
  readonly state: IntegrationState;
  /** Label of the release that runs, or `''`. */
  readonly release: string;
  readonly reason: SelectionReason;
  /** Label that somebody asked for. */
  readonly override: string | null;
  /** Whether somebody may ask for one. */
  readonly permitted: boolean;
}
