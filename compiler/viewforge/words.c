/* Words of names. In: names as configurations write them, in any of the usual styles. Out: what people read,
 * what stands in addresses, and what a name says about the integration it wants. */
#include "viewforge/words.h"

#include <stdbool.h>

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || is_upper(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}
static char lower(char c) { return is_upper(c) ? (char)(c | 32) : c; }

// A word starts behind what is none, and at a capital behind a small letter or before one ("URLPath").
static bool starts_word(Str s, size_t i) {
  if (i == 0 || !is_word(s.data[i - 1])) return true;
  bool before = is_upper(s.data[i - 1]),
       after = i + 1 < s.len && s.data[i + 1] >= 'a' && s.data[i + 1] <= 'z';
  return is_upper(s.data[i]) && (!before || after);
}

// The words in lower case with `joint` between them.
static Str words(Arena *arena, Str s, char joint) {
  char *out = arena_alloc(arena, 2 * s.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (!is_word(s.data[i])) continue;
    if (len && starts_word(s, i)) out[len++] = joint;
    out[len++] = lower(s.data[i]);
  }
  out[len] = '\0';
  return (Str){out, len};
}

Str view_humanise(Arena *arena, Str name) {
  ptrdiff_t dot = str_rfind_char(name, '.');
  Str last = dot >= 0 && (size_t)dot + 1 < name.len ? str_skip(name, (size_t)dot + 1) : name;
  if (str_find_char(last, ' ') >= 0) return last;  // it is written for people already
  Str text = words(arena, last, ' ');
  if (!text.len) return name;
  char *first = (char *)(size_t)text.data;
  if (*first >= 'a' && *first <= 'z') *first = (char)(*first & ~32);
  return text;
}

Str view_slug(Arena *arena, Str text) {
  char *out = arena_alloc(arena, text.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < text.len; i++) {
    char c = lower(text.data[i]);
    bool keep = (unsigned char)c < 0x80 && is_word(c);
    if (keep)
      out[len++] = c;
    else if (len && out[len - 1] != '-')
      out[len++] = '-';
  }
  while (len && out[len - 1] == '-') len--;
  return len ? (Str){out, len} : STR("page");
}

Str view_kebab(Arena *arena, Str name) { return words(arena, name, '-'); }

bool view_is_file_name(Str id) {
  for (size_t i = 0; i < id.len; i++) {
    char c = id.data[i];
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!word && c != '_' && !(i && (c == '-' || c == '.'))) return false;
  }
  return id.len > 0 && id.len <= 128;
}

/* Suggestions */

typedef struct Pattern {
  const char *words, *integration;
} Pattern;

static const Pattern patterns[] = {
#define SUGGEST(words, integration) {words, integration},
#include "viewforge/suggest.def"
#undef SUGGEST
};

// Whole words only: "email" is in "work email address", not in "emailed".
static bool holds(Str text, Str phrase) {
  for (size_t at = 0; at + phrase.len <= text.len; at++) {
    bool whole = (at == 0 || text.data[at - 1] == ' ') &&
                 (at + phrase.len == text.len || text.data[at + phrase.len] == ' ');
    if (whole && str_eq(str_take(str_skip(text, at), phrase.len), phrase)) return true;
  }
  return false;
}

// What is chosen or ticked is not typed, so there is nothing to check or complete.
static bool is_typed(Str type) {
  static const char *const others[] = {"boolean", "checkbox", "select", "multiselect", "enum",    "radio",
                                       "date",    "datetime", "time",   "number",      "integer", "color"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (str_eq(type, str_from(others[i]))) return false;
  return true;
}

Str view_suggestion(Str name, Str type) {
  Arena arena = {0};
  Str said = words(&arena, name, ' '), found = STR("");
  for (size_t i = 0; is_typed(type) && i < sizeof patterns / sizeof *patterns; i++) {
    if (!holds(said, str_from(patterns[i].words))) continue;
    found = str_from(patterns[i].integration);
    break;
  }
  arena_free(&arena);
  return found;
}
