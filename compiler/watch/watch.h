/* Waiting until a project is worth another build. */
#ifndef FXC_WATCH_WATCH_H
#define FXC_WATCH_WATCH_H

#include "workspace/request.h"

typedef struct Watch Watch;

/// How it learns of changes.
typedef enum WatchMode {
  WATCH_AUTO,    // by inotify where that tells all, else by looking
  WATCH_NOTIFY,  // by inotify wherever there is one
  WATCH_POLL,    // by looking every so often
} WatchMode;

/// When it ends: each a descriptor, or -1.
typedef struct WatchEnds {
  int stop;       // becomes readable
  int input;      // comes to its end
  int output[2];  // nobody reads them any more
} WatchEnds;

typedef enum WatchAnswer { WATCH_CHANGED, WATCH_END } WatchAnswer;

/// On the heap; nothing is watched yet. The request is looked at in each round, so its date may change.
Watch *watch_open(const Request *request, WatchMode mode, WatchEnds ends);

/// Before each build: what changes from here on brings another one.
void watch_before(Watch *watch);
/// After it. `wrote_lock`: the build wrote fx.lock, so that its change is no news.
void watch_after(Watch *watch, bool wrote_lock);

/// Why it looks by itself, NULL while the kernel tells; *interval is how often, in milliseconds.
const char *watch_polls(const Watch *watch, int *interval);

/// Waits. What comes within 20 ms after a change, 200 ms in all, belongs to it. A new day (UTC) is a change
/// too, unless --today names one.
WatchAnswer watch_wait(Watch *watch);

/// Frees it.
void watch_close(Watch *watch);

#endif
