#include "workspace/compilation.h"

#include <string.h>

void compilation_free(Compilation *compilation) {
  outputs_close(compilation->outputs);
  buf_free(&compilation->emitted);
  buf_free(&compilation->explained);
  cache_close(&compilation->cache);
  inputs_free(compilation->inputs);
  sources_free(compilation->sources);
  arena_free(&compilation->arena);
}

void compilation_write_failed(Compilation *compilation, Str path, int error) {
  if (compilation->system_failed) return;
  compilation->system_failed = true;
  Str where = path.len ? path : compilation->project.output;
  Diag *diag = diag_add(&compilation->diags, FX8003, SPAN_NONE, "cannot write '%.*s': %s", STR_ARG(where),
                        strerror(error));
  if (!compilation->committed) diag_help(diag, "the outputs of the last build are untouched");
  compilation->totals.errors++;
}

size_t compilation_count_late(Compilation *compilation, size_t before) {
  size_t late = 0;
  for (size_t i = before; i < compilation->diags.list.len; i++)
    late += compilation->diags.list.data[i]->code == FX8006;
  compilation->totals.errors += late;
  return late;
}

int compilation_status(const Compilation *compilation) {
  if (compilation->internal_error) return 4;
  if (compilation->system_failed) return 3;
  if (compilation->wrong_usage.data) return 2;
  return compilation->totals.errors ? 1 : 0;
}
