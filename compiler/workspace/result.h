/* generate --from: what an earlier validation found valid, with the releases that it chose. */
#ifndef FXC_WORKSPACE_RESULT_H
#define FXC_WORKSPACE_RESULT_H

#include "workspace/compilation.h"

/// Reads the validation result that the request names: pins the releases that it chose and hides the
/// integrations that it calls invalid, whose uses become plain markup. Behind the manifests, before the
/// pages.
void result_take(Compilation *compilation);

/// What is wrong with the integrations that were left out is a warning: it was the validation's to report.
void result_demote(Compilation *compilation);

#endif
