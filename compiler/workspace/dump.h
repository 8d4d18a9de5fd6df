/* The early forms of a page, printed for --emit. */
#ifndef FXC_WORKSPACE_DUMP_H
#define FXC_WORKSPACE_DUMP_H

#include "html/encoding.h"
#include "html/tree.h"
#include "workspace/project.h"

/// What a dump of tokens needs while the page is parsed.
typedef struct TokenDump {
  const HtmlInput *input;
  Buf *out;
} TokenDump;

/// Appends a token: its bytes in the file, its kind, its source text; below it the attributes. For
/// HtmlOptions.seen, with a TokenDump as the context.
void dump_token(void *context, const HtmlToken *token);

/// Appends the forms of `emit` that a page has; `scratch` is for what must be decoded.
void dump_page(uint32_t emit, const ProjectFile *file, const HtmlTree *tree, Arena *scratch, Buf *out);

#endif
