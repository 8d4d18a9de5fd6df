/* In: a text. Out: whether it is a JSON Pointer. */
#include "ir/pointer.h"

bool pointer_check(Str text, PointerFault *fault) {
  if (text.len && text.data[0] != '/') {
    *fault = (PointerFault){0, text.len, "it does not begin with '/'"};
    return false;
  }
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] != '~') continue;
    if (i + 1 < text.len && (text.data[i + 1] == '0' || text.data[i + 1] == '1')) continue;
    *fault = (PointerFault){i, i + 1 < text.len ? 2 : 1, "'~' stands for itself as ~0, and for '/' as ~1"};
    return false;
  }
  return true;
}
