/* Version ranges: node-semver's grammar and meaning (without `loose` and `includePrerelease`).
 *
 * The grammar is in grammar/range.re and range.y. A range is a list of alternatives, each a list of
 * comparators that must all hold. A prerelease satisfies an alternative only when one of its comparators
 * names a prerelease of the same major.minor.patch. */
#ifndef FXC_IR_RANGE_H
#define FXC_IR_RANGE_H

#include "base/map.h"
#include "base/vec.h"
#include "diag/diag.h"
#include "ir/version.h"

typedef enum RangeOp { RANGE_ANY, RANGE_LT, RANGE_LE, RANGE_GT, RANGE_GE, RANGE_EQ } RangeOp;

typedef struct RangeBound {
  RangeOp op;
  Version version;
} RangeBound;

typedef struct RangeSet {
  VEC(RangeBound) bounds;
} RangeSet;

/// The alternatives; bounds point into the text of the range (for prereleases) and the arena.
typedef struct Range {
  VEC(RangeSet) sets;
} Range;

/// Reads a range; the empty text means any version. On false, *fault says what is wrong and where.
/// Time and memory are linear in the text. Safe on any thread: nothing is shared.
bool range_parse(Arena *arena, Str text, Range *range, VersionFault *fault);

/// FX4003 for a text that is no range, or no version: what it is, what is wrong with it, and how it is
/// written.
Diag *range_report(DiagBag *diags, Span span, Str text, const VersionFault *fault);
Diag *version_report(DiagBag *diags, Span span, Str text, const VersionFault *fault);

/// Whether one alternative holds for the version.
bool range_matches(const Range *range, const Version *version);

/// The same for the text of a range. A text that is no range holds nothing.
bool range_holds(Arena *arena, Str text, const Version *version);

/// Ranges that were read, by their text; all zero is an empty one.
typedef struct RangeCache {
  StrMap index;  // in `ranges`
  VEC(Range *) ranges;
} RangeCache;

/// A range that is read once, on an arena that lives as long as the cache and `text`. NULL for a malformed
/// one.
const Range *range_cached(Arena *arena, RangeCache *cache, Str text);

/// A range that holds `to`, written as `text` is: "^2" becomes "^3", "~2.9" "~3.2", "v2.x" "v3.x". Where that
/// makes no sense (">=1 <3", "1 || 2", a prerelease), the range of all versions that are compatible with
/// `to`. `text` is a range. On the arena.
Str range_move(Arena *arena, Str text, const Version *to);

/// The range in its plain form, ">=1.2.3 <2.0.0-0 || >=3.0.0", "*" for any version.
Str range_text(Arena *arena, const Range *range);

#endif
