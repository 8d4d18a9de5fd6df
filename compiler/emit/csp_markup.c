/* What a page's markup loads from elsewhere. In: its tree. Out: sources by directive. Surprising: it reads
 * the tree and not what was emitted, which has less (scripts and handlers are gone) and the same resources.
 */
#include "base/map.h"
#include "base/url.h"
#include "emit/csp.h"

typedef struct Markup {
  const HtmlTree *tree;
  Arena *arena;
  CspNeeds needs;
  StrMap seen;  // "DIRECTIVE SOURCE"
  Str base;     // the source of <base href>, where that leads elsewhere
} Markup;

static void add(Markup *m, CspDirective directive, Str source) {
  bool added;
  if (!source.len) return;
  strmap_put(m->arena, &m->seen, str_printf(m->arena, "%d %.*s", (int)directive, STR_ARG(source)), &added);
  if (added) vec_push(m->arena, &m->needs.sources, (CspSource){directive, source});
}

static void add_url(Markup *m, CspDirective directive, Str url) {
  Str source = url_source(m->arena, url), plain = str_trim(url);
  bool relative = plain.len && plain.data[0] != '#' && str_find_char(plain, ':') < 0;
  add(m, directive, source.len || !relative ? source : m->base);
}

/* Style sheets */

static Str css_url(Str css, size_t at) {
  Str rest = str_trim(str_skip(css, at));
  if (!rest.len) return rest;
  char quote = rest.data[0] == '"' || rest.data[0] == '\'' ? rest.data[0] : ')';
  if (quote != ')') rest = str_skip(rest, 1);
  ptrdiff_t end = str_find_char(rest, quote);
  return end < 0 ? rest : str_take(rest, (size_t)end);
}

// What a rule loads is an image, but for fonts, which only a whole sheet can have.
static void add_css(Markup *m, Str css, bool sheet) {
  Str lower = str_lower(m->arena, css);
  for (size_t i = 0; i < css.len;) {
    ptrdiff_t next = str_find(str_skip(lower, i), STR("url("));
    if (next < 0) break;
    i += (size_t)next + 4;
    Str url = css_url(css, i);
    add_url(m, CSP_IMG, url);
    if (sheet) add_url(m, CSP_FONT, url);
  }
  for (size_t i = 0; sheet && i < css.len;) {
    ptrdiff_t next = str_find(str_skip(lower, i), STR("@import"));
    if (next < 0) break;
    i += (size_t)next + 7;
    Str rest = str_trim(str_skip(lower, i));
    add_url(m, CSP_STYLE, css_url(css, str_starts(rest, STR("url(")) ? css.len - rest.len + 4 : i));
  }
}

static void add_sheet(Markup *m, HtmlNodeId style) {
  m->needs.inline_style = true;
  for (HtmlNodeId at = html_node(m->tree, style)->first_child; at; at = html_node(m->tree, at)->next)
    if (html_node(m->tree, at)->kind == HTML_TEXT) add_css(m, html_text(m->tree, at, m->arena), true);
}

/* Attributes */

typedef struct Rule {
  const char *element, *attribute;
  CspDirective directive;
} Rule;

static const Rule rules[] = {
    {"img", "src", CSP_IMG},           {"img", "srcset", CSP_IMG},    {"source", "srcset", CSP_IMG},
    {"input", "src", CSP_IMG},         {"video", "poster", CSP_IMG},  {"body", "background", CSP_IMG},
    {"table", "background", CSP_IMG},  {"td", "background", CSP_IMG}, {"th", "background", CSP_IMG},
    {"image", "href", CSP_IMG},        {"feImage", "href", CSP_IMG},  {"video", "src", CSP_MEDIA},
    {"audio", "src", CSP_MEDIA},       {"source", "src", CSP_MEDIA},  {"track", "src", CSP_MEDIA},
    {"iframe", "src", CSP_FRAME},      {"frame", "src", CSP_FRAME},   {"embed", "src", CSP_OBJECT},
    {"object", "data", CSP_OBJECT},    {"form", "action", CSP_FORM},  {"button", "formaction", CSP_FORM},
    {"input", "formaction", CSP_FORM}, {"a", "ping", CSP_CONNECT},    {"area", "ping", CSP_CONNECT},
};

static bool is_list(Str attribute) {
  return str_eq(attribute, STR("srcset")) || str_eq(attribute, STR("ping"));
}

// Candidates of an image and addresses of a ping are divided by white space; widths among them lead nowhere.
static void add_list(Markup *m, CspDirective directive, Str list) {
  for (size_t i = 0, end; i < list.len; i = end + 1) {
    for (end = i; end < list.len && !strchr(" \t\r\n\f", list.data[end]);) end++;
    Str url = str_span(list.data + i, list.data + end);
    while (url.len && url.data[url.len - 1] == ',') url.len--;
    if (url.len) add_url(m, directive, url);
  }
}

static void add_attr(Markup *m, Str element, const HtmlAttribute *attr) {
  if (str_eq(attr->name, STR("style"))) {
    m->needs.inline_style = true;
    add_css(m, attr->value, false);
    return;
  }
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    if (!str_eq(attr->name, str_from(rules[i].attribute)) || !str_eq(element, str_from(rules[i].element)))
      continue;
    if (is_list(attr->name))
      add_list(m, rules[i].directive, attr->value);
    else
      add_url(m, rules[i].directive, attr->value);
  }
}

// The attributes that can matter, before anything is decoded.
static bool may_matter(const HtmlTree *tree, const HtmlAttr *raw) {
  switch ((HtmlAttrName)raw->known) {
    case HTML_ATTR_SRC:
    case HTML_ATTR_SRCSET:
    case HTML_ATTR_HREF:
    case HTML_ATTR_XLINK_HREF:
    case HTML_ATTR_STYLE:
    case HTML_ATTR_ACTION:
      return true;
    case HTML_ATTR_OTHER:
      return raw->name_end - raw->name_start <= 10 && html_tree_text(tree).data[raw->name_start + 4] != '-';
    default:
      return false;
  }
}

/* Links */

static Str attr_of(Markup *m, HtmlNodeId element, const char *name) {
  HtmlAttribute attr;
  if (!html_element_find_attr(m->tree, element, str_from(name), m->arena, &attr)) return STR("");
  return attr.value;
}

static void add_preload(Markup *m, HtmlNodeId link, Str href) {
  static const char *const kinds[] = {"image", "style", "font", "script", "fetch"};
  static const CspDirective directives[] = {CSP_IMG, CSP_STYLE, CSP_FONT, CSP_SCRIPT, CSP_CONNECT};
  Str as = str_lower(m->arena, str_trim(attr_of(m, link, "as")));
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (str_eq(as, str_from(kinds[i]))) add_url(m, directives[i], href);
}

static void add_link(Markup *m, HtmlNodeId link) {
  Str rel = str_lower(m->arena, attr_of(m, link, "rel")), href = attr_of(m, link, "href");
  if (str_find(rel, STR("stylesheet")) >= 0) add_url(m, CSP_STYLE, href);
  if (str_find(rel, STR("icon")) >= 0) add_url(m, CSP_IMG, href);
  if (str_find(rel, STR("manifest")) >= 0) add_url(m, CSP_MANIFEST, href);
  if (str_find(rel, STR("modulepreload")) >= 0)
    add_url(m, CSP_SCRIPT, href);
  else if (str_find(rel, STR("preload")) >= 0)
    add_preload(m, link, href);
}

/* Elements */

static void add_element(Markup *m, HtmlNodeId element) {
  const HtmlNode *node = html_node(m->tree, element);
  if (node->tag == HTML_TAG_STYLE) add_sheet(m, element);
  if (node->tag == HTML_TAG_LINK) add_link(m, element);
  if (node->tag == HTML_TAG_OBJECT || node->tag == HTML_TAG_EMBED) m->needs.plugins = true;
  uint32_t count = node->tag == HTML_TAG_LINK ? 0 : html_element_attr_count(m->tree, element);
  for (uint32_t i = 0; i < count; i++) {
    if (!may_matter(m->tree, html_element_attr_raw(m->tree, element, i))) continue;
    HtmlAttribute attr = html_element_attr(m->tree, element, i, m->arena);
    add_attr(m, html_element_name(m->tree, element), &attr);
  }
}

// The first one counts (WHATWG HTML, 4.2.3).
static void find_base(Markup *m) {
  for (HtmlNodeId at = HTML_DOCUMENT_NODE; at; at = html_next_in(m->tree, HTML_DOCUMENT_NODE, at)) {
    const HtmlNode *node = html_node(m->tree, at);
    HtmlAttribute attr;
    if (node->kind != HTML_ELEMENT || node->tag != HTML_TAG_BASE) continue;
    if (!html_element_find_attr(m->tree, at, STR("href"), m->arena, &attr)) continue;
    m->base = url_source(m->arena, attr.value);
    add(m, CSP_BASE, m->base);
    return;
  }
}

CspNeeds csp_of_markup(const HtmlTree *tree, Arena *arena) {
  Markup m = {.tree = tree, .arena = arena};
  find_base(&m);
  for (HtmlNodeId at = HTML_DOCUMENT_NODE; at; at = html_next_in(tree, HTML_DOCUMENT_NODE, at))
    if (html_node(tree, at)->kind == HTML_ELEMENT) add_element(&m, at);
  return m.needs;
}
