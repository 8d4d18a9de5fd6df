/* A Content-Security-Policy a page: what its markup and its integrations need, and nothing else (CSP Level
 * 3). */
#ifndef FXC_EMIT_CSP_H
#define FXC_EMIT_CSP_H

#include "emit/reports.h"
#include "html/tree.h"
#include "ir/ir.h"

/// The directives that get sources, in the order in which a policy has them.
typedef enum CspDirective {
  CSP_SCRIPT,
  CSP_STYLE,
  CSP_IMG,
  CSP_FONT,
  CSP_CONNECT,
  CSP_MEDIA,
  CSP_FRAME,
  CSP_WORKER,
  CSP_MANIFEST,
  CSP_FORM,
  CSP_OBJECT,
  CSP_BASE,
  CSP_DIRECTIVES
} CspDirective;

typedef struct CspSource {
  CspDirective directive;
  Str source;  // "https://api.example.com", "data:"
} CspSource;

/// What a page or an integration needs beside 'self'.
typedef struct CspNeeds {
  VEC(CspSource) sources;
  bool inline_style;  // a style attribute or element
  bool plugins;       // an object or embed element
  bool undeclared;    // of an integration: an adapter of which nobody says where it goes
} CspNeeds;

/// What the emitted markup of a page needs; on the arena, each source once.
CspNeeds csp_of_markup(const HtmlTree *tree, Arena *arena);
/// What the releases of an integration need that can become live (its rows of LiveRelease): origins of the
/// requests that browsers make, in the phase that is built, and what `origins` say.
CspNeeds csp_of_integration(const Ir *ir, IntegrationId id, IrRange live, Arena *arena);

/// Called when the text has become long: takes what is there and empties it.
typedef void CspFlush(void *context, Buf *text);

/// content-security-policy.json. `markup` has what each page needs by itself, in the order of the IR's pages.
/// The text grows with the pages, so that it is handed to `flush` (may be NULL) from time to time; its end
/// stays in `out`.
void emit_content_security_policy(const Ir *ir, const CspNeeds *markup, Arena *arena, Buf *out,
                                  CspFlush *flush, void *context);

#endif
