#include "workspace/compilation.h"

#include <string.h>

void compilation_free(Compilation *compilation) {
  buf_free(&compilation->emitted);
  sources_free(compilation->sources);
  arena_free(&compilation->arena);
}

void compilation_write_failed(Compilation *compilation, Str path, int error) {
  if (compilation->system_failed) return;
  compilation->system_failed = true;
  Str where = path.len ? path : compilation->project.output;
  Diag *diag = diag_add(&compilation->diags, FX8003, SPAN_NONE, "cannot write '%.*s': %s", STR_ARG(where),
                        strerror(error));
  diag_help(diag, "the outputs of the last build are untouched");
  compilation->totals.errors++;
}

int compilation_status(const Compilation *compilation) {
  if (compilation->internal_error) return 4;
  if (compilation->system_failed) return 3;
  if (compilation->wrong_usage.data) return 2;
  return compilation->totals.errors ? 1 : 0;
}
