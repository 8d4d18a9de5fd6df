/* Writing a tree as HTML (WHATWG HTML, 13.3, "serializing HTML fragments"). */
#ifndef FXC_HTML_SERIALIZE_H
#define FXC_HTML_SERIALIZE_H

#include "base/buf.h"
#include "html/tree.h"

/// Appends the children of `root` (the document, an element, a template's content), as innerHTML has
/// them. `arena` takes what must be decoded. A template with a declarative shadow root is written as the
/// template that it was.
void html_serialize(const HtmlTree *tree, HtmlNodeId root, Arena *arena, Buf *out);

#endif
