/* The text form of a tree. */
#ifndef FXC_HTML_DUMP_H
#define FXC_HTML_DUMP_H

#include "base/buf.h"
#include "html/tree.h"

/// Appends the tree, a node a line, as the html5lib suites write trees. The arena takes what is decoded.
void html_dump(const HtmlTree *tree, Arena *arena, Buf *out);

#endif
