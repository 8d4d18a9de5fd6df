#include "workspace/dump.h"

#include "html/dump.h"

void dump_page(uint32_t emit, const ProjectFile *file, const HtmlTree *tree, Arena *scratch, Buf *out) {
  if (!(emit & EMIT_DOM)) return;
  buf_printf(out, "# %.*s\n", STR_ARG(file->root_path));
  html_dump(tree, scratch, out);
}
