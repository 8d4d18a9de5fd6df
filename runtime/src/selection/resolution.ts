// In: a request, as flags and context tell of it. Out: the releases that were chosen for it, and the script that hands
// them to the browser, which begins with them. Nothing is kept between requests.

import type { IntegrationConfig } from '../config.js';
import type { EvaluationContext, FlagSource } from './flags.js';
import { own } from '../own.js';
import type { Selection, SelectionReason } from './select.js';
import { select } from './select.js';
import type { SettingsValues } from './settings.js';
import { flagReader, questionOf } from './settings.js';
import type { Validator } from '../validate.js';
import { boolean, json, mapOf, oneOf, record, string } from '../validate.js';

/** What was chosen for one request or visit. */
export interface Resolution {
  readonly interface: 'resolution';
  /** The targeting key and the attributes that were to be handed over. */
  readonly context: EvaluationContext;
  /** Flags that were decided. */
  readonly flags: { readonly [flag: string]: boolean };
  readonly selections: { readonly [integration: string]: Selection };
}

export interface ResolutionQuestion {
  readonly config: IntegrationConfig;
  readonly settings: SettingsValues;
  readonly flags?: FlagSource | undefined;
  readonly context: EvaluationContext;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Attributes of the context that the browser may see, beside `targetingKey`: those that it needs to choose again by itself. */
  readonly share?: readonly string[] | undefined;
}

/** Every flag that releases, elements and integrations go by. */
export function flagNames(config: IntegrationConfig, settings: SettingsValues): readonly string[] {
  const ofReleases = Object.values(config).flatMap(({ releases }) => Object.values(releases).map(({ flag }) => flag ?? ''));
  const all = [...ofReleases, ...Object.keys(config), ...Object.keys(settings.runtimeConfig?.flags ?? {}), ...Object.keys(settings.overrides?.flags ?? {})];
  return [...new Set(all)].filter((name) => name !== '').sort();
}

export function resolve({ config, settings, flags, context, now, share = [] }: ResolutionQuestion): Resolution {
  const flag = flagReader(settings, flags, context);
  const decided = flagNames(config, settings).map((name) => [name, flag(name)] as const);
  const handed = ['targetingKey', ...share].filter((name) => own(context, name) !== undefined);
  return {
    interface: 'resolution',
    context: Object.fromEntries(handed.map((name) => [name, context[name]])),
    flags: Object.fromEntries(decided.filter((pair): pair is [string, boolean] => pair[1] !== undefined)),
    selections: Object.fromEntries(
      Object.entries(config).map(([name, entry]) => [name, select(questionOf(name, entry, settings, flags, context, undefined, false, now))]),
    ),
  };
}

const ID = 'fxc-resolution';

/** JSON that cannot end the script around it, whatever stands in it. */
export function resolutionScript(resolution: Resolution): string {
  const text = JSON.stringify(resolution).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `<script type="application/json" id="${ID}">${text}</script>`;
}

const REASONS: readonly SelectionReason[] = ['override', 'flag', 'route', 'canary', 'active', 'fallback', 'off'];

/** Validates one. */
export const resolutionShape: Validator = record({
  interface: oneOf('resolution'),
  context: mapOf(json),
  flags: mapOf(boolean),
  selections: mapOf(record({ label: string, reason: oneOf(...REASONS) })),
});

/** What the server chose; undefined if the page does not say, or says what cannot be. */
export function readResolution(page: Document): Resolution | undefined {
  const script = page.getElementById(ID);
  if (script?.localName !== 'script' || script.getAttribute('type') !== 'application/json') return undefined;
  try {
    return resolutionShape(JSON.parse(script.textContent ?? ''), '') as Resolution;
  } catch {
    return undefined;
  }
}
