/* How long each stage of a run took, for --time-passes. A stage is what lies between two calls: whoever ends
 * one says what it was. Nothing is kept where nobody asks for it. */
#ifndef FXC_WORKSPACE_STAGES_H
#define FXC_WORKSPACE_STAGES_H

#include "workspace/compilation.h"

/// From here on the first stage runs.
void stages_begin(Compilation *compilation);
/// What ran since the call before was `name`; `part_of` names the kind of thing that it is ("pass",
/// "output"), or is NULL. The name must live as long as the compilation.
void stages_end(Compilation *compilation, const char *part_of, Str name);
/// The table: a line a stage, wall and CPU time of all threads in milliseconds. Nothing without stages.
void stages_print(const Compilation *compilation, Buf *out);

#endif
