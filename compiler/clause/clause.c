/* In: grammar/manifest.def. Out: the look-ups that readers need. The ways of all shapes lie in one array
 * of fixed size, since the table is fixed when the program is built; a test checks that they fit. */
#include "clause/clause.h"

#include <pthread.h>

static const ShapeInfo shapes[SHAPE_COUNT] = {
#define SHAPE(id, short_form, sentence) [SHAPE_##id] = {#id, #short_form, sentence},
#define CLAUSE(...)
#define METRIC(...)
#include "manifest.def"
#undef SHAPE
#undef CLAUSE
};

static const ClauseInfo clauses[CLAUSE_COUNT] = {
#define SHAPE(...)
#define CLAUSE(shape, id, yaml, fx, kind, detail, form, need, initial, ir, sentence)       \
  [CLAUSE_##shape##_##id] = {SHAPE_##shape, #id,         yaml,    fx, KIND_##kind, detail, \
                             FORM_##form,   NEED_##need, initial, ir, sentence},
#include "manifest.def"
#undef SHAPE
#undef CLAUSE
#undef METRIC
};

typedef struct Block {
  ShapeId shape;
  uint16_t way;
} Block;

static struct {
  ClauseWay ways[512];
  uint16_t count;
  uint16_t roots[SHAPE_COUNT];
  ClauseId shorts[SHAPE_COUNT], first[SHAPE_COUNT];
  uint64_t required[SHAPE_COUNT];
  Block blocks[CLAUSE_COUNT];
} table;
static pthread_once_t made = PTHREAD_ONCE_INIT;

static bool same_key(Str a, Str b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (a.data[i] != b.data[i] && !(a.data[i] == '_' && b.data[i] == '-')) return false;
  return true;
}

static uint16_t find_way(uint16_t way, Str key) {
  uint16_t next = table.ways[way].first;
  while (next && !same_key(table.ways[next].key, key)) next = table.ways[next].next;
  return next;
}

static uint16_t add_way(uint16_t parent, Str key) {
  uint16_t found = find_way(parent, key);
  if (found) return found;
  uint16_t way = ++table.count, *last = &table.ways[parent].first;
  while (*last) last = &table.ways[*last].next;
  *last = way;
  table.ways[way].key = key;
  return way;
}

static void add_path(ClauseId clause, Str path) {
  uint16_t way = table.roots[clauses[clause].shape];
  Str key;
  while (str_split(&path, '.', &key)) {
    if (str_eq(key, STR("*"))) {
      table.ways[way].open = clause;
      return;
    }
    way = add_way(way, key);
  }
  table.ways[way].clause = clause;
}

static ShapeId find_shape(Str id) {
  for (ShapeId s = SHAPE_none + 1; s < SHAPE_COUNT; s++)
    if (str_eq(str_from(shapes[s].id), id)) return s;
  return SHAPE_none;
}

static void resolve_block(ClauseId clause) {
  Str path = str_from(clauses[clause].detail), shape, key;
  str_split(&path, ':', &shape);
  Block block = {find_shape(shape), 0};
  block.way = table.roots[block.shape];
  while (str_split(&path, '.', &key)) block.way = find_way(block.way, key);
  table.blocks[clause] = block;
}

static void make_table(void) {
  for (ShapeId s = SHAPE_none + 1; s < SHAPE_COUNT; s++) table.roots[s] = ++table.count;
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) {
    Str paths = str_from(clauses[c].yaml), path;
    while (str_split(&paths, '|', &path)) add_path(c, path);
    if (!table.first[clauses[c].shape]) table.first[clauses[c].shape] = c;
    if (strcmp(clauses[c].id, shapes[clauses[c].shape].short_form) == 0) table.shorts[clauses[c].shape] = c;
    if (clauses[c].need == NEED_REQUIRED) table.required[clauses[c].shape] |= clause_bit(c);
  }
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++)
    if (clauses[c].kind == KIND_BLOCK) resolve_block(c);
}

const ClauseInfo *clause_info(ClauseId clause) { return &clauses[clause]; }
const ShapeInfo *shape_info(ShapeId shape) { return &shapes[shape]; }

ShapeId clause_block(ClauseId clause, uint16_t *way) {
  pthread_once(&made, make_table);
  *way = table.blocks[clause].way;
  return table.blocks[clause].shape;
}

ClauseId shape_short(ShapeId shape) {
  pthread_once(&made, make_table);
  return table.shorts[shape];
}

uint64_t shape_required(ShapeId shape) {
  pthread_once(&made, make_table);
  return table.required[shape];
}

uint16_t shape_root(ShapeId shape) {
  pthread_once(&made, make_table);
  return table.roots[shape];
}

const ClauseWay *clause_way(uint16_t way) {
  pthread_once(&made, make_table);
  return &table.ways[way];
}

uint16_t clause_find(uint16_t way, Str key) {
  pthread_once(&made, make_table);
  return find_way(way, key);
}

Str clause_key(ClauseId clause) {
  Str paths = str_from(clauses[clause].yaml), path, key = STR_NONE, part;
  str_split(&paths, '|', &path);
  while (str_split(&path, '.', &part))
    if (!str_eq(part, STR("*"))) key = part;
  return key;
}

ClauseId shape_first(ShapeId shape) {
  pthread_once(&made, make_table);
  return table.first[shape];
}

ClauseId clause_by_word(ShapeId shape, Str word, ClauseId after) {
  for (ClauseId c = after ? after + 1 : shape_first(shape); c < CLAUSE_COUNT && clauses[c].shape == shape;
       c++)
    if (str_eq(str_from(clauses[c].fx), word)) return c;
  return CLAUSE_none;
}

bool clause_path(ClauseId clause, Str prefix, Str *path) {
  Str paths = str_from(clauses[clause].yaml);
  while (str_split(&paths, '|', path)) {
    bool below =
        !prefix.len || (str_starts(*path, prefix) && path->len > prefix.len && path->data[prefix.len] == '.');
    if (!below) continue;
    if (prefix.len) *path = str_skip(*path, prefix.len + 1);
    if (str_ends(*path, STR("*"))) path->len -= path->len > 1 ? 2 : 1;
    return true;
  }
  return false;
}

Str clause_word(ClauseId clause) {
  Str word = str_from(clauses[clause].fx);
  bool letters = word.len && ((word.data[0] | 32) >= 'a' && (word.data[0] | 32) <= 'z');
  return letters ? word : clause_key(clause);
}

bool clause_next_word(Str *rest, Str *word) {
  *rest = str_trim(*rest);
  return rest->len > 0 && str_split(rest, ' ', word);
}
