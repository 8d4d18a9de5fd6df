/* stub [NAME…]: stub manifests into the project's manifest folder; without a name, for all that is missing.
 */
#include <stdio.h>

#include "base/file.h"
#include "base/glob.h"
#include "commands/run.h"
#include "commands/stubs.h"
#include "ir/attr.h"

static Str manifest_directory(Compilation *compilation) {
  const ProjectTexts *manifests = &compilation->project.settings.manifests;
  Str prefix = manifests->len ? glob_fixed_prefix(manifests->data[0].text) : STR("integrations/");
  while (prefix.len > 1 && prefix.data[prefix.len - 1] == '/') prefix.len--;
  return path_join(&compilation->arena, compilation->project.root, prefix);
}

static ExitStatus write_named(Compilation *compilation, const Request *request, Buf *out) {
  ExitStatus status = EXIT_GOOD;
  for (size_t i = 0; i < request->names.len; i++) {
    Str name = str_copy(&compilation->arena, request->names.data[i]);
    if (attr_is_name(name)) {
      buf_printf(out, "%.*s\n", STR_ARG(name));
      stubs_write(compilation, name, manifest_directory(compilation), out);
      continue;
    }
    status = command_wrong_usage("'%.*s' is not the name of an integration", STR_ARG(name));
  }
  return status;
}

ExitStatus command_stub(const Request *request) {
  Compilation compilation = {0};
  Request look = *request;
  look.files.len = 0;  // the arguments are names
  look.only_look = true;
  look.policy.level[FX2001] = POLICY_OFF;  // that is what is being cured
  run_begin(&compilation, &look);
  Buf out = {0};
  ExitStatus status = EXIT_GOOD;
  if (!run_found_project(&compilation))  // no place for stubs
    status = EXIT_ERRORS;
  else if (request->names.len)
    status = write_named(&compilation, request, &out);
  else
    stubs_report_missing(&compilation, manifest_directory(&compilation), &out);
  if (!out.len && !request->names.len && !compilation.totals.errors)
    buf_put(&out, STR("No manifest is missing\n"));
  ExitStatus answer = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, answer > status ? answer : status);
}
