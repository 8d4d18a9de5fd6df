/* In: an .fx file. Out: a page for each `view` in it, with the document around it. Surprising: `html`, `head`
 * and `body` may stand first in a view; they are then not made up, and what they say is taken over. */
#include "viewforge/viewfx.h"
#include "viewforge/words.h"

/* The document */

static FxId find_element(const Viewfx *view, FxId parent, Str name) {
  ViewfxChildren at = viewfx_children(view, parent);
  for (FxId child; (child = viewfx_next_child(&at));)
    if (!viewfx_is_text(view, child) && str_eq_nocase(viewfx_name(view, child).text, name)) return child;
  return 0;
}

// `child` has to be alone but for `head`.
static void expect_alone(Viewfx *view, FxId parent, FxId child, FxId head) {
  ViewfxChildren at = viewfx_children(view, parent);
  for (FxId other; child && (other = viewfx_next_child(&at));) {
    if (other == child || other == head) continue;
    Diag *diag = viewfx_error(view, fx_name_span(view->tree, child), "nothing can stand beside <%.*s>",
                              STR_ARG(viewfx_name(view, child).text));
    diag_note(diag, viewfx_child_span(view, other), "this stands beside it");
    return;
  }
}

static void open_tag(Viewfx *view, const char *tag, FxId element) {
  view_put(&view->out, str_from(tag));
  if (!element) return;
  view_at(&view->out, viewfx_name(view, element).start);
  viewfx_attributes(view, element);
}

// The title and the encoding are the view's own.
static bool is_made(Viewfx *view, FxId child) {
  Str name = viewfx_name(view, child).text;
  bool title = str_eq_nocase(name, STR("title"));
  bool charset = str_eq_nocase(name, STR("meta")) && viewfx_listed(view, child, STR("charset")).text.data;
  if (title)
    diag_help(viewfx_error(view, fx_name_span(view->tree, child), "the view has a title already"),
              "it stands behind the view's name");
  else if (charset)
    viewfx_error(view, fx_name_span(view->tree, child), "pages of views are UTF-8, and say so");
  return title || charset;
}

static void put_head(Viewfx *view, FxId head, ViewText title) {
  ViewWriter *out = &view->out;
  view_put(out, STR("<head>"));
  out->depth = 1;
  view_line(out);
  view_put(out, STR("<meta charset=\"utf-8\">"));
  view_line(out);
  view_put(out, STR("<title>"));
  view_text(out, title);
  view_put(out, STR("</title>"));
  ViewfxChildren at = viewfx_children(view, head);
  for (FxId child; head && (child = viewfx_next_child(&at));) {
    if (viewfx_is_text(view, child)) {
      viewfx_error(view, viewfx_child_span(view, child), "<head> holds no text");
    } else if (!is_made(view, child)) {
      view_line(out);
      viewfx_element(view, child, false);
    }
  }
  out->depth = 0;
  view_put(out, STR("\n</head>\n"));
}

static void put_document(Viewfx *view, FxId block, ViewText title) {
  ViewWriter *out = &view->out;
  FxId html = find_element(view, block, STR("html"));
  expect_alone(view, block, html, 0);
  FxId root = html ? html : block;
  FxId head = find_element(view, root, STR("head")), body = find_element(view, root, STR("body"));
  expect_alone(view, root, body, head);
  open_tag(view, "<!DOCTYPE html>\n<html", html);
  if (!html || !viewfx_listed(view, html, STR("lang")).text.data) view_attr_made(out, "lang", STR("en"));
  view_put(out, STR(">\n"));
  put_head(view, head, title);
  view_at(out, title.start);
  open_tag(view, "<body", body);
  view_put(out, STR(">"));
  view->skip = head;
  viewfx_content(view, body ? body : root, VIEWFX_BLOCK, false);
  view->skip = 0;
  if (out->text.data[out->text.len - 1] != '\n') view_put(out, STR("\n"));
  view_put(out, STR("</body>\n</html>\n"));
}

/* Views */

static void name_page(Viewfx *view, FxId name, StrMap *names, ViewPage *page) {
  page->id = viewfx_text(view, fx_node(view->tree, name)->first).text;
  page->span = fx_span(view->tree, name);
  if (!view_is_file_name(page->id)) {
    Str slug = view_slug(view->arena, page->id);
    viewfx_gap(view, page->span, "no file can be named '%.*s'; assumed '%.*s'", STR_ARG(page->id),
               STR_ARG(slug));
    page->id = slug;
  }
  bool added;
  uint32_t *first = strmap_put(view->arena, names, page->id, &added);
  if (added) {
    *first = name;
    return;
  }
  Diag *diag = viewfx_error(view, page->span, "there are two views '%.*s'", STR_ARG(page->id));
  diag_note(diag, fx_span(view->tree, *first), "the other one");
  page->id = STR("");
}

// The title of `view name "Title" { … }`.
static ViewText read_title(Viewfx *view, FxId name, FxId block) {
  FxId title = fx_next(view->tree, name);
  if (title && title != block) return viewfx_text(view, fx_node(view->tree, title)->first);
  Str made = view_humanise(view->arena, viewfx_text(view, fx_node(view->tree, name)->first).text);
  Span span = fx_span(view->tree, name);
  Diag *diag = viewfx_gap(view, span, "the view has no title; assumed '%.*s'", STR_ARG(made));
  if (!memchr(made.data, '"', made.len) && !memchr(made.data, '\\', made.len))
    diag_fix(diag, DIAG_MAYBE, (Span){span.source, span.end, span.end},
             str_printf(view->arena, " \"%.*s\"", STR_ARG(made)), "add the title '%.*s'", STR_ARG(made));
  return view_made(made, span.start);
}

static void make_page(Viewfx *view, FxId clause, StrMap *names, ViewPages *pages) {
  FxId name = fx_child(view->tree, clause), block = fx_node(view->tree, clause)->last_child;
  if (!name || fx_node(view->tree, block)->kind != FX_BLOCK) return;
  ViewPage page = {0};
  bool failed = view->failed;
  view->failed = false;
  name_page(view, name, names, &page);
  ViewText title = read_title(view, name, block);
  view_begin(&view->out, view->arena, fx_span(view->tree, clause).start);
  view->elements.len = 0;
  put_document(view, block, title);
  if (!view->elements.len && !view->failed) {
    Diag *diag = viewfx_error(view, fx_span(view->tree, name), "the view shows nothing");
    diag_help(diag, "write elements between its braces: main { h1 \"…\" }");
  }
  view_end(&view->out, &page);
  viewfx_check_tree(view, &page);
  view->failed |= failed;
  if (page.id.len) vec_push(view->arena, pages, page);
}

bool viewfx_read(Arena *arena, SourceId source, Str bytes, DiagBag *diags, ViewPages *pages, bool *others) {
  FxTree *tree = fx_parse(arena, source, bytes, diags);
  Viewfx view = {.arena = arena, .diags = diags, .tree = tree};
  StrMap names = {0};
  size_t before = pages->len;
  *others = false;
  if (tree->broken) return false;
  for (FxId id = fx_child(tree, tree->root); id; id = fx_next(tree, id)) {
    if (fx_is(tree, id, STR("view")))
      make_page(&view, id, &names, pages);
    else
      *others = true;
  }
  return pages->len > before;
}
