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
export type { EngineChanges, EngineOptions, IntegrationStatus } from './engine.js';
export { Engine } from './engine.js';
export type { IntegrationErrorKind, IntegrationIssue } from './errors.js';
export { IntegrationError } from './errors.js';
export type { Fields, HttpErrorKind, HttpRequest } from './http.js';
export { HttpError, command, part, request } from './http.js';
export type { CallOptions, OperationShape } from './call.js';
export type { IntegrationState } from './instance.js';
export { Instance } from './instance.js';
export type { BreakerState, PolicyCall, PolicyOptions, PolicyOutcome } from './policy/policy.js';
export { PolicyError } from './policy/policy.js';
export { given, pointer, pointerList } from './pointer.js';
export { callServer, callServerBatch } from './remote.js';
export type { Validator } from './validate.js';
export { ShapeError, boolean, json, lazy, list, nothing, number, oneOf, optional, record, string } from './validate.js';
export type { Alert, MonitorOptions } from './monitor.js';
export { Monitor } from './monitor.js';
export type { RuntimeDelta, RuntimeSnapshot } from './snapshot.js';
export type { BeaconOptions } from './beacon.js';
export { startBeacon } from './beacon.js';
export type { Condition, Route, Canary } from './config.js';
export type { EvaluationContext, FlagSource, FlagValues, StaticFlagsOptions } from './flags.js';
export { combineFlags, staticFlags } from './flags.js';
export type { Resolution, ResolutionQuestion } from './resolution.js';
export { flagNames, readResolution, resolutionScript, resolve } from './resolution.js';
export type { RuntimeConfig, RuntimeEntry, RuntimeOverride, RuntimeOverrides } from './runtime-config.js';
export type { Selection, SelectionReason } from './select.js';
export type { LoadSettingsOptions, LoadedSettings } from './settings-load.js';
export { loadSettings } from './settings-load.js';
export { parseRuntimeConfig, parseRuntimeOverrides } from './settings-shape.js';
export type { PageSettings, Settings, SettingsSource, SettingsValues } from './settings.js';
export { createSettings } from './settings.js';
export { visitorKey } from './visitor.js';
export type { AskRecord, BreakerRecord, CallRecord, Observer, OverrideRecord, StateRecord } from './observer.js';
