/* What form an element goes out in (runtime/README.md, 3.1). In: an element of the tree. Out: plain, as text,
 * empty, moved or dropped. Surprising: all of it is decided before the tag is written, by looking ahead in
 * the tree where React's rules ask for it. */
#include "emit/page_job.h"

// The text that comes first, comments aside.
static Str first_text(PageJob *job, HtmlNodeId element) {
  HtmlNodeId child = html_node(job->tree, element)->first_child;
  while (child && html_node(job->tree, child)->kind != HTML_TEXT &&
         !(html_node(job->tree, child)->kind == HTML_ELEMENT))
    child = html_node(job->tree, child)->next;
  return child && html_node(job->tree, child)->kind == HTML_TEXT ? html_text(job->tree, child, job->arena)
                                                                 : STR_NONE;
}

static bool is_rendered_element(const HtmlNode *node) {
  return node->kind == HTML_ELEMENT && node->tag != HTML_TAG_SCRIPT;
}

// React writes the line break twice only where the text is the one child.
static bool loses_line_break(PageJob *job, HtmlNodeId element) {
  Str text = first_text(job, element);
  if (!text.len || text.data[0] != '\n') return false;
  for (HtmlNodeId child = html_node(job->tree, element)->first_child; child;
       child = html_node(job->tree, child)->next)
    if (is_rendered_element(html_node(job->tree, child))) return true;
  return false;
}

bool page_hosts_shadow(const PageJob *job, HtmlNodeId element) {
  if (!job->has_shadow) return false;
  for (HtmlNodeId child = html_node(job->tree, element)->first_child; child;
       child = html_node(job->tree, child)->next)
    if (page_is_html(job, child, HTML_TAG_TEMPLATE) && html_shadow_mode(job->tree, child).len) return true;
  return false;
}

static bool has_value(PageJob *job, HtmlNodeId element, Str name, HtmlAttribute *attr) {
  return html_element_find_attr(job->tree, element, name, job->arena, attr) && attr->value.len;
}

// React 19 takes title, meta and link out of their place, but for these.
static bool stays_in_body(PageJob *job, HtmlNodeId element) {
  HtmlAttribute attr;
  if (html_element_find_attr(job->tree, element, STR("itemprop"), job->arena, &attr)) return true;
  if (!page_is_html(job, element, HTML_TAG_LINK)) return false;
  if (!has_value(job, element, STR("href"), &attr) || !has_value(job, element, STR("rel"), &attr))
    return true;
  return str_eq(attr.value, STR("stylesheet"));
}

static bool may_hold(HtmlTag parent, HtmlTag child) {
  if (child == HTML_TAG_TEMPLATE || child == HTML_TAG_SCRIPT) return true;
  switch (parent) {
    case HTML_TAG_TR:
      return child == HTML_TAG_TD || child == HTML_TAG_TH || child == HTML_TAG_STYLE;
    case HTML_TAG_COLGROUP:
      return child == HTML_TAG_COL;
    case HTML_TAG_TABLE:
      return child == HTML_TAG_CAPTION || child == HTML_TAG_COLGROUP || child == HTML_TAG_TBODY ||
             child == HTML_TAG_THEAD || child == HTML_TAG_TFOOT || child == HTML_TAG_STYLE;
    default:
      return child == HTML_TAG_TR || child == HTML_TAG_STYLE;
  }
}

// A table's part with a child that a browser leaves there and React complains about: <form>, <input
// type=hidden>.
static PageForm table_form(PageJob *job, HtmlNodeId element) {
  const HtmlNode *node = html_node(job->tree, element);
  HtmlNodeId child = node->first_child;
  for (; child; child = html_node(job->tree, child)->next) {
    const HtmlNode *n = html_node(job->tree, child);
    if (n->kind == HTML_ELEMENT && !may_hold((HtmlTag)node->tag, (HtmlTag)n->tag)) break;
  }
  if (!child) return FORM_PLAIN;
  if (!page_has_uses_inside(job, element)) return FORM_VERBATIM;
  page_lost(job, child, "React says on the console that this element can not stand directly in a table");
  return FORM_PLAIN;
}

// What an element in a <p> ends the scope of it.
static bool ends_scope(const HtmlNode *node) {
  if (node->space != HTML_NS_HTML) return true;
  switch ((HtmlTag)node->tag) {
    case HTML_TAG_APPLET:
    case HTML_TAG_BUTTON:
    case HTML_TAG_MARQUEE:
    case HTML_TAG_OBJECT:
    case HTML_TAG_TEMPLATE:
      return true;
    default:
      return false;
  }
}

// In quirks mode a <p> can hold a <table>, which React complains about. No node is looked at for two
// paragraphs.
static bool holds_table(const PageJob *job, HtmlNodeId paragraph) {
  HtmlNodeId at = html_node(job->tree, paragraph)->first_child;
  while (at) {
    const HtmlNode *node = html_node(job->tree, at);
    if (page_is_html(job, at, HTML_TAG_TABLE)) return true;
    if (node->kind == HTML_ELEMENT && node->first_child && !ends_scope(node)) {
      at = node->first_child;
      continue;
    }
    while (at != paragraph && !html_node(job->tree, at)->next) at = html_node(job->tree, at)->parent;
    if (at == paragraph) return false;
    at = html_node(job->tree, at)->next;
  }
  return false;
}

static PageForm paragraph_form(PageJob *job, HtmlNodeId element) {
  if (!job->quirks || !holds_table(job, element)) return FORM_PLAIN;
  if (!page_has_uses_inside(job, element)) return FORM_VERBATIM;
  page_lost(job, element, "React says on the console that a 'p' can not hold a 'table'");
  return FORM_PLAIN;
}

const uint8_t page_rules[HTML_TAG_COUNT] = {
    [HTML_TAG_OTHER] = RULE_NAME,           [HTML_TAG_MENUITEM] = RULE_NAME,
    [HTML_TAG_SCRIPT] = RULE_DROP,          [HTML_TAG_STYLE] = RULE_VERBATIM,
    [HTML_TAG_IFRAME] = RULE_VERBATIM,      [HTML_TAG_NOEMBED] = RULE_VERBATIM,
    [HTML_TAG_NOFRAMES] = RULE_VERBATIM,    [HTML_TAG_XMP] = RULE_VERBATIM,
    [HTML_TAG_NOSCRIPT] = RULE_VERBATIM,    [HTML_TAG_TEMPLATE] = RULE_VERBATIM,
    [HTML_TAG_P] = RULE_PARAGRAPH,          [HTML_TAG_PRE] = RULE_PREFORMATTED,
    [HTML_TAG_LISTING] = RULE_PREFORMATTED, [HTML_TAG_TABLE] = RULE_TABLE_PART,
    [HTML_TAG_TBODY] = RULE_TABLE_PART,     [HTML_TAG_THEAD] = RULE_TABLE_PART,
    [HTML_TAG_TFOOT] = RULE_TABLE_PART,     [HTML_TAG_TR] = RULE_TABLE_PART,
    [HTML_TAG_COLGROUP] = RULE_TABLE_PART,  [HTML_TAG_SELECT] = RULE_SELECT,
    [HTML_TAG_FRAMESET] = RULE_FRAMESET,    [HTML_TAG_PLAINTEXT] = RULE_EMPTY,
    [HTML_TAG_TEXTAREA] = RULE_EMPTY,       [HTML_TAG_TITLE] = RULE_OF_HEAD,
    [HTML_TAG_META] = RULE_OF_HEAD,         [HTML_TAG_LINK] = RULE_OF_HEAD,
};

static PageForm html_form(PageJob *job, HtmlNodeId element) {
  switch ((PageRule)page_rules[html_node(job->tree, element)->tag]) {
    case RULE_PLAIN:
    case RULE_NAME:
      return FORM_PLAIN;
    case RULE_DROP:
      return FORM_DROPPED;
    case RULE_VERBATIM:
      return FORM_VERBATIM;
    case RULE_EMPTY:
      return FORM_EMPTY;
    case RULE_PARAGRAPH:
      return paragraph_form(job, element);
    case RULE_PREFORMATTED:
      return loses_line_break(job, element) ? FORM_VERBATIM : FORM_PLAIN;
    case RULE_TABLE_PART:
      return table_form(job, element);
    case RULE_SELECT:
      return page_select_is_verbatim(job, element) ? FORM_VERBATIM : FORM_PLAIN;
    case RULE_FRAMESET:
      page_lost(job, element, "React says on the console that a 'frameset' can not stand in another");
      return FORM_PLAIN;
    case RULE_OF_HEAD:
      return stays_in_body(job, element) ? FORM_PLAIN : FORM_MOVED;
  }
  return FORM_PLAIN;
}

// React takes only text in a <title>, in SVG too, where HTML allows elements.
static bool has_child_elements(const PageJob *job, HtmlNodeId element) {
  HtmlNodeId child = html_node(job->tree, element)->first_child;
  while (child && html_node(job->tree, child)->kind != HTML_ELEMENT)
    child = html_node(job->tree, child)->next;
  return child != HTML_NO_NODE;
}

PageForm page_form(PageJob *job, HtmlNodeId element) {
  const HtmlNode *node = html_node(job->tree, element);
  if (node->space == HTML_NS_HTML) {
    PageForm form = html_form(job, element);
    return form == FORM_PLAIN && page_hosts_shadow(job, element) ? FORM_VERBATIM : form;
  }
  if (node->tag == HTML_TAG_SCRIPT) return FORM_DROPPED;
  if (node->tag == HTML_TAG_TITLE && has_child_elements(job, element)) return FORM_EMPTY;
  return node->tag == HTML_TAG_STYLE ? FORM_VERBATIM : FORM_PLAIN;
}
