#include "commands/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "workspace/depfile.h"
#include "workspace/metrics.h"

static void put(FILE *stream, const Buf *text) {
  if (text->len) fwrite(text->data, 1, text->len, stream);
}

static bool wants_color(const Request *request) {
  if (request->color != COLOR_AUTO) return request->color == COLOR_ALWAYS;
  const char *no_color = getenv("NO_COLOR");  // https://no-color.org: set and not empty
  return isatty(STDERR_FILENO) && !(no_color && *no_color);
}

// One way out: standard error, or the file that was named.
static void report(Compilation *compilation, const ReportTarget *target) {
  const Request *request = compilation->request;
  Buf text = {0};
  DiagOutput output = {
      .format = target->format, .color = !target->path.len && wants_color(request), .out = &text};
  diag_render(&compilation->diags, &compilation->policy, compilation->sources, &output);
  if (!target->path.len) compilation->reported = compilation->diags.list.len;
  if (target->path.len) {
    int error = file_write_atomic(target->path, buf_str(&text));
    if (error) compilation_write_failed(compilation, target->path, error);
  } else {
    put(stderr, &text);
  }
  buf_free(&text);
}

static void write_side_file(Compilation *compilation, Str path, void (*write)(const Compilation *, Buf *)) {
  Buf text = {0};
  if (!path.data) return;
  write(compilation, &text);
  int error = file_write_atomic(path, buf_str(&text));
  if (error) compilation_write_failed(compilation, path, error);
  buf_free(&text);
}

static void tell(void *arg) {
  Compilation *compilation = arg;
  const Request *request = compilation->request;
  static const ReportTarget standard = {.format = DIAG_TEXT};
  compilation->reported = compilation->diags.list.len;
  write_side_file(compilation, request->metrics, metrics_write);
  write_side_file(compilation, request->depfile, depfile_write);
  for (size_t i = 0; i < request->reports.len; i++) report(compilation, &request->reports.data[i]);
  if (!request->reports.len) report(compilation, &standard);
  put(stderr, &compilation->explained);
  if (request->time_passes) {
    Buf text = {0};
    metrics_print(compilation, &text);
    put(stderr, &text);
    buf_free(&text);
  }
}

void run_begin(Compilation *compilation, const Request *request) {
  compile(compilation, request);
  if (compilation->wrong_usage.data) command_wrong_usage("%.*s", STR_ARG(compilation->wrong_usage));
  if (compilation->out_of_memory || !mem_guard(tell, compilation)) {
    compilation->system_failed = true;
    fputs("fxc: error: out of memory [FX8003]\n", stderr);
  }
}

void run_files(Compilation *compilation, const Request *request, void (*work)(void *compilation)) {
  compilation->diags.arena = &compilation->arena;
  compilation->sources = sources_new();
  run_work(compilation, request, work);
}

void run_work(Compilation *compilation, const Request *request, void (*work)(void *compilation)) {
  compilation->request = request;
  compilation->policy = request->policy;
  compilation->out_of_memory |= !mem_guard(work, compilation);
  if (compilation->wrong_usage.data) command_wrong_usage("%.*s", STR_ARG(compilation->wrong_usage));
  diag_sort(&compilation->diags, compilation->sources);
  DiagTotals found = diag_apply(&compilation->policy, &compilation->diags);
  compilation->totals.errors += found.errors;
  if (compilation->out_of_memory || !mem_guard(tell, compilation)) {
    compilation->system_failed = true;
    fputs("fxc: error: out of memory [FX8003]\n", stderr);
  }
}

bool run_found_project(const Compilation *compilation) {
  for (size_t i = 0; i < compilation->diags.list.len; i++)
    if (compilation->diags.list.data[i]->code == FX8002) return false;
  return true;
}

// A report, a stub or another late file could not be written: that comes behind everything else.
static void tell_late(void *arg) {
  Compilation *compilation = arg;
  DiagBag late = {.arena = &compilation->arena};
  Buf text = {0};
  for (size_t i = compilation->reported; i < compilation->diags.list.len; i++)
    vec_push(late.arena, &late.list, compilation->diags.list.data[i]);
  DiagOutput output = {.format = DIAG_TEXT, .color = wants_color(compilation->request), .out = &text};
  diag_render(&late, &compilation->policy, compilation->sources, &output);
  put(stderr, &text);
  buf_free(&text);
}

ExitStatus run_end(Compilation *compilation, ExitStatus answer) {
  if (compilation->reported < compilation->diags.list.len) mem_guard(tell_late, compilation);
  ExitStatus status = (ExitStatus)compilation_status(compilation);
  compilation_free(compilation);
  return status > answer ? status : answer;
}
