/* In: elements of a view. Out: HTML. Children stand on lines of their own where white space means nothing; as
 * soon as text is among them, or what stands in lines of text, they follow each other as they are: a space is
 * written as one. */
#include "viewforge/viewfx.h"
#include "viewforge/words.h"

typedef struct KindOf {
  const char *name;
  ViewfxKind kind;
} KindOf;

static const KindOf kinds[] = {
#define ELEMENT(name, kind) {#name, VIEWFX_##kind},
#include "viewforge/elements.def"
#undef ELEMENT
};

static ViewfxKind kind_of(Str name) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (str_eq_nocase(name, str_from(kinds[i].name))) return kinds[i].kind;
  return VIEWFX_BLOCK;
}

Diag *viewfx_gap(Viewfx *view, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(view->diags, FX1401, span, format, args);
  va_end(args);
  return diag;
}

Diag *viewfx_error(Viewfx *view, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(view->diags, FX1402, span, format, args);
  va_end(args);
  view->failed = true;
  return diag;
}

/* Children: strings behind the name, and what stands in blocks, in their order */

bool viewfx_is_text(const Viewfx *view, FxId id) {
  const FxNode *node = fx_node(view->tree, id);
  if (node->kind == FX_CLAUSE) return fx_is(view->tree, id, STR("text"));
  if (node->kind != FX_SCALAR) return false;
  uint8_t kind = fx_token(view->tree, node->first)->kind;
  return kind == FX_TOKEN_STRING || kind == FX_TOKEN_RAW_STRING;
}

static bool is_child(const Viewfx *view, FxId id) {
  return viewfx_is_text(view, id) || fx_node(view->tree, id)->kind == FX_ELEMENT;
}

FxId viewfx_next_child(ViewfxChildren *at) {
  const FxTree *tree = at->view->tree;
  for (;;) {
    FxId found = at->inside;
    if (found) {
      at->inside = fx_next(tree, found);
    } else {
      found = at->part;
      if (!found) return 0;
      at->part = fx_next(tree, found);
      if (fx_node(tree, found)->kind == FX_BLOCK) {
        at->inside = fx_child(tree, found);
        continue;
      }
    }
    if (is_child(at->view, found) && found != at->view->skip) return found;
  }
}

ViewfxChildren viewfx_children(const Viewfx *view, FxId parent) {
  return (ViewfxChildren){.view = view, .part = fx_child(view->tree, parent)};
}

Span viewfx_child_span(const Viewfx *view, FxId child) {
  return fx_node(view->tree, child)->kind == FX_ELEMENT ? fx_name_span(view->tree, child)
                                                        : fx_span(view->tree, child);
}

static ViewText text_of(const Viewfx *view, FxId child) {
  FxId scalar = fx_node(view->tree, child)->kind == FX_CLAUSE ? fx_child(view->tree, child) : child;
  return viewfx_text(view, fx_node(view->tree, scalar)->first);
}

static bool stands_in_text(const Viewfx *view, FxId child) {
  if (viewfx_is_text(view, child)) return true;
  ViewfxKind kind = kind_of(viewfx_name(view, child).text);
  return kind == VIEWFX_INLINE || kind == VIEWFX_VOID_INLINE;
}

// White space means nothing beside a block, unless there is text.
static bool has_lines(const Viewfx *view, FxId parent) {
  ViewfxChildren at = viewfx_children(view, parent);
  bool blocks = false;
  for (FxId child; (child = viewfx_next_child(&at));) {
    if (viewfx_is_text(view, child)) return false;
    blocks |= !stands_in_text(view, child);
  }
  return blocks;
}

/* Content */

// <script> and the like end at their end tag, whatever stands in front of it.
static void put_raw(Viewfx *view, FxId parent, FxId child) {
  Str name = viewfx_name(view, parent).text;
  ViewText text = text_of(view, child);
  Str low = str_lower(view->arena, text.text);
  Str end = str_concat(view->arena, STR("</"), str_lower(view->arena, name));
  if (str_find(low, end) >= 0 || str_find(low, STR("<!--")) >= 0)
    viewfx_error(view, fx_span(view->tree, child), "<%.*s> cannot hold '</%.*s' or '<!--'", STR_ARG(name),
                 STR_ARG(name));
  else
    view_raw(&view->out, text);
}

// What holds text only: its children are strings.
static void put_text_content(Viewfx *view, FxId parent, ViewfxKind kind) {
  ViewfxChildren at = viewfx_children(view, parent);
  for (FxId child; (child = viewfx_next_child(&at));) {
    if (!viewfx_is_text(view, child))
      viewfx_error(view, viewfx_child_span(view, child), "<%.*s> holds text, no elements",
                   STR_ARG(viewfx_name(view, parent).text));
    else if (kind == VIEWFX_RAW)
      put_raw(view, parent, child);
    else
      view_text(&view->out, text_of(view, child));
  }
}

// The first line break in these is not read.
static void keep_line_break(Viewfx *view, FxId element) {
  Str name = viewfx_name(view, element).text;
  ViewfxChildren at = viewfx_children(view, element);
  FxId first = viewfx_next_child(&at);
  bool drops = str_eq_nocase(name, STR("pre")) || str_eq_nocase(name, STR("textarea")) ||
               str_eq_nocase(name, STR("listing"));
  if (drops && first && viewfx_is_text(view, first) && str_starts(text_of(view, first).text, STR("\n")))
    view_put(&view->out, STR("\n"));
}

void viewfx_content(Viewfx *view, FxId parent, ViewfxKind kind, bool inline_only) {
  bool lines = kind == VIEWFX_BLOCK && !inline_only && has_lines(view, parent);
  ViewfxChildren at = viewfx_children(view, parent);
  bool glued = false;  // to the one before: neither is a block
  view->out.depth += lines;
  for (FxId child; (child = viewfx_next_child(&at));) {
    bool in_text = stands_in_text(view, child);
    if (lines && !(glued && in_text)) view_line(&view->out);
    glued = in_text;
    if (viewfx_is_text(view, child))
      view_text(&view->out, text_of(view, child));
    else
      viewfx_element(view, child, !lines);
  }
  view->out.depth -= lines;
  if (lines) view_line(&view->out);
}

/* Elements */

static bool is_element_name(Str name) {
  for (size_t i = 0; i < name.len; i++)
    if ((unsigned char)name.data[i] <= 0x20 || strchr("\"'<>/=&", name.data[i])) return false;
  return name.len && ((name.data[0] | 32) >= 'a' && (name.data[0] | 32) <= 'z');
}

static bool is_shell(Str name) {
  return str_eq_nocase(name, STR("html")) || str_eq_nocase(name, STR("head")) ||
         str_eq_nocase(name, STR("body"));
}

static bool has_use(const Viewfx *view, FxId element) {
  return fx_find(view->tree, element, STR("use")) != 0;
}

// What is typed and stands in no use may want one.
static void suggest(Viewfx *view, FxId element, Str name) {
  if (view->inside_use || has_use(view, element)) return;
  if (!str_eq_nocase(name, STR("input")) && !str_eq_nocase(name, STR("textarea"))) return;
  ViewText said = viewfx_listed(view, element, STR("name")), type = viewfx_listed(view, element, STR("type"));
  Str wanted = said.text.data ? view_suggestion(said.text, type.text) : STR("");
  if (!wanted.len) return;
  Span span = {view->tree->source, said.start, said.end};
  Diag *diag = diag_add(view->diags, FX1203, span, "the field '%.*s' could use '%.*s'", STR_ARG(said.text),
                        STR_ARG(wanted));
  diag_label(diag, span, "no integration is declared");
  diag_help(diag, "write 'use %.*s' behind an element around it", STR_ARG(wanted));
}

static uint32_t open_element(Viewfx *view, FxId element) {
  ViewfxElement entry = {element, (uint32_t)view->out.text.len, view->open};
  vec_push(view->arena, &view->elements, entry);
  uint32_t around = view->open;
  view->open = (uint32_t)view->elements.len;
  return around;
}

static void put_void(Viewfx *view, FxId element) {
  ViewfxChildren at = viewfx_children(view, element);
  FxId child = viewfx_next_child(&at);
  if (child)
    viewfx_error(view, viewfx_child_span(view, child), "<%.*s> has no content",
                 STR_ARG(viewfx_name(view, element).text));
}

static void put_inside(Viewfx *view, FxId element, ViewfxKind kind, bool inline_only) {
  keep_line_break(view, element);
  if (kind == VIEWFX_TEXT || kind == VIEWFX_RAW)
    put_text_content(view, element, kind);
  else
    viewfx_content(view, element, kind, inline_only);
}

void viewfx_element(Viewfx *view, FxId element, bool inline_only) {
  ViewWriter *out = &view->out;
  ViewText name = viewfx_name(view, element);
  ViewfxKind kind = kind_of(name.text);
  uint32_t place = out->place;
  if (!is_element_name(name.text) || is_shell(name.text)) {
    Diag *diag = viewfx_error(
        view, fx_name_span(view->tree, element),
        is_shell(name.text) ? "<%.*s> has no place inside a page" : "no element can have the name '%.*s'",
        STR_ARG(name.text));
    if (is_shell(name.text))
      diag_help(diag, "'html', 'head' and 'body' stand first in a view, or not at all");
    return;
  }
  suggest(view, element, name.text);
  uint32_t around = open_element(view, element);
  view_at(out, name.start);
  view_put(out, STR("<"));
  view_raw(out, name);
  viewfx_attributes(view, element);
  view_put(out, STR(">"));
  view->inside_use += has_use(view, element);
  if (kind == VIEWFX_VOID || kind == VIEWFX_VOID_INLINE) {
    put_void(view, element);
  } else {
    put_inside(view, element, kind, inline_only);
    view_put(out, STR("</"));
    view_put(out, name.text);
    view_put(out, STR(">"));
  }
  view->inside_use -= has_use(view, element);
  view->open = around;
  view_at(out, place);
}
