/* Declarative shadow roots: which <template> stands for the shadow root of its parent.
 * In: a template; out: the mode of its shadow root. Surprising: the tree keeps the template, with its
 * content, and only this question tells the two apart. */
#include "html/builder.h"

/// Elements that may have a shadow root, besides those with a custom name.
static bool is_host_tag(HtmlTag tag) {
  switch (tag) {
    case HTML_TAG_ARTICLE:
    case HTML_TAG_ASIDE:
    case HTML_TAG_BLOCKQUOTE:
    case HTML_TAG_BODY:
    case HTML_TAG_DIV:
    case HTML_TAG_FOOTER:
    case HTML_TAG_H1:
    case HTML_TAG_H2:
    case HTML_TAG_H3:
    case HTML_TAG_H4:
    case HTML_TAG_H5:
    case HTML_TAG_H6:
    case HTML_TAG_HEADER:
    case HTML_TAG_MAIN:
    case HTML_TAG_NAV:
    case HTML_TAG_P:
    case HTML_TAG_SECTION:
    case HTML_TAG_SPAN:
      return true;
    default:
      return false;
  }
}

/// A lower-case letter first, a hyphen somewhere, and none of the names that SVG and MathML took.
static bool is_custom_name(Str name) {
  static const char *const taken[] = {"annotation-xml", "color-profile", "font-face",
                                      "font-face-src",  "font-face-uri", "font-face-format",
                                      "font-face-name", "missing-glyph"};
  if (!name.len || name.data[0] < 'a' || name.data[0] > 'z' || str_find_char(name, '-') < 0) return false;
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
    if (str_eq(name, str_from(taken[i]))) return false;
  return true;
}

static Str own_mode(const HtmlTree *tree, HtmlNodeId element) {
  HtmlAttribute mode;
  if (!html_template_content(tree, element)) return STR_NONE;
  if (!html_element_find_attr(tree, element, STR("shadowrootmode"), tree->arena, &mode)) return STR_NONE;
  if (str_eq_nocase(mode.value, STR("open"))) return STR("open");
  return str_eq_nocase(mode.value, STR("closed")) ? STR("closed") : STR_NONE;
}

Str html_shadow_mode(const HtmlTree *tree, HtmlNodeId element) {
  Str mode = own_mode(tree, element);
  const HtmlNode *node = html_node(tree, element), *host = html_node(tree, node->parent);
  if (!mode.len || tree->fragment || host->kind != HTML_ELEMENT || host->space != HTML_NS_HTML)
    return STR_NONE;
  bool fit = host->tag == HTML_TAG_OTHER ? is_custom_name(html_element_name(tree, node->parent))
                                         : is_host_tag((HtmlTag)host->tag);
  if (!fit) return STR_NONE;
  for (HtmlNodeId before = node->previous; before; before = html_node(tree, before)->previous)
    if (own_mode(tree, before).len) return STR_NONE;  // the host has its shadow root
  return mode;
}
