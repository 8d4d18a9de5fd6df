/* In: an outline as its author wrote it. Out: the canonical one. Order: what stands in the first line of a
 * block, then the rest as it comes, but with all that YAML keeps under one key together. */
#include "edit/arrange.h"

#include "base/map.h"
#include "edit/look.h"
#include "edit/names.h"

typedef struct Arrange {
  Arena *arena;
  StrMap parameters;  // of the operations of the integration
} Arrange;

typedef VEC(Item *) Items;

static void arrange_block(Arrange *run, Item *block, Str prefix);

/* What is said in several ways is said in one */

static Item *new_child(Arrange *run, Item *parent, ClauseId clause, AstKind kind, Str text) {
  Item *item = arena_new(run->arena, Item);
  *item = (Item){.clause = clause, .kind = kind, .text = text, .span = parent->span};
  item->depth = parent->depth + 1;
  item_add(parent, item);
  return item;
}

/// `optional: true` is the '?' behind the element.
static void normalise_slot(Arrange *run, Item *slot) {
  Item *optional = item_child(slot, CLAUSE_slot_optional), *element = item_child(slot, CLAUSE_slot_element);
  if (!element) element = new_child(run, slot, CLAUSE_slot_element, AST_ELEMENT, STR("any"));
  if (!optional) return;
  if (optional->number != 0 && element->kind == AST_ELEMENT) element->number = 1;
  item_remove(optional);
}

static void add_default(Arrange *run, Item *block, ClauseId clause, AstKind kind) {
  if (item_child(block, clause)) return;
  Item *item = new_child(run, block, clause, kind, str_from(clause_info(clause)->initial));
  if (kind != AST_CHOICE) return;
  Str words = str_from(clause_info(clause)->detail), word;
  while (clause_next_word(&words, &word) && !str_eq(word, item->text)) item->number++;
}

/// Lines of documentation without the blanks at their ends, which `///` does not have.
static void trim_lines(Arrange *run, Item *item) {
  Str rest = item->text, line;
  char *text = arena_alloc(run->arena, rest.len + 1);
  size_t length = 0;
  while (str_split(&rest, '\n', &line)) {
    while (line.len && strchr(" \t\r", line.data[line.len - 1])) line.len--;
    if (line.len) memcpy(text + length, line.data, line.len);
    length += line.len;
    text[length++] = '\n';
  }
  item->text = (Str){text, length ? length - 1 : 0};
}

static void normalise_text(Arrange *run, Item *item) {
  if (item->kind == AST_HOLE && !str_starts(str_trim(item->text), STR("["))) item->text = STR("");
  if (item->kind == AST_TEXT && strcmp(clause_info(item->clause)->fx, "///") == 0) trim_lines(run, item);
}

/// In a regular expression `\/` is '/'.
static void normalise_pattern(Arrange *run, Item *item) {
  if (str_find(item->text, STR("\\/")) < 0) return;
  char *text = arena_alloc(run->arena, item->text.len + 1);
  size_t length = 0;
  for (size_t i = 0; i < item->text.len; i++) {
    bool escape = item->text.data[i] == '\\' && i + 1 < item->text.len;
    if (escape && item->text.data[i + 1] != '/') text[length++] = item->text.data[i];
    text[length++] = item->text.data[escape ? ++i : i];
  }
  item->text = (Str){text, length};
}

/// A map that holds a call, what is filled and an event means these three steps.
static void split_step(Arrange *run, Item *step) {
  static const ClauseId kinds[] = {CLAUSE_step_call, CLAUSE_step_fill, CLAUSE_step_emit};
  Item *last = step;
  size_t found = 0;
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    Item *first = item_child(step, kinds[k]);
    if (!first || !found++) continue;
    Item *next = arena_new(run->arena, Item);
    *next = (Item){.clause = step->clause, .kind = AST_BLOCK, .span = first->span, .parent = step->parent};
    next->depth = step->depth;
    for (Item *child = first; child; child = item_child(step, kinds[k])) {
      item_remove(child);
      item_add(next, child);
    }
    next->next = last->next;
    last->next = next;
    if (!next->next) step->parent->last = next;
    last = next;
  }
}

static void normalise(Arrange *run, Item *item) {
  if (!item->clause) return;
  ClauseInfo info = *clause_info(item->clause);
  normalise_text(run, item);
  if (info.kind == KIND_PATTERN) normalise_pattern(run, item);
  if (info.kind != KIND_BLOCK || item->grouped) return;
  uint16_t way;
  ShapeId shape = clause_block(item->clause, &way);
  if (shape == SHAPE_slot) normalise_slot(run, item);
  if (shape == SHAPE_condition) add_default(run, item, CLAUSE_condition_operator, AST_CHOICE);
  if (shape == SHAPE_behavior) add_default(run, item, CLAUSE_behavior_event, AST_CHOICE);
  if (shape == SHAPE_env && item->first) add_default(run, item, CLAUSE_env_type, AST_TYPE_NAME);
}

/* Order */

static void append(Arrange *run, Remarks *to, const Remarks *from) {
  for (size_t i = 0; i < from->len; i++) vec_push(run->arena, to, from->data[i]);
}

static size_t part_count(const Item *item, const ClausePath *path) {
  if (!item->clause) return 0;
  ClauseForm form = clause_info(item->clause)->form;
  return form == FORM_ONE ? path->count - 1 : path->count;
}

/// Puts items with one key at `depth` of their ways together, where the first of them stands.
static void regroup(Arrange *run, Items *items, size_t depth, Str prefix) {
  StrMap seen = {0};
  VEC(Items) groups = {0};
  if (depth == PATH_PARTS) return;
  for (size_t i = 0; i < items->len; i++) {
    Item *item = items->data[i];
    ClausePath path = item->clause ? clause_keys(item->clause, prefix) : (ClausePath){0};
    bool added = true;
    uint32_t *group = NULL;
    if (depth < part_count(item, &path)) group = strmap_put(run->arena, &seen, path.parts[depth], &added);
    if (added) {
      vec_push(run->arena, &groups, (Items){0});
      if (group) *group = (uint32_t)groups.len - 1;
    }
    vec_push(run->arena, &groups.data[group ? *group : groups.len - 1], item);
  }
  items->len = 0;
  for (size_t g = 0; g < groups.len; g++) {
    if (groups.data[g].len > 1) regroup(run, &groups.data[g], depth + 1, prefix);
    for (size_t i = 0; i < groups.data[g].len; i++) vec_push(run->arena, items, groups.data[g].data[i]);
  }
}

/// Shapes whose clauses have fixed places in a line of .fx.
static bool has_fixed_order(const Item *block) {
  return block->clause && clause_info(block->clause)->kind == KIND_BLOCK && !clause_has_lines(block->clause);
}

static bool goes_before(const Item *a, const Item *b, bool fixed) {
  bool head_a = a->clause && clause_is_head(a->clause), head_b = b->clause && clause_is_head(b->clause);
  if (head_a != head_b) return head_a;
  return (head_a || (fixed && a->clause && b->clause)) && a->clause < b->clause;
}

/// By insertion: heads are few, and blocks with a fixed order are short but for the fields of one clause,
/// which stay.
static void sort_heads(Items *items, bool fixed) {
  size_t heads = 0;
  for (size_t i = 0; i < items->len; i++) {
    Item *item = items->data[i];
    size_t to = fixed ? i : heads;
    while (to > 0 && goes_before(item, items->data[to - 1], fixed)) to--;
    bool head = item->clause && clause_is_head(item->clause);
    if (!fixed && !head) continue;
    memmove(items->data + to + 1, items->data + to, (i - to) * sizeof *items->data);
    items->data[to] = item;
    heads += head;
  }
}

static Items take_children(Arrange *run, Item *block) {
  Items items = {0};
  for (Item *child = block->first; child; child = child->next) vec_push(run->arena, &items, child);
  block->first = block->last = NULL;
  return items;
}

static bool is_requirement(const Item *item) {
  return item->clause && clause_info(item->clause)->kind == KIND_RANGE &&
         clause_info(item->clause)->form == FORM_NAMES;
}

static Str requirement_key(Arrange *run, const Item *item) {
  return str_printf(run->arena, "%d %.*s", (int)item->clause, STR_ARG(item->name));
}

/// A name that stands there twice, once with a range and once without, is said once.
static void drop_bare_names(Arrange *run, Item *block, Items *items) {
  StrMap ranged = {0};
  Remarks orphans = {0};
  size_t kept = 0, bare = 0;
  for (size_t i = 0; i < items->len; i++) {
    if (!is_requirement(items->data[i])) continue;
    bare += items->data[i]->kind == AST_NONE;
    if (items->data[i]->kind != AST_NONE)
      strmap_put(run->arena, &ranged, requirement_key(run, items->data[i]), NULL);
  }
  if (!bare || !ranged.len) return;
  for (size_t i = 0; i < items->len; i++) {
    Item *item = items->data[i];
    bool drop =
        is_requirement(item) && item->kind == AST_NONE && strmap_find(&ranged, requirement_key(run, item));
    append(run, &orphans, &item->before);
    item->before = orphans;
    orphans = (Remarks){0};
    if (!drop) {
      items->data[kept++] = item;
      continue;
    }
    orphans = item->before;
    if (item->behind.data) vec_push(run->arena, &orphans, (Remark){.text = item->behind});
  }
  items->len = kept;
  append(run, &orphans, &block->inside);
  block->inside = orphans;
}

static void give_children(Item *block, const Items *items) {
  for (size_t i = 0; i < items->len; i++) item_add(block, items->data[i]);
}

/* What stands together */

/// The clause that names the item which `item` becomes a part of, CLAUSE_none when it stands alone.
static ClauseId group_of(const Item *item, bool strategy) {
  if (!item->clause || item->grouped || (item->clause == CLAUSE_integration_route && !strategy))
    return CLAUSE_none;
  if (item->clause == CLAUSE_release_sdk) return CLAUSE_release_provider;
  if (item->clause == CLAUSE_overlay_sdk) return CLAUSE_overlay_provider;
  if (item->clause == CLAUSE_release_provider || item->clause == CLAUSE_overlay_provider) return item->clause;
  return clause_is_joined(item->clause) ? item->clause : clause_group(item->clause);
}

static Item *make_group(Arrange *run, const Item *first, ClauseId clause) {
  Item *group = arena_new(run->arena, Item);
  *group = (Item){.clause = clause, .kind = AST_BLOCK, .grouped = true, .span = first->span};
  group->start = first->start;
  group->line = first->line;
  group->one_line = true;
  group->depth = first->depth;
  return group;
}

static void add_to_group(Item *group, Item *item, bool first_line) {
  if (first_line && group->first) {  // `provider` before `sdk`, `strategy` before the routes
    item->next = group->first;
    item->parent = group;
    group->first = item;
  } else {
    item_add(group, item);
  }
  group->one_line &= item->one_line && item->line == group->line;
}

/// Members of a group need not stand side by side: a provider's SDK may come later.
static void make_groups(Arrange *run, Items *items) {
  Item *groups[CLAUSE_COUNT] = {0};
  size_t kept = 0;
  bool strategy = false;
  for (size_t i = 0; i < items->len; i++) strategy |= items->data[i]->clause == CLAUSE_integration_strategy;
  for (size_t i = 0; i < items->len; i++) {
    Item *item = items->data[i];
    ClauseId clause = group_of(item, strategy);
    if (!clause) {
      items->data[kept++] = item;
      continue;
    }
    if (!groups[clause]) items->data[kept++] = groups[clause] = make_group(run, item, clause);
    bool leads = item->clause == CLAUSE_integration_strategy || item->clause == CLAUSE_release_provider ||
                 item->clause == CLAUSE_overlay_provider;
    add_to_group(groups[clause], item, leads);
  }
  items->len = kept;
}

/* Comments */

/// Moves the comments below `from` to `item`, whose line has no place for them.
static void hoist_from(Arrange *run, Item *item, Item *from) {
  for (Item *child = from->first; child; child = child->next) {
    append(run, &item->before, &child->before);
    hoist_from(run, item, child);
    if (child->behind.data && !item->behind.data)
      item->behind = child->behind;
    else if (child->behind.data)
      vec_push(run->arena, &item->before, (Remark){.text = child->behind});
    append(run, &item->before, &child->inside);
    child->before.len = child->inside.len = 0;
    child->behind = STR_NONE;
  }
}

static void hoist(Arrange *run, Item *item) {
  hoist_from(run, item, item);
  append(run, &item->before, &item->inside);
  item->inside.len = 0;
}

/// Whether the item's children have lines of their own.
static bool has_lines(const Item *item) {
  if (item->grouped) return clause_group(item->clause) != CLAUSE_none;
  if (item->kind == AST_LIST || item->kind == AST_RECORD) return true;
  return !item->parent || clause_has_lines(item->clause);
}

/// In YAML nothing can stand behind the dash of an entry that goes on below.
static bool is_entry(const Item *item) {
  if (item->parent && item->parent->kind == AST_LIST)
    return item->kind == AST_LIST || item->kind == AST_RECORD;
  return clause_has_lines(item->clause) && clause_info(item->clause)->form == FORM_MANY;
}

static void move_behind(Arrange *run, Item *from, Item *to) {
  if (!from->behind.data) return;
  if (!to->behind.data && to->parent && !is_entry(to) && from != to)
    to->behind = from->behind;
  else
    vec_push(run->arena, &to->before, (Remark){.text = from->behind});
  from->behind = STR_NONE;
}

static void hoist_heads(Arrange *run, Item *block) {
  for (Item *child = block->first; child && child->clause && clause_is_head(child->clause);
       child = child->next) {
    hoist(run, child);
    append(run, &block->before, &child->before);
    move_behind(run, child, block);
    child->before.len = 0;
    child->blank = false;
  }
}

static void first_is_not_blank(Item *block) {
  Item *child = block->first;
  while (child && child->clause && clause_is_head(child->clause)) child = child->next;
  if (!child) {
    if (block->inside.len) block->inside.data[0].blank = false;
  } else if (child->before.len) {
    child->before.data[0].blank = false;
  } else {
    child->blank = false;
  }
}

/// What stands above a group in the text is what stands above the word that opens it.
static void settle_group(Arrange *run, Item *group) {
  Item *first = group->first;
  if (first->clause == CLAUSE_integration_strategy) {
    hoist(run, first);
    append(run, &group->before, &first->before);
    move_behind(run, first, group);
    first->before.len = 0;
  }
  size_t outer = 0;
  while (outer < first->before.len && first->before.data[outer].outer) outer++;
  for (size_t i = 0; i < outer; i++) vec_push(run->arena, &group->before, first->before.data[i]);
  if (outer) {
    first->before.data += outer;
    first->before.len -= outer;
    first->before.space -= outer;
  }
  bool *blank = first->before.len ? &first->before.data[0].blank : &first->blank;
  group->blank = *blank;
  *blank = false;
}

/* The whole */

static void arrange_item(Arrange *run, Item *item) {
  normalise(run, item);
  if (item->clause == CLAUSE_file_integration) {
    run->parameters = (StrMap){0};
    names_collect(run->arena, item, &run->parameters);
  } else if (item->clause == CLAUSE_integration_on || item->clause == CLAUSE_release_binding ||
             item->clause == CLAUSE_overlay_binding) {
    names_mark(run->arena, item, &run->parameters);
  } else if (item->clause == CLAUSE_behavior_step) {
    split_step(run, item);
  }
  if (item->grouped)
    for (Item *child = item->first; child; child = child->next) arrange_item(run, child);
  else
    arrange_block(run, item, item->clause ? clause_prefix(item->clause) : STR(""));
  if (item->parent && is_entry(item)) move_behind(run, item, item);
  if (item->parent && !has_lines(item)) hoist(run, item);
}

static void arrange_block(Arrange *run, Item *block, Str prefix) {
  if (block->kind == AST_BLOCK) {
    Items items = take_children(run, block);
    drop_bare_names(run, block, &items);
    regroup(run, &items, 0, prefix);
    sort_heads(&items, has_fixed_order(block));
    make_groups(run, &items);
    give_children(block, &items);
  }
  for (Item *child = block->first; child; child = child->next) {
    arrange_item(run, child);
    if (child->grouped) settle_group(run, child);
  }
  if (block->kind == AST_BLOCK) hoist_heads(run, block);
  first_is_not_blank(block);
}

void outline_arrange(Arena *arena, Item *root) {
  Arrange run = {.arena = arena};
  arrange_block(&run, root, STR(""));
}

/* Comparing */

static bool is_number(AstKind kind) { return kind >= AST_BOOL && kind <= AST_RATE; }

static bool same_text(const Item *a, const Item *b) {
  if (a->kind == AST_NULL || a->kind == AST_THRESHOLD || is_number(a->kind)) return true;
  return str_eq(a->text, b->text) && a->bare == b->bare;
}

static bool same_number(const Item *a, const Item *b) {
  bool counts = is_number(a->kind) || a->kind == AST_THRESHOLD || a->kind == AST_ELEMENT;
  if (!counts) return true;  // a choice has its word
  double difference = a->number > b->number ? a->number - b->number : b->number - a->number;
  double size = a->number > 0 ? a->number : -a->number;
  return difference <= size * 1e-14;
}

static bool same_item(const Item *a, const Item *b) {
  return a->clause == b->clause && a->kind == b->kind && a->grouped == b->grouped &&
         str_eq(a->name, b->name) && same_text(a, b) && same_number(a, b);
}

const Item *outline_difference(const Item *a, const Item *b) {
  if (!same_item(a, b)) return a;
  const Item *x = a->first, *y = b->first;
  for (; x && y; x = x->next, y = y->next) {
    const Item *found = outline_difference(x, y);
    if (found) return found;
  }
  return x ? x : y;
}
