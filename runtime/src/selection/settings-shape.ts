// In: the text of `runtime-config.json` or `runtime-overrides.json`. Out: what it says, or an error that names the place:
// a file that is wrong somewhere changes nothing. Members that are not known are passed over.

import { resolutionShape } from './resolution.js';
import type { RuntimeConfig, RuntimeOverrides } from '../runtime-config.js';
import type { PageSettings } from './settings.js';
import type { Validator } from '../validate.js';
import { ShapeError, boolean, json, list, mapOf, number, oneOf, optional, record, string } from '../validate.js';

const share: Validator = (value, path) => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw new ShapeError(path, 'a share from 0 to 1', value);
  return value;
};

const time: Validator = (value, path) => {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw new ShapeError(path, 'a time of ISO 8601', value);
  return value;
};

const given: Validator = (value, path) => {
  if (value === undefined) throw new ShapeError(path, 'a value', value);
  return value;
};

const comparisons = ['==', '!=', '<', '<=', '>', '>='];
const condition = record({ subject: string, is: oneOf(...comparisons, 'in', 'not in'), value: given });
const route = record({ release: string, share: optional(share), when: optional(list(condition)) });
const threshold = record({ metric: string, is: oneOf(...comparisons), bound: number, over: optional(number) });
const stage = record({ share, for: optional(number) });
const canary = record({ release: string, since: optional(time), stages: list(stage), rollback: optional(list(threshold)) });

const configShape = record({
  flags: optional(mapOf(optional(boolean))),
  integrations: optional(mapOf(record({ version: optional(string), routes: optional(list(route)), canary: optional(canary) }))),
});

const begun = record({ since: time });
const overrideShape = record({
  release: optional(string),
  config: optional(mapOf(json)),
  canary: (value, path) => (value === false || value === undefined ? value : begun(value, path)),
});
const overridesShape = record({ flags: optional(mapOf(boolean)), integrations: optional(mapOf(overrideShape)) });

/** Throws a SyntaxError or ShapeError. */
export function parseRuntimeConfig(text: string): RuntimeConfig {
  return configShape(JSON.parse(text), '') as RuntimeConfig;
}

/** Throws a SyntaxError or ShapeError. */
export function parseRuntimeOverrides(text: string): RuntimeOverrides {
  return overridesShape(JSON.parse(text), '') as RuntimeOverrides;
}

const settingsShape = record({ runtimeConfig: configShape, overrides: overridesShape, resolution: optional(resolutionShape) });

/** What `/_fx/resolve` answers: both files, and what was chosen by them. Throws a SyntaxError or ShapeError. */
export function parseSettings(text: string): PageSettings {
  return settingsShape(JSON.parse(text), '') as PageSettings;
}
