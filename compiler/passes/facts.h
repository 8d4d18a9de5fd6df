/* The facts of a conflict: what is said where, in words.
 *
 * A fact is a rule of the solver, or several of them where releases of one integration say the same. Its
 * wording is regular, so that a program can read it: "'maps' v3 requires 'geocoding' ^2.1", "this page asks
 * for 'geocoding' ^1". */
#ifndef FXC_PASSES_FACTS_H
#define FXC_PASSES_FACTS_H

#include "passes/constraints.h"

typedef struct Fact {
  SolveRule rule;         // `when` holds all the releases that say it
  const Origin *origin;   // the first
  VEC(uint32_t) origins;  // indices in the constraints
} Fact;

/// The facts that exclude each other, in the order of the rules.
typedef struct Facts {
  const Constraints *constraints;
  Arena *arena;
  PageId page;  // which page is "this page"; 0: every page goes by its path
  VEC(Fact) list;
} Facts;

/// The rules of `core` (a flag each) as facts. Of those that are `relaxed` (NULL: none) only the need counts.
void facts_collect(Facts *facts, const Constraints *constraints, const bool *core, const bool *relaxed,
                   Arena *arena);

/// What one origin says, as it is printed at its place, where a page is "this page".
Str facts_label(const Facts *facts, const Origin *origin);
/// The same without what it is about: "this page asks for ^1".
Str facts_origin_short(const Facts *facts, const Origin *origin);
/// The fact in a sentence: "every release of 'maps' requires 'geocoding' ^2".
Str facts_text(const Facts *facts, const Fact *fact);

/// Whether a fact leaves no candidate of its target.
bool facts_is_empty(const Facts *facts, const Fact *fact);
/// Whether a fact says which releases of its target may be chosen, or needs one that has none.
bool facts_restricts(const Facts *facts, const Fact *fact);
/// The place in the project that states a fact, and whether a person can edit it there.
IrPlaceKind facts_place(const Facts *facts, const Fact *fact);

#endif
