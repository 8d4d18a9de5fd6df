/* What a page's own attributes may say, checked while facts are gathered. Internal to the facts of HTML. */
#ifndef FXC_IR_FACTS_CHECK_H
#define FXC_IR_FACTS_CHECK_H

#include "diag/diag.h"
#include "html/tree.h"
#include "ir/attr_place.h"
#include "ir/facts.h"

typedef struct FactsJob {
  Arena *arena;
  const HtmlTree *tree;
  const HtmlInput *input;
  SourceId source;
  DiagBag *diags;
} FactsJob;

/// An attribute with its decoded, NUL-terminated value and its places.
typedef struct FactsAttr {
  Str name, value;
  Span span, name_span;  // with the value and quotes; the name alone
  AttrPlace place;       // at the beginning of the value
} FactsAttr;

/// The place in the file of a stretch of the text.
Span facts_span(const FactsJob *job, uint32_t start, uint32_t end);

/// Whether the raw name can be one of "data-integration-…", data-depends-on or data-enhance-level.
bool facts_may_be_ours(const FactsJob *job, const HtmlAttr *attr);

void facts_report_name(FactsJob *job, FactText name);           // FX1101
void facts_report_no_range(FactsJob *job, Span at, Str name);   // FX1101, at a lone '@'
void facts_report_empty(FactsJob *job, const FactsAttr *attr);  // FX1102
/// FX1107: control characters and script URLs. False when the value must not be used.
bool facts_check_safe(FactsJob *job, const FactsAttr *attr, FactText value);
/// FX4003 at the wrong character. `place` is at or before the range, which starts at `start` of the value.
void facts_check_range(FactsJob *job, AttrPlace place, uint32_t start, FactText range);
void facts_check_level(FactsJob *job, FactText value);  // FX1104
/// "true" or "false" in any case, "" as true; else FX1104 and `otherwise`.
bool facts_boolean(FactsJob *job, const FactsAttr *attr, FactText value, bool otherwise);
/// A flag key, or nothing and FX1104.
FactText facts_flag(FactsJob *job, FactText value);
/// data-integration-version: the range of the one use; FX1111 where that is not clear.
void facts_set_version(FactsJob *job, FactElement *element, const FactsAttr *attr, FactText value);
/// Marks what data-depends-on names among the ids, names, fields, sections and uses of the page.
void facts_mark_on_page(FactsJob *job, PageFacts *facts);

#endif
