/* runtime-overrides.json: what people switch by hand beside the outputs, for programs that run. */
#ifndef FXC_WORKSPACE_OVERRIDES_H
#define FXC_WORKSPACE_OVERRIDES_H

#include "workspace/compilation.h"
#include "workspace/environment.h"

#define OVERRIDES_NAME "runtime-overrides.json"

/// Reads the file in the output directory into rows (ir->overrides). Without the file there are none. FX2005
/// or FX8005 for what is no JSON, FX2003 for a key that stands twice, FX2006 for unknown members, FX2007 for
/// values of another kind, FX8001 for what cannot be read.
void overrides_take(Compilation *compilation);

/// Behind the passes: FX6004 for integrations, releases, configuration keys and flags that nothing knows.
void overrides_check(Compilation *compilation);

/// The flags that overrides can switch: those of releases, uses and environments, and every integration's
/// name.
KnownFlags overrides_flags(Compilation *compilation);

#endif
