/* `fxc monitor`: what runtimes have counted against the bounds of the project. */
#ifndef FXC_WORKSPACE_MONITOR_H
#define FXC_WORKSPACE_MONITOR_H

#include "emit/bounds.h"
#include "workspace/compilation.h"
#include "workspace/measures.h"

typedef enum Verdict { VERDICT_KEPT, VERDICT_CROSSED, VERDICT_FEW, VERDICT_NOTHING } Verdict;

/// One bound of one integration.
typedef struct Judgement {
  Str name;  // of the integration
  Bound bound;
  Verdict verdict;
  double value;              // a share, or ms; NAN: nothing to judge
  double sample;             // calls, or releases that were asked
  Counts counts;             // what it was judged on
  double shortest, longest;  // the windows that were looked at, ms; NAN: totals since the start
} Judgement;

typedef struct Monitor {
  VEC(Judgement) list;  // by integration, then as bounds_find() has them
  size_t integrations;  // of the project that were counted
  size_t judged, crossed, few;
  bool text;  // the input has no windows
} Monitor;

/// Judges all integrations that are in the measures and in the project. FX7002, FX7003, FX7004 for bounds
/// that are crossed, at the clause; a warning of FX7005 for a name that no manifest declares. Behind a run
/// that knows all manifests.
Monitor monitor_judge(Compilation *compilation, const Measures *measures);

/// One line that says what was judged; with `verbose` one for each bound before it.
void monitor_print(const Monitor *monitor, bool verbose, Arena *arena, Buf *out);
/// All judgements as JSON; places are those of the project's files.
void monitor_print_json(const Monitor *monitor, const Sources *sources, Arena *arena, Buf *out);

#endif
