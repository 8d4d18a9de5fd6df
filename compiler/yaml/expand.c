/* In: nodes with aliases and merge keys. Out: the same nodes, each alias replaced by a copy of what it
 * names and each `<<` by the pairs that its map does not have yet. What a few bytes can ask for is bounded:
 * every node copied and every key compared counts. */
#include "base/map.h"
#include "yaml/read.h"

typedef VEC(DocNode) Nodes;

typedef struct Expand {
  Arena *arena;
  const DocEvents *doc;
  DiagBag *bag;
  Nodes out;
  size_t work;
  uint32_t blame;  // the alias at the top, for the message
  bool failed;
} Expand;

static bool expand_node(Expand *run, uint32_t at, size_t depth);

static bool too_much(Expand *run, const char *what) {
  if (!run->failed) {
    Diag *d = diag_add(run->bag, FX8006, doc_span(run->doc, run->blame), "%s", what);
    diag_help(d, "write the repeated part out where it is needed, or repeat less");
  }
  run->failed = true;
  return false;
}

static bool count_work(Expand *run) {
  if (++run->work <= YAML_NODE_LIMIT) return true;
  return too_much(run, "aliases expand to more than 1,000,000 values");
}

static uint32_t target_of(const DocEvents *doc, uint32_t at) {
  while (doc_node(doc, at)->kind == DOC_ALIAS) at = doc_node(doc, at)->count;
  return at;
}

static bool is_merge(const DocNode *key) {
  return key->kind == DOC_SCALAR && key->style == DOC_PLAIN && str_eq(key->text, STR("<<"));
}

static bool merge_value(Expand *run, uint32_t value, StrMap *have, uint32_t *count, size_t depth);

/// The pairs of `map` whose keys are new, in its order; those of its own merge keys come last.
static bool merge_map(Expand *run, uint32_t map, StrMap *have, uint32_t *count, size_t depth) {
  const DocEvents *doc = run->doc;
  uint32_t value;
  for (uint32_t key = map + 1; key < doc_node(doc, map)->next; key = doc_node(doc, value)->next) {
    value = doc_node(doc, key)->next;
    if (!count_work(run)) return false;
    bool added = true;
    if (is_merge(doc_node(doc, key))) continue;
    strmap_put(run->arena, have, doc_node(doc, key)->text, &added);
    if (!added) continue;
    ++*count;
    if (!expand_node(run, key, depth) || !expand_node(run, value, depth)) return false;
  }
  for (uint32_t key = map + 1; key < doc_node(doc, map)->next; key = doc_node(doc, value)->next) {
    value = doc_node(doc, key)->next;
    if (is_merge(doc_node(doc, key)) && !merge_value(run, value, have, count, depth)) return false;
  }
  return true;
}

static bool merge_value(Expand *run, uint32_t value, StrMap *have, uint32_t *count, size_t depth) {
  const DocEvents *doc = run->doc;
  uint32_t target = target_of(doc, value);
  if (depth > YAML_DEPTH_LIMIT) return too_much(run, "merge keys are nested more than 128 levels deep");
  if (doc_node(doc, target)->kind == DOC_MAP) return merge_map(run, target, have, count, depth + 1);
  if (doc_node(doc, target)->kind == DOC_LIST) {
    for (uint32_t item = target + 1; item < doc_node(doc, target)->next; item = doc_node(doc, item)->next)
      if (!count_work(run) || !merge_value(run, item, have, count, depth + 1)) return false;
    return true;
  }
  Diag *d = diag_add(run->bag, FX2005, doc_span(run->doc, value), "'<<' merges maps, and this is none");
  diag_help(d, "name a map by its alias: '<<: *defaults'");
  run->failed = true;
  return true;
}

static bool has_merge(const DocEvents *doc, uint32_t map) {
  for (uint32_t key = map + 1; key < doc_node(doc, map)->next;
       key = doc_node(doc, doc_node(doc, key)->next)->next)
    if (is_merge(doc_node(doc, key))) return true;
  return false;
}

static void note_own_keys(Expand *run, uint32_t map, StrMap *have) {
  const DocEvents *doc = run->doc;
  for (uint32_t key = map + 1; key < doc_node(doc, map)->next;
       key = doc_node(doc, doc_node(doc, key)->next)->next)
    if (!is_merge(doc_node(doc, key))) strmap_put(run->arena, have, doc_node(doc, key)->text, NULL);
}

static bool expand_merged(Expand *run, uint32_t map, uint32_t *count, size_t depth) {
  const DocEvents *doc = run->doc;
  StrMap have = {0};
  uint32_t value;
  note_own_keys(run, map, &have);
  for (uint32_t key = map + 1; key < doc_node(doc, map)->next; key = doc_node(doc, value)->next) {
    value = doc_node(doc, key)->next;
    if (is_merge(doc_node(doc, key))) {
      --*count;
      if (!merge_value(run, value, &have, count, depth)) return false;
    } else if (!expand_node(run, key, depth) || !expand_node(run, value, depth)) {
      return false;
    }
  }
  return true;
}

static bool expand_children(Expand *run, uint32_t at, uint32_t *count, size_t depth) {
  const DocEvents *doc = run->doc;
  if (doc_node(doc, at)->kind == DOC_MAP && has_merge(doc, at)) return expand_merged(run, at, count, depth);
  for (uint32_t child = at + 1; child < doc_node(doc, at)->next; child = doc_node(doc, child)->next)
    if (!expand_node(run, child, depth)) return false;
  return true;
}

static bool expand_node(Expand *run, uint32_t at, size_t depth) {
  if (!count_work(run)) return false;
  if (depth > YAML_DEPTH_LIMIT) return too_much(run, "aliases nest more than 128 levels deep");
  if (doc_node(run->doc, at)->kind == DOC_ALIAS) run->blame = at;
  DocNode node = *doc_node(run->doc, target_of(run->doc, at));
  at = target_of(run->doc, at);
  size_t place = run->out.len;
  vec_push(run->arena, &run->out, node);
  if (node.kind != DOC_SCALAR && !expand_children(run, at, &node.count, depth + 1)) return false;
  run->out.data[place].count = node.count;
  run->out.data[place].next = (uint32_t)run->out.len;
  return true;
}

bool yaml_expand(Arena *arena, DocEvents *doc, DiagBag *bag) {
  Expand run = {.arena = arena, .doc = doc, .bag = bag};
  for (size_t i = 0; i < doc->roots.len; i++) {
    uint32_t root = doc->roots.data[i];
    doc->roots.data[i] = (uint32_t)run.out.len;
    if (!expand_node(&run, root, 0)) return false;
  }
  doc->nodes.data = run.out.data;
  doc->nodes.len = run.out.len;
  doc->nodes.space = run.out.space;
  return !run.failed;
}
