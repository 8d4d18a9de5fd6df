/* In: a range as somebody wrote it, and a version that it should hold. Out: ranges that do. What surprises: a
 * range of one comparator is widened by its operator first (1.2.0 to ^1.2.0, ~1.2 to ^1.2), since that says
 * more about what was meant than a list of versions. */
#include "passes/cure_range.h"

// "^1.2": an operator and a version of one to three numbers; others are not simple.
typedef struct Simple {
  char op;    // '^', '~', or 0 for a version alone
  Str base;   // the numbers, without x
  int parts;  // how many there are
  bool wild;  // x behind them
  bool pre;
} Simple;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool read_simple(Str text, Simple *simple) {
  *simple = (Simple){0};
  Str rest = str_trim(text);
  if (rest.len && (rest.data[0] == '^' || rest.data[0] == '~'))
    simple->op = rest.data[0], rest = str_skip(rest, 1);
  if (rest.len && (rest.data[0] == 'v' || rest.data[0] == '=')) rest = str_skip(rest, 1);
  simple->base = (Str){rest.data, 0};
  size_t at = 0;
  while (at < rest.len && is_digit(rest.data[at])) {
    while (at < rest.len && is_digit(rest.data[at])) at++;
    simple->parts++;
    simple->base.len = at;
    if (at == rest.len || rest.data[at] != '.') break;
    at++;
  }
  if (simple->parts == 3 && at < rest.len && rest.data[at] == '-') {
    simple->pre = true;
    simple->base = rest;
    return true;
  }
  simple->wild = at < rest.len && (rest.data[at] == 'x' || rest.data[at] == 'X' || rest.data[at] == '*');
  if (simple->wild) at++;
  return simple->parts > 0 && simple->parts <= 3 && at == rest.len;
}

// The version in as many numbers as the author gave, but no fewer than tell it apart.
static Str in_parts(Arena *arena, const Version *version, int parts) {
  if (version->pre.len || parts >= 3) return version_text(arena, version);
  if (parts < 2 && version->major > 0) return str_printf(arena, "%llu", (unsigned long long)version->major);
  return str_printf(arena, "%llu.%llu", (unsigned long long)version->major,
                    (unsigned long long)version->minor);
}

typedef struct List {
  Arena *arena;
  const Version *wanted;
  Str old, *ranges;
  size_t count;
} List;

static void offer(List *list, Str text) {
  if (list->count == CURE_RANGES || str_eq(text, list->old)) return;
  if (!range_holds(list->arena, text, list->wanted)) return;
  for (size_t i = 0; i < list->count; i++)
    if (str_eq(list->ranges[i], text)) return;
  list->ranges[list->count++] = text;
}

// The same first number, and a version that is older than the base: ^1.4 becomes ^1.2.
static void offer_older(List *list, const Simple *simple) {
  Version base;
  VersionFault fault;
  bool whole = version_parse(simple->base, &base, &fault) && base.major == list->wanted->major;
  Str text = str_printf(list->arena, "^%.*s", STR_ARG(in_parts(list->arena, list->wanted, simple->parts)));
  if (whole && range_holds(list->arena, text, &base)) offer(list, text);
}

// "^1 || ^2", the older first.
static Str both(Arena *arena, Str old, const char * or, Str more, bool older) {
  Str first = older ? more : old, second = older ? old : more;
  return str_printf(arena, "%.*s%s%.*s", STR_ARG(first), or, STR_ARG(second));
}

static bool is_older(Arena *arena, const Version *wanted, const Simple *simple) {
  static const char *const rest[] = {"", ".0.0", ".0", ""};
  Version base;
  VersionFault fault;
  Str text = str_printf(arena, "%.*s%s", STR_ARG(simple->base), rest[simple->parts]);
  return version_parse(text, &base, &fault) && version_cmp(wanted, &base) < 0;
}

size_t cure_ranges(Arena *arena, Str old, const Version *wanted, CureManner manner, bool tight,
                   Str ranges[CURE_RANGES]) {
  List list = {arena, wanted, str_trim(old), ranges, 0};
  Simple simple;
  bool is_simple = read_simple(old, &simple);
  Str next = in_parts(arena, wanted, is_simple ? simple.parts : 1);
  const char * or = tight ? "||" : " || ";
  if (is_simple) offer(&list, str_printf(arena, "^%.*s", STR_ARG(simple.base)));
  if (is_simple) offer_older(&list, &simple);
  if (manner == CURE_MOVE) offer(&list, range_move(arena, list.old, wanted));
  bool older = is_simple && is_older(arena, wanted, &simple);
  offer(&list, both(arena, list.old, or, str_printf(arena, "^%.*s", STR_ARG(next)), older));
  offer(&list, both(arena, list.old, or, version_text(arena, wanted), older));
  return list.count;
}
