#include "commands/source_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

enum { LARGEST_FILE = 64 << 20 };

static int read_input(Arena *arena, Str *bytes) {
  Buf text = {0};
  int error = 0;
  for (;;) {
    ssize_t got = read(STDIN_FILENO, buf_reserve(&text, 65536), 65536);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) error = errno;
    if (got <= 0) break;
    text.len += (size_t)got;
    if (text.len > LARGEST_FILE) error = EFBIG;
    if (error) break;
  }
  *bytes = str_copy(arena, buf_str(&text));
  buf_free(&text);
  return error;
}

bool source_file_read(Compilation *compilation, Arena *arena, Str path, SourceId *source, Str *bytes) {
  bool input = str_eq(path, STR("-"));
  Str name = input ? STR("<stdin>") : path;
  *source = sources_add(compilation->sources, name, name);
  int error = input ? read_input(arena, bytes) : file_read(path, arena, LARGEST_FILE, bytes);
  if (input && !error) sources_set_text(compilation->sources, *source, *bytes);
  if (error == EFBIG)
    diag_add(&compilation->diags, FX8006, span_file(*source), "the file is larger than 64 MiB");
  else if (error)
    diag_add(&compilation->diags, FX8001, span_file(*source), "cannot read the file: %s", strerror(error));
  return !error;
}

bool source_file_write(Compilation *compilation, Str path, Str text) {
  int error = file_write_atomic(path, text);
  if (!error) return true;
  compilation->system_failed = true;
  diag_add(&compilation->diags, FX8003, SPAN_NONE, "cannot write '%.*s': %s", STR_ARG(path), strerror(error));
  return false;
}
