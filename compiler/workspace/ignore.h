/* Suppressions: comments that silence a warning at the next element, key or declaration.
 *
 *   <!-- fxc-ignore FX1301: analytics is injected by the CMS -->     HTML: the next element and what is in it
 *   # fxc-ignore FX2014, FX2018: internal tool                       YAML: the next key and its value
 *   // fxc-ignore FX2014: internal tool                              .fx: the next declaration or clause
 *
 * They are read beside the files and applied when a run settles, before anything is made of its warnings.
 * Errors are never silenced. A comment that is no good, or that silences nothing, is FX2017. */
#ifndef FXC_WORKSPACE_IGNORE_H
#define FXC_WORKSPACE_IGNORE_H

#include "diag/ignores.h"
#include "html/encoding.h"
#include "html/tree.h"

/// Whether there is anything to read in a text. Nothing else costs anything then.
bool ignore_any(Str text);

/// Adds the suppressions of a page, whose tree is whole; what is wrong with them is reported. `bag` and
/// `ignores` lie on `arena`.
void ignore_read_page(Arena *arena, SourceId source, const HtmlTree *tree, const HtmlInput *input,
                      DiagBag *bag, Ignores *ignores);

/// Adds those of a file in YAML or .fx; nothing in others, or where the file cannot be read.
void ignore_read_file(Arena *arena, SourceId source, Str path, Str bytes, bool ours, DiagBag *bag,
                      Ignores *ignores);

/// Takes the silenced warnings out of the bag and notes which suppressions were used.
void ignore_apply(const Ignores *ignores, DiagBag *bag);

/// What a run has looked for: a warning that could not have come up proves nothing.
typedef struct IgnoreRun {
  bool pages;       // the project has some (FX2012)
  bool production;  // FX2014
  bool html;        // FX1001
  bool errors;      // a fault keeps others from being seen
} IgnoreRun;

/// FX2017 for those that silenced nothing.
void ignore_report_unused(const Ignores *ignores, const IgnoreRun *run, DiagBag *bag);

/* For the readers of each notation */

/// A comment: `inner` between its marks, all offsets in a text that `input` leads back to the file (NULL: it
/// is the file).
typedef struct IgnoreComment {
  Str text;
  uint32_t start, end, inner, inner_end;
  Span scope;
  SourceId source;
  const HtmlInput *input;
  bool ours;
} IgnoreComment;

/// Takes what the comment says, if it is a suppression at all.
void ignore_take(Arena *arena, const IgnoreComment *comment, DiagBag *bag, Ignores *ignores);

#endif
