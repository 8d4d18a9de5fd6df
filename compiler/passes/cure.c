/* In: facts that exclude each other. Out: changes of facts with which everything can be chosen. What
 * surprises: nothing is derived from the argument; a fact is dropped, the solver says which release would be
 * chosen then, and the range is changed so that it holds that one. So a cure is right because it was tried.
 */
#include "passes/cure.h"

#include "passes/cure_search.h"

static Arena *arena_of(const CureSearch *s) { return s->conflicts->constraints->arena; }

// A page that names a provider gets the newest release of that.
static ReleaseId wanted_of_provider(const CureSearch *s, const Fact *fact) {
  const Ir *ir = s->conflicts->constraints->ir;
  if (fact->origin->kind != ORIGIN_USE) return (ReleaseId){0};
  Str provider = str_trim(ir_str(ir, ir_use(ir, fact->origin->use)->provider.sym));
  return provider.len ? ir_provider_release(ir, fact->origin->target, provider) : (ReleaseId){0};
}

// The release that would be chosen of a fact's target if the fact left every one of them, and no other
// conflict were in the way.
static ReleaseId wanted_by(CureSearch *s, const Fact *fact) {
  Trial trial;
  Changes changes = {0};
  ReleaseId release = wanted_of_provider(s, fact);
  if (release.n) return release;
  cure_append(s, &changes, &s->context);
  cure_change(s, fact, 0, true, &changes);
  if (!cure_try(s, &trial, &changes)) return release;
  if (trial.verdict == SOLVE_FOUND) release = trial_release(&trial, fact->origin->target);
  trial_end(&trial);
  return release;
}

static void cure_by_fact(CureSearch *s, const Fact *fact) {
  Str ranges[CURE_RANGES];
  ReleaseId wanted = wanted_by(s, fact);
  size_t count = wanted.n ? cure_ranges_for(s, fact, wanted, ranges) : 0;
  for (size_t i = 0; i < count; i++) {
    Cure cure = {.what = cure_what(s, fact, ranges[i])};
    cure_change(s, fact, ir_sym(s->conflicts->constraints->ir, ranges[i]), false, &cure.changes);
    if (!cure_verify(s, fact->origin->target, &cure)) continue;
    cure_keep(s, cure);
    return;
  }
}

// A conflict that a manifest of the project states could be wrong; taking it out is left to a person.
static void cure_by_dropping(CureSearch *s, const Fact *fact) {
  const Origin *origin = fact->origin;
  bool says = origin->kind == ORIGIN_REQUIREMENT && fact->rule.allowed &&
              ir_requirement(s->conflicts->constraints->ir, origin->requirement)->kind == IR_CONFLICTS;
  if (!says || facts_place(s->facts, fact) != IR_PLACE_PROJECT) return;
  Cure cure = {.what = cure_without(s, fact)};
  cure_change(s, fact, 0, true, &cure.changes);
  if (cure_verify(s, origin->target, &cure)) cure_keep(s, cure);
}

static void tell(const CureSearch *s, const Cure *cure, Diag *diag) {
  diag_help(diag, "%.*s: then %.*s", STR_ARG(cure->what), STR_ARG(cure->then));
  if (!cure->edits.len) return;
  const DiagEdit *first = &cure->edits.data[0];
  DiagFix *fix = diag_fix(diag, DIAG_MAYBE, first->span, first->text, "%.*s", STR_ARG(cure_title(s, cure)));
  for (size_t i = 1; i < cure->edits.len; i++)
    diag_fix_edit(diag, fix, cure->edits.data[i].span, cure->edits.data[i].text);
}

void cures_add(Conflicts *conflicts, size_t index, const Facts *facts, const PassSettings *settings,
               Diag *diag) {
  CureSearch search = cure_begin(conflicts, index, facts, settings);
  const Fact **order = arena_array(arena_of(&search), const Fact *, facts->list.len + 1);
  size_t count = cure_order(&search, order);
  for (size_t i = 0; i < count && search.found < CURES; i++) cure_by_fact(&search, order[i]);
  if (search.found < CURES) cure_by_pins(&search);
  for (size_t i = 0; i < facts->list.len && search.found < CURES; i++)
    cure_by_dropping(&search, &facts->list.data[i]);
  if (!search.found) cure_by_several(&search);
  for (size_t i = 0; i < search.found; i++) tell(&search, &search.cures[i], diag);
}
