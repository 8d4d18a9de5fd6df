/* In: comments. Out: suppressions. Surprising: one without a reason does not silence anything, so that nobody
 * forgets it. */
#include "workspace/ignore.h"

#include "ast/ast.h"
#include "workspace/ignore_notations.h"

static const char word[] = "fxc-ignore";

enum { WORD = sizeof word - 1 };

bool ignore_any(Str text) {
  const char *at = text.data, *end = text.data + text.len;
  while (at && end - at >= WORD) {
    at = memchr(at, 'x', (size_t)(end - at) - 1);
    if (!at) return false;
    if (at > text.data && at[1] == 'c' && end - at >= WORD - 1 && !memcmp(at - 1, word, WORD)) return true;
    at++;
  }
  return false;
}

void ignore_read_file(Arena *arena, SourceId source, Str path, Str bytes, bool ours, DiagBag *bag,
                      Ignores *ignores) {
  if (!ignore_any(bytes)) return;
  if (ast_is_fx(path))
    ignore_read_fx(arena, source, bytes, ours, bag, ignores);
  else if (str_ends(path, STR(".yaml")) || str_ends(path, STR(".yml")))
    ignore_read_yaml(arena, source, bytes, ours, bag, ignores);
}

/* What a comment says */

static Span place(const IgnoreComment *comment, size_t start, size_t end) {
  const HtmlInput *input = comment->input;
  uint32_t from = (uint32_t)start, to = (uint32_t)end;
  if (!input) return (Span){comment->source, from, to};
  return (Span){comment->source, html_file_offset(input, from), html_file_offset(input, to)};
}

// The place of a stretch of the comment's inside.
static Span place_of(const IgnoreComment *comment, Str part) {
  size_t start = (size_t)(part.data - comment->text.data);
  return place(comment, start, start + part.len);
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The comment, with the blanks before it where it ends its line, and the line where nothing else stands
// there.
static Span comment_span(const IgnoreComment *comment) {
  Str text = comment->text;
  size_t start = comment->start, end = comment->end;
  while (start > 0 && is_blank(text.data[start - 1])) start--;
  while (end < text.len && (is_blank(text.data[end]) || text.data[end] == '\r')) end++;
  if (end < text.len && text.data[end] != '\n') return place(comment, comment->start, comment->end);
  bool alone = start == 0 || text.data[start - 1] == '\n';
  return place(comment, start, alone ? end + (end < text.len) : comment->end);
}

static Diag *report(const IgnoreComment *comment, DiagBag *bag, Str part, const char *message) {
  return diag_add(bag, FX2017, place_of(comment, part), message, STR_ARG(part));
}

static void take_code(Arena *arena, const IgnoreComment *comment, Str part, Ignore ignore, DiagBag *bag,
                      Ignores *ignores) {
  Str name = str_trim(part);
  ignore.code = diag_code_find(name);
  ignore.place = place_of(comment, name);
  ignore.scope = comment->scope;
  ignore.ours = comment->ours;
  if (ignore.code == DIAG_NONE) {
    Diag *diag = report(comment, bag, name, "'%.*s' is no code of a diagnostic");
    diag_help(diag, "write the code that stands in brackets behind the warning: FX1301");
  } else if (!diag_info(ignore.code)->flag) {
    Diag *diag = report(comment, bag, name, "'%.*s' is an error, and only warnings can be suppressed");
    diag_help(diag, "'fxc explain %.*s' says how to cure it", STR_ARG(name));
  } else {
    vec_push(arena, ignores, ignore);
  }
}

// "FX2014, FX2018": a code goes with the comma and the blanks behind it, the last with the comma before it.
static Str with_comma(Str codes, Str part) {
  const char *end = part.data + part.len, *stop = codes.data + codes.len;
  bool last = end == stop;
  if (last && part.data > codes.data) return str_span(part.data - 1, end);
  while (!last && ++end < stop && strchr(" \t\r\n", *end)) continue;
  while (!last && part.len && is_blank(part.data[0])) part = str_skip(part, 1);
  return str_span(part.data, end);
}

static void take_codes(Arena *arena, const IgnoreComment *comment, Str codes, DiagBag *bag,
                       Ignores *ignores) {
  bool many = str_find_char(codes, ',') >= 0;
  Str rest = codes, part;
  while (str_split(&rest, ',', &part)) {
    Ignore ignore = {.whole = !many};
    ignore.removed = many ? place_of(comment, with_comma(codes, part)) : comment_span(comment);
    take_code(arena, comment, part, ignore, bag, ignores);
  }
}

void ignore_take(Arena *arena, const IgnoreComment *comment, DiagBag *bag, Ignores *ignores) {
  Str inner = str_take(str_skip(comment->text, comment->inner), comment->inner_end - comment->inner);
  Str said = str_trim(inner), keyword = str_take(said, WORD), codes;
  if (!str_eq(keyword, str_from(word))) return;
  Str rest = str_skip(said, WORD);
  if (rest.len && !strchr(" \t\r\n:", rest.data[0])) return;
  bool reason = str_split(&rest, ':', &codes) && str_trim(rest).len;
  codes = str_trim(codes);
  if (!codes.data || !codes.len) {
    Diag *diag = report(comment, bag, keyword, "'%.*s' names no diagnostic");
    diag_help(diag, "write it like 'fxc-ignore FX1301: why this is right here'");
  } else if (!reason) {
    Diag *diag = report(comment, bag, keyword, "'%.*s' gives no reason, so it silences nothing");
    diag_help(diag, "write it like 'fxc-ignore %.*s: why this is right here'", STR_ARG(codes));
  } else {
    take_codes(arena, comment, codes, bag, ignores);
  }
}
