/* In: sets of candidates, terms of the solver. Out: words. What surprises: a set is named as somebody named
 * it (the range of a fact) before it is counted up, since that is what the reader can find in a file. */
#include "passes/phrase.h"

#include <stdlib.h>

enum { RUNS_SHOWN = 4 };

static const Ir *ir_of(const Facts *facts) { return facts->constraints->ir; }

static Str name_of(const Facts *facts, uint32_t package) {
  return ir_integration_name(ir_of(facts), integration_of(package));
}

/* Releases */

Str phrase_release(const Ir *ir, Arena *arena, ReleaseId id) {
  const Release *release = ir_release(ir, id);
  Str label = ir_str(ir, release->label.sym);
  Version meant, version = ir_version(ir, &release->version);
  bool told = version_from_label(label, &meant) && version_cmp(&meant, &version) == 0;
  if (told || !release->version.valid) return label;
  return str_printf(arena, "%.*s (%.*s)", STR_ARG(label), STR_ARG(version_text(arena, &version)));
}

Str phrase_named_release(const Ir *ir, Arena *arena, ReleaseId id) {
  Str name = ir_integration_name(ir, ir_release(ir, id)->integration);
  return str_printf(arena, "'%.*s' %.*s", STR_ARG(name), STR_ARG(phrase_release(ir, arena, id)));
}

Str phrase_list(Arena *arena, const Str *items, size_t count, const char *last) {
  Str text = count ? items[0] : STR("");
  for (size_t i = 1; i < count; i++)
    text = str_printf(arena, "%.*s%s%s%s%.*s", STR_ARG(text), i + 1 < count ? "," : " ",
                      i + 1 < count ? "" : last, " ", STR_ARG(items[i]));
  return text;
}

/* Sets */

typedef struct Ordered {
  ReleaseId id;
  Version version;
  bool in;
} Ordered;

static int by_version(const void *a, const void *b) {
  const Ordered *x = a, *y = b;
  int order = version_cmp(&x->version, &y->version);
  return order ? order : (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

// All candidates, the oldest first, each with whether the set has it.
static Ordered *ordered(const Facts *facts, uint32_t package, SolveSet set) {
  const Candidates *candidates = &facts->constraints->candidates[package];
  const Ir *ir = ir_of(facts);
  Ordered *list = arena_array(facts->arena, Ordered, candidates->count + 1);
  for (uint32_t i = 0; i < candidates->count; i++) {
    ReleaseId id = candidates->releases[i];
    list[i] = (Ordered){id, ir_version(ir, &ir_release(ir, id)->version), solve_set_has(set, i)};
  }
  if (candidates->count) qsort(list, candidates->count, sizeof *list, by_version);
  return list;
}

static Str run_of(const Facts *facts, const Ordered *list, uint32_t from, uint32_t to, uint32_t count) {
  const Ir *ir = ir_of(facts);
  Str first = phrase_release(ir, facts->arena, list[from].id);
  Str last = phrase_release(ir, facts->arena, list[to].id);
  if (from == to) return first;
  if (from > 0 && to + 1 == count) return str_printf(facts->arena, "%.*s and later", STR_ARG(first));
  if (from == 0) return str_printf(facts->arena, "%.*s and earlier", STR_ARG(last));
  return str_printf(facts->arena, "%.*s to %.*s", STR_ARG(first), STR_ARG(last));
}

// "v1, v3 to v5 or v9 and later"
static Str runs_of(const Facts *facts, uint32_t package, SolveSet set) {
  uint32_t count = facts->constraints->problem.candidates[package], more = 0;
  Ordered *list = ordered(facts, package, set);
  Str runs[RUNS_SHOWN + 1];
  size_t shown = 0;
  for (uint32_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && list[end].in == list[i].in;) end++;
    if (!list[i].in) continue;
    if (shown < RUNS_SHOWN)
      runs[shown++] = run_of(facts, list, i, end - 1, count);
    else
      more += end - i;
  }
  if (more) runs[shown++] = str_printf(facts->arena, "%u more", more);
  return phrase_list(facts->arena, runs, shown, more ? "and" : "or");
}

static uint32_t count_in(const Facts *facts, uint32_t package, SolveSet set) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < facts->constraints->problem.candidates[package]; i++)
    count += solve_set_has(set, i);
  return count;
}

// A range that some fact gives, and that holds exactly these candidates.
static Str range_of(const Facts *facts, uint32_t package, SolveSet set) {
  uint32_t count = facts->constraints->problem.candidates[package];
  for (size_t i = 0; i < facts->list.len; i++) {
    const Fact *fact = &facts->list.data[i];
    const Origin *origin = fact->origin;
    if (fact->rule.to != package || !fact->rule.allowed || !origin->range) continue;
    if (origin->kind == ORIGIN_REQUIREMENT &&
        ir_requirement(ir_of(facts), origin->requirement)->kind == IR_CONFLICTS)
      continue;
    bool same = true;
    for (uint32_t n = 0; n < count && same; n++)
      same = solve_set_has(fact->rule.allowed, n) == solve_set_has(set, n);
    if (same) return ir_str(ir_of(facts), origin->range);
  }
  return STR("");
}

Str phrase_set(const Facts *facts, uint32_t package, SolveSet set, PhrasePart part) {
  Str name = name_of(facts, package), which;
  uint32_t all = facts->constraints->problem.candidates[package];
  uint32_t count = set ? count_in(facts, package, set) : all;
  if (count == all)
    return str_printf(facts->arena, part == PHRASE_SUBJECT && all > 1 ? "every release of '%.*s'" : "'%.*s'",
                      STR_ARG(name));
  which = count > 1 ? range_of(facts, package, set) : STR("");
  if (!which.len) which = runs_of(facts, package, set);
  return str_printf(facts->arena, "'%.*s' %.*s", STR_ARG(name), STR_ARG(which));
}

/* Clauses */

static bool holds_absent(const Facts *facts, const SolveTerm *term) {
  return solve_set_has(term->set, facts->constraints->problem.candidates[term->package]);
}

static SolveSet others(const Facts *facts, const SolveTerm *term) {
  uint32_t count = facts->constraints->problem.candidates[term->package];
  uint64_t *set = arena_array(facts->arena, uint64_t, solve_set_words(count));
  for (uint32_t i = 0; i < count; i++)
    if (!solve_set_has(term->set, i)) set[i / 64] |= UINT64_C(1) << i % 64;
  return set;
}

// A clause: if all of `conditions`, then one of `results`.
typedef struct Clause {
  Str *conditions, *results;
  size_t condition_count, result_count;
} Clause;

static Clause clause_of(const Facts *facts, const SolveTerm *terms, size_t count) {
  Clause clause = {arena_array(facts->arena, Str, count + 1), arena_array(facts->arena, Str, count + 1), 0,
                   0};
  for (size_t i = 0; i < count; i++) {
    uint32_t package = terms[i].package;
    if (holds_absent(facts, &terms[i]))
      clause.results[clause.result_count++] =
          phrase_set(facts, package, others(facts, &terms[i]), PHRASE_OBJECT);
    else
      clause.conditions[clause.condition_count++] = phrase_set(facts, package, terms[i].set, PHRASE_SUBJECT);
  }
  return clause;
}

static Str exclusion(const Facts *facts, const Clause *clause) {
  Arena *arena = facts->arena;
  Str first = clause->conditions[0], every = STR("every release");
  if (clause->condition_count == 1 && str_starts(first, every))
    return str_printf(arena, "no release%.*s can be chosen", STR_ARG(str_skip(first, every.len)));
  if (clause->condition_count == 1) return str_printf(arena, "%.*s cannot be chosen", STR_ARG(first));
  Str list = phrase_list(arena, clause->conditions, clause->condition_count, "and");
  return str_printf(arena, "%.*s exclude each other", STR_ARG(list));
}

Str phrase_clause(const Facts *facts, const SolveTerm *terms, size_t count) {
  Arena *arena = facts->arena;
  Clause clause = clause_of(facts, terms, count);
  if (!count) return STR("no choice of releases satisfies all of this");
  if (!clause.result_count) return exclusion(facts, &clause);
  Str results = phrase_list(arena, clause.results, clause.result_count, "or");
  if (!clause.condition_count) return str_printf(arena, "%.*s is needed", STR_ARG(results));
  Str conditions = phrase_list(arena, clause.conditions, clause.condition_count, "with");
  return str_printf(arena, "%.*s %s %.*s", STR_ARG(conditions),
                    clause.condition_count > 1 ? "need" : "requires", STR_ARG(results));
}
