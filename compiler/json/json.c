/* In: the bytes of a JSON file. Out: its nodes, or the first reason why there are none. The parser is a
 * loop over an explicit stack, so that nesting costs no C stack; numbers and words are plain scalars, which
 * the YAML core schema reads in the same way. */
#include "json/json.h"

#include "base/utf8.h"
#include "json/lexer.h"

typedef struct Json {
  Arena *arena;
  DiagBag *bag;
  DocEvents *doc;
  JsonLexer lexer;
  JsonToken token;
  uint32_t open[JSON_DEPTH_LIMIT];
  size_t depth;
  bool failed;
} Json;

static uint32_t offset(const Json *json, const char *at) { return (uint32_t)(at - json->doc->bytes.data); }

static Span token_span(const Json *json) {
  return (Span){json->doc->source, offset(json, json->lexer.token), offset(json, json->lexer.cursor)};
}

static Diag *fail(Json *json, const char *message) {
  json->failed = true;
  return diag_add(json->bag, FX2005, token_span(json), "%s", message);
}

static const char *mistake(JsonToken token) {
  switch (token) {
    case JSON_BAD_STRING:
      return "the text that starts here is not closed on its line";
    case JSON_BAD_CONTROL:
      return "a control character stands in a text";
    case JSON_BAD_ESCAPE:
      return "JSON has no such escape";
    case JSON_BAD_NUMBER:
      return "JSON does not write numbers like this";
    case JSON_BAD_WORD:
      return "JSON knows only the words true, false and null";
    case JSON_BAD_QUOTE:
      return "JSON has no 'single' quotes";
    case JSON_BAD_COMMENT:
      return "JSON has no comments";
    default:
      return "this character cannot stand here";
  }
}

static const char *cure(JsonToken token) {
  switch (token) {
    case JSON_BAD_STRING:
      return "close it with '\"'; a line break inside is written \\n";
    case JSON_BAD_CONTROL:
      return "write it as \\t, \\n or \\u00XX";
    case JSON_BAD_ESCAPE:
      return "escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits";
    case JSON_BAD_NUMBER:
      return "no leading zero or '+', a digit before and behind the point, nothing behind";
    case JSON_BAD_WORD:
    case JSON_BAD_QUOTE:
      return "put \"double quotes\" around text and keys";
    case JSON_BAD_COMMENT:
      return "remove it, or write the manifest in YAML";
    default:
      return NULL;
  }
}

static void next(Json *json) {
  json->token = json_next(&json->lexer);
  if (json->token < JSON_BAD_STRING) return;
  Diag *d = fail(json, mistake(json->token));
  if (cure(json->token)) diag_help(d, "%s", cure(json->token));
}

static uint32_t hex4(const char *at) {
  uint32_t value = 0;
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    value = value * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
  }
  return value;
}

/// `at` is behind "\u"; moves over a second half. Lone halves have no UTF-8.
static bool decode_point(Json *json, const char **at, uint32_t *point) {
  const char *start = *at - 2;
  *point = hex4(*at);
  *at += 4;
  bool high = *point >= 0xD800 && *point < 0xDC00, low = *point >= 0xDC00 && *point < 0xE000;
  if (!high && !low) return true;
  uint32_t second = high && (*at)[0] == '\\' && (*at)[1] == 'u' ? hex4(*at + 2) : 0;
  if (second >= 0xDC00 && second < 0xE000) {
    *point = 0x10000 + ((*point - 0xD800) << 10) + (second - 0xDC00);
    *at += 6;
    return true;
  }
  Span span = {json->doc->source, offset(json, start), offset(json, start) + 6};
  diag_add(json->bag, FX2005, span, "half of a surrogate pair is no character");
  json->failed = true;
  *point = 0xFFFD;
  return false;
}

static char simple_escape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

static Str decode_string(Json *json) {
  const char *from = json->lexer.token + 1, *end = json->lexer.cursor - 1;
  Str raw = str_span(from, end);
  if (!memchr(from, '\\', raw.len)) return str_copy(json->arena, raw);
  char *out = arena_alloc(json->arena, raw.len + 1), *to = out;
  while (from < end) {
    if (*from != '\\') {
      *to++ = *from++;
    } else if (from[1] == 'u') {
      uint32_t point;
      from += 2;
      decode_point(json, &from, &point);
      to += utf8_encode(point, to);
    } else {
      *to++ = simple_escape(from[1]);
      from += 2;
    }
  }
  *to = 0;
  return str_span(out, to);
}

static uint32_t add_node(Json *json, DocKind kind, DocStyle style) {
  Span span = token_span(json);
  DocNode node = {.kind = (uint8_t)kind, .style = (uint8_t)style, .start = span.start, .end = span.end};
  vec_push(json->arena, &json->doc->nodes, node);
  uint32_t at = (uint32_t)json->doc->nodes.len - 1;
  json->doc->nodes.data[at].next = at + 1;
  return at;
}

static void add_scalar(Json *json) {
  bool string = json->token == JSON_STRING;
  Str text =
      string ? decode_string(json) : str_copy(json->arena, str_span(json->lexer.token, json->lexer.cursor));
  uint32_t at = add_node(json, DOC_SCALAR, string ? DOC_DOUBLE : DOC_PLAIN);
  json->doc->nodes.data[at].text = text;
}

static bool open_node(Json *json, DocKind kind) {
  if (json->depth == JSON_DEPTH_LIMIT) {
    diag_add(json->bag, FX8006, token_span(json), "objects and arrays are nested more than %d levels deep",
             JSON_DEPTH_LIMIT);
    json->failed = true;
    return false;
  }
  json->open[json->depth++] = add_node(json, kind, DOC_PLAIN);
  return true;
}

static DocNode *innermost(Json *json) { return &json->doc->nodes.data[json->open[json->depth - 1]]; }

static void close_node(Json *json) {
  DocNode *node = innermost(json);
  node->end = token_span(json).end;
  node->next = (uint32_t)json->doc->nodes.len;
  json->depth--;
}

/// A key and its colon; the value is next.
static void read_key(Json *json) {
  if (json->token != JSON_STRING) {
    Diag *d =
        fail(json, json->token == JSON_CLOSE_MAP ? "a ',' stands before '}'" : "expected a key in quotes");
    if (json->token == JSON_CLOSE_MAP) diag_help(d, "JSON has no comma behind the last item");
    return;
  }
  add_scalar(json);
  next(json);
  if (json->failed) return;
  if (json->token != JSON_COLON) {
    fail(json, "expected ':' behind the key");
    return;
  }
  next(json);
}

/// Reads the start of a value. False when a map or list was opened, whose first item is next.
static bool read_value(Json *json) {
  switch (json->token) {
    case JSON_STRING:
    case JSON_LITERAL:
      add_scalar(json);
      return true;
    case JSON_OPEN_MAP:
      open_node(json, DOC_MAP);
      return false;
    case JSON_OPEN_LIST:
      open_node(json, DOC_LIST);
      return false;
    case JSON_CLOSE_LIST:
      diag_help(fail(json, "a ',' stands before ']'"), "JSON has no comma behind the last item");
      return true;
    case JSON_END:
      fail(json, "the file ends where a value is expected");
      return true;
    default:
      fail(json, "expected a value");
      return true;
  }
}

static bool closes(const Json *json, const DocNode *node) {
  return json->token == (node->kind == DOC_MAP ? JSON_CLOSE_MAP : JSON_CLOSE_LIST);
}

static void unclosed(Json *json, const DocNode *node) {
  bool map = node->kind == DOC_MAP;
  bool end = json->token == JSON_END;
  Diag *d = fail(json, end   ? map ? "the file ends before the '}' of an object"
                                   : "the file ends before the ']' of an array"
                       : map ? "expected ',' or '}'"
                             : "expected ',' or ']'");
  diag_note(d, (Span){json->doc->source, node->start, node->start + 1}, "the %s starts here",
            map ? "object" : "array");
}

/// Behind a complete value: closes what ends, until another item is to come or everything is closed.
static void after_value(Json *json) {
  while (!json->failed && json->depth > 0) {
    next(json);
    if (json->failed) return;
    if (closes(json, innermost(json))) {
      close_node(json);
      continue;
    }
    if (json->token != JSON_COMMA) {
      unclosed(json, innermost(json));
      return;
    }
    next(json);
    return;
  }
}

static void read_item(Json *json) {
  if (json->depth > 0) {
    if (innermost(json)->kind == DOC_MAP) read_key(json);
    if (json->failed) return;
    innermost(json)->count++;
  }
  if (read_value(json)) {
    after_value(json);
    return;
  }
  if (json->failed) return;
  next(json);
  if (json->failed || !closes(json, innermost(json))) return;
  close_node(json);
  after_value(json);
}

static bool check_encoding(SourceId source, Str bytes, DiagBag *bag) {
  size_t good = utf8_valid_prefix(bytes);
  if (good == bytes.len) return true;
  Diag *d = diag_add(bag, FX8005, (Span){source, (uint32_t)good, (uint32_t)good + 1},
                     "the byte 0x%02X is not UTF-8", (unsigned char)bytes.data[good]);
  d->severity = DIAG_ERROR;
  diag_help(d, "save the file as UTF-8");
  return false;
}

bool json_events(Arena *arena, SourceId source, Str bytes, DiagBag *bag, DocEvents *out) {
  *out = (DocEvents){.source = source, .notation = DOC_JSON, .bytes = bytes};
  if (!check_encoding(source, bytes, bag)) return false;
  Str text = str_starts(bytes, STR("\xEF\xBB\xBF")) ? str_skip(bytes, 3) : bytes;
  Json json = {.arena = arena, .bag = bag, .doc = out, .lexer = {text.data, text.data + text.len, text.data}};
  vec_push(arena, &out->roots, 0);
  next(&json);
  do {
    if (!json.failed) read_item(&json);
  } while (!json.failed && json.depth > 0);
  if (!json.failed) next(&json);
  if (!json.failed && json.token != JSON_END) fail(&json, "text behind the end of the value");
  return !json.failed;
}
