#include "workspace/dump.h"

#include "html/dump.h"

static const char *kind_name(HtmlTokenKind kind) {
  static const char *const names[] = {"end",     "text",    "start-tag",  "end-tag",
                                      "comment", "doctype", "instruction"};
  return names[kind];
}

static void put_stretch(const TokenDump *dump, uint32_t start, uint32_t end) {
  Str text = str_take(str_skip(dump->input->text, start), end - start);
  buf_printf(dump->out, "%u-%u ", html_file_offset(dump->input, start), html_file_offset(dump->input, end));
  diag_put_safe(dump->out, text, 0);
}

void dump_token(void *context, const HtmlToken *token) {
  const TokenDump *dump = context;
  bool tag = token->kind == HTML_TOKEN_START_TAG || token->kind == HTML_TOKEN_END_TAG;
  buf_printf(dump->out, "%s ", kind_name(token->kind));
  put_stretch(dump, token->start, token->end);
  buf_char(dump->out, '\n');
  for (uint32_t i = 0; tag && i < token->attr_count; i++) {
    const HtmlAttr *attr = &token->attrs[i];
    buf_put(dump->out, STR("  "));
    put_stretch(dump, attr->name_start, attr->name_end);
    if (attr->has_value) {
      buf_put(dump->out, STR(" = "));
      put_stretch(dump, attr->value_start, attr->value_end);
    }
    buf_char(dump->out, '\n');
  }
}

void dump_page(uint32_t emit, const ProjectFile *file, const HtmlTree *tree, Arena *scratch, Buf *out) {
  if (!(emit & EMIT_DOM)) return;
  buf_printf(out, "# %.*s\n", STR_ARG(file->root_path));
  html_dump(tree, scratch, out);
}
