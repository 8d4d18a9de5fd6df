/* validate: are the manifests of all that the concepts use there, and right? */
#include "commands/run.h"

static void answer_invalid(const Compilation *compilation, Buf *out) {
  const CompileMetrics *metrics = &compilation->metrics;
  size_t all = metrics->valid + metrics->invalid;
  if (!metrics->invalid) return;  // the fault lies elsewhere, and the diagnostics say where
  buf_printf(out, "❌ %zu of %zu integration%s invalid\n", metrics->invalid, all, all == 1 ? "" : "s");
}

ExitStatus command_validate(const Request *request) {
  Compilation compilation = {0};
  run_begin(&compilation, request);
  Buf out = {0};
  if (request->emit)
    buf_put(&out, buf_str(&compilation.emitted));
  else if (request->quiet)
    buf_clear(&out);
  else if (compilation_status(&compilation) == 0)
    buf_put(&out, STR("✅ All integrations valid\n"));
  else
    answer_invalid(&compilation, &out);
  ExitStatus answer = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, answer);
}
