/* The diagnostics of a run as reports show them: by code, with their places. */
#ifndef FXC_EMIT_FINDINGS_H
#define FXC_EMIT_FINDINGS_H

#include "emit/json_writer.h"
#include "emit/reports.h"

/// The number of diagnostics with that code.
size_t findings_count(const DiagBag *diags, DiagCode code);

/// A list of {"severity", "place", "message"} of all diagnostics with that code.
void findings_write(JsonWriter *w, const ReportInput *input, DiagCode code);

/// The same as data of a template: one more of the `rules`, with its code, title and findings.
void findings_add(const ReportInput *input, DiagCode code, TemplateValue *rules);

#endif
