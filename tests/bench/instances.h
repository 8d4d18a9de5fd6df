/* Made-up problems for the solver, alike on every machine.
 *
 * As text, the first line has the number of packages, the second how many releases each has, and every other
 * one is "FROM RELEASE TO RANGE": that release needs one of the releases of TO whose bits RANGE has; FROM is
 * -1 where the project itself needs it. */
#ifndef FXC_BENCH_INSTANCES_H
#define FXC_BENCH_INSTANCES_H

#include "solver/solver.h"

typedef struct Line {
  int64_t from, release, to;
  uint64_t range;
} Line;

typedef struct Instance {
  uint32_t packages, *candidates;
  VEC(Line) lines;
} Instance;

/// What an instance is made by. Each release depends on the packages that all of its package depend on, each
/// time on a range: a union of intervals, which often is that of the release before it.
typedef struct Recipe {
  const char *name;
  uint32_t packages, least, most;  // releases of each
  double dependencies;             // of each package
  double width;                    // of a range, as a part of the releases
  uint32_t pieces;                 // that a range is the union of
  uint32_t steady;                 // of 100 ranges: those that are as before
  uint32_t roots;                  // packages that the project needs
} Recipe;

/// NULL when there is none of this name.
const Recipe *instance_recipe(const char *name);
Instance instance_make(Arena *arena, const Recipe *recipe, uint64_t seed);
void instance_print(const Instance *instance);
/// False when the file cannot be read.
bool instance_read(Arena *arena, const char *path, Instance *instance);
/// For SAT solvers: a variable for each release and for the absence of each package, exactly one of which is
/// true.
void instance_print_dimacs(const Instance *instance);
/// For the solver; `steps` as in SolveProblem.
SolveProblem instance_problem(Arena *arena, const Instance *instance, size_t steps);

#endif
