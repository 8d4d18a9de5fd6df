/* Which releases of an integration can be started at run time, and what each is configured with in the
 * phase that is built. */
#ifndef FXC_EMIT_RELEASES_H
#define FXC_EMIT_RELEASES_H

#include "ir/ir.h"

typedef VEC(ConfigId) ReleaseConfigs;

typedef struct ReleaseChain {
  VEC(Str) labels;          // tried after the chosen release, in order; the last is "static"
  VEC(Sym) triggers;        // beside them: the failures that each is for, as written; 0: all
  VEC(ReleaseId) releases;  // all that can become live, the oldest first
  VEC(Str) dependencies;    // integrations that must have settled before, by name
  Str last_resort;          // the manifest's word: "static" or "manual-entry"
} ReleaseChain;

/// What can run for an integration, in the order in which it is tried.
ReleaseChain release_chain(const Ir *ir, Arena *arena, IntegrationId integration);

/// The release's configuration; in production the overlay's keys win.
ReleaseConfigs release_configs(const Ir *ir, Arena *arena, const Release *release);
typedef VEC(BindingId) ReleaseBindings;

/// The bindings that hold in the phase that is built: production's own go before the release's. None where a
/// hand-written module performs everything.
ReleaseBindings release_bindings(const Ir *ir, Arena *arena, const Release *release);
/// Those of them that need the environment, so that only a server performs them.
ReleaseBindings release_served(const Ir *ir, Arena *arena, const Release *release);
/// The module of an adapter as an emitted file imports it: the hand-written one that the manifest names,
/// where a relative path is relative to the manifest; else the one that is emitted for the bindings,
/// "./bindings/NAME/LABEL"; empty when there is neither.
Str release_module(const Ir *ir, Arena *arena, const Release *release);

#endif
