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

static bool is_one_of(Str name, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(name, str_from(list[i]))) return true;
  return false;
}

bool name_is_of_objects(Str name) {
  static const char *const members[] = {
      "constructor",    "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable",
      "toLocaleString", "toString",       "valueOf"};
  return is_one_of(name, members, sizeof members / sizeof *members);
}

Str name_prop(Arena *arena, Str prop) {
  static const char *const taken[] = {"use", "view", "children", "key", "ref", "state", "definition"};
  Str name = name_camel(arena, prop);
  bool clash = !tsx_is_identifier(name) || is_handler(name) || name_is_of_objects(name) ||
               is_one_of(name, taken, sizeof taken / sizeof *taken);
  return clash ? str_concat(arena, name, STR("_")) : name;
}

Str name_upwards(Arena *arena, Str path) {
  Str up = STR("");
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == '/') up = str_concat(arena, up, STR("../"));
  return up;
}
