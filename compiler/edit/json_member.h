/* A member of a JSON file set or taken out: every other byte stays as it is. */
#ifndef FXC_EDIT_JSON_MEMBER_H
#define FXC_EDIT_JSON_MEMBER_H

#include "base/str.h"

/// The text with `value` (JSON, as it is to stand) as the member that `path` leads to, in objects within
/// objects. Objects that are missing are made, laid out as their neighbours are. False where the text is no
/// JSON, or something on the way is no object. `text` is followed by a NUL; the result has FILE_PADDING bytes
/// behind it.
bool json_member_set(Arena *arena, Str text, const Str *path, size_t depth, Str value, Str *result);

/// The text without that member; as it is where there is none. False as above.
bool json_member_remove(Arena *arena, Str text, const Str *path, size_t depth, Str *result);

#endif
