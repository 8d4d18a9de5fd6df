/* The files that a build writes: compared with what is there, staged, and put in place together.
 *
 * outputs_put() may be called by many threads. A file whose content did not change is not touched. The
 * others wait in a staging folder beside the output folder ("generated.fx-stage.PID"); until
 * outputs_commit() the old set stays whole. Committing renames the staging folder to
 * "generated.fx-commit", which makes the new set final: from there on an interruption is healed forward by
 * the next outputs_open(). A new output folder appears by one rename.
 *
 * From outputs_open() to outputs_commit() or outputs_discard() the output folder is locked: a second build
 * of it waits. Nothing is read, written or removed through a symbolic link below the folder. */
#ifndef FXC_STORE_OUTPUTS_H
#define FXC_STORE_OUTPUTS_H

#include <sys/stat.h>

#include "base/hash_stream.h"
#include "base/str.h"

typedef struct Outputs Outputs;

typedef struct OutputCounts {
  size_t written, unchanged, removed;
} OutputCounts;

/// What an earlier run knows of an output.
typedef struct OutputKnown {
  Digest digest;  // of the content that it wrote
  bool holds;     // the file has been looked at, and is still what was written then
} OutputKnown;

/// A set of outputs below `directory`, on the arena. Finishes a commit that was interrupted, and removes what
/// builds that were killed have staged. `count` is how
/// many outputs there may be. An errno value in *error (and the path in *failed) when that is impossible.
/// Ended by outputs_close().
Outputs *outputs_open(Arena *arena, Str directory, size_t count, int *error, Str *failed);

/// Gives output number `slot` (0 … count - 1, once each) its content. `path` is relative to the directory
/// and must live until outputs_close(). What is `known` of it (NULL: nothing) spares reading the file. 0 or
/// an errno value: ENOTDIR or ELOOP where a folder on the way is a symbolic link, EISDIR where the file is
/// one.
int outputs_put(Outputs *outputs, size_t slot, Str path, Str content, const OutputKnown *known);

/// An output that comes piece by piece, so that it is never in memory whole.
typedef struct OutputStream {
  Outputs *outputs;  // NULL: none is under way
  size_t slot;
  int old, fresh;   // what lies there, as long as it is the same; what is staged. -1: not open
  uint64_t length;  // of the pieces so far
  DigestStream *digest;
  int error;  // the first one; later pieces are passed over
} OutputStream;

/// Begins output number `slot`, as outputs_put(). Many streams may be under way, each for one thread.
OutputStream outputs_begin(Outputs *outputs, size_t slot, Str path);
void outputs_add(OutputStream *stream, Str piece);
/// Ends it. 0 or an errno value, as outputs_put().
int outputs_end(OutputStream *stream);

/// An output of this build that lies there already, as its caller has seen: it is not made. Counts as
/// unchanged.
void outputs_hold(Outputs *outputs, size_t slot, Str path);

/// An output that this run does not make: what is there stays, and is not stale. Counts as nothing.
void outputs_keep(Outputs *outputs, size_t slot, Str path);

/// Puts everything in place; with `remove_stale`, files that an earlier build generated (their first bytes
/// say so) and that are not part of this set are removed. 0 or an errno value, the path in *failed.
int outputs_commit(Outputs *outputs, bool remove_stale, OutputCounts *counts, Str *failed);

/// Behind the commit: the digest of an output's content and what lstat() says of the file now. False where
/// outputs_put() has neither written nor read the file, and where somebody else has touched it since, as far
/// as its number, size and times tell. By many threads.
bool outputs_record(Outputs *outputs, size_t slot, Digest *digest, struct stat *info);

/// Whether outputs_put() found that the file had to be written.
bool outputs_is_written(const Outputs *outputs, size_t slot);

/// How many slots there are, and the path of the output in one; data NULL: the slot is empty.
size_t outputs_count(const Outputs *outputs);
Str outputs_path(const Outputs *outputs, size_t slot);

/// Forgets what was staged.
void outputs_discard(Outputs *outputs);

/// Closes what is open; NULL is allowed.
void outputs_close(Outputs *outputs);

#endif
