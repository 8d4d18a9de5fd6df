/* In: `each` and `result` of a binding, the type that the operation returns. Out: whether the answer can be
 * read by them. */
#include "passes/binding_result.h"

#include "base/suggest.h"
#include "ir/pointer.h"
#include "passes/near.h"
#include "passes/types.h"

typedef struct Reading {
  const Ir *ir;
  const Binding *binding;
  DiagBag *diags;
} Reading;

static TypeId without_optional(const Ir *ir, TypeId type) {
  while (type.n && ir_type(ir, type)->kind == IR_TYPE_OPTIONAL) type = ir_type(ir, type)->element;
  return type;
}

static void check_pointer(Reading *r, Str text, Span span) {
  PointerFault fault;
  if (pointer_check(text, &fault)) return;
  Span part = reference_part(span, text, fault.at, fault.length);
  Diag *d = diag_add(r->diags, FX2007, part, "'%.*s' is no JSON Pointer: %s", STR_ARG(text), fault.what);
  diag_help(d, "write it like /results/0/name (RFC 6901)");
  if (fault.at == 0 && text.data[0] != '~') {
    Str right = str_printf(r->diags->arena, "/%.*s", STR_ARG(text));
    if (part.end - part.start == text.len && str_find_char(text, ' ') < 0)
      diag_fix(d, DIAG_MAYBE, part, right, "replace with '%.*s'", STR_ARG(right));
  }
}

static void check_value(Reading *r, const Value *value, TypeId type);

static bool has_key(const Ir *ir, const Value *record, Sym key) {
  for (uint32_t i = 0; i < record->items.count; i++)
    if (ir_value_at(ir, record->items, i)->key == key) return true;
  return false;
}

static const Field *find_field(Reading *r, const Value *record, IrRange fields, const Value *item, Str name) {
  Str key = ir_str(r->ir, item->key);
  Suggestion near = suggest_start(key);
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(r->ir, fields, i);
    if (field->name == item->key) return field;
    if (!has_key(r->ir, record, field->name)) suggest_offer(&near, ir_str(r->ir, field->name));
  }
  Diag *d =
      diag_add(r->diags, FX2006, item->key_span, "'%.*s' has no field '%.*s'", STR_ARG(name), STR_ARG(key));
  diag_label(d, item->key_span, "unknown field");
  near_propose(d, item->key_span, near.best);
  return NULL;
}

static void check_fields(Reading *r, const Value *record, const Type *type) {
  const Ir *ir = r->ir;
  if (!type->decl.n) return;  // an unknown type was reported
  IrRange fields = ir_type_decl(ir, type->decl)->fields;
  Str name = ir_str(ir, type->name);
  size_t before = r->diags->list.len;
  for (uint32_t i = 0; i < record->items.count; i++) {
    const Value *item = ir_value_at(ir, record->items, i);
    const Field *field = find_field(r, record, fields, item, name);
    if (field) check_value(r, item, field->type);
  }
  if (r->diags->list.len > before) return;  // a misspelt field is not missing as well
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(ir, fields, i);
    bool required = field->type.n && ir_type(ir, field->type)->kind != IR_TYPE_OPTIONAL;
    if (!required || has_key(ir, record, field->name)) continue;
    Str missing = ir_str(ir, field->name);
    Span place = record->key ? record->key_span : r->binding->span;
    Diag *d = diag_add(r->diags, FX2008, place, "the result does not say where '%.*s' of '%.*s' is",
                       STR_ARG(missing), STR_ARG(name));
    diag_note(d, field->span, "the field is declared here");
    diag_help(d, "add '%.*s: /…' to the result, or a '?' to the field's type", STR_ARG(missing));
  }
}

static void check_value(Reading *r, const Value *value, TypeId wanted) {
  TypeId type = without_optional(r->ir, wanted);
  if (value->kind == IR_VALUE_STRING || value->kind == IR_VALUE_REFERENCE) {
    check_pointer(r, ir_str(r->ir, value->text), value->span);
    return;
  }
  if (!type.n) return;
  const Type *row = ir_type(r->ir, type);
  if (value->kind == IR_VALUE_RECORD && row->kind == IR_TYPE_NAMED) {
    check_fields(r, value, row);
    return;
  }
  Diag *d = diag_add(r->diags, FX2007, value->span, "expected a JSON Pointer");
  diag_help(d, "write it like /results/0/name (RFC 6901)");
}

static void check_each(Reading *r, TypeId *type) {
  const Binding *binding = r->binding;
  Str text = ir_str(r->ir, binding->each.sym);
  check_pointer(r, text, binding->each.span);
  if (!type->n || ir_type(r->ir, *type)->kind == IR_TYPE_JSON) return;
  if (ir_type(r->ir, *type)->kind == IR_TYPE_ARRAY) {
    *type = without_optional(r->ir, ir_type(r->ir, *type)->element);
    return;
  }
  Str found = types_text(r->diags->arena, r->ir, *type);
  Diag *d = diag_add(r->diags, FX2007, binding->each.span, "'each' is for an operation that returns a list");
  diag_note(d, ir_type(r->ir, *type)->span, "it returns '%.*s'", STR_ARG(found));
  diag_help(d, "return '%.*s[]', or leave 'each' out", STR_ARG(found));
  *type = (TypeId){0};
}

void binding_check_result(const RefScope *scope, const Binding *binding, DiagBag *diags) {
  Reading r = {scope->ir, binding, diags};
  TypeId type = without_optional(scope->ir, scope->operation->returns);
  if (!binding->result.n && !binding->each.sym) return;
  Span place = binding->each.sym ? binding->each.span : ir_value(scope->ir, binding->result)->span;
  if (!scope->operation->returns.n || binding->method == IR_HEAD) {
    bool head = binding->method == IR_HEAD;
    Diag *d =
        diag_add(diags, FX2007, place,
                 head ? "an answer to 'head' has no body to read" : "the operation '%.*s' returns nothing",
                 STR_ARG(ir_str(scope->ir, scope->operation->name)));
    diag_note(d, scope->operation->span, "the operation is declared here");
    return;
  }
  if (binding->each.sym) check_each(&r, &type);
  if (binding->result.n && type.n) check_value(&r, ir_value(scope->ir, binding->result), type);
}
