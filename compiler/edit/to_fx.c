/* In: an arranged outline. Out: the same as .fx, a line a clause; what its author wrote on one line stays
 * there if it fits. Comments stand above their clause or at the end of its first line. */
#include "edit/to_fx.h"

#include <stdarg.h>

#include "edit/fx_writer.h"
#include "edit/look.h"

Diag *fx_cannot(FxWriter *w, const Item *item, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Str message = str_vprintf(w->arena, format, arguments);
  va_end(arguments);
  w->failed = true;
  return diag_add(w->bag, FX2024, item->span, "%.*s", STR_ARG(message));
}

/* Lines */

static size_t column(const FxWriter *w) { return w->out->len - w->line_start; }

static void end_line(FxWriter *w) {
  if (w->behind.data) {
    fx_put(w, w->behind.len ? "  // " : "  //");
    buf_put(w->out, w->behind);
    w->behind = STR_NONE;
  }
  buf_char(w->out, '\n');
  w->line_start = w->out->len;
}

static void start_line(FxWriter *w) { buf_repeat(w->out, ' ', w->indent); }

void fx_newline(FxWriter *w) {
  if (w->flat) {
    fx_put(w, "  ");
  } else {
    end_line(w);
    start_line(w);
  }
}

/// Whether more has been written on one line than has room there.
static bool is_over(FxWriter *w) {
  if (w->flat && column(w) > FX_WIDTH) w->over = true;
  return w->flat && w->over;
}

/* Comments */

static void put_remark(FxWriter *w, const Remark *remark) {
  Str rest = remark->text, line;
  do {
    if (!str_split(&rest, '\n', &line)) line = STR("");
    start_line(w);
    fx_put(w, line.len ? "// " : "//");
    buf_put(w->out, line);
    end_line(w);
  } while (rest.len);
}

static void put_remarks(FxWriter *w, const Remarks *remarks) {
  for (size_t i = 0; i < remarks->len; i++) {
    if (remarks->data[i].blank) end_line(w);
    put_remark(w, &remarks->data[i]);
  }
}

static void put_doc(FxWriter *w, const Item *item) {
  const Item *doc = item->first;
  while (doc && !(doc->clause && strcmp(clause_info(doc->clause)->fx, "///") == 0)) doc = doc->next;
  if (!doc) return;
  Str rest = doc->text, line;
  do {
    if (!str_split(&rest, '\n', &line)) line = STR("");
    start_line(w);
    fx_put(w, line.len ? "/// " : "///");
    buf_put(w->out, line);
    end_line(w);
  } while (rest.data);
}

static bool has_doc(const Item *item) {
  for (const Item *child = item->first; child; child = child->next)
    if (child->clause && strcmp(clause_info(child->clause)->fx, "///") == 0) return true;
  return false;
}

/* Blocks */

typedef void PutItem(FxWriter *w, Item *item);

static bool is_in_head(const Item *item) {
  return item->clause && (clause_is_head(item->clause) || item->clause == CLAUSE_integration_strategy);
}

static Item *first_line(const Item *block) {
  Item *child = block->first;
  while (child && is_in_head(child)) child = child->next;
  return child;
}

/// One clause with all that stands above and behind it.
static void put_item(FxWriter *w, Item *item, bool first, PutItem *put) {
  if (w->flat) {
    if (item_has_comments(item) || has_doc(item)) w->over = true;
    if (!first) fx_put(w, "  ");
    put(w, item);
    return;
  }
  put_remarks(w, &item->before);
  if (item->blank) end_line(w);
  put_doc(w, item);
  start_line(w);
  w->behind = item->behind;
  put(w, item);
  end_line(w);
}

static void put_flat_list(FxWriter *w, Item *list) {
  fx_put(w, "[");
  for (Item *child = list->first; child && !is_over(w); child = child->next) {
    if (child != list->first) fx_put(w, ", ");
    if (item_has_comments(child)) w->over = true;
    fx_put_value(w, child);
  }
  fx_put(w, "]");
  if (list->inside.len) w->over = true;
}

/// A block or a record, whose lines `put` writes; without it a list.
static void put_flat(FxWriter *w, Item *block, PutItem *put) {
  if (!put) {
    put_flat_list(w, block);
    return;
  }
  fx_put(w, "{ ");
  if (block->inside.len) w->over = true;
  for (Item *child = first_line(block), *next; child && !is_over(w); child = next) {
    next = child->next;
    put_item(w, child, child == first_line(block), put);
  }
  fx_put(w, " }");
}

/// Whether the block fits behind what stands on the line, all on that line.
static bool fits(FxWriter *w, Item *block, PutItem *put) {
  Buf scratch = {0};
  DiagBag ignored = {.arena = w->arena};
  FxWriter flat = {.arena = w->arena, .out = &scratch, .bag = &ignored, .flat = true};
  buf_repeat(&scratch, ' ', column(w));
  put_flat(&flat, block, put);
  bool good = !flat.over && scratch.len <= FX_WIDTH;
  buf_free(&scratch);
  return good;
}

static void put_broken(FxWriter *w, Item *block, PutItem *put) {
  fx_put(w, "{");
  end_line(w);
  w->indent += 2;
  for (Item *child = first_line(block); child; child = child->next) put_item(w, child, false, put);
  put_remarks(w, &block->inside);
  w->indent -= 2;
  start_line(w);
  fx_put(w, "}");
}

void fx_put_lines(FxWriter *w, Item *block, PutItem *put) {
  if (!first_line(block) && !block->inside.len) {
    fx_put(w, "{}");
  } else if (w->flat) {
    if (!block->one_line) w->over = true;
    if (!is_over(w)) put_flat(w, block, put);
  } else {
    block->one_line = block->one_line && fits(w, block, put);
    if (block->one_line) {
      w->flat = true;
      w->over = false;
      put_flat(w, block, put);
      w->flat = false;
    } else {
      put_broken(w, block, put);
    }
  }
}

void fx_put_list(FxWriter *w, Item *list) {
  if (w->flat || fits(w, list, NULL)) {
    bool flat = w->flat;
    if (!flat) w->over = false;
    w->flat = true;
    put_flat_list(w, list);
    w->flat = flat;
    return;
  }
  fx_put(w, "[");
  end_line(w);
  w->indent += 2;
  for (Item *child = list->first; child; child = child->next) {
    put_remarks(w, &child->before);
    start_line(w);
    fx_put_value(w, child);
    if (child->next) fx_put(w, ",");
    w->behind = child->behind;
    end_line(w);
  }
  put_remarks(w, &list->inside);
  w->indent -= 2;
  start_line(w);
  fx_put(w, "]");
}

/* Groups */

static void put_joined(FxWriter *w, Item *group, const char *separator) {
  for (Item *item = group->first; item; item = item->next) {
    if (item != group->first) fx_put(w, separator);
    if (!fx_put_line(w, item)) fx_put_scalar(w, item);
  }
}

static void put_group(FxWriter *w, Item *group) {
  const Item *first = group->first;
  fx_put(w, clause_info(group->clause)->fx);
  fx_put(w, " ");
  if (first->clause == CLAUSE_integration_strategy) {
    fx_put_scalar(w, first);
    fx_put(w, " ");
  }
  if (clause_group(group->clause)) {
    fx_put_lines(w, group, fx_put_clause);
  } else if (group->clause == CLAUSE_canary_rollback) {
    fx_put(w, "when ");
    put_joined(w, group, " or ");
  } else {
    bool chain = clause_info(group->clause)->kind == KIND_BLOCK,
         pair = clause_info(group->clause)->form == FORM_ONE;
    if (pair && first->clause != group->clause)
      fx_cannot(w, first, "a version of the SDK needs a provider before it in .fx");
    put_joined(w, group, chain ? " -> " : pair ? " " : ", ");
  }
}

/* Blocks of clauses: what stands before the brace */

/// on change of street, city after 300ms
static void put_behavior(FxWriter *w, const Item *block) {
  const char *before = " of ";
  fx_put_child(w, block, CLAUSE_behavior_event, "");
  for (const Item *slot = block->first; slot; slot = slot->next) {
    if (slot->clause != CLAUSE_behavior_of) continue;
    fx_put(w, before);
    fx_put_scalar(w, slot);
    before = ", ";
  }
  fx_put_child(w, block, CLAUSE_behavior_after, " after ");
}

/// pay = post "https://…"
static void put_binding(FxWriter *w, const Item *block) {
  const Item *method = block->first;
  fx_put_name(w, block, block->name);
  if (!method || !clause_is_head(method->clause) ||
      (method->next && method->next->clause && clause_is_head(method->next->clause))) {
    fx_cannot(w, block, "a binding needs exactly one method and URL in .fx");
    return;
  }
  fx_put(w, " = ");
  fx_put(w, clause_info(method->clause)->fx);
  fx_put(w, " ");
  fx_put_scalar(w, method);
}

static void put_block_head(FxWriter *w, const Item *block) {
  uint16_t way;
  ShapeId shape = clause_block(block->clause, &way);
  if (shape == SHAPE_binding) {
    put_binding(w, block);
    return;
  }
  fx_put(w, clause_info(block->clause)->fx);
  if (block->name.data || shape == SHAPE_behavior || shape == SHAPE_canary || shape == SHAPE_migrate)
    fx_put(w, " ");
  if (block->name.data) fx_put_key(w, block->name);
  if (shape == SHAPE_behavior) put_behavior(w, block);
  fx_put_child(w, block, CLAUSE_integration_stub, " ");
  fx_put_child(w, block, CLAUSE_release_version, " = ");
  fx_put_child(w, block, CLAUSE_release_status, " ");
  fx_put_child(w, block, CLAUSE_canary_version, "");
  fx_put_child(w, block, CLAUSE_migrate_from, "");
  fx_put_child(w, block, CLAUSE_migrate_to, " -> ");
}

static void put_block(FxWriter *w, Item *block) {
  uint16_t way;
  put_block_head(w, block);
  bool bare = clause_block(block->clause, &way) == SHAPE_binding && !first_line(block) && !block->inside.len;
  if (bare) return;
  fx_put(w, " ");
  fx_put_lines(w, block, fx_put_clause);
}

/* Clauses */

static bool takes_own_keys(const Item *block) {
  if (!block->clause || !clause_has_lines(block->clause)) return false;
  uint16_t way;
  ShapeId shape = clause_block(block->clause, &way);
  return shape != SHAPE_canary && shape != SHAPE_record;
}

/// A key of the project's own where .fx has no block for it is not to be lost.
static void check_own_keys(FxWriter *w, const Item *block) {
  if (block->kind != AST_BLOCK || takes_own_keys(block)) return;
  for (const Item *child = block->first; child; child = child->next) {
    if (child->clause) {
      if (!clause_has_lines(child->clause)) check_own_keys(w, child);
      continue;
    }
    Item key = {.span = child->key_span};
    Diag *d = fx_cannot(w, &key, "'.fx' has no place for the key '%.*s'", STR_ARG(child->name));
    diag_help(d, "move it into the block around, or remove it");
  }
}

static void put_own(FxWriter *w, Item *item) {
  fx_put_name(w, item, item->name);
  fx_put(w, " = ");
  fx_put_value(w, item);
}

void fx_put_clause(FxWriter *w, Item *item) {
  if (is_over(w)) return;
  if (!item->clause) {
    put_own(w, item);
    return;
  }
  check_own_keys(w, item);
  if (item->grouped) {
    put_group(w, item);
  } else if (clause_has_lines(item->clause)) {
    put_block(w, item);
  } else if (!fx_put_line(w, item)) {
    fx_put(w, clause_info(item->clause)->fx);
    fx_put(w, " ");
    fx_put_value(w, item);
  }
}

/* Files */

static void put_project(FxWriter *w, Item *root) {
  const Item *name = item_child(root, CLAUSE_project_name);
  put_remarks(w, &root->before);
  fx_put(w, "project ");
  if (name) {
    fx_put_key(w, name->text);
    fx_put(w, " ");
  }
  root->one_line = false;
  w->behind = root->behind;
  fx_put_lines(w, root, fx_put_clause);
  end_line(w);
}

static void put_manifest(FxWriter *w, Item *root) {
  for (Item *item = root->first; item; item = item->next) put_item(w, item, true, fx_put_clause);
  put_remarks(w, &root->inside);
}

bool outline_to_fx(Arena *arena, Item *root, bool project, DiagBag *bag, SourceId source, Buf *out) {
  FxWriter w = {.arena = arena, .out = out, .bag = bag, .source = source};
  (project ? put_project : put_manifest)(&w, root);
  return !w.failed;
}
