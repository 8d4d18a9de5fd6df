/* Words of names: what people read, what stands in addresses, what a name says about the integration that an
 * element wants. */
#ifndef FXC_VIEWFORGE_WORDS_H
#define FXC_VIEWFORGE_WORDS_H

#include "base/str.h"

/// "serviceAddress" → "Service address"; of a path its last part.
Str view_humanise(Arena *arena, Str name);
/// "Order History!" → "order-history"; "page" when nothing is left.
Str view_slug(Arena *arena, Str text);
/// "debounceMs" → "debounce-ms"
Str view_kebab(Arena *arena, Str name);
/// Whether a page can be named so: a file's name without surprises.
bool view_is_file_name(Str id);
/// The integration that a field of that name and type probably wants (suggest.def); empty: none.
Str view_suggestion(Str name, Str type);

#endif
