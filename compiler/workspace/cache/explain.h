/* --explain-rebuild: why each output was written. */
#ifndef FXC_WORKSPACE_CACHE_EXPLAIN_H
#define FXC_WORKSPACE_CACHE_EXPLAIN_H

#include "workspace/compilation.h"

/// Behind the commit: a line for each output that was written, into compilation->explained. Nothing where
/// nobody asks for it.
void explain_outputs(Compilation *compilation);
/// The same for one output of a page whose text alone is new.
void explain_changed(Compilation *compilation, Str output, Str page);

#endif
