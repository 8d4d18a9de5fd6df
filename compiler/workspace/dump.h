/* The early forms of a page, printed for --emit. */
#ifndef FXC_WORKSPACE_DUMP_H
#define FXC_WORKSPACE_DUMP_H

#include "html/tree.h"
#include "workspace/project.h"

/// Appends the forms of `emit` that a page has; `scratch` is for what must be decoded.
void dump_page(uint32_t emit, const ProjectFile *file, const HtmlTree *tree, Arena *scratch, Buf *out);

#endif
