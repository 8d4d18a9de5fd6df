/* In: a range as somebody wrote it, and a version. Out: the same for that version: "^2" and 3.2.0 give "^3",
 * "2.9.x" gives "3.2.x". Surprising: what is more than one version behind one sign is not moved but replaced
 * by the plainest range, as nobody can tell what its author would write now. */
#include "ir/range.h"

// The signs that come before one version and say how far it may go: "^", "~", "=", with "v" behind them.
static size_t sign_length(Str text) {
  size_t len = 0;
  if (len < text.len && strchr("^~=", text.data[len])) len++;
  while (len < text.len && text.data[len] == ' ') len++;
  if (len < text.len && (text.data[len] == 'v' || text.data[len] == 'V')) len++;
  return len;
}

static bool is_any(Str part) {
  return part.len == 1 && (part.data[0] == 'x' || part.data[0] == 'X' || part.data[0] == '*');
}

static bool is_number(Str part) {
  for (size_t i = 0; i < part.len; i++)
    if (part.data[i] < '0' || part.data[i] > '9') return false;
  return part.len > 0;
}

// The numbers of the version in place of those of the text; what was left open stays open.
static bool move_parts(Str text, const Version *to, Buf *out) {
  const uint64_t numbers[] = {to->major, to->minor, to->patch};
  size_t count = 0;
  for (Str part; str_split(&text, '.', &part); count++) {
    if (count == 3 || !(is_any(part) || is_number(part))) return false;
    if (count) buf_char(out, '.');
    if (is_any(part))
      buf_put(out, part);
    else
      buf_printf(out, "%llu", (unsigned long long)numbers[count]);
  }
  return count > 0;
}

static Str plain(Arena *arena, const Version *to) {
  if (to->major && !to->pre.len) return str_printf(arena, "^%llu", (unsigned long long)to->major);
  return str_printf(arena, "^%.*s", STR_ARG(version_text(arena, to)));
}

Str range_move(Arena *arena, Str text, const Version *to) {
  text = str_trim(text);
  Str sign = str_take(text, sign_length(text)), rest = str_skip(text, sign.len);
  ptrdiff_t pre = str_find_char(rest, '-');
  Buf moved = {0};
  buf_put(&moved, sign);
  bool fine = move_parts(pre < 0 ? rest : str_take(rest, (size_t)pre), to, &moved);
  Str result = str_copy(arena, buf_str(&moved));
  buf_free(&moved);
  return fine && range_holds(arena, result, to) ? result : plain(arena, to);
}
