/* The driver of the passes. What surprises: it does not take a list of passes, it runs whatever has become
 * possible, so that the driver of a build only says which facts hold. */
#include "passes/passes.h"

const Pass *pass_table(void) {
  static const Pass table[] = {
#define PASS(name, requires, provides, what) {#name, requires, provides, what, pass_##name},
#include "passes/table.def"
#undef PASS
      {0},
  };
  return table;
}

static bool verified(const Ir *ir, const Pass *pass, DiagBag *diags) {
  Str what;
  if (ir_verify(ir, &what)) return true;
  diag_add(diags, FX9001, SPAN_NONE, "after the pass '%s': %.*s", pass->name, STR_ARG(what));
  return false;
}

bool passes_run(Ir *ir, const PassSettings *settings, DiagBag *diags, PassRunner *runner) {
  for (const Pass *pass = pass_table(); pass->name; pass++) {
    bool possible = (runner->facts & pass->requires) == pass->requires;
    bool done = (runner->facts & pass->provides) == pass->provides;
    if (done || !possible) continue;
    pass->run(ir, settings, diags);
    runner->facts |= pass->provides;
    if (runner->verify && !verified(ir, pass, diags)) return false;
    if (runner->observer) runner->observer(runner->context, pass, ir);
  }
  ir_index(ir);
  return true;
}
