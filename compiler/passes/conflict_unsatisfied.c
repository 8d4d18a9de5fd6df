/* FX4002: one fact leaves no release. In: that fact, and those that make it count. Out: a short diagnostic
 * with the releases that are near, and why one in the range may not be chosen. */
#include "passes/conflict.h"
#include "passes/cure.h"
#include "passes/phrase.h"

enum { HIDDEN_SHOWN = 4 };

static bool some_release_in(const Facts *facts, const Fact *fact) {
  Constraints *c = (Constraints *)facts->constraints;
  const Origin *origin = fact->origin;
  const Range *range = constraints_range(c, origin->range);
  IrRange releases = ir_integration(c->ir, origin->target)->releases;
  for (uint32_t i = 0; i < releases.count && origin->range; i++)
    if (candidates_in_range(c->ir, range, (ReleaseId){releases.first + i})) return true;
  return false;
}

Diag *conflict_report_unsatisfied(const Facts *facts, const Fact *fact, DiagBag *diags) {
  const Ir *ir = facts->constraints->ir;
  const Origin *origin = fact->origin;
  Str name = ir_integration_name(ir, origin->target), shown = ir_str(ir, origin->range);
  bool forced = origin->kind == ORIGIN_ENVIRONMENT;
  if (forced) shown = ir_str(ir, origin->setting->environment);
  Diag *diag =
      diag_add(diags, FX4002, origin->span,
               forced ? "no release of '%.*s' that the environment '%.*s' asks for may be chosen"
               : some_release_in(facts, fact) ? "no release of '%.*s' that satisfies '%.*s' may be chosen"
                                              : "no release of '%.*s' satisfies '%.*s'",
               STR_ARG(name), STR_ARG(shown));
  conflict_label(facts, diag);
  conflict_note_releases(facts, diag, package_of(origin->target));
  return diag;
}

const char *conflict_general_help(const Fact *unsatisfied) {
  if (!unsatisfied) return "change one of these facts, or add a release that satisfies them all";
  return unsatisfied->origin->kind == ORIGIN_ENVIRONMENT
             ? "change the environment, or add a release that it may choose"
             : "widen the range, or add a release that it holds";
}

/* Integrations without any candidate */

static void note_all_hidden(const Constraints *c, Diag *diag, IntegrationId id) {
  IrRange range = ir_integration(c->ir, id)->releases;
  for (uint32_t i = 0; i < range.count && i < HIDDEN_SHOWN; i++) {
    ReleaseId release = {range.first + i};
    Str why = conflict_why_hidden(c, c->arena, release);
    Str text = phrase_named_release(c->ir, c->arena, release);
    diag_note(diag, ir_release(c->ir, release)->span, "%.*s %.*s", STR_ARG(text), STR_ARG(why));
  }
  if (range.count > HIDDEN_SHOWN) diag_note(diag, SPAN_NONE, "and %u more", range.count - HIDDEN_SHOWN);
}

void conflict_report_undecidable(Conflicts *conflicts, const PassSettings *settings, DiagBag *diags) {
  const Constraints *c = conflicts->constraints;
  const Ir *ir = c->ir;
  bool *told = arena_array(c->arena, bool, ir->integrations.len + 1);
  for (size_t u = 0; u < ir->uses.len; u++) {
    const Use *use = &ir->uses.data[u];
    IntegrationId id = use->integration;
    if (!id.n || told[id.n] || c->candidates[package_of(id)].count) continue;
    told[id.n] = true;
    if (!ir_integration(ir, id)->releases.count) continue;  // a stub without releases was reported as such
    Str name = ir_str(ir, use->name);
    Diag *d = diag_add(diags, FX4002, use->name_span, "no release of '%.*s' may be chosen", STR_ARG(name));
    diag_label(d, use->name_span, use->page.n ? "this page asks for '%.*s'" : "'%.*s' is required here",
               STR_ARG(name));
    note_all_hidden(c, d, id);
    cures_add_pins(conflicts, id, settings, d);
    if (!d->helps.len) diag_help(d, "add a release that may be chosen");
  }
}
