/* The templates of a run: what the project has of its own, over the built-in ones. */
#ifndef FXC_WORKSPACE_TEMPLATES_H
#define FXC_WORKSPACE_TEMPLATES_H

#include "workspace/compilation.h"

/// Reads the project's templates and compiles all. What is wrong is reported (FX5001 to FX5003, FX8001,
/// FX8006).
void templates_read(Compilation *compilation);

#endif
