/* status [NAME…]: the states of integrations, as a table or as JSON. It is printed also when something is
 * wrong; what that is stands on standard error. */
#include <stdio.h>

#include "base/suggest.h"
#include "commands/run.h"
#include "workspace/states.h"

static const StatusRow *find_row(const StatusRows *rows, Str name) {
  for (size_t i = 0; i < rows->len; i++)
    if (str_eq(rows->data[i].name, name)) return &rows->data[i];
  return NULL;
}

static ExitStatus report_unknown(StatusRows rows, Str name) {
  Suggestion near = suggest_start(name);
  for (size_t i = 0; i < rows.len; i++) suggest_offer(&near, rows.data[i].name);
  if (near.best.len)
    return command_wrong_usage("no integration is named '%.*s'; did you mean '%.*s'?", STR_ARG(name),
                               STR_ARG(near.best));
  return command_wrong_usage("no integration is named '%.*s'", STR_ARG(name));
}

// Those that the command line names, in their order there; all of them when it names none.
static ExitStatus select_rows(Compilation *compilation, const Request *request, StatusRows *rows) {
  StatusRows chosen = {arena_array(&compilation->arena, StatusRow, request->names.len + 1), 0};
  ExitStatus status = EXIT_GOOD;
  for (size_t i = 0; i < request->names.len; i++) {
    Str name = request->names.data[i];
    const StatusRow *row = find_row(rows, name);
    if (!row)
      status = report_unknown(*rows, name);
    else if (!find_row(&chosen, name))
      chosen.data[chosen.len++] = *row;
  }
  if (request->names.len) *rows = chosen;
  return status;
}

ExitStatus command_status(const Request *request) {
  Str word = request->format.data ? request->format : STR("table");
  bool json = str_eq(word, STR("json"));
  if (!json && !str_eq(word, STR("table")))
    return command_wrong_usage("--format is one of table, json, not '%.*s'", STR_ARG(word));
  Compilation compilation = {0};
  Request look = *request;
  look.files.len = 0;  // the arguments are names
  look.only_look = look.states = true;
  run_begin(&compilation, &look);
  bool nothing_to_name = request->names.len && !run_found_project(&compilation);
  if (compilation_status(&compilation) > EXIT_ERRORS || nothing_to_name)
    return run_end(&compilation, EXIT_GOOD);
  StatusRows rows = states_find(&compilation);
  ExitStatus status = select_rows(&compilation, request, &rows);
  Buf out = {0};
  if (json)
    emit_status_json(&compilation.ir, rows, &compilation.arena, &out);
  else if (rows.len)
    emit_status_table(&compilation.ir, rows, &compilation.arena, &out);
  ExitStatus answer = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, answer > status ? answer : status);
}
