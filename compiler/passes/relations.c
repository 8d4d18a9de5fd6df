/* What resolved names say about each other: orphans, dependencies that pages do not declare, and
 * integrations that exclude each other. */
#include "passes/resolve.h"

/* Orphans */

static void mark_reached(const Ir *ir, bool *reached) {
  for (size_t i = 0; i < ir->uses.len; i++) reached[ir->uses.data[i].integration.n] = true;
  for (size_t i = 0; i < ir->use_depends.len; i++) reached[ir->use_depends.data[i].integration.n] = true;
  for (size_t i = 0; i < ir->requirements.len; i++) {
    const Requirement *requirement = &ir->requirements.data[i];
    bool counts = requirement->kind != IR_CONFLICTS && requirement->resolved.n != requirement->integration.n;
    if (counts) reached[requirement->resolved.n] = true;
  }
}

// A page or manifest that could not be read, and a use without a proper name, may mean any integration.
static bool all_is_known(const DiagBag *diags) {
  for (size_t i = 0; i < diags->list.len; i++) {
    DiagCode code = diags->list.data[i]->code;
    if (code == FX1101 || code == FX1102 || code == FX2005 || code == FX8001 || code == FX8006) return false;
  }
  return true;
}

void resolve_check_orphans(Ir *ir, const bool *proposed, DiagBag *diags) {
  if (!ir->pages.len || !all_is_known(diags)) return;
  bool *reached = arena_array(ir->arena, bool, ir->integrations.len + 1);
  mark_reached(ir, reached);
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    const Integration *integration = ir_integration(ir, (IntegrationId){n});
    if (reached[n] || proposed[n] || integration->shadowed || integration->place != IR_PLACE_PROJECT)
      continue;
    Str name = ir_str(ir, integration->name);
    Diag *d = diag_add(diags, FX2012, integration->span,
                       "no page and no manifest uses the integration '%.*s'", STR_ARG(name));
    diag_label(d, integration->span, "declared here");
    diag_help(d, "use it on a page, or take the manifest out of the project");
  }
}

/* Dependencies that pages do not declare */

typedef struct Pair {
  uint32_t a, b;
} Pair;

// Each pair of integrations is reported once, at its first page.
static bool first_time(Ir *ir, StrMap *seen, Pair pair) {
  Pair *key = arena_new(ir->arena, Pair);
  *key = pair;
  bool added;
  strmap_put(ir->arena, seen, (Str){(const char *)key, sizeof *key}, &added);
  return added;
}

// `on_page`: by IntegrationId.n the last page that uses it.
static bool page_uses(const Ir *ir, const Use *use, IntegrationId target, const uint32_t *on_page) {
  for (uint32_t i = 0; i < use->depends.count; i++)
    if (ir_use_depends_at(ir, use->depends, i)->integration.n == target.n) return true;
  return on_page[target.n] == use->page.n;
}

static void check_use_declares(Ir *ir, const Use *use, const uint32_t *on_page, StrMap *seen,
                               DiagBag *diags) {
  IrRange range = ir_integration(ir, use->integration)->requirements;
  for (uint32_t i = 0; i < range.count; i++) {
    const Requirement *requirement = ir_requirement_at(ir, range, i);
    if (requirement->kind != IR_REQUIRES || !requirement->resolved.n) continue;
    if (page_uses(ir, use, requirement->resolved, on_page)) continue;
    if (!first_time(ir, seen, (Pair){use->integration.n, requirement->resolved.n})) continue;
    Str name = ir_str(ir, use->name), target = ir_str(ir, requirement->target);
    Diag *d =
        diag_add(diags, FX3003, use->name_span, "'%.*s' requires '%.*s', which this page does not declare",
                 STR_ARG(name), STR_ARG(target));
    diag_label(d, use->name_span, "used here");
    diag_note(d, requirement->span, "required here");
    diag_help(d, "add data-depends-on=\"%.*s\" to the element", STR_ARG(target));
  }
}

void resolve_check_declared(Ir *ir, DiagBag *diags) {
  StrMap seen = {0};
  uint32_t *on_page = arena_array(ir->arena, uint32_t, ir->integrations.len + 1);
  for (size_t p = 0; p < ir->pages.len; p++) {
    IrRange uses = ir->pages.data[p].uses;
    for (uint32_t i = 0; i < uses.count; i++) {
      const Use *use = ir_use_at(ir, uses, i);
      on_page[use->integration.n] = use->page.n;
    }
    for (uint32_t i = 0; i < uses.count; i++) {
      const Use *use = ir_use_at(ir, uses, i);
      if (use->integration.n) check_use_declares(ir, use, on_page, &seen, diags);
    }
  }
}

/* Conflicts */

bool resolve_conflict_is_total(const Ir *ir, const Requirement *requirement) {
  Str range = str_trim(ir_str(ir, requirement->range.sym));
  return requirement->kind == IR_CONFLICTS && !requirement->release.n &&
         (range.len == 0 || str_eq(range, STR("*")));
}
