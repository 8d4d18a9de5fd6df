/* In: a value, the type of its place, what references in it may name. Out: whether it fits. Values nest as
 * deep as their readers allow (128), and so does this. */
#include "passes/argument.h"

#include "base/suggest.h"
#include "ir/interpolation.h"
#include "passes/near.h"
#include "passes/types.h"

typedef struct Check {
  const RefScope *scope;
  const Ir *ir;
  Str name;
  DiagBag *diags;
} Check;

static bool check(Check *c, ValueId value, TypeId wanted);

static bool is_optional(const Ir *ir, TypeId type) {
  return type.n && ir_type(ir, type)->kind == IR_TYPE_OPTIONAL;
}

static bool check_hole(Check *c, const Value *value, const InterpolationPart *part) {
  Str text = ir_str(c->ir, value->text);
  Reference ref;
  Span span = reference_part(value->span, text, part->at, part->text.len);
  if (!reference_resolve(c->scope, part->text, span, &ref, c->diags)) return false;
  if (reference_is_scalar(ref.type)) return true;
  Str type = reference_type_text(c->diags->arena, c->ir, ref.type);
  Diag *d = diag_add(c->diags, FX2007, span, "'%.*s' can not be part of a text: it is %.*s",
                     STR_ARG(part->text), STR_ARG(type));
  diag_label(d, span, "expected a text, a number or a boolean");
  return false;
}

bool argument_check_holes(const RefScope *scope, const Value *value, DiagBag *diags) {
  Check c = {.scope = scope, .ir = scope->ir, .diags = diags};
  Interpolation parts = interpolation_read(diags->arena, ir_str(scope->ir, value->text));
  bool fine = true;
  for (size_t i = 0; i < parts.len; i++)
    if (parts.data[i].hole) fine &= check_hole(&c, value, &parts.data[i]);
  return fine;
}

static bool misfit(Check *c, Span span, Str found, TypeId wanted) {
  Str type = types_text(c->diags->arena, c->ir, wanted),
      expected = types_expected(c->diags->arena, c->ir, wanted);
  Diag *d = diag_add(c->diags, FX2007, span, "%.*s, and '%.*s' takes '%.*s'", STR_ARG(found),
                     STR_ARG(c->name), STR_ARG(type));
  diag_label(d, span, "expected %.*s", STR_ARG(expected));
  diag_note(d, ir_type(c->ir, wanted)->span, "the type is declared here");
  return false;
}

static bool check_reference(Check *c, const Value *value, TypeId wanted) {
  Str text = ir_str(c->ir, value->text);
  Reference ref;
  if (!reference_resolve(c->scope, text, value->span, &ref, c->diags)) return false;
  if (!wanted.n) return true;
  if (!reference_fits(c->ir, ref.type, wanted)) {
    Str type = reference_type_text(c->diags->arena, c->ir, ref.type);
    return misfit(c, value->span, str_printf(c->diags->arena, "'%.*s' is %.*s", STR_ARG(text), STR_ARG(type)),
                  wanted);
  }
  if (!ref.type.optional || is_optional(c->ir, wanted)) return true;
  Diag *d = diag_add(c->diags, FX2007, value->span, "'%.*s' may be missing, and '%.*s' needs a value",
                     STR_ARG(text), STR_ARG(c->name));
  diag_label(d, value->span, "optional");
  diag_note(d, ir_type(c->ir, wanted)->span, "the type is declared here");
  diag_help(d, "declare one of them otherwise: with a '?' behind the type, or without");
  return false;
}

static ValueId member_of(const Ir *ir, const Value *record, Sym key) {
  for (uint32_t i = 0; i < record->items.count; i++)
    if (ir_value_at(ir, record->items, i)->key == key) return (ValueId){record->items.first + i};
  return (ValueId){0};
}

static bool known_members(Check *c, const Value *record, IrRange fields) {
  bool fine = true;
  for (uint32_t i = 0; i < record->items.count; i++) {
    const Value *item = ir_value_at(c->ir, record->items, i);
    Str key = ir_str(c->ir, item->key);
    Suggestion near = suggest_start(key);
    bool known = false;
    for (uint32_t k = 0; k < fields.count && !known; k++) {
      Sym name = ir_field_at(c->ir, fields, k)->name;
      known = name == item->key;
      if (!member_of(c->ir, record, name).n) suggest_offer(&near, ir_str(c->ir, name));
    }
    if (known) continue;
    Diag *d =
        diag_add(c->diags, FX2006, item->key_span, "'%.*s' takes no '%.*s'", STR_ARG(c->name), STR_ARG(key));
    near_propose(d, item->key_span, near.best);
    fine = false;
  }
  return fine;
}

static bool check_record(Check *c, const Value *record, TypeId wanted) {
  TypeDeclId decl = ir_type(c->ir, wanted)->decl;
  if (!decl.n) return true;  // an unknown type was reported
  IrRange fields = ir_type_decl(c->ir, decl)->fields;
  bool known = known_members(c, record, fields), fine = known;  // a misspelt member is not missing as well
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(c->ir, fields, i);
    ValueId item = member_of(c->ir, record, field->name);
    if (item.n) {
      Check inner = *c;
      inner.name = ir_str(c->ir, field->name);
      fine &= check(&inner, item, field->type);
    } else if (known && field->type.n && !is_optional(c->ir, field->type)) {
      Diag *d = diag_add(c->diags, FX2008, record->span, "'%.*s' needs '%.*s'", STR_ARG(c->name),
                         STR_ARG(ir_str(c->ir, field->name)));
      diag_note(d, field->span, "declared here");
      fine = false;
    }
  }
  return fine;
}

static bool check_items(Check *c, const Value *list, TypeId element) {
  bool fine = true;
  for (uint32_t i = 0; i < list->items.count; i++)
    fine &= check(c, (ValueId){list->items.first + i}, element);
  return fine;
}

static Str literal_text(Arena *arena, const Ir *ir, const Value *value) {
  Str text = ir_str(ir, value->text);
  if (text.len) return str_printf(arena, "'%.*s' does not fit", STR_ARG(text));
  switch (value->kind) {
    case IR_VALUE_LIST:
      return STR("this is a list");
    case IR_VALUE_RECORD:
      return STR("this is a map");
    case IR_VALUE_NULL:
      return STR("this is nothing");
    case IR_VALUE_BOOL:
      return STR("this is a boolean");
    default:
      return STR("this is a number");
  }
}

// A word without quotes that is no text here was meant as a name.
static bool is_bare_name(const Check *c, const Value *value, TypeId wanted) {
  Str text = ir_str(c->ir, value->text), first;
  bool bare = value->kind == IR_VALUE_STRING && value->span.end - value->span.start == text.len;
  return bare && c->scope->behavior && ir_type(c->ir, wanted)->kind != IR_TYPE_UNION &&
         interpolation_is_path(text, &first);
}

static bool check_literal(Check *c, ValueId id, TypeId wanted) {
  ValueId wrong;
  TypeId type;
  if (!wanted.n || types_value_fits(c->ir, id, wanted, &wrong, &type)) return true;
  const Value *value = ir_value(c->ir, wrong);
  Reference ref;
  if (is_bare_name(c, value, type))
    return reference_resolve(c->scope, ir_str(c->ir, value->text), value->span, &ref, c->diags);
  return misfit(c, value->span, literal_text(c->diags->arena, c->ir, value), type);
}

static bool check(Check *c, ValueId id, TypeId wanted) {
  const Value *value = ir_value(c->ir, id);
  TypeId inner = wanted;
  while (inner.n && ir_type(c->ir, inner)->kind == IR_TYPE_OPTIONAL) inner = ir_type(c->ir, inner)->element;
  IrTypeKind kind = inner.n ? ir_type(c->ir, inner)->kind : IR_TYPE_JSON;
  switch (value->kind) {
    case IR_VALUE_REFERENCE:
      return check_reference(c, value, wanted);
    case IR_VALUE_STRING:
      return argument_check_holes(c->scope, value, c->diags) && check_literal(c, id, wanted);
    case IR_VALUE_RECORD:
      if (kind == IR_TYPE_NAMED) return check_record(c, value, inner);
      return (kind == IR_TYPE_JSON && check_items(c, value, (TypeId){0})) || check_literal(c, id, wanted);
    case IR_VALUE_LIST:
      if (kind == IR_TYPE_ARRAY) return check_items(c, value, ir_type(c->ir, inner)->element);
      return (kind == IR_TYPE_JSON && check_items(c, value, (TypeId){0})) || check_literal(c, id, wanted);
    default:
      return check_literal(c, id, wanted);
  }
}

bool argument_check(const RefScope *scope, ValueId value, TypeId wanted, Str name, DiagBag *diags) {
  Check c = {scope, scope->ir, name, diags};
  return check(&c, value, wanted);
}
