/* The environments of the project file, and the one that --env names. */
#ifndef FXC_WORKSPACE_ENVIRONMENT_H
#define FXC_WORKSPACE_ENVIRONMENT_H

#include "workspace/compilation.h"

/// Finds the environment of --env and adds what it decides (ir->settings). False when the project has none of
/// that name: compilation->wrong_usage then says so.
bool environment_take(Compilation *compilation);

/// Behind the passes: providers, integrations and flags that no manifest knows (FX1110, FX2006, FX6004), in
/// every environment; for the one of --env the variables of the chosen releases (FX6001, FX6002). No value of
/// a variable goes into a diagnostic.
void environment_check(Compilation *compilation);

#endif
