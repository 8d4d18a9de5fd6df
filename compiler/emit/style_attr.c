/* Style attributes. In: CSS text. Out: declarations with the names of React's style objects. Surprising: a
 * ';' inside url(data:…;base64,…) divides nothing, since every bracket nests. */
#include "emit/style_attr.h"

#include "base/map.h"

// The text without comments; they count as white space.
static Str without_comments(Arena *arena, Str text) {
  if (str_find(text, STR("/*")) < 0) return text;
  char *out = arena_alloc(arena, text.len + 1);
  size_t len = 0;
  char quote = 0;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (quote || c == '"' || c == '\'') quote = !quote ? c : c == quote ? 0 : quote;
    if (c == '\\' && i + 1 < text.len) {
      out[len++] = c;
      out[len++] = text.data[++i];
      continue;
    }
    if (!quote && c == '/' && i + 1 < text.len && text.data[i + 1] == '*') {
      ptrdiff_t end = str_find(str_skip(text, i + 2), STR("*/"));
      i = end < 0 ? text.len : i + 2 + (size_t)end + 1;
      out[len++] = ' ';
      continue;
    }
    out[len++] = c;
  }
  return (Str){out, len};
}

// The end of a string that starts at `i`: its closing quote, or the line's end where it breaks off.
static size_t string_end(Str text, size_t i) {
  char quote = text.data[i++];
  for (; i < text.len && text.data[i] != quote && text.data[i] != '\n'; i++)
    if (text.data[i] == '\\') i++;
  return i < text.len ? i : text.len;
}

// An unquoted url( … ) is one token: quotes and brackets inside are not special, ')' ends it.
static size_t url_end(Str text, size_t open) {
  size_t i = open + 1;
  while (i < text.len && (text.data[i] == ' ' || text.data[i] == '\t' || text.data[i] == '\n')) i++;
  if (i < text.len && (text.data[i] == '"' || text.data[i] == '\'')) return open;
  for (; i < text.len && text.data[i] != ')'; i++)
    if (text.data[i] == '\\') i++;
  return i < text.len ? i : text.len;
}

static bool is_url(Str text, size_t open) {
  return open >= 3 && str_eq_nocase(str_take(str_skip(text, open - 3), 3), STR("url"));
}

// The offset of the ';' that ends the declaration at `i`, or of the end of the text.
static size_t declaration_end(Str text, size_t i) {
  size_t depth = 0;
  for (; i < text.len; i++) {
    char c = text.data[i];
    if (c == '\\')
      i++;
    else if (c == '"' || c == '\'')
      i = string_end(text, i);
    else if (c == '(' && is_url(text, i) && url_end(text, i) > i)
      i = url_end(text, i);
    else if (c == '(' || c == '[' || c == '{')
      depth++;
    else if ((c == ')' || c == ']' || c == '}') && depth)
      depth--;
    else if (c == ';' && !depth)
      return i;
  }
  return text.len;
}

// "-webkit-line-clamp" is "WebkitLineClamp", "-ms-flex" is "msFlex", "--gap" stays.
static Str react_name(Arena *arena, Str name) {
  if (str_starts(name, STR("--"))) return name;
  Str lower = str_lower(arena, name);
  if (str_starts(lower, STR("-ms-"))) lower = str_skip(lower, 1);
  char *out = arena_alloc(arena, lower.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < lower.len; i++) {
    bool join =
        lower.data[i] == '-' && i + 1 < lower.len && lower.data[i + 1] >= 'a' && lower.data[i + 1] <= 'z';
    out[len++] = join ? (char)(lower.data[++i] - 'a' + 'A') : lower.data[i];
  }
  return (Str){out, len};
}

// Ends in "!", "important" and white space between, as CSS allows.
static bool is_important(Str value) {
  if (value.len < 10 || !str_eq_nocase(str_skip(value, value.len - 9), STR("important"))) return false;
  Str before = str_trim(str_take(value, value.len - 9));
  return before.len && before.data[before.len - 1] == '!';
}

typedef struct StyleJob {
  Arena *arena;
  Style style;
  StrMap places;  // name → index + 1
} StyleJob;

static void add(StyleJob *job, Str text) {
  ptrdiff_t colon = str_find_char(text, ':');
  if (colon < 0) return;
  Str name = str_trim(str_take(text, (size_t)colon)), value = str_trim(str_skip(text, (size_t)colon + 1));
  if (!name.len || !value.len) return;
  name = react_name(job->arena, name);
  if (is_important(value)) job->style.lossy = true;
  uint32_t *place = strmap_put(job->arena, &job->places, name, NULL);
  if (*place) {
    job->style.lossy = true;
    job->style.list.data[*place - 1].value = value;
    return;
  }
  *place = (uint32_t)job->style.list.len + 1;
  vec_push(job->arena, &job->style.list, (StyleDeclaration){name, value});
}

Style style_read(Arena *arena, Str text) {
  StyleJob job = {.arena = arena};
  text = without_comments(arena, text);
  for (size_t at = 0; at < text.len;) {
    size_t end = declaration_end(text, at);
    add(&job, str_take(str_skip(text, at), end - at));
    at = end + 1;
  }
  return job.style;
}
