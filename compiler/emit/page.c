/* A page's file (runtime/README.md, section 2). In: tree, facts, interfaces. Out: the module with the page's
 * document, its body as a component, and the whole as one. Surprising: the body is built first, since what it
 * moves to the head must stand in the document's head. */
#include "emit/page.h"

#include <stdlib.h>

#include "base/file.h"
#include "emit/name.h"
#include "emit/page_job.h"
#include "emit/source_map.h"

typedef struct PageNames {
  Str page, document, data;  // CheckoutPage, CheckoutDocument, checkoutDocument
} PageNames;

static HtmlNodeId child_with_tag(const PageJob *job, HtmlNodeId parent, HtmlTag tag) {
  for (HtmlNodeId at = html_node(job->tree, parent)->first_child; at; at = html_node(job->tree, at)->next)
    if (page_is_html(job, at, tag)) return at;
  return HTML_NO_NODE;
}

static PageNames take_names(PageJob *job) {
  Arena *arena = job->arena;
  Str base = job->facts->name;
  ptrdiff_t slash = str_rfind_char(base, '/');
  if (slash >= 0) base = str_skip(base, (size_t)slash + 1);
  Str pascal = name_pascal(arena, base), camel = name_camel(arena, base);
  return (PageNames){tsx_module_name(&job->module, str_concat(arena, pascal, STR("Page"))),
                     tsx_module_name(&job->module, str_concat(arena, pascal, STR("Document"))),
                     tsx_module_name(&job->module, str_concat(arena, camel, STR("Document")))};
}

static void index_facts(PageJob *job) {
  if (!job->facts->elements.len) return;
  job->fact_of = arena_array(job->arena, uint32_t, html_node_count(job->tree));
  job->uses_inside = arena_array(job->arena, bool, html_node_count(job->tree));
  for (size_t i = 0; i < job->facts->elements.len; i++) {
    HtmlNodeId node = job->facts->elements.data[i].node;
    job->fact_of[node] = (uint32_t)i + 1;
    // Ends where an earlier use has marked the rest of the way.
    while ((node = html_node(job->tree, node)->parent) && !job->uses_inside[node])
      job->uses_inside[node] = true;
  }
}

/* The document's own data */

static Str doctype_text(PageJob *job) {
  for (HtmlNodeId at = html_node(job->tree, HTML_DOCUMENT_NODE)->first_child; at;
       at = html_node(job->tree, at)->next) {
    if (html_node(job->tree, at)->kind != HTML_DOCTYPE) continue;
    Str name = html_node_name(job->tree, at, job->arena), public_id = STR_NONE, system_id = STR_NONE;
    html_doctype_ids(job->tree, at, job->arena, &public_id, &system_id);
    Str text = str_concat(job->arena, STR("<!DOCTYPE "), name);
    if (public_id.len)
      text = str_printf(job->arena, "%.*s PUBLIC \"%.*s\"", STR_ARG(text), STR_ARG(public_id));
    if (system_id.len && !public_id.len) text = str_concat(job->arena, text, STR(" SYSTEM"));
    if (system_id.len) text = str_printf(job->arena, "%.*s \"%.*s\"", STR_ARG(text), STR_ARG(system_id));
    return str_concat(job->arena, text, STR(">"));
  }
  return STR("");
}

static Str head_html(PageJob *job, HtmlNodeId head) {
  Str html = head ? page_inner_html(job, head) : STR("");
  size_t from = job->scratch->len;
  buf_put(job->scratch, html);
  for (size_t i = 0; i < job->moved.len; i++) {
    Str moved = page_outer_html(job, job->moved.data[i]);
    buf_put(job->scratch, moved);
  }
  html = str_copy(job->arena, str_skip(buf_str(job->scratch), from));
  job->scratch->len = from;
  return html;
}

static Str title_text(PageJob *job, HtmlNodeId head) {
  HtmlNodeId title = head ? child_with_tag(job, head, HTML_TAG_TITLE) : HTML_NO_NODE;
  for (size_t i = 0; !title && i < job->moved.len; i++)
    if (page_is_html(job, job->moved.data[i], HTML_TAG_TITLE)) title = job->moved.data[i];
  return title ? page_collapse(job->arena, page_text_content(job, title)) : STR("");
}

static void add_document_data(PageJob *job, PageNames names, HtmlNodeId head, TsxNode *into) {
  Arena *arena = job->arena;
  TsxNode *object = tsx_node(arena, TSX_OBJECT, STR_NONE, SPAN_NONE);
  object->flags = TSX_BREAK;
  tsx_add(object, tsx_wrap(arena, TSX_PROPERTY, STR("title"), tsx_string(arena, title_text(job, head))));
  tsx_add(object, tsx_wrap(arena, TSX_PROPERTY, STR("doctype"), tsx_string(arena, doctype_text(job))));
  TsxNode *html = tsx_node(arena, TSX_TEMPLATE, head_html(job, head), SPAN_NONE);
  tsx_add(object, tsx_wrap(arena, TSX_PROPERTY, STR("head"), html));
  Str type = tsx_import(&job->module, STR("@fxc/runtime"), STR("PageDocument"), true);
  TsxNode *constant = tsx_wrap(arena, TSX_CONST, names.data, object);
  constant->flags = TSX_EXPORT;
  tsx_add_attr(constant, tsx_code(arena, type));
  Str quoted = str_join(arena, (Str[]){STR("`"), job->facts->path, STR("`")}, 3, STR(""));
  tsx_doc(arena, into, quoted);
  tsx_add(into, constant);
}

/* Components */

static void add_component(PageJob *job, TsxNode *into, Str name, Str doc, TsxNode *jsx) {
  Str result = tsx_import(&job->module, STR("react"), STR("ReactElement"), true);
  Str head = str_join(job->arena, (Str[]){name, result}, 2, STR("(): "));
  TsxNode *function =
      tsx_wrap(job->arena, TSX_FUNCTION, head, tsx_wrap(job->arena, TSX_RETURN, STR_NONE, jsx));
  function->flags = TSX_EXPORT;
  tsx_doc(job->arena, into, doc);
  tsx_add(into, function);
}

static bool has_uses(const PageJob *job, HtmlNodeId element) {
  return job->fact_of && element && job->fact_of[element];
}

static void open_skeleton(PageJob *job, HtmlNodeId element, Str otherwise) {
  if (element)
    page_element(job, element);
  else
    jsx_open(&job->jsx, otherwise, 0);
}

static void write_head(PageJob *job, PageNames names, HtmlNodeId head) {
  open_skeleton(job, head, STR("head"));
  if (has_uses(job, head))
    page_lost(job, head, "the integration on 'head' does not run: it has to stand around or in the body");
  jsx_attr(&job->jsx, STR("suppressHydrationWarning"), 0);
  TsxNode *object = tsx_node(job->arena, TSX_OBJECT, STR_NONE, SPAN_NONE);
  TsxNode *member = tsx_code(job->arena, str_concat(job->arena, names.data, STR(".head")));
  tsx_add(object, tsx_wrap(job->arena, TSX_PROPERTY, STR("__html"), member));
  page_attr(job, STR("dangerouslySetInnerHTML"), object, SPAN_NONE);
  jsx_close(&job->jsx);
}

// Markup is written at the end of the output, where nothing else is yet, and taken off when it is complete.
static void begin_markup(PageJob *job, size_t marks_room) {
  TsxMarks *marks = NULL;
  if (job->mapped) {
    marks = arena_new(job->arena, TsxMarks);
    marks->arena = job->arena;
    vec_room(job->arena, &marks->list, marks_room);
  }
  Buf *out = job->scratch;
  job->jsx = (JsxWriter){.out = out, .arena = job->arena, .marks = marks, .start = out->len, .indent = 1};
}

static TsxNode *take_markup(PageJob *job) {
  while (job->jsx.open.len) jsx_close(&job->jsx);
  Str text = str_copy(job->arena, str_skip(buf_str(job->scratch), job->jsx.start));
  job->scratch->len = job->jsx.start;
  TsxNode *node = tsx_node(job->arena, TSX_PRINTED, text, SPAN_NONE);
  node->marks = job->jsx.marks;
  return node;
}

static TsxNode *body_markup(PageJob *job, HtmlNodeId body) {
  begin_markup(job, html_node_count(job->tree) * 2);
  jsx_open(&job->jsx, STR(""), 0);
  if (body) page_children(job, body);
  return take_markup(job);
}

static TsxNode *whole_document(PageJob *job, PageNames names, HtmlNodeId html, HtmlNodeId head,
                               HtmlNodeId body) {
  begin_markup(job, 16);
  if (has_uses(job, html)) page_wrap_uses(job, html);
  open_skeleton(job, html, STR("html"));
  write_head(job, names, head);
  if (has_uses(job, body)) page_wrap_uses(job, body);
  open_skeleton(job, body, STR("body"));
  jsx_open(&job->jsx, names.page, 0);
  return take_markup(job);
}

static int compare_tags(const void *a, const void *b) {
  return str_cmp(((const PageTag *)a)->name, ((const PageTag *)b)->name);
}

static void add_tag_constants(PageJob *job, TsxNode *into) {
  if (!job->tags.len) return;
  Str element = tsx_import(&job->module, STR("@fxc/runtime/react"), STR("element"), false);
  qsort(job->tags.data, job->tags.len, sizeof *job->tags.data, compare_tags);
  for (size_t i = 0; i < job->tags.len; i++) {
    TsxNode *call = tsx_wrap(job->arena, TSX_CALL, element, tsx_string(job->arena, job->tags.data[i].name));
    TsxNode *constant = tsx_wrap(job->arena, TSX_CONST, job->tags.data[i].local, call);
    constant->flags = i ? TSX_CONTINUED : 0;
    tsx_add(into, constant);
  }
}

static void report_unwritable(PageJob *job) {
  HtmlNodeId offender = HTML_NO_NODE;
  if (html_tree_survives_writing(job->tree, &offender)) return;
  Diag *diag =
      diag_add(job->diags, FX1303, offender ? page_tag_span(job, offender) : span_file(job->facts->source),
               "HTML cannot write the tree that a browser builds here, so the page may not hydrate");
  diag_help(diag, "nest the elements as HTML allows; a validator names the rule");
}

static bool has_shadow_roots(const PageJob *job) {
  if (!html_tree_may_have_shadow(job->tree)) return false;
  for (HtmlNodeId at = HTML_DOCUMENT_NODE, count = (HtmlNodeId)html_node_count(job->tree); at < count; at++)
    if (page_is_html(job, at, HTML_TAG_TEMPLATE) && html_shadow_mode(job->tree, at).len) return true;
  return false;
}

static void build(PageJob *job) {
  HtmlNodeId html = child_with_tag(job, HTML_DOCUMENT_NODE, HTML_TAG_HTML);
  HtmlNodeId head = html ? child_with_tag(job, html, HTML_TAG_HEAD) : HTML_NO_NODE;
  HtmlNodeId body = html ? child_with_tag(job, html, HTML_TAG_BODY) : HTML_NO_NODE;
  if (html && !body) body = child_with_tag(job, html, HTML_TAG_FRAMESET);
  PageNames names = take_names(job);
  job->quirks = html_tree_quirks(job->tree) == HTML_QUIRKS;
  job->has_shadow = has_shadow_roots(job);
  job->has_title = head && child_with_tag(job, head, HTML_TAG_TITLE);
  TsxNode *markup = body_markup(job, body);
  TsxNode *document = whole_document(job, names, html, head, body), *into = &job->module.body;
  add_tag_constants(job, into);
  add_document_data(job, names, head, into);
  add_component(job, into, names.page, STR("The content of the page's body."), markup);
  add_component(job, into, names.document,
                STR("The whole document, for rendering on a server and for `hydrateRoot(document, …)`."),
                document);
}

static void print_file(const PageJob *job, const Templates *templates, TsxMarks *marks, Buf *out) {
  TemplateValue data = {.kind = TEMPLATE_MAP};
  template_add_text(job->arena, &data, "source", job->facts->path);
  template_add_text(job->arena, &data, "name", job->facts->name);
  shell_print(templates, TEMPLATE_PAGE, &job->module, &data, job->arena, marks, job->diags, out);
}

static void print(const PageJob *job, const Templates *templates, const PageMap *map, Buf *out) {
  if (!map) {
    print_file(job, templates, NULL, out);
    return;
  }
  TsxMarks marks = {.arena = job->arena};
  vec_room(job->arena, &marks.list, html_node_count(job->tree) * 2);
  size_t start = out->len;
  print_file(job, templates, &marks, out);
  Str file = str_concat(job->arena, path_base(job->facts->name), STR(".tsx"));
  source_map_link(file, out);
  MapSource source = {job->facts->source, job->facts->path, map->source, map->text ? map->text : job->input,
                      map->index};
  source_map_write(&source, file, str_skip(buf_str(out), start), &marks, job->arena, map->out);
}

bool emit_page(const Ir *ir, const Templates *templates, const PageFacts *facts, const HtmlTree *tree,
               const HtmlInput *input, DiagBag *diags, Arena *arena, const PageMap *map, Buf *out) {
  PageJob job = {
      .ir = ir, .facts = facts, .tree = tree, .input = input, .diags = diags, .arena = arena, .scratch = out};
  tsx_module_init(&job.module, arena, facts->path);
  Str upwards = name_upwards(arena, facts->name);
  job.integrations = str_join(arena, (Str[]){STR("../"), upwards, STR("integrations/")}, 3, STR(""));
  job.mapped = map != NULL;
  job.react = react_tables();
  index_facts(&job);
  build(&job);
  report_unwritable(&job);
  print(&job, templates, map, out);
  return true;
}
