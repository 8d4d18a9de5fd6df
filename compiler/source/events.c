/* In: nodes of a YAML or JSON file. Out: places inside scalars, keys that stand twice. Places are found by
 * walking the raw and the decoded text side by side, because only few scalars are ever asked. */
#include "source/events.h"

#include "base/map.h"
#include "base/utf8.h"

typedef struct Walk {
  Str raw;
  size_t at;    // in raw
  size_t done;  // decoded bytes so far
} Walk;

static size_t hex_value(Str s) {
  size_t value = 0;
  for (size_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    size_t digit = c >= '0' && c <= '9'   ? (size_t)(c - '0')
                   : c >= 'a' && c <= 'f' ? (size_t)(c - 'a' + 10)
                   : c >= 'A' && c <= 'F' ? (size_t)(c - 'A' + 10)
                                          : 0;
    value = value * 16 + digit;
  }
  return value;
}

static size_t escape_digits(char kind) { return kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0; }

/// \u{1F600} of .fx.
static void step_braces(Walk *walk, Str rest) {
  ptrdiff_t end = str_find_char(rest, '}');
  size_t digits = end < 0 ? rest.len - 2 : (size_t)end - 2;
  uint32_t point = (uint32_t)hex_value(str_take(str_skip(rest, 2), digits));
  char out[4];
  walk->at += digits + 4;
  walk->done += utf8_encode(point <= 0x10FFFF ? point : 0xFFFD, out);
}

static void step_escape(Walk *walk) {
  Str rest = str_skip(walk->raw, walk->at + 1);
  char kind = rest.len ? rest.data[0] : 'n';
  if (kind == 'u' && rest.len > 1 && rest.data[1] == '{') {
    step_braces(walk, rest);
    return;
  }
  size_t digits = escape_digits(kind);
  if (!digits) {
    bool wide = kind == 'N' || kind == '_' || kind == 'L' || kind == 'P';
    walk->at += 2;
    walk->done += kind == '\n' ? 0 : wide ? 2 : 1;
    return;
  }
  uint32_t point = (uint32_t)hex_value(str_take(str_skip(rest, 1), digits));
  walk->at += 2 + digits;
  if (point >= 0xD800 && point < 0xDC00) walk->at += 6, point = 0x10000;  // a surrogate pair
  char out[4];
  walk->done += utf8_encode(point <= 0x10FFFF ? point : 0xFFFD, out);
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// One decoded byte further. Folded line breaks and indentation have no decoded bytes of their own.
static void step_plain(Walk *walk, Str decoded) {
  char raw = walk->raw.data[walk->at], want = decoded.data[walk->done];
  if (raw == want) {
    walk->at++, walk->done++;
  } else if (want == ' ' && blank(raw)) {
    while (walk->at < walk->raw.len && blank(walk->raw.data[walk->at])) walk->at++;
    walk->done++;
  } else {
    walk->at++;
  }
}

/// Whether each byte of the content is a byte of the scalar: nothing is folded, quoted or escaped.
static bool is_verbatim(const DocNode *scalar, Str raw) {
  return scalar->style == DOC_PLAIN && scalar->text.len == raw.len;
}

static void walk_to(Walk *walk, const DocNode *scalar, size_t offset) {
  if (is_verbatim(scalar, walk->raw)) walk->at = walk->done = offset;
  while (walk->done < offset && walk->at < walk->raw.len) {
    char c = walk->raw.data[walk->at];
    if (scalar->style == DOC_DOUBLE && c == '\\') {
      step_escape(walk);
    } else if (scalar->style == DOC_SINGLE && c == '\'') {
      walk->at += 2, walk->done++;
    } else {
      step_plain(walk, scalar->text);
    }
  }
}

/// The scalar's first byte of content: behind a quote, or behind the header of a block scalar.
static size_t content_start(const DocNode *scalar, Str raw) {
  if (scalar->style == DOC_SINGLE || scalar->style == DOC_DOUBLE) return 1;
  if (scalar->style == DOC_RAW) return str_starts(raw, STR("\"\"\"")) ? 3 : 1;
  if (scalar->style != DOC_BLOCK) return 0;
  ptrdiff_t line = str_find_char(raw, '\n');
  return line < 0 ? 0 : (size_t)line + 1;
}

Span doc_inner_span(const DocEvents *doc, const DocNode *scalar, size_t from, size_t to) {
  Span whole = {doc->source, scalar->start, scalar->end};
  Str raw = str_take(str_skip(doc->bytes, scalar->start), scalar->end - scalar->start);
  if (to > scalar->text.len || from > to) return whole;
  Walk walk = {raw, content_start(scalar, raw), 0};
  walk_to(&walk, scalar, from);
  while ((scalar->style == DOC_BLOCK || scalar->style == DOC_RAW) && walk.at < raw.len &&
         from < scalar->text.len && raw.data[walk.at] != scalar->text.data[from])
    walk.at++;
  size_t start = walk.at;
  walk_to(&walk, scalar, to);
  size_t end = walk.at > raw.len ? raw.len : walk.at;
  return start > end ? whole : span_part(whole, (uint32_t)start, (uint32_t)end);
}

typedef struct Duplicates {
  DocEvents *doc;
  Arena *arena;
  DocDuplicate *report;
  void *context;
} Duplicates;

enum { FEW_KEYS = 12 };

static void found_duplicate(Duplicates *run, uint32_t key, uint32_t first) {
  run->doc->nodes.data[key].duplicate = true;
  run->report(run->context, key, first);
}

static void check_few(Duplicates *run, uint32_t map) {
  DocNode *nodes = run->doc->nodes.data;
  uint32_t seen[FEW_KEYS], count = 0;
  for (uint32_t key = map + 1; key < nodes[map].next; key = nodes[nodes[key].next].next) {
    uint32_t i = 0;
    if (nodes[key].unknown) continue;
    while (i < count && !str_eq(nodes[seen[i]].text, nodes[key].text)) i++;
    if (i < count)
      found_duplicate(run, key, seen[i]);
    else
      seen[count++] = key;
  }
}

static void check_many(Duplicates *run, uint32_t map) {
  DocNode *nodes = run->doc->nodes.data;
  StrMap seen = {0};
  for (uint32_t key = map + 1; key < nodes[map].next; key = nodes[nodes[key].next].next) {
    if (nodes[key].kind != DOC_SCALAR || nodes[key].unknown) continue;
    bool added;
    uint32_t *place = strmap_put(run->arena, &seen, nodes[key].text, &added);
    if (added)
      *place = key;
    else
      found_duplicate(run, key, *place);
  }
}

void doc_find_duplicates(DocEvents *doc, Arena *arena, DocDuplicate *report, void *context) {
  Duplicates run = {doc, arena, report, context};
  for (uint32_t i = 0; i < doc->nodes.len; i++) {
    const DocNode *node = doc_node(doc, i);
    if (node->kind != DOC_MAP || node->count < 2) continue;
    if (node->count <= FEW_KEYS)
      check_few(&run, i);
    else
      check_many(&run, i);
  }
}
