/* In: the values of a binding or a reaction. Out: which of their texts are names. In YAML `street` and
 * "street" have the same text, and only where they stand (and for paths, whether they are quoted) tells a
 * name from a text; .fx writes names bare and texts in quotes. */
#include "edit/names.h"

static Str key_of(Arena *arena, Str operation, Str parameter) {
  return str_printf(arena, "%.*s(%.*s", STR_ARG(operation), STR_ARG(parameter));
}

void names_collect(Arena *arena, const Item *integration, StrMap *parameters) {
  for (const Item *item = integration->first; item; item = item->next) {
    if (item->clause != CLAUSE_integration_operation) continue;
    for (const Item *param = item->first; param; param = param->next)
      if (param->clause == CLAUSE_operation_param)
        strmap_put(arena, parameters, key_of(arena, item->name, param->name), NULL);
  }
}

/// Names joined by dots; *dotted when there are several.
static bool is_path(Str text, bool *dotted) {
  bool start = true;
  *dotted = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    bool letter = ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_',
         inner = (c >= '0' && c <= '9') || c == '-';
    if (start ? !letter : !letter && !inner && c != '.') return false;
    start = c == '.';
    *dotted |= start;
  }
  return text.len && !start;
}

/// `operation` is that of a binding; data NULL in a reaction.
static void mark(Arena *arena, Item *item, Str operation, const StrMap *parameters) {
  bool dotted;
  if (item->kind == AST_TEXT && is_path(item->text, &dotted)) {
    bool known = !operation.data || strmap_find(parameters, key_of(arena, operation, item->text));
    item->named = known || dotted;
    item->bare = item->named && !item->quoted;
  }
  for (Item *child = item->first; child; child = child->next) {
    ClauseKind kind = child->clause ? clause_info(child->clause)->kind : KIND_VALUE;
    if (kind == KIND_VALUE || kind == KIND_BLOCK) mark(arena, child, operation, parameters);
  }
}

void names_mark(Arena *arena, Item *item, const StrMap *parameters) {
  mark(arena, item, item->clause == CLAUSE_integration_on ? STR_NONE : item->name, parameters);
}

bool names_need_quotes(const Item *text) { return text->named && !text->bare; }
