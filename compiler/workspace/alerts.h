/* How long a build may take: the `alerts` of the project file that are about the pipeline itself. */
#ifndef FXC_WORKSPACE_ALERTS_H
#define FXC_WORKSPACE_ALERTS_H

#include "workspace/compilation.h"

/// FX7001, a warning, for each bound on `scan` and `generation` that the build has crossed. Where the project
/// says nothing about the scan, 5 s are its bound. Alerts about calls are for the monitor.
void alerts_check(const ProjectSettings *settings, const CompileMetrics *metrics, DiagBag *diags);

#endif
