/* Tree construction of the HTML standard (WHATWG HTML, section 13.2.6), scripting disabled.
 *
 * In: text as html/token.h wants it. Out: a document tree on the arena, in skeleton nodes of a few
 * words that point back into the text; names, attributes and text are decoded on demand. The text
 * must outlive the tree.
 *
 * Every element knows the start tag that made it (byte offsets), or that it was implied. A start tag
 * may make several elements (clones by the adoption agency, reconstructed formatting elements):
 * the first has HTML_NODE_CLONE clear, the others set. */
#ifndef FXC_HTML_TREE_H
#define FXC_HTML_TREE_H

#include "html/token.h"

/// A node of a tree; 0 is none, 1 the document.
typedef uint32_t HtmlNodeId;
enum { HTML_NO_NODE = 0, HTML_DOCUMENT_NODE = 1 };

typedef enum HtmlNodeKind {
  HTML_DOCUMENT,
  HTML_DOCTYPE,
  HTML_ELEMENT,
  HTML_TEXT,
  HTML_COMMENT,
  HTML_PI,
  HTML_CONTENT,  // a template's content: a document fragment, its only child
} HtmlNodeKind;

typedef enum HtmlNamespace { HTML_NS_HTML, HTML_NS_SVG, HTML_NS_MATHML } HtmlNamespace;

enum {
  HTML_NODE_IMPLIED = 1 << 0,  // an element without a start tag of its own
  HTML_NODE_CLONE = 1 << 1,    // made again from a start tag that made another element before
  HTML_NODE_MOVED = 1 << 2,    // foster-parented, or moved by the adoption agency
  // Only the tree builder reads the following ones; they say nothing after parsing.
  HTML_NODE_OPEN = 1 << 6,    // on the stack of open elements
  HTML_NODE_LISTED = 1 << 7,  // in the list of active formatting elements
};

typedef struct HtmlNode {
  HtmlNodeId parent, first_child, last_child, previous, next;
  uint16_t tag;   // HtmlTag, of elements
  uint8_t kind;   // HtmlNodeKind
  uint8_t space;  // HtmlNamespace, of elements
  uint32_t data;  // index into the tree's tables, by kind
  uint8_t flags;
} HtmlNode;

/// A decoded attribute, as the DOM has it.
typedef struct HtmlAttribute {
  Str prefix;  // "xlink", "xml", "xmlns" in foreign elements, else empty
  Str name;    // local name; lower case, adjusted in SVG and MathML (viewBox)
  Str value;   // decoded
  Str raw;     // the value as written
  uint32_t name_start, name_end, value_start, value_end;  // in the text
} HtmlAttribute;

typedef struct HtmlTree HtmlTree;

/// A start tag that made at least one element. Clones share it.
typedef struct HtmlStart {
  uint32_t start, end;  // "<" to ">"
  uint32_t name_end;    // the name begins at start + 1
  uint32_t attrs, attr_count;
  uint8_t name_flags;
} HtmlStart;

/// A stretch of text. A text node owns a chain of them, and the first one knows the last one.
typedef struct HtmlStretch {
  uint32_t start, end;
  uint32_t next, last;
  uint8_t flags;  // HTML_HAS_…
} HtmlStretch;

/// How a tree begins, for the readers below that are too small to be called.
typedef struct HtmlTables {
  VEC(HtmlNode) nodes;
  VEC(HtmlStart) starts;  // 0: no start tag
  VEC(HtmlAttr) attrs;
  VEC(HtmlStretch) texts;
  Str text;
} HtmlTables;

static inline const HtmlTables *html_tables(const HtmlTree *tree) { return (const HtmlTables *)tree; }

typedef struct HtmlOptions {
  bool scripting;        // false but for the conformance suite
  Str fragment_context;  // "td", "svg path", "math mi": parse a fragment with this context element
  HtmlErrors *errors;    // NULL: not wanted
  size_t max_nodes;      // 0: the default bound, twice the bytes of the text + 65,536
  // Not 0: only elements and their attributes are wanted. Text makes no nodes, and from this offset on
  // parsing may end as soon as nothing that follows can move, remove or give attributes to an element that is
  // there: the elements of the text up to some later place come out then.
  size_t settled_from;
  // For tests: without the instructions that only some processors have; without any short cut.
  bool narrow, strict;
  // Called with every token before it is used, for dumps; NULL: nobody looks.
  void (*seen)(void *context, const HtmlToken *token);
  void *seen_context;
} HtmlOptions;

/// Parses the whole text. Never fails on bad input; see html_tree_limit_hit().
HtmlTree *html_parse(Arena *arena, Str text, const HtmlOptions *options);

/// Whether parsing stopped at the bound on nodes (the adoption agency can ask for a quadratic
/// number of clones: 59 KB for 16 million elements) or on work (64 steps a byte + 64 million, in
/// the few places where the standard walks the stack of open elements). *at is where in the text.
bool html_tree_limit_hit(const HtmlTree *tree, uint32_t *at);

/// A node, how many there are (1 to count - 1 are handles), and the text that was parsed.
static inline const HtmlNode *html_node(const HtmlTree *tree, HtmlNodeId id) {
  return &html_tables(tree)->nodes.data[id];
}
static inline size_t html_node_count(const HtmlTree *tree) { return html_tables(tree)->nodes.len; }
static inline Str html_tree_text(const HtmlTree *tree) { return html_tables(tree)->text; }

typedef enum HtmlQuirks { HTML_NO_QUIRKS, HTML_LIMITED_QUIRKS, HTML_QUIRKS } HtmlQuirks;
/// What the doctype, or its absence, says.
HtmlQuirks html_tree_quirks(const HtmlTree *tree);

/// Whether the elements that are no clones have ids in document order, and all of them are in the tree.
/// Almost always so: only what moves or removes nodes (foster parenting, the adoption agency) makes it
/// untrue.
bool html_tree_in_order(const HtmlTree *tree);

/// The element's local name as the DOM has it ("div", "foreignObject").
Str html_element_name(const HtmlTree *tree, HtmlNodeId element);
/// Where the element's start tag lies in the text; false when it was implied.
bool html_element_start_tag(const HtmlTree *tree, HtmlNodeId element, uint32_t *start, uint32_t *end);
/// How many attributes; their raw form without decoding anything.
static inline const HtmlStart *html_element_start(const HtmlTree *tree, HtmlNodeId element) {
  return &html_tables(tree)->starts.data[html_node(tree, element)->data];
}
static inline uint32_t html_element_attr_count(const HtmlTree *tree, HtmlNodeId element) {
  return html_element_start(tree, element)->attr_count;
}
static inline const HtmlAttr *html_element_attr_raw(const HtmlTree *tree, HtmlNodeId element,
                                                    uint32_t index) {
  return &html_tables(tree)->attrs.data[html_element_start(tree, element)->attrs + index];
}
/// The decoded attribute; strings on the arena or views of the text.
HtmlAttribute html_element_attr(const HtmlTree *tree, HtmlNodeId element, uint32_t index, Arena *arena);
/// Looks an attribute up by its local name (no namespace). False when it is missing.
bool html_element_find_attr(const HtmlTree *tree, HtmlNodeId element, Str name, Arena *arena,
                            HtmlAttribute *found);
/// The content fragment of an HTML template element, else HTML_NO_NODE.
HtmlNodeId html_template_content(const HtmlTree *tree, HtmlNodeId element);
/// "open" or "closed" for the content of a template with a declarative shadow root, else 0.
Str html_shadow_mode(const HtmlTree *tree, HtmlNodeId element);

/// False when no template has such content: html_shadow_mode() need not be asked.
bool html_tree_may_have_shadow(const HtmlTree *tree);

/// The decoded data of a text, comment or processing instruction (adjacent text is one node, even
/// when it came from several stretches of the source).
Str html_text(const HtmlTree *tree, HtmlNodeId node, Arena *arena);
/// The text as it stands in the source, and in *flags (HTML_HAS_…) what decoding it would have to do; false
/// where it came from several stretches.
static inline bool html_text_raw(const HtmlTree *tree, HtmlNodeId text, Str *raw, uint8_t *flags) {
  const HtmlStretch *head = &html_tables(tree)->texts.data[html_node(tree, text)->data];
  const char *start = html_tables(tree)->text.data;
  *raw = str_span(start + head->start, start + head->end);
  *flags = head->flags & (HTML_HAS_REFERENCE | HTML_HAS_CR | HTML_HAS_NUL);
  return !head->next;
}
/// Where a text node's first stretch, a comment, a PI or a doctype starts and ends in the text.
void html_node_span(const HtmlTree *tree, HtmlNodeId node, uint32_t *start, uint32_t *end);
/// Where the first character of a text node stands that is no white space as written; false when all is.
bool html_text_start(const HtmlTree *tree, HtmlNodeId text, uint32_t *at);
/// The target of a processing instruction; a doctype's name.
Str html_node_name(const HtmlTree *tree, HtmlNodeId node, Arena *arena);
/// A doctype's identifiers; false when neither was given.
bool html_doctype_ids(const HtmlTree *tree, HtmlNodeId node, Arena *arena, Str *public_id, Str *system_id);

/// The node behind `node` in document order (children first; a template's content is its child),
/// not leaving `root`; HTML_NO_NODE at the end. Needs no stack: depth costs nothing.
HtmlNodeId html_next_in(const HtmlTree *tree, HtmlNodeId root, HtmlNodeId node);
/// The same, but passing over what is inside `node`.
HtmlNodeId html_skip_in(const HtmlTree *tree, HtmlNodeId root, HtmlNodeId node);

/// False when the standard's serialization of the tree (html/serialize.h), parsed again, gives another
/// tree; *offender is then the first node that reads back differently. The decision is exact; it is
/// made without parsing again when construction met nothing that could cause a difference.
bool html_tree_survives_writing(const HtmlTree *tree, HtmlNodeId *offender);

#endif
