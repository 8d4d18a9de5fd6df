/* Attributes of an element as React takes them (runtime/README.md, 3.2 to 3.5). In: the tree's attributes.
 * Out: their JSX, in the tag that is open. Surprising: most attributes are known by their number alone, and
 * are written here; the rules (page_attr_rules.c) have the rest. */
#include "emit/jsx_inline.h"
#include "emit/page_job.h"

// React takes the names of these as they are; it goes by the name alone, in SVG too.
static bool is_custom(PageJob *page, HtmlNodeId element, const char *text) {
  const HtmlNode *info = html_node(page->tree, element);
  if (info->tag == HTML_TAG_OTHER && react_is_custom(html_element_name(page->tree, element))) return true;
  const HtmlAttr *raw = html_element_attr_raw(page->tree, element, 0);
  for (uint32_t i = html_element_attr_count(page->tree, element); i; i--, raw++)
    if (!raw->known && raw->name_end - raw->name_start == 2 &&
        str_eq_nocase((Str){text + raw->name_start, 2}, STR("is")))
      return true;
  return false;
}

/* Most attributes */

// What has to be known of an attribute before it can be written as React's table says.
typedef enum Care {
  BY_RULES,     // see page_attr_rules.c
  BY_TABLE,     // nothing
  UNLESS_URL,   // that its value is no URL with a scheme, and not empty
  BY_OWN_NAME,  // nothing; it is not in the table
} Care;

static const uint8_t cares[HTML_ATTR_COUNT] = {
    [HTML_ATTR_ACTION] = UNLESS_URL,
    [HTML_ATTR_HREF] = UNLESS_URL,
    [HTML_ATTR_SRC] = UNLESS_URL,
    [HTML_ATTR_ALT] = BY_TABLE,
    [HTML_ATTR_CLASS] = BY_TABLE,
    [HTML_ATTR_CONTENT] = BY_TABLE,
    [HTML_ATTR_FOR] = BY_TABLE,
    [HTML_ATTR_HEIGHT] = BY_TABLE,
    [HTML_ATTR_ID] = BY_TABLE,
    [HTML_ATTR_LANG] = BY_TABLE,
    [HTML_ATTR_MEDIA] = BY_TABLE,
    [HTML_ATTR_NAME] = BY_TABLE,
    [HTML_ATTR_PLACEHOLDER] = BY_TABLE,
    [HTML_ATTR_REL] = BY_TABLE,
    [HTML_ATTR_ROLE] = BY_TABLE,
    [HTML_ATTR_SRCSET] = BY_TABLE,
    [HTML_ATTR_TARGET] = BY_TABLE,
    [HTML_ATTR_TITLE] = BY_TABLE,
    [HTML_ATTR_TYPE] = BY_TABLE,
    [HTML_ATTR_WIDTH] = BY_TABLE,
    [HTML_ATTR_DATA_DEPENDS_ON] = BY_OWN_NAME,
    [HTML_ATTR_DATA_ENHANCE] = BY_OWN_NAME,
    [HTML_ATTR_DATA_FIELD] = BY_OWN_NAME,
    [HTML_ATTR_DATA_INTEGRATION] = BY_OWN_NAME,
    [HTML_ATTR_DATA_SECTION] = BY_OWN_NAME,
    [HTML_ATTR_DATA_SLOT] = BY_OWN_NAME,
};

// "data-" and letters in lower case, digits and hyphens: what nobody else has to do with.
static bool is_data_name(Str name) {
  if (name.len < 6 || memcmp(name.data, "data-", 5) != 0) return false;
  for (size_t i = 5; i < name.len; i++) {
    char c = name.data[i];
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  }
  return true;
}

// Whether a URL is empty, or may begin with a scheme; most begin with a slash.
static bool may_have_scheme(Str url) {
  if (!url.len) return true;
  return url.data[0] != '/' && url.data[0] != '#' && memchr(url.data, ':', url.len);
}

// The name that an attribute of a simple element has in JSX where nothing else has to be done about it than
// to write it with its value; empty: the rules decide.
static Str simple_name(const PageAttrs *job, HtmlAttrName known, Str name, Str value) {
  Care care = (Care)cares[known];
  if (care == BY_OWN_NAME) return name;
  if (care == BY_RULES) return known == HTML_ATTR_OTHER && is_data_name(name) ? name : STR_NONE;
  if (care == UNLESS_URL && may_have_scheme(value)) return STR_NONE;
  return react_text_attr(job->page->react, known, job->react);
}

static inline bool add_simple(PageAttrs *job, const HtmlAttr *raw, const char *text) {
  PageJob *page = job->page;
  if (!job->simple || raw->name_flags) return false;
  Str name = str_span(text + raw->name_start, text + raw->name_end);
  Str value = str_span(text + raw->value_start, text + raw->value_end);
  if (raw->value_flags) value = html_decode(page->arena, value, raw->value_flags, true, true);
  name = simple_name(job, (HtmlAttrName)raw->known, name, value);
  if (!name.len) return false;
  jsx_inline_attr_text(&page->jsx, name, page_origin(page, raw->name_start), value);
  return true;
}

/* All attributes */

static void close_untyped(PageAttrs *job) {
  if (!job->untyped) return;
  PageJob *page = job->page;
  Str callee = tsx_import(&page->module, STR("@fxc/runtime/react"), STR("attributes"), false);
  TsxNode *call = tsx_node(page->arena, TSX_CALL, callee, SPAN_NONE);
  tsx_add(call, job->untyped);
  jsx_attr_node(&page->jsx, tsx_wrap(page->arena, TSX_SPREAD, STR_NONE, call));
}

void page_attrs(PageJob *page, HtmlNodeId element, ReactElementId react) {
  uint32_t count = html_element_attr_count(page->tree, element);
  if (!count) return;
  const HtmlAttr *raw = html_element_attr_raw(page->tree, element, 0);
  const char *text = html_tree_text(page->tree).data;
  PageAttrs job = {.page = page, .element = element, .react = react};
  job.custom = is_custom(page, element, text);
  job.simple = react && !job.custom && html_node(page->tree, element)->space == HTML_NS_HTML;
  for (uint32_t i = 0; i < count; i++)
    if (!add_simple(&job, &raw[i], text)) page_attr_by_rules(&job, i);
  close_untyped(&job);
}
