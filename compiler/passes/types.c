/* Types and values. In: type expressions, values, attribute texts. Out: whether they fit, and words for
 * people.
 *
 * A type expression is a chain (only arrays and optionals hold another type), so chains are loops; only
 * values nest, and their readers bound the depth. */
#include "passes/types.h"

#include "base/suggest.h"
#include "ir/literal.h"

enum { VALUE_DEPTH = 256 };

// The literals of a union, each in quotes.
static Str literals_text(Arena *arena, const Ir *ir, const Type *row, char quote, Str gap) {
  VEC(Str) words = {0};
  for (uint32_t i = 0; i < row->literals.count; i++) {
    Str literal = ir_str(ir, ir_name_at(ir, row->literals, i)->text);
    vec_push(arena, &words, str_printf(arena, "%c%.*s%c", quote, STR_ARG(literal), quote));
  }
  return str_join(arena, words.data, words.len, gap);
}

Str types_text(Arena *arena, const Ir *ir, TypeId type) {
  Str suffix = STR("");
  const Type *row = ir_type(ir, type);
  for (; row->kind == IR_TYPE_ARRAY || row->kind == IR_TYPE_OPTIONAL; row = ir_type(ir, row->element))
    suffix = str_concat(arena, row->kind == IR_TYPE_ARRAY ? STR("[]") : STR("?"), suffix);
  Str base = str_from(literal_type_name(row->kind));
  if (row->kind == IR_TYPE_NAMED) base = ir_str(ir, row->name);
  if (row->kind == IR_TYPE_UNION) {
    base = literals_text(arena, ir, row, '"', STR(" | "));
    if (suffix.len) base = str_printf(arena, "(%.*s)", STR_ARG(base));
  }
  return str_concat(arena, base, suffix);
}

Str types_expected(Arena *arena, const Ir *ir, TypeId type) {
  const Type *row = ir_type(ir, type);
  while (row->kind == IR_TYPE_OPTIONAL) row = ir_type(ir, row->element);
  if (row->kind == IR_TYPE_NAMED) return str_printf(arena, "a record '%.*s'", STR_ARG(ir_str(ir, row->name)));
  if (row->kind == IR_TYPE_ARRAY) {
    Str element = types_text(arena, ir, row->element);
    return str_printf(arena, "a list of %.*s", STR_ARG(element));
  }
  if (row->kind != IR_TYPE_UNION) return str_from(literal_example(row->kind));
  return str_concat(arena, STR("one of "), literals_text(arena, ir, row, '\'', STR(", ")));
}

static bool in_union(const Ir *ir, const Type *row, Str text) {
  for (uint32_t i = 0; i < row->literals.count; i++)
    if (str_eq(ir_str(ir, ir_name_at(ir, row->literals, i)->text), text)) return true;
  return false;
}

Str types_near_literal(const Ir *ir, TypeId type, Str text) {
  const Type *row = ir_type(ir, type);
  while (row->kind == IR_TYPE_OPTIONAL || row->kind == IR_TYPE_ARRAY) row = ir_type(ir, row->element);
  Suggestion search = suggest_start(text);
  for (uint32_t i = 0; row->kind == IR_TYPE_UNION && i < row->literals.count; i++)
    suggest_offer(&search, ir_str(ir, ir_name_at(ir, row->literals, i)->text));
  return search.best;
}

/* Texts */

static bool is_url(Str text) {
  ptrdiff_t colon = str_find_char(text, ':');
  bool relative = str_starts(text, STR("/")) || str_starts(text, STR("./")) || str_starts(text, STR("../"));
  return relative || (colon > 0 && str_find_char(text, ' ') < 0);
}

static bool plain_fits(const Ir *ir, const Type *row, Str text) {
  double number;
  switch (row->kind) {
    case IR_TYPE_STRING:
    case IR_TYPE_SECRET:
      return true;
    case IR_TYPE_URL:
      return is_url(text);
    case IR_TYPE_UNION:
      return in_union(ir, row, text);
    default:
      return literal_read(row->kind, text, &number);
  }
}

bool types_text_fits(const Ir *ir, Str text, TypeId type) {
  if (!type.n) return true;  // a malformed type was reported
  const Type *row = ir_type(ir, type);
  for (; row->kind == IR_TYPE_OPTIONAL; row = ir_type(ir, type)) {
    if (text.len == 0) return true;
    type = row->element;
  }
  if (types_is_json(ir, type)) return types_json_fits(ir, text, type);
  if (row->kind != IR_TYPE_ARRAY) return plain_fits(ir, row, text);
  Str part;
  while (str_split(&text, ',', &part))
    if (str_trim(part).len && !plain_fits(ir, ir_type(ir, row->element), str_trim(part))) return false;
  return true;
}

/* Values */

typedef struct Fit {
  const Ir *ir;
  ValueId wrong;
  TypeId wanted;
} Fit;

static bool fits(Fit *fit, ValueId value, TypeId type, int depth);

static bool misfit(Fit *fit, ValueId value, TypeId type) {
  fit->wrong = value;
  fit->wanted = type;
  return false;
}

static const Value *member(const Ir *ir, const Value *record, Sym key, ValueId *id) {
  for (uint32_t i = 0; i < record->items.count; i++) {
    const Value *item = ir_value_at(ir, record->items, i);
    *id = (ValueId){record->items.first + i};
    if (item->key == key) return item;
  }
  return NULL;
}

static bool record_fits(Fit *fit, ValueId value, TypeId type, int depth) {
  const Ir *ir = fit->ir;
  const Value *row = ir_value(ir, value);
  TypeDeclId decl = ir_type(ir, type)->decl;
  if (row->kind != IR_VALUE_RECORD) return misfit(fit, value, type);
  if (!decl.n) return true;  // an unknown type was reported
  IrRange fields = ir_type_decl(ir, decl)->fields;
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(ir, fields, i);
    ValueId item;
    if (member(ir, row, field->name, &item)) {
      if (!fits(fit, item, field->type, depth + 1)) return false;
    } else if (field->type.n && ir_type(ir, field->type)->kind != IR_TYPE_OPTIONAL) {
      return misfit(fit, value, type);
    }
  }
  return true;
}

static bool list_fits(Fit *fit, ValueId value, TypeId type, int depth) {
  const Value *row = ir_value(fit->ir, value);
  if (row->kind != IR_VALUE_LIST) return misfit(fit, value, type);
  TypeId element = ir_type(fit->ir, type)->element;
  for (uint32_t i = 0; i < row->items.count; i++)
    if (!fits(fit, (ValueId){row->items.first + i}, element, depth + 1)) return false;
  return true;
}

static bool plain_value_fits(Fit *fit, ValueId value, TypeId type) {
  const Value *row = ir_value(fit->ir, value);
  IrTypeKind kind = ir_type(fit->ir, type)->kind;
  bool fine = false;
  if (row->kind == IR_VALUE_STRING) {
    bool needs_own_kind = kind == IR_TYPE_INT || kind == IR_TYPE_NUMBER || kind == IR_TYPE_BOOL;
    fine = !needs_own_kind && plain_fits(fit->ir, ir_type(fit->ir, type), ir_str(fit->ir, row->text));
  }
  switch (kind) {
    case IR_TYPE_INT:
      fine |= row->kind == IR_VALUE_INT;
      break;
    case IR_TYPE_NUMBER:
      fine |= row->kind == IR_VALUE_INT || row->kind == IR_VALUE_NUMBER;
      break;
    case IR_TYPE_BOOL:
      fine |= row->kind == IR_VALUE_BOOL;
      break;
    case IR_TYPE_DURATION:
      fine |= row->kind == IR_VALUE_DURATION;
      break;
    case IR_TYPE_SHARE:
      fine |= row->kind == IR_VALUE_SHARE;
      break;
    case IR_TYPE_SIZE:
      fine |= row->kind == IR_VALUE_SIZE;
      break;
    case IR_TYPE_RATE:
      fine |= row->kind == IR_VALUE_RATE;
      break;
    case IR_TYPE_DATE:
      fine |= row->kind == IR_VALUE_DATE;
      break;
    case IR_TYPE_JSON:
      fine = true;
      break;
    default:
      break;
  }
  return fine || misfit(fit, value, type);
}

static bool fits(Fit *fit, ValueId value, TypeId type, int depth) {
  const Ir *ir = fit->ir;
  IrValueKind kind = ir_value(ir, value)->kind;
  if (kind == IR_VALUE_REFERENCE || depth > VALUE_DEPTH) return true;  // known at run time only
  if (!type.n) return true;                                            // a malformed type was reported
  while (ir_type(ir, type)->kind == IR_TYPE_OPTIONAL) {
    if (kind == IR_VALUE_NULL) return true;
    type = ir_type(ir, type)->element;
  }
  if (ir_type(ir, type)->kind == IR_TYPE_ARRAY) return list_fits(fit, value, type, depth);
  if (ir_type(ir, type)->kind == IR_TYPE_NAMED) return record_fits(fit, value, type, depth);
  return plain_value_fits(fit, value, type);
}

bool types_value_fits(const Ir *ir, ValueId value, TypeId type, ValueId *wrong, TypeId *wanted) {
  Fit fit = {.ir = ir};
  bool fine = fits(&fit, value, type, 0);
  *wrong = fit.wrong;
  *wanted = fit.wanted;
  return fine;
}
