/* The passes: each reads rows of the IR and adds rows or diagnostics, never changes what another wrote.
 * Their order and contracts are data (passes/table.def). */
#ifndef FXC_PASSES_PASSES_H
#define FXC_PASSES_PASSES_H

#include "diag/diag.h"
#include "ir/facts.h"
#include "ir/ir.h"

typedef enum PassFact {
  FACT_INTEGRATIONS = 1 << 0,  // manifests are lowered
  FACT_PAGES = 1 << 1,         // the facts of all pages are lowered
  FACT_SYMBOLS = 1 << 2,
  FACT_TYPES = 1 << 3,
  FACT_RESOLVED = 1 << 4,
  FACT_GRAPH = 1 << 5,
  FACT_DECISIONS = 1 << 6,
  FACT_STUBS = 1 << 7,
  FACT_LIVE = 1 << 8,         // what pages rely on is checked against the chosen releases
  FACT_STATES = 1 << 9,       // statuses and dates of what was chosen are checked
  FACT_LIVENESS = 1 << 10,    // every release that can become live is known and checked
  FACT_RESILIENCE = 1 << 11,  // budgets, chains, retries, quotas and alerts are checked
  FACT_TAINT = 1 << 12,       // no secret reaches a browser
} PassFact;

/// What the project decides about a run of the passes.
typedef struct PassSettings {
  bool missing_is_warning;  // `discover` only looks: FX2001 is a warning there
  bool use_stdlib;          // the project says `use stdlib`
  const StrMap *library;    // names that the standard library declares (for the help of FX2001), or NULL
  const StrMap *silenced;   // names that a manifest with syntax errors may declare: no FX2001 for them
  const Str *includes;      // the -I directories, as the paths of their manifests begin
  size_t include_count;
  SourceId project_file;  // 0: there is none
  const Str *fresh;       // names that `update` is given: their releases are chosen first
  size_t fresh_count;
  bool note_shadowed;  // -v: a declaration that another place's hides is a note
} PassSettings;

typedef void PassRun(Ir *ir, const PassSettings *settings, DiagBag *diags);

typedef struct Pass {
  const char *name;
  uint32_t requires, provides;
  const char *what;
  PassRun *run;
} Pass;

#define PASS(name, requires, provides, what) PassRun pass_##name;
#include "passes/table.def"
#undef PASS

/// The table, ended by a row without a name.
const Pass *pass_table(void);

/// Called behind each pass: --print-after, --time-passes. May be NULL.
typedef void PassObserver(void *context, const Pass *pass, const Ir *ir);

typedef struct PassRunner {
  uint32_t facts;  // what holds already; the passes that run add what they provide
  bool verify;     // ir_verify() behind each pass: tests and debug builds
  PassObserver *observer;
  void *context;
} PassRunner;

/// Runs, in the order of the table, every pass whose requirements hold and whose provisions do not yet: once
/// with FACT_INTEGRATIONS before the pages, once more with FACT_PAGES added. False after an internal error
/// (a broken contract or row), which is then in the bag as FX9001.
bool passes_run(Ir *ir, const PassSettings *settings, DiagBag *diags, PassRunner *runner);

/// Checks what one page says against the frozen interfaces of the integrations (props and their types,
/// required ones, slots, capabilities of some release, providers): page scope, many pages at once.
/// `ir` must have run collect and check_types; strings of the diagnostics lie in the bag's arena.
void pass_check_page(const Ir *ir, const PageFacts *facts, DiagBag *diags);

#endif
