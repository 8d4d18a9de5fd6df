/* fx.lock in a run: read before the passes, compared with what they chose, written behind the outputs. */
#ifndef FXC_WORKSPACE_LOCK_H
#define FXC_WORKSPACE_LOCK_H

#include "workspace/compilation.h"

/// Reads the lock of the project into the IR, behind the manifests and before the passes. FX4006 for what it
/// cannot read of it, a warning but under --locked; FX8001, FX8006.
void lock_take(Compilation *compilation);

/// Behind the passes: the entries that the choice comes to (Compilation.lock.now), where somebody wants them;
/// FX2001 for a name that `update` is given and no manifest declares. Under --locked also FX4006 and FX2102.
void lock_compare(Compilation *compilation);

/// The lock's text, as it is to be.
void lock_text(Compilation *compilation, Buf *out);

/// Whether releases depend on the environment of --env.
bool lock_environment_decides(const Compilation *compilation);

/// Whether this run keeps the lock: its command does, no single files are given, and no environment decided.
bool lock_is_kept(const Compilation *compilation);

/// Writes the lock where its text changed. Only without errors, and behind the outputs.
void lock_write(Compilation *compilation);

#endif
