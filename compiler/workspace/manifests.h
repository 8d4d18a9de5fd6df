/* The manifests of a project, from bytes to rows. */
#ifndef FXC_WORKSPACE_MANIFESTS_H
#define FXC_WORKSPACE_MANIFESTS_H

#include "workspace/compilation.h"

/// Reads every manifest of the project, on all threads, and lowers them in order. One that cannot be read as
/// YAML or JSON is reported, and the names that it may declare are remembered, so that they are not missed a
/// second time.
void manifests_read(Compilation *compilation);

#endif
