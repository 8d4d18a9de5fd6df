/* monitor [FILE|-]: what runtimes have counted against the bounds of the project. Warnings about the project
 * are left to `check`: this is for who looks at what runs. */
#include "workspace/monitor.h"

#include "commands/source_file.h"
#include "workspace/compile.h"

// What keeps the bounds from being known stays.
static void keep_errors(Compilation *compilation) {
  size_t kept = 0;
  for (size_t i = 0; i < compilation->diags.list.len; i++)
    if (compilation->diags.list.data[i]->severity == DIAG_ERROR)
      compilation->diags.list.data[kept++] = compilation->diags.list.data[i];
  compilation->diags.list.len = kept;
  compilation->totals = (DiagTotals){0};  // counted again with what comes
}

static void look_at_project(Compilation *compilation) {
  const Request *request = compilation->request;
  Request look = *request;
  look.files.len = look.names.len = 0;  // the argument is no page
  look.only_look = true;
  compile(compilation, &look);
  compilation->request = request;
  keep_errors(compilation);
}

static void monitor(void *arg) {
  Compilation *compilation = arg;
  const Request *request = compilation->request;
  Arena *arena = &compilation->arena;
  look_at_project(compilation);
  bool usable = !compilation->out_of_memory && !compilation->internal_error && !compilation->wrong_usage.data;
  if (!usable || !run_found_project(compilation)) return;
  SourceId source;
  Str bytes, path = request->names.len ? request->names.data[0] : STR("-");
  Measures measures;
  if (!source_file_read(compilation, arena, path, &source, &bytes)) return;
  if (!measures_read(arena, source, bytes, &compilation->diags, &measures)) return;
  Monitor found = monitor_judge(compilation, &measures);
  if (str_eq(request->format, STR("json")))
    monitor_print_json(&found, compilation->sources, arena, &compilation->emitted);
  else if (!request->quiet)
    monitor_print(&found, request->verbose, arena, &compilation->emitted);
}

ExitStatus command_monitor(const Request *request) {
  if (request->names.len > 1) return command_wrong_usage("monitor reads one file, or '-' for standard input");
  if (request->format.data && !str_eq(request->format, STR("json")) && !str_eq(request->format, STR("text")))
    return command_wrong_usage("--format is one of text, json, not '%.*s'", STR_ARG(request->format));
  Compilation compilation = {0};
  run_work(&compilation, request, monitor);
  ExitStatus answer = command_answer(buf_str(&compilation.emitted));
  return run_end(&compilation, answer);
}
