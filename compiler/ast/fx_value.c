/* In: scalars, lists and records of a .fx file. Out: the values that a YAML file has for them. */
#include "ast/fx_value.h"

static DocStyle style_of(const FxTree *tree, const FxNode *node) {
  FxTokenKind kind = fx_token(tree, node->first)->kind;
  if (node->first != node->last) return DOC_PLAIN;
  if (kind == FX_TOKEN_STRING || kind == FX_TOKEN_QUOTED_NAME) return DOC_DOUBLE;
  return kind == FX_TOKEN_RAW_STRING || kind == FX_TOKEN_REGEX ? DOC_RAW : DOC_PLAIN;
}

/// A bracket that nothing closes, or a type in angle brackets: reported by the parser.
static bool has_mistake(Str type) {
  int open = 0;
  bool angle = false;
  for (size_t i = 0; i < type.len; i++) {
    char c = type.data[i];
    open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    angle = angle || c == '<';
  }
  return open != 0 || (angle && str_ends(type, STR(">")));
}

/// In a type, quotes belong to the text.
static FxItem *lower_type(FxDoc *fx, FxId id) {
  FxItem *item = fx_item(fx->arena, DOC_SCALAR, fx_span(fx->tree, id));
  const FxNode *node = fx_node(fx->tree, id);
  item->text = node->first == node->last ? fx_text(fx->tree, id) : fx_scalar(fx->arena, fx->tree, id);
  item->wrong = fx->tree->broken && has_mistake(item->text);
  return item;
}

static void check_literal(FxDoc *fx, FxItem *item, FxId id) {
  if (fx_token(fx->tree, fx_node(fx->tree, id)->first)->kind != FX_TOKEN_BAD_LITERAL) return;
  Str text = fx_text(fx->tree, id);
  item->wrong = true;
  Diag *d = diag_add(fx->bag, FX2007, fx_span(fx->tree, id), "'%.*s' is neither a number nor another literal",
                     STR_ARG(text));
  diag_help(d, "a text stands in quotes; units are ms s m h d, %%, B KiB MiB GiB, and /s /m /h /d");
}

void fx_lower_record(FxDoc *fx, FxItem *map, FxId record) {
  for (FxId pair = fx_child(fx->tree, record); pair; pair = fx_next(fx->tree, pair)) {
    const FxNode *node = fx_node(fx->tree, pair);
    if (node->kind != FX_PAIR || !node->child) continue;
    if (fx_token(fx->tree, node->second)->end - fx_token(fx->tree, node->second)->start == 1 &&
        fx->tree->bytes.data[fx_token(fx->tree, node->second)->start] == ':') {
      Diag *d = diag_add(fx->bag, FX2004, fx_token_span(fx->tree, node->second), "a value stands behind '='");
      diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR(" ="), "replace with '='");
    }
    FxItem *item = fx_lower_value(fx, node->child);
    item->key = fx_decode(fx->arena, fx->tree, node->name);
    item->key_span = fx_name_span(fx->tree, pair);
    fx_item_add(map, item);
  }
}

FxItem *fx_lower_list(FxDoc *fx, FxId first, Span span) {
  FxItem *list = fx_item(fx->arena, DOC_LIST, span);
  for (FxId id = first; id; id = fx_next(fx->tree, id)) fx_item_add(list, fx_lower_value(fx, id));
  return list;
}

FxItem *fx_lower_value(FxDoc *fx, FxId id) {
  const FxNode *node = fx_node(fx->tree, id);
  Span span = fx_span(fx->tree, id);
  if (node->kind == FX_LIST) return fx_lower_list(fx, node->child, span);
  FxItem *item = fx_item(fx->arena, node->kind == FX_SCALAR ? DOC_SCALAR : DOC_MAP, span);
  if (node->kind == FX_SCALAR) {
    item->text = fx_scalar(fx->arena, fx->tree, id);
    item->style = (uint8_t)style_of(fx->tree, node);
    check_literal(fx, item, id);
  } else if (node->kind == FX_RECORD) {
    fx_lower_record(fx, item, id);
  }
  return item;
}

FxItem *fx_lower_operand(FxDoc *fx, ClauseId clause, FxId id) {
  const FxNode *node = fx_node(fx->tree, id);
  ClauseKind kind = clause_info(clause)->kind;
  if (node->kind == FX_SCALAR && (kind == KIND_TYPE || kind == KIND_THRESHOLD)) return lower_type(fx, id);
  if (node->kind != FX_SCALAR || kind == KIND_VALUE || kind == KIND_LITERAL) return fx_lower_value(fx, id);
  FxItem *item = fx_item(fx->arena, DOC_SCALAR, fx_span(fx->tree, id));
  item->text = fx_scalar(fx->arena, fx->tree, id);
  item->style = (uint8_t)style_of(fx->tree, node);
  return item;
}

FxItem *fx_nothing(FxDoc *fx, Span span) {
  return fx_item(fx->arena, DOC_SCALAR, (Span){span.source, span.end, span.end});
}
