/* explain CODE…: the long text of diagnostics. Without a code, a line for each. */
#include <stdio.h>

#include "commands/command.h"

static void list_codes(Buf *out) {
  for (int code = DIAG_NONE + 1; code < DIAG_CODE_COUNT; code++) {
    const DiagInfo *info = diag_info((DiagCode)code);
    buf_printf(out, "%s  %s\n", info->name, info->title);
  }
}

ExitStatus command_explain(const Request *request) {
  Buf out = {0};
  ExitStatus status = EXIT_GOOD;
  if (!request->names.len) list_codes(&out);
  for (size_t i = 0; i < request->names.len; i++) {
    DiagCode code = diag_code_find(request->names.data[i]);
    if (out.len) buf_char(&out, '\n');
    if (code != DIAG_NONE) {
      diag_explain(&out, code);
    } else {
      status = command_wrong_usage("no diagnostic has the code '%.*s'; fxc explain lists them",
                                   STR_ARG(request->names.data[i]));
    }
  }
  ExitStatus answer = command_answer(buf_str(&out));
  buf_free(&out);
  return answer > status ? answer : status;
}
