/* What a page says about integrations, found while its tree was alive: names, values, places; strings on
 * the page's own arena, so that pages are read in parallel. ir/lower_page.c turns facts into rows. */
#ifndef FXC_IR_FACTS_H
#define FXC_IR_FACTS_H

#include <stdbool.h>

#include "base/vec.h"
#include "source/lines.h"
#include "source/source.h"

struct DiagBag;
struct HtmlTree;
struct HtmlInput;

/// A piece of an attribute value with its place in the file.
typedef struct FactText {
  Str text;  // decoded; data NULL: not given
  Span span;
  const Span *items;  // of a list whose bytes are not those of the text: where its items stand; on the page's
                      // arena only, else NULL
} FactText;

typedef struct FactAttr {
  Str name;  // "data-integration-country"
  FactText value;
  Span span, name_span;
} FactAttr;

/// The attributes `data-integration-NAME` that the language defines for every use; all others set props.
enum { FACTS_BUILT_IN_COUNT = 6 };
extern const char *const facts_built_in[FACTS_BUILT_IN_COUNT];
/// Whether NAME is one of them.
bool facts_is_built_in(Str name);

typedef struct FactSlot {
  FactText name;
  Str element;  // local name of the element that carries data-slot
} FactSlot;

typedef struct FactDepends {
  FactText name;
  bool on_page;  // an id, name, data-field or data-section of the page, or a use on it
} FactDepends;

/// One element with uses.
typedef struct FactElement {
  Str tag;
  uint32_t node;           // HtmlNodeId, while the page's tree lives
  VEC(FactText) names;     // the uses, in order; spans of the names
  VEC(FactText) ranges;    // beside names: the range of each, data NULL when there is none
  VEC(bool) enhances;      // beside names: it stands in data-enhance
  VEC(LineColumn) places;  // beside names: line and column in the file; facts_locate() fills it
  VEC(FactAttr) attrs;     // every data-integration-*, data-depends-on, data-enhance-level
  VEC(FactSlot) slots;     // of descendants, up to a nested element with uses
  VEC(FactDepends) depends;
  FactText provider, fallback, flag;
  bool required;  // data-integration-required; uses of data-enhance are never required
  bool enhance;   // every use stands in data-enhance
  Span span;      // of the start tag
} FactElement;

typedef struct PageFacts {
  SourceId source;
  Str path, name;  // as in Page
  Str title;
  bool slots_unknown;  // from a discovery map, which does not tell them
  VEC(FactElement) elements;
} PageFacts;

/// What the project file says about discovery.
typedef struct FactsOptions {
  const Str *aliases;  // further attributes that mean data-integration
  size_t alias_count;
} FactsOptions;

/// What a look at the bytes of a page has come to before it ended.
typedef struct FactsSeen {
  size_t from;   // before it nothing makes a use
  bool depends;  // but data-depends-on stands there
} FactsSeen;

/// Finds every element with uses, as querySelectorAll would, each source start tag once: fills
/// facts->elements and facts->title. What is malformed is reported (FX1101, FX1102, FX1104, FX1107, FX1111,
/// FX4003) and left out. `facts` has source, path and name set; everything lies on `arena` or in the tree's
/// text.
void facts_from_html(PageFacts *facts, const struct HtmlTree *tree, const struct HtmlInput *input,
                     const FactsOptions *options, Arena *arena, struct DiagBag *diags);

/// How much of a page's text (with FILE_PADDING behind it) facts can come from: 0 when no element can have a
/// use; else the tree of the text up to any place behind this offset where it is settled gives the same facts
/// (HtmlOptions.settled_from). The length of the text when data-depends-on asks for names from all over it.
/// `seen` is what facts_absent() has seen of the same bytes, or NULL.
size_t facts_reach(Str text, const FactsOptions *options, const FactsSeen *seen);
/// Whether the bytes of a page (with FILE_PADDING behind them), not decoded yet, show that it has no facts
/// and that nothing is to be said of its encoding. One pass over the bytes decides it, whatever encoding they
/// are in.
/// Where it answers false, *seen says what was seen until then; it may be NULL.
bool facts_absent(Arena *arena, Str bytes, const FactsOptions *options, FactsSeen *seen);

/// Fills the places of all names while the bytes of the file are at hand.
void facts_locate(PageFacts *facts, Str bytes, Arena *arena);
/// The same for one of many pages of a file, whose lines are known.
void facts_locate_in(PageFacts *facts, const Lines *lines, Arena *arena);

#endif
