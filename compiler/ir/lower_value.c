/* In: scalars, trees of values and type expressions. Out: interned texts, Value and Type rows. A list's
 * items must lie together, so they are made on the side and added when all of them are complete. */
#include <math.h>

#include "ast/literal.h"
#include "base/date.h"
#include "ir/lower.h"
#include "ir/range.h"
#include "ir/version.h"

Sym lower_sym(Lower *lower, Str text) { return text.data ? ir_sym(lower->ir, text) : 0; }

IrText lower_text_of(Lower *lower, const AstNode *node) {
  if (!node || node->wrong || node->kind == AST_HOLE || !node->text.data) return (IrText){0};
  return (IrText){lower_sym(lower, node->text), node->span};
}

IrText lower_text(Lower *lower, const AstNode *block, ClauseId clause) {
  return lower_text_of(lower, ast_child(block, clause));
}

/// A part of a scalar, where quotes are the only difference between its text and its bytes; an empty one is
/// the place where something is missing.
static Span part_of(const AstNode *node, uint32_t offset, uint32_t length) {
  size_t bytes = node->span.end - node->span.start;
  if (bytes != node->text.len && bytes != node->text.len + 2) return node->span;
  uint32_t quote = bytes == node->text.len ? 0 : 1;
  if (offset + length > node->text.len || !node->text.len) return node->span;
  return span_part(node->span, quote + offset, quote + offset + length);
}

IrText lower_version_range(Lower *lower, const AstNode *node) {
  IrText text = lower_text_of(lower, node);
  if (!text.sym) return text;
  Range range;
  VersionFault fault;
  if (range_parse(lower->bag->arena, node->text, &range, &fault)) return text;
  range_report(lower->bag, part_of(node, fault.offset, fault.length), node->text, &fault);
  return (IrText){0};
}

IrVersion lower_version(Lower *lower, const AstNode *node) {
  Version version;
  VersionFault fault;
  if (!node || node->wrong || node->kind == AST_HOLE) return (IrVersion){0};
  if (version_parse(node->text, &version, &fault))
    return ir_version_row(lower->ir, &version, node->text, node->span);
  version_report(lower->bag, part_of(node, fault.offset, fault.length), node->text, &fault);
  return (IrVersion){.text = lower_sym(lower, node->text), .span = node->span};
}

IrNumber lower_number(const AstNode *block, ClauseId clause) {
  const AstNode *node = block ? ast_child(block, clause) : NULL;
  if (!node || node->wrong || node->kind == AST_HOLE) return (IrNumber){NAN, SPAN_NONE};
  return (IrNumber){node->number, node->span};
}

IrDate lower_date(const AstNode *block, ClauseId clause) {
  const AstNode *node = ast_child(block, clause);
  if (!node || node->wrong || node->kind != AST_DATE) return (IrDate){IR_NO_DATE, SPAN_NONE};
  return (IrDate){(int32_t)node->number, node->span};
}

IrRange lower_names(Lower *lower, const AstNode *block, ClauseId clause) {
  uint32_t start = lower_start(lower, names);
  for (const AstNode *node = ast_child(block, clause); node; node = ast_next(node)) {
    IrText text = lower_text_of(lower, node);
    if (text.sym) ir_add_name(lower->ir, (Name){text.sym, text.span});
  }
  return lower_range(lower, names, start);
}

/* Values */

static IrValueKind value_kind(AstKind kind) {
  switch (kind) {
    case AST_BOOL:
      return IR_VALUE_BOOL;
    case AST_INT:
      return IR_VALUE_INT;
    case AST_NUMBER:
      return IR_VALUE_NUMBER;
    case AST_TEXT:
      return IR_VALUE_STRING;
    case AST_DURATION:
      return IR_VALUE_DURATION;
    case AST_SHARE:
      return IR_VALUE_SHARE;
    case AST_SIZE:
      return IR_VALUE_SIZE;
    case AST_RATE:
      return IR_VALUE_RATE;
    case AST_DATE:
      return IR_VALUE_DATE;
    case AST_REFERENCE:
      return IR_VALUE_REFERENCE;
    case AST_LIST:
      return IR_VALUE_LIST;
    case AST_RECORD:
      return IR_VALUE_RECORD;
    default:
      return IR_VALUE_NULL;
  }
}

static Value make_value(Lower *lower, const AstNode *node);

static IrRange add_items(Lower *lower, const AstNode *node) {
  VEC(Value) items = {0};
  for (const AstNode *child = node->first; child; child = child->next)
    vec_push(lower->bag->arena, &items, make_value(lower, child));
  uint32_t start = lower_start(lower, values);
  for (size_t i = 0; i < items.len; i++) ir_add_value(lower->ir, items.data[i]);
  return lower_range(lower, values, start);
}

/// Depth is the reader's, at most 128.
static Value make_value(Lower *lower, const AstNode *node) {
  Value value = {.kind = value_kind(node->kind), .number = node->number, .span = node->span};
  value.key = lower_sym(lower, node->clause ? STR_NONE : node->name);
  value.key_span = value.key ? node->key_span : SPAN_NONE;
  bool texts =
      value.kind == IR_VALUE_STRING || value.kind == IR_VALUE_REFERENCE || value.kind == IR_VALUE_DURATION;
  if (texts) value.text = lower_sym(lower, node->text);
  value.items = add_items(lower, node);
  return value;
}

ValueId lower_value(Lower *lower, const AstNode *node) {
  if (!node || node->wrong) return (ValueId){0};
  Value value = make_value(lower, node);
  return ir_add_value(lower->ir, value);
}

/* A literal by the type of its place */

static const Type *inner_type(Lower *lower, TypeId type) {
  while (type.n && ir_type(lower->ir, type)->kind == IR_TYPE_OPTIONAL)
    type = ir_type(lower->ir, type)->element;
  return type.n ? ir_type(lower->ir, type) : NULL;
}

static bool as_unit(IrTypeKind type, Str text, Value *value) {
  int32_t days;
  switch (type) {
    case IR_TYPE_DURATION:
      value->kind = IR_VALUE_DURATION;
      return literal_duration(text, &value->number);
    case IR_TYPE_SHARE:
      value->kind = IR_VALUE_SHARE;
      return literal_share(text, &value->number);
    case IR_TYPE_SIZE:
      value->kind = IR_VALUE_SIZE;
      return literal_size(text, &value->number);
    case IR_TYPE_RATE:
      value->kind = IR_VALUE_RATE;
      return literal_rate(text, &value->number);
    case IR_TYPE_DATE:
      value->kind = IR_VALUE_DATE;
      if (!date_parse(text, &days)) return false;
      value->number = days;
      return true;
    default:
      return false;
  }
}

static IrValueKind number_as(IrTypeKind type, IrValueKind kind) {
  switch (type) {
    case IR_TYPE_DURATION:
      return IR_VALUE_DURATION;
    case IR_TYPE_SHARE:
      return IR_VALUE_SHARE;
    case IR_TYPE_SIZE:
      return IR_VALUE_SIZE;
    case IR_TYPE_RATE:
      return IR_VALUE_RATE;
    default:
      return kind;
  }
}

ValueId lower_literal(Lower *lower, const AstNode *node, TypeId type) {
  if (!node || node->wrong) return (ValueId){0};
  Value value = make_value(lower, node);
  const Type *wanted = inner_type(lower, type);
  if (wanted && node->kind == AST_TEXT) {
    Value typed = value;
    if (as_unit(wanted->kind, node->text, &typed)) value = typed;
  } else if (wanted && (node->kind == AST_INT || node->kind == AST_NUMBER)) {
    value.kind = number_as(wanted->kind, value.kind);
  }
  return ir_add_value(lower->ir, value);
}

IrRange lower_configs(Lower *lower, const AstNode *block, ClauseId clause) {
  uint32_t start = lower_start(lower, configs);
  for (const AstNode *node = ast_child(block, clause); node; node = ast_next(node)) {
    if (node->wrong) continue;
    Config config = {lower_sym(lower, node->name), lower_value(lower, node), node->key_span};
    ir_add_config(lower->ir, config);
  }
  return lower_range(lower, configs, start);
}

/* Types */

static IrTypeKind type_kind(Str name) {
  static const char *const names[] = {"string", "int",  "number", "bool", "duration", "share",
                                      "size",   "rate", "url",    "date", "secret",   "json"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_eq(name, str_from(names[i]))) return (IrTypeKind)i;
  return IR_TYPE_NAMED;
}

static IrRange add_literals(Lower *lower, const AstNode *node) {
  uint32_t start = lower_start(lower, names);
  for (const AstNode *child = node->first; child; child = child->next)
    ir_add_name(lower->ir, (Name){lower_sym(lower, child->text), child->span});
  return lower_range(lower, names, start);
}

TypeId lower_type(Lower *lower, const AstNode *node) {
  if (!node || node->wrong) return (TypeId){0};
  Type type = {.span = node->span};
  switch (node->kind) {
    case AST_TYPE_NAME:
      type.kind = type_kind(node->text);
      type.name = type.kind == IR_TYPE_NAMED ? lower_sym(lower, node->text) : 0;
      break;
    case AST_TYPE_UNION:
      type.kind = IR_TYPE_UNION;
      type.literals = add_literals(lower, node);
      break;
    case AST_TYPE_ARRAY:
    case AST_TYPE_OPTIONAL:
      type.kind = node->kind == AST_TYPE_ARRAY ? IR_TYPE_ARRAY : IR_TYPE_OPTIONAL;
      type.element = lower_type(lower, node->first);
      break;
    default:
      return (TypeId){0};
  }
  return ir_add_type(lower->ir, type);
}

IrRange lower_fields(Lower *lower, const AstNode *block, ClauseId clause) {
  uint32_t start = lower_start(lower, fields);
  for (const AstNode *node = ast_child(block, clause); node; node = ast_next(node)) {
    Field field = {
        .name = lower_sym(lower, node->name), .type = lower_type(lower, node), .span = node->key_span};
    ir_add_field(lower->ir, field);
  }
  return lower_range(lower, fields, start);
}
