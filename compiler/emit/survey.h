/* What the reports say about each name: who uses it, what is wrong with it. Made once from the IR and the
 * diagnostics; the reports print it in different ways. */
#ifndef FXC_EMIT_SURVEY_H
#define FXC_EMIT_SURVEY_H

#include "diag/diag.h"
#include "emit/places.h"

typedef struct SurveyUse {
  UseId use;
  uint32_t place;
} SurveyUse;

typedef struct SurveyEntry {
  Sym name;
  IntegrationId integration;  // 0: no manifest
  bool required;              // by a use
  bool linked;                // part of the build
  VEC(SurveyUse) uses;        // on pages
  VEC(DiagCode) codes;        // errors about it, each once, in order
  uint32_t manifest_place;
} SurveyEntry;

typedef struct Survey {
  const Ir *ir;
  Arena *arena;
  Places places;
  SurveyEntry *entries;  // in byte order of the names: used names, and the project's manifests
  size_t count;
  VEC(uint32_t) findings;  // by diagnostic: the place of its span
  const DiagBag *diags;
  ReleaseId *decided;      // by IntegrationId.n
  Sym *reasons;
} Survey;

/// `diags` may be NULL: then nothing is wrong. Reads each file that a place needs once.
Survey survey_make(const Ir *ir, const DiagBag *diags);

Str survey_place(const Survey *survey, uint32_t place);
/// Used or a dependency of what is used, with a manifest and without errors.
bool survey_valid(const SurveyEntry *entry);
bool survey_orphaned(const Survey *survey, const SurveyEntry *entry);
/// The provider of a release in the phase that is built.
Str survey_provider(const Ir *ir, ReleaseId release);

#endif
