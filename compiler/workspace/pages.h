/* The pages of a project: each from bytes to facts and its component, many at once. */
#ifndef FXC_WORKSPACE_PAGES_H
#define FXC_WORKSPACE_PAGES_H

#include "workspace/compilation.h"

/// Compiles every page against the frozen integrations. Facts become rows and diagnostics join the
/// compilation's, in the order of the pages. Output number i is page i.
void pages_compile(Compilation *compilation);

#endif
