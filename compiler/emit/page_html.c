/* Inner HTML of a page's parts, for what React must take as text: the head, <style>, <template>, … (WHATWG
 * HTML, 13.3, with a page's drops applied). In: a node. Out: HTML on the arena. Surprising: the text is made
 * at the end of the output buffer, behind the markup that may be there, and cut off again. */
#include "emit/page_job.h"

static void put_escaped(Buf *out, Str text, bool in_attribute) {
  size_t plain = 0;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    Str escape = STR_NONE;
    size_t length = 1;
    if (c == '&')
      escape = STR("&amp;");
    else if (c == '<')
      escape = STR("&lt;");
    else if (c == '>')
      escape = STR("&gt;");
    else if (c == '"' && in_attribute)
      escape = STR("&quot;");
    else if (c == 0xC2 && i + 1 < text.len && (unsigned char)text.data[i + 1] == 0xA0)
      escape = STR("&nbsp;"), length = 2;
    if (!escape.len) continue;
    buf_put(out, str_take(str_skip(text, plain), i - plain));
    buf_put(out, escape);
    i += length - 1;
    plain = i + 1;
  }
  buf_put(out, str_skip(text, plain));
}

static bool is_raw_parent(const HtmlNode *parent) {
  if (parent->kind != HTML_ELEMENT || parent->space != HTML_NS_HTML) return false;
  switch ((HtmlTag)parent->tag) {
    case HTML_TAG_STYLE:
    case HTML_TAG_XMP:
    case HTML_TAG_IFRAME:
    case HTML_TAG_NOEMBED:
    case HTML_TAG_NOFRAMES:
    case HTML_TAG_PLAINTEXT:
      return true;
    default:
      return false;
  }
}

static bool is_void(const HtmlNode *node) {
  if (node->space != HTML_NS_HTML) return false;
  switch ((HtmlTag)node->tag) {
    case HTML_TAG_AREA:
    case HTML_TAG_BASE:
    case HTML_TAG_BASEFONT:
    case HTML_TAG_BGSOUND:
    case HTML_TAG_BR:
    case HTML_TAG_COL:
    case HTML_TAG_EMBED:
    case HTML_TAG_FRAME:
    case HTML_TAG_HR:
    case HTML_TAG_IMG:
    case HTML_TAG_INPUT:
    case HTML_TAG_KEYGEN:
    case HTML_TAG_LINK:
    case HTML_TAG_META:
    case HTML_TAG_PARAM:
    case HTML_TAG_SOURCE:
    case HTML_TAG_TRACK:
    case HTML_TAG_WBR:
      return true;
    default:
      return false;
  }
}

static void put_attr(PageJob *job, HtmlNodeId element, uint32_t index) {
  Buf *out = job->scratch;
  HtmlAttribute attr = html_element_attr(job->tree, element, index, job->arena);
  bool foreign = html_node(job->tree, element)->space != HTML_NS_HTML;
  Str name = foreign ? page_attr_name(job, element, index) : attr.name;
  PageAttrFate fate = page_attr_fate(job, element, name, attr.value);
  if (fate != PAGE_KEEP) {
    page_report_fate(job, &attr, fate);
    return;
  }
  buf_char(out, ' ');
  if (attr.prefix.len && !str_eq(attr.prefix, attr.name)) {
    buf_put(out, attr.prefix);
    buf_char(out, ':');
  }
  buf_put(out, attr.name);
  buf_put(out, STR("=\""));
  put_escaped(out, attr.value, true);
  buf_char(out, '"');
}

// "pre", "textarea" and "listing" lose a line break that comes first when they are read.
static bool needs_line_break(PageJob *job, HtmlNodeId element) {
  const HtmlNode *node = html_node(job->tree, element);
  if (node->space != HTML_NS_HTML || !node->first_child) return false;
  if (node->tag != HTML_TAG_PRE && node->tag != HTML_TAG_TEXTAREA && node->tag != HTML_TAG_LISTING)
    return false;
  if (html_node(job->tree, node->first_child)->kind != HTML_TEXT) return false;
  Str text = html_text(job->tree, node->first_child, job->arena);
  return text.len && text.data[0] == '\n';
}

static bool is_script(const PageJob *job, HtmlNodeId node) {
  const HtmlNode *n = html_node(job->tree, node);
  return n->kind == HTML_ELEMENT && n->tag == HTML_TAG_SCRIPT;
}

static void report_script(PageJob *job, HtmlNodeId script) {
  Diag *diag = diag_add(job->diags, FX1301, page_tag_span(job, script), "the script is dropped");
  diag_help(diag, "behaviour belongs into an integration or into the application around the page");
}

static void put_open(PageJob *job, HtmlNodeId element) {
  Buf *out = job->scratch;
  buf_char(out, '<');
  buf_put(out, html_element_name(job->tree, element));
  uint32_t count = html_element_attr_count(job->tree, element);
  for (uint32_t i = 0; i < count; i++) put_attr(job, element, i);
  buf_char(out, '>');
  if (needs_line_break(job, element)) buf_char(out, '\n');
}

static void put_close(PageJob *job, HtmlNodeId element) {
  const HtmlNode *node = html_node(job->tree, element);
  if (node->kind != HTML_ELEMENT || is_void(node)) return;
  buf_put(job->scratch, STR("</"));
  buf_put(job->scratch, html_element_name(job->tree, element));
  buf_char(job->scratch, '>');
}

static void put_text(PageJob *job, HtmlNodeId node) {
  Str text = html_text(job->tree, node, job->arena);
  if (is_raw_parent(html_node(job->tree, html_node(job->tree, node)->parent)))
    buf_put(job->scratch, text);
  else
    put_escaped(job->scratch, text, false);
}

// Writes the front of a node; answers whether its children follow.
static bool put_front(PageJob *job, HtmlNodeId node) {
  const HtmlNode *n = html_node(job->tree, node);
  switch ((HtmlNodeKind)n->kind) {
    case HTML_TEXT:
      put_text(job, node);
      return false;
    case HTML_ELEMENT:
      if (is_script(job, node)) {
        report_script(job, node);
        return false;
      }
      put_open(job, node);
      return !is_void(n);
    case HTML_CONTENT:
      return true;
    default:
      return false;
  }
}

static void put_back(PageJob *job, HtmlNodeId node) {
  if (!is_script(job, node)) put_close(job, node);
}

static void put_children(PageJob *job, HtmlNodeId root) {
  HtmlNodeId at = html_node(job->tree, root)->first_child;
  while (at) {
    const HtmlNode *node = html_node(job->tree, at);
    if (put_front(job, at) && node->first_child) {
      at = node->first_child;
      continue;
    }
    put_back(job, at);
    while (!html_node(job->tree, at)->next) {
      at = html_node(job->tree, at)->parent;
      if (at == root) return;
      put_back(job, at);
    }
    at = html_node(job->tree, at)->next;
  }
}

static Str take_scratch(PageJob *job, size_t from) {
  Str text = str_copy(job->arena, str_skip(buf_str(job->scratch), from));
  job->scratch->len = from;
  return text;
}

Str page_inner_html(PageJob *job, HtmlNodeId root) {
  size_t from = job->scratch->len;
  put_children(job, root);
  return take_scratch(job, from);
}

Str page_outer_html(PageJob *job, HtmlNodeId element) {
  size_t from = job->scratch->len;
  if (put_front(job, element)) put_children(job, element);
  put_back(job, element);
  return take_scratch(job, from);
}

void page_set_inner_html(PageJob *job, Str html) {
  if (!html.len) return;
  TsxNode *object = tsx_node(job->arena, TSX_OBJECT, STR_NONE, SPAN_NONE);
  TsxNode *text = tsx_node(job->arena, TSX_TEMPLATE, html, SPAN_NONE);
  tsx_add(object, tsx_wrap(job->arena, TSX_PROPERTY, STR("__html"), text));
  page_attr(job, STR("dangerouslySetInnerHTML"), object, SPAN_NONE);
}
