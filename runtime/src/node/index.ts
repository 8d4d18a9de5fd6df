// The server half under Node.js: `@fxc/runtime/node`.

export type { NodeHandler, NodeHandlerOptions } from './handler.js';
export { nodeHandler } from './handler.js';
export type { PoolOptions } from './pool.js';
export { poolConnections } from './pool.js';
export type { FileSettings, FileSettingsOptions } from './settings.js';
export { fileSettings } from './settings.js';
