#include "passes/repeatable.h"

static bool names_key(Str name) {
  static const char *const known[] = {"paypalrequestid", "clientrequesttoken", "clienttoken"};
  char plain[64];
  size_t n = 0;
  for (size_t i = 0; i < name.len && n < sizeof plain; i++)
    if (name.data[i] != '-' && name.data[i] != '_') plain[n++] = str_lower_char(name.data[i]);
  Str text = {plain, n};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (str_eq(text, str_from(known[i]))) return true;
  return str_find(text, STR("idempoten")) >= 0;  // Idempotency-Key, idempotence_key, …
}

// Values nest as deep as their file does, at most 128 levels.
static bool has_key(const Ir *ir, ValueId id) {
  if (!id.n) return false;
  const Value *value = ir_value(ir, id);
  bool nests = value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD;
  for (uint32_t i = 0; nests && i < value->items.count; i++) {
    if (names_key(ir_str(ir, ir_value_at(ir, value->items, i)->key))) return true;
    if (has_key(ir, (ValueId){value->items.first + i})) return true;
  }
  return false;
}

bool operation_may_repeat(const Ir *ir, const Integration *integration, Sym operation) {
  IrRange names = integration->repeatable;
  for (uint32_t i = 0; i < names.count; i++)
    if (ir_name_at(ir, names, i)->text == operation) return true;
  return false;
}

bool binding_may_repeat(const Ir *ir, const Integration *integration, const Binding *binding) {
  if (binding->method != IR_POST && binding->method != IR_PATCH) return true;
  return operation_may_repeat(ir, integration, binding->operation) || has_key(ir, binding->headers) ||
         has_key(ir, binding->query) || has_key(ir, binding->body);
}
