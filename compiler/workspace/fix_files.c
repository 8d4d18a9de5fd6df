/* The files that fixes edit. In: sources of a run. Out: their texts, and after all rounds files on the disk.
 * Surprising: what a link points at is edited, but only inside the project, and never what the standard
 * library or a package brought. */
#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "edit/unified.h"
#include "workspace/fix.h"

// The path without links; empty when there is nothing.
static Str real_path(Arena *arena, Str path) {
  char *found = realpath(str_cstr(arena, path), NULL);
  Str copy = found ? str_copy(arena, str_from(found)) : STR("");
  free(found);
  return copy;
}

static bool lies_in(Str path, Str directory) {
  if (!directory.len || !str_starts(path, directory)) return false;
  return path.len == directory.len || directory.data[directory.len - 1] == '/' ||
         path.data[directory.len] == '/';
}

static const char *forbidden(const FixRun *run, Str real) {
  if (!real.len) return "the file is gone";
  if (lies_in(real, run->library)) return "it belongs to the standard library";
  if (!lies_in(real, run->root)) return "it lies outside the project";
  return str_find(real, STR("/node_modules/")) >= 0 ? "it belongs to a package" : NULL;
}

static bool is_meant(const FixRun *run, Arena *arena, Str path) {
  const Request *request = run->request;
  for (size_t i = 0; i < request->files.len; i++)
    if (lies_in(path_normal(arena, path), path_normal(arena, request->files.data[i]))) return true;
  return request->files.len == 0;
}

static void read_text(FixRun *run, FixFile *file) {
  Str text;
  int error = file_read(file->path, &run->arena, 0, &text);
  if (error) {
    file->why = "the file cannot be read";
    return;
  }
  ptrdiff_t end = str_find_char(text, '\n');
  file->crlf = end > 0 && text.data[end - 1] == '\r';
  file->html = str_ends(file->path, STR(".html")) || str_ends(file->path, STR(".htm"));
  if (file->html) file->input = html_decode_bytes(&run->arena, text);
  splice_begin(&file->text, &run->arena, text);
  file->before = file->text;
}

static uint32_t open_file(FixRun *run, const Compilation *compilation, Str path) {
  Arena *arena = &run->arena;
  if (!run->root.len) {
    run->root = real_path(arena, compilation->project.root);
    run->library =
        compilation->project.library.len ? real_path(arena, compilation->project.library) : STR("");
  }
  FixFile file = {.path = path, .real = real_path(arena, path), .fresh = true};
  file.not_meant = !is_meant(run, arena, path);
  file.why = forbidden(run, file.real);
  // Two names of one file are one file.
  for (uint32_t i = 0; i < run->files.len && file.real.len; i++)
    if (str_eq(run->files.data[i].real, file.real)) return i + 1;
  if (!file.why && !file.not_meant) read_text(run, &file);
  vec_push(arena, &run->files, file);
  return (uint32_t)run->files.len;
}

FixFile *fix_file(FixRun *run, const Compilation *compilation, SourceId source) {
  Str path = source_path(compilation->sources, source);
  uint32_t *known = strmap_find(&run->by_path, path);
  if (known) return &run->files.data[*known - 1];
  path = str_copy(&run->arena, path);
  uint32_t index = open_file(run, compilation, path);
  *strmap_put(&run->arena, &run->by_path, path, NULL) = index;
  FixFile *file = &run->files.data[index - 1];
  if (file->text.arena) unsaved_put(&run->unsaved, path, file->text.current);
  vec_push(&run->arena, &file->names, path);
  file->fresh = true;
  return file;
}

/* Texts of edits */

static Str with_crlf(Arena *arena, Str text) {
  Buf buf = {0};
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] == '\n' && (i == 0 || text.data[i - 1] != '\r')) buf_char(&buf, '\r');
    buf_char(&buf, text.data[i]);
  }
  Str result = str_copy(arena, buf_str(&buf));
  buf_free(&buf);
  return result;
}

static bool has_any(Str text, const char *bytes) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] && strchr(bytes, text.data[i])) return true;
  return false;
}

// A name that replaces a name may have what a value ends with, quoted or not.
static Str with_references(Arena *arena, Str text) {
  Buf buf = {0};
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] && strchr(" \t\n\f\r\"'&<>=`", text.data[i]))
      buf_printf(&buf, "&#%d;", text.data[i]);
    else
      buf_char(&buf, text.data[i]);
  }
  Str result = str_copy(arena, buf_str(&buf));
  buf_free(&buf);
  return result;
}

bool fix_text(FixRun *run, const FixFile *file, const DiagEdit *edit, Str *text, const char **why) {
  Arena *arena = &run->arena;
  Str old = str_take(str_skip(file->text.current, edit->span.start), edit->span.end - edit->span.start);
  *text = str_copy(arena, edit->text);
  if (file->html && old.len && !has_any(old, "=\"'<>")) *text = with_references(arena, *text);
  if (file->crlf && str_find_char(*text, '\n') >= 0) *text = with_crlf(arena, *text);
  if (!file->html || html_encode(arena, &file->input, *text, text)) return true;
  *why = "the page's encoding does not have the new text; save the page as UTF-8";
  return false;
}

/* What is left behind */

static bool is_changed(const FixFile *file) {
  return file->text.arena && !str_eq(file->text.original, file->text.current);
}

void fix_diff(const FixRun *run, Buf *out) {
  for (size_t i = 0; i < run->files.len; i++)
    if (is_changed(&run->files.data[i])) unified_diff(&run->files.data[i].text, run->files.data[i].path, out);
}

static void report_failure(Compilation *compilation, Str path, const char *why) {
  Diag *diag =
      diag_add(&compilation->diags, FX8003, SPAN_NONE, "cannot write '%.*s': %s", STR_ARG(path), why);
  diag_help(diag, "the file is as it was; run 'fxc fix' again");
  compilation->totals.errors++;
  compilation->system_failed = true;
}

static bool write_file(const FixFile *file, Compilation *compilation) {
  Arena scratch = {0};
  Str now;
  int error = file_read(file->real, &scratch, 0, &now);
  bool same = !error && str_eq(now, file->text.original);
  if (same) error = file_write_atomic(file->real, file->text.current);
  arena_free(&scratch);
  if (error)
    report_failure(compilation, file->path, strerror(error));
  else if (!same)
    report_failure(compilation, file->path, "somebody has changed it while fxc was at work");
  return same && !error;
}

size_t fix_write(const FixRun *run, Compilation *compilation) {
  size_t written = 0;
  for (size_t i = 0; i < run->files.len; i++)
    if (is_changed(&run->files.data[i])) written += write_file(&run->files.data[i], compilation);
  return written;
}

void fix_free(FixRun *run) { arena_free(&run->arena); }
