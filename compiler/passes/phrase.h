/* Sets of releases, and what follows from facts, in the words of those who read it. */
#ifndef FXC_PASSES_PHRASE_H
#define FXC_PASSES_PHRASE_H

#include "passes/facts.h"

typedef enum PhrasePart {
  PHRASE_SUBJECT,  // all releases are "every release of 'maps'"
  PHRASE_OBJECT,   // all releases are "'maps'"
} PhrasePart;

/// The candidates of a set: "'maps' v3 (3.2.0)", "'maps' ^2" where a fact has that range, "'maps' v1 to v4".
Str phrase_set(const Facts *facts, uint32_t package, SolveSet set, PhrasePart part);

/// What it means that these terms are never all true: "'maps' v3 requires 'geocoding' v2".
Str phrase_clause(const Facts *facts, const SolveTerm *terms, size_t count);

/// A release with its version, where its label does not tell it: "v3 (3.2.0)", "v2".
Str phrase_release(const Ir *ir, Arena *arena, ReleaseId release);
/// The same behind the name of its integration: "'maps' v3 (3.2.0)".
Str phrase_named_release(const Ir *ir, Arena *arena, ReleaseId release);

/// "a", "a and b", "a, b and c".
Str phrase_list(Arena *arena, const Str *items, size_t count, const char *last);

#endif
