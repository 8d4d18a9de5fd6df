/* What `stat` says of a file, kept from one run to the next, and when that may be believed.
 *
 * Two equal stamps prove that nothing happened to a file only if the file was at rest when the first was
 * taken: a change in the same tick of the file system's clock leaves no trace. So a run asks that clock
 * (stamp_clock()) and trusts a stamp whose times lie before the answer. The clock is the file system's, not
 * the machine's, so that neither a machine with a wrong time nor a server with another one does harm.
 *
 *   int64_t clock = stamp_clock(cache_folder);        // of inputs: before the first of them is read
 *   Stamp stamp = stamp_of(&info, clock);
 *   …in the next run
 *   if (old.trusted && stamp_same(&old, &new)) …      // else read the file and compare its digest */
#ifndef FXC_STORE_STAMP_H
#define FXC_STORE_STAMP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/str.h"

/// 48 bytes without a gap, as the index keeps it. All zero: the file is not there.
typedef struct Stamp {
  uint64_t device, inode, size;
  int64_t modified, changed;  // nanoseconds since 1970; `changed` is the ctime, which nobody can set
  uint32_t kind;              // the type bits and permissions of st_mode
  uint32_t trusted;           // 1: an equal stamp later on means that nothing has changed
} Stamp;

/// A file system's clock as it stood at one moment.
typedef struct StampClock {
  int64_t now;      // nanoseconds since 1970; 0: not known, nothing is trusted
  uint64_t device;  // whose clock it is
} StampClock;

/// The stamp of a file, trusted if it was at rest before `clock`, which stood so before `info` was asked for
/// and before the file was read. NULL: not trusted. A file of another device has another clock: it is trusted
/// only if it has been at rest for a day.
Stamp stamp_of(const struct stat *info, const StampClock *clock);

/// The stamp of the file at `path` (a C string, links followed), all zero when nothing is there.
Stamp stamp_at(const char *path, const StampClock *clock);

/// Whether both say the same of the file; whether they are trusted does not count.
bool stamp_same(const Stamp *a, const Stamp *b);

/// Asks the clock by touching the file "clock" in the folder. `now` is 0 where that is impossible; errno
/// tells why.
StampClock stamp_clock(Str folder);

/// The same for files that were written just now: asks again, for 20 ms at most, until the clock has left
/// `after` behind (the latest `changed` of them). What it answers then may still be too early: the stamps are
/// not trusted, and the next run compares contents.
StampClock stamp_clock_after(Str folder, int64_t after);

#endif
