/* Regular expressions as JavaScript writes them (ECMA-262, section 22.2, without flags), matched in time
 * linear in the text: the states of an automaton, never a step back. What no automaton can do, look-around
 * and back references, is not there; \p needs the flag that patterns do not have. */
#ifndef FXC_BASE_REGEX_H
#define FXC_BASE_REGEX_H

#include <stdint.h>

#include "base/str.h"

typedef struct Regex Regex;

typedef struct RegexFault {
  uint32_t start, end;  // bytes of the pattern
  const char *message;  // "a group is not closed"
  bool beyond;          // right in JavaScript, but more than this matches
} RegexFault;

/// Compiles the pattern onto the arena. NULL: *fault says why; a pattern that would need more than 20,000
/// states, by counted repetition, is `beyond`.
Regex *regex_compile(Arena *arena, Str pattern, RegexFault *fault);

/// Whether some part of the text matches, as RegExp.prototype.test(); the text is UTF-8. Scratch memory lies
/// on the arena.
bool regex_matches(const Regex *regex, Str text, Arena *arena);

#endif
