/* Ranges from their text: what the grammar's actions build, and what a range means.
 *
 * Every comparator becomes plain bounds at once (^1.2 is >=1.2.0 <2.0.0-0). What surprises: one
 * alternative that is satisfied by any version makes the others vanish, as in node-semver, and with them
 * the prereleases that they would have let in. */
#include "ir/range.h"

#include "ir/range_build.h"
#include "range_parse.h"

void range_fault(RangeBuild *build, RangeLoc loc, const char *message) {
  if (build->failed) return;
  build->failed = true;
  build->fault = (VersionFault){loc.start, loc.end - loc.start, message};
}

RangePart range_part(RangeBuild *build, const char *begin) {
  if (!begin) return (RangePart){.wild = true};
  uint32_t start = (uint32_t)(begin - build->text.data);
  RangePart part = {.loc = {start, start + 1}};
  if (*begin == 'x' || *begin == 'X' || *begin == '*') {
    part.wild = true;
    return part;
  }
  const char *p = begin;
  for (; *p >= '0' && *p <= '9'; p++) {
    if (part.number <= VERSION_LARGEST) part.number = part.number * 10 + (uint64_t)(*p - '0');
  }
  part.loc.end = start + (uint32_t)(p - begin);
  if (part.number > VERSION_LARGEST) range_fault(build, part.loc, "this number is too large for a version");
  return part;
}

static const Str lowest = {"0", 1};  // <2.0.0-0 keeps the prereleases of 2.0.0 out

static void add(RangeBuild *build, RangeOp op, Version version) {
  vec_push(build->arena, &build->set.bounds, (RangeBound){op, version});
}

static uint64_t next(RangeBuild *build, RangePart part) {
  if (part.number >= VERSION_LARGEST) range_fault(build, part.loc, "this number is too large for a version");
  return part.number + 1;
}

static void from_here(RangeBuild *build, const RangePartial *p) {
  Version low = {p->major.number, p->minor.wild ? 0 : p->minor.number, 0, STR_NONE};
  if (!p->minor.wild && !p->patch.wild) {
    low.patch = p->patch.number;
    low.pre = p->pre;
  }
  add(build, RANGE_GE, low);
}

static void below_major(RangeBuild *build, const RangePartial *p) {
  add(build, RANGE_LT, (Version){next(build, p->major), 0, 0, lowest});
}
static void below_minor(RangeBuild *build, const RangePartial *p) {
  add(build, RANGE_LT, (Version){p->major.number, next(build, p->minor), 0, lowest});
}
static void below_patch(RangeBuild *build, const RangePartial *p) {
  add(build, RANGE_LT, (Version){p->major.number, p->minor.number, next(build, p->patch), lowest});
}

void range_add_caret(RangeBuild *build, const RangePartial *p) {
  if (p->major.wild) {
    add(build, RANGE_ANY, (Version){0});
    return;
  }
  from_here(build, p);
  if (p->minor.wild || p->major.number > 0)
    below_major(build, p);
  else if (p->patch.wild || p->minor.number > 0)
    below_minor(build, p);
  else
    below_patch(build, p);
}

void range_add_tilde(RangeBuild *build, const RangePartial *p) {
  if (p->major.wild) {
    add(build, RANGE_ANY, (Version){0});
    return;
  }
  from_here(build, p);
  if (p->minor.wild)
    below_major(build, p);
  else
    below_minor(build, p);
}

// "x.1" and "1.x.2" say nothing; after ^ and ~ and in spans node-semver lets them pass.
static bool ordered(RangeBuild *build, const RangePartial *p) {
  const RangePart *wrong = NULL;
  if (p->major.wild && !p->minor.wild) wrong = &p->minor;
  if (p->minor.wild && !p->patch.wild) wrong = &p->patch;
  if (wrong) range_fault(build, wrong->loc, "a number cannot follow a wildcard");
  return !wrong;
}

static void add_wild(RangeBuild *build, RangeOp op, const RangePartial *p) {
  bool whole_major = p->minor.wild;
  Version at = {p->major.number, whole_major ? 0 : p->minor.number, 0, STR_NONE};
  Version behind =
      whole_major ? (Version){at.major + 1, 0, 0, STR_NONE} : (Version){at.major, at.minor + 1, 0, STR_NONE};
  if (op != RANGE_LT && op != RANGE_GE) next(build, whole_major ? p->major : p->minor);
  switch (op) {
    case RANGE_GT:
      add(build, RANGE_GE, behind);
      break;
    case RANGE_GE:
      add(build, RANGE_GE, at);
      break;
    case RANGE_LT:
      at.pre = lowest;
      add(build, RANGE_LT, at);
      break;
    case RANGE_LE:
      behind.pre = lowest;
      add(build, RANGE_LT, behind);
      break;
    case RANGE_ANY:
    case RANGE_EQ:
      add(build, RANGE_GE, at);
      behind.pre = lowest;
      add(build, RANGE_LT, behind);
  }
}

// [v=]* before a version: the first '=' belongs to the operator ("> =1.2" is ">=1.2"); before three
// numbers at most one 'v' may then be left.
static RangeOp take_prefix(RangeBuild *build, RangeOp op, Str *prefix) {
  (void)build;
  if (prefix->len && prefix->data[0] == '=') {
    RangeOp joined = op == RANGE_ANY ? RANGE_EQ : op == RANGE_LT ? RANGE_LE : op == RANGE_GT ? RANGE_GE : op;
    if (joined != op) *prefix = str_skip(*prefix, 1);
    return joined;
  }
  return op;
}

static void check_prefix(RangeBuild *build, const RangePartial *p, Str prefix) {
  if (prefix.len == 0 || str_eq(prefix, STR("v"))) return;
  uint32_t at = (uint32_t)(prefix.data - build->text.data);
  if (prefix.data[0] == 'v') at++;
  range_fault(build, (RangeLoc){at, at + 1}, "only one 'v' may stand before a version");
  (void)p;
}

RangePartial range_equals(RangeBuild *build, RangeLoc equal, const RangePartial *partial) {
  RangePartial side = *partial;
  side.prefix = str_span(build->text.data + equal.start, partial->prefix.data + partial->prefix.len);
  return side;
}

void range_join(RangeBuild *build, RangeLoc left, RangeLoc right) {
  if (left.end != right.start) range_fault(build, right, "'~>' and '=' stand together, as in '~>=1.2'");
}

void range_add_plain(RangeBuild *build, RangeOp op, const RangePartial *p) {
  Str prefix = p->prefix;
  op = take_prefix(build, op, &prefix);
  if (!ordered(build, p)) return;
  if (p->major.wild) {
    bool nothing = op == RANGE_LT || op == RANGE_GT;
    add(build, nothing ? RANGE_LT : RANGE_ANY, (Version){0, 0, 0, nothing ? lowest : STR_NONE});
    return;
  }
  if (p->minor.wild || p->patch.wild) {
    add_wild(build, op, p);
    return;
  }
  check_prefix(build, p, prefix);
  add(build, op == RANGE_ANY ? RANGE_EQ : op,
      (Version){p->major.number, p->minor.number, p->patch.number, p->pre});
}

void range_add_hyphen(RangeBuild *build, const RangePartial *from, const RangePartial *to) {
  bool from_whole = !from->major.wild && !from->minor.wild && !from->patch.wild;
  bool to_whole = !to->major.wild && !to->minor.wild && !to->patch.wild;
  if (from_whole) check_prefix(build, from, from->prefix);
  if (to_whole && to->pre.len == 0) check_prefix(build, to, to->prefix);
  if (from->major.wild && to->major.wild) add(build, RANGE_ANY, (Version){0});
  if (!from->major.wild) from_here(build, from);
  if (to->major.wild) return;
  if (to_whole)
    add(build, RANGE_LE, (Version){to->major.number, to->minor.number, to->patch.number, to->pre});
  else if (to->minor.wild)
    below_major(build, to);
  else
    below_minor(build, to);
}

// >=0.0.0 says as much as *, so that 0.0.0-rc satisfies ">=0.0.0 <=0.0.0-rc".
static bool is_any(const RangeBound *bound) {
  static const Version zero = {0};
  return bound->op == RANGE_ANY ||
         (bound->op == RANGE_GE && !bound->version.pre.len && version_cmp(&bound->version, &zero) == 0);
}

static bool is_any_set(const RangeSet *set) {
  for (size_t i = 0; i < set->bounds.len; i++)
    if (!is_any(&set->bounds.data[i])) return false;
  return true;
}

void range_end_set(RangeBuild *build) {
  vec_push(build->arena, &build->range->sets, build->set);
  build->set = (RangeSet){0};
}

static void drop_others_beside_any(Range *range) {
  for (size_t i = 0; i < range->sets.len; i++) {
    if (!is_any_set(&range->sets.data[i])) continue;
    range->sets.data[0] = range->sets.data[i];
    range->sets.len = 1;
  }
}

bool range_parse(Arena *arena, Str text, Range *range, VersionFault *fault) {
  *range = (Range){0};
  RangeBuild build = {.arena = arena, .text = str_copy(arena, text), .range = range};
  build.cursor = build.text.data;
  bool parsed = range_yyparse(&build) == 0 && !build.failed;
  if (!parsed) {
    *fault = build.fault;
    return false;
  }
  drop_others_beside_any(range);
  return true;
}

static bool bound_holds(const RangeBound *bound, const Version *version) {
  if (is_any(bound)) return true;
  int order = version_cmp(version, &bound->version);
  switch (bound->op) {
    case RANGE_ANY:
      return true;
    case RANGE_LT:
      return order < 0;
    case RANGE_LE:
      return order <= 0;
    case RANGE_GT:
      return order > 0;
    case RANGE_GE:
      return order >= 0;
    case RANGE_EQ:
      return order == 0;
  }
  return false;
}

static bool names_prerelease_of(const RangeSet *set, const Version *version) {
  for (size_t i = 0; i < set->bounds.len; i++) {
    const Version *named = &set->bounds.data[i].version;
    if (set->bounds.data[i].op != RANGE_ANY && named->pre.len && named->major == version->major &&
        named->minor == version->minor && named->patch == version->patch)
      return true;
  }
  return false;
}

bool range_matches(const Range *range, const Version *version) {
  for (size_t s = 0; s < range->sets.len; s++) {
    const RangeSet *set = &range->sets.data[s];
    bool all = true;
    for (size_t i = 0; i < set->bounds.len && all; i++) all = bound_holds(&set->bounds.data[i], version);
    if (all && (!version->pre.len || names_prerelease_of(set, version))) return true;
  }
  return false;
}

bool range_holds(Arena *arena, Str text, const Version *version) {
  Range range;
  VersionFault fault;
  return range_parse(arena, text, &range, &fault) && range_matches(&range, version);
}

const Range *range_cached(Arena *arena, RangeCache *cache, Str text) {
  bool added;
  uint32_t *index = strmap_put(arena, &cache->index, text, &added);
  if (added) {
    Range *range = arena_new(arena, Range);
    VersionFault fault;
    if (!range_parse(arena, text, range, &fault)) range = NULL;
    *index = (uint32_t)cache->ranges.len;
    vec_push(arena, &cache->ranges, range);
  }
  return cache->ranges.data[*index];
}

static Str bound_text(Arena *arena, const RangeBound *bound) {
  static const char *const spelled[] = {"*", "<", "<=", ">", ">=", ""};
  if (bound->op == RANGE_ANY) return STR("*");
  Str version = version_text(arena, &bound->version);
  return str_printf(arena, "%s%.*s", spelled[bound->op], STR_ARG(version));
}

Str range_text(Arena *arena, const Range *range) {
  Str text = STR("");
  for (size_t s = 0; s < range->sets.len; s++) {
    const RangeSet *set = &range->sets.data[s];
    if (s) text = str_concat(arena, text, STR(" || "));
    if (set->bounds.len == 0) text = str_concat(arena, text, STR("*"));
    for (size_t i = 0; i < set->bounds.len; i++) {
      if (i) text = str_concat(arena, text, STR(" "));
      text = str_concat(arena, text, bound_text(arena, &set->bounds.data[i]));
    }
  }
  return text;
}

Diag *range_report(DiagBag *diags, Span span, Str text, const VersionFault *fault) {
  Diag *diag =
      diag_add(diags, FX4003, span, "malformed version range '%.*s': %s", STR_ARG(text), fault->message);
  diag_help(diag, "a range is written as npm writes it: 3.2.0, ^3, ~2.1, >=2 <4, 1.x || 3.x");
  return diag;
}

Diag *version_report(DiagBag *diags, Span span, Str text, const VersionFault *fault) {
  Diag *diag = diag_add(diags, FX4003, span, "malformed version '%.*s': %s", STR_ARG(text), fault->message);
  diag_help(diag, "a version is written like 3.2.0 or 3.2.0-beta.1");
  return diag;
}
