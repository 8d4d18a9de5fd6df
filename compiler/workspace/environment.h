/* The environments of the project file, and the one that --env names. */
#ifndef FXC_WORKSPACE_ENVIRONMENT_H
#define FXC_WORKSPACE_ENVIRONMENT_H

#include "workspace/compilation.h"

/// Finds the environment of --env and adds what it decides (ir->settings). False when the project has none of
/// that name: compilation->wrong_usage then says so.
bool environment_take(Compilation *compilation);

/// Behind the passes: providers, integrations and flags that no manifest knows (FX1110, FX2006, FX6004), in
/// every environment; for the one of --env the variables of releases that can be live (FX6001, FX6002). No
/// value of a variable goes into a diagnostic.
void environment_check(Compilation *compilation);

/// The flags that releases and uses have.
typedef struct KnownFlags {
  StrMap names;
  VEC(Str) list;
} KnownFlags;

/// Collects them, on the arena; with `of_environments` those too that the project file only sets: what is
/// wrong with them is said there.
KnownFlags environment_flags(Compilation *compilation, bool of_environments);
/// Adds the names of all integrations: a flag that is called like one is its kill switch.
void environment_know_switches(Compilation *compilation, KnownFlags *flags);
/// FX6004 for a flag that is none of them.
void environment_check_flag(Compilation *compilation, const KnownFlags *flags, ProjectText name);

#endif
