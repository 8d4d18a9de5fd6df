/* Durations and counts of a run: the metrics of reports, and what --time-passes prints. */
#ifndef FXC_WORKSPACE_METRICS_H
#define FXC_WORKSPACE_METRICS_H

#include "workspace/compilation.h"

/// The JSON blocks `discovery`, `validation`, `generation` and `runtime` (zero in a build); `outputs`, what
/// became of files; `cache`, how many pages were not read, and how many of them not written either;
/// `process`.
void metrics_write(const Compilation *compilation, Buf *out);
/// The stages with their milliseconds, for people; what they counted, and how much memory there was at most.
void metrics_print(const Compilation *compilation, Buf *out);

#endif
