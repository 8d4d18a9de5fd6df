/* In: an arranged outline. Out: the same as YAML: each clause at the first of its ways, short forms where a
 * block says no more than its short clause, flow style for what .fx writes on one line. */
#include "edit/to_yaml.h"

#include "edit/look.h"
#include "edit/names.h"
#include "edit/spell.h"
#include "edit/yaml_node.h"

typedef struct ToYaml {
  Arena *arena;
  DiagBag *bag;
  SourceId source;
  bool failed;
  const Item *block;  // whose clauses of this kind …
  ClauseId clause;
  bool names;  // … are written as a list of names
} ToYaml;

static YamlNode *add_item(ToYaml *run, YamlNode *parent, Str key, const Item *item);
static void add_clauses(ToYaml *run, YamlNode *map, const Item *block, Str prefix);

static Str taken(ToYaml *run, Buf *text) {
  Str result = str_copy(run->arena, buf_str(text));
  buf_free(text);
  return result;
}

/* Scalars */

static YamlNode *add_scalar(ToYaml *run, YamlNode *parent, Str key, YamlKind kind, Str text) {
  YamlNode *node = yaml_add(run->arena, parent, kind, key);
  node->text = text;
  return node;
}

static YamlNode *add_type(ToYaml *run, YamlNode *parent, Str key, const Item *item) {
  Buf text = {0};
  if (!spell_type(item, &text)) {
    run->failed = true;
    Diag *d = diag_add(run->bag, FX2024, item->span, "YAML has no way to write this type");
    diag_help(d, "leave one kind of quotes out of the text");
  }
  return add_scalar(run, parent, key, YAML_TEXT, taken(run, &text));
}

static YamlNode *add_spelled(ToYaml *run, YamlNode *parent, Str key, const Item *item) {
  Buf text = {0};
  if (item->kind == AST_THRESHOLD)
    spell_threshold(item, &text);
  else
    spell_number(item, &text);
  bool bare = item->kind != AST_THRESHOLD && item->kind != AST_DATE;
  return add_scalar(run, parent, key, bare ? YAML_BARE : YAML_TEXT, taken(run, &text));
}

static YamlNode *add_value(ToYaml *run, YamlNode *parent, Str key, const Item *item) {
  switch (item->kind) {
    case AST_NONE:
    case AST_NULL:
      return add_scalar(run, parent, key, YAML_BARE, STR("null"));
    case AST_BOOL:
      return add_scalar(run, parent, key, YAML_BARE, item->number != 0 ? STR("true") : STR("false"));
    case AST_INT:
    case AST_NUMBER:
    case AST_DATE:
    case AST_DURATION:
    case AST_SHARE:
    case AST_SIZE:
    case AST_RATE:
    case AST_THRESHOLD:
      return add_spelled(run, parent, key, item);
    case AST_TYPE_NAME:
    case AST_TYPE_UNION:
    case AST_TYPE_ARRAY:
    case AST_TYPE_OPTIONAL:
      return add_type(run, parent, key, item);
    case AST_ELEMENT:
      return add_scalar(run, parent, key, YAML_TEXT,
                        item->number != 0 ? str_concat(run->arena, item->text, STR("?")) : item->text);
    default:
      return add_scalar(run, parent, key, names_need_quotes(item) ? YAML_QUOTED : YAML_TEXT, item->text);
  }
}

/* Lists, maps, blocks */

static bool is_leaf(const Item *item) { return !item->first || item->kind > AST_RECORD; }

/// Values without comments inside, which may stand on one line if they fit.
static bool may_flow(const Item *item) {
  if (item->inside.len || (item->kind == AST_RECORD && item->first && !item->one_line)) return false;
  for (const Item *child = item->first; child; child = child->next)
    if (item_is_placed(child) && (item_has_comments(child) || !may_flow(child))) return false;
  return true;
}

static YamlNode *add_collection(ToYaml *run, YamlNode *parent, Str key, const Item *item) {
  bool record = item->kind == AST_RECORD;
  YamlNode *node = yaml_add(run->arena, parent, record ? YAML_MAP : YAML_LIST, key);
  node->flow = !may_flow(item) ? FLOW_NO : record ? FLOW_YES : FLOW_IF_SHORT;
  for (const Item *child = item->first; child; child = child->next)
    add_item(run, node, record ? child->name : STR_NONE, child)->item = child;
  return node;
}

/// The clause that says all that the block does: `string` for `{type: string}`.
static const Item *short_form(const Item *block) {
  uint16_t way;
  ClauseId clause = shape_short(clause_block(block->clause, &way));
  const Item *only = block->first;
  if (!clause || !only || only->next || only->clause != clause || block->inside.len) return NULL;
  if (only->grouped) return only;
  return only->kind == AST_TEXT || only->kind == AST_HOLE || is_leaf(only) || only->kind >= AST_TYPE_NAME
             ? only
             : NULL;
}

static YamlNode *add_list(ToYaml *run, YamlNode *parent, Str key, const Item *group) {
  YamlNode *list = yaml_add(run->arena, parent, YAML_LIST, key);
  list->flow = FLOW_IF_SHORT;
  for (const Item *child = group->first; child; child = child->next) add_item(run, list, STR_NONE, child);
  return list;
}

static YamlNode *add_block(ToYaml *run, YamlNode *parent, Str key, const Item *item) {
  const Item *brief = short_form(item);
  if (brief && brief->grouped) return add_list(run, parent, key, brief);
  if (brief) return add_value(run, parent, key, brief);
  YamlNode *map = yaml_add(run->arena, parent, YAML_MAP, key);
  bool lines = clause_has_lines(item->clause);
  map->flow = !lines ? FLOW_IF_SHORT : item->one_line ? FLOW_YES : FLOW_NO;
  add_clauses(run, map, item, clause_prefix(item->clause));
  for (const YamlNode *child = map->first; child && !lines; child = child->next)
    if (child->kind == YAML_TEXT && str_find_char(child->text, '\n') >= 0) map->flow = FLOW_NO;
  return map;
}

static YamlNode *add_item(ToYaml *run, YamlNode *parent, Str key, const Item *item) {
  if (item->kind == AST_LIST || item->kind == AST_RECORD) return add_collection(run, parent, key, item);
  bool block = item->clause && clause_info(item->clause)->kind == KIND_BLOCK;
  return block ? add_block(run, parent, key, item) : add_value(run, parent, key, item);
}

/* Ways */

static YamlNode *find_map(ToYaml *run, YamlNode *map, Str key, YamlFlow flow) {
  return yaml_open(run->arena, map, YAML_MAP, key, flow);
}

/// The map that the clause's last key stands in; *key is that key, or the name of the clause.
static YamlNode *follow(ToYaml *run, YamlNode *map, const Item *item, Str prefix, Str *key) {
  ClausePath path = clause_keys(item->clause, prefix);
  ClauseForm form = clause_info(item->clause)->form;
  bool named = form == FORM_KEYED || form == FORM_NAMES;
  size_t maps = named ? path.count : path.count - 1;
  for (size_t i = 0; i < maps; i++) map = find_map(run, map, path.parts[i], map->flow);
  *key = named ? item->name : path.parts[path.count - 1];
  return map;
}

static bool is_name_only(const Item *item) {
  return item->kind == AST_NONE || (item->kind == AST_BLOCK && !item->first);
}

/// Whether the clauses of that kind in the block must be a list: names with nothing behind them, names that
/// stand twice.
static bool look_at_names(ToYaml *run, const Item *item) {
  StrMap seen = {0};
  bool all = true, any = false, added = true;
  for (const Item *other = item->parent->first; other; other = other->next) {
    if (other->clause != item->clause) continue;
    bool alone = is_name_only(other);
    all &= alone && !other->behind.data;
    any |= alone && clause_info(item->clause)->kind != KIND_BLOCK;
    strmap_put(run->arena, &seen, other->name, &added);
    any |= !added;
  }
  return all || any;
}

static YamlNode *add_to_list(ToYaml *run, YamlNode *map, Str key, YamlFlow flow, const Item *item) {
  return add_item(run, yaml_open(run->arena, map, YAML_LIST, key, flow), STR_NONE, item);
}

static bool are_names(ToYaml *run, const Item *item) {
  if (run->block == item->parent && run->clause == item->clause) return run->names;
  run->block = item->parent;
  run->clause = item->clause;
  return run->names = look_at_names(run, item);
}

/// `requires: [geocoding]`, and `requires: [geocoding, { maps: ^2 }]`.
static YamlNode *add_name(ToYaml *run, YamlNode *map, const Item *item, Str prefix) {
  ClausePath path = clause_keys(item->clause, prefix);
  for (size_t i = 0; i + 1 < path.count; i++) map = find_map(run, map, path.parts[i], map->flow);
  YamlNode *list = yaml_open(run->arena, map, YAML_LIST, path.parts[path.count - 1], FLOW_IF_SHORT);
  bool above = item->before.len || (item->blank && list->first);
  if (above || item->behind.data) list->flow = FLOW_NO;
  if (is_name_only(item)) return add_scalar(run, list, STR_NONE, YAML_TEXT, item->name);
  YamlNode *pair = yaml_add(run->arena, list, YAML_MAP, STR_NONE);
  pair->flow = FLOW_YES;
  add_item(run, pair, item->name, item);
  return pair;
}

static YamlNode *add_clause(ToYaml *run, YamlNode *map, const Item *item, Str prefix) {
  if (!item->clause) return add_item(run, map, item->name, item);
  ClauseForm form = clause_info(item->clause)->form;
  if (form == FORM_NAMES && are_names(run, item)) return add_name(run, map, item, prefix);
  Str key;
  map = follow(run, map, item, prefix, &key);
  if (form == FORM_MANY) {
    bool joined = clause_is_joined(item->clause) || clause_info(item->clause)->kind != KIND_BLOCK;
    YamlFlow flow = map->flow == FLOW_YES ? FLOW_YES : joined ? FLOW_IF_SHORT : FLOW_NO;
    return add_to_list(run, map, key, flow, item);
  }
  if (form == FORM_NAMES && is_name_only(item) && clause_info(item->clause)->kind == KIND_BLOCK)
    return yaml_add(run->arena, map, YAML_MAP, key);
  return add_item(run, map, key, item);
}

/// The map or list that a group of lines is in YAML: `config`, `routing`, `alerts`.
static YamlNode *open_group(ToYaml *run, YamlNode *map, const Item *group, Str prefix) {
  ClauseId clause = group->clause;
  ClausePath path = clause_keys(clause, prefix);
  bool both = clause == CLAUSE_integration_route;
  bool list = clause_info(clause)->form == FORM_MANY && !both;
  size_t depth = both ? 1 : path.count;
  for (size_t i = 0; i + 1 < depth; i++) map = find_map(run, map, path.parts[i], map->flow);
  YamlNode *node = find_map(run, map, path.parts[depth - 1],
                            map->flow == FLOW_YES || group->one_line ? FLOW_YES : FLOW_NO);
  if (list) node->kind = YAML_LIST;
  node->item = group;
  return node;
}

/// `config: { … }`: what is around the members has the comments of the group.
static void add_lines(ToYaml *run, YamlNode *map, const Item *group, Str prefix) {
  open_group(run, map, group, prefix);
  for (const Item *item = group->first; item; item = item->next)
    add_clause(run, map, item, prefix)->item = item;
}

/// `integration: a` and `version: b`: what stands above both is above the first, what stands behind, behind
/// the last.
static void add_pairs(ToYaml *run, YamlNode *map, const Item *group, Str prefix) {
  Item *first = arena_new(run->arena, Item), *last = arena_new(run->arena, Item);
  *first = (Item){.before = group->before, .blank = group->blank};
  for (const Item *item = group->first; item; item = item->next)
    add_clause(run, map, item, prefix)->item = item == group->first ? first : last;
  (group->first->next ? last : first)->behind = group->behind;
}

/// `tags: [a, b]`: a comment behind it can only stand behind a list on one line.
static void add_joined(ToYaml *run, YamlNode *map, const Item *group, Str prefix) {
  Str key;
  YamlNode *around = follow(run, map, group->first, prefix, &key);
  bool flow = around->flow == FLOW_YES || group->behind.data;
  YamlNode *list = yaml_open(run->arena, around, YAML_LIST, key, flow ? FLOW_YES : FLOW_IF_SHORT);
  list->item = group;
  for (const Item *item = group->first; item; item = item->next) add_clause(run, map, item, prefix);
}

static void add_group(ToYaml *run, YamlNode *map, const Item *group, Str prefix) {
  if (clause_group(group->clause))
    add_lines(run, map, group, prefix);
  else if (clause_is_joined(group->clause))
    add_joined(run, map, group, prefix);
  else
    add_pairs(run, map, group, prefix);
}

static void add_clauses(ToYaml *run, YamlNode *map, const Item *block, Str prefix) {
  for (const Item *item = block->first; item; item = item->next) {
    if (item->grouped)
      add_group(run, map, item, prefix);
    else
      add_clause(run, map, item, prefix)->item = item;
  }
}

bool outline_to_yaml(Arena *arena, const Item *root, DiagBag *bag, SourceId source, Buf *out) {
  ToYaml run = {.arena = arena, .bag = bag, .source = source};
  YamlNode *map = yaml_add(arena, NULL, YAML_MAP, STR_NONE);
  map->item = root;
  add_clauses(&run, map, root, STR(""));
  yaml_print(map, out);
  return !run.failed;
}
