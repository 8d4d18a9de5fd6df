/* What is missing: one row a name, in the order of first use, requirements behind uses. */
#include "passes/passes.h"

static Missing *missing_row(Ir *ir, StrMap *known, Sym name) {
  bool added;
  uint32_t *n = strmap_put(ir->arena, known, ir_str(ir, name), &added);
  if (added) *n = ir_add_missing(ir, (Missing){.name = name}).n;
  return ir_missing(ir, (MissingId){*n});
}

void pass_stubs(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  (void)diags;
  StrMap known = {0};
  for (uint32_t n = 1; n <= ir->uses.len; n++) {
    const Use *use = ir_use(ir, (UseId){n});
    if (use->integration.n) continue;
    Missing *row = missing_row(ir, &known, use->name);
    if (!row->first_use.n) row->first_use.n = n;
    row->required |= use->required;
  }
  for (uint32_t n = 1; n <= ir->requirements.len; n++) {
    const Requirement *requirement = ir_requirement(ir, (RequirementId){n});
    const Integration *from = ir_integration(ir, requirement->integration);
    bool concerns = !from->shadowed && from->place == IR_PLACE_PROJECT;
    if (requirement->kind != IR_REQUIRES || requirement->resolved.n || !concerns) continue;
    Missing *row = missing_row(ir, &known, requirement->target);
    if (!row->requirement.n) row->requirement.n = n;
    row->required = true;
  }
}
