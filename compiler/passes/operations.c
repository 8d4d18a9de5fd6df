/* Operations and how releases perform them. In: operations, bindings, config, env. Out: binding → operation;
 * FX2016 for an operation that nothing performs, FX2006 for names in bindings that are not declared. */
#include "base/suggest.h"
#include "passes/near.h"
#include "passes/types.h"

// What the references of one binding may name.
typedef struct Scope {
  Ir *ir;
  DiagBag *diags;
  const Integration *integration;
  const Release *release;
  const Overlay *production;   // or NULL
  const Operation *operation;  // or NULL when the binding names none
} Scope;

static OperationId find_operation(const Ir *ir, const Integration *integration, Sym name) {
  IrRange range = integration->operations;
  for (uint32_t i = 0; i < range.count; i++)
    if (ir_operation_at(ir, range, i)->name == name) return (OperationId){range.first + i};
  return (OperationId){0};
}

static bool offer_fields(const Ir *ir, IrRange fields, Str name, Suggestion *search) {
  for (uint32_t i = 0; i < fields.count; i++) {
    Str field = ir_str(ir, ir_field_at(ir, fields, i)->name);
    if (str_eq(field, name)) return true;
    if (search) suggest_offer(search, field);
  }
  return false;
}

static bool offer_configs(const Ir *ir, IrRange configs, Str name, Suggestion *search) {
  for (uint32_t i = 0; i < configs.count; i++) {
    Str key = ir_str(ir, ir_config_at(ir, configs, i)->key);
    if (str_eq(key, name)) return true;
    suggest_offer(search, key);
  }
  return false;
}

static bool offer_envs(const Ir *ir, IrRange envs, Str name, Suggestion *search) {
  for (uint32_t i = 0; i < envs.count; i++) {
    Str key = ir_str(ir, ir_env_at(ir, envs, i)->name);
    if (str_eq(key, name)) return true;
    suggest_offer(search, key);
  }
  return false;
}

// "config.regionCode.x" names regionCode.
static Str first_part(Str path) {
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == '.' || path.data[i] == '[') return str_take(path, i);
  return path;
}

static void report_reference(Scope *scope, const Value *value, const char *what, Str name, const char *prefix,
                             Str best) {
  Str label = ir_str(scope->ir, scope->release->label.sym);
  Diag *d = diag_add(scope->diags, FX2006, value->span, "release '%.*s' has no %s '%.*s'", STR_ARG(label),
                     what, STR_ARG(name));
  diag_label(d, value->span, "not declared");
  if (best.len) diag_help(d, "did you mean '%s%.*s'?", prefix, STR_ARG(best));
}

static void check_reference(Scope *scope, const Value *value) {
  const Ir *ir = scope->ir;
  const Release *release = scope->release;
  const Overlay *over = scope->production;
  Str text = ir_str(ir, value->text), name;
  if (str_starts(text, STR("env."))) {
    name = first_part(str_skip(text, 4));
    Suggestion search = suggest_start(name);
    bool known =
        offer_envs(ir, release->envs, name, &search) || (over && offer_envs(ir, over->envs, name, &search));
    if (!known) report_reference(scope, value, "environment variable", name, "env.", search.best);
  } else if (str_starts(text, STR("config."))) {
    name = first_part(str_skip(text, 7));
    Suggestion search = suggest_start(name);
    bool known = offer_configs(ir, release->configs, name, &search) ||
                 (over && offer_configs(ir, over->configs, name, &search));
    if (!known) report_reference(scope, value, "config value", name, "config.", search.best);
  } else if (scope->operation) {
    name = first_part(text);
    Suggestion search = suggest_start(name);
    if (offer_fields(ir, scope->operation->params, name, &search)) return;
    Str operation = ir_str(ir, scope->operation->name);
    Diag *d = diag_add(scope->diags, FX2006, value->span, "operation '%.*s' has no parameter '%.*s'",
                       STR_ARG(operation), STR_ARG(name));
    diag_label(d, value->span, "not declared");
    if (search.best.len) diag_help(d, "did you mean '%.*s'?", STR_ARG(search.best));
  }
}

// Values nest as deep as the reader allowed; the stack is on the arena.
static void check_references(Scope *scope, ValueId root) {
  VEC(ValueId) open = {0};
  if (root.n) vec_push(scope->ir->arena, &open, root);
  while (open.len) {
    const Value *value = ir_value(scope->ir, open.data[--open.len]);
    if (value->kind == IR_VALUE_REFERENCE) check_reference(scope, value);
    bool nests = value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD;
    for (uint32_t i = value->items.count; nests && i-- > 0;)
      vec_push(scope->ir->arena, &open, (ValueId){value->items.first + i});
  }
}

// The keys of `result` are fields of what the operation returns.
static void check_result(Scope *scope, ValueId result) {
  const Ir *ir = scope->ir;
  if (!result.n || !scope->operation || !scope->operation->returns.n) return;
  const Type *type = ir_type(ir, scope->operation->returns);
  while (type->kind == IR_TYPE_OPTIONAL) type = ir_type(ir, type->element);
  const Value *record = ir_value(ir, result);
  if (type->kind != IR_TYPE_NAMED || !type->decl.n || record->kind != IR_VALUE_RECORD) return;
  IrRange fields = ir_type_decl(ir, type->decl)->fields;
  for (uint32_t i = 0; i < record->items.count; i++) {
    const Value *item = ir_value_at(ir, record->items, i);
    Str key = ir_str(ir, item->key), record_name = ir_str(ir, type->name);
    Suggestion search = suggest_start(key);
    if (offer_fields(ir, fields, key, &search)) continue;
    Diag *d = diag_add(scope->diags, FX2006, item->key_span, "'%.*s' has no field '%.*s'",
                       STR_ARG(record_name), STR_ARG(key));
    diag_label(d, item->key_span, "unknown field");
    near_propose(d, item->key_span, search.best);
  }
}

static void check_binding(Scope *scope, Binding *binding) {
  Ir *ir = scope->ir;
  binding->resolved = find_operation(ir, scope->integration, binding->operation);
  scope->operation = binding->resolved.n ? ir_operation(ir, binding->resolved) : NULL;
  if (!scope->operation) {
    Str name = ir_str(ir, binding->operation), whole = ir_str(ir, scope->integration->name);
    Suggestion search = suggest_start(name);
    for (uint32_t i = 0; i < scope->integration->operations.count; i++)
      suggest_offer(&search, ir_str(ir, ir_operation_at(ir, scope->integration->operations, i)->name));
    Diag *d = diag_add(scope->diags, FX2006, binding->span, "'%.*s' has no operation '%.*s'", STR_ARG(whole),
                       STR_ARG(name));
    diag_label(d, binding->span, "performed here, declared nowhere");
    near_propose(d, binding->span, search.best);
  }
  ValueId roots[] = {binding->query, binding->headers, binding->body};
  for (size_t i = 0; i < 3; i++) check_references(scope, roots[i]);
  check_result(scope, binding->result);
}

static void check_bindings(Scope *scope, IrRange bindings) {
  for (uint32_t i = 0; i < bindings.count; i++) check_binding(scope, ir_binding_at(scope->ir, bindings, i));
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

void types_check_operations(Ir *ir, IntegrationId id, DiagBag *diags) {
  const Integration *integration = ir_integration(ir, id);
  check_performed(ir, integration, diags);
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    const Overlay *over = release->production.n ? ir_overlay(ir, release->production) : NULL;
    Scope scope = {
        .ir = ir, .diags = diags, .integration = integration, .release = release, .production = over};
    check_bindings(&scope, release->bindings);
    if (over) check_bindings(&scope, over->bindings);
  }
}
