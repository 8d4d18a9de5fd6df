/* See instances.h. In: a recipe and a seed, or a file. Out: an instance, as text, as clauses, as rules.
 *
 * The recipes were found by trying: near the border between what has a choice and what has none SAT solvers
 * need seconds, a little away from it nothing is hard any more. */
#include "instances.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static const Recipe recipes[] = {
    {"easy", 200, 20, 20, 3, 0.5, 1, 70, 20},   {"medium", 200, 20, 20, 3, 0.625, 4, 70, 20},
    {"hard", 200, 20, 20, 3, 0.565, 4, 70, 20}, {"unsatisfiable", 200, 20, 20, 3, 0.515, 4, 70, 20},
    {"big", 2000, 20, 20, 3, 0.55, 1, 70, 40},  {"manifests", 40, 8, 24, 3, 0.55, 1, 70, 10},
};

const Recipe *instance_recipe(const char *name) {
  for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++)
    if (strcmp(recipes[i].name, name) == 0) return &recipes[i];
  return NULL;
}

/* Making */

static uint32_t below(uint64_t *state, uint32_t n) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((*state >> 33) % n);
}

// The whole number above or below, so that the mean is n.
static uint32_t about(uint64_t *state, double n) {
  return (uint32_t)n + (below(state, 1000) < (uint32_t)(n * 1000) % 1000);
}

static uint64_t make_range(uint64_t *state, const Recipe *recipe, uint32_t candidates) {
  uint64_t range = 0;
  for (uint32_t i = 0; i < recipe->pieces; i++) {
    uint32_t size = about(state, recipe->width * candidates / recipe->pieces);
    range |= ((UINT64_C(1) << size) - 1) << below(state, candidates - size + 1);
  }
  return range;
}

static void make_dependency(Arena *arena, uint64_t *state, const Recipe *recipe, Instance *instance,
                            uint32_t from) {
  uint32_t to = below(state, instance->packages);
  uint64_t range = 0;
  for (uint32_t c = 0; c < instance->candidates[from] && to != from; c++) {
    if (c == 0 || below(state, 100) >= recipe->steady)
      range = make_range(state, recipe, instance->candidates[to]);
    vec_push(arena, &instance->lines, (Line){from, c, to, range});
  }
}

Instance instance_make(Arena *arena, const Recipe *recipe, uint64_t seed) {
  Instance instance = {.packages = recipe->packages};
  uint64_t state = seed;
  for (int i = 0; i < 8; i++) below(&state, 2);
  instance.candidates = arena_array(arena, uint32_t, recipe->packages);
  for (uint32_t p = 0; p < recipe->packages; p++)
    instance.candidates[p] = recipe->least + below(&state, recipe->most - recipe->least + 1);
  for (uint32_t i = 0; i < recipe->roots; i++) {
    uint32_t to = below(&state, recipe->packages);
    vec_push(arena, &instance.lines, (Line){-1, 0, to, (UINT64_C(1) << instance.candidates[to]) - 1});
  }
  for (uint32_t p = 0; p < recipe->packages; p++)
    for (uint32_t d = about(&state, recipe->dependencies); d > 0; d--)
      make_dependency(arena, &state, recipe, &instance, p);
  return instance;
}

/* As text */

void instance_print(const Instance *instance) {
  printf("%u\n", instance->packages);
  for (uint32_t p = 0; p < instance->packages; p++) printf("%u ", instance->candidates[p]);
  printf("\n");
  for (size_t i = 0; i < instance->lines.len; i++) {
    const Line *line = &instance->lines.data[i];
    printf("%lld %lld %lld %llu\n", (long long)line->from, (long long)line->release, (long long)line->to,
           (unsigned long long)line->range);
  }
}

static int64_t read_number(const char **text) {
  const char *p = *text;
  int64_t sign = *p == '-' ? p++, -1 : 1, value = 0;
  while (*p >= '0' && *p <= '9') value = value * 10 + *p++ - '0';
  while (*p == ' ' || *p == '\n') p++;
  *text = p;
  return sign * value;
}

bool instance_read(Arena *arena, const char *path, Instance *instance) {
  Str text;
  if (file_read(str_from(path), arena, 0, &text) != 0) return false;
  const char *p = text.data;
  *instance = (Instance){.packages = (uint32_t)read_number(&p)};
  instance->candidates = arena_array(arena, uint32_t, instance->packages);
  for (uint32_t i = 0; i < instance->packages; i++) instance->candidates[i] = (uint32_t)read_number(&p);
  while (*p) {
    Line line = {.from = read_number(&p)};
    line.release = read_number(&p);
    line.to = read_number(&p);
    line.range = (uint64_t)read_number(&p);
    vec_push(arena, &instance->lines, line);
  }
  return true;
}

/* For SAT solvers */

static uint32_t *first_variables(const Instance *instance) {
  uint32_t *first = malloc((instance->packages + 1) * sizeof *first);
  first[0] = 1;
  for (uint32_t p = 0; p < instance->packages; p++) first[p + 1] = first[p] + instance->candidates[p] + 1;
  return first;
}

static void print_exactly_one(uint32_t first, uint32_t end) {
  for (uint32_t a = first; a < end; a++) printf("%u ", a);
  printf("0\n");
  for (uint32_t a = first; a < end; a++)
    for (uint32_t b = a + 1; b < end; b++) printf("-%u -%u 0\n", a, b);
}

void instance_print_dimacs(const Instance *instance) {
  uint32_t *first = first_variables(instance);
  size_t clauses = instance->lines.len;
  for (uint32_t p = 0; p < instance->packages; p++) {
    size_t values = instance->candidates[p] + 1;
    clauses += 1 + values * (values - 1) / 2;
  }
  printf("p cnf %u %zu\n", first[instance->packages] - 1, clauses);
  for (uint32_t p = 0; p < instance->packages; p++) print_exactly_one(first[p], first[p + 1]);
  for (size_t i = 0; i < instance->lines.len; i++) {
    const Line *line = &instance->lines.data[i];
    if (line->from >= 0) printf("-%u ", first[line->from] + (uint32_t)line->release);
    for (uint32_t c = 0; c < instance->candidates[line->to]; c++)
      if ((line->range >> c) & 1) printf("%u ", first[line->to] + c);
    printf("0\n");
  }
  free(first);
}

/* For the solver */

static uint64_t *one_word(Arena *arena, uint64_t set) {
  uint64_t *words = arena_array(arena, uint64_t, 1);
  *words = set;
  return words;
}

SolveProblem instance_problem(Arena *arena, const Instance *instance, size_t steps) {
  SolveProblem problem = {.packages = instance->packages, .candidates = instance->candidates, .steps = steps};
  for (size_t i = 0; i < instance->lines.len; i++) {
    const Line *line = &instance->lines.data[i];
    SolveRule rule = {.from = SOLVE_NONE, .to = (uint32_t)line->to, .needed = true};
    rule.allowed = one_word(arena, line->range);
    if (line->from >= 0) {
      rule.from = (uint32_t)line->from;
      rule.when = one_word(arena, UINT64_C(1) << line->release);
    }
    vec_push(arena, &problem.rules, rule);
  }
  return problem;
}
