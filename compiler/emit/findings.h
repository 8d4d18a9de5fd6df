/* The diagnostics of a run as reports show them: by code, with their places. */
#ifndef FXC_EMIT_FINDINGS_H
#define FXC_EMIT_FINDINGS_H

#include "emit/json_writer.h"
#include "emit/reports.h"

/// The number of diagnostics with that code.
size_t findings_count(const DiagBag *diags, DiagCode code);

/// A list of {"severity", "place", "message"} of all diagnostics with that code.
void findings_write(JsonWriter *w, const ReportInput *input, DiagCode code);

/// The same as Markdown list items.
void findings_write_text(const ReportInput *input, DiagCode code, Buf *out);

/// Text of a project inside Markdown: what would be markup is escaped, line breaks become spaces.
void findings_put_text(Buf *out, Str text);

#endif
