/* What edits did to a file, as a unified diff that `git apply` and `patch -p1` take. */
#ifndef FXC_EDIT_UNIFIED_H
#define FXC_EDIT_UNIFIED_H

#include "base/buf.h"
#include "edit/splice.h"

/// Appends the difference between the original and the current text, three lines of context around each
/// change; nothing when there is none. `path` is printed behind "a/" and "b/". Of a file with NUL bytes
/// (UTF-16) it only says that they differ. O(file), the lines of a change are not compared with each other.
void unified_diff(const SplicedText *text, Str path, Buf *out);

#endif
