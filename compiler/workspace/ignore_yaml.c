/* Suppressions in YAML. In: a file that has the word. Out: each key that follows such a comment, with its
 * value. Surprising: YAML's events know no comments. A '#' behind white space that lies in no scalar begins
 * one, since between scalars there are only blanks, line breaks, indicators and comments. */
#include <stdlib.h>

#include "workspace/ignore.h"
#include "workspace/ignore_notations.h"
#include "yaml/yaml.h"

// Scalars, or keys with their values, in the order of the text.
typedef VEC(Span) Stretches;

static int compare(const void *a, const void *b) {
  const Span *x = a, *y = b;
  return (x->start > y->start) - (x->start < y->start);
}

static void sort(Stretches *list) {
  if (list->len) qsort(list->data, list->len, sizeof *list->data, compare);
}

// The first that starts at or behind the place.
static size_t first_from(const Stretches *list, uint32_t place) {
  size_t low = 0, high = list->len;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (list->data[middle].start < place)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void add_keys(Arena *arena, const DocEvents *doc, uint32_t map, Stretches *keys) {
  uint32_t key = map + 1;
  for (uint32_t i = 0; i < doc_node(doc, map)->count; i++) {
    uint32_t value = doc_node(doc, key)->next;
    Span span = doc_span(doc, key);
    // The value of an alias stands elsewhere.
    if (doc_node(doc, value)->end > span.end) span.end = doc_node(doc, value)->end;
    vec_push(arena, keys, span);
    key = doc_node(doc, value)->next;
  }
}

typedef struct YamlIgnores {
  Arena *arena;
  Str text;
  Stretches scalars, keys;
} YamlIgnores;

static bool read(YamlIgnores *y, SourceId source) {
  DocEvents doc = {0};
  DiagBag reported = {.arena = y->arena};  // who reads the file says so
  if (!yaml_events(y->arena, source, y->text, &reported, &doc)) return false;
  for (uint32_t i = 0; i < doc.nodes.len; i++) {
    if (doc_node(&doc, i)->kind == DOC_SCALAR) vec_push(y->arena, &y->scalars, doc_span(&doc, i));
    if (doc_node(&doc, i)->kind == DOC_MAP) add_keys(y->arena, &doc, i, &y->keys);
  }
  sort(&y->scalars);
  sort(&y->keys);
  return true;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Where the comment begins whose first word stands at `word`; false when it is no comment.
static bool comment_start(const YamlIgnores *y, uint32_t word, uint32_t *start) {
  const char *text = y->text.data;
  uint32_t at = word;
  while (at > 0 && is_blank(text[at - 1])) at--;
  if (at == 0 || text[at - 1] != '#') return false;
  *start = --at;
  if (at > 0 && !is_blank(text[at - 1]) && text[at - 1] != '\n' && text[at - 1] != '\r') return false;
  size_t behind = first_from(&y->scalars, at);
  return behind == 0 || y->scalars.data[behind - 1].end <= at;
}

static uint32_t line_end(Str text, uint32_t at) {
  while (at < text.len && text.data[at] != '\n' && text.data[at] != '\r') at++;
  return at;
}

void ignore_read_yaml(Arena *arena, SourceId source, Str bytes, bool ours, DiagBag *bag, Ignores *ignores) {
  Arena scratch = {0};
  YamlIgnores y = {.arena = &scratch, .text = bytes};
  size_t from = 0;
  for (ptrdiff_t next = read(&y, source) ? 0 : -1; next >= 0; from += (size_t)next + 1) {
    next = str_find(str_skip(bytes, from), STR("fxc-ignore"));
    uint32_t word = (uint32_t)(from + (size_t)next), start;
    if (next < 0 || !comment_start(&y, word, &start)) continue;
    IgnoreComment comment = {.text = bytes, .start = start, .source = source, .ours = ours};
    comment.inner = start + 1;
    comment.inner_end = comment.end = line_end(bytes, word);
    size_t key = first_from(&y.keys, comment.end);
    if (key < y.keys.len) comment.scope = y.keys.data[key];
    ignore_take(arena, &comment, bag, ignores);
  }
  arena_free(&scratch);
}
