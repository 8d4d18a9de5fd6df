/* Folders that the kernel watches for us, and what each of their names means. Two queues are used: one for
 * what a build reads, one for what it writes. */
#ifndef FXC_WATCH_QUEUE_H
#define FXC_WATCH_QUEUE_H

#include "base/notify.h"
#include "watch/scan.h"

/// One folder, under all that it is at once.
typedef struct WatchedFolder {
  Str path;
  Str tree;  // its path from the project root, data NULL: the globs do not reach it
  bool library, output;
  VEC(Str) names;  // of what counts by itself
} WatchedFolder;

typedef struct WatchQueue {
  int queue;  // -1: none
  Arena arena;
  const WatchRules *rules;
  VEC(WatchedFolder) folders;  // by the number of notify_add(), less one
} WatchQueue;

/// What has come since somebody looked.
typedef struct WatchNews {
  size_t changes;  // events about what counts
  bool structure;  // folders have come or gone: the queue is to be opened anew
  bool own;        // something happened to fx.lock, or among the outputs: their stamps tell whether it counts
  Arena *arena;    // of `gone`
  VEC(Str) gone;   // outputs that were taken away
} WatchNews;

/// Watches what the rules name. 0 or an errno value that says that this system cannot (no more watches, no
/// inotify); folders that cannot be watched for reasons of their own are left out.
int watch_queue_inputs(WatchQueue *queue, const Request *request);
/// Watches the output folder of those rules.
int watch_queue_outputs(WatchQueue *queue, const WatchRules *rules);
void watch_queue_close(WatchQueue *queue);

/// Takes what waits in a queue.
void watch_queue_read_inputs(const WatchQueue *queue, WatchNews *news);
void watch_queue_read_outputs(const WatchQueue *queue, WatchNews *news);

#endif
