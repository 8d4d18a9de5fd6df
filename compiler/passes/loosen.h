/* Edits that loosen a dependency: a requirement becomes optional, a name leaves data-depends-on, a link
 * leaves a fallback chain. In: the place of the name. Out: byte-exact edits of its file, or none where it is
 * not plain what would be right. */
#ifndef FXC_PASSES_LOOSEN_H
#define FXC_PASSES_LOOSEN_H

#include "diag/diag.h"
#include "fx/tree.h"
#include "ir/ir.h"
#include "source/events.h"

typedef VEC(DiagEdit) LoosenEdits;

/// The file that was looked at last; zeroed but for `ir` and `looks`.
typedef struct Loosen {
  const Ir *ir;
  uint32_t looks;  // names that may still be looked for
  Arena arena;     // of the file
  SourceId source;
  bool readable;
  Str text;
  FxTree *tree;      // of .fx
  DocEvents doc;     // of YAML and JSON
  uint32_t *parent;  // by node of doc
} Loosen;

/// For some 256 names: behind these nothing is known to be right any more. Ended with loosen_end().
Loosen loosen_begin(const Ir *ir);
void loosen_end(Loosen *loosen);

/// Adds what makes the requirement an optional one. False, and nothing is added, where that is not known:
/// another file than the project's, an annotation, a name that an alias repeats, two entries on one line.
bool loosen_requirement(Loosen *loosen, RequirementId id, LoosenEdits *edits);

/// Adds what takes the name at `span` out of a data-depends-on of HTML, the attribute with its last name.
bool loosen_depends(Loosen *loosen, Span span, LoosenEdits *edits);

/// Adds what takes a link out of the fallback chain of a manifest, or of an element; the only one becomes
/// `static`.
bool loosen_fallback(Loosen *loosen, IntegrationId integration, Span name, LoosenEdits *edits);
bool loosen_use_fallback(Loosen *loosen, Span name, LoosenEdits *edits);

/* YAML and JSON, in loosen_yaml.c */

/// Takes the nodes of the file that is open.
void loosen_read_document(Loosen *loosen, const DocEvents *doc);
bool loosen_in_document(Loosen *loosen, Span name, LoosenEdits *edits);
bool loosen_unlink_in_document(Loosen *loosen, Span name, LoosenEdits *edits);

#endif
