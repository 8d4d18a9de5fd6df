/* The markup of a page (runtime/README.md, section 3). In: the tree's nodes. Out: JSX nodes in the same
 * order. Surprising: the walk climbs by the tree's parent links and keeps its own stack of JSX parents, since
 * a document may be 100,000 elements deep and every use puts components between two elements. */
#include "emit/name.h"
#include "emit/page_job.h"

// How an element goes out.
typedef enum PageForm {
  FORM_PLAIN,
  FORM_DROPPED,   // a script: nothing
  FORM_VERBATIM,  // its content as a string
  FORM_EMPTY,     // without its content
  FORM_MOVED,     // to the head
} PageForm;

static Str jsx_name_of(PageJob *job, Str tag) {
  uint32_t *place = strmap_put(job->arena, &job->tag_of, tag, NULL);
  if (*place) return job->tags.data[*place - 1].local;
  Str wanted = str_concat(job->arena, name_pascal(job->arena, tag), STR("Element"));
  vec_push(job->arena, &job->tags, (PageTag){tag, tsx_module_name(&job->module, wanted)});
  *place = (uint32_t)job->tags.len;
  return vec_last(&job->tags).local;
}

static Str tag_name(PageJob *job, HtmlNodeId element, ReactElementId react) {
  Str name = html_element_name(job->tree, element);
  return react ? name : jsx_name_of(job, name);
}

TsxNode *page_element(PageJob *job, HtmlNodeId element) {
  ReactElementId react = react_element(job->tree, element);
  Str name = tag_name(job, element, react);
  TsxNode *node = tsx_node(job->arena, TSX_ELEMENT, name, page_tag_span(job, element));
  page_attrs(job, element, react, node);
  return node;
}

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

static bool hosts_shadow(const PageJob *job, HtmlNodeId element) {
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

static bool has_uses_inside(const PageJob *job, HtmlNodeId element) {
  return job->uses_inside && job->uses_inside[element];
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
  if (!has_uses_inside(job, element)) return FORM_VERBATIM;
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
  if (!has_uses_inside(job, element)) return FORM_VERBATIM;
  page_lost(job, element, "React says on the console that a 'p' can not hold a 'table'");
  return FORM_PLAIN;
}

static PageForm html_form(PageJob *job, HtmlNodeId element) {
  switch ((HtmlTag)html_node(job->tree, element)->tag) {
    case HTML_TAG_SCRIPT:
      return FORM_DROPPED;
    case HTML_TAG_STYLE:
    case HTML_TAG_IFRAME:
    case HTML_TAG_NOEMBED:
    case HTML_TAG_NOFRAMES:
    case HTML_TAG_XMP:
    case HTML_TAG_NOSCRIPT:
    case HTML_TAG_TEMPLATE:
      return FORM_VERBATIM;
    case HTML_TAG_P:
      return paragraph_form(job, element);
    case HTML_TAG_PRE:
    case HTML_TAG_LISTING:
      return loses_line_break(job, element) ? FORM_VERBATIM : FORM_PLAIN;
    case HTML_TAG_TABLE:
    case HTML_TAG_TBODY:
    case HTML_TAG_THEAD:
    case HTML_TAG_TFOOT:
    case HTML_TAG_TR:
    case HTML_TAG_COLGROUP:
      return table_form(job, element);
    case HTML_TAG_SELECT:
      return page_select_is_verbatim(job, element) ? FORM_VERBATIM : FORM_PLAIN;
    case HTML_TAG_FRAMESET:
      page_lost(job, element, "React says on the console that a 'frameset' can not stand in another");
      return FORM_PLAIN;
    case HTML_TAG_PLAINTEXT:
    case HTML_TAG_TEXTAREA:
      return FORM_EMPTY;
    case HTML_TAG_TITLE:
    case HTML_TAG_META:
    case HTML_TAG_LINK:
      return stays_in_body(job, element) ? FORM_PLAIN : FORM_MOVED;
    default:
      return FORM_PLAIN;
  }
}

// React takes only text in a <title>, in SVG too, where HTML allows elements.
static bool has_child_elements(const PageJob *job, HtmlNodeId element) {
  HtmlNodeId child = html_node(job->tree, element)->first_child;
  while (child && html_node(job->tree, child)->kind != HTML_ELEMENT)
    child = html_node(job->tree, child)->next;
  return child != HTML_NO_NODE;
}

static PageForm form_of(PageJob *job, HtmlNodeId element) {
  const HtmlNode *node = html_node(job->tree, element);
  if (node->space == HTML_NS_HTML) {
    PageForm form = html_form(job, element);
    return form == FORM_PLAIN && hosts_shadow(job, element) ? FORM_VERBATIM : form;
  }
  if (node->tag == HTML_TAG_SCRIPT) return FORM_DROPPED;
  if (node->tag == HTML_TAG_TITLE && has_child_elements(job, element)) return FORM_EMPTY;
  return node->tag == HTML_TAG_STYLE ? FORM_VERBATIM : FORM_PLAIN;
}

static void fill_verbatim(PageJob *job, HtmlNodeId element, TsxNode *node) {
  HtmlTag tag = (HtmlTag)html_node(job->tree, element)->tag;
  bool inert = tag == HTML_TAG_NOSCRIPT || tag == HTML_TAG_TEMPLATE;
  bool shadow = hosts_shadow(job, element);
  bool ran = shadow || tag == HTML_TAG_PRE || tag == HTML_TAG_LISTING || tag == HTML_TAG_SELECT;
  if (ran && has_uses_inside(job, element))
    page_lost(job, element,
              "the integrations inside this element do not run: React can take its content only as text");
  Str html = page_inner_html(job, element);
  if (html.len && (inert || shadow)) page_attr(job, node, STR("suppressHydrationWarning"), NULL);
  page_set_inner_html(job, node, html);
}

// Of the first text in `root` that is not all white space, from there on.
static Span text_span(const PageJob *job, HtmlNodeId root) {
  uint32_t at;
  for (HtmlNodeId node = root; node; node = html_next_in(job->tree, root, node))
    if (html_node(job->tree, node)->kind == HTML_TEXT && html_text_start(job->tree, node, &at))
      return page_span(job, at, at + 1);
  return SPAN_NONE;
}

static void fill_empty(PageJob *job, HtmlNodeId element, TsxNode *node) {
  if (page_is_html(job, element, HTML_TAG_TEXTAREA)) {
    page_textarea_value(job, element, node);
  } else if (html_node(job->tree, element)->tag == HTML_TAG_TITLE) {
    page_lost(job, element, "React takes only text in a 'title': the elements in it are dropped");
    tsx_add(node, tsx_node(job->arena, TSX_TEXT, page_text_content(job, element), text_span(job, element)));
  } else if (html_node(job->tree, element)->first_child) {
    page_lost(job, element, "the content of 'plaintext' is dropped: nothing can follow it in HTML");
  }
}

static void move_to_head(PageJob *job, HtmlNodeId element) {
  Str name = html_element_name(job->tree, element);
  bool title = page_is_html(job, element, HTML_TAG_TITLE), again = title && job->has_title;
  page_lost(job, element,
            again ? "a second '%.*s' is dropped" : "'%.*s' is moved to the head, where React puts it",
            STR_ARG(name));
  if (!again) vec_push(job->arena, &job->moved, element);
  job->has_title |= title;
}

static void drop_script(PageJob *job, HtmlNodeId script) { (void)page_outer_html(job, script); }

// React throws at other names; HTML takes nearly anything behind a letter.
static bool can_be_tag(Str name) {
  for (size_t i = 0; i < name.len; i++) {
    char c = name.data[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(i && ((c >= '0' && c <= '9') || (c && strchr(":_.-", c))))) return false;
  }
  return name.len > 0;
}

// React goes by the name alone: an <input> of SVG can not have children either.
static bool can_have_children(const PageJob *job, HtmlNodeId element) {
  static const char *const names[] = {"area",  "base",  "br",     "col",      "embed",   "hr",
                                      "img",   "input", "link",   "meta",     "param",   "source",
                                      "track", "wbr",   "keygen", "menuitem", "textarea"};
  if (html_node(job->tree, element)->space == HTML_NS_HTML &&
      html_node(job->tree, element)->tag != HTML_TAG_MENUITEM)
    return true;
  Str name = html_element_name(job->tree, element);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_eq(name, str_from(names[i]))) return false;
  return true;
}

// Adds an element whose children are told apart by its form.
static TsxNode *add_plain(PageJob *job, HtmlNodeId element, TsxNode *parent, TsxNode *node) {
  if (page_is_html(job, element, HTML_TAG_SELECT)) page_select_value(job, element, node);
  if (!html_node(job->tree, element)->first_child || can_have_children(job, element)) return node;
  page_lost(job, element, "React gives this element no content; what is inside follows it");
  return parent;
}

// Adds an element to `parent`. Answers the node that its children go to, or NULL when they are done with.
static TsxNode *add_element(PageJob *job, HtmlNodeId element, TsxNode *parent) {
  PageForm form = form_of(job, element);
  if (form == FORM_DROPPED || form == FORM_MOVED) {
    if (form == FORM_DROPPED)
      drop_script(job, element);
    else
      move_to_head(job, element);
    return NULL;
  }
  if (!can_be_tag(html_element_name(job->tree, element))) {
    page_lost(job, element, "React can not make an element of that name; its content stays without it");
    return parent;
  }
  if (job->fact_of && job->fact_of[element]) parent = page_wrap_uses(job, element, parent);
  TsxNode *node = tsx_add(parent, page_element(job, element));
  if (form == FORM_PLAIN) return add_plain(job, element, parent, node);
  if (form == FORM_VERBATIM)
    fill_verbatim(job, element, node);
  else
    fill_empty(job, element, node);
  return NULL;
}

// React refuses white space directly in these.
static bool refuses_blanks(const HtmlNode *parent) {
  if (parent->kind != HTML_ELEMENT || parent->space != HTML_NS_HTML) return false;
  switch ((HtmlTag)parent->tag) {
    case HTML_TAG_TABLE:
    case HTML_TAG_THEAD:
    case HTML_TAG_TBODY:
    case HTML_TAG_TFOOT:
    case HTML_TAG_TR:
    case HTML_TAG_COLGROUP:
    case HTML_TAG_HTML:
    case HTML_TAG_HEAD:
    case HTML_TAG_FRAMESET:
      return true;
    default:
      return false;
  }
}

static void add_text(PageJob *job, HtmlNodeId text, TsxNode *parent) {
  Str data = html_text(job->tree, text, job->arena);
  const HtmlNode *above = html_node(job->tree, html_node(job->tree, text)->parent);
  if (!data.len || (refuses_blanks(above) && page_is_blank(data))) return;
  uint32_t at;
  Span span = html_text_start(job->tree, text, &at) ? page_span(job, at, at + 1) : SPAN_NONE;
  tsx_add(parent, tsx_node(job->arena, TSX_TEXT, data, span));
}

void page_children(PageJob *job, HtmlNodeId root, TsxNode *into) {
  VEC(TsxNode *) parents = {0};
  TsxNode *parent = into;
  HtmlNodeId at = html_node(job->tree, root)->first_child;
  while (at) {
    const HtmlNode *node = html_node(job->tree, at);
    TsxNode *inside = NULL;
    if (node->kind == HTML_TEXT) add_text(job, at, parent);
    if (node->kind == HTML_ELEMENT) inside = add_element(job, at, parent);
    if (inside && node->first_child) {
      vec_push(job->arena, &parents, parent);
      parent = inside;
      at = node->first_child;
      continue;
    }
    while (!html_node(job->tree, at)->next) {
      at = html_node(job->tree, at)->parent;
      if (at == root) return;
      parent = vec_last(&parents);
      parents.len--;
    }
    at = html_node(job->tree, at)->next;
  }
}
