/* In: a range as it was written. Out: the range for another release. Surprising: it works on the text, since
 * the style of its author is in nothing else; the grammar of ranges then says whether the result is right. */
#include "edit/range_style.h"

#include "base/buf.h"

/* One version with its operator */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_wild(char c) { return c == 'x' || c == 'X' || c == '*'; }
static bool is_operator(char c) { return strchr("<>=^~", c) != NULL && c; }

static size_t part_length(Str text) {
  size_t length = 0;
  if (text.len && is_wild(text.data[0])) return 1;
  while (length < text.len && is_digit(text.data[length])) length++;
  return length;
}

// The numbers of the version in the shape of the old text: "2.x" gives "3.x". A prerelease has all three.
static Str shaped(Arena *arena, Str old, const Version *version, size_t *parts) {
  uint64_t numbers[] = {version->major, version->minor, version->patch};
  Buf out = {0};
  for (*parts = 0; *parts < 3; ++*parts) {
    size_t length = part_length(old);
    if (!length) break;
    if (*parts) buf_char(&out, '.');
    if (is_wild(old.data[0]))
      buf_char(&out, old.data[0]);
    else
      buf_printf(&out, "%llu", (unsigned long long)numbers[*parts]);
    old = str_skip(old, length);
    if (!str_starts(old, STR("."))) {
      ++*parts;
      break;
    }
    old = str_skip(old, 1);
  }
  if (version->pre.len) buf_printf(&out, "-%.*s", STR_ARG(version->pre));
  Str text = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return text;
}

// "<3" and "<2.10" become "<4" and "<4.0": everything below the next major version.
static Str upper(Arena *arena, Str old, const Version *to) {
  Version next = {.major = to->major + 1, .pre = str_ends(old, STR("-0")) ? STR("0") : STR_NONE};
  size_t parts;
  return shaped(arena, old, &next, &parts);
}

/// One comparator; false when it says what has no twin in its style.
static bool put_comparator(Arena *arena, Str old, const Version *to, Buf *out) {
  size_t at = 0, parts;
  while (at < old.len && (is_operator(old.data[at]) || old.data[at] == 'v')) at++;
  Str sign = str_take(old, at), number = str_skip(old, at);
  bool below = str_starts(sign, STR("<")) && !str_starts(sign, STR("<="));
  if (!number.len || str_eq(sign, STR(">"))) return false;
  Str text = below ? upper(arena, number, to) : shaped(arena, number, to, &parts);
  if (!below && to->pre.len && parts < 3) return false;
  buf_put(out, sign);
  buf_put(out, text);
  return text.len > 0;
}

/* Alternatives */

static bool is_space(char c) { return c && strchr(" \t\n\v\f\r", c); }

// Comparators parted by white space; an operator may stand apart from its version.
static bool put_comparators(Arena *arena, Str old, const Version *to, Buf *out) {
  for (size_t at = 0; at < old.len;) {
    size_t end = at;
    if (is_space(old.data[at]) || is_operator(old.data[at])) {
      while (end < old.len && (is_space(old.data[end]) || is_operator(old.data[end]))) end++;
      while (end > at && !is_space(old.data[end - 1])) end--;  // its own operator
    }
    if (end > at) {
      buf_put(out, str_span(old.data + at, old.data + end));
      at = end;
      continue;
    }
    while (end < old.len && !is_space(old.data[end])) end++;
    if (!put_comparator(arena, str_span(old.data + at, old.data + end), to, out)) return false;
    at = end;
  }
  return true;
}

static Str alternative(Arena *arena, Str old, const Version *to) {
  Buf out = {0};
  Str text = STR_NONE;
  if (str_find(old, STR(" - ")) < 0 && put_comparators(arena, old, to, &out))
    text = str_copy(arena, buf_str(&out));
  buf_free(&out);
  if (text.len && range_holds(arena, text, to)) return text;
  return str_concat(arena, STR("^"), version_text(arena, to));
}

static bool is_there(const Buf *out, Str text) {
  for (Str rest = buf_str(out), part; str_split(&rest, '|', &part);)
    if (str_eq(str_trim(part), text)) return true;
  return false;
}

static void put_alternative(Buf *out, Str bars, Str text) {
  if (is_there(out, text)) return;
  if (out->len) buf_put(out, bars);
  buf_put(out, text);
}

Str range_style(Arena *arena, Str range, const Version *from, const Version *to, bool widened) {
  Buf out = {0};
  bool tight = str_find(range, STR(" ||")) < 0 && str_find(range, STR("||")) >= 0;
  for (Str rest = range; rest.data;) {
    ptrdiff_t bar = str_find(rest, STR("||"));
    Str text = str_trim(bar < 0 ? rest : str_take(rest, (size_t)bar)), bars = tight ? STR("||") : STR(" || ");
    rest = bar < 0 ? STR_NONE : str_skip(rest, (size_t)bar + 2);
    bool moves = range_holds(arena, text, from) && !range_holds(arena, text, to);
    if (!moves || widened) put_alternative(&out, bars, text);
    if (moves) put_alternative(&out, bars, alternative(arena, text, to));
  }
  Str text = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return text;
}
