/* Character references ("&amp;", "&#x41;") of the HTML standard, sections 13.2.5.72 and behind.
 *
 * In: text at an '&'. Out: what it stands for and how long it is, with the parse errors the standard
 * asks for. Surprising: "&notit;" is "¬it;" in text, but itself in an attribute value. */
#ifndef FXC_HTML_REFERENCE_H
#define FXC_HTML_REFERENCE_H

#include <stdint.h>

#include "html/token.h"

/// A character reference, or an '&' that is none (code[0] == 0).
typedef struct HtmlReference {
  size_t len;        // bytes from '&' on; those of a failed reference stand for themselves
  uint32_t code[2];  // the characters; code[1] is 0 for most
  uint32_t error_count;
  HtmlError errors[2];  // `at` counts from the '&'
} HtmlReference;

/// Reads the reference at `p`, which points at an '&'. The text must be NUL-terminated.
HtmlReference html_reference_read(const char *p, bool in_attribute);

/// Reports the errors of all references between `begin` and `end`; `base` is offset 0. A value in a
/// tag must be followed by a byte that cannot be part of a reference, as quotes and '>' are.
void html_reference_check(HtmlErrors *errors, const char *base, const char *begin, const char *end,
                          bool in_attribute);

#endif
