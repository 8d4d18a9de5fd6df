/* In: facts that exclude each other. Out: changes of facts with which everything can be chosen. What
 * surprises: nothing is derived from the argument; a fact is dropped, the solver says which release would be
 * chosen then, and the range is changed so that it holds that one. So a cure is right because it was tried.
 */
#include "passes/cure.h"

#include "passes/cure_edit.h"
#include "passes/cure_range.h"
#include "passes/phrase.h"

enum { CURES = 3, MOST_TRIALS = 30, MOST_CHANGES = 4, RELEASES_NAMED = 4, PINS_TRIED = 4 };

typedef struct Cure {
  Changes changes;
  CureEdits edits;
  Str what, then;  // "this page can ask for ^2", "'geocoding' v2 is chosen"
} Cure;

typedef struct Search {
  Conflicts *conflicts;
  size_t index;
  const Facts *facts;
  const PassSettings *settings;
  Changes context;  // the other conflicts out of the way
  Cure cures[CURES];
  size_t found, trials;
} Search;

static const Constraints *rules_of(const Search *s) { return s->conflicts->constraints; }
static Arena *arena_of(const Search *s) { return s->conflicts->constraints->arena; }

/* Changes */

static void relax_rules(const Search *s, const bool *core, Changes *changes) {
  const Constraints *c = rules_of(s);
  for (size_t i = 0; i < c->origins.len; i++) {
    Change change = {.origin = c->origins.data[i], .relaxed = true};
    if (core[i] && c->problem.rules.data[i].allowed) vec_push(c->arena, changes, change);
  }
}

static void append(Arena *arena, Changes *changes, const Changes *more) {
  for (size_t i = 0; i < more->len; i++) vec_push(arena, changes, more->data[i]);
}

static void clear_the_way(Search *s) {
  for (size_t i = 0; i < s->conflicts->list.len; i++) {
    const Conflict *other = &s->conflicts->list.data[i];
    if (i == s->index) continue;
    if (other->chosen.len)
      append(arena_of(s), &s->context, &other->chosen);
    else
      relax_rules(s, other->core, &s->context);
  }
}

static void change_fact(const Search *s, const Fact *fact, Sym range, bool relaxed, Changes *changes) {
  for (size_t i = 0; i < fact->origins.len; i++) {
    const Origin *origin = &rules_of(s)->origins.data[fact->origins.data[i]];
    vec_push(arena_of(s), changes, (Change){.origin = *origin, .range = range, .relaxed = relaxed});
  }
}

// False when no more trials are to be spent; the trial is then not begun.
static bool try(Search *s, Trial *trial, const Changes *changes) {
  Changes all = {0};
  if (s->trials == MOST_TRIALS || !s->conflicts->cure_trials || !s->conflicts->cure_steps) return false;
  s->trials++;
  s->conflicts->cure_trials--;
  append(arena_of(s), &all, &s->context);
  append(arena_of(s), &all, changes);
  trial_run(trial, rules_of(s), &all, &s->conflicts->cure_steps);
  return true;
}

/* Wording */

static Str pages_that(const Search *s, const Origin *origin) {
  const Ir *ir = rules_of(s)->ir;
  size_t pages = cure_pages(ir, origin->use);
  PageId page = ir_use(ir, origin->use)->page;
  if (pages > 1) return str_printf(arena_of(s), "%zu pages", pages);
  return page.n == s->facts->page.n ? STR("this page") : ir_str(ir, ir_page(ir, page)->path);
}

static Str what_of(const Search *s, const Fact *fact, Str range) {
  const Ir *ir = rules_of(s)->ir;
  const Origin *origin = fact->origin;
  Str name = ir_integration_name(ir, origin->target);
  if (origin->kind == ORIGIN_USE)
    return str_printf(arena_of(s), "%.*s can ask for '%.*s' %.*s", STR_ARG(pages_that(s, origin)),
                      STR_ARG(name), STR_ARG(range));
  if (origin->kind == ORIGIN_PIN)
    return str_printf(arena_of(s), "the project can pin '%.*s' to %.*s", STR_ARG(name), STR_ARG(range));
  const Requirement *row = ir_requirement(ir, origin->requirement);
  SolveSet when = row->release.n ? fact->rule.when : NULL;
  return str_printf(arena_of(s), "%.*s can %s '%.*s' %.*s",
                    STR_ARG(phrase_set(s->facts, fact->rule.from, when, PHRASE_SUBJECT)),
                    row->kind == IR_REQUIRES ? "require" : "work with", STR_ARG(name), STR_ARG(range));
}

// The releases that are chosen then, of the integrations that the conflict is about.
static Str then_of(const Search *s, const Trial *trial, IntegrationId first) {
  Arena *arena = arena_of(s);
  const Ir *ir = rules_of(s)->ir;
  Str names[RELEASES_NAMED];
  uint32_t named[RELEASES_NAMED];
  size_t count = 0;
  for (size_t i = 0; i < 2 * s->facts->list.len + 1 && count < RELEASES_NAMED; i++) {
    const SolveRule *rule = i ? &s->facts->list.data[(i - 1) / 2].rule : NULL;
    uint32_t package = !rule ? package_of(first) : i % 2 ? rule->to : rule->from;
    bool seen = package == SOLVE_NONE;
    for (size_t n = 0; n < count && !seen; n++) seen = named[n] == package;
    ReleaseId release = seen ? (ReleaseId){0} : trial_release(trial, integration_of(package));
    if (!release.n) continue;
    named[count] = package;
    names[count++] = phrase_named_release(ir, arena, release);
  }
  if (!count) return STR("everything can be chosen");
  return str_printf(arena, "%.*s %s chosen", STR_ARG(phrase_list(arena, names, count, "and")),
                    count == 1 ? "is" : "are");
}

/* Changes of one fact */

// What a manifest says that it works with stays true, unless there is no such release.
static CureManner manner_of(const Search *s, const Fact *fact) {
  bool keeps = fact->origin->kind == ORIGIN_REQUIREMENT && !facts_is_empty(s->facts, fact);
  return keeps ? CURE_WIDEN : CURE_MOVE;
}

static bool can_change(const Search *s, const Fact *fact) {
  const Origin *origin = fact->origin;
  bool has_range =
      origin->kind == ORIGIN_USE || origin->kind == ORIGIN_PIN || origin->kind == ORIGIN_REQUIREMENT;
  if (!has_range || !origin->range || !facts_restricts(fact)) return false;
  if (origin->kind != ORIGIN_REQUIREMENT) return true;
  return facts_place(s->facts, fact) == IR_PLACE_PROJECT &&
         ir_requirement(rules_of(s)->ir, origin->requirement)->kind != IR_CONFLICTS;
}

static bool edits_of(const Search *s, const Changes *changes, CureEdits *edits) {
  const Ir *ir = rules_of(s)->ir;
  for (size_t i = 0; i < changes->len; i++)
    if (!cure_edit(ir, arena_of(s), s->settings, &changes->data[i], edits)) return false;
  return true;
}

static void keep(Search *s, Cure cure) {
  if (!edits_of(s, &cure.changes, &cure.edits)) cure.edits.len = 0;
  s->cures[s->found++] = cure;
}

static bool verify(Search *s, const Fact *fact, Cure *cure) {
  Trial trial;
  if (!try(s, &trial, &cure->changes)) return false;
  bool works = trial.verdict == SOLVE_FOUND;
  if (works) cure->then = then_of(s, &trial, fact->origin->target);
  trial_end(&trial);
  return works;
}

// The release that would be chosen of a fact's target if the fact left every one of them.
static ReleaseId wanted_by(Search *s, const Fact *fact, const Changes *others) {
  Trial trial;
  Changes changes = {0};
  append(arena_of(s), &changes, others);
  change_fact(s, fact, 0, true, &changes);
  if (!try(s, &trial, &changes)) return (ReleaseId){0};
  ReleaseId release =
      trial.verdict == SOLVE_FOUND ? trial_release(&trial, fact->origin->target) : (ReleaseId){0};
  trial_end(&trial);
  return release;
}

static size_t ranges_for(const Search *s, const Fact *fact, ReleaseId wanted, Str ranges[CURE_RANGES]) {
  const Ir *ir = rules_of(s)->ir;
  Version version = ir_version(ir, &ir_release(ir, wanted)->version);
  return cure_ranges(arena_of(s), ir_str(ir, fact->origin->range), &version, manner_of(s, fact),
                     cure_is_tight(ir, fact->origin), ranges);
}

static bool cure_by_fact(Search *s, const Fact *fact) {
  Str ranges[CURE_RANGES];
  ReleaseId wanted = wanted_by(s, fact, &(Changes){0});
  size_t count = wanted.n ? ranges_for(s, fact, wanted, ranges) : 0;
  for (size_t i = 0; i < count; i++) {
    Cure cure = {.what = what_of(s, fact, ranges[i])};
    change_fact(s, fact, ir_sym(rules_of(s)->ir, ranges[i]), false, &cure.changes);
    if (!verify(s, fact, &cure)) continue;
    keep(s, cure);
    return true;
  }
  return false;
}

/* The order */

// Pages and pins before manifests; what keeps the better release before others.
static int cost_of(const Search *s, const Fact *fact) {
  int cost = fact->origin->kind == ORIGIN_USE ? 0 : fact->origin->kind == ORIGIN_PIN ? 1 : 2;
  uint32_t best = 0, count = rules_of(s)->problem.candidates[fact->rule.to];
  while (best < count && !solve_set_has(fact->rule.allowed, best)) best++;
  return cost * 2 + (best == 0);  // who allows the best release may stay
}

static size_t facts_in_order(const Search *s, const Fact **list) {
  size_t count = 0;
  for (int cost = 0; cost < 6; cost++)
    for (size_t i = 0; i < s->facts->list.len; i++) {
      const Fact *fact = &s->facts->list.data[i];
      if (can_change(s, fact) && cost_of(s, fact) == cost) list[count++] = fact;
    }
  return count;
}

/* Pins */

static bool pin_helps(const Constraints *c, ReleaseId id) {
  IrStatus status = ir_release(c->ir, id)->status;
  return constraints_candidate(c, id) == SOLVE_NONE && status != IR_RETIRED &&
         ir_release(c->ir, id)->version.valid;
}

static bool cure_by_pin(Search *s, ReleaseId id) {
  const Constraints *c = rules_of(s);
  Ir *ir = c->ir;
  const Release *release = ir_release(ir, id);
  Version version = ir_version(ir, &release->version);
  Str name = ir_integration_name(ir, release->integration), range = version_text(arena_of(s), &version);
  const Pin *old = c->pins[package_of(release->integration)];
  if (old && old->label) return false;
  Cure cure = {
      .what = str_printf(arena_of(s), "the project can pin '%.*s' to %.*s", STR_ARG(name), STR_ARG(range))};
  Origin origin = {.kind = ORIGIN_PIN, .target = release->integration, .pin = old};
  vec_push(arena_of(s), &cure.changes, (Change){.origin = origin, .range = ir_sym(ir, range)});
  Trial trial;
  if (!try(s, &trial, &cure.changes)) return false;
  bool works = trial.verdict == SOLVE_FOUND && trial_release(&trial, release->integration).n == id.n;
  if (works) cure.then = then_of(s, &trial, origin.target);
  trial_end(&trial);
  if (works) keep(s, cure);
  return works;
}

static void cure_by_pins(Search *s, IntegrationId integration) {
  const Constraints *c = rules_of(s);
  IrRange releases = ir_integration(c->ir, integration)->releases;
  size_t tried = 0;
  for (uint32_t i = releases.count; i-- > 0 && s->found < CURES && tried < PINS_TRIED;) {
    ReleaseId id = {releases.first + i};
    if (pin_helps(c, id)) tried++, cure_by_pin(s, id);
  }
}

static void cure_by_any_pin(Search *s) {
  for (size_t i = 0; i < s->facts->list.len && s->found < CURES; i++) {
    const Fact *fact = &s->facts->list.data[i];
    bool again = !facts_restricts(fact);
    for (size_t n = 0; n < i && !again; n++)
      again = facts_restricts(&s->facts->list.data[n]) && s->facts->list.data[n].rule.to == fact->rule.to;
    if (!again) cure_by_pins(s, fact->origin->target);
  }
}

/* Cures into diagnostics */

static Str title_of(const Search *s, const Cure *cure) {
  const Ir *ir = rules_of(s)->ir;
  const Change *change = &cure->changes.data[0];
  Str file = source_root_path(ir->sources, cure->edits.data[0].span.source);
  Str range = ir_str(ir, change->range), name = ir_integration_name(ir, change->origin.target);
  if (change->origin.kind == ORIGIN_PIN && !change->origin.pin)
    return str_printf(arena_of(s), "pin '%.*s' to '%.*s' in %.*s", STR_ARG(name), STR_ARG(range),
                      STR_ARG(file));
  Str old = ir_str(ir, change->origin.range);
  return str_printf(arena_of(s), "replace '%.*s' with '%.*s' in %.*s", STR_ARG(old), STR_ARG(range),
                    STR_ARG(file));
}

static void tell(const Search *s, const Cure *cure, Diag *diag) {
  diag_help(diag, "%.*s: then %.*s", STR_ARG(cure->what), STR_ARG(cure->then));
  if (!cure->edits.len) return;
  const DiagEdit *first = &cure->edits.data[0];
  DiagFix *fix = diag_fix(diag, DIAG_MAYBE, first->span, first->text, "%.*s", STR_ARG(title_of(s, cure)));
  for (size_t i = 1; i < cure->edits.len; i++)
    diag_fix_edit(diag, fix, cure->edits.data[i].span, cure->edits.data[i].text);
}

static void tell_all(const Search *s, Diag *diag) {
  for (size_t i = 0; i < s->found; i++) tell(s, &s->cures[i], diag);
}

void cures_add(Conflicts *conflicts, size_t index, const Facts *facts, const PassSettings *settings,
               Diag *diag) {
  Search search = {.conflicts = conflicts, .index = index, .facts = facts, .settings = settings};
  const Fact **order = arena_array(facts->arena, const Fact *, facts->list.len + 1);
  size_t count = facts_in_order(&search, order);
  clear_the_way(&search);
  for (size_t i = 0; i < count && search.found < CURES; i++) cure_by_fact(&search, order[i]);
  if (search.found < CURES) cure_by_any_pin(&search);
  if (search.found) conflicts->list.data[index].chosen = search.cures[0].changes;
  tell_all(&search, diag);
}

void cures_add_pins(Conflicts *conflicts, IntegrationId integration, const PassSettings *settings,
                    Diag *diag) {
  Facts none = {.constraints = conflicts->constraints, .arena = conflicts->constraints->arena};
  Search search = {.conflicts = conflicts, .index = SIZE_MAX, .facts = &none, .settings = settings};
  clear_the_way(&search);
  cure_by_pins(&search, integration);
  tell_all(&search, diag);
}
