// In: nothing. Out: the types of what fxc emits for a server: what can be asked of it, with which limits, and which
// variables of the environment that takes.

import type { OperationInput } from '../adapter.js';
import type { IntegrationConfig } from '../config.js';
import type { OperationShape } from '../engine/instance.js';
import type { Environment, EnvironmentRules } from './environment.js';

/** One operation, done by one release. */
export type ServerFunction = (this: void, input: OperationInput, env: Environment, signal: AbortSignal) => Promise<unknown>;

export interface ServerOperation extends OperationShape {
  /** By the label of the release. */
  readonly releases: Readonly<Record<string, ServerFunction>>;
}

export type ServerIntegration = Readonly<Record<string, ServerOperation>>;

/** What the server half can do, by integration and operation. */
export type ServerOperations = Readonly<Record<string, ServerIntegration>>;

/** A project's server half. */
export interface ServerHalf {
  readonly operations: ServerOperations;
  readonly config: IntegrationConfig;
  readonly environment: EnvironmentRules;
}
