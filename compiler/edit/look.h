/* How clauses look when they are written: the keys that lead to them in YAML, and what of them shares a line
 * in .fx. */
#ifndef FXC_EDIT_LOOK_H
#define FXC_EDIT_LOOK_H

#include "clause/clause.h"

enum { PATH_PARTS = 4 };

/// The keys that lead to a clause from the start of its block, without the `*` for a name.
typedef struct ClausePath {
  Str parts[PATH_PARTS];
  size_t count;
} ClausePath;

/// The first way to the clause that starts with `prefix` (the keys that its block has behind it already:
/// "prototype" for the one release without versions, "" otherwise); the first of all when none does.
ClausePath clause_keys(ClauseId clause, Str prefix);
/// The prefix of a block clause: "prototype" out of "release:prototype".
Str clause_prefix(ClauseId clause);

/// Stands in the first line of its block: `release v3 = 3.2.0 stable {`; documentation stands above it.
bool clause_is_head(ClauseId clause);
/// Several of them make one line: `tags a, b`, `fallback v3 -> v2`.
bool clause_is_joined(ClauseId clause);
/// Several of them stand in one block: `config { … }`. The clause that names the block, CLAUSE_none when
/// there is none.
ClauseId clause_group(ClauseId clause);
/// Has braces and a line for each of its clauses.
bool clause_has_lines(ClauseId clause);

#endif
