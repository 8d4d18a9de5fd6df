/* An attribute as React's rules have it (runtime/README.md, 3.2 to 3.5). In: an attribute of the tree. Out:
 * its JSX, in the tag that is open. Surprising: what JSX's types or syntax can not say is collected, for one
 * spread of attributes({…}) behind the others. */
#include <math.h>
#include <stdlib.h>

#include "emit/page_job.h"
#include "emit/style_attr.h"

// An attribute of the element.
typedef struct AttrItem {
  HtmlAttribute attr;
  Str name;  // lower case, with its prefix
  Str value;
  HtmlAttrName known;
} AttrItem;

static Span attr_span(const PageAttrs *job, const AttrItem *item) {
  return page_span(job->page, item->attr.name_start, item->attr.name_end);
}

static Span value_span(const PageAttrs *job, const AttrItem *item) {
  if (item->attr.value_start == item->attr.value_end) return SPAN_NONE;
  return page_span(job->page, item->attr.value_start, item->attr.value_end);
}

static void add_plain(PageAttrs *job, const AttrItem *item, Str name, TsxNode *value) {
  if (value) value->span = value_span(job, item);
  page_attr(job->page, name, value, attr_span(job, item));
}

static void add_untyped(PageAttrs *job, const AttrItem *item, Str name, TsxNode *value) {
  Arena *arena = job->page->arena;
  if (!job->untyped) job->untyped = tsx_node(arena, TSX_OBJECT, STR_NONE, SPAN_NONE);
  TsxNode *property = tsx_wrap(arena, TSX_PROPERTY, name, value);
  value->span = value_span(job, item);
  property->span = attr_span(job, item);
  tsx_add(job->untyped, property);
}

static TsxNode *string_value(PageAttrs *job, const AttrItem *item) {
  return tsx_string(job->page->arena, item->value);
}

static void add_text(PageAttrs *job, const AttrItem *item, Str name) {
  jsx_attr_text(&job->page->jsx, name, page_origin(job->page, item->attr.name_start), item->value);
}

// The names of React's table need no look: tests/unit/tsx_test.c has looked at them.
static bool is_named_in_table(const AttrItem *item, Str name) { return name.data != item->name.data; }

static void add_string(PageAttrs *job, const AttrItem *item, Str name, bool typed) {
  if (typed && (is_named_in_table(item, name) || tsx_is_attr_name(name)))
    add_text(job, item, name);
  else
    add_untyped(job, item, name, string_value(job, item));
}

static void add_true(PageAttrs *job, const AttrItem *item, Str name, bool typed) {
  if (typed)
    add_plain(job, item, name, NULL);
  else
    add_untyped(job, item, name, tsx_code(job->page->arena, STR("true")));
}

// "0" or "-?[1-9][0-9]{0,8}": a number that is written as it is printed.
static bool is_plain_number(Str s) {
  if (str_eq(s, STR("0"))) return true;
  if (s.len && s.data[0] == '-') s = str_skip(s, 1);
  if (!s.len || s.len > 9 || s.data[0] == '0') return false;
  for (size_t i = 0; i < s.len; i++)
    if (s.data[i] < '0' || s.data[i] > '9') return false;
  return true;
}

static void add_number(PageAttrs *job, const AttrItem *item, Str name, bool typed) {
  if (typed && is_plain_number(item->value))
    add_plain(job, item, name, tsx_code(job->page->arena, item->value));
  else
    add_untyped(job, item, name, string_value(job, item));
}

// As JavaScript's Number() reads decimal literals; the rest counts as no number.
static double js_number(Arena *arena, Str value) {
  value = str_trim(value);
  if (!value.len) return 0;
  for (size_t i = 0; i < value.len; i++)
    if (!strchr("0123456789+-.eE", value.data[i])) return NAN;
  char *end, *text = str_cstr(arena, value);
  double number = strtod(text, &end);
  return *end ? NAN : number;
}

static bool is_rendered_number(PageAttrs *job, const AttrItem *item, ReactKind kind) {
  double number = js_number(job->page->arena, item->value);
  bool rendered = !isnan(number) && (kind == REACT_NUMERIC || number >= 1);
  if (!rendered) page_drop_attr(job->page, &item->attr, "write a number there");
  return rendered;
}

// An attribute of the table, by its kind.
static void add_known(PageAttrs *job, const AttrItem *item, const ReactAttr *line, bool typed) {
  typed = typed || !job->react;
  switch (line->kind) {
    case REACT_BOOLEAN:
      add_true(job, item, line->react, typed);
      return;
    case REACT_OVERLOADED:
      if (item->value.len)
        add_string(job, item, line->react, typed);
      else
        add_true(job, item, line->react, typed);
      return;
    case REACT_POSITIVE:
    case REACT_NUMERIC:
      if (is_rendered_number(job, item, line->kind)) add_number(job, item, line->react, typed);
      return;
    case REACT_NUMBER:
      add_number(job, item, line->react, typed);
      return;
    case REACT_ENUM:
      add_string(job, item, line->react, typed && (!job->react || react_has_word(line, item->value)));
      return;
    case REACT_NEWER:
      if (str_eq(line->html, STR("inert")))
        add_true(job, item, line->react, false);
      else
        add_string(job, item, line->react, false);
      return;
    case REACT_REFUSED:
      page_drop_attr(job->page, &item->attr, "React gives that name a meaning of its own");
      return;
    case REACT_STRING:
      add_string(job, item, line->react, typed);
      return;
  }
}

static bool has_upper(Str name) {
  for (size_t i = 0; i < name.len; i++)
    if (name.data[i] >= 'A' && name.data[i] <= 'Z') return true;
  return false;
}

static void add_unknown(PageAttrs *job, const AttrItem *item) {
  if (!react_can_name(item->name) || has_upper(item->attr.name)) {
    page_drop_attr(job->page, &item->attr,
                   "rename it to letters, digits and hyphens, or begin it with 'data-'");
    return;
  }
  bool plain = !job->react || str_starts(item->name, STR("data-")) || str_starts(item->name, STR("aria-"));
  add_string(job, item, item->name, plain);
}

/* style */

// Custom properties, and those whose type is a list of words, need an assertion.
static TsxNode *style_object(PageJob *page, const Style *style) {
  Arena *arena = page->arena;
  TsxNode *object = tsx_node(arena, TSX_OBJECT, STR_NONE, SPAN_NONE);
  bool typed = true;
  for (size_t i = 0; i < style->list.len; i++) {
    StyleDeclaration one = style->list.data[i];
    tsx_add(object, tsx_wrap(arena, TSX_PROPERTY, one.name, tsx_string(arena, one.value)));
    typed = typed && react_types_style(one.name);
  }
  if (typed) return object;
  return tsx_wrap(arena, TSX_AS, tsx_import(&page->module, STR("react"), STR("CSSProperties"), true), object);
}

static void add_style(PageAttrs *job, const AttrItem *item) {
  PageJob *page = job->page;
  Arena *arena = page->arena;
  Style style = style_read(arena, item->value);
  if (!style.list.len) return;
  add_plain(job, item, STR("style"), style_object(page, &style));
  if (!style.lossy) return;
  page->module.client = true;  // a function can not come from a server component
  TsxNode *call =
      tsx_node(arena, TSX_CALL,
               tsx_import(&page->module, STR("@fxc/runtime/react"), STR("inlineStyle"), false), SPAN_NONE);
  tsx_add(call, string_value(job, item));
  page_attr(page, STR("ref"), call, SPAN_NONE);
}

/* Form state */

static bool is_file_input(const PageAttrs *job) {
  HtmlAttribute type;
  return html_element_find_attr(job->page->tree, job->element, STR("type"), job->page->arena, &type) &&
         str_eq_nocase(type.value, STR("file"));
}

static void add_input_value(PageAttrs *job, const AttrItem *item) {
  if (is_file_input(job))
    page_drop_attr(job->page, &item->attr, "a browser sets the value of a file input only for its user");
  else
    add_text(job, item, STR("defaultValue"));
}

// React makes nothing of a bare `selected` or `checked` on other elements, but writes a string.
static bool add_foreign_state(PageAttrs *job, const AttrItem *item) {
  if (item->known != HTML_ATTR_SELECTED && item->known != HTML_ATTR_CHECKED) return false;
  add_untyped(job, item, item->name, string_value(job, item));
  return true;
}

// Options stand near their <select>: a bounded look keeps deep documents linear.
static bool is_in_select(const PageJob *page, HtmlNodeId option) {
  HtmlNodeId at = option;
  for (int steps = 0; at && steps < 64; steps++, at = html_node(page->tree, at)->parent)
    if (page_is_html(page, at, HTML_TAG_SELECT)) return true;
  return false;
}

// The attributes that a form control keeps as its state. False: not one of them.
static bool add_form_state(PageAttrs *job, const AttrItem *item) {
  const PageJob *page = job->page;
  HtmlNodeId element = job->element;
  if (item->known == HTML_ATTR_VALUE) {
    if (page_is_html(page, element, HTML_TAG_INPUT))
      add_input_value(job, item);
    else if (page_is_html(page, element, HTML_TAG_SELECT) || page_is_html(page, element, HTML_TAG_TEXTAREA))
      page_drop_attr(job->page, &item->attr, "the element takes its value from its content");
    else
      return false;
    return true;
  }
  if (item->known == HTML_ATTR_CHECKED && page_is_html(page, element, HTML_TAG_INPUT)) {
    add_plain(job, item, STR("defaultChecked"), NULL);
    return true;
  }
  if (item->known != HTML_ATTR_SELECTED || !page_is_html(page, element, HTML_TAG_OPTION))
    return add_foreign_state(job, item);
  if (!is_in_select(page, element))
    page_drop_attr(job->page, &item->attr, "only the options of a <select> can be selected");
  return true;
}

/* Any attribute */

// React drops these, with a message on the console, where they are empty.
static bool is_empty_url(const PageAttrs *job, const AttrItem *item) {
  if (item->value.len) return false;
  if (item->known == HTML_ATTR_SRC) return true;
  if (item->known == HTML_ATTR_HREF) return !page_is_html(job->page, job->element, HTML_TAG_A);
  return str_eq(item->name, STR("data")) && page_is_html(job->page, job->element, HTML_TAG_OBJECT);
}

static void add_editable(PageAttrs *job, const AttrItem *item) {
  if (str_eq(item->name, STR("contenteditable")) && html_node(job->page->tree, job->element)->first_child)
    jsx_attr(&job->page->jsx, STR("suppressContentEditableWarning"), 0);
}

static void add_attr(PageAttrs *job, const AttrItem *item) {
  PageAttrFate fate = page_attr_fate(job->page, job->element, item->name, item->value);
  if (fate != PAGE_KEEP) {
    page_report_fate(job->page, &item->attr, fate);
  } else if (item->known == HTML_ATTR_STYLE) {
    add_style(job, item);
  } else if (job->custom) {
    if (react_can_name(item->name))
      add_string(job, item, item->name, !job->react);
    else
      add_unknown(job, item);
  } else if (is_empty_url(job, item)) {
    page_drop_attr(job->page, &item->attr, "an empty address is the page itself: leave the attribute out");
  } else if (!add_form_state(job, item)) {
    bool typed = false, data = str_starts(item->name, STR("data-"));
    const ReactAttr *line = data ? NULL : react_attr(item->known, item->name, job->react, &typed);
    if (line)
      add_known(job, item, line, typed);
    else
      add_unknown(job, item);
    add_editable(job, item);
  }
}

// The names by which custom elements can lose what React gives its own meaning.
static bool is_refused_on_custom(Str name) {
  bool typed;
  const ReactAttr *line = react_attr(HTML_ATTR_OTHER, name, 0, &typed);
  return line && line->kind == REACT_REFUSED && str_eq(line->react, name);
}

void page_attr_by_rules(PageAttrs *job, uint32_t index) {
  PageJob *page = job->page;
  bool foreign = html_node(page->tree, job->element)->space != HTML_NS_HTML;
  AttrItem item = {.attr = html_element_attr(page->tree, job->element, index, page->arena)};
  item.known = (HtmlAttrName)html_element_attr_raw(page->tree, job->element, index)->known;
  item.name = foreign ? page_attr_name(page, job->element, index) : item.attr.name;
  item.value = item.attr.value;
  if (job->custom && is_refused_on_custom(item.name))
    page_drop_attr(page, &item.attr, "React gives that name a meaning of its own");
  else
    add_attr(job, &item);
}
