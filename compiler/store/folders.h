/* The folders below a root, a few of them kept open: reaching a file costs one step from its folder, whatever
 * the length of the path, and no step leads through a symbolic link. (The root itself may be one: its owner
 * put it there.) May be used by many threads at once. */
#ifndef FXC_STORE_FOLDERS_H
#define FXC_STORE_FOLDERS_H

#include <limits.h>

#include "base/str.h"

typedef struct Folders Folders;
typedef struct FolderSlot FolderSlot;

/// A file's place: its folder, open for openat() and its kin until folders_give(), and its name there.
typedef struct FolderPlace {
  int folder;
  char name[NAME_MAX + 1];
  FolderSlot *slot;  // whose descriptor that is; NULL: the place's own
} FolderPlace;

/// The folders below `root`, on the arena; nothing is opened yet. `root` must live as long. With `make`,
/// those that are missing are made (the root and its parents too).
Folders *folders_new(Arena *arena, Str root, bool make);

/// Finds the place of the file at `path`, relative to the root, without "." or ".." in it. The path must live
/// until folders_close(). 0, or an errno value: ENOENT when a folder is missing, ENOTDIR or ELOOP when a step
/// is a symbolic link. A place must be given back, and given back before the next is taken.
int folders_take(Folders *folders, Str path, FolderPlace *place);
void folders_give(Folders *folders, FolderPlace *place);

/// Closes what is open and forgets which folders were missing; the folders can be used again afterwards.
void folders_close(Folders *folders);

#endif
