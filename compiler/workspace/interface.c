/* In: a JSON file that an earlier run of fxc, or another tool, wrote. Out: its nodes, known to be of the
 * interface that was asked for. What such a file says is checked like anything a person writes. */
#include "workspace/interface.h"

#include "base/file.h"
#include "json/json.h"

enum { LARGEST_FILE = 64 * 1024 * 1024 };

static bool check_root(Compilation *compilation, Str name, const DocEvents *doc) {
  if (!interface_expect(compilation, doc, 0, DOC_MAP, "an object")) return false;
  uint32_t said = interface_member(doc, 0, STR("interface"));
  if (said && str_eq(doc_node(doc, said)->text, name)) return true;
  Span span = said ? doc_span(doc, said) : span_file(doc->source);
  Diag *diag = diag_add(&compilation->diags, FX2007, span, "this is not a %.*s: its 'interface' is %s%.*s%s",
                        STR_ARG(name), said ? "'" : "missing",
                        STR_ARG(said ? doc_node(doc, said)->text : STR("")), said ? "'" : "");
  diag_help(diag, "give the file that fxc wrote: %.*s.json", STR_ARG(name));
  return false;
}

bool interface_read(Compilation *compilation, Str path, Str name, DocEvents *doc) {
  SourceId source = sources_add(compilation->sources, path,
                                path_relative(&compilation->arena, compilation->project.root, path));
  Str bytes;
  int error = inputs_read(compilation->inputs, path, &compilation->arena, LARGEST_FILE, &bytes);
  if (error) {
    diag_add(&compilation->diags, FX8001, span_file(source), "cannot read the %.*s: %s", STR_ARG(name),
             strerror(error));
    return false;
  }
  return json_events(&compilation->arena, source, bytes, &compilation->diags, doc) &&
         check_root(compilation, name, doc);
}

uint32_t interface_member(const DocEvents *doc, uint32_t map, Str key) {
  uint32_t at = map + 1;
  for (uint32_t i = 0; i < doc_node(doc, map)->count; i++) {
    uint32_t value = doc_node(doc, at)->next;
    if (str_eq(doc_node(doc, at)->text, key)) return value;
    at = doc_node(doc, value)->next;
  }
  return 0;
}

bool interface_expect(Compilation *compilation, const DocEvents *doc, uint32_t node, DocKind kind,
                      const char *what) {
  if (doc_node(doc, node)->kind == kind) return true;
  static const char *const kinds[] = {"a text", "an object", "a list"};
  diag_add(&compilation->diags, FX2007, doc_span(doc, node), "expected %s, found %s", what,
           kinds[doc_node(doc, node)->kind]);
  return false;
}

Span interface_span(const DocEvents *doc, uint32_t scalar) {
  const DocNode *node = doc_node(doc, scalar);
  return doc_inner_span(doc, node, 0, node->text.len);
}
