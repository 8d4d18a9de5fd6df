/* XPath 1.0 patterns over pages, on libxml2.
 *
 * A pattern sees one page and nothing else: no variables, no functions beyond the ones of XPath that make
 * sense on HTML, names without prefixes (of SVG and MathML too; attributes may be xlink: and xml:). It is
 * checked once, where it stands, and then run on every page by one engine a thread. Every run is bounded in
 * steps; the length of the texts that it looks at counts as steps too.
 *
 * libxml2 is loaded when the first pattern is met (html/xpath_library.h says why). */
#ifndef FXC_HTML_XPATH_H
#define FXC_HTML_XPATH_H

#include "base/vec.h"
#include "html/tree.h"

/// What is wrong with a pattern, and where in it (bytes; end 0: all of it).
typedef struct XpathFault {
  uint32_t start, end;
  Str message;  // "XPath has no function 'contain'"
  Str near;     // what was probably meant in that place, or empty
  Str help;     // or empty
  bool system;  // libxml2 is not there: no fault of the pattern
} XpathFault;

/// Whether the pattern may be run: syntax, names of axes and functions, numbers of arguments, and that it
/// finds nodes. Else *fault says why; its texts lie on the arena.
bool xpath_check(Arena *arena, Str pattern, XpathFault *fault);

typedef struct XpathEngine XpathEngine;

/// The patterns, all checked and NUL-terminated, compiled for one thread. Freed with xpath_engine_free();
/// NULL may be given.
XpathEngine *xpath_engine_new(const Str *patterns, size_t count);
void xpath_engine_free(XpathEngine *engine);

typedef struct XmlTree XmlTree;

/// The page as libxml2 sees it, on the arena, for as long as the tree lives. Template contents are children
/// of their template, or of the host where the template is a declarative shadow root, which is no element.
XmlTree *xml_tree(const HtmlTree *tree, Arena *arena);

typedef enum XpathOutcome {
  XPATH_DONE,
  XPATH_TOO_LONG,  // the bound on steps was reached
  XPATH_FAILED,    // an operand of the wrong type, met only here
} XpathOutcome;

typedef VEC(HtmlNodeId) XpathMatches;

/// Runs pattern number `index`. Out: the matching elements in document order, each once, added to `matches`
/// on the arena; an attribute or a text stands for its element, and clones are left out.
XpathOutcome xpath_find(XpathEngine *engine, const XmlTree *page, size_t index, Arena *arena,
                        XpathMatches *matches);

#endif
