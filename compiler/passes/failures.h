/* What can go wrong with a call, and which of it a `trigger` names (failures.def). */
#ifndef FXC_PASSES_FAILURES_H
#define FXC_PASSES_FAILURES_H

#include "base/suggest.h"

typedef enum Failure {
#define FAILURE(id, word, words, sentence) FAILURE_##id,
#include "passes/failures.def"
#undef FAILURE
  FAILURE_COUNT,
} Failure;

/// A set of failures: bit n is Failure n.
typedef unsigned FailureSet;
enum { ALL_FAILURES = (1 << FAILURE_COUNT) - 1 };

/// How triggers spell the failure, and what happens then.
const char *failure_word(Failure failure);
const char *failure_sentence(Failure failure);

/// The failures that a trigger names: one word or several, parted by ',' or '|'. A word such as
/// `primary_failure`, `error` or `any` names all. A word that is no failure's is a condition of the project's
/// own and adds nothing; the first of those goes to *unknown (STR_NONE: none), with its offset in the text.
FailureSet failures_named(Str trigger, Str *unknown, size_t *offset);

/// The failure's word that is nearest to a wrong one, STR_NONE when none is near.
Str failure_near(Str word);

#endif
