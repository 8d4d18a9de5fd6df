/* Edits that loosen a dependency: a requirement becomes optional, a name leaves data-depends-on. In: the
 * place of the name. Out: byte-exact edits of its file, or none where it is not plain what would be right. */
#ifndef FXC_PASSES_LOOSEN_H
#define FXC_PASSES_LOOSEN_H

#include "diag/diag.h"
#include "ir/ir.h"
#include "source/events.h"

typedef VEC(DiagEdit) LoosenEdits;

/// Adds what makes the requirement an optional one. False, and nothing is added, where that is not known:
/// another file than the project's, an annotation, a name that an alias repeats, two entries on one line.
bool loosen_requirement(const Ir *ir, RequirementId id, LoosenEdits *edits);

/// Adds what takes the name at `span` out of a data-depends-on of HTML, the attribute with its last name.
bool loosen_depends(const Ir *ir, Span span, LoosenEdits *edits);

/// Adds what takes a link out of the fallback chain of a manifest, or of an element; the only one becomes
/// `static`.
bool loosen_fallback(const Ir *ir, IntegrationId integration, Span name, LoosenEdits *edits);
bool loosen_use_fallback(const Ir *ir, Span name, LoosenEdits *edits);

/// The same for names in a YAML or JSON manifest (loosen_yaml.c).
bool loosen_in_document(Arena *arena, const DocEvents *doc, Span name, LoosenEdits *edits);
bool unlink_in_document(Arena *arena, const DocEvents *doc, Span name, LoosenEdits *edits);

#endif
