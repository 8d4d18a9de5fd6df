/* In: what an element says about itself: .class #id [attributes] use … optional depends … slot …. Out: the
 * attributes of its start tag, each name and value at its place. */
#include "viewforge/viewfx.h"

typedef struct Tag {
  Viewfx *view;
  FxId element;
  StrMap seen;   // attributes, to the token that says them first + 1
  StrMap props;  // attributes that are props, to the pair that says them first
  size_t uses;
} Tag;

static const FxTree *tree_of(const Tag *tag) { return tag->view->tree; }

// Whether the tag may say this attribute: a browser takes the first of two and drops the other.
static bool is_new(Tag *tag, Str attribute, uint32_t token) {
  bool added;
  uint32_t *first = strmap_put(tag->view->arena, &tag->seen, attribute, &added);
  if (added) {
    *first = token + 1;
    return true;
  }
  Diag *diag =
      viewfx_error(tag->view, fx_token_span(tree_of(tag), token), "'%.*s' is said twice", STR_ARG(attribute));
  diag_note(diag, fx_token_span(tree_of(tag), *first - 1), "said here first");
  return false;
}

static bool is_token(const Tag *tag, FxId part, FxTokenKind kind) {
  const FxNode *node = fx_node(tree_of(tag), part);
  return node->kind == FX_SCALAR && fx_token(tree_of(tag), node->first)->kind == kind;
}

static bool is_clause(const Tag *tag, FxId part, Str word) {
  return fx_node(tree_of(tag), part)->kind == FX_CLAUSE && fx_is(tree_of(tag), part, word);
}

/* .class #id [name="value" hidden] */

// ".field-group" without its mark
static ViewText behind_mark(Tag *tag, FxId part) {
  ViewText text = viewfx_text(tag->view, fx_node(tree_of(tag), part)->first);
  text.text = str_skip(text.text, 1);
  text.start++;
  return text;
}

static void put_classes(Tag *tag) {
  ViewWriter *out = &tag->view->out;
  bool any = false;
  for (FxId part = fx_child(tree_of(tag), tag->element); part; part = fx_next(tree_of(tag), part)) {
    if (!is_token(tag, part, FX_TOKEN_CLASS)) continue;
    if (!any && !is_new(tag, STR("class"), fx_node(tree_of(tag), part)->first)) return;
    view_put(out, any ? STR(" ") : STR(" class=\""));
    view_value(out, behind_mark(tag, part));
    any = true;
  }
  if (any) view_put(out, STR("\""));
}

static void put_id(Tag *tag, FxId part) {
  if (!is_new(tag, STR("id"), fx_node(tree_of(tag), part)->first)) return;
  view_attr(&tag->view->out, "id", behind_mark(tag, part));
}

static bool is_attribute_name(Str name) {
  for (size_t i = 0; i < name.len; i++)
    if ((unsigned char)name.data[i] <= 0x20 || strchr("\"'<>/=", name.data[i])) return false;
  return name.len > 0;
}

static void put_listed(Tag *tag, FxId list) {
  Viewfx *view = tag->view;
  for (FxId attr = fx_child(view->tree, list); attr; attr = fx_next(view->tree, attr)) {
    const FxNode *node = fx_node(view->tree, attr);
    if (node->kind != FX_PAIR) continue;  // reported
    ViewText name = viewfx_name(view, attr);
    if (!is_attribute_name(name.text)) {
      viewfx_error(view, fx_name_span(view->tree, attr), "no attribute can have this name");
      continue;
    }
    if (!is_new(tag, str_lower(view->arena, name.text), node->name)) continue;
    view_put(&view->out, STR(" "));
    view_raw(&view->out, name);
    if (!node->child) continue;
    view_put(&view->out, STR("=\""));
    viewfx_value(view, node->child);
    view_put(&view->out, STR("\""));
  }
}

ViewText viewfx_listed(const Viewfx *view, FxId element, Str name) {
  for (FxId part = fx_child(view->tree, element); part; part = fx_next(view->tree, part)) {
    if (fx_node(view->tree, part)->kind != FX_LIST) continue;
    for (FxId attr = fx_child(view->tree, part); attr; attr = fx_next(view->tree, attr)) {
      const FxNode *node = fx_node(view->tree, attr);
      if (node->kind != FX_PAIR || !str_eq_nocase(viewfx_name(view, attr).text, name)) continue;
      bool scalar = node->child && fx_node(view->tree, node->child)->kind == FX_SCALAR;
      return scalar ? viewfx_text(view, fx_node(view->tree, node->child)->first)
                    : view_made(STR(""), fx_span(view->tree, attr).start);
    }
  }
  return (ViewText){.text = STR_NONE};
}

/* use name@range (prop = value) optional depends a, b slot s */

static size_t count_uses(const Tag *tag) {
  size_t count = 0;
  for (FxId part = fx_child(tree_of(tag), tag->element); part; part = fx_next(tree_of(tag), part))
    count += is_clause(tag, part, STR("use"));
  return count;
}

// Where a range with white space starts ("name@>=1 <2"): it cannot stand beside the name. 0: there is none.
static size_t spaced_range(Str used) {
  ptrdiff_t at = str_find_char(used, '@');
  for (size_t i = at < 0 ? used.len : (size_t)at + 1; i < used.len; i++)
    if (strchr(" \t\r\n", used.data[i])) return (size_t)at + 1;
  return 0;
}

static void put_used(Tag *tag, FxId use, ViewText *range) {
  Viewfx *view = tag->view;
  FxId used = fx_child(view->tree, use);
  if (!used) return;
  ViewText text = viewfx_text(view, fx_node(view->tree, used)->first);
  size_t behind = spaced_range(text.text);
  if (behind && tag->uses > 1) {
    Diag *diag = viewfx_error(view, fx_span(view->tree, used),
                              "of several uses none can have a range with white space");
    diag_help(diag, "write the range without, or give the integration an element of its own");
  }
  if (behind && !text.count) {
    *range = (ViewText){
        .text = str_skip(text.text, behind), .start = text.start + (uint32_t)behind, .end = text.end};
    text = (ViewText){.text = str_take(text.text, behind - 1),
                      .start = text.start,
                      .end = text.start + (uint32_t)behind - 1};
  }
  view_value(&view->out, text);
}

static void put_uses(Tag *tag) {
  ViewWriter *out = &tag->view->out;
  ViewText range = {.text = STR_NONE};
  size_t put = 0;
  for (FxId part = fx_child(tree_of(tag), tag->element); part; part = fx_next(tree_of(tag), part)) {
    if (!is_clause(tag, part, STR("use"))) continue;
    if (!put && !is_new(tag, STR("data-integration"), fx_node(tree_of(tag), part)->name)) return;
    view_put(out, put++ ? STR(" ") : STR(" data-integration=\""));
    put_used(tag, part, &range);
  }
  if (put) view_put(out, STR("\""));
  view_attr(out, "data-integration-version", range);
}

// The uses of one element share their props, so two of them may well say the same.
static bool is_said_alike(Tag *tag, Str attribute, FxId arg) {
  bool added;
  uint32_t *first = strmap_put(tag->view->arena, &tag->props, attribute, &added);
  if (added) *first = arg;
  return !added && str_eq(fx_text(tree_of(tag), fx_child(tree_of(tag), *first)),
                          fx_text(tree_of(tag), fx_child(tree_of(tag), arg)));
}

// "country" of the view is data-integration-country of the page.
static void put_prop(Tag *tag, FxId arg) {
  Viewfx *view = tag->view;
  const FxNode *node = fx_node(view->tree, arg);
  if (node->kind != FX_PAIR || !node->child) return;
  ViewText name = viewfx_name(view, arg);
  Str attribute = str_concat(view->arena, STR("data-integration-"), name.text);
  if (!is_attribute_name(name.text)) {
    viewfx_error(view, fx_name_span(view->tree, arg), "no prop can have this name");
    return;
  }
  if (is_said_alike(tag, attribute, arg) || !is_new(tag, attribute, node->name)) return;
  uint32_t place = view->out.place;
  view_put(&view->out, STR(" "));
  view_at(&view->out, name.start);
  view_put(&view->out, STR("data-integration-"));
  view_raw(&view->out, name);
  view_put(&view->out, STR("=\""));
  viewfx_value(view, node->child);
  view_put(&view->out, STR("\""));
  view_at(&view->out, place);
}

static void put_optional(Tag *tag, FxId part) {
  ViewWriter *out = &tag->view->out;
  if (!is_new(tag, STR("data-integration-required"), fx_node(tree_of(tag), part)->name)) return;
  ViewText said = viewfx_name(tag->view, part), name = said;
  name.text = STR("data-integration-required");
  view_put(out, STR(" "));
  view_raw(out, name);
  view_put(out, STR("=\""));
  said.text = STR("false");
  view_value(out, said);
  view_put(out, STR("\""));
}

static void put_depends(Tag *tag, FxId part) {
  ViewWriter *out = &tag->view->out;
  if (!is_new(tag, STR("data-depends-on"), fx_node(tree_of(tag), part)->name)) return;
  view_put(out, STR(" data-depends-on=\""));
  for (FxId item = fx_child(tree_of(tag), part); item; item = fx_next(tree_of(tag), item)) {
    if (item != fx_child(tree_of(tag), part)) view_put(out, STR(","));
    view_value(out, viewfx_text(tag->view, fx_node(tree_of(tag), item)->first));
  }
  view_put(out, STR("\""));
}

static void put_slot(Tag *tag, FxId part) {
  FxId name = fx_child(tree_of(tag), part);
  if (!name || !is_new(tag, STR("data-slot"), fx_node(tree_of(tag), part)->name)) return;
  view_attr(&tag->view->out, "data-slot", viewfx_text(tag->view, fx_node(tree_of(tag), name)->first));
}

// Words about a use that is not there would be lost on the page.
static bool needs_use(Tag *tag, FxId part, Str word) {
  if (!is_clause(tag, part, word)) return false;
  if (tag->uses || strmap_find(&tag->seen, STR("data-integration"))) return true;
  Diag *diag = viewfx_error(tag->view, fx_name_span(tree_of(tag), part),
                            "'%.*s' says something about a use, and this element has none", STR_ARG(word));
  diag_help(diag, "write 'use NAME' in front of it");
  return false;
}

static void put_part(Tag *tag, FxId part) {
  if (needs_use(tag, part, STR("optional"))) put_optional(tag, part);
  if (needs_use(tag, part, STR("depends"))) put_depends(tag, part);
  if (is_clause(tag, part, STR("slot"))) put_slot(tag, part);
  if (!is_clause(tag, part, STR("use"))) return;
  FxId used = fx_child(tree_of(tag), part);
  for (FxId arg = used ? fx_next(tree_of(tag), used) : 0; arg; arg = fx_next(tree_of(tag), arg))
    put_prop(tag, arg);
}

void viewfx_attributes(Viewfx *view, FxId element) {
  Tag tag = {.view = view, .element = element};
  tag.uses = count_uses(&tag);
  put_classes(&tag);
  for (FxId part = fx_child(view->tree, element); part; part = fx_next(view->tree, part)) {
    if (is_token(&tag, part, FX_TOKEN_ID)) put_id(&tag, part);
    if (fx_node(view->tree, part)->kind == FX_LIST) put_listed(&tag, part);
  }
  put_uses(&tag);
  for (FxId part = fx_child(view->tree, element); part; part = fx_next(view->tree, part))
    put_part(&tag, part);
}
