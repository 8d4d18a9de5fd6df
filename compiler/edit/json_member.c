/* In: a JSON text, a path of keys. Out: the text with one member changed. Surprising: there is no printer;
 * what comes in takes its indentation and its line breaks from the member in front of it, else from the file.
 */
#include "edit/json_member.h"

#include "base/file.h"
#include "edit/splice.h"
#include "json/json.h"

typedef struct Editing {
  Arena *arena;
  Str text;
  DocEvents doc;
  bool lines;  // members stand on lines of their own
  Str unit;    // of indentation
  const char *line_break;
} Editing;

static Str white_before(const Editing *e, uint32_t at) {
  uint32_t start = at;
  while (start > 0 && strchr(" \t", e->text.data[start - 1])) start--;
  return str_span(e->text.data + start, e->text.data + at);
}

// The indentation of the line on which a byte stands.
static Str line_indent(const Editing *e, uint32_t at) {
  uint32_t start = at, end;
  while (start > 0 && e->text.data[start - 1] != '\n') start--;
  for (end = start; end < at && strchr(" \t", e->text.data[end]);) end++;
  return str_span(e->text.data + start, e->text.data + end);
}

static bool starts_line(const Editing *e, uint32_t at) {
  Str white = white_before(e, at);
  size_t start = at - white.len;
  return start > 0 && e->text.data[start - 1] == '\n';
}

static bool open_text(Editing *e, Arena *arena, Str text) {
  DiagBag bag = {.arena = arena};
  *e = (Editing){.arena = arena, .text = text, .lines = true, .unit = STR("  ")};
  if (!json_events(arena, 1, text, &bag, &e->doc) || doc_node(&e->doc, 0)->kind != DOC_MAP) return false;
  e->line_break = str_find(text, STR("\r\n")) >= 0 ? "\r\n" : "\n";
  if (!doc_node(&e->doc, 0)->count) return true;
  uint32_t first = doc_node(&e->doc, 1)->start;
  e->lines = starts_line(e, first);
  if (e->lines && white_before(e, first).len) e->unit = white_before(e, first);
  return true;
}

static uint32_t find(const Editing *e, uint32_t map, Str key, uint32_t *before) {
  uint32_t at = map + 1;
  *before = 0;
  for (uint32_t i = 0; i < doc_node(&e->doc, map)->count; i++) {
    if (str_eq(doc_node(&e->doc, at)->text, key)) return at;
    *before = doc_node(&e->doc, at)->next;
    at = doc_node(&e->doc, *before)->next;
  }
  return 0;
}

static Str apply(const Editing *e, Splice splice) {
  SplicedText spliced;
  Splices list = {0};
  vec_push(e->arena, &list, splice);
  splice_begin(&spliced, e->arena, e->text);
  splice_apply(&spliced, &list);
  return spliced.current;
}

/* New members */

static void put_key(Buf *out, Str key) {
  buf_char(out, '"');
  for (size_t i = 0; i < key.len; i++) {
    unsigned char c = (unsigned char)key.data[i];
    if (c == '"' || c == '\\') buf_char(out, '\\');
    if (c < 0x20)
      buf_printf(out, "\\u%04x", c);
    else
      buf_char(out, key.data[i]);
  }
  buf_put(out, STR("\": "));
}

static void put_break(const Editing *e, Str indent, size_t more, Buf *out) {
  if (!e->lines) {
    buf_char(out, ' ');
    return;
  }
  buf_put(out, str_from(e->line_break));
  buf_put(out, indent);
  for (size_t i = 0; i < more; i++) buf_put(out, e->unit);
}

// "flags": { "x": false }, an object for each key but the last.
static void put_members(const Editing *e, const Str *path, size_t depth, Str value, Str indent, Buf *out) {
  for (size_t i = 0; i < depth; i++) {
    put_key(out, path[i]);
    if (i + 1 == depth) break;
    buf_char(out, '{');
    put_break(e, indent, i + 1, out);
  }
  buf_put(out, value);
  for (size_t i = depth - 1; i > 0; i--) {
    put_break(e, indent, i - 1, out);
    buf_char(out, '}');
  }
}

static Splice into_empty(const Editing *e, uint32_t map, const Str *path, size_t depth, Str value, Buf *out) {
  const DocNode *node = doc_node(&e->doc, map);
  Str outer = line_indent(e, node->start), inner = str_concat(e->arena, outer, e->unit);
  buf_char(out, '{');
  put_break(e, inner, 0, out);
  put_members(e, path, depth, value, inner, out);
  put_break(e, outer, 0, out);
  buf_char(out, '}');
  return (Splice){.start = node->start, .end = node->end};
}

static Splice behind_last(const Editing *e, uint32_t map, const Str *path, size_t depth, Str value,
                          Buf *out) {
  uint32_t first = doc_node(&e->doc, map + 1)->start, last = map + 1;
  for (uint32_t i = 0; i < doc_node(&e->doc, map)->count; i++) {
    uint32_t key = i ? doc_node(&e->doc, last)->next : last;
    last = doc_node(&e->doc, key)->next;
  }
  Editing here = *e;
  here.lines = starts_line(e, first);
  Str indent = white_before(e, first);
  buf_char(out, ',');
  put_break(&here, indent, 0, out);
  put_members(&here, path, depth, value, indent, out);
  uint32_t end = doc_node(&e->doc, last)->end;
  return (Splice){.start = end, .end = end};
}

static Str insert(const Editing *e, uint32_t map, const Str *path, size_t depth, Str value) {
  Buf text = {0};
  Splice splice = doc_node(&e->doc, map)->count ? behind_last(e, map, path, depth, value, &text)
                                                : into_empty(e, map, path, depth, value, &text);
  splice.text = str_copy(e->arena, buf_str(&text));
  buf_free(&text);
  return apply(e, splice);
}

bool json_member_set(Arena *arena, Str text, const Str *path, size_t depth, Str value, Str *result) {
  Editing e;
  uint32_t map = 0, before;
  if (!open_text(&e, arena, text)) return false;
  for (size_t i = 0; i < depth; i++) {
    uint32_t key = find(&e, map, path[i], &before);
    if (!key) {
      *result = insert(&e, map, path + i, depth - i, value);
      return true;
    }
    uint32_t at = doc_node(&e.doc, key)->next;
    const DocNode *node = doc_node(&e.doc, at);
    if (i + 1 == depth) *result = apply(&e, (Splice){.start = node->start, .end = node->end, .text = value});
    if (i + 1 < depth && node->kind != DOC_MAP) return false;
    map = at;
  }
  return true;
}

/* Members that go */

static Splice without(const Editing *e, uint32_t map, uint32_t key, uint32_t before) {
  const DocNode *value = doc_node(&e->doc, doc_node(&e->doc, key)->next);
  const DocNode *whole = doc_node(&e->doc, map);
  if (whole->count == 1) return (Splice){.start = whole->start, .end = whole->end, .text = STR("{}")};
  if (before) return (Splice){.start = doc_node(&e->doc, before)->end, .end = value->end};
  return (Splice){.start = doc_node(&e->doc, key)->start, .end = doc_node(&e->doc, value->next)->start};
}

bool json_member_remove(Arena *arena, Str text, const Str *path, size_t depth, Str *result) {
  Editing e;
  uint32_t map = 0, before;
  if (!open_text(&e, arena, text)) return false;
  *result = text;
  for (size_t i = 0; i < depth; i++) {
    uint32_t key = find(&e, map, path[i], &before);
    if (!key) return true;
    if (i + 1 == depth) {
      *result = apply(&e, without(&e, map, key, before));
      return true;
    }
    map = doc_node(&e.doc, key)->next;
    if (doc_node(&e.doc, map)->kind != DOC_MAP) return false;
  }
  return true;
}
