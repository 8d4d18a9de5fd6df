/* In: tokens and comments. Out: what they mean: texts without quotes and escapes, documentation without its
 * marks. */
#include "base/utf8.h"
#include "fx/tree.h"

static uint32_t hex_value(Str digits) {
  uint32_t value = 0;
  for (size_t i = 0; i < digits.len && value <= 0x10FFFF; i++)
    value = value * 16 +
            (uint32_t)(digits.data[i] <= '9' ? digits.data[i] - '0' : (digits.data[i] | 32) - 'a' + 10);
  return value;
}

/// One escape at the front of `rest` into `out`; answers how many bytes of `rest` it was.
static size_t decode_escape(Str rest, char *out, size_t *len) {
  char kind = rest.len > 1 ? rest.data[1] : '\\';
  if (kind == 'u' && rest.len > 2 && rest.data[2] == '{') {
    ptrdiff_t end = str_find_char(rest, '}');
    if (end > 3) {
      uint32_t point = hex_value(str_span(rest.data + 3, rest.data + end));
      bool scalar = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
      *len += utf8_encode(scalar ? point : 0xFFFD, out + *len);
      return (size_t)end + 1;
    }
  }
  out[(*len)++] = kind == 'n' ? '\n' : kind == 't' ? '\t' : kind;
  return rest.len > 1 ? 2 : 1;
}

static Str decode_string(Arena *arena, Str inner) {
  if (str_find_char(inner, '\\') < 0) return inner;
  char *out = arena_alloc(arena, inner.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < inner.len;) {
    if (inner.data[i] == '\\')
      i += decode_escape(str_skip(inner, i), out, &len);
    else
      out[len++] = inner.data[i++];
  }
  return (Str){out, len};
}

/// `\/` is a slash; every other escape is the expression's own.
static Str decode_regex(Arena *arena, Str inner) {
  if (str_find(inner, STR("\\/")) < 0) return inner;
  char *out = arena_alloc(arena, inner.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < inner.len; i++) {
    bool escape = inner.data[i] == '\\' && i + 1 < inner.len;
    if (escape && inner.data[i + 1] == '/') i++;
    out[len++] = inner.data[i];
    if (escape && inner.data[i] == '\\') out[len++] = inner.data[++i];
  }
  return (Str){out, len};
}

static size_t blank_prefix(Str s) {
  size_t n = 0;
  while (n < s.len && (s.data[n] == ' ' || s.data[n] == '\t')) n++;
  return n;
}

static size_t same_prefix(Str a, Str b) {
  size_t n = 0;
  while (n < a.len && n < b.len && a.data[n] == b.data[n]) n++;
  return n;
}

static Str decode_raw(Arena *arena, Str inner) {
  ptrdiff_t open = str_find_char(inner, '\n'), close = str_rfind_char(inner, '\n');
  if (open < 0 || str_trim(str_take(inner, (size_t)open)).len) return inner;
  Str indent = str_skip(inner, (size_t)close + 1);
  bool own_line = blank_prefix(indent) == indent.len;
  Str rest = str_skip(inner, (size_t)open + 1), line;
  if (own_line) rest.len = close > open ? (size_t)(close - open - 1) : 0;
  if (!own_line || !rest.len) return rest;
  char *out = arena_alloc(arena, rest.len + 1);
  size_t len = 0;
  while (str_split(&rest, '\n', &line)) {
    line = str_skip(line, same_prefix(indent, line));
    if (line.len && line.data[line.len - 1] == '\r') line.len--;
    memcpy(out + len, line.data, line.len);
    len += line.len;
    out[len++] = '\n';
  }
  return (Str){out, len - 1};
}

/// Without `open` bytes in front and `close` at the end, as far as a broken file has them.
static Str strip(Str text, size_t open, const char *close) {
  Str inner = str_skip(text, open), end = str_from(close);
  if (str_ends(inner, end)) inner.len -= end.len;
  return inner;
}

Str fx_decode(Arena *arena, const FxTree *tree, uint32_t token) {
  Str text = fx_token_text(tree, token);
  switch ((FxTokenKind)fx_token(tree, token)->kind) {
    case FX_TOKEN_STRING:
      return decode_string(arena, strip(text, 1, text.data[0] == '\'' ? "'" : "\""));
    case FX_TOKEN_RAW_STRING:
      return decode_raw(arena, strip(text, 3, "\"\"\""));
    case FX_TOKEN_REGEX:
      return decode_regex(arena, strip(text, 1, "/"));
    case FX_TOKEN_QUOTED_NAME:
      return strip(text, 1, "`");
    default:
      return text;
  }
}

/// Tokens of one scalar with one space between them.
static Str join_tokens(Arena *arena, const FxTree *tree, const FxNode *node) {
  size_t size = 0, len = 0;
  for (uint32_t t = node->first; t <= node->last; t++) size += fx_token_text(tree, t).len + 1;
  char *out = arena_alloc(arena, size);
  for (uint32_t t = node->first; t <= node->last; t++) {
    Str text = fx_token_text(tree, t);
    if (t > node->first) out[len++] = ' ';
    memcpy(out + len, text.data, text.len);
    len += text.len;
  }
  return (Str){out, len};
}

Str fx_scalar(Arena *arena, const FxTree *tree, FxId id) {
  const FxNode *node = fx_node(tree, id);
  if (node->first == node->last) return fx_decode(arena, tree, node->first);
  bool comments = fx_token(tree, node->first + 1)->comment != fx_token(tree, node->last + 1)->comment;
  return comments ? join_tokens(arena, tree, node) : fx_text(tree, id);
}

static Str doc_line(const FxTree *tree, const FxComment *comment) {
  Str line = str_span(tree->bytes.data + comment->start + 3, tree->bytes.data + comment->end);
  if (line.len && line.data[0] == ' ') line = str_skip(line, 1);
  while (line.len && (line.data[line.len - 1] == ' ' || line.data[line.len - 1] == '\t')) line.len--;
  return line;
}

Str fx_doc(Arena *arena, const FxTree *tree, FxId id, Span *span) {
  uint32_t token = fx_node(tree, id)->first;
  uint32_t end =
      token + 1 < tree->tokens.len ? fx_token(tree, token + 1)->comment : (uint32_t)tree->comments.len;
  uint32_t begin = end, least = fx_token(tree, token)->comment;
  const FxComment *comments = tree->comments.data;
  while (begin > least && comments[begin - 1].kind == FX_COMMENT_DOC && comments[begin - 1].first) begin--;
  if (begin == end) return STR_NONE;
  *span = (Span){tree->source, comments[begin].start, comments[end - 1].end};
  size_t size = span->end - span->start, len = 0;
  char *out = arena_alloc(arena, size + 1);
  for (uint32_t i = begin; i < end; i++) {
    Str line = doc_line(tree, &comments[i]);
    if (i > begin) out[len++] = '\n';
    memcpy(out + len, line.data, line.len);
    len += line.len;
  }
  return (Str){out, len};
}
