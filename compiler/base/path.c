// Paths as text: what comes in and goes out are names, nothing here looks at a disk. What may
// surprise: ".." is resolved by the words alone, as a shell's `cd` does, not through links.
#include "base/file.h"
#include "base/vec.h"

Str path_join(Arena *arena, Str directory, Str name) {
  bool here = directory.len == 0 || str_eq(directory, STR("."));
  if (name.len == 0 || str_eq(name, STR("."))) return str_copy(arena, directory.len ? directory : STR("."));
  if (here || name.data[0] == '/') return str_copy(arena, name);
  size_t head = directory.len - (directory.data[directory.len - 1] == '/');
  char *joined = arena_alloc(arena, head + 1 + name.len + 1);
  memcpy(joined, directory.data, head);
  joined[head] = '/';
  memcpy(joined + head + 1, name.data, name.len);
  joined[head + 1 + name.len] = '\0';
  return (Str){joined, head + 1 + name.len};
}

Str path_directory(Str path) {
  ptrdiff_t slash = str_rfind_char(path, '/');
  if (slash < 0) return STR(".");
  return str_take(path, slash ? (size_t)slash : 1);
}

Str path_base(Str path) {
  ptrdiff_t slash = str_rfind_char(path, '/');
  return slash < 0 ? path : str_skip(path, (size_t)slash + 1);
}

typedef VEC(Str) Parts;

static bool is_absolute(Str path) { return path.len && path.data[0] == '/'; }

static Parts parts_of(Arena *arena, Str path) {
  Parts parts = {0};
  Str part;
  for (Str rest = path; str_split(&rest, '/', &part);) {
    if (part.len == 0 || str_eq(part, STR("."))) continue;
    bool up = str_eq(part, STR(".."));
    if (up && parts.len && !str_eq(vec_last(&parts), STR("..")))
      parts.len--;
    else if (!up || !is_absolute(path))
      vec_push(arena, &parts, part);
  }
  return parts;
}

// Joins `ups` times ".." and the parts from `first` on.
static Str join_parts(Arena *arena, size_t ups, const Parts *parts, size_t first, bool absolute) {
  size_t len = 1 + ups * 3;
  for (size_t i = first; i < parts->len; i++) len += parts->data[i].len + 1;
  char *text = arena_alloc(arena, len + 1), *end = text;
  if (absolute) *end++ = '/';
  for (size_t i = 0; i < ups; i++) end = (char *)mempcpy(end, "../", 3);
  for (size_t i = first; i < parts->len; i++) {
    end = (char *)mempcpy(end, parts->data[i].data, parts->data[i].len);
    *end++ = '/';
  }
  if (end > text + absolute) end--;
  if (end == text) *end++ = '.';
  *end = '\0';
  return str_span(text, end);
}

Str path_normal(Arena *arena, Str path) {
  Parts parts = parts_of(arena, path);
  return join_parts(arena, 0, &parts, 0, is_absolute(path));
}

Str path_relative(Arena *arena, Str from, Str path) {
  if (is_absolute(from) != is_absolute(path)) return path_normal(arena, path);
  Parts start = parts_of(arena, from), goal = parts_of(arena, path);
  size_t common = 0;
  while (common < start.len && common < goal.len && str_eq(start.data[common], goal.data[common])) common++;
  // Out of "..", the way back down has a name that the text does not tell.
  if (common < start.len && str_eq(start.data[common], STR(".."))) return path_normal(arena, path);
  return join_parts(arena, start.len - common, &goal, common, false);
}
