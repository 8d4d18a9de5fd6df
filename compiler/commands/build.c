/* build, generate and check: the whole pipeline, with or without writing. */
#include "commands/build.h"

static void summary(const Compilation *compilation, Buf *out) {
  const CompileMetrics *metrics = &compilation->metrics;
  const OutputCounts *written = &compilation->written;
  buf_printf(out,
             "Built %zu page%s and %zu integration%s in %.*s (%zu written, %zu unchanged, %zu removed)\n",
             metrics->files_scanned, metrics->files_scanned == 1 ? "" : "s", metrics->components,
             metrics->components == 1 ? "" : "s", STR_ARG(compilation->project.output), written->written,
             written->unchanged, written->removed);
}

ExitStatus build_answer(const Compilation *compilation) {
  const Request *request = compilation->request;
  ExitStatus answer = EXIT_GOOD;
  Buf out = {0};
  if (request->emit)
    answer = command_answer(buf_str(&compilation->emitted));
  else if (request->goal == GOAL_BUILD && !request->quiet && compilation_status(compilation) == 0)
    summary(compilation, &out);
  if (out.len) answer = command_answer(buf_str(&out));
  buf_free(&out);
  return answer;
}

static ExitStatus compile_and_answer(const Request *asked) {
  Compilation compilation = {0};
  Request request = *asked;
  request.replays = true;
  run_begin(&compilation, &request);
  ExitStatus answer = build_answer(&compilation);
  return run_end(&compilation, answer);
}

ExitStatus command_build(const Request *request) {
  Request build = *request;
  build.keeps_lock = true;
  return compile_and_answer(&build);
}

ExitStatus command_generate(const Request *request) { return compile_and_answer(request); }

ExitStatus command_check(const Request *request) { return compile_and_answer(request); }
