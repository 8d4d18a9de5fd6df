/* Inside viewforge/: one file of .fx views on its way to pages. */
#ifndef FXC_VIEWFORGE_VIEWFX_H
#define FXC_VIEWFORGE_VIEWFX_H

#include "base/map.h"
#include "fx/tree.h"
#include "viewforge/writer.h"

/// An element that was written: where its tag starts in the text, and the element around it.
typedef struct ViewfxElement {
  FxId id;
  uint32_t text;
  uint32_t parent;  // index of the element around it + 1, 0: none
} ViewfxElement;

typedef struct Viewfx {
  Arena *arena;
  DiagBag *diags;
  const FxTree *tree;
  ViewWriter out;
  VEC(ViewfxElement) elements;
  FxId skip;            // a child that was written elsewhere
  uint32_t open;        // index of the innermost open element + 1
  uint32_t inside_use;  // how many elements with uses are open
  bool failed;
} Viewfx;

/// FX1401 and FX1402.
Diag *viewfx_gap(Viewfx *view, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
Diag *viewfx_error(Viewfx *view, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));

/// What a token means, with the place of each part; and the name of a node (a token).
ViewText viewfx_text(const Viewfx *view, uint32_t token);
ViewText viewfx_name(const Viewfx *view, FxId id);
/// The meaning of a value: of a scalar its text, of a list its items with ',' between them, else JSON.
void viewfx_value(Viewfx *view, FxId value);

/// What HTML knows of an element's name.
typedef enum ViewfxKind {
  VIEWFX_BLOCK,   // may stand on a line of its own, and so may its children
  VIEWFX_LINE,    // may stand on a line of its own; white space counts inside
  VIEWFX_INLINE,  // white space counts around it
  VIEWFX_VOID,    // has no content and no end tag; on a line of its own
  VIEWFX_VOID_INLINE,
  VIEWFX_TEXT,  // its content is text with references
  VIEWFX_RAW,   // its content is text as it is
} ViewfxKind;

/// An attribute in the [brackets] of an element; data NULL when it is not there.
ViewText viewfx_listed(const Viewfx *view, FxId element, Str name);

/// The children of an element, or of a view's block, one after the other: texts and elements. 0 at the end.
typedef struct ViewfxChildren {
  const Viewfx *view;
  FxId part, inside;  // the part of the element, and the place in its block
} ViewfxChildren;
ViewfxChildren viewfx_children(const Viewfx *view, FxId parent);
FxId viewfx_next_child(ViewfxChildren *children);
bool viewfx_is_text(const Viewfx *view, FxId child);
/// The text itself, or the name of the element.
Span viewfx_child_span(const Viewfx *view, FxId child);

/// The start tag's attributes, from everything that the element says about itself.
void viewfx_attributes(Viewfx *view, FxId element);
/// Children of an element or of a view, each on a line of its own where that changes nothing.
void viewfx_content(Viewfx *view, FxId parent, ViewfxKind kind, bool inline_only);
void viewfx_element(Viewfx *view, FxId element, bool inline_only);

/// FX1402 where a browser would build another tree than the view says.
void viewfx_check_tree(Viewfx *view, const ViewPage *page);

#endif
