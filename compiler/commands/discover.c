/* discover: what the concepts use. It only looks: what is missing is a warning here. */
#include <stdio.h>

#include "base/file.h"
#include "commands/run.h"
#include "commands/stubs.h"

static void answer(const Compilation *compilation, Buf *out) {
  const Usage *usage = &compilation->usage;
  buf_printf(out, "Found %zu integration%s in %zu page%s (%zu use%s)\n", usage->found,
             usage->found == 1 ? "" : "s", usage->pages, usage->pages == 1 ? "" : "s", usage->uses,
             usage->uses == 1 ? "" : "s");
}

ExitStatus command_discover(const Request *request) {
  Compilation compilation = {0};
  run_begin(&compilation, request);
  Buf out = {0};
  if (request->emit)
    buf_put(&out, buf_str(&compilation.emitted));
  else if (!request->quiet && !compilation.totals.errors)
    answer(&compilation, &out);
  if (!request->emit && !compilation.system_failed) stubs_report_missing(&compilation, request->stubs, &out);
  if (request->quiet) buf_clear(&out);
  ExitStatus status = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, status);
}
