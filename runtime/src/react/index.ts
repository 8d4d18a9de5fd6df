// The React layer: what emitted pages, integrations and providers import.

export { attributes } from './attributes.js';
export type { Behavior, Behaviors, BehaviorStatus, Turn } from './behavior.js';
export { behave } from './behavior.js';
export type { StartWhen } from './context.js';
export { useEngine } from './context.js';
export type { ElementName } from './element.js';
export { element } from './element.js';
export { inlineStyle } from './inline-style.js';
export type { IntegrationDefinition, IntegrationProps, IntegrationViewProps } from './integration.js';
export { Integration, useIntegrationState } from './integration.js';
export type { Operation, OperationStatus } from './operation.js';
export { useOperation } from './operation.js';
export type { ProviderProps, RuntimeProviderProps } from './provider.js';
export { RuntimeProvider } from './provider.js';
export { useSlots } from './slots.js';
