/* What counts, as one number: for systems that tell nothing, and for the few files that a build writes
 * itself. */
#ifndef FXC_WATCH_POLL_H
#define FXC_WATCH_POLL_H

#include "base/hash.h"
#include "watch/scan.h"

/// Of everything that the rules name: names, and what the file system says of each file.
Digest watch_poll_inputs(const WatchRules *rules);
/// Of the names below the output folder.
Digest watch_poll_outputs(const WatchRules *rules);
/// Of one file, there or not.
Digest watch_poll_file(Str path);

#endif
