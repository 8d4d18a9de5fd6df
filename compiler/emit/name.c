#include "emit/name.h"

#include "emit/tsx.h"

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c; }

Str name_pascal(Arena *arena, Str name) {
  char *text = arena_alloc(arena, name.len + 2);
  size_t len = 0;
  bool starts = true;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.data[i];
    if (!is_word(c)) {
      starts = true;
      continue;
    }
    if (!len && c >= '0' && c <= '9') text[len++] = 'N';
    text[len++] = starts ? upper(c) : c;
    starts = false;
  }
  if (!len) text[len++] = 'N';
  text[len] = '\0';
  return (Str){text, len};
}

Str name_camel(Arena *arena, Str name) {
  Str pascal = name_pascal(arena, name);
  char *text = str_cstr(arena, pascal);
  text[0] = str_lower_char(text[0]);
  return (Str){text, pascal.len};
}

Str name_component(Arena *arena, Str integration) {
  static const char *const global[] = {"Promise", "Readonly", "Record"};
  Str name = name_pascal(arena, integration);
  for (size_t i = 0; i < sizeof global / sizeof *global; i++)
    if (str_eq(name, str_from(global[i]))) return str_concat(arena, name, STR("_"));
  return name;
}

static bool is_handler(Str name) {
  return str_starts(name, STR("on")) && name.len > 2 && name.data[2] >= 'A' && name.data[2] <= 'Z';
}

Str name_prop(Arena *arena, Str prop) {
  static const char *const taken[] = {"use",
                                      "view",
                                      "children",
                                      "key",
                                      "ref",
                                      "state",
                                      "definition",
                                      "constructor",
                                      "hasOwnProperty",
                                      "toString",
                                      "toLocaleString",
                                      "valueOf",
                                      "isPrototypeOf",
                                      "propertyIsEnumerable"};
  Str name = name_camel(arena, prop);
  bool clash = !tsx_is_identifier(name) || is_handler(name);
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) clash |= str_eq(name, str_from(taken[i]));
  return clash ? str_concat(arena, name, STR("_")) : name;
}

Str name_upwards(Arena *arena, Str path) {
  Str up = STR("");
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == '/') up = str_concat(arena, up, STR("../"));
  return up;
}
