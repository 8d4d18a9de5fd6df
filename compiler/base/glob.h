/* Glob patterns over paths with '/' between: `*` and `?` stay inside a name, `**` crosses
 * directories, `[a-z]` and `[!a-z]`, `{a,b}` alternatives (they nest), `\` quotes. As in
 * .gitignore and bash's globstar, `**` beside other characters of a name is a plain `*`. */
#ifndef FXC_BASE_GLOB_H
#define FXC_BASE_GLOB_H

#include "base/str.h"

/// Whether the whole of `path` matches. Time is bounded by pattern length × path length for each
/// combination of alternatives; more than 1,024 combinations never match.
bool glob_match(Str pattern, Str path);
/// The directory part before the first special character: "concept/" of "concept/**/*.html".
Str glob_fixed_prefix(Str pattern);
/// Whether something below `directory` could match, so that a walk may skip it otherwise.
bool glob_may_enter(Str pattern, Str directory);

#endif
