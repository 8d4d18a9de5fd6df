/* Integrations that a page's elements probably want: the `suggest` clauses of the project file, run on a page
 * while its tree is alive. */
#ifndef FXC_IR_SUGGEST_H
#define FXC_IR_SUGGEST_H

#include "html/xpath.h"
#include "ir/facts.h"

/// "suggest NAME when xpath …"; the pattern has been checked.
typedef struct SuggestRule {
  Str name, xpath;
  Span span;  // of the name
  Span xpath_span;
} SuggestRule;

typedef struct Suggest {
  const SuggestRule *rules;
  size_t count;
} Suggest;

/// One thread's part: its engine, and which rules have found something so far.
typedef struct SuggestWorker {
  XpathEngine *engine;  // NULL until the first page
  bool *matched;        // by rule
} SuggestWorker;

/// Runs every rule on the page. FX1203 at the tag name of each element found where neither it nor an element
/// around it uses the integration; FX8006 or FX1202 at a rule that cannot be run to its end. `facts` are the
/// page's, from this tree. The worker's part is made at the first call, `matched` on `keep`.
void suggest_page(const Suggest *suggest, SuggestWorker *worker, const PageFacts *facts,
                  const struct HtmlTree *tree, const struct HtmlInput *input, Arena *scratch, Arena *keep,
                  struct DiagBag *diags);

#endif
