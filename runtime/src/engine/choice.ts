// In: what a selection depends on, and how an element wants to be served. Out: the release to start and those to try
// behind it. An element may name a provider, a chain of its own, and a flag without which it stays plain markup.

import type { UseSettings } from '../adapter.js';
import type { IntegrationEntry } from '../config.js';
import type { Selection, SelectionQuestion } from '../selection/select.js';
import { chainOf, select } from '../selection/select.js';

export interface Choice extends Selection {
  /** The label and those behind it, without the last resort; empty if there is nothing to run. */
  readonly chain: readonly string[];
  /** The element's flag is not on: nothing shows that there is an integration. */
  readonly plain: boolean;
}

const PLAIN: Choice = { label: 'static', reason: 'off', chain: [], plain: true };

/** `chosen` is what a server has chosen for the same visitor. */
export function choose(question: SelectionQuestion, use: UseSettings, chosen: Selection | undefined): Choice {
  const { provider, fallback, flag } = use;
  if (flag !== undefined && question.flag(flag) !== true) return PLAIN;
  const entry = inForce(question);
  const chain = fallback?.map((word) => labelOf(entry, word));
  const asked = { ...question, entry, runtime: { ...question.runtime, version: entry.version } };
  if (provider !== undefined) return choiceOf(asked, selectProvider(asked, provider), chain);
  const known = chosen && (chosen.label === 'static' || Object.hasOwn(entry.releases, chosen.label));
  return choiceOf(asked, known ? chosen : select(asked), chain);
}

function choiceOf(question: SelectionQuestion, selection: Selection, chain: readonly string[] | undefined): Choice {
  const { label } = selection;
  return { ...selection, chain: label === 'static' ? [] : [label, ...chainOf(question, selection, chain)], plain: false };
}

/** Among the releases of one provider, or one of them; if they may not run, the next of the chain. */
function selectProvider(question: SelectionQuestion, word: string): Selection {
  const { entry } = question;
  const version = labelOf(entry, word);
  const isWanted = (label: string): boolean => label === version || entry.releases[label]?.provider === word;
  const releases = Object.fromEntries(Object.entries(entry.releases).filter(([label]) => isWanted(label)));
  const selection = select({ ...question, entry: { ...entry, version, releases, fallbackChain: [] }, runtime: { ...question.runtime, version } });
  if (selection.reason !== 'fallback') return selection;
  return { label: chainOf(question, { label: version, reason: 'active' })[0] ?? 'static', reason: 'fallback' };
}

/** The entry with the release in force as its version. */
function inForce({ entry, runtime: { version = '' } }: SelectionQuestion): IntegrationEntry {
  return Object.hasOwn(entry.releases, version) ? { ...entry, version } : entry;
}

/** A provider of several releases stands for the one in force, then for the first of the chain, then for its newest. */
function labelOf({ releases, version, fallbackChain }: IntegrationEntry, word: string): string {
  if (Object.hasOwn(releases, word)) return word;
  const labels = [version, ...fallbackChain, ...Object.keys(releases).reverse()];
  return labels.find((label) => Object.hasOwn(releases, label) && releases[label]?.provider === word) ?? word;
}
