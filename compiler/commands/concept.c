/* concept: views to concept pages. It looks at no manifest. */
#include "commands/run.h"

static void summary(const Compilation *compilation, Buf *out) {
  const OutputCounts *written = &compilation->written;
  size_t count = written->written + written->unchanged;
  buf_printf(out, "Wrote %zu concept page%s to %.*s (%zu written, %zu unchanged)\n", count,
             count == 1 ? "" : "s", STR_ARG(compilation->project.output), written->written,
             written->unchanged);
}

ExitStatus command_concept(const Request *request) {
  if (request->emit)
    return command_wrong_usage("concept prints nothing; 'fxc check --emit=dom' shows the tree");
  Compilation compilation = {0};
  run_begin(&compilation, request);
  Buf out = {0};
  if (!request->quiet) {
    buf_put(&out, buf_str(&compilation.emitted));
    if (compilation_status(&compilation) == 0) summary(&compilation, &out);
  }
  ExitStatus answer = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, answer);
}
