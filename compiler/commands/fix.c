/* fix: applies the fixes that diagnostics carry, then says what remains, as check would. */
#include "workspace/fix.h"

#include "base/file.h"
#include "base/mem.h"
#include "commands/run.h"

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

static void put_lines(const FixRun *run, Buf *out) {
  for (size_t i = 0; i < run->done.len; i++) buf_printf(out, "%.*s\n", STR_ARG(run->done.data[i].line));
  for (size_t i = 0; i < run->left.len; i++) buf_printf(out, "%.*s\n", STR_ARG(run->left.data[i]));
}

static void put_summary(const FixRun *run, size_t files, const Compilation *compilation, Buf *out) {
  const DiagTotals *totals = &compilation->totals;
  if (run->done.len)
    buf_printf(out, "Fixed %zu problem%s in %zu file%s; ", run->done.len, plural(run->done.len), files,
               plural(files));
  else
    buf_put(out, STR("Nothing to fix; "));
  buf_printf(out, "%zu error%s and %zu warning%s remain\n", totals->errors, plural(totals->errors),
             totals->warnings, plural(totals->warnings));
}

// The run behind the fixes: what is on the disk now, or with --diff what would be there.
static ExitStatus look_again(const FixRun *run, const Request *request) {
  Compilation compilation = {0}, writing = {0};
  Request again = *request;
  Buf out = {0};
  writing.diags.arena = &writing.arena;
  size_t files = request->diff ? 0 : edit_write(&run->files, "fxc fix", &writing);
  again.goal = GOAL_CHECK;
  again.only_look = true;
  if (!run->exactly) again.files.len = 0;
  again.unsaved = request->diff ? &run->files.unsaved : NULL;
  if (request->diff)
    edit_diff(&run->files, &out);
  else if (!request->quiet)
    put_lines(run, &out);
  run_begin(&compilation, &again);
  diag_join(&compilation.diags, &writing.diags);  // told at the end, behind what was found
  compilation.system_failed |= writing.system_failed;
  if (!request->diff && !request->quiet) put_summary(run, files, &compilation, &out);
  ExitStatus answer = command_answer(buf_str(&out));
  buf_free(&out);
  arena_free(&writing.arena);
  return run_end(&compilation, answer);
}

static void fix_all(void *arg) { fix_rounds(arg); }

ExitStatus command_fix(const Request *request) {
  for (size_t i = 0; i < request->files.len; i++)
    if (!file_exists(request->files.data[i]))
      return command_wrong_usage("there is no file '%.*s'", STR_ARG(request->files.data[i]));
  if (request->emit) return command_wrong_usage("fix prints no forms; --diff shows what it would change");
  FixRun run = {.request = request};
  ExitStatus status = EXIT_SYSTEM;
  bool finished = mem_guard(fix_all, &run);
  if (finished) status = look_again(&run, request);
  fix_free(&run);
  if (!finished) mem_exhausted();
  return status;
}
