/* A run in which only the texts of a few pages are new, and nothing that the project hears of them: these
 * pages are compiled, and all else stays as the last run left it. */
#ifndef FXC_WORKSPACE_CACHE_PATCH_H
#define FXC_WORKSPACE_CACHE_PATCH_H

#include "workspace/cache/look.h"

/// Compiles the pages whose rows are found->changed, puts their outputs in place, and writes the index.
/// `told` are the diagnostics of the last run. False, with nothing done, when a page says more than that to
/// the project (its facts, a diagnostic, before or now): then everything has to be looked at.
bool patch(Compilation *compilation, const LookResult *found, const DiagBag *told);

#endif
