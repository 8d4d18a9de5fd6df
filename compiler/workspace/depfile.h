/* What a run has read, for Make and Ninja. */
#ifndef FXC_WORKSPACE_DEPFILE_H
#define FXC_WORKSPACE_DEPFILE_H

#include "workspace/compilation.h"

/// Appends "TARGET: INPUT …" and, for each input, a rule without a recipe, so that Make does not stop when an
/// input is gone. Paths are escaped in the one way that GNU make and Ninja both understand.
void depfile_put(Buf *out, Str target, const Str *inputs, size_t count);

/// The files that the run has read, as what its output directory (or --depfile-target) depends on.
void depfile_write(const Compilation *compilation, Buf *out);

#endif
