/* The states of integrations: Discovered, Validated, Generated, Active; beside them Deprecated and Migrating.
 *
 * They are found out anew in every run, from what is there: uses, manifests, diagnostics, decisions. Only
 * what cannot be seen is remembered (workspace/states_file.h): since when a state has held, and what the code
 * that a build wrote was made from. Nothing that is remembered has an influence on outputs. What each state
 * means is written down in workspace/README.md. */
#ifndef FXC_WORKSPACE_STATES_H
#define FXC_WORKSPACE_STATES_H

#include "workspace/compilation.h"

/// Reads what earlier runs remember, where this run wants to know: FX8004 when that is impossible.
void states_read(Compilation *compilation);

/// The states of all integrations that pages or the project's manifests name, in byte order of their names.
/// Behind compile().
StatusRows states_find(Compilation *compilation);

/// Remembers the states that this run has found, if it is one that writes. That it cannot is FX8004 again,
/// and no failure of the run.
void states_update(Compilation *compilation);

#endif
