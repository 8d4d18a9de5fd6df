// The half of the runtime that runs on a server: `@fxc/runtime/server`.

export type { Rollback, Side } from './canary-watch.js';
export { setAddress } from './client-key.js';
export type { Environment, EnvironmentRule, EnvironmentRules } from './environment.js';
export { numeric, variable } from './environment.js';
export type { FetchHandler, Handler } from './handler.js';
export { serve, serverHalf } from './handler.js';
export type { SharedLimits } from './limits.js';
export { memoryLimits } from './limits.js';
export type { SideAlert } from './metrics.js';
export type { ServerFunction, ServerHalf, ServerIntegration, ServerOperation, ServerOperations } from './operations.js';
export type { HandlerOptions, Setting } from './options.js';
export type { Resolved } from './resolve.js';
