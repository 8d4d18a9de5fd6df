/* The folder ".fx/cache": what lies there, and how it is kept small. Everything in it may be deleted at any
 * time, also while fxc runs.
 *
 *   KEY.index      a configuration (index.h)         clock    for the file system's time (stamp.h)
 *   fragments.N    the pack (pack.h)                 lock     held by who appends or removes */
#ifndef FXC_STORE_CACHE_FOLDER_H
#define FXC_STORE_CACHE_FOLDER_H

#include "base/hash.h"
#include "base/str.h"

/// ".fx/cache" below the project's root.
Str cache_folder(Arena *arena, Str root);
/// Makes it. 0 or an errno value: then there is no cache, which is no fault.
int cache_make(Str folder);
/// Where the index of that key lies.
Str cache_index_path(Arena *arena, Str folder, Digest key);

/// Removes indexes that were not used for 30 days or are not among the newest 16, packs other than the
/// newest, and what writers that were killed have left; rewrites the pack where more than half of it is of no
/// use to any index. Cheap when there is nothing to do; called by who has written an index.
void cache_sweep(Str folder);

/// Writes a file of parts, put in place by a rename. 0 or an errno value. Not flushed to the disk: what a
/// crash tears is found by a checksum.
int cache_put(Str path, const Str *parts, size_t count);

/// The lock of the folder, taken at once or not at all: a descriptor for cache_unlock(), or -1 with errno.
int cache_lock(Str folder);
void cache_unlock(int lock);

#endif
