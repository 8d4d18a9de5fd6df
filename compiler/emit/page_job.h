/* What the files of page emission share: the job of one page. Internal to emit/page*.c. */
#ifndef FXC_EMIT_PAGE_JOB_H
#define FXC_EMIT_PAGE_JOB_H

#include "base/map.h"
#include "emit/jsx_writer.h"
#include "emit/page.h"
#include "emit/react.h"
#include "emit/tsx.h"

/// An element that JSX does not type, and the constant that names it.
typedef struct PageTag {
  Str name, local;
} PageTag;

typedef struct PageJob {
  const Ir *ir;
  const PageFacts *facts;
  const HtmlTree *tree;
  const HtmlInput *input;
  DiagBag *diags;
  Arena *arena;
  Buf *scratch;  // the output, used as a stack of text before anything is printed
  const ReactTables *react;
  JsxWriter jsx;  // of the markup that is being written, at the end of that
  TsxModule module;
  Str integrations;       // the way to their folder: "../integrations/"
  uint32_t *fact_of;      // by node: index into facts->elements + 1; NULL when the page has no uses
  bool *uses_inside;      // by node: a use stands below it; NULL when the page has no uses
  VEC(HtmlNodeId) moved;  // title, meta and link of the body that go to the head
  bool mapped;            // marks are wanted, for a source map
  bool quirks;            // a table does not end a paragraph
  bool has_shadow;        // the page has declarative shadow roots
  bool has_title;         // some <title> is in the head already
  VEC(PageTag) tags;
  StrMap tag_of;  // by name: index into tags + 1
} PageJob;

/// The span in the file of a stretch of the page's text.
static inline Span page_span(const PageJob *job, uint32_t start, uint32_t end) {
  const HtmlInput *input = job->input;
  if (!input->offsets) return (Span){job->facts->source, start + input->bom, end + input->bom};
  return (Span){job->facts->source, html_file_offset(input, start), html_file_end(input, start, end)};
}

/// The name in an element's start tag, or what is nearest to it.
Span page_tag_span(const PageJob *job, HtmlNodeId element);
/// FX1303 at an element.
void page_lost(PageJob *job, HtmlNodeId element, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/// What is to become of an attribute.
typedef enum PageAttrFate {
  PAGE_KEEP,
  PAGE_HANDLER,     // FX1302
  PAGE_SCRIPT_URL,  // FX1107
} PageAttrFate;
/// Whether the attribute is safe to keep; `name` is the lower-case name with its prefix.
PageAttrFate page_attr_fate(const PageJob *job, HtmlNodeId element, Str name, Str value);
/// Reports an attribute that is dropped for its fate.
void page_report_fate(PageJob *job, const HtmlAttribute *attr, PageAttrFate fate);
/// FX1107 as a warning: React can not render the attribute.
void page_drop_attr(PageJob *job, const HtmlAttribute *attr, const char *why);
/// The name in lower case with its prefix, as written: "xlink:href".
Str page_attr_name(PageJob *job, HtmlNodeId element, uint32_t index);

/// How an element goes out.
typedef enum PageForm {
  FORM_PLAIN,
  FORM_DROPPED,   // a script: nothing
  FORM_VERBATIM,  // its content as a string
  FORM_EMPTY,     // without its content
  FORM_MOVED,     // to the head
} PageForm;
/// What decides about the form of an HTML element, by its tag.
typedef enum PageRule {
  RULE_PLAIN,  // nothing: its name is one of HTML's, and it may have content
  RULE_NAME,   // whether React can make it, and give it content
  RULE_DROP,
  RULE_VERBATIM,
  RULE_EMPTY,
  RULE_PARAGRAPH,
  RULE_PREFORMATTED,
  RULE_TABLE_PART,
  RULE_SELECT,
  RULE_FRAMESET,
  RULE_OF_HEAD,
} PageRule;
extern const uint8_t page_rules[HTML_TAG_COUNT];
/// Which form it is; says what React will say on the console about it.
PageForm page_form(PageJob *job, HtmlNodeId element);
/// Whether a template among its children is its shadow root.
bool page_hosts_shadow(const PageJob *job, HtmlNodeId element);

/// An element whose attributes are being written.
typedef struct PageAttrs {
  PageJob *page;
  HtmlNodeId element;
  TsxNode *untyped;      // the object of attributes({…}), or NULL
  ReactElementId react;  // 0: JSX does not type the element
  bool custom;           // a custom element: nothing is looked up
  bool simple;           // an element of HTML that JSX types, and not custom
} PageAttrs;
/// Writes an attribute of it by React's rules, or adds it to the untyped ones.
void page_attr_by_rules(PageAttrs *attrs, uint32_t index);
/// Writes the attributes of an element into its tag.
void page_attrs(PageJob *job, HtmlNodeId element, ReactElementId react);

/// Opens an element, with its attributes.
void page_element(PageJob *job, HtmlNodeId element);
/// Writes the children of `root`. Depth costs no stack.
void page_children(PageJob *job, HtmlNodeId root);

/// The inner HTML of a node with the drops of a page, on the arena. FX1301, FX1302 and FX1107 are reported.
Str page_inner_html(PageJob *job, HtmlNodeId root);
/// The same of the element itself.
Str page_outer_html(PageJob *job, HtmlNodeId element);
/// Writes dangerouslySetInnerHTML into the tag.
void page_set_inner_html(PageJob *job, Str html);

/// Whether React can not be told what is selected, so that the <select> must go out as text.
bool page_select_is_verbatim(PageJob *job, HtmlNodeId select);
/// Writes defaultValue of a <select> or <textarea> into its tag.
void page_select_value(PageJob *job, HtmlNodeId select);
void page_textarea_value(PageJob *job, HtmlNodeId textarea);

/// Opens the components of the element's uses, the first outermost.
void page_wrap_uses(PageJob *job, HtmlNodeId element);

/// Whether the text is white space only, or has none but single spaces inside.
bool page_is_blank(Str text);
/// Stripped, with runs of white space as one space.
Str page_collapse(Arena *arena, Str text);
/// The joined text of all descendants, decoded.
Str page_text_content(PageJob *job, HtmlNodeId root);

static inline bool page_has_uses_inside(const PageJob *job, HtmlNodeId element) {
  return job->uses_inside && job->uses_inside[element];
}

static inline bool page_is_html(const PageJob *job, HtmlNodeId node, HtmlTag tag) {
  const HtmlNode *n = html_node(job->tree, node);
  return n->kind == HTML_ELEMENT && n->space == HTML_NS_HTML && n->tag == tag;
}

/// Writes an attribute into the tag that was opened last: an expression, or, with NULL, the bare name.
static inline void page_attr(PageJob *job, Str name, TsxNode *value, Span span) {
  TsxNode attr = {.kind = TSX_ATTR, .text = name, .span = span, .first = value};
  jsx_attr_node(&job->jsx, &attr);
}

/// The place in the file of an offset in the page's text, where somebody asks for marks: most do not.
static inline TsxOrigin page_origin(const PageJob *job, uint32_t at) {
  if (!job->jsx.marks) return 0;
  uint32_t start = job->input->offsets ? html_file_offset(job->input, at) : at + job->input->bom;
  return (TsxOrigin)job->facts->source << 32 | start;
}

#endif
