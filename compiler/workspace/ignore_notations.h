/* Suppressions of each notation: what ignore_read_file() chooses from. */
#ifndef FXC_WORKSPACE_IGNORE_NOTATIONS_H
#define FXC_WORKSPACE_IGNORE_NOTATIONS_H

#include "workspace/ignore.h"

/// As ignore_read_file().
void ignore_read_yaml(Arena *arena, SourceId source, Str bytes, bool ours, DiagBag *bag, Ignores *ignores);
void ignore_read_fx(Arena *arena, SourceId source, Str bytes, bool ours, DiagBag *bag, Ignores *ignores);

#endif
