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

// The provider that a use names and that has releases.
static Str provider_of(const Facts *facts, const Origin *origin) {
  const Ir *ir = facts->constraints->ir;
  if (origin->kind != ORIGIN_USE) return STR("");
  Str provider = str_trim(ir_str(ir, ir_use(ir, origin->use)->provider.sym));
  return provider.len && ir_provider_release(ir, origin->target, provider).n ? provider : STR("");
}

static Str message_of(const Facts *facts, const Fact *fact) {
  const Ir *ir = facts->constraints->ir;
  const Origin *origin = fact->origin;
  Arena *arena = facts->arena;
  Str name = ir_integration_name(ir, origin->target), range = ir_str(ir, origin->range);
  Str provider = provider_of(facts, origin);
  if (origin->kind == ORIGIN_ENVIRONMENT)
    return str_printf(arena, "no release of '%.*s' that the environment '%.*s' asks for may be chosen",
                      STR_ARG(name), STR_ARG(ir_str(ir, origin->setting->environment)));
  if (!origin->range) return str_printf(arena, "no release of '%.*s' may be chosen", STR_ARG(name));
  if (provider.len)
    return str_printf(arena, "the newest release of '%.*s' by the provider '%.*s' does not satisfy '%.*s'",
                      STR_ARG(name), STR_ARG(provider), STR_ARG(range));
  return str_printf(arena,
                    some_release_in(facts, fact) ? "no release of '%.*s' that satisfies '%.*s' may be chosen"
                                                 : "no release of '%.*s' satisfies '%.*s'",
                    STR_ARG(name), STR_ARG(range));
}

Diag *conflict_report_unsatisfied(const Facts *facts, const Fact *fact, DiagBag *diags) {
  const Origin *origin = fact->origin;
  uint32_t package = package_of(origin->target);
  Diag *diag = diag_add(diags, FX4002, origin->span, "%.*s", STR_ARG(message_of(facts, fact)));
  conflict_label(facts, diag);
  if (facts->constraints->candidates[package].count)
    conflict_note_releases(facts, diag, package);
  else
    note_all_hidden(facts->constraints, diag, origin->target);
  return diag;
}

const char *conflict_general_help(const Fact *unsatisfied) {
  if (!unsatisfied) return "change one of these facts, or add a release that satisfies them all";
  if (unsatisfied->origin->kind == ORIGIN_ENVIRONMENT)
    return "change the environment, or add a release that it may choose";
  return unsatisfied->origin->range ? "widen the range, or add a release that it holds"
                                    : "add a release that may be chosen";
}
