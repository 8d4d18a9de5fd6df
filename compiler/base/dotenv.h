/* .env files: NAME=value lines, as Node.js reads them (node --env-file). */
#ifndef FXC_BASE_DOTENV_H
#define FXC_BASE_DOTENV_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

typedef struct DotenvEntry {
  Str name, value;
  uint32_t start, end;  // bytes of the name in the file
} DotenvEntry;

typedef VEC(DotenvEntry) DotenvEntries;

/// Adds what the text says, in order; of a name that stands twice the last one counts. `export` may stand
/// before a name, values may be in "…" (where \n is a line break), '…' or `…` over several lines, and '#'
/// begins a comment where no quotes are open. A line that is none of this is passed over (Node.js takes it
/// into the next name), and tabs are blanks.
void dotenv_read(Arena *arena, Str text, DotenvEntries *entries);

/// The last entry of that name, or NULL.
const DotenvEntry *dotenv_find(const DotenvEntries *entries, Str name);

#endif
