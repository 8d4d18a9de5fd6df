/* A concept page as a React component: pages/PATH.tsx.
 *
 * In: a page's tree and facts, and the frozen interfaces of the integrations. Out: the text of the file.
 * What a page can not take along is reported: scripts (FX1301), handlers (FX1302), unsafe or unrenderable
 * attributes (FX1107), and what HTML or React can not write down (FX1303). */
#ifndef FXC_EMIT_PAGE_H
#define FXC_EMIT_PAGE_H

#include "diag/diag.h"
#include "emit/templates.h"
#include "html/encoding.h"
#include "html/tree.h"
#include "ir/facts.h"
#include "ir/ir.h"
#include "source/utf16.h"

/// Where a page's source map goes.
typedef struct PageMap {
  Str source;               // the concept as seen from the folder of the map: "../../concept/checkout.html"
  const HtmlInput *text;    // of that file, where it is not the page's own (a view); else NULL
  const Utf16Index *index;  // of that text
  Buf *out;
} PageMap;

/// Appends the page's TSX, in its shell, to `out`, and its map, which the last line then names, where one is
/// wanted (else NULL). `ir` and `templates` (NULL: the built-in ones) are only read; everything temporary
/// lies on `arena`. False only when nothing could be emitted.
bool emit_page(const Ir *ir, const Templates *templates, const PageFacts *facts, const HtmlTree *tree,
               const HtmlInput *input, DiagBag *diags, Arena *arena, const PageMap *map, Buf *out);

#endif
