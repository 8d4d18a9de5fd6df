/* In: suppressions and a run's diagnostics. Out: fewer warnings, and FX2017. Surprising: scopes may lie in
 * each other thousands deep, so nothing looks through all scopes of a warning: a warning is silenced when the
 * scope that reaches farthest among those that start before it reaches over it. */
#include <stdlib.h>

#include "workspace/ignore.h"

// A stretch of a file that is about a code: a scope, or the place of a diagnostic.
typedef struct Stretch {
  DiagCode code;
  Span span;
  uint32_t reach;  // the farthest end of the code's stretches in the file up to this one
} Stretch;

typedef struct Stretches {
  Stretch *list;
  size_t count;
} Stretches;

static int compare(const Stretch *a, const Stretch *b) {
  if (a->span.source != b->span.source) return a->span.source < b->span.source ? -1 : 1;
  if (a->code != b->code) return a->code < b->code ? -1 : 1;
  return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

static int compare_items(const void *a, const void *b) { return compare(a, b); }

static bool same_kind(const Stretch *a, const Stretch *b) {
  return a->span.source == b->span.source && a->code == b->code;
}

static void sort(Stretches *all) {
  if (all->count) qsort(all->list, all->count, sizeof *all->list, compare_items);
  for (size_t i = 0; i < all->count; i++) {
    Stretch *at = &all->list[i];
    at->reach = at->span.end;
    if (i && same_kind(at - 1, at) && at[-1].reach > at->reach) at->reach = at[-1].reach;
  }
}

// How many are before the wanted one; `with` counts those that start at its place.
static size_t count_before(const Stretches *all, const Stretch *wanted, bool with) {
  size_t low = 0, high = all->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(&all->list[middle], wanted);
    if (order < 0 || (with && order == 0))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// Whether one of the stretches contains it.
static bool is_inside(const Stretches *all, const Stretch *inner) {
  size_t before = count_before(all, inner, true);
  const Stretch *last = before ? &all->list[before - 1] : NULL;
  return last && same_kind(last, inner) && last->reach >= inner->span.end;
}

// Whether it contains one of them.
static bool has_inside(const Stretches *all, const Stretch *outer) {
  for (size_t i = count_before(all, outer, false); i < all->count; i++) {
    const Stretch *at = &all->list[i];
    if (!same_kind(at, outer) || at->span.start > outer->span.end) return false;
    if (at->span.end <= outer->span.end) return true;
  }
  return false;
}

static Stretches scopes_of(Arena *arena, const Ignores *ignores) {
  Stretches all = {.list = arena_array(arena, Stretch, ignores->len)};
  for (size_t i = 0; i < ignores->len; i++)
    if (span_exists(ignores->data[i].scope))
      all.list[all.count++] = (Stretch){.code = ignores->data[i].code, .span = ignores->data[i].scope};
  sort(&all);
  return all;
}

static Stretches places_of(Arena *arena, const DiagBag *bag, bool errors) {
  Stretches all = {.list = arena_array(arena, Stretch, bag->list.len)};
  for (size_t i = 0; i < bag->list.len; i++) {
    const Diag *diag = bag->list.data[i];
    if (span_exists(diag->span) && (diag->severity == DIAG_ERROR) == errors)
      all.list[all.count++] = (Stretch){.code = diag->code, .span = diag->span};
  }
  sort(&all);
  return all;
}

static void note_use(Arena *arena, const Ignores *ignores, const DiagBag *bag) {
  Stretches warnings = places_of(arena, bag, false), errors = places_of(arena, bag, true);
  for (size_t i = 0; i < ignores->len; i++) {
    Ignore *ignore = &ignores->data[i];
    Stretch scope = {.code = ignore->code, .span = ignore->scope};
    if (!span_exists(ignore->scope)) continue;
    ignore->used = has_inside(&warnings, &scope);
    ignore->met_error = has_inside(&errors, &scope);
  }
}

void ignore_apply(const Ignores *ignores, DiagBag *bag) {
  if (!ignores->len) return;
  Arena scratch = {0};
  Stretches scopes = scopes_of(&scratch, ignores);
  size_t kept = 0;
  note_use(&scratch, ignores, bag);
  for (size_t i = 0; i < bag->list.len; i++) {
    Diag *diag = bag->list.data[i];
    Stretch place = {.code = diag->code, .span = diag->span};
    bool silenced = diag->severity == DIAG_WARNING && span_exists(diag->span) && is_inside(&scopes, &place);
    if (!silenced) bag->list.data[kept++] = diag;
  }
  bag->list.len = kept;
  arena_free(&scratch);
}

// Whether the warning would have come up, if there was reason for it.
static bool was_looked_for(const Ignore *ignore, const IgnoreRun *run) {
  DiagStage stage = diag_info(ignore->code)->stage;
  if (ignore->met_error) return true;
  if (run->errors) return false;
  if (ignore->code == FX2012) return run->pages;
  if (ignore->code == FX2014) return run->production;
  if (ignore->code == FX1001) return run->html;
  return stage != STAGE_RUNTIME && stage != STAGE_MONITORING && stage != STAGE_DRIVER;
}

void ignore_report_unused(const Ignores *ignores, const IgnoreRun *run, DiagBag *bag) {
  for (size_t i = 0; i < ignores->len; i++) {
    const Ignore *ignore = &ignores->data[i];
    const char *name = diag_info(ignore->code)->name;
    if (ignore->used || !ignore->ours || !was_looked_for(ignore, run)) continue;
    Diag *diag = diag_add(bag, FX2017, ignore->place, "this suppression silences nothing");
    if (ignore->met_error) diag_help(diag, "%s is an error there, and only warnings can be suppressed", name);
    diag_fix(diag, DIAG_MACHINE_APPLICABLE, ignore->removed, STR(""),
             ignore->whole ? "remove the comment" : "remove '%s'", name);
  }
}
