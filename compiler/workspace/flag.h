/* The runtime level of rollback: flags, releases and canaries that `fxc flag` switches in
 * runtime-overrides.json. No build is needed, and none undoes it. */
#ifndef FXC_WORKSPACE_FLAG_H
#define FXC_WORKSPACE_FLAG_H

#include "workspace/overrides.h"

/// Switches the names of the request behind the first word (flags, and integrations by their kill switch), or
/// with --canary and --release those of integrations, on or off: all of them or none. What was done goes to
/// `emitted`, a line each; diagnostics are left in the bag, neither sorted nor counted: FX6004 for names that
/// nothing knows, FX8003, what is wrong with the file, and as warnings what the change breaks (FX4007).
void flag_switch(Compilation *compilation, bool on);

/// What the names have now and who says so, as a table in `emitted`; without names everything there is.
void flag_show(Compilation *compilation);

/// Compiles the project as far as names and releases are known, and drops what is not about the overrides.
/// False where nothing can be said: the reason is in the bag.
bool flag_look(Compilation *compilation, Request *look);
/// FX6004 for a name that is no flag and no integration; whether it is one.
bool flag_is_known(Compilation *compilation, const KnownFlags *flags, Str name);

#endif
