/* Diagnostics: what is wrong, where, and what cures it.
 *
 * A job (a page, a manifest, the project passes) collects into its own DiagBag, on its own arena.
 * At the end the bags are joined, sorted by file, position and code, filtered by the command line,
 * and given to the renderers. Nothing is printed earlier, so that the order never depends on
 * threads. One fault is one diagnostic: who follows from a fault already reported stays silent.
 *
 *   Diag *d = diag_add(bag, FX2001, name_span, "no manifest declares the integration '%.*s'", …);
 *   diag_label(d, name_span, "used here");
 *   diag_note(d, other_span, "a similar name is declared here");
 *   diag_help(d, "did you mean '%.*s'?", …);
 *   diag_fix(d, DIAG_MACHINE_APPLICABLE, name_span, right_name, "replace with '%.*s'", …);
 *
 * Messages start in lower case, name things in 'quotes', and end without a full stop. Bytes that a
 * file controls may be put in as they are: the renderers cut and escape them. */
#ifndef FXC_DIAG_DIAG_H
#define FXC_DIAG_DIAG_H

#include "base/buf.h"
#include "base/vec.h"
#include "source/source.h"

/// The codes: FX1001 …, in the order of diag/catalogue.def.
typedef enum DiagCode {
  DIAG_NONE,
#define DIAG(code, severity, stage, flag, on, title) FX##code,
#include "diag/catalogue.def"
#undef DIAG
  DIAG_CODE_COUNT,
} DiagCode;

typedef enum DiagSeverity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR } DiagSeverity;

typedef enum DiagStage {
  STAGE_CONCEPT,
  STAGE_DISCOVERY,
  STAGE_VALIDATION,
  STAGE_RESOLUTION,
  STAGE_GENERATION,
  STAGE_RUNTIME,
  STAGE_MONITORING,
  STAGE_DRIVER,
} DiagStage;

typedef enum DiagApplicability {
  DIAG_MACHINE_APPLICABLE,  // fxc fix applies it
  DIAG_MAYBE,               // fxc fix --unsafe applies it
} DiagApplicability;

typedef struct DiagPlace {
  Span span;  // of a note, may be absent
  Str text;
} DiagPlace;

typedef struct DiagEdit {
  Span span;  // replaced; an empty span inserts
  Str text;
} DiagEdit;

typedef struct DiagFix {
  DiagApplicability applicability;
  Str title;  // "replace with 'x'"
  bool bare;  // where a scalar in quotes is replaced, the quotes go too
  VEC(DiagEdit) edits;
} DiagFix;

typedef struct DiagBag DiagBag;

typedef struct Diag {
  DiagBag *bag;
  DiagCode code;
  DiagSeverity severity;  // as the catalogue has it; set it where this place makes it weaker or stronger
  Span span;              // may be absent: "fxc: error: …"
  Str message;
  VEC(DiagPlace) labels;  // underlined in the excerpt; a label at `span` names the primary one
  VEC(DiagPlace) notes;
  VEC(Str) helps;
  VEC(DiagFix) fixes;
} Diag;

/// A secret that stands in a file: nothing shows these bytes.
typedef struct DiagHidden {
  Span span;
  Str text;  // the value without what is around it; empty where it is not known
} DiagHidden;

struct DiagBag {
  Arena *arena;  // everything lies here; not owned
  VEC(Diag *) list;
  VEC(DiagHidden) hidden;
};

/// One fact sheet of the catalogue.
typedef struct DiagInfo {
  const char *name;  // "FX2001"
  DiagSeverity severity;
  DiagStage stage;
  const char *flag;         // "orphan" for -Worphan; NULL for what is always an error
  bool on;                  // whether the warning is on by default
  const char *title;        // a line
  const char *explanation;  // the long text of `fxc explain`
} DiagInfo;

/// The fact sheet of a code; an empty one for DIAG_NONE.
const DiagInfo *diag_info(DiagCode code);
/// The code named "FX2001" or "2001" (any case), or DIAG_NONE.
DiagCode diag_code_find(Str name);

/// Adds a diagnostic and returns it for labels, notes, help and fixes.
Diag *diag_add(DiagBag *bag, DiagCode code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
Diag *diag_vadd(DiagBag *bag, DiagCode code, Span span, const char *format, va_list args);
/// Underlines a place in the excerpt and says what is there.
void diag_label(Diag *diag, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
/// A line of its own behind the excerpt, with or without a place.
void diag_note(Diag *diag, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
/// How to cure it, in words.
void diag_help(Diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));
/// A fix of one edit; more edits are added with diag_fix_edit().
DiagFix *diag_fix(Diag *diag, DiagApplicability applicability, Span span, Str replacement, const char *title,
                  ...) __attribute__((format(printf, 5, 6)));
/// One more edit of the same fix; all are applied or none.
void diag_fix_edit(Diag *diag, DiagFix *fix, Span span, Str replacement);

/// Keeps the text of a place out of every excerpt, and a value out of all messages: a secret, that output and
/// logs must not repeat.
void diag_hide(DiagBag *bag, Span span, Str text);
/// Puts asterisks where messages quote such values; call when all diagnostics are there.
void diag_mask(DiagBag *bag);

/// Where an edit replaces a scalar with its quotes by a bare text, the text gets these quotes: what was a
/// string stays one. For all fixes that are not `bare`, in YAML, JSON and .fx.
void diag_keep_quotes(DiagBag *bag, const Sources *sources);

/// Adds copies of everything in `from` to `into` (on its arena), so that `from` can be forgotten.
void diag_join(DiagBag *into, const DiagBag *from);
/// Sorts by path, position, code and message, and drops exact repetitions.
void diag_sort(DiagBag *bag, const Sources *sources);

#endif
