// Glob patterns. A pattern and a path come in, a yes or no goes out. What may surprise: nothing is
// compiled or allocated; alternatives are expanded one combination after the other into a buffer on
// the stack, and each is matched by two loops that go back to the last star only.
#include "base/glob.h"

#include <stdint.h>

#include "base/utf8.h"

enum { LONGEST_PATTERN = 4096, MOST_COMBINATIONS = 1024, DEEPEST = 32 };

// Index behind the bracket expression that starts at `at`, or `at` when it is not closed there.
static size_t class_end(Str p, size_t at) {
  size_t i = at + 1;
  if (i < p.len && (p.data[i] == '!' || p.data[i] == '^')) i++;
  if (i < p.len && p.data[i] == ']') i++;  // a ] in front is one of the set
  while (i < p.len && p.data[i] != ']' && p.data[i] != '/') i += p.data[i] == '\\' ? 2 : 1;
  return i < p.len && p.data[i] == ']' ? i + 1 : at;
}

// Index behind the piece at `at`: a quoted character, a bracket expression, else one byte.
static size_t piece_end(Str p, size_t at) {
  if (p.data[at] == '\\' && at + 1 < p.len) return at + 2;
  size_t end = p.data[at] == '[' ? class_end(p, at) : at;
  return end > at ? end : at + 1;
}

// The alternatives between the braces that open at `at`: how many, and the place of `choice`.
typedef struct Group {
  size_t count;  // 0: not closed, so the brace is an ordinary character
  size_t end;    // behind the closing brace
  Str chosen;
} Group;

static Group group_at(Str p, size_t at, size_t choice) {
  Group group = {0};
  size_t start = at + 1, level = 0, count = 0;
  for (size_t i = start; i < p.len; i = piece_end(p, i)) {
    char c = p.data[i];
    if (c == '{') level++;
    if (level == 0 && (c == ',' || c == '}')) {
      if (count == choice) group.chosen = str_span(p.data + start, p.data + i);
      start = i + 1;
      count++;
      if (c == '}') {
        group.count = count;
        group.end = i + 1;
        return group;
      }
    } else if (c == '}') {
      level--;
    }
  }
  return group;
}

typedef struct Expansion {
  char text[LONGEST_PATTERN];
  size_t len;
  size_t number;   // of the combination: its digits, in the order of the groups, are the choices
  size_t product;  // how many numbers this shape of groups has
  bool failed;
} Expansion;

static void expand(Expansion *out, Str p, int depth) {
  for (size_t i = 0; i < p.len && !out->failed;) {
    size_t end = piece_end(p, i);
    size_t count = p.data[i] == '{' ? group_at(p, i, 0).count : 0;
    if (count) {
      Group group = group_at(p, i, out->number % count);
      out->number /= count;
      out->product *= count;
      out->failed = depth == DEEPEST || out->product > MOST_COMBINATIONS;
      if (!out->failed) expand(out, group.chosen, depth + 1);
      end = group.end;
    } else {
      memcpy(out->text + out->len, p.data + i, end - i);
      out->len += end - i;
    }
    i = end;
  }
}

typedef bool Matcher(Str pattern, Str path);

// Whether any combination matches; none does when there are too many, so that the answer does not
// depend on which comes first.
static bool any_combination(Str pattern, Str path, Matcher *matches) {
  if (pattern.len > LONGEST_PATTERN) return false;
  if (str_find_char(pattern, '{') < 0) return matches(pattern, path);
  bool found = false;
  size_t numbers = 1;
  for (size_t number = 0; number < numbers; number++) {
    Expansion one = {.number = number, .product = 1};
    expand(&one, pattern, 0);
    if (one.failed) return false;
    if (one.product > numbers) numbers = one.product;
    // Digits left over: a number that this shape does not have, seen already without them.
    if (!found && one.number == 0) found = matches((Str){one.text, one.len}, path);
  }
  return found;
}

static uint32_t next_point(Str s, size_t *at) {
  uint32_t point = (unsigned char)s.data[*at];
  if (point < 0x80) {
    ++*at;
    return point;
  }
  *at += utf8_decode(str_skip(s, *at), &point);
  return point;
}

static uint32_t class_point(Str p, size_t *at) {
  if (p.data[*at] == '\\' && *at + 1 < p.len) ++*at;
  return next_point(p, at);
}

static bool class_has(Str inside, uint32_t point) {
  bool negated = inside.len && (inside.data[0] == '!' || inside.data[0] == '^');
  bool has = false;
  for (size_t i = negated; i < inside.len;) {
    uint32_t low = class_point(inside, &i), high = low;
    if (i + 1 < inside.len && inside.data[i] == '-') {
      i++;
      high = class_point(inside, &i);
    }
    if (point >= low && point <= high) has = true;
  }
  return has != negated;
}

// Matches one piece (no star) against the character at *at; moves both on.
static bool match_piece(Str p, size_t *pi, Str name, size_t *at) {
  size_t start = *pi, end = start + 1;
  if (p.data[start] == '[' || p.data[start] == '\\') end = piece_end(p, start);
  *pi = end;
  if (p.data[start] == '?') {
    next_point(name, at);
    return true;
  }
  if (p.data[start] == '[' && end > start + 1)
    return class_has(str_span(p.data + start + 1, p.data + end - 1), next_point(name, at));
  return p.data[end - 1] == name.data[(*at)++];
}

// Whether all bytes of a pattern mean themselves.
static bool is_plain(Str p) {
  for (size_t i = 0; i < p.len; i++)
    if (p.data[i] == '*' || p.data[i] == '?' || p.data[i] == '[' || p.data[i] == '\\') return false;
  return true;
}

// One name without '/'. Most parts of patterns are a name, or a star and an ending.
static bool match_name(Str p, Str name) {
  bool ending = p.len && p.data[0] == '*';
  if (is_plain(str_skip(p, ending))) return ending ? str_ends(name, str_skip(p, 1)) : str_eq(p, name);
  size_t pi = 0, at = 0, star = SIZE_MAX, star_at = 0;
  while (at < name.len || pi < p.len) {
    if (pi < p.len && p.data[pi] == '*') {
      star = ++pi;
      star_at = at;
      continue;
    }
    if (pi < p.len && at < name.len && match_piece(p, &pi, name, &at)) continue;
    if (star == SIZE_MAX || star_at >= name.len) return false;
    pi = star;
    next_point(name, &star_at);
    at = star_at;
  }
  return true;
}

static bool is_any_depth(Str name) { return str_eq(name, STR("**")); }

// Names of both, taken off the front; a position that has no more names is STR_NONE.
static bool match_path(Str pattern, Str path) {
  Str p = pattern, names = path, star = STR_NONE, star_names = STR_NONE, part, name;
  while (p.data || names.data) {
    Str p_rest = p, name_rest = names;
    bool has_part = str_split(&p_rest, '/', &part), has_name = str_split(&name_rest, '/', &name);
    if (has_part && is_any_depth(part)) {
      if (!p_rest.data) return has_name && name.len > 0;
      p = star = p_rest;
      star_names = names;
    } else if (has_part && has_name && match_name(part, name)) {
      p = p_rest;
      names = name_rest;
    } else {
      if (!star.data || !str_split(&star_names, '/', &name) || !star_names.data) return false;
      p = star;
      names = star_names;
    }
  }
  return true;
}

bool glob_match(Str pattern, Str path) {
  return any_combination(pattern.data ? pattern : STR(""), path.data ? path : STR(""), match_path);
}

Str glob_fixed_prefix(Str pattern) {
  size_t plain = 0;
  while (plain < pattern.len && !memchr("*?[{\\", pattern.data[plain], 5)) plain++;
  ptrdiff_t slash = str_rfind_char(str_take(pattern, plain), '/');
  return str_take(pattern, (size_t)(slash + 1));
}

static bool may_enter(Str pattern, Str directory) {
  Str part, name;
  while (str_split(&directory, '/', &name)) {
    if (name.len == 0) continue;
    if (!str_split(&pattern, '/', &part)) return false;
    if (is_any_depth(part)) return true;
    if (!match_name(part, name)) return false;
  }
  return pattern.data != NULL;
}

bool glob_may_enter(Str pattern, Str directory) {
  if (str_eq(directory, STR("."))) return true;
  return any_combination(pattern, directory, may_enter);
}
