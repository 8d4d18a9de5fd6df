/* The patterns of the project file: what they may say, and whether they find anything. */
#ifndef FXC_WORKSPACE_PATTERNS_H
#define FXC_WORKSPACE_PATTERNS_H

#include "workspace/compilation.h"

/// Checks every `suggest` pattern where it stands (FX1202); those that can be run become the compilation's.
void patterns_take(Compilation *compilation);

/// Behind the pages: a pattern that found nothing on any of them (FX1201), one whose integration no manifest
/// declares (FX2006).
void patterns_check(Compilation *compilation);

#endif
