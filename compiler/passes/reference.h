/* What references mean: `street.value` and `address.city` in a behaviour, `phone`, `config.region` and
 * `env.KEY` in a binding; and what may stand where a type is wanted. Shared by the checks and by emission. */
#ifndef FXC_PASSES_REFERENCE_H
#define FXC_PASSES_REFERENCE_H

#include "diag/diag.h"
#include "ir/ir.h"

/// What references may name: things of a behaviour, where `behavior` is set, else things of a binding.
typedef struct RefScope {
  const Ir *ir;
  const Integration *integration;
  const Behavior *behavior;
  uint32_t step;  // answers of the steps before this one are known
  const Release *release;
  const Overlay *production;   // or NULL
  const Operation *operation;  // or NULL when the binding names none
} RefScope;

typedef enum RefKind { REF_SLOT, REF_ANSWER, REF_PROP, REF_PARAM, REF_CONFIG, REF_ENV } RefKind;

typedef enum RefMember { REF_VALUE, REF_CHECKED, REF_NUMBER, REF_FILES, REF_TEXT } RefMember;

/// A type that may have no row: `type` is 0 for what a slot or a configuration value gives. ARRAY and NAMED
/// without a row are lists and records of any kind.
typedef struct RefType {
  IrTypeKind kind;
  TypeId type;
  bool optional;
} RefType;

typedef struct Reference {
  RefKind kind;
  uint32_t row;      // SlotId, StepId, PropId, FieldId, ConfigId or EnvId, by kind
  RefMember member;  // SLOT
  Str path;          // behind the first name (two names for CONFIG and ENV), without its dot
  bool optional;     // what the path starts at may be missing
  RefType type;
} Reference;

/// Finds out what a reference means. False: it means nothing, which is reported at the part of `span` that is
/// wrong, unless `diags` is NULL.
bool reference_resolve(const RefScope *scope, Str text, Span span, Reference *out, DiagBag *diags);

/// Whether a value of that type may stand where a text with holes, a query or a slot wants one.
bool reference_is_scalar(RefType type);
/// Whether it may stand where `wanted` is; optional ones are for the caller to judge.
bool reference_fits(const Ir *ir, RefType type, TypeId wanted);
/// "string", "Address", "a list": a type for people.
Str reference_type_text(Arena *arena, const Ir *ir, RefType type);

/// What `path` (of a Reference, names between dots) leads to in a value; 0 if that has no such member.
ValueId reference_value(const Ir *ir, ValueId id, Str path);

/// Part of a value's place: exact unless it was written with escapes, then the whole.
Span reference_part(Span value, Str text, size_t at, size_t length);

/// Whether the element can take a value through its `value` (true), else through its text.
bool reference_has_value(Str element);

#endif
