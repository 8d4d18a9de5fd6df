/* Operations and who performs them. In: operations, releases. Out: FX2016 for an operation that nothing
 * performs; bindings are checked one by one (bindings.h). */
#include "base/suggest.h"
#include "passes/bindings.h"
#include "passes/near.h"
#include "passes/types.h"

static void check_bindings(const RefScope *scope, Ir *ir, IrRange bindings, DiagBag *diags) {
  for (uint32_t i = 0; i < bindings.count; i++)
    binding_check(scope, ir, ir_binding_at(ir, bindings, i), diags);
}

// A configuration value may be one of the environment's; nothing else has a value before a call.
static void check_reference(const RefScope *scope, const Value *value, DiagBag *diags) {
  Str text = ir_str(scope->ir, value->text);
  Reference ref;
  if (!str_starts(text, STR("env."))) {
    Diag *d = diag_add(diags, FX2007, value->span, "a configuration value can not be '%.*s'", STR_ARG(text));
    diag_help(d, "it is written out, or taken from the environment: env.NAME");
    return;
  }
  reference_resolve(scope, text, value->span, &ref, diags);
}

static void check_config(const RefScope *scope, ValueId id, DiagBag *diags) {
  if (!id.n) return;
  const Value *value = ir_value(scope->ir, id);
  if (value->kind == IR_VALUE_REFERENCE) check_reference(scope, value, diags);
  bool nests = value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD;
  for (uint32_t i = 0; nests && i < value->items.count; i++)
    check_config(scope, (ValueId){value->items.first + i}, diags);
}

static void check_configs(const RefScope *scope, IrRange configs, DiagBag *diags) {
  for (uint32_t i = 0; i < configs.count; i++)
    check_config(scope, ir_config_at(scope->ir, configs, i)->value, diags);
}

static bool binds(const Ir *ir, IrRange bindings, Sym name) {
  for (uint32_t i = 0; i < bindings.count; i++)
    if (ir_binding_at(ir, bindings, i)->operation == name) return true;
  return false;
}

// A hand-written module performs every operation.
static bool performed(const Ir *ir, const Integration *integration, Sym name) {
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    const Overlay *over = release->production.n ? ir_overlay(ir, release->production) : NULL;
    if (release->module.sym || binds(ir, release->bindings, name)) return true;
    if (over && (over->module.sym || binds(ir, over->bindings, name))) return true;
  }
  return integration->releases.count == 0;  // no release at all is another fault
}

static void check_performed(Ir *ir, const Integration *integration, DiagBag *diags) {
  for (uint32_t i = 0; i < integration->operations.count; i++) {
    const Operation *operation = ir_operation_at(ir, integration->operations, i);
    if (performed(ir, integration, operation->name)) continue;
    Str name = ir_str(ir, operation->name);
    Diag *d =
        diag_add(diags, FX2016, operation->span, "no release performs the operation '%.*s'", STR_ARG(name));
    diag_label(d, operation->span, "declared here");
    diag_help(d, "add an http binding '%.*s' to a release, or a module", STR_ARG(name));
  }
}

static bool offers(const Ir *ir, const Integration *integration, Sym name, Suggestion *near) {
  for (uint32_t i = 0; i < integration->operations.count; i++) {
    Sym other = ir_operation_at(ir, integration->operations, i)->name;
    if (other == name) return true;
    suggest_offer(near, ir_str(ir, other));
  }
  return false;
}

// What may be repeated is an operation; other passes take the name as it is.
static void check_repeatable(const Ir *ir, const Integration *integration, DiagBag *diags) {
  for (uint32_t i = 0; i < integration->repeatable.count; i++) {
    const Name *name = ir_name_at(ir, integration->repeatable, i);
    Str text = ir_str(ir, name->text), owner = ir_str(ir, integration->name);
    Suggestion near = suggest_start(text);
    if (offers(ir, integration, name->text, &near)) continue;
    Diag *d =
        diag_add(diags, FX2006, name->span, "'%.*s' has no operation '%.*s'", STR_ARG(owner), STR_ARG(text));
    diag_label(d, name->span, "not declared");
    if (near.best.data && name->span.end - name->span.start == text.len)
      near_propose(d, name->span, near.best);
    else
      diag_help(d, "name an operation that this manifest declares");
  }
}

void types_check_operations(Ir *ir, IntegrationId id, DiagBag *diags) {
  const Integration *integration = ir_integration(ir, id);
  check_performed(ir, integration, diags);
  check_repeatable(ir, integration, diags);
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    const Overlay *over = release->production.n ? ir_overlay(ir, release->production) : NULL;
    RefScope scope = {.ir = ir, .integration = integration, .release = release, .production = over};
    check_configs(&scope, release->configs, diags);
    check_bindings(&scope, ir, release->bindings, diags);
    if (!over) continue;
    check_configs(&scope, over->configs, diags);
    check_bindings(&scope, ir, over->bindings, diags);
  }
}
