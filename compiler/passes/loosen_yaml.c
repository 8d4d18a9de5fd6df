/* Loosening requirements and chains in YAML and JSON. In: the file's nodes and the place of a name. Out:
 * edits.
 *
 * The only entry of `required` stays where it is and the key is renamed; one of several leaves its list or
 * map, and `optional` comes in front of the key. Where `optional` is there already nothing is known to be
 * right in every layout, so there is no edit then. */
#include "passes/loosen.h"

typedef struct Place {
  const DocEvents *doc;
  const uint32_t *parent;        // by node; of a value: its map, of a key too
  uint32_t entry;                // the name: a list item, a key, or the value itself
  uint32_t value;                // of a key
  uint32_t container, key, map;  // what holds the entries, its key, and the map of that
} Place;

static void fill_parents(const DocEvents *doc, uint32_t node, uint32_t *parent) {
  for (uint32_t i = node; i < doc_node(doc, node)->next; i++) {
    if (doc_node(doc, i)->kind == DOC_SCALAR) continue;
    for (uint32_t child = i + 1; child < doc_node(doc, i)->next; child = doc_node(doc, child)->next)
      parent[child] = i;
  }
}

// Where exactly one node has these bytes: an alias or a merge key repeats nodes.
static bool find_name(Place *place, Span name) {
  const DocEvents *doc = place->doc;
  uint32_t found = 0;
  for (uint32_t i = 0; i < doc->nodes.len; i++) {
    const DocNode *node = doc_node(doc, i);
    if (node->kind != DOC_SCALAR || node->start != name.start || node->end != name.end) continue;
    place->entry = i;
    found++;
  }
  return found == 1;
}

// Whether a node of a map is a key, and which one is its key.
static uint32_t key_of(const DocEvents *doc, uint32_t map, uint32_t value) {
  uint32_t key = map + 1;
  while (key < doc_node(doc, map)->next) {
    uint32_t its = doc_node(doc, key)->next;
    if (its == value) return key;
    if (key == value) return value;
    key = doc_node(doc, its)->next;
  }
  return 0;
}

static bool is_root(const Place *place, uint32_t node) { return place->parent[node] == UINT32_MAX; }

static bool find_container(Place *place) {
  const DocEvents *doc = place->doc;
  uint32_t holder = place->parent[place->entry];
  if (holder == UINT32_MAX) return false;
  place->container = holder;
  if (doc_node(doc, holder)->kind == DOC_MAP) {
    uint32_t key = key_of(doc, holder, place->entry);
    if (key == place->entry)  // `geocoding: "^2"`
      place->value = doc_node(doc, key)->next;
    else  // `required: geocoding`
      place->container = place->entry;
  }
  if (is_root(place, place->container)) return false;
  place->map = place->parent[place->container];
  if (doc_node(doc, place->map)->kind != DOC_MAP) return false;
  place->key = key_of(doc, place->map, place->container);
  bool empty = place->value && doc_node(doc, place->value)->end <= doc_node(doc, place->entry)->end;
  return place->key != 0 && place->key != place->container && !empty;
}

static Str key_above(const Place *place) {
  if (is_root(place, place->map)) return STR("");
  uint32_t above = place->parent[place->map];
  if (doc_node(place->doc, above)->kind != DOC_MAP) return STR("-");
  return doc_node(place->doc, key_of(place->doc, above, place->map))->text;
}

// `dependencies.required` and `requires`, not what annotations and prototypes say: those have no `optional`.
static bool can_be_optional(const Place *place) {
  Str key = doc_node(place->doc, place->key)->text, above = key_above(place);
  if (str_eq(key, STR("required"))) return str_eq(above, STR("dependencies"));
  return str_eq(key, STR("requires")) && !str_eq(above, STR("annotations")) &&
         !str_eq(above, STR("prototype")) && !str_eq(above, STR("-"));
}

static bool has_optional(const Place *place) {
  const DocEvents *doc = place->doc;
  uint32_t key = place->map + 1;
  while (key < doc_node(doc, place->map)->next) {
    if (str_eq(doc_node(doc, key)->text, STR("optional"))) return true;
    key = doc_node(doc, doc_node(doc, key)->next)->next;
  }
  return false;
}

/* One of several */

static bool is_flow(const DocEvents *doc, uint32_t node) {
  char c = doc->bytes.data[doc_node(doc, node)->start];
  return c == '[' || c == '{';
}

static Str piece(const DocEvents *doc, uint32_t start, uint32_t end) {
  return str_take(str_skip(doc->bytes, start), end - start);
}

static bool has_byte(Str s, char c) { return s.len && memchr(s.data, c, s.len) != NULL; }

static uint32_t end_of_entry(const Place *place) {
  return doc_node(place->doc, place->value ? place->value : place->entry)->end;
}

// In [a, b] and {a: 1, b: 2}: with the comma behind it, the last one with the comma before it.
static bool cut_flow(const Place *place, uint32_t *start, uint32_t *end) {
  const DocEvents *doc = place->doc;
  uint32_t before = 0, next = doc_node(doc, place->value ? place->value : place->entry)->next;
  for (uint32_t i = place->container + 1; i < place->entry; i = doc_node(doc, i)->next) before = i;
  *start = doc_node(doc, place->entry)->start;
  *end = end_of_entry(place);
  if (next < doc_node(doc, place->container)->next)
    *end = doc_node(doc, next)->start;
  else
    *start = doc_node(doc, before)->end;
  return *start < *end && !has_byte(piece(doc, *start, *end), '#');
}

// In a block: the line, if nothing else stands on it.
static bool cut_line(const Place *place, uint32_t *start, uint32_t *end) {
  const DocEvents *doc = place->doc;
  Str bytes = doc->bytes;
  *start = doc_node(doc, place->entry)->start;
  *end = end_of_entry(place);
  if (has_byte(piece(doc, *start, *end), '\n')) return false;
  while (*start > 0 && bytes.data[*start - 1] != '\n') --*start;
  while (*end < bytes.len && bytes.data[*end] != '\n') ++*end;
  if (*end == bytes.len) return false;
  Str before = str_trim(piece(doc, *start, doc_node(doc, place->entry)->start));
  Str behind = str_trim(piece(doc, end_of_entry(place), *end));
  ++*end;
  Str mark = place->value ? STR("") : STR("-");
  return str_eq(before, mark) && !behind.len;
}

// `optional` with the entry, in front of the key; in a block on a line of its own.
static bool put_optional(Arena *arena, const Place *place, DiagEdit *edit) {
  const DocEvents *doc = place->doc;
  uint32_t at = doc_node(doc, place->key)->start, line = at;
  while (line > 0 && (doc->bytes.data[line - 1] == ' ' || doc->bytes.data[line - 1] == '\t')) line--;
  bool flow = is_flow(doc, place->map), first = line == 0 || doc->bytes.data[line - 1] == '\n';
  if (!flow && !first) return false;
  Str entry = piece(doc, doc_node(doc, place->entry)->start, end_of_entry(place));
  Str key = doc->notation == DOC_JSON ? STR("\"optional\"") : STR("optional");
  Str gap = first ? str_concat(arena, flow ? STR(",\n") : STR("\n"), piece(doc, line, at)) : STR(", ");
  edit->span = (Span){doc->source, at, at};
  edit->text = str_printf(arena, place->value ? "%.*s: { %.*s }%.*s" : "%.*s: [%.*s]%.*s", STR_ARG(key),
                          STR_ARG(entry), STR_ARG(gap));
  return true;
}

static bool move_entry(Arena *arena, const Place *place, LoosenEdits *edits) {
  uint32_t start, end;
  DiagEdit put;
  bool known =
      is_flow(place->doc, place->container) ? cut_flow(place, &start, &end) : cut_line(place, &start, &end);
  if (!known || !put_optional(arena, place, &put)) return false;
  vec_push(arena, edits, put);
  vec_push(arena, edits, (DiagEdit){{place->doc->source, start, end}, STR("")});
  return true;
}

void loosen_read_document(Loosen *l, const DocEvents *doc) {
  l->doc = *doc;
  l->parent = arena_array(&l->arena, uint32_t, doc->nodes.len + 1);
  for (size_t i = 0; i < doc->nodes.len; i++) l->parent[i] = UINT32_MAX;
  for (size_t i = 0; i < doc->roots.len; i++) fill_parents(doc, doc->roots.data[i], l->parent);
}

// A link is a name, or a map that has one.
bool loosen_unlink_in_document(Loosen *l, Span name, LoosenEdits *edits) {
  const DocEvents *doc = &l->doc;
  Arena *arena = l->ir->arena;
  Place place = {.doc = doc, .parent = l->parent};
  if (!find_name(&place, name)) return false;
  uint32_t entry = place.entry, holder = place.parent[entry];
  if (holder != UINT32_MAX && doc_node(doc, holder)->kind == DOC_MAP) {
    uint32_t above = place.parent[holder];
    bool linked = above != UINT32_MAX && doc_node(doc, above)->kind == DOC_LIST;
    if (linked) place.entry = holder, holder = above;
  }
  place.container = holder;
  bool list = holder != UINT32_MAX && doc_node(doc, holder)->kind == DOC_LIST;
  if (!list || doc_node(doc, holder)->count == 1) {
    if (place.entry != entry) return false;  // a map with more in it than the name
    vec_push(arena, edits, (DiagEdit){doc_span(doc, entry), STR("static")});
    return true;
  }
  uint32_t start, end;
  bool known = is_flow(doc, holder) ? cut_flow(&place, &start, &end) : cut_line(&place, &start, &end);
  if (known) vec_push(arena, edits, (DiagEdit){{doc->source, start, end}, STR("")});
  return known;
}

bool loosen_in_document(Loosen *l, Span name, LoosenEdits *edits) {
  const DocEvents *doc = &l->doc;
  Arena *arena = l->ir->arena;
  Place place = {.doc = doc, .parent = l->parent};
  if (!find_name(&place, name) || !find_container(&place)) return false;
  if (!can_be_optional(&place) || has_optional(&place)) return false;
  bool only = place.container == place.entry || doc_node(doc, place.container)->count == 1;
  if (!only) return move_entry(arena, &place, edits);
  vec_push(arena, edits, (DiagEdit){doc_span(doc, place.key), STR("optional")});
  return true;
}
