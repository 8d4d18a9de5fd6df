/* What a build would look at: the files and folders whose change asks for another one. */
#ifndef FXC_WATCH_SCAN_H
#define FXC_WATCH_SCAN_H

#include "workspace/project.h"

/// The rules by which names count, as the project file says them now. On the arena of its maker.
typedef struct WatchRules {
  const Request *request;
  Project project;
  VEC(Str) globs;      // of pages, views, manifests, templates
  Str lock;            // fx.lock, which a build writes itself
  Str overrides;       // runtime-overrides.json, which lies among the outputs
  VEC(Str) libraries;  // folders whose manifests count: -I, and the standard library
  VEC(Str) files;      // single files: project files, .env, what the command line names
} WatchRules;

/// Reads the project file; one that is broken or missing gives the rules by which its cure is noticed.
WatchRules *watch_rules(Arena *arena, const Request *request);

/// Whether a file or folder counts, told by its path from the project root.
bool watch_rules_take(const WatchRules *rules, Arena *arena, Str root_path, bool is_folder);
/// The same of a name in a library.
bool watch_rules_take_library(Str name, bool is_folder);

typedef enum WatchKind {
  WATCH_TREE,     // a folder of the project: what the globs take counts
  WATCH_LIBRARY,  // a folder of manifests
  WATCH_NAME,     // one name in a folder counts, whatever it is
} WatchKind;

typedef struct WatchPlace {
  WatchKind kind;
  Str folder;  // as system calls take it
  Str inside;  // WATCH_TREE: the folder from the project root, "." the root itself
  Str name;    // WATCH_NAME
} WatchPlace;

/// What a scan meets, in the same order each time.
typedef struct WatchVisit {
  void *context;
  void (*place)(void *context, const WatchPlace *place);  // a folder, before it is read
  void (*file)(void *context, Str path);                  // a file that counts, there or not; may be NULL
} WatchVisit;

/// Walks everything that counts but the lock and the overrides. What is not there is met as the name that it
/// would have in the nearest folder above it that is there; a link, as each name on the way to its end.
void watch_scan(const WatchRules *rules, Arena *arena, const WatchVisit *visit);

/// The nearest folder above `path` that is there, and the name in it that leads there.
WatchPlace watch_nearest(Arena *arena, Str path);

#endif
