// The plainest search there is, over a project of model.mjs and some of its facts. No learning, no cleverness: what it
// says can be read off the code.
import semver from 'semver';

const STATUS_ORDER = ['stable', 'beta', 'testing', 'development', 'deprecated'];

/** Whether a range holds a release; every range but none at all needs a version that can be read. */
export function inRange(range, release) {
  if (range === undefined) return true;
  return release.version !== null && semver.satisfies(release.version, range);
}

const isForced = ({ provider, flag }, release) => (provider ? release.provider === provider : release.flag === flag);

/**
 * A pin or a provider of the environment that is left aside: it no longer excludes anything, but what may only be chosen
 * because of it still may.
 */
export const aside = (fact) => (fact.kind === 'pin' || fact.kind === 'environment' ? [{ kind: 'aside', to: fact.to, fact }] : []);

/** What an integration may be at all, the most welcome first; `afresh` as if nothing were locked. */
export function candidates(project, facts, name, afresh = false) {
  const { releases, active, locked } = project.integrations.get(name);
  const pins = facts.filter(({ kind, to }) => kind === 'pin' && to === name);
  const about = facts.filter(({ kind, to }) => kind === 'environment' && to === name);
  const forced = about.filter(({ provider }) => provider).concat(about.filter(({ provider }) => !provider)).slice(0, 1);
  const asides = facts.filter(({ kind, to }) => kind === 'aside' && to === name).map(({ fact }) => fact);
  const opened = (release) => pins.length + forced.length > 0 ||
    asides.some((one) => (one.kind === 'pin' ? inRange(one.range, release) : isForced(one, release)));
  const may = releases.filter((release) => {
    if (release.status === 'retired' || project.off.includes(release.flag)) return false;
    if (!pins.every(({ range }) => inRange(range, release))) return false;
    if (!forced.every((one) => isForced(one, release))) return false;
    return opened(release) || release.status === 'stable' || release.status === 'deprecated';
  });
  const rank = (release) => [
    !afresh && release.label === locked ? 0 : 1,
    release.label === active ? 0 : 1,
    STATUS_ORDER.indexOf(release.status),
    release.from && release.from > project.today ? 1 : 0,
  ];
  return may.sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    const i = x.findIndex((_, at) => x[at] !== y[at]);
    if (i >= 0) return x[i] - y[i];
    return a.version && b.version ? semver.compare(b.version, a.version) : 0;
  });
}

/** The release that a use of its own provider falls back on: the newest of that provider. */
function newestOf(project, name, provider) {
  const found = project.integrations.get(name).releases.filter((release) => release.provider === provider && release.status !== 'retired');
  return found.sort((a, b) => semver.compare(b.version, a.version))[0];
}

/**
 * A use that names a provider gets the newest release of it at run time whenever another provider's is chosen: then the
 * use's range and that release's relations are about the newest.
 */
export function withProviders(project, facts) {
  return facts.flatMap((fact) => {
    const newest = fact.kind === 'use' && fact.provider ? newestOf(project, fact.to, fact.provider) : undefined;
    if (!newest) return [fact];
    const own = facts.filter(({ from, label }) => from === fact.to && label === newest.label);
    return [{ ...fact, newest }, ...own.map((relation) => ({ ...relation, label: undefined, unless: fact.provider }))];
  });
}

const asked = (fact, release) => inRange(fact.range, fact.newest && release.provider !== fact.provider ? fact.newest : release);

/** The rules of some facts, for quick questions. */
function compile(project, facts) {
  const names = [...project.integrations.keys()];
  const packages = new Map(names.map((name) => [name, { list: candidates(project, facts, name), from: [], to: [] }]));
  const rules = withProviders(project, facts), roots = rules.filter(({ kind }) => kind === 'use' || kind === 'depends');
  for (const fact of rules) {
    if (!['requires', 'optional', 'conflicts'].includes(fact.kind)) continue;
    packages.get(fact.from)?.from.push(fact);
    packages.get(fact.to).to.push(fact);
  }
  return { packages, roots };
}

const speaks = (fact, release) =>
  release !== undefined && (fact.label === undefined || fact.label === release.label) && (fact.unless === undefined || fact.unless !== release.provider);
const obeys = (fact, release) => (fact.kind === 'conflicts') !== inRange(fact.range, release);

function allowed(rules, chosen, name, release) {
  const { from, to } = rules.packages.get(name);
  return rules.roots.every((fact) => fact.to !== name || asked(fact, release)) &&
    to.every((fact) => !speaks(fact, chosen.get(fact.from)) || obeys(fact, release)) &&
    from.every((fact) => !speaks(fact, release) || !chosen.has(fact.to) || obeys(fact, chosen.get(fact.to)));
}

/**
 * The first choice that a search without learning finds, as a Map of name to release; null when there is none.
 * Packages are decided in the order in which they become needed, each gets its first candidate with which the
 * rest can be completed. `first` are needed before all others. Throws after `limit` steps.
 */
export function search(project, facts = project.facts, first = [], limit = 5e6) {
  const rules = compile(project, facts), chosen = new Map(), queue = [];
  let steps = 0;
  const need = (name) => queue.includes(name) || queue.push(name);
  first.forEach(need);
  rules.roots.forEach(({ to }) => need(to));
  const step = () => { if (++steps > limit) throw new Error('the plain search takes too long'); };
  const possible = (name) => rules.packages.get(name).list.some((release) => (step(), allowed(rules, chosen, name, release)));

  const decide = (index) => {
    if (index === queue.length) return true;
    const name = queue[index], length = queue.length;
    for (const release of rules.packages.get(name).list) {
      step();
      if (!allowed(rules, chosen, name, release)) continue;
      chosen.set(name, release);
      for (const fact of rules.packages.get(name).from)
        if (fact.kind === 'requires' && speaks(fact, release)) need(fact.to);
      // looking ahead leaves the order of the search alone, it only spares what could not be completed
      if (queue.slice(index + 1).every(possible) && decide(index + 1)) return true;
      chosen.delete(name);
      queue.length = length;
    }
    return false;
  };
  return decide(0) ? chosen : null;
}

/** What of a choice is needed by pages, or by what they need. */
function reached(project, choice) {
  const rules = compile(project, project.facts), found = new Set(rules.roots.map(({ to }) => to));
  for (const name of found)
    for (const fact of rules.packages.get(name).from) if (fact.kind === 'requires' && speaks(fact, choice.get(name))) found.add(fact.to);
  return found;
}

/** What would be chosen without a lock. */
export function unlocked(project) {
  const integrations = new Map([...project.integrations].map(([name, one]) => [name, { ...one, locked: undefined }]));
  return search({ ...project, integrations });
}

/** What `update NAME` chooses: the name is not locked and comes first, if it is needed at all. */
export function updated(project, name) {
  const integrations = new Map(project.integrations);
  integrations.set(name, { ...integrations.get(name), locked: undefined });
  const other = { ...project, integrations }, plain = search(other);
  const best = plain?.has(name) ? search(other, other.facts, [name]) : plain;
  if (!best) return plain;
  const needed = reached(other, best);
  return needed.has(name) ? new Map([...best].filter(([one]) => needed.has(one))) : plain;
}

/** Whether a choice (Map of name to release) breaks none of the facts; the first that it breaks. */
export function broken(project, facts, choice) {
  for (const [name, release] of choice)
    if (!candidates(project, facts, name).some(({ label }) => label === release.label)) return { candidate: name, label: release.label };
  return withProviders(project, facts).find((fact) => {
    const target = choice.get(fact.to);
    switch (fact.kind) {
      case 'use':
      case 'depends': return !target || !asked(fact, target);
      case 'requires': return speaks(fact, choice.get(fact.from)) && (!target || !obeys(fact, target));
      case 'optional':
      case 'conflicts': return speaks(fact, choice.get(fact.from)) && target && !obeys(fact, target);
      default: return false;
    }
  });
}

/** Whether a fact, beside what is chosen, forbids a release of the integration that it is about. */
export function excludes(fact, release, choice) {
  if (fact.kind === 'use' || fact.kind === 'depends') return !asked(fact, release);
  return speaks(fact, choice.get(fact.from)) && !obeys(fact, release);
}

/** All assignments, one by one, where there are few enough: whether one of them breaks no fact. Null: too many. */
export function exhaustive(project, facts = project.facts, limit = 20000) {
  const lists = [...project.integrations.keys()].map((name) => [name, [undefined, ...candidates(project, facts, name)]]);
  if (lists.reduce((product, [, list]) => product * list.length, 1) > limit) return null;
  const choice = new Map();
  const rest = (i) => {
    if (i === lists.length) return !broken(project, facts, choice);
    const [name, list] = lists[i];
    return list.some((release) => {
      if (release) choice.set(name, release); else choice.delete(name);
      return rest(i + 1);
    });
  };
  return rest(0);
}

/** The facts of a list that cannot be left out without making the rest possible; the list must be impossible. */
export function minimal(project, facts, groups) {
  return groups.filter((group) => search(project, facts.filter((fact) => !group.includes(fact))));
}
