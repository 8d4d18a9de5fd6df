/* Writing an arranged outline as YAML. */
#ifndef FXC_EDIT_TO_YAML_H
#define FXC_EDIT_TO_YAML_H

#include "base/buf.h"
#include "edit/outline.h"

/// Appends the text of a manifest or a project file. False when something of it cannot be written in YAML:
/// reported (FX2024).
bool outline_to_yaml(Arena *arena, const Item *root, DiagBag *bag, SourceId source, Buf *out);

#endif
