/* What the range lexer and the range grammar share: the pieces that become bounds. Private to range.c,
 * grammar/range.re and grammar/range.y. */
#ifndef FXC_IR_RANGE_BUILD_H
#define FXC_IR_RANGE_BUILD_H

#include "ir/range.h"

/// Byte offsets in the text of the range.
typedef struct RangeLoc {
  uint32_t start, end;
} RangeLoc;

/// One component of a partial version. "x", "*" and what is left out are wild.
typedef struct RangePart {
  bool wild;
  uint64_t number;
  RangeLoc loc;
} RangePart;

/// "1", "v1.x", "=1.2.3-beta": numbers, and the [v=]* before them.
typedef struct RangePartial {
  RangePart major, minor, patch;
  Str prefix, pre;
  RangeLoc loc;
} RangePartial;

/// A parse in progress. The first fault stays.
typedef struct RangeBuild {
  Arena *arena;
  Str text;            // NUL-terminated
  const char *cursor;  // of the lexer
  Range *range;
  RangeSet set;  // the alternative that is being read
  VersionFault fault;
  bool failed;
} RangeBuild;

/// Keeps the first fault; later ones follow from it.
void range_fault(RangeBuild *build, RangeLoc loc, const char *message);

/// Each adds the bounds of one comparator to the alternative that is being read.
void range_add_plain(RangeBuild *build, RangeOp op, const RangePartial *partial);
void range_add_caret(RangeBuild *build, const RangePartial *partial);
void range_add_tilde(RangeBuild *build, const RangePartial *partial);
void range_add_hyphen(RangeBuild *build, const RangePartial *from, const RangePartial *to);
/// A version behind a '=' that stands apart, for a side of a hyphen: node-semver takes it where it does not
/// count.
RangePartial range_equals(RangeBuild *build, RangeLoc equal, const RangePartial *partial);
/// Two signs that are one operator: white space between them is a fault.
void range_join(RangeBuild *build, RangeLoc left, RangeLoc right);
/// Ends the alternative.
void range_end_set(RangeBuild *build);

/// Pieces as the lexer finds them; `begin` may be NULL for a component that is not there.
RangePart range_part(RangeBuild *build, const char *begin);

typedef struct VersionMarks {
  const char *major, *minor, *patch, *pre, *pre_end;
} VersionMarks;
/// Matches "v"? major.minor.patch -pre +build at the start of a NUL-terminated text (grammar/range.re);
/// the end of the match, or NULL with *stopped at the first wrong character.
const char *version_scan(const char *text, VersionMarks *marks, const char **stopped);

#endif
