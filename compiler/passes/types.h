/* Whether values fit types: defaults, environment values and attributes of pages. */
#ifndef FXC_PASSES_TYPES_H
#define FXC_PASSES_TYPES_H

#include "passes/passes.h"

/// "string[]?", '"us" | "ca"': a type as manifests spell it, on the arena.
Str types_text(Arena *arena, const Ir *ir, TypeId type);

/// What a value of the type looks like: "one of 'us', 'ca', 'de'", "a duration such as 300ms or 2s".
Str types_expected(Arena *arena, const Ir *ir, TypeId type);

/// Whether a value fits; otherwise *wrong is the innermost value that does not, and *wanted its type.
bool types_value_fits(const Ir *ir, ValueId value, TypeId type, ValueId *wrong, TypeId *wanted);

/// Whether the text of an attribute fits: a list is comma-separated, records and json are JSON.
bool types_text_fits(const Ir *ir, Str text, TypeId type);

/// Whether attributes give values of the type (no optional one) as JSON: records, json, and lists of what a
/// comma can not part.
bool types_is_json(const Ir *ir, TypeId type);
/// Whether a text is JSON of the type.
bool types_json_fits(const Ir *ir, Str text, TypeId type);

/// The literal of a union that is nearest to `text`, STR_NONE when none is near.
Str types_near_literal(const Ir *ir, TypeId type, Str text);

/// Checks the types of one integration's interface: names resolved, defaults that fit (FX2010, FX2007).
void types_check_interface(Ir *ir, IntegrationId integration, DiagBag *diags);
/// Props and events that are the same to a page or in emitted code (FX2003).
void types_check_twins(const Ir *ir, IntegrationId integration, DiagBag *diags);
/// Operations, bindings and references in them (FX2016, FX2003, FX2006, FX2007, FX2008); fills the
/// handles.
void types_check_operations(Ir *ir, IntegrationId integration, DiagBag *diags);
/// What happens in the markup: slots, calls, fills and events of behaviours (FX2003, FX2006, FX2007, FX2008);
/// fills the handles.
void types_check_behaviors(Ir *ir, IntegrationId integration, DiagBag *diags);
/// Labels and providers that clauses name, and fallback loops (FX2009, FX2011); fills the handles.
void types_check_releases(Ir *ir, IntegrationId integration, DiagBag *diags);
/// FX2018: integrations of the project that are named after a vendor.
void types_check_names(Ir *ir, DiagBag *diags);

#endif
