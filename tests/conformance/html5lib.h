/* The program that answers the html5lib suites: JSON requests a line, answers a line. */
#ifndef FXC_TESTS_HTML5LIB_H
#define FXC_TESTS_HTML5LIB_H

#include "base/buf.h"

/// A request; strings lie on the arena with FILE_PADDING readable bytes and a NUL behind, and may
/// hold U+0000.
typedef struct Html5libRequest {
  Str op, data;
  Str state, last_start_tag;  // op "tokens"
  Str fragment;               // op "tree"; data == NULL: none
  bool scripting;
} Html5libRequest;

/// Reads a line; false when it is not a JSON object of strings, booleans and null.
bool html5lib_read(Arena *arena, Str line, Html5libRequest *request);

/// Writes `s` as a JSON string.
void html5lib_put_string(Buf *out, Str s);

/// Answers op "tokens": {"tokens":[...],"errors":[...]}.
void html5lib_tokens(Arena *arena, const Html5libRequest *request, Buf *out);

/// Writes the dump of the tree to `out` (not as JSON); false when that cannot be done. Linked in
/// when the tree builder's part of this program exists.
__attribute__((weak)) bool html5lib_tree(const char *data, size_t len, const char *fragment, bool scripting,
                                         Buf *out);

#endif
