/* What reading one page came to, before any integration is looked at: its facts with their places,
 * suppressions, diagnostics of reading, which patterns matched, what its markup needs. As bytes it is kept in
 * the pack (pack.h) and in object files.
 *
 * It depends on the page's bytes, on how fxc was built, and on what the settings say to discovery; nothing in
 * it depends on where the page lies or what it is called, so that a page that is renamed or copied keeps its
 * fragment. Its key is made by the caller, of these:
 *   build_id(), the page's bytes, the further attributes of `discover`, whether FX1001 is asked for and how
 *   (diag_asks_for()), whether the needs of markup were worked out; the patterns of `suggest` with their
 *   places, since FX1203 points at them. */
#ifndef FXC_STORE_FRAGMENT_H
#define FXC_STORE_FRAGMENT_H

#include "base/hash.h"
#include "diag/diag.h"
#include "diag/ignores.h"
#include "emit/csp.h"
#include "ir/facts.h"

typedef struct Fragment {
  PageFacts facts;        // without `source`, `path` and `name`, which are the caller's
  DiagBag diags;          // of reading: places in the page, or in the project file
  Ignores ignores;        // of the page, as read: nothing used yet
  CspNeeds needs;         // of the markup
  bool has_needs;         // false: they were not asked for
  bool failed;            // the page could not be read to its end (FX8006): nothing is emitted of it
  uint64_t bytes;         // the page's size
  VEC(uint32_t) matched;  // numbers of the `suggest` patterns that found something
} Fragment;

/// The files that a fragment may point into.
typedef struct FragmentPlaces {
  SourceId page, project;  // 0: there is no project file
} FragmentPlaces;

/// Appends the fragment's bytes. False, and nothing appended, when a place lies in another file: such a
/// fragment cannot be kept. FactElement.node is not written.
bool fragment_write(const Fragment *fragment, FragmentPlaces places, Buf *out);

/// Reads what fragment_write() wrote. facts.source is places.page; facts.path and facts.name are absent.
/// Strings lie in `bytes`, which must outlive the fragment, each with a NUL behind it; arrays lie on the
/// arena. False when the bytes are damaged: any bytes may be given.
bool fragment_read(Str bytes, FragmentPlaces places, Arena *arena, Fragment *fragment);

/// The digest of what a project hears of a page: everything but byte places, sizes and the diagnostics of
/// reading. Lines and columns of names count, since reports and outputs of the project say them. While it
/// stays, no output but the page's own can change, unless something was reported in the page. Two fragments
/// that were read and that were made give the same.
Digest fragment_heard(const Fragment *fragment);

#endif
