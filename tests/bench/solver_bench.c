/* The solver on made-up problems (instances.h).
 *
 *   solver_bench make RECIPE SEED   an instance, as text
 *   solver_bench dimacs FILE        the same for SAT solvers
 *   solver_bench solve FILE         the verdict
 *   solver_bench repeat FILE        the verdict, and the milliseconds that solving it in memory takes, a
 * median */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "instances.h"

enum { TIMES = 101 };

static SolveVerdict solve(const Instance *instance) {
  Arena arena = {0};
  SolveProblem problem = instance_problem(&arena, instance, SIZE_MAX);
  uint32_t *chosen = arena_array(&arena, uint32_t, problem.packages);
  SolveVerdict verdict = solve_find(&arena, &problem, chosen);
  arena_free(&arena);
  return verdict;
}

static int compare(const void *a, const void *b) {
  const double *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static void repeat(const Instance *instance) {
  double times[TIMES];
  for (int i = 0; i < TIMES; i++) {
    double begin = clock_ms();
    solve(instance);
    times[i] = clock_ms() - begin;
  }
  qsort(times, TIMES, sizeof *times, compare);
  printf("%.3f ms\n", times[TIMES / 2]);
}

static void work(const char *how, const Instance *instance) {
  if (strcmp(how, "dimacs") == 0) {
    instance_print_dimacs(instance);
    return;
  }
  puts(solve(instance) == SOLVE_FOUND ? "SATISFIABLE" : "UNSATISFIABLE");
  if (strcmp(how, "repeat") == 0) repeat(instance);
}

int main(int argc, char **argv) {
  Arena arena = {0};
  if (argc == 4 && strcmp(argv[1], "make") == 0 && instance_recipe(argv[2])) {
    Instance instance = instance_make(&arena, instance_recipe(argv[2]), strtoull(argv[3], NULL, 10));
    instance_print(&instance);
  } else if (argc == 3) {
    Instance instance;
    if (!instance_read(&arena, argv[2], &instance)) return 1;
    work(argv[1], &instance);
  } else {
    return 2;
  }
  arena_free(&arena);
  return 0;
}
