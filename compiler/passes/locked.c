/* In: constraints and a choice. Out: the choice without the lock, or the choice of `update NAME…`. What may
 * surprise: to come first, a package is made needed by a rule of its own; what only that rule needs is taken
 * out of the choice again, and where that would be one of the names, the order is not used at all. */
#include "passes/locked.h"

void locked_compare(const Constraints *c, bool reordered, size_t steps, Unlocked *unlocked) {
  *unlocked = (Unlocked){0};
  bool moved = reordered;
  for (uint32_t p = 0; p < c->problem.packages && !moved; p++) moved = c->candidates[p].moved > 0;
  if (!moved) return;
  constraints_collect_afresh(&unlocked->constraints, c->ir, steps);
  uint32_t *chosen = arena_array(c->ir->arena, uint32_t, c->problem.packages + 1);
  if (solve_find(c->ir->arena, &unlocked->constraints.problem, chosen) == SOLVE_FOUND)
    unlocked->chosen = chosen;
}

/* update NAME… */

// Rules by the package that they are about: those of package p are list[start[p]] to list[start[p + 1]] - 1,
// and those that hold always come first of all.
typedef struct ByPackage {
  uint32_t *start, *list;
} ByPackage;

static uint32_t slot_of(const SolveRule *rule) { return rule->from == SOLVE_NONE ? 0 : rule->from + 1; }

static ByPackage sort_rules(Arena *arena, const SolveProblem *problem) {
  ByPackage sorted = {arena_array(arena, uint32_t, problem->packages + 3),
                      arena_array(arena, uint32_t, problem->rules.len + 1)};
  for (size_t i = 0; i < problem->rules.len; i++) sorted.start[slot_of(&problem->rules.data[i]) + 2]++;
  for (uint32_t p = 2; p < problem->packages + 3; p++) sorted.start[p] += sorted.start[p - 1];
  for (size_t i = 0; i < problem->rules.len; i++)
    sorted.list[sorted.start[slot_of(&problem->rules.data[i]) + 1]++] = (uint32_t)i;
  return sorted;
}

// Takes out what no rule needs.
static void prune(Arena *arena, const SolveProblem *problem, uint32_t *chosen) {
  ByPackage rules = sort_rules(arena, problem);
  bool *needed = arena_array(arena, bool, problem->packages + 1);
  uint32_t *queue = arena_array(arena, uint32_t, problem->packages + 2);
  size_t count = 1;  // queue[0] stands for the rules that hold always
  for (size_t i = 0; i < count; i++) {
    uint32_t slot = queue[i];
    for (uint32_t k = rules.start[slot]; k < rules.start[slot + 1]; k++) {
      const SolveRule *rule = &problem->rules.data[rules.list[k]];
      bool asked = rule->needed && !rule->off && solve_rule_holds(rule, chosen);
      if (!asked || needed[rule->to] || chosen[rule->to] == SOLVE_NONE) continue;
      needed[rule->to] = true;
      queue[count++] = rule->to + 1;
    }
  }
  for (uint32_t p = 0; p < problem->packages; p++)
    if (!needed[p]) chosen[p] = SOLVE_NONE;
}

// The names that a choice has, in the order in which they were given.
static uint32_t find_packages(const Constraints *c, const Str *names, size_t count, const uint32_t *chosen,
                              uint32_t *packages) {
  uint32_t found = 0;
  for (size_t i = 0; i < count; i++) {
    IntegrationId id = ir_find_integration(c->ir, names[i]);
    if (id.n && chosen[package_of(id)] != SOLVE_NONE) packages[found++] = package_of(id);
  }
  return found;
}

void locked_choose_fresh(const Constraints *c, const Str *names, size_t count, uint32_t *chosen) {
  Arena *arena = c->ir->arena;
  uint32_t *packages = arena_array(arena, uint32_t, count + 1);
  uint32_t found = find_packages(c, names, count, chosen, packages);
  if (!found) return;
  SolveProblem problem = c->problem;
  problem.rules.data = NULL;
  problem.rules.len = problem.rules.space = 0;
  for (uint32_t i = 0; i < found; i++)
    vec_push(arena, &problem.rules, (SolveRule){.from = SOLVE_NONE, .to = packages[i], .needed = true});
  for (size_t i = 0; i < c->problem.rules.len; i++) vec_push(arena, &problem.rules, c->problem.rules.data[i]);
  uint32_t *better = arena_array(arena, uint32_t, problem.packages + 1);
  if (solve_find(arena, &problem, better) != SOLVE_FOUND) return;
  prune(arena, &c->problem, better);
  for (uint32_t i = 0; i < found; i++)
    if (better[packages[i]] == SOLVE_NONE) return;
  memcpy(chosen, better, problem.packages * sizeof *chosen);
}
