// Manifests and project files in YAML and JSON, by the package yaml. In: a text. Out: the declarations of model.mjs.
// Only the clauses that the choice of releases depends on are read; whatever else stands there is passed over.
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

const KINDS = { requires: 'requires', required: 'requires', optional: 'optional', conflicts: 'conflicts' };

/** The pairs of a map, as name, value and the bytes from the one to the other's end. */
function pairs(node) {
  if (!isMap(node)) return [];
  return node.items.map(({ key, value }) => {
    const end = value?.range ? value.range[1] : key.range[1];
    return { name: String(key.value), value, start: key.range[0], keyEnd: key.range[1], end: Math.max(end, key.range[1]) };
  });
}

/** What leads down a path of keys; `-` and `_` are the same. */
function at(node, ...path) {
  for (const step of path) node = pairs(node).find(({ name }) => name.replaceAll('-', '_') === step)?.value;
  return node;
}

const text = (node) => (isScalar(node) && node.value !== null ? node.source ?? String(node.value) : undefined);
const first = (...nodes) => nodes.map(text).find((value) => value !== undefined);

/** Relations under one key: a map of names and ranges, a list of names or of one-key maps, or one name. */
function relations(kind, node) {
  if (isSeq(node))
    return node.items.flatMap((item) => relations(kind, item));
  if (isMap(node))
    return pairs(node).map(({ name, value, start, keyEnd, end }) =>
      ({ kind, to: name, range: text(value), start, end, nameEnd: keyEnd }));
  return text(node) === undefined ? [] : [{ kind, to: text(node), start: node.range[0], end: node.range[1], nameEnd: node.range[1] }];
}

/** The relations that a block states, in the order in which the clauses are told: needs, then the rest. */
function stated(...maps) {
  const found = maps.flatMap((map) => pairs(map).flatMap(({ name, value }) => (name in KINDS ? relations(KINDS[name], value) : [])));
  return Object.values(KINDS).filter((kind, i, all) => all.indexOf(kind) === i).flatMap((kind) => found.filter((one) => one.kind === kind));
}

function release({ name, value, start, end }) {
  const say = (...path) => at(value, ...path);
  return {
    label: name,
    version: first(say('version')),
    status: first(say('status'), say('prototype', 'status')),
    provider: first(say('prototype', 'integration'), say('prototype', 'provider'), say('provider'), say('integration')),
    flag: first(say('feature_flag'), say('flag')),
    from: first(say('available_from')),
    relations: stated(value, say('prototype')),
    start, end,
  };
}

function integration({ name, value, start, keyEnd, end }) {
  const versions = pairs(at(value, 'versions')).filter(({ name: label }) => !['active_version', 'fallback_chain'].includes(label));
  const releases = versions.map(release);
  if (!versions.length && at(value, 'prototype')) {
    const version = first(at(value, '_metadata', 'version')) ?? '1.0.0';
    const implied = pairs(value).find((pair) => pair.name === 'prototype');
    releases.push({ ...release({ ...implied, name: `v${version.split('.')[0]}` }), version });
  }
  return {
    name, start, end, nameEnd: keyEnd, releases,
    active: first(at(value, 'active_version'), at(value, 'active'), at(value, 'versions', 'active_version')),
    relations: stated(value, at(value, 'dependencies'), at(value, 'concept', 'annotations')),
    compatibility: pairs(at(value, 'compatibility')).map((pair) => ({ label: pair.name, relations: stated(pair.value) })),
  };
}

function parse(source) {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  if (document.errors.length) throw document.errors[0];
  return document.contents;
}

export function yamlManifest(source) {
  const root = parse(source);
  const short = at(root, 'integration');
  if (short) return [integration({ name: text(short), value: root, start: short.range[0], keyEnd: short.range[1], end: root.range[1] })];
  return pairs(root).filter(({ name }) => !/^(x-|_)/.test(name)).map(integration);
}

export function yamlProject(source) {
  const root = parse(source);
  const pins = relations('pin', at(root, 'pin') ?? at(root, 'pins'));
  const environments = pairs(at(root, 'environments') ?? at(root, 'environment')).map(({ name, value }) => ({
    name,
    providers: relations('provider', at(value, 'providers') ?? at(value, 'provider')).map(({ to, range, start, end }) => ({ to, provider: range, start, end })),
    flags: pairs(at(value, 'flags') ?? at(value, 'flag')).map((flag) => ({ flag: flag.name, on: /^(on|true|yes)$/.test(text(flag.value)), start: flag.start, end: flag.end })),
  }));
  return { pins, environments };
}
