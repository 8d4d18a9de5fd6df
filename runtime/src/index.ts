// The half of the runtime that knows nothing of React.

export type {
  AdapterModule,
  AdapterModules,
  Adapters,
  CallContext,
  OperationFunction,
  OperationInput,
  ProviderAdapter,
  ProviderClient,
  StartContext,
  UseContext,
  UseSettings,
} from './adapter.js';
export type { ConfigValues, IntegrationConfig, IntegrationEntry, JsonValue, ReleaseConfig } from './config.js';
export type { PageDocument } from './document.js';
export { documentHtml } from './document.js';
export type { EngineChanges, EngineOptions, IntegrationStatus } from './engine/engine.js';
export { Engine } from './engine/engine.js';
export type { IntegrationErrorKind, IntegrationIssue } from './errors.js';
export { IntegrationError } from './errors.js';
export type { Fields, HttpErrorKind, HttpRequest } from './http.js';
export { HttpError, command, part, request } from './http.js';
export type { CallOptions, OperationShape } from './engine/call.js';
export { Instance } from './engine/instance.js';
export type { BreakerState, PolicyCall, PolicyOptions, PolicyOutcome } from './policy/policy.js';
export { PolicyError } from './policy/policy.js';
export { given, pointer, pointerList } from './pointer.js';
export { callServer, callServerBatch } from './remote.js';
export type { Validator } from './validate.js';
export { ShapeError, boolean, json, lazy, list, nothing, number, oneOf, optional, record, string } from './validate.js';
export type { Alert, MonitorOptions } from './metrics/monitor.js';
export { Monitor } from './metrics/monitor.js';
export type { RuntimeDelta, RuntimeSnapshot } from './metrics/snapshot.js';
export type { BeaconOptions } from './metrics/beacon.js';
export { startBeacon } from './metrics/beacon.js';
export type { Condition, Route, Canary } from './config.js';
export type { EvaluationContext, FlagSource, FlagValues, StaticFlagsOptions } from './selection/flags.js';
export { combineFlags, staticFlags } from './selection/flags.js';
export type { Resolution, ResolutionQuestion } from './selection/resolution.js';
export { flagNames, readResolution, resolutionScript, resolve } from './selection/resolution.js';
export type { RuntimeConfig, RuntimeEntry, RuntimeOverride, RuntimeOverrides } from './runtime-config.js';
export type { Selection, SelectionReason } from './selection/select.js';
export type { LoadSettingsOptions, LoadedSettings } from './selection/settings-load.js';
export { loadSettings } from './selection/settings-load.js';
export { parseRuntimeConfig, parseRuntimeOverrides } from './selection/settings-shape.js';
export type { PageSettings, Settings, SettingsSource, SettingsValues } from './selection/settings.js';
export { createSettings } from './selection/settings.js';
export { visitorKey } from './selection/visitor.js';
export type { AskRecord, BreakerRecord, CallRecord, IntegrationState, Observer, OverrideRecord, StateRecord } from './observer.js';
