/* What one run is asked to do: the command line, read and checked. */
#ifndef FXC_WORKSPACE_REQUEST_H
#define FXC_WORKSPACE_REQUEST_H

#include <stdatomic.h>

#include "diag/report.h"
#include "workspace/unsaved.h"

/// How far the pipeline goes, in the order of the stages.
typedef enum Goal {
  GOAL_CONCEPT,   // views to concept pages, nothing else
  GOAL_DISCOVER,  // find uses; a missing manifest is a warning
  GOAL_VALIDATE,  // and check manifests, choose releases
  GOAL_CHECK,     // and generate, in memory only
  GOAL_BUILD,     // and write
} Goal;

/// The forms that --emit prints, one bit each.
enum {
#define EMIT(constant, name, what) EMIT_##constant##_BIT,
#include "workspace/emit.def"
#undef EMIT
  EMIT_COUNT
};
enum {
#define EMIT(constant, name, what) EMIT_##constant = 1 << EMIT_##constant##_BIT,
#include "workspace/emit.def"
#undef EMIT
};

/// Where diagnostics go: a format and a file, standard error when the path is empty.
typedef struct ReportTarget {
  DiagFormat format;
  Str path;
} ReportTarget;

typedef struct Request {
  Goal goal;
  Str output;        // -o, relative to the current directory; data NULL: what the project says
  VEC(Str) include;  // -I
  Str start;         // the directory whose project is meant; data NULL: the current one
  VEC(Str) files;    // given files: compile exactly these
  VEC(ReportTarget) reports;
  DiagPolicy policy;
  size_t jobs;    // 0: the processors
  int32_t today;  // UTC, days since 1970-01-01
  bool today_given;
  bool production, production_given;
  Str environment;  // --env
  bool force;       // overwrite what was edited by hand
  bool verbose, quiet;
  enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color;
  uint32_t emit;         // EMIT_ bits
  Str metrics, depfile;  // paths; data NULL: not asked for
  Str interfaces;        // -c --interfaces; data NULL: manifests are read
  bool manifests_alone;  // of what globs find, only what may declare integrations is looked at
  VEC(Str) objects;      // link: what stands for the pages
  Str depfile_target;    // what its rule is for; data NULL: what is written
  Str stubs;             // discover --stubs
  Str map;               // validate --map
  Str from;              // generate --from
  Str format;            // graph --format, status --format
  bool time_passes;
  bool no_cache;            // --no-cache
  bool explain;             // --explain-rebuild: why each output was written
  bool replays;             // nothing but what a run told is wanted: an earlier one may be told again
  bool only_look;           // write no outputs
  bool keeps_lock;          // build, solve, update: fx.lock follows what is chosen
  bool locked;              // --locked: what is chosen must be what fx.lock says
  bool update;              // choose anew, whatever fx.lock says: all, or `names`
  bool states;              // status: read what earlier runs remember of integrations
  bool check;               // fmt --check
  bool clear, stdin_close;  // watch
  bool verify;              // check the IR after every pass ($FXC_VERIFY)
  const Unsaved *unsaved;   // texts over files; NULL: the disk counts
  const atomic_bool *stop;  // set: give up and leave everything as it is; NULL: never
  bool unsafe_fixes, diff;  // fix --unsafe, --diff; migrate --dry-run
  bool activate;            // migrate --activate
  bool canary;              // flag --canary
  bool release_given;       // flag --release
  Str release;              // its label; empty: none was given
  VEC(DiagCode) only;       // fix --only; empty: all
  VEC(Str) names;           // arguments that are no files: stub NAME…, update NAME…, explain CODE
} Request;

#endif
