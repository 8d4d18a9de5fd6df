/* JSON Pointers (RFC 6901), as `result` and `each` of a binding hold them. */
#ifndef FXC_IR_POINTER_H
#define FXC_IR_POINTER_H

#include "base/str.h"

typedef struct PointerFault {
  size_t at, length;  // the bytes that are wrong
  const char *what;   // "a '~' that neither 0 nor 1 follows"
} PointerFault;

/// Whether the text is a JSON Pointer (RFC 6901, section 3): empty, or steps that begin with '/' and in which
/// '~' is followed by '0' or '1'.
bool pointer_check(Str text, PointerFault *fault);

#endif
