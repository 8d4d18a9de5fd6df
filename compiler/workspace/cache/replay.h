/* The shortest way through a run: nothing has changed since the last one, and what it told is told again. */
#ifndef FXC_WORKSPACE_CACHE_REPLAY_H
#define FXC_WORKSPACE_CACHE_REPLAY_H

#include "workspace/compilation.h"

/// Looks at everything that the last run of this configuration asked for and made. True when all of it holds:
/// the compilation is then as that run left it, as far as request->replays needs it (diagnostics, counts, the
/// output folder's name), and nothing is written but stamps that can be trusted now. Behind cache_open().
bool replay(Compilation *compilation);

#endif
