/* In: an integration in a conflict. Out: notes about its releases: the few that the argument is about, and
 * those that would do if they might be chosen. */
#include <stdlib.h>

#include "passes/conflict.h"
#include "passes/phrase.h"
#include "passes/replacement.h"

enum { RELEASES_SHOWN = 6, HIDDEN_SHOWN = 2 };

static const Setting *switched_off_by(const Ir *ir, const Release *release) {
  for (size_t i = 0; i < ir->settings.len; i++) {
    const Setting *setting = &ir->settings.data[i];
    if (setting->kind == IR_FLAG_OFF && release->flag.sym == setting->name) return setting;
  }
  return NULL;
}

static Str why_retired(const Ir *ir, Arena *arena, const Release *release) {
  Str next = ir_str(ir, release->replaced_by.sym);
  if (!next.len) return STR("is retired");
  return str_printf(arena, "is retired and replaced by %.*s", STR_ARG(next));
}

Str conflict_why_hidden(const Constraints *c, Arena *arena, ReleaseId id) {
  const Ir *ir = c->ir;
  const Release *release = ir_release(ir, id);
  if (constraints_candidate(c, id) != SOLVE_NONE) return STR("");
  if (release->status == IR_RETIRED) return why_retired(ir, arena, release);
  const Setting *off = switched_off_by(ir, release);
  if (off)
    return str_printf(arena, "stands behind '%.*s', which the environment '%.*s' switches off",
                      STR_ARG(ir_str(ir, off->name)), STR_ARG(ir_str(ir, off->environment)));
  const char *status = ir_status_name(release->status);
  bool phase = release->status == IR_DEVELOPMENT || release->status == IR_TESTING;
  return str_printf(arena, "is %s%s: only a pin takes it", phase ? "in " : "", status);
}

/* What there is */

typedef struct Shown {
  ReleaseId id;
  Version version;
  int distance;  // to the nearest bound of a range, in releases
} Shown;

// How far the releases at `at` of a list (oldest first) are from the bounds of a range.
static void measure(const Range *range, Shown *list, size_t count) {
  for (size_t s = 0; s < range->sets.len; s++)
    for (size_t b = 0; b < range->sets.data[s].bounds.len; b++) {
      const Version *bound = &range->sets.data[s].bounds.data[b].version;
      int between = 0;
      while (between < (int)count && version_cmp(&list[between].version, bound) < 0) between++;
      for (int i = 0; i < (int)count; i++) {
        int distance = i < between ? between - 1 - i : i - between;
        if (distance < list[i].distance) list[i].distance = distance;
      }
    }
}

static int nearest_first(const void *a, const void *b) {
  const Shown *x = a, *y = b;
  if (x->distance != y->distance) return x->distance - y->distance;
  int order = version_cmp(&y->version, &x->version);
  return order ? order : (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

static int oldest_first(const void *a, const void *b) {
  const Shown *x = a, *y = b;
  int order = version_cmp(&x->version, &y->version);
  return order ? order : (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

// "v3 (3.1.0, beta)"
static Str shown_release(const Constraints *c, Arena *arena, ReleaseId id) {
  Str text = phrase_release(c->ir, arena, id);
  IrStatus status = ir_release(c->ir, id)->status;
  if (status == IR_STABLE) return text;
  bool open = str_ends(text, STR(")"));
  if (open) text.len--;
  return str_printf(arena, "%.*s%s%s)", STR_ARG(text), open ? ", " : " (", ir_status_name(status));
}

static Shown *releases_of(const Facts *facts, uint32_t package, size_t *count) {
  Constraints *c = (Constraints *)facts->constraints;
  IrRange releases = ir_integration(c->ir, integration_of(package))->releases;
  Shown *list = arena_array(facts->arena, Shown, releases.count + 1);
  for (uint32_t i = 0; i < releases.count; i++) {
    ReleaseId id = {releases.first + i};
    list[i] = (Shown){id, ir_version(c->ir, &ir_release(c->ir, id)->version), INT32_MAX};
  }
  *count = releases.count;
  if (*count) qsort(list, *count, sizeof *list, oldest_first);
  for (size_t i = 0; i < facts->list.len; i++) {
    const Fact *fact = &facts->list.data[i];
    const Range *range = fact->rule.to == package ? constraints_range(c, fact->origin->range) : NULL;
    if (range) measure(range, list, *count);
  }
  return list;
}

static void note_list(const Facts *facts, Diag *diag, uint32_t package) {
  const Ir *ir = facts->constraints->ir;
  const Integration *row = ir_integration(ir, integration_of(package));
  Str texts[RELEASES_SHOWN + 1];
  size_t count, shown = 0;
  Shown *list = releases_of(facts, package, &count);
  if (!count) return;
  qsort(list, count, sizeof *list, nearest_first);
  size_t most = count < RELEASES_SHOWN ? count : RELEASES_SHOWN;
  qsort(list, most, sizeof *list, oldest_first);
  for (; shown < most; shown++)
    texts[shown] = shown_release(facts->constraints, facts->arena, list[shown].id);
  if (count > most) texts[shown++] = str_printf(facts->arena, "%zu more", count - most);
  diag_note(diag, row->span, "'%.*s' has %.*s", STR_ARG(ir_str(ir, row->name)),
            STR_ARG(phrase_list(facts->arena, texts, shown, "and")));
}

/* What would do */

static bool in_all_ranges(const Facts *facts, uint32_t package, ReleaseId release) {
  Constraints *c = (Constraints *)facts->constraints;
  for (size_t i = 0; i < facts->list.len; i++) {
    const Fact *fact = &facts->list.data[i];
    const Origin *origin = fact->origin;
    if (fact->rule.to != package || !fact->rule.allowed) continue;
    bool against = origin->kind == ORIGIN_REQUIREMENT &&
                   ir_requirement(c->ir, origin->requirement)->kind == IR_CONFLICTS;
    bool by_choice = origin->kind == ORIGIN_ENVIRONMENT || origin->kind == ORIGIN_RESULT;
    if (by_choice || against == candidates_in_range(c->ir, constraints_range(c, origin->range), release))
      return false;
  }
  return true;
}

static void tell_retired(const Ir *ir, Diag *diag, const Release *release) {
  Str label = ir_str(ir, release->label.sym), guide = ir_str(ir, release->guide.sym);
  replacement_note_end(diag, release);
  if (release->status == IR_RETIRED && guide.len)
    diag_help(diag, "the way from '%.*s' is described in %.*s", STR_ARG(label), STR_ARG(guide));
}

static size_t note_hidden(const Facts *facts, Diag *diag, uint32_t package) {
  const Constraints *c = facts->constraints;
  IrRange range = ir_integration(c->ir, integration_of(package))->releases;
  size_t told = 0;
  for (uint32_t i = 0; i < range.count && told < HIDDEN_SHOWN; i++) {
    ReleaseId id = {range.first + i};
    Str why = conflict_why_hidden(c, facts->arena, id);
    if (!why.len || !in_all_ranges(facts, package, id)) continue;
    const Release *release = ir_release(c->ir, id);
    diag_note(diag, release->span, "%.*s would do, but it %.*s",
              STR_ARG(phrase_named_release(c->ir, facts->arena, id)), STR_ARG(why));
    tell_retired(c->ir, diag, release);
    told++;
  }
  return told;
}

// Which releases an environment leaves.
static void note_forced(const Facts *facts, Diag *diag, uint32_t package) {
  const Constraints *c = facts->constraints;
  const Setting *forced = c->forced[package];
  for (uint32_t i = 0, told = 0; forced && i < c->candidates[package].count && told < HIDDEN_SHOWN; i++) {
    ReleaseId id = c->candidates[package].releases[i];
    const Release *release = ir_release(c->ir, id);
    if (!candidates_is_forced(c->ir, forced, release)) continue;
    told++;
    Str name = phrase_named_release(c->ir, facts->arena, id);
    if (forced->kind == IR_CHOOSE_PROVIDER)
      diag_note(diag, release->span, "%.*s is of provider '%.*s'", STR_ARG(name),
                STR_ARG(ir_str(c->ir, forced->provider)));
    else
      diag_note(diag, release->span, "%.*s stands behind '%.*s'", STR_ARG(name),
                STR_ARG(ir_str(c->ir, forced->name)));
  }
}

void conflict_note_releases(const Facts *facts, Diag *diag, uint32_t package) {
  note_list(facts, diag, package);
  note_forced(facts, diag, package);
  note_hidden(facts, diag, package);
}
