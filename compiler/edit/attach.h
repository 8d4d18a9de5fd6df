/* Inside edit/: which item a comment belongs to. */
#ifndef FXC_EDIT_ATTACH_H
#define FXC_EDIT_ATTACH_H

#include "edit/outline.h"

/// Puts every comment at an item of the tree, and notes empty lines and items of one line.
void attach_comments(Arena *arena, Item *root, Str bytes, const Comments *comments, OutlineStyle style);

#endif
