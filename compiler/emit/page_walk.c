/* The markup of a page (runtime/README.md, section 3). In: the tree's nodes. Out: JSX in the same order,
 * written as the walk meets them. Surprising: the walk climbs by the tree's parent links and notes for each
 * element on the way how many tags were open before it, since every use puts components between two elements.
 */
#include "emit/jsx_inline.h"
#include "emit/name.h"
#include "emit/page_job.h"
#include "html/entity.h"

static Str jsx_name_of(PageJob *job, Str tag) {
  uint32_t *place = strmap_put(job->arena, &job->tag_of, tag, NULL);
  if (*place) return job->tags.data[*place - 1].local;
  Str wanted = str_concat(job->arena, name_pascal(job->arena, tag), STR("Element"));
  vec_push(job->arena, &job->tags, (PageTag){tag, tsx_module_name(&job->module, wanted)});
  *place = (uint32_t)job->tags.len;
  return vec_last(&job->tags).local;
}

// Marks say where something begins.
static inline TsxOrigin tag_origin(const PageJob *job, HtmlNodeId element, const HtmlNode *node) {
  if (!job->jsx.marks) return 0;
  if (node->flags & HTML_NODE_IMPLIED) return tsx_origin(page_tag_span(job, element));
  return page_origin(job, html_element_start(job->tree, element)->start + 1);
}

JSX_INLINE void write_element(PageJob *job, HtmlNodeId element, const HtmlNode *node) {
  bool known = node->space == HTML_NS_HTML && node->tag != HTML_TAG_OTHER;
  const ReactTag *tag = &job->react->tags[node->tag];
  Str name = known ? tag->name : html_element_name(job->tree, element);
  ReactElementId react = known ? tag->element : react_element(job->tree, element);
  if (!react) name = jsx_name_of(job, name);
  jsx_inline_open(&job->jsx, name, tag_origin(job, element, node));
  if (html_element_attr_count(job->tree, element)) page_attrs(job, element, react);
}

void page_element(PageJob *job, HtmlNodeId element) {
  write_element(job, element, html_node(job->tree, element));
}

static void fill_verbatim(PageJob *job, HtmlNodeId element) {
  HtmlTag tag = (HtmlTag)html_node(job->tree, element)->tag;
  bool inert = tag == HTML_TAG_NOSCRIPT || tag == HTML_TAG_TEMPLATE;
  bool shadow = page_hosts_shadow(job, element);
  bool ran = shadow || tag == HTML_TAG_PRE || tag == HTML_TAG_LISTING || tag == HTML_TAG_SELECT;
  if (ran && page_has_uses_inside(job, element))
    page_lost(job, element,
              "the integrations inside this element do not run: React can take its content only as text");
  Str html = page_inner_html(job, element);
  if (html.len && (inert || shadow)) jsx_attr(&job->jsx, STR("suppressHydrationWarning"), 0);
  page_set_inner_html(job, html);
}

// Of the first text in `root` that is not all white space, from there on.
static TsxOrigin text_origin(const PageJob *job, HtmlNodeId root) {
  uint32_t at;
  for (HtmlNodeId node = root; node; node = html_next_in(job->tree, root, node))
    if (html_node(job->tree, node)->kind == HTML_TEXT && html_text_start(job->tree, node, &at))
      return page_origin(job, at);
  return 0;
}

static void fill_empty(PageJob *job, HtmlNodeId element) {
  if (page_is_html(job, element, HTML_TAG_TEXTAREA)) {
    page_textarea_value(job, element);
  } else if (html_node(job->tree, element)->tag == HTML_TAG_TITLE) {
    page_lost(job, element, "React takes only text in a 'title': the elements in it are dropped");
    jsx_text(&job->jsx, page_text_content(job, element), text_origin(job, element));
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

// An element whose children are written as such; they follow it where React lets it have none.
static void finish_plain(PageJob *job, HtmlNodeId element) {
  if (page_is_html(job, element, HTML_TAG_SELECT)) page_select_value(job, element);
  if (!html_node(job->tree, element)->first_child || can_have_children(job, element)) return;
  page_lost(job, element, "React gives this element no content; what is inside follows it");
  jsx_close(&job->jsx);
}

static inline bool has_uses(const PageJob *job, HtmlNodeId element) {
  return job->fact_of && job->fact_of[element];
}

// Writes an element up to its children; answers whether these are to be written.
static bool open_by_rules(PageJob *job, HtmlNodeId element) {
  PageForm form = page_form(job, element);
  if (form == FORM_DROPPED || form == FORM_MOVED) {
    if (form == FORM_DROPPED)
      drop_script(job, element);
    else
      move_to_head(job, element);
    return false;
  }
  if (!can_be_tag(html_element_name(job->tree, element))) {
    page_lost(job, element, "React can not make an element of that name; its content stays without it");
    return true;
  }
  if (has_uses(job, element)) page_wrap_uses(job, element);
  page_element(job, element);
  if (form == FORM_PLAIN)
    finish_plain(job, element);
  else if (form == FORM_VERBATIM)
    fill_verbatim(job, element);
  else
    fill_empty(job, element);
  return form == FORM_PLAIN;
}

// Most elements need no rule.
static inline bool is_plain(const PageJob *job, const HtmlNode *node) {
  PageRule rule = (PageRule)page_rules[node->tag];
  bool plain = rule == RULE_PLAIN || (rule == RULE_PARAGRAPH && !job->quirks);
  return plain && node->space == HTML_NS_HTML && !job->has_shadow;
}

static inline bool open_element(PageJob *job, HtmlNodeId element, const HtmlNode *node) {
  if (!is_plain(job, node)) return open_by_rules(job, element);
  if (has_uses(job, element)) page_wrap_uses(job, element);
  write_element(job, element, node);
  return true;
}

// React refuses white space directly in these.
static const bool refuses_blanks[HTML_TAG_COUNT] = {
    [HTML_TAG_TABLE] = true, [HTML_TAG_THEAD] = true, [HTML_TAG_TBODY] = true,
    [HTML_TAG_TFOOT] = true, [HTML_TAG_TR] = true,    [HTML_TAG_COLGROUP] = true,
    [HTML_TAG_HTML] = true,  [HTML_TAG_HEAD] = true,  [HTML_TAG_FRAMESET] = true,
};

// Copies a reference to a character that can stand in that place as it is, and moves over it; NULL: it is
// none.
JSX_INLINE char *copy_reference(char *to, Str *rest, TsxPlace place) {
  const HtmlShortEntity *entity = html_entity_short(rest->data + 1);
  if (!entity || entity->len >= rest->len) return NULL;
  *rest = str_skip(*rest, entity->len + 1u);
  bool plain = plain_copy(to, (Str){entity->utf8, entity->bytes}, place) == entity->bytes;
  return plain ? to + entity->bytes : NULL;
}

// Decodes a text while it is copied, to a place that is `encoded` until then; NULL where it can not stand
// there.
JSX_INLINE char *copy_decoded(char *to, Str raw, TsxPlace encoded, TsxPlace place) {
  for (;;) {
    size_t plain = plain_copy(to, raw, encoded);
    raw = str_skip(raw, plain);
    to += plain;
    if (!raw.len) return to;
    to = raw.data[0] == '&' ? copy_reference(to, &raw, place) : NULL;
    if (!to) return NULL;
  }
}

static char *copy_decoded_text(char *to, Str raw) {
  char *end = copy_decoded(to, raw, IN_TEXT, IN_TEXT);
  return end && end > to && !plain_starts_comment(str_span(to, end)) ? end : NULL;
}

static char *copy_decoded_template(char *to, Str raw) {
  char *end = copy_decoded(to + 2, raw, IN_ENCODED, IN_TEMPLATE);
  if (!end || end == to + 2) return NULL;
  memcpy(to, "{`", 2);
  memcpy(end, "`}", 2);
  return end + 2;
}

// A text with character references, most of which mean letters, quotes and dashes, or "&".
static bool write_decoded(PageJob *job, Str raw, TsxOrigin origin) {
  JsxWriter *jsx = &job->jsx;
  if (jsx_is_behind_text(jsx)) return false;
  char *to = jsx_room(jsx, raw.len + raw.len / 4 + 16) + jsx->in_tag, *start = to;
  char *end = copy_decoded_text(to, raw);
  if (!end) end = copy_decoded_template(to, raw), start = to + 2;
  if (!end) return false;
  jsx_begin_text(jsx, 0, STR_NONE, origin);
  jsx_mark_at(jsx, origin, start + jsx_count_blanks(str_span(start, end)));
  jsx_end_at(jsx, end);
  jsx->last_end = jsx->out->len;
  return true;
}

static inline bool refuses(const HtmlNode *above) {
  return refuses_blanks[above->tag] && above->kind == HTML_ELEMENT && above->space == HTML_NS_HTML;
}

// Where a text begins that is not all white space, as written.
static TsxOrigin text_begin(const PageJob *job, HtmlNodeId text, bool whole, Str raw) {
  uint32_t at;
  if (!whole) return html_text_start(job->tree, text, &at) ? page_origin(job, at) : 0;
  size_t blanks = jsx_count_blanks(raw);
  return blanks < raw.len ? page_origin(job, (uint32_t)(raw.data + blanks - html_tree_text(job->tree).data))
                          : 0;
}

static inline void write_text(PageJob *job, HtmlNodeId text, const HtmlNode *above) {
  Str data;
  uint8_t flags;
  bool whole = html_text_raw(job->tree, text, &data, &flags), refused = refuses(above);
  TsxOrigin origin = job->jsx.marks ? text_begin(job, text, whole, data) : 0;
  if (whole && !refused && flags == HTML_HAS_REFERENCE && write_decoded(job, data, origin)) return;
  if (!whole || flags) data = html_text(job->tree, text, job->arena);
  if (data.len && !(refused && page_is_blank(data))) jsx_inline_text(&job->jsx, data, origin);
}

JSX_INLINE void close_to(PageJob *job, size_t level) {
  while (job->jsx.open.len > level) jsx_inline_close(&job->jsx);
}

void page_children(PageJob *job, HtmlNodeId root) {
  VEC(size_t) levels = {0};  // of the elements that the walk is in: how many tags were open before
  const HtmlNode *nodes = html_tables(job->tree)->nodes.data;
  HtmlNodeId at = nodes[root].first_child;
  while (at) {
    const HtmlNode *node = &nodes[at];
    if (node->kind == HTML_TEXT) {
      write_text(job, at, &nodes[node->parent]);
    } else if (node->kind == HTML_ELEMENT) {
      size_t level = job->jsx.open.len;
      if (open_element(job, at, node) && node->first_child) {
        vec_push(job->arena, &levels, level);
        at = node->first_child;
        continue;
      }
      close_to(job, level);
    }
    while (!node->next) {
      at = node->parent;
      if (at == root) return;
      node = &nodes[at];
      close_to(job, levels.data[--levels.len]);
    }
    at = node->next;
  }
}
