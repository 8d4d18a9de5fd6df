/* Secrets: what is declared as one may reach the server half alone. Shared by the files of the pass: taint.c
 * follows variables through configurations, taint_types.c looks at interfaces, taint_keys.c at literals that
 * look like a key, taint_overrides.c at what is said while programs run. */
#ifndef FXC_PASSES_TAINT_H
#define FXC_PASSES_TAINT_H

#include "passes/bindings.h"
#include "passes/passes.h"

typedef struct Taint {
  const Ir *ir;
  DiagBag *diags;
  const Integration *integration;
  bool *said;                // by ValueId.n: that it leaves has been reported
  Diag **types;              // by TypeId.n: what has been said of that type `secret`, or NULL
  uint32_t *entered, round;  // by TypeDeclId.n: when a record was last looked into
  bool *clean;               // by TypeDeclId.n: nothing in it is a secret, however deep
} Taint;

/// The secret inside a type (as it is, in a list, optional, in a field of a record), or 0.
TypeId taint_secret_type(Taint *run, TypeId type);

/// The variable of that name in any release of the integration, the secret one first; NULL when there is
/// none.
const Env *taint_find_env(const Ir *ir, const Integration *integration, Str name);

/// FX6003 for what pages and browsers say or are told by the interface: props, events, parameters, results.
void taint_types(Taint *run);

/// Keys as their patterns describe them.
typedef struct TaintKeys TaintKeys;
/// The patterns of an integration's secrets; NULL where it has none that says enough. On the arena.
TaintKeys *taint_keys_of(Arena *arena, const Ir *ir, const Integration *integration);
/// A text that looks like one of them, and the variable that it looks like.
typedef struct TaintKey {
  const Env *env;
  Str text;
} TaintKey;
/// Whether the text, or a part of it, looks like a key; the first one that does.
bool taint_keys_find(const TaintKeys *keys, Str text, TaintKey *found);
/// FX6003 at a literal with such a key in it, which is then hidden.
void taint_keys_report(DiagBag *diags, const Ir *ir, TaintKey key, Span span, const char *where);

/// FX6003 for literals of the manifest that look like a key and that browsers get.
void taint_literals(Taint *run, const TaintKeys *keys);
/// The same of attributes of pages.
void taint_pages(const Ir *ir, TaintKeys *const *keys, DiagBag *diags);
/// FX6003 for keys in the runtime overrides, and for overriding what a secret fills.
void taint_overrides(const Ir *ir, TaintKeys *const *keys, DiagBag *diags);

#endif
