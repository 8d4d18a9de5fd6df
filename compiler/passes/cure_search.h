/* The search for cures of one conflict: what its parts share. */
#ifndef FXC_PASSES_CURE_SEARCH_H
#define FXC_PASSES_CURE_SEARCH_H

#include "passes/conflict.h"
#include "passes/cure_edit.h"
#include "passes/cure_range.h"

enum { CURES = 3 };

typedef struct Cure {
  Changes changes;
  CureEdits edits;  // none: only a person can make the changes
  Str what, then;   // "this page can ask for ^2", "'geocoding' v2 is chosen"
} Cure;

typedef struct CureSearch {
  Conflicts *conflicts;
  size_t index;
  const Facts *facts;
  const PassSettings *settings;
  Changes context;  // the other conflicts relaxed
  Cure cures[CURES];
  size_t found, trials;
  bool tell_lines;  // words name the line of a page: several changes may be on one
} CureSearch;

/// A search for cures of conflict `index`.
CureSearch cure_begin(Conflicts *conflicts, size_t index, const Facts *facts, const PassSettings *settings);

/// Solves with the changes. False when no more trials are to be spent; the trial is then not begun.
bool cure_try(CureSearch *search, Trial *trial, const Changes *changes);
/// Whether the changes leave fewer conflicts than there are; the trial is then open, with its choice.
bool cure_works(CureSearch *search, Trial *trial, const Changes *changes);
/// The same, and on success what is then chosen is told in the cure; `first` is named first.
bool cure_verify(CureSearch *search, IntegrationId first, Cure *cure);
/// Keeps a cure, with its edits where it can be edited.
void cure_keep(CureSearch *search, Cure cure);

/// Whether a fact has a range that a person of this project can change.
bool cure_can_change(const CureSearch *search, const Fact *fact);
/// The facts that can be changed, the most likely first; `list` has room for all. Answers how many.
size_t cure_order(const CureSearch *search, const Fact **list);
/// Ranges for a fact that hold a release.
size_t cure_ranges_for(const CureSearch *search, const Fact *fact, ReleaseId wanted, Str ranges[CURE_RANGES]);
/// Adds the change of a fact, at all its places.
void cure_change(const CureSearch *search, const Fact *fact, Sym range, bool relaxed, Changes *changes);
void cure_append(const CureSearch *search, Changes *changes, const Changes *more);

/// Changes of several facts at once, where none alone helps (cure_several.c), and new pins (cure_pins.c).
void cure_by_several(CureSearch *search);
void cure_by_pins(CureSearch *search);

/// Words, in cure_words.c: "this page can ask for 'maps' ^2", "'maps' v2 is chosen", "replace '^1' with
/// '^2'".
Str cure_what(const CureSearch *search, const Fact *fact, Str range);
Str cure_without(const CureSearch *search, const Fact *fact);
Str cure_then(const CureSearch *search, const Trial *trial, IntegrationId first);
Str cure_title(const CureSearch *search, const Cure *cure);

#endif
