/* Where a word stands, at the price of a search: in a tag, or where it makes no attribute (text, a comment, a
 * script).
 *
 * What is asked are places, in ascending order. The text is read in the tokenizer's way, but without tokens
 * and without a tree; where only a tree could tell (MathML, some of SVG, a tag that is not clean), every
 * place from there on may be in a tag. So "may" is always safe, and "no" is always right. */
#ifndef FXC_HTML_SKIM_H
#define FXC_HTML_SKIM_H

#include <stdbool.h>

#include "base/str.h"

typedef struct HtmlSkim {
  const char *begin, *end;
  const char *at;       // behind the last piece of markup, with its raw text
  const char *tag_end;  // of that markup; `begin` when it was no tag
  size_t svg;           // at most as many <svg> are open
  bool in_template;     // there was one
} HtmlSkim;

/// A look through a page's text, or its bytes where ASCII stays ASCII: NUL-terminated and padded as
/// file_read() gives them.
HtmlSkim html_skim(Str text);

/// Whether the byte at `place`, which is behind all places asked for before, may stand in a tag.
bool html_skim_may_be_in_tag(HtmlSkim *skim, size_t place);

#endif
