/* Renders templates for tests: one JSON object a line in, one a line out.
 *
 * In: {"file": "page.tsx", "template": "…", "data": {…}}; the file's name says the language, every name is
 * allowed. Out:
 * {"text": "…"}, or {"errors": ["5 FX5003 message", …]} with the byte at which each stands. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "emit/json_writer.h"
#include "emit/template.h"
#include "json/json.h"

typedef struct Request {
  Arena arena;
  DocEvents doc;
  Buf out;
  Str line;
} Request;

// The node behind `key` in the object at `map`; 0 when there is none.
static uint32_t member(const DocEvents *doc, uint32_t map, const char *key) {
  uint32_t at = map + 1;
  for (uint32_t i = 0; i < doc_node(doc, map)->count; i++) {
    uint32_t value = doc_node(doc, at)->next;
    if (str_eq(doc_node(doc, at)->text, str_from(key))) return value;
    at = doc_node(doc, value)->next;
  }
  return 0;
}

static TemplateValueKind kind_of(const DocNode *node) {
  if (node->kind == DOC_MAP) return TEMPLATE_MAP;
  if (node->kind == DOC_LIST) return TEMPLATE_LIST;
  if (node->style != DOC_PLAIN) return TEMPLATE_TEXT;
  if (str_eq(node->text, STR("true"))) return TEMPLATE_TRUE;
  if (str_eq(node->text, STR("false"))) return TEMPLATE_FALSE;
  return str_eq(node->text, STR("null")) ? TEMPLATE_NONE : TEMPLATE_NUMBER;
}

static void read_value(Request *request, uint32_t at, TemplateValue *value) {
  const DocNode *node = doc_node(&request->doc, at);
  value->kind = kind_of(node);
  value->text = node->text;
  uint32_t child = at + 1;
  for (uint32_t i = 0; i < node->count && node->kind != DOC_SCALAR; i++) {
    Str name = STR("");
    if (node->kind == DOC_MAP) {
      name = doc_node(&request->doc, child)->text;
      child = doc_node(&request->doc, child)->next;
    }
    TemplateValue *added = template_add(&request->arena, value, NULL, TEMPLATE_NONE);
    read_value(request, child, added);
    added->name = name;
    child = doc_node(&request->doc, child)->next;
  }
}

static void answer_errors(Request *request, const DiagBag *diags, JsonWriter *w) {
  json_key(w, STR("errors"));
  json_list(w, false);
  for (size_t i = 0; i < diags->list.len; i++) {
    const Diag *diag = diags->list.data[i];
    json_string(w, str_printf(&request->arena, "%u %s %.*s", diag->span.start, diag_info(diag->code)->name,
                              STR_ARG(diag->message)));
  }
  json_close(w, ']');
}

static Str text_of(Request *request, const char *key) {
  uint32_t at = member(&request->doc, 0, key);
  return at ? str_copy(&request->arena, doc_node(&request->doc, at)->text) : STR("");
}

static void answer(void *arg) {
  Request *request = arg;
  DiagBag diags = {.arena = &request->arena};
  if (!json_events(&request->arena, 1, request->line, &diags, &request->doc)) return;
  TemplateWorld world = {.arena = &request->arena, .diags = &diags};
  TemplateText text = {text_of(request, "file"), text_of(request, "template"), 1};
  TemplateValue data = {.kind = TEMPLATE_NONE};
  uint32_t given = member(&request->doc, 0, "data");
  if (given) read_value(request, given, &data);
  const TemplateProgram *program = template_compile(&world, &text, template_language(text.name), -1);
  Buf rendered = {0};
  bool good = program && template_render(program, &data, NULL, NULL, &request->arena, &diags, &rendered);
  JsonWriter w = json_begin(&request->out, STR(""));
  if (good)
    json_string_member(&w, "text", buf_str(&rendered));
  else
    answer_errors(request, &diags, &w);
  json_end(&w);
  buf_free(&rendered);
}

int main(void) {
  char *line = NULL;
  size_t space = 0;
  for (ssize_t length; (length = getline(&line, &space, stdin)) > 0;) {
    Request request = {.line = {line, (size_t)length}};
    if (!mem_guard(answer, &request)) return 3;
    for (size_t i = 0; i < request.out.len; i++)
      if (request.out.data[i] == '\n') request.out.data[i] = ' ';  // one line
    printf("%.*s\n", (int)request.out.len, request.out.data);
    fflush(stdout);
    buf_free(&request.out);
    arena_free(&request.arena);
  }
  free(line);
  return 0;
}
