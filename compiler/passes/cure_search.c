/* In: changes of facts. Out: whether they cure. What surprises: where there are other conflicts, a cure does
 * not have to solve everything, but it has to leave fewer of them than there are. */
#include "passes/cure_search.h"

enum { MOST_TRIALS = 30 };

static const Constraints *rules_of(const CureSearch *s) { return s->conflicts->constraints; }
static Arena *arena_of(const CureSearch *s) { return s->conflicts->constraints->arena; }

/* Changes */

static void relax_rules(const CureSearch *s, const bool *core, Changes *changes) {
  const Constraints *c = rules_of(s);
  for (size_t i = 0; i < c->origins.len; i++) {
    Change change = {.origin = c->origins.data[i], .relaxed = true};
    if (core[i] && c->problem.rules.data[i].allowed) vec_push(c->arena, changes, change);
  }
}

void cure_append(const CureSearch *s, Changes *changes, const Changes *more) {
  for (size_t i = 0; i < more->len; i++) vec_push(arena_of(s), changes, more->data[i]);
}

CureSearch cure_begin(Conflicts *conflicts, size_t index, const Facts *facts, const PassSettings *settings) {
  CureSearch search = {.conflicts = conflicts, .index = index, .facts = facts, .settings = settings};
  for (size_t i = 0; i < conflicts->list.len; i++)
    if (i != index) relax_rules(&search, conflicts->list.data[i].core, &search.context);
  return search;
}

void cure_change(const CureSearch *s, const Fact *fact, Sym range, bool relaxed, Changes *changes) {
  for (size_t i = 0; i < fact->origins.len; i++) {
    const Origin *origin = &rules_of(s)->origins.data[fact->origins.data[i]];
    vec_push(arena_of(s), changes, (Change){.origin = *origin, .range = range, .relaxed = relaxed});
  }
}

/* Trials */

bool cure_try(CureSearch *s, Trial *trial, const Changes *changes) {
  Conflicts *conflicts = s->conflicts;
  if (s->trials == MOST_TRIALS || !conflicts->cure_trials || !conflicts->cure_steps) return false;
  s->trials++;
  conflicts->cure_trials--;
  trial_run(trial, conflicts->constraints, changes, &conflicts->cure_steps);
  return true;
}

// With the other conflicts out of the way, nothing may be left.
static bool works_beside_others(CureSearch *s, const Changes *changes) {
  Changes all = {0};
  Trial trial;
  if (!s->context.len) return true;
  cure_append(s, &all, &s->context);
  cure_append(s, &all, changes);
  if (!cure_try(s, &trial, &all)) return false;
  bool found = trial.verdict == SOLVE_FOUND;
  trial_end(&trial);
  return found;
}

bool cure_works(CureSearch *s, Trial *trial, const Changes *changes) {
  size_t others = s->conflicts->list.len - 1;
  if (!works_beside_others(s, changes) || !cure_try(s, trial, changes)) return false;
  if (trial_conflicts(trial, others, &s->conflicts->cure_steps) <= others) return true;
  trial_end(trial);
  return false;
}

bool cure_verify(CureSearch *s, IntegrationId first, Cure *cure) {
  Trial trial;
  if (!cure_works(s, &trial, &cure->changes)) return false;
  cure->then = cure_then(s, &trial, first);
  trial_end(&trial);
  return true;
}

static bool edits_of(const CureSearch *s, const Changes *changes, CureEdits *edits) {
  const Ir *ir = rules_of(s)->ir;
  for (size_t i = 0; i < changes->len; i++)
    if (!cure_edit(ir, arena_of(s), s->settings, &changes->data[i], edits)) return false;
  return true;
}

void cure_keep(CureSearch *s, Cure cure) {
  if (!edits_of(s, &cure.changes, &cure.edits)) cure.edits.len = 0;
  s->cures[s->found++] = cure;
}

/* Facts */

bool cure_can_change(const CureSearch *s, const Fact *fact) {
  const Origin *origin = fact->origin;
  bool has_range =
      origin->kind == ORIGIN_USE || origin->kind == ORIGIN_PIN || origin->kind == ORIGIN_REQUIREMENT;
  if (!has_range || !origin->range || !fact->rule.allowed) return false;
  if (origin->kind != ORIGIN_REQUIREMENT) return true;
  return facts_place(s->facts, fact) == IR_PLACE_PROJECT &&
         ir_requirement(rules_of(s)->ir, origin->requirement)->kind != IR_CONFLICTS;
}

// What a manifest says that it works with stays true, unless there is no such release.
static CureManner manner_of(const CureSearch *s, const Fact *fact) {
  bool keeps = fact->origin->kind == ORIGIN_REQUIREMENT && !facts_is_empty(s->facts, fact);
  return keeps ? CURE_WIDEN : CURE_MOVE;
}

size_t cure_ranges_for(const CureSearch *s, const Fact *fact, ReleaseId wanted, Str ranges[CURE_RANGES]) {
  const Ir *ir = rules_of(s)->ir;
  Version version = ir_version(ir, &ir_release(ir, wanted)->version);
  return cure_ranges(arena_of(s), ir_str(ir, fact->origin->range), &version, manner_of(s, fact),
                     cure_is_tight(ir, fact->origin), ranges);
}

// Pages and pins before manifests; what keeps the better release before others.
static int cost_of(const CureSearch *s, const Fact *fact) {
  int cost = fact->origin->kind == ORIGIN_USE ? 0 : fact->origin->kind == ORIGIN_PIN ? 1 : 2;
  uint32_t best = 0, count = rules_of(s)->problem.candidates[fact->rule.to];
  while (best < count && !solve_set_has(fact->rule.allowed, best)) best++;
  return cost * 2 + (best == 0);  // who allows the best release may stay
}

size_t cure_order(const CureSearch *s, const Fact **list) {
  size_t count = 0;
  for (int cost = 0; cost < 6; cost++)
    for (size_t i = 0; i < s->facts->list.len; i++) {
      const Fact *fact = &s->facts->list.data[i];
      if (cure_can_change(s, fact) && cost_of(s, fact) == cost) list[count++] = fact;
    }
  return count;
}
