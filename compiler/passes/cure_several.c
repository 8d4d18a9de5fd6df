/* In: a conflict that no single change cures. Out: two to four changes that do. What surprises: facts are
 * relaxed one after the other, each from what is then still in conflict, so that changes are few but not
 * always the fewest. */
#include "passes/cure_search.h"
#include "passes/phrase.h"

enum { MOST_CHANGES = 4, BEGINNINGS = 3 };

typedef struct Several {
  const Fact *facts[MOST_CHANGES];
  size_t count;
  Changes relaxed;
} Several;

static Arena *arena_of(const CureSearch *s) { return s->conflicts->constraints->arena; }

static void add_fact(const CureSearch *s, Several *several, const Fact *fact) {
  several->facts[several->count++] = fact;
  cure_change(s, fact, 0, true, &several->relaxed);
}

// The likeliest fact of what is still in conflict.
static const Fact *next_fact(const CureSearch *s, Trial *trial) {
  const Constraints *c = s->conflicts->constraints;
  CureSearch inner = *s;
  Facts *facts = arena_new(arena_of(s), Facts);
  bool *core = arena_array(arena_of(s), bool, c->problem.rules.len + 1);
  trial_relax(&trial->constraints, &trial->constraints.problem, core);
  facts_collect(facts, c, core, NULL, arena_of(s));
  const Fact **order = arena_array(arena_of(s), const Fact *, facts->list.len + 1);
  inner.facts = facts;
  return cure_order(&inner, order) ? order[0] : NULL;
}

static bool is_among(const Several *several, const Fact *fact) {
  for (size_t i = 0; i < several->count; i++)
    if (trial_same_fact(several->facts[i]->origin, fact->origin)) return true;
  return false;
}

// Relaxes one fact after the other until all can be chosen; the trial that found it is left open.
static bool relax_several(CureSearch *s, Several *several, Trial *trial) {
  for (;;) {
    Changes changes = {0};
    cure_append(s, &changes, &s->context);
    cure_append(s, &changes, &several->relaxed);
    if (!cure_try(s, trial, &changes)) return false;
    if (trial->verdict == SOLVE_FOUND) return true;
    bool possible = trial->verdict == SOLVE_IMPOSSIBLE && several->count < MOST_CHANGES;
    const Fact *next = possible ? next_fact(s, trial) : NULL;
    trial_end(trial);
    if (!next || is_among(several, next)) return false;
    add_fact(s, several, next);
  }
}

static bool change_all(const CureSearch *s, const Several *several, const Trial *trial, Cure *cure) {
  Str texts[MOST_CHANGES], ranges[CURE_RANGES];
  Ir *ir = s->conflicts->constraints->ir;
  CureSearch telling = *s;
  telling.tell_lines = true;
  for (size_t i = 0; i < several->count; i++) {
    const Fact *fact = several->facts[i];
    ReleaseId wanted = trial_release(trial, fact->origin->target);
    if (!wanted.n || !cure_ranges_for(s, fact, wanted, ranges)) return false;
    texts[i] = cure_what(&telling, fact, ranges[0]);
    cure_change(s, fact, ir_sym(ir, ranges[0]), false, &cure->changes);
  }
  cure->what = phrase_list(arena_of(s), texts, several->count, "and");
  return true;
}

void cure_by_several(CureSearch *s) {
  const Fact **order = arena_array(arena_of(s), const Fact *, s->facts->list.len + 1);
  size_t count = cure_order(s, order);
  for (size_t i = 0; i < count && i < BEGINNINGS && !s->found; i++) {
    Several several = {0};
    Trial trial;
    Cure cure = {0};
    add_fact(s, &several, order[i]);
    if (!relax_several(s, &several, &trial)) continue;
    bool changed = several.count > 1 && change_all(s, &several, &trial, &cure);
    trial_end(&trial);
    if (changed && cure_verify(s, order[i]->origin->target, &cure)) cure_keep(s, cure);
  }
}
