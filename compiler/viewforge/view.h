/* Views: where concept pages come from. A file of views becomes one or more pages, each as concept HTML with
 * a table of where its text came from, so that everything behind (tree, facts, checks, components) works as
 * for a page that was written by hand, and every place lies in the view. */
#ifndef FXC_VIEWFORGE_VIEW_H
#define FXC_VIEWFORGE_VIEW_H

#include "diag/diag.h"
#include "html/encoding.h"

/// One page of a view's file.
typedef struct ViewPage {
  Str id;      // its own name; empty: it is named like its file
  bool below;  // the name stands below the file's: "shop/cart" for the story `cart` of shop.json
  Span span;   // where the name is said, else the start of the view
  Str text;    // concept HTML, with FILE_PADDING behind it; on the arena
  const HtmlOffset *offsets;
  size_t offset_count;
} ViewPage;

typedef VEC(ViewPage) ViewPages;

/// The page as the tokenizer reads it; html_file_offset() then gives places in the view's file.
HtmlInput view_input(const ViewPage *page);

/// Reads a ViewForge configuration (JSON, as file_read() gives it) of any shape. What is assumed or left out
/// is FX1401, what cannot become a page FX1402; fields that look as if they wanted an integration are
/// FX1203. `stem` names what has no name of its own. False when there is no page in it.
bool viewforge_read(Arena *arena, SourceId source, Str stem, Str bytes, DiagBag *diags, ViewPages *pages);

/// Reads the views of an .fx file; what syntax errors say is FX2004. `others` says whether the file has
/// declarations that are no views. False when there is no page in it.
bool viewfx_read(Arena *arena, SourceId source, Str bytes, DiagBag *diags, ViewPages *pages, bool *others);

/// Fixes and helps of what is found out about a page's markup are HTML: fixes that a view cannot take as they
/// are are mended (an attribute's name is the view's key) or taken away, helps say it in the view's notation.
/// `bytes` is the view's file.
void view_mend(const DiagBag *diags, Diag *diag, Str bytes, bool fx);

#endif
