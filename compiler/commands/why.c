/* why NAME…: the release that was chosen, the constraints with their places, and what speaks against the
 * other releases. It answers also when something is wrong. */
#include "emit/why.h"
#include "commands/run.h"
#include "passes/near.h"

static void report_unknown(Compilation *compilation, Str name) {
  Diag *diag = diag_add(&compilation->diags, FX2001, SPAN_NONE, "no manifest declares the integration '%.*s'",
                        STR_ARG(name));
  IntegrationId near = near_integration(&compilation->ir, name);
  if (near.n) diag_help(diag, "did you mean '%.*s'?", STR_ARG(ir_integration_name(&compilation->ir, near)));
  compilation->totals.errors++;
}

static void answer(Compilation *compilation, Str name, bool json, Buf *out) {
  Ir *ir = &compilation->ir;
  IntegrationId id = ir_find_integration(ir, name);
  if (!id.n) {
    report_unknown(compilation, name);
    return;
  }
  Why why;
  if (out->len && !json) buf_char(out, '\n');
  why_find(&why, ir, &compilation->arena, id);
  (json ? emit_why_json : emit_why)(ir, &why, &compilation->diags, out);
}

ExitStatus command_why(const Request *request) {
  Str word = request->format.data ? request->format : STR("text");
  bool json = str_eq(word, STR("json"));
  if (!json && !str_eq(word, STR("text")))
    return command_wrong_usage("--format is one of text, json, not '%.*s'", STR_ARG(word));
  if (!request->names.len) return command_wrong_usage("why needs the name of an integration");
  if (json && request->names.len > 1) return command_wrong_usage("why --format=json answers for one name");
  Compilation compilation = {0};
  Request look = *request;
  look.files.len = 0;  // the arguments are names
  look.only_look = true;
  run_begin(&compilation, &look);
  if (compilation_status(&compilation) > EXIT_ERRORS || !run_found_project(&compilation))
    return run_end(&compilation, EXIT_GOOD);
  Buf out = {0};
  for (size_t i = 0; i < request->names.len; i++) answer(&compilation, request->names.data[i], json, &out);
  ExitStatus status = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, status);
}
