/* What the project file says, for a run: who the command line overrules, and what must be checked first. */
#ifndef FXC_WORKSPACE_SETTINGS_H
#define FXC_WORKSPACE_SETTINGS_H

#include "workspace/compilation.h"

/// Takes phase, pins, aliases and rules into the compilation. Malformed ranges are FX4003, rules without a
/// warning of that name FX2006.
void settings_take(Compilation *compilation);

/// FX2006 for pins of integrations that nobody declares: behind the passes.
void settings_check_pins(Compilation *compilation);

#endif
