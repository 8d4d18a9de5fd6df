/* The environment variables of the releases that can become live, as --env has them. */
#ifndef FXC_WORKSPACE_VARIABLES_H
#define FXC_WORKSPACE_VARIABLES_H

#include "workspace/compilation.h"

/// FX6001 for a variable that nothing sets, FX6002 for a value that is known and does not match its pattern.
/// Looked up in the environment of the process, then in .env.NAME and .env beside the project file.
void variables_check(Compilation *compilation);

#endif
