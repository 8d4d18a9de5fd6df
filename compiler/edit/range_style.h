/* A range that lets one release in, rewritten for another in the style of its author: for 3.2.0 instead of
 * 2.9.0 `^2` is `^3`, `~2.9` is `~3.2`, `2.x` is `3.x`, `2.9.0` is `3.2.0`, `>=2 <3` is `>=3 <4`. */
#ifndef FXC_EDIT_RANGE_STYLE_H
#define FXC_EDIT_RANGE_STYLE_H

#include "ir/range.h"

/// The range for `to`. Alternatives that do not hold `from` stay, and all do when it is `widened`; what
/// cannot be said in the old style becomes `^` and the version. The result holds `to`.
Str range_style(Arena *arena, Str range, const Version *from, const Version *to, bool widened);

#endif
