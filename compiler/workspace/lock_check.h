/* --locked: what was chosen must be what fx.lock says. */
#ifndef FXC_WORKSPACE_LOCK_CHECK_H
#define FXC_WORKSPACE_LOCK_CHECK_H

#include "workspace/compilation.h"

/// FX4006 where Compilation.lock.now differs from what the lock says, each with what made it so; FX2102 for
/// manifests whose bytes are others. Silent where the lock could not be read, which was said already; what is
/// wrong with the choice itself keeps the former back, never the latter.
void lock_check(Compilation *compilation);

#endif
