/* Which bindings only a server may perform. In: a binding with everything that it sends. Out: whether any of
 * it comes from the environment, directly or through a configuration value. */
#include "ir/interpolation.h"
#include "passes/bindings.h"

bool binding_env_is_public(const Env *env) { return !env->secret && env->initial.n; }

RefScope binding_scope(const Ir *ir, const Release *release, const Binding *binding) {
  return (RefScope){
      .ir = ir,
      .integration = ir_integration(ir, release->integration),
      .release = release,
      .production = release->production.n ? ir_overlay(ir, release->production) : NULL,
      .operation = binding->resolved.n ? ir_operation(ir, binding->resolved) : NULL,
  };
}

static bool config_is_secret(const RefScope *scope, ValueId root);

static ValueId config_member(const Ir *ir, const Reference *ref) {
  ValueId id = ir_config(ir, (ConfigId){ref->row})->value;
  Str rest = ref->path, name;
  while (id.n && rest.len && str_split(&rest, '.', &name)) {
    const Value *record = ir_value(ir, id);
    id = (ValueId){0};
    for (uint32_t i = 0; record->kind == IR_VALUE_RECORD && i < record->items.count; i++)
      if (str_eq(ir_str(ir, ir_value_at(ir, record->items, i)->key), name)) id.n = record->items.first + i;
  }
  return id;
}

static bool names_secret(const RefScope *scope, Str text) {
  Reference ref;
  if (!reference_resolve(scope, text, SPAN_NONE, &ref, NULL)) return false;
  if (ref.kind == REF_ENV) return !binding_env_is_public(ir_env(scope->ir, (EnvId){ref.row}));
  return ref.kind == REF_CONFIG && config_is_secret(scope, config_member(scope->ir, &ref));
}

// A configuration value may name the environment, nothing else; texts in it have no holes.
static bool config_is_secret(const RefScope *scope, ValueId root) {
  if (!root.n) return false;
  const Value *value = ir_value(scope->ir, root);
  Str text = ir_str(scope->ir, value->text);
  if (value->kind == IR_VALUE_REFERENCE) return str_starts(text, STR("env.")) && names_secret(scope, text);
  bool nests = value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD, secret = false;
  for (uint32_t i = 0; nests && i < value->items.count && !secret; i++)
    secret = config_is_secret(scope, (ValueId){value->items.first + i});
  return secret;
}

static bool text_is_secret(const RefScope *scope, Str text) {
  Arena arena = {0};
  Interpolation parts = interpolation_read(&arena, text);
  bool secret = false;
  for (size_t i = 0; i < parts.len; i++)
    secret |= parts.data[i].hole && names_secret(scope, parts.data[i].text);
  arena_free(&arena);
  return secret;
}

static bool is_secret(const RefScope *scope, ValueId root) {
  if (!root.n) return false;
  const Value *value = ir_value(scope->ir, root);
  Str text = ir_str(scope->ir, value->text);
  if (value->kind == IR_VALUE_REFERENCE) return names_secret(scope, text);
  if (value->kind == IR_VALUE_STRING) return text_is_secret(scope, text);
  bool secret = false;
  bool nests = value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD;
  for (uint32_t i = 0; nests && i < value->items.count && !secret; i++)
    secret = is_secret(scope, (ValueId){value->items.first + i});
  return secret;
}

bool binding_is_secret(const Ir *ir, const Release *release, const Binding *binding) {
  RefScope scope = binding_scope(ir, release, binding);
  ValueId roots[] = {binding->query, binding->headers, binding->body, binding->basic, binding->bearer};
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
    if (is_secret(&scope, roots[i])) return true;
  return text_is_secret(&scope, ir_str(ir, binding->url.sym));
}

bool binding_config_is_secret(const Ir *ir, const Release *release, ValueId value) {
  RefScope scope = binding_scope(ir, release, &(Binding){0});
  return config_is_secret(&scope, value);
}

bool binding_config_refers(const Ir *ir, ValueId id) {
  if (!id.n) return false;
  const Value *value = ir_value(ir, id);
  bool nests = value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD, found = false;
  for (uint32_t i = 0; nests && i < value->items.count && !found; i++)
    found = binding_config_refers(ir, (ValueId){value->items.first + i});
  return found || value->kind == IR_VALUE_REFERENCE;
}
