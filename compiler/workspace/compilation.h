/* What a run of the compiler knows and leaves behind. It lives on its own arena; every stage reads what is
 * there and adds its own. */
#ifndef FXC_WORKSPACE_COMPILATION_H
#define FXC_WORKSPACE_COMPILATION_H

#include "emit/csp.h"
#include "emit/templates.h"
#include "emit/usage.h"
#include "ir/ir.h"
#include "ir/suggest.h"
#include "store/lock.h"
#include "store/outputs.h"
#include "workspace/cache/cache.h"
#include "workspace/ignore.h"
#include "workspace/project.h"
#include "workspace/request.h"
#include "workspace/states_file.h"

/// How long the stages took, in milliseconds, and what they counted.
typedef struct CompileMetrics {
  double scan_ms, validation_ms, generation_ms, write_ms;
  size_t files_scanned, bytes_scanned, integrations_found, uses_found, pages_with_uses;
  size_t valid, invalid, components;
  size_t pages_known, pages_held;  // from the cache: not read; and not written either
} CompileMetrics;

/// A part of a run, and how long it took; `part_of` may be NULL.
typedef struct Stage {
  const char *part_of;
  Str name;
  double wall_ms, cpu_ms;
} Stage;

typedef struct Stages {
  VEC(Stage) list;
  double wall_ms, cpu_ms;  // when the one that runs began
} Stages;

/// fx.lock before and behind the choice.
typedef struct ProjectLock {
  SourceId source;  // 0: there is none
  Str path, bytes;
  LockFile old;
  VEC(LockEntry) now;  // what this run chose
  bool written;
} ProjectLock;

typedef struct ObjectLink ObjectLink;  // object/link.h

/// Workers read the first half while rows are made from what they found, in the second half.
typedef struct Compilation {
  const Request *request;
  Sources *sources;
  Inputs *inputs;  // what the run has asked for
  Cache cache;
  Project project;
  Templates templates;
  DiagPolicy policy;         // the command line over the project's rules
  StrMap silenced;           // names that unreadable manifests may declare
  StrMap left_out;           // names that a validation result calls invalid
  StrMap library;            // names of the standard library
  Str *discover_attributes;  // of the project's settings, as discovery wants them
  Suggest suggest;           // the patterns of the project file that can be run
  ObjectLink *objects;       // link: what stands for the pages, when they have been looked at
  bool *pattern_found;       // beside them: on some page
  ProjectLock lock;
  Outputs *outputs;                       // NULL when nothing is written
  Str wrong_usage;                        // why the command line does not fit this project: exit status 2
  Str made;                               // -c: what the depfile is about; no data: the output folder
  KeptStates states;                      // as earlier runs left them
  Digest templates_digest;                // of all templates of the project
  const ProjectEnvironment *environment;  // of --env, NULL without it
  char apart[64];                         // a line of the processor's cache
  Arena arena;
  Ir ir;
  DiagBag diags;  // of everything so far; final after compile()
  OutputCounts written;
  Buf emitted;      // what --emit prints
  Buf explained;    // what --explain-rebuild prints
  Ignores ignores;  // suppressions of all files
  Usage usage;      // what is used and whether it is valid
  StatesFault states_fault;
  DiagTotals totals;
  size_t reported;  // of the diagnostics, how many are printed; failures to write may come later
  CompileMetrics metrics;
  Stages stages;                     // empty unless --time-passes
  struct CachedPage **cached_pages;  // beside the pages, while there is a cache
  bool committed;                    // the outputs of this run are in place
  CspNeeds *markup_needs;            // of each page, where pages are emitted; else NULL
  bool system_failed;                // FX8003 or no memory: exit status 3
  bool out_of_memory;
  bool internal_error;  // FX9001: exit status 4
} Compilation;

/// Frees everything; the compilation is not used again.
void compilation_free(Compilation *compilation);

/// Notes FX8003 once: an output could not be written. `path` may be absent.
void compilation_write_failed(Compilation *compilation, Str path, int error);

/// Counts the errors from diagnostic number `before` on, which templates made while outputs were rendered,
/// when all others had been counted. Answers how many there are.
size_t compilation_count_late(Compilation *compilation, size_t before);

/// 0 to 4, as the contract says.
int compilation_status(const Compilation *compilation);

#endif
