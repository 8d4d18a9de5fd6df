/* The maps and reports of a run, as the contract lists them. All are deterministic; places are paths from the
 * project root. The arena holds what is needed meanwhile. */
#ifndef FXC_EMIT_REPORTS_H
#define FXC_EMIT_REPORTS_H

#include "diag/diag.h"
#include "emit/templates.h"
#include "emit/usage.h"

typedef struct ReportInput {
  const Ir *ir;
  const Usage *usage;
  const DiagBag *diags;  // sorted and filtered
  Arena *arena;
  const Templates *templates;  // NULL: the built-in ones
} ReportInput;

/// What the scanner hands to the validator: each name with its places and attributes.
void emit_discovery_map(const ReportInput *input, Buf *out);
/// Usage by integration and by page, what is missing, orphaned or invalid, and what to do about it.
void emit_discovery_report(const ReportInput *input, Buf *out);       // JSON
void emit_discovery_report_text(const ReportInput *input, Buf *out);  // Markdown
/// What was checked, by rule, with the findings.
void emit_validation_report(const ReportInput *input, Buf *out);       // JSON
void emit_validation_report_text(const ReportInput *input, Buf *out);  // Markdown
/// What the validator hands to the generator: valid and invalid names, manifests, dependencies, releases.
void emit_validation_result(const ReportInput *input, Buf *out);
/// Nodes, edges with their places, cycles.
void emit_dependency_graph(const ReportInput *input, Buf *out);  // JSON

#endif
