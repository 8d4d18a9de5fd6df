/* The reports of a build: contract.md names their files. Each is a pure function of the IR and the sorted
 * diagnostics; nothing in them depends on the clock, the directory or the number of threads.
 *
 * They allocate on the IR's arena and are called from its thread. Severities are taken as they are: apply the
 * policy of the command line first. */
#ifndef FXC_EMIT_REPORTS_H
#define FXC_EMIT_REPORTS_H

#include "diag/diag.h"
#include "ir/ir.h"

/// discovery-map.json: every name on a page, where it stands, and its attributes.
void emit_discovery_map(const Ir *ir, Buf *out);
/// discovery-report.json and .md: usage by integration and by page, and what to do next.
void emit_discovery_report(const Ir *ir, const DiagBag *diags, Buf *out);
void emit_discovery_report_text(const Ir *ir, const DiagBag *diags, Buf *out);
/// validation-result.json: what the generator may rely on.
void emit_validation_result(const Ir *ir, const DiagBag *diags, Buf *out);
/// validation-report.json and .md: what was checked, by rule, with findings and places.
void emit_validation_report(const Ir *ir, const DiagBag *diags, Buf *out);
void emit_validation_report_text(const Ir *ir, const DiagBag *diags, Buf *out);
/// dependency-graph.json.
void emit_dependency_graph(const Ir *ir, Buf *out);

#endif
