/* Changes in folders, as the kernel tells them (inotify). Knows no paths: a folder is a number, an event is
 * that number and a name. Where there is no inotify everything answers ENOSYS, and the caller looks for
 * itself. */
#ifndef FXC_BASE_NOTIFY_H
#define FXC_BASE_NOTIFY_H

#include <stdbool.h>

#include "base/str.h"

/// What is watched of a folder.
typedef enum NotifyScope {
  NOTIFY_ALL,        // what comes, goes, and changes in it
  NOTIFY_STRUCTURE,  // names alone: what goes, and what comes by a rename or is made
} NotifyScope;

typedef struct NotifyEvent {
  int folder;      // the number that notify_add() gave; 0 for `lost`
  Str name;        // in that folder, valid during the call; empty: the folder itself
  bool is_folder;  // the name is a folder's
  bool gone;       // the name is not there any more; the folder was deleted or moved
  bool lost;       // there were more events than the kernel keeps: anything may have happened
} NotifyEvent;

typedef void NotifyVisitor(void *context, const NotifyEvent *event);

/// A queue of events: a descriptor that becomes readable, closed with close(). 0 or an errno value.
int notify_open(int *queue);

/// Watches a folder; its numbers run from 1 on in each queue, and one folder has one number, by whatever path
/// it is reached. 0 or an errno value: ENOSPC when the system watches no more folders.
int notify_add(int queue, Str path, NotifyScope scope, int *folder);

/// Hands over every event that waits, and waits for none. 0 or an errno value.
int notify_read(int queue, NotifyVisitor *visit, void *context);

/// Whether the file system of `path` tells what other machines or the host do to it: network and shared file
/// systems do not. True where that is not known.
bool notify_sees_all(Str path);

#endif
