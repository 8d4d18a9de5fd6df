/* link FILE.fxo…: what `build` does, from objects in the place of pages. */
#include "commands/run.h"

static void summary(const Compilation *compilation, Buf *out) {
  const OutputCounts *written = &compilation->written;
  size_t pages = compilation->metrics.files_scanned, integrations = compilation->metrics.components;
  buf_printf(out,
             "Linked %zu page%s and %zu integration%s in %.*s (%zu written, %zu unchanged, %zu removed)\n",
             pages, pages == 1 ? "" : "s", integrations, integrations == 1 ? "" : "s",
             STR_ARG(compilation->project.output), written->written, written->unchanged, written->removed);
}

ExitStatus command_link(const Request *request) {
  Compilation compilation = {0};
  Request link = *request;
  if (!request->files.len) return command_wrong_usage("link needs objects: fxc link FILE.fxo… or @FILE");
  if (request->map.data || request->from.data)
    return command_wrong_usage("link takes neither --map nor --from");
  link.objects.data = request->files.data;
  link.objects.len = link.objects.space = request->files.len;
  link.files.len = link.names.len = 0;
  link.keeps_lock = link.no_cache = true;
  run_begin(&compilation, &link);
  ExitStatus answer = EXIT_GOOD;
  Buf out = {0};
  if (request->emit)
    answer = command_answer(buf_str(&compilation.emitted));
  else if (!request->quiet && compilation_status(&compilation) == 0)
    summary(&compilation, &out);
  if (out.len) answer = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, answer);
}
