/* In: the nodes of a file and the place of a key. Out: edits that take entries out. Surprising: where an
 * entry shares its line with others, the gap behind it goes, or the one before it if it is the last, so that
 * commas stay right without being looked for. */
#include "edit/entries.h"

/* YAML and JSON */

static uint32_t later(uint32_t a, uint32_t b) { return a > b ? a : b; }

// The key's node; 0 when it is in no map, or in several.
static uint32_t find_key(const DocEvents *doc, uint32_t start, uint32_t *map) {
  uint32_t found = 0, count = 0;
  for (uint32_t at = 0; at < doc->nodes.len; at++) {
    const DocNode *node = doc_node(doc, at);
    uint32_t key = at + 1;
    for (uint32_t i = 0; node->kind == DOC_MAP && i < node->count; i++) {
      if (doc_node(doc, key)->start == start && doc_node(doc, key)->kind == DOC_SCALAR) {
        found = key;
        *map = at;
        count++;
      }
      key = doc_node(doc, key + 1)->next;
    }
  }
  return count == 1 ? found : 0;
}

// Behind the colon of `config:`, where no anchor or tag is in the way.
static void set_empty(const DocEvents *doc, uint32_t map, EntryList *list) {
  const DocNode *node = doc_node(doc, map), *key = doc_node(doc, map ? map - 1 : map);
  list->outer = (Entry){node->start, node->end};
  list->empty = STR("{}");
  if (!list->lines || map == 0 || key->end >= node->start) return;
  Str between = str_span(doc->bytes.data + key->end, doc->bytes.data + node->start), line = between;
  ptrdiff_t colon = str_find_char(between, ':');
  str_split(&between, '\n', &line);
  ptrdiff_t comment = str_find_char(line, '#');
  if (comment >= 0) line = str_take(line, (size_t)comment);
  if (colon >= 0 && str_find_char(line, '&') < 0 && str_find_char(line, '!') < 0)
    list->behind = key->end + (uint32_t)colon + 1;
}

// Behind "*name", which stands for bytes that stand elsewhere.
static uint32_t alias_end(const DocEvents *doc, uint32_t key_end) {
  uint32_t at = key_end;
  while (at < doc->bytes.len && doc->bytes.data[at] != '*') at++;
  while (at < doc->bytes.len && !strchr(" \t\r\n,]}", doc->bytes.data[at])) at++;
  return at;
}

static Entry entry_at(const DocEvents *doc, uint32_t key) {
  const DocNode *name = doc_node(doc, key), *value = doc_node(doc, key + 1);
  bool alias = value->end > value->start && value->start < name->end;
  return (Entry){name->start, alias ? alias_end(doc, name->end) : later(name->end, value->end)};
}

bool entries_of_key(Arena *arena, const DocEvents *doc, uint32_t start, EntryList *list, size_t *index) {
  uint32_t map = 0, wanted = find_key(doc, start, &map);
  *list = (EntryList){.bytes = doc->bytes};
  if (!wanted) return false;
  list->lines = doc->bytes.data[doc_node(doc, map)->start] != '{';
  set_empty(doc, map, list);
  uint32_t key = map + 1;
  for (uint32_t i = 0; i < doc_node(doc, map)->count; i++) {
    Entry entry = entry_at(doc, key);
    if (list->entries.len && entry.start < vec_last(&list->entries).end)
      return false;  // `<<` has put it there
    if (key == wanted) *index = list->entries.len;
    vec_push(arena, &list->entries, entry);
    key = doc_node(doc, key + 1)->next;
  }
  return true;
}

/* .fx */

static FxId find_pair(const FxTree *tree, uint32_t start) {
  for (FxId id = 1; id < tree->nodes.len; id++) {
    const FxNode *node = fx_node(tree, id);
    if (node->kind == FX_PAIR && fx_token(tree, node->name)->start == start) return id;
  }
  return 0;
}

static FxId find_parent(const FxTree *tree, FxId child) {
  for (FxId id = 1; id < tree->nodes.len; id++)
    for (FxId at = fx_child(tree, id); at; at = fx_next(tree, at))
      if (at == child) return id;
  return 0;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static uint32_t without_blanks(Str bytes, uint32_t at) {
  while (at && is_blank(bytes.data[at - 1])) at--;
  return at;
}

// Parentheses and brackets go with what is in them, braces stay.
static void set_outer(const FxTree *tree, FxId parent, FxId first, FxId last, EntryList *list) {
  uint32_t open = fx_node(tree, first)->first - 1, close = fx_node(tree, last)->last + 1;
  list->outer = (Entry){fx_token(tree, open)->start, fx_token(tree, close)->end};
  list->empty = STR("{}");
  if (fx_node(tree, parent)->kind == FX_RECORD) return;
  list->outer.start = without_blanks(tree->bytes, list->outer.start);
  list->empty = STR("");
}

bool entries_of_pair(Arena *arena, const FxTree *tree, uint32_t start, EntryList *list, size_t *index) {
  FxId wanted = find_pair(tree, start), parent = wanted ? find_parent(tree, wanted) : 0, first = 0, last = 0;
  *list = (EntryList){.bytes = tree->bytes, .lines = true};
  if (!parent) return false;
  for (FxId at = fx_child(tree, parent); at; at = fx_next(tree, at)) {
    if (fx_node(tree, at)->kind != FX_PAIR) continue;
    if (!first) first = at;
    last = at;
    if (at == wanted) *index = list->entries.len;
    Span span = fx_span(tree, at);
    vec_push(arena, &list->entries, (Entry){span.start, span.end});
  }
  set_outer(tree, parent, first, last, list);
  return true;
}

/* Taking out */

bool entries_indent(Str bytes, uint32_t at, Str *indent) {
  uint32_t start = without_blanks(bytes, at);
  *indent = str_span(bytes.data + start, bytes.data + at);
  return start == 0 || bytes.data[start - 1] == '\n';
}

// Behind an entry that ends its line: where the next line starts; 0 when something else follows on the line.
static uint32_t line_behind(Str bytes, uint32_t end) {
  uint32_t at = end;
  if (at && bytes.data[at - 1] == '\n') return at;  // a block scalar takes its line break
  while (at < bytes.len && is_blank(bytes.data[at])) at++;
  if (at < bytes.len && bytes.data[at] == ';') at++;
  while (at < bytes.len && is_blank(bytes.data[at])) at++;
  bool comment = at < bytes.len && (bytes.data[at] == '#' || str_starts(str_skip(bytes, at), STR("//")));
  if (!comment && at < bytes.len && bytes.data[at] != '\n' && bytes.data[at] != '\r') return 0;
  while (at < bytes.len && bytes.data[at] != '\n') at++;
  return at < bytes.len ? at + 1 : at;
}

// A comma before the last of a list goes with it.
static bool is_behind_comma(const EntryList *list, size_t i) {
  if (i == 0 || i + 1 < list->entries.len) return false;
  const Entry *entry = &list->entries.data[i];
  Str gap = str_span(list->bytes.data + entry[-1].end, list->bytes.data + entry->start);
  return str_find_char(gap, ',') >= 0;
}

static bool goes_with_lines(const EntryList *list, size_t i, Entry *lines) {
  Str indent;
  const Entry *entry = &list->entries.data[i];
  if (is_behind_comma(list, i)) return false;
  if (!list->lines || !entries_indent(list->bytes, entry->start, &indent)) return false;
  *lines = (Entry){entry->start - (uint32_t)indent.len, line_behind(list->bytes, entry->end)};
  return lines->end != 0;
}

static void take_out(Arena *arena, Splices *edits, uint32_t start, uint32_t end, Str text) {
  Splice splice = {start, end, text, 0};
  vec_push(arena, edits, splice);
}

// Nothing is left; comments are.
static void take_all(Arena *arena, const EntryList *list, Splices *edits) {
  Entry lines;
  bool by_lines = list->behind != 0;
  for (size_t i = 0; i < list->entries.len && by_lines; i++) by_lines = goes_with_lines(list, i, &lines);
  if (!by_lines) {
    take_out(arena, edits, list->outer.start, list->outer.end, list->empty);
    return;
  }
  take_out(arena, edits, list->behind, list->behind, str_concat(arena, STR(" "), list->empty));
  for (size_t i = 0; i < list->entries.len; i++) {
    goes_with_lines(list, i, &lines);
    take_out(arena, edits, lines.start, lines.end, STR(""));
  }
}

void entries_remove(Arena *arena, const EntryList *list, const bool *drop, Splices *edits) {
  size_t count = list->entries.len, kept = 0;
  for (size_t i = 0; i < count; i++) kept += !drop[i];
  if (kept == count) return;
  if (!kept) {
    take_all(arena, list, edits);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    Entry lines;
    size_t end = i;
    if (!drop[i]) continue;
    if (goes_with_lines(list, i, &lines)) {
      take_out(arena, edits, lines.start, lines.end, STR(""));
      continue;
    }
    while (end + 1 < count && drop[end + 1] && !goes_with_lines(list, end + 1, &lines)) end++;
    const Entry *entries = list->entries.data;
    if (end + 1 < count && !goes_with_lines(list, end + 1, &lines))
      take_out(arena, edits, entries[i].start, entries[end + 1].start, STR(""));
    else if (i)
      take_out(arena, edits, entries[i - 1].end, entries[end].end, STR(""));
    else
      take_out(arena, edits, entries[i].start, entries[end].end, STR(""));
    i = end;
  }
}
