/* Inside edit/: texts that name something where values stand. */
#ifndef FXC_EDIT_NAMES_H
#define FXC_EDIT_NAMES_H

#include "base/map.h"
#include "edit/outline.h"

/// Notes the parameters of an integration's operations.
void names_collect(Arena *arena, const Item *integration, StrMap *parameters);
/// Sets `bare` of the texts below a binding or a reaction that are names: `street`, `address.lat`.
void names_mark(Arena *arena, Item *item, const StrMap *parameters);
/// Whether a text that is no name must be in quotes in YAML, as it would be one without.
bool names_need_quotes(const Item *text);

#endif
