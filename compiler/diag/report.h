/* What the command line says about diagnostics, and their way out. */
#ifndef FXC_DIAG_REPORT_H
#define FXC_DIAG_REPORT_H

#include <stdio.h>

#include "diag/diag.h"

typedef enum DiagFormat { DIAG_TEXT, DIAG_GCC, DIAG_JSON } DiagFormat;

typedef struct DiagPolicy {
  bool no_warnings;    // -w
  bool all_as_errors;  // -Werror
  // by DiagCode: 0 as the catalogue says, else what the command line or the project's rules said
  enum {
    POLICY_DEFAULT,
    POLICY_OFF,
    POLICY_ON,
    POLICY_ERROR,
    POLICY_NOT_ERROR,  // on or off as the catalogue has it, but never an error
    POLICY_ON_NOT_ERROR,
  } level[DIAG_CODE_COUNT];
  size_t max_errors;  // 0: no limit
} DiagPolicy;

/// Takes what stands behind "-W": "orphan", "no-orphan", "error", "error=orphan", "no-error=orphan",
/// "all", "FX2012". False when no warning has that name; *suggestion is then a near one or empty.
bool diag_policy_set(DiagPolicy *policy, Str argument, Str *suggestion);

/// What a diagnostic is under the policy; `*shown` false for one that is switched off.
DiagSeverity diag_effective(const DiagPolicy *policy, const Diag *diag, bool *shown);

/// Whether the command line or the project asks for a warning that is off by default.
bool diag_asks_for(const DiagPolicy *policy, DiagCode code);

typedef struct DiagTotals {
  size_t errors, warnings;  // all of them, printed or not
} DiagTotals;

/// Drops what the policy switches off and sets the severities; call after diag_sort().
DiagTotals diag_apply(const DiagPolicy *policy, DiagBag *bag);

typedef struct DiagOutput {
  DiagFormat format;
  bool color;  // text only
  Buf *out;
} DiagOutput;

/// Renders a sorted, filtered bag. At most policy->max_errors errors are written by the text and gcc
/// formats, then a line says how many more there are; JSON always has all.
void diag_render(const DiagBag *bag, const DiagPolicy *policy, const Sources *sources,
                 const DiagOutput *output);

/// Appends `text` with control characters and ill-formed bytes escaped (\x1b, \u{85}) and, when
/// `columns` is not 0, cut there with an ellipsis.
void diag_put_safe(Buf *out, Str text, size_t columns);

/// The text of `fxc explain CODE`.
void diag_explain(Buf *out, DiagCode code);

#endif
