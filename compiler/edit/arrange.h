/* The canonical form of an outline, the same whichever notation it came from: clauses in the order that both
 * notations can write, what .fx writes on one line made one item, comments moved out of such lines to where
 * both notations can have them. Because both writers start from it, converting there and back changes nothing
 * after the first time. */
#ifndef FXC_EDIT_ARRANGE_H
#define FXC_EDIT_ARRANGE_H

#include "edit/outline.h"

/// Arranges the whole outline in place.
void outline_arrange(Arena *arena, Item *root);

/// The first clause that two arranged outlines do not have in common, in the first of them (in the second
/// where the first has less); NULL when they say the same. Comments and places do not count.
const Item *outline_difference(const Item *a, const Item *b);

#endif
