/* The files that are edited. In: sources of a run. Out: their texts, and after all rounds files on the disk.
 * Surprising: what a link points at is edited, but only inside the project, and never what the standard
 * library or a package brought. */
#include "workspace/edit_files.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "edit/unified.h"

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

static const char *forbidden(const EditFiles *files, Str real) {
  if (!real.len) return "the file is gone";
  if (lies_in(real, files->library)) return "it belongs to the standard library";
  if (!lies_in(real, files->root)) return "it lies outside the project";
  return str_find(real, STR("/node_modules/")) >= 0 ? "it belongs to a package" : NULL;
}

static bool is_meant(const EditFiles *files, Arena *arena, Str path) {
  const Request *request = files->request;
  for (size_t i = 0; i < request->files.len; i++)
    if (lies_in(path_normal(arena, path), path_normal(arena, request->files.data[i]))) return true;
  return request->files.len == 0;
}

static void read_text(EditFiles *files, EditFile *file) {
  Str text;
  int error = file_read(file->path, files->arena, 0, &text);
  if (error) {
    file->why = "the file cannot be read";
    return;
  }
  ptrdiff_t end = str_find_char(text, '\n');
  file->crlf = end > 0 && text.data[end - 1] == '\r';
  file->html = str_ends(file->path, STR(".html")) || str_ends(file->path, STR(".htm"));
  if (file->html) file->input = html_decode_bytes(files->arena, text);
  splice_begin(&file->text, files->arena, text);
  file->before = file->text;
}

static uint32_t open_file(EditFiles *files, const Compilation *compilation, Str path) {
  Arena *arena = files->arena;
  if (!files->root.len) {
    files->root = real_path(arena, compilation->project.root);
    files->library =
        compilation->project.library.len ? real_path(arena, compilation->project.library) : STR("");
  }
  EditFile file = {.path = path, .real = real_path(arena, path), .fresh = true};
  file.not_meant = !is_meant(files, arena, path);
  file.why = forbidden(files, file.real);
  // Two names of one file are one file.
  bool added = true;
  uint32_t *known = file.real.len ? strmap_put(arena, &files->by_real, file.real, &added) : NULL;
  if (!added) return *known;
  if (known) *known = (uint32_t)files->list.len + 1;
  if (!file.why && !file.not_meant) read_text(files, &file);
  vec_push(arena, &files->list, file);
  return (uint32_t)files->list.len;
}

EditFile *edit_file(EditFiles *files, const Compilation *compilation, SourceId source) {
  Str path = source_path(compilation->sources, source);
  uint32_t *known = strmap_find(&files->by_path, path);
  if (known) return &files->list.data[*known - 1];
  path = str_copy(files->arena, path);
  uint32_t index = open_file(files, compilation, path);
  *strmap_put(files->arena, &files->by_path, path, NULL) = index;
  EditFile *file = &files->list.data[index - 1];
  if (file->text.arena) unsaved_put(&files->unsaved, path, file->text.current);
  vec_push(files->arena, &file->names, path);
  file->fresh = true;
  return file;
}

EditFile *edit_file_known(const EditFiles *files, const Compilation *compilation, SourceId source) {
  uint32_t *known = strmap_find(&files->by_path, source_path(compilation->sources, source));
  return known ? &files->list.data[*known - 1] : NULL;
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

bool edit_bytes(EditFiles *files, const EditFile *file, Str given, Str *text, const char **why) {
  *text = given;
  if (file->crlf && str_find_char(*text, '\n') >= 0) *text = with_crlf(files->arena, *text);
  if (!file->html || html_encode(files->arena, &file->input, *text, text)) return true;
  *why = "the page's encoding does not have the new text; save the page as UTF-8";
  return false;
}

bool edit_text(EditFiles *files, const EditFile *file, const DiagEdit *edit, Str *text, const char **why) {
  Arena *arena = files->arena;
  Str old = str_take(str_skip(file->text.current, edit->span.start), edit->span.end - edit->span.start);
  Str given = str_copy(arena, edit->text);
  if (file->html && old.len && !has_any(old, "=\"'<>")) given = with_references(arena, given);
  return edit_bytes(files, file, given, text, why);
}

/* Rounds */

void edit_set(EditFiles *files, EditFile *file, SplicedText text) {
  file->text = text;
  file->lines = (Lines){0};
  for (size_t i = 0; i < file->names.len; i++)
    unsaved_put(&files->unsaved, file->names.data[i], text.current);
}

// The same edits where they stand in the text behind them.
static Splices moved(EditFiles *files, const Splices *edits) {
  Splices list = {0};
  uint32_t grown = 0;
  for (size_t i = 0; i < edits->len; i++) {
    Splice edit = edits->data[i];
    uint32_t length = (uint32_t)edit.text.len, removed = edit.end - edit.start;
    edit.start += grown;
    edit.end = edit.start + length;
    grown += length - removed;
    vec_push(files->arena, &list, edit);
  }
  return list;
}

void edit_apply(EditFiles *files) {
  for (size_t i = 0; i < files->list.len; i++) {
    EditFile *file = &files->list.data[i];
    file->fresh = false;
    if (!file->text.arena) continue;
    file->before = file->text;
    file->applied = moved(files, &file->edits);
    if (!file->edits.len) continue;
    SplicedText text = file->text;
    splice_apply(&text, &file->edits);
    edit_set(files, file, text);
    file->edits = (Splices){0};
  }
}

/* What is left behind */

bool edit_is_changed(const EditFile *file) {
  return file->text.arena && !str_eq(file->text.original, file->text.current);
}

void edit_diff(const EditFiles *files, Buf *out) {
  for (size_t i = 0; i < files->list.len; i++) {
    const EditFile *file = &files->list.data[i];
    if (edit_is_changed(file)) unified_diff(&file->text, file->path, out);
  }
}

typedef struct Writing {
  const EditFiles *files;
  const char *command;
  Compilation *compilation;
} Writing;

static void report_failure(const Writing *writing, const EditFile *file, const char *why, bool all) {
  Compilation *compilation = writing->compilation;
  Diag *diag =
      diag_add(&compilation->diags, FX8003, SPAN_NONE, "cannot write '%.*s': %s", STR_ARG(file->path), why);
  diag_help(diag, "%s; run '%s' again", all ? "no file is changed" : "the file is as it was",
            writing->command);
  compilation->totals.errors++;
  compilation->system_failed = true;
}

// Whether the file still is what was read; else that is reported.
static bool is_as_read(const Writing *writing, const EditFile *file, bool all) {
  Arena scratch = {0};
  Str now;
  int error = file_read(file->real, &scratch, 0, &now);
  bool same = !error && str_eq(now, file->text.original);
  arena_free(&scratch);
  if (!same)
    report_failure(writing, file, error ? strerror(error) : "somebody has changed it while fxc was at work",
                   all);
  return same;
}

static bool write_file(const Writing *writing, const EditFile *file) {
  if (!is_as_read(writing, file, false)) return false;
  int error = file_write_atomic(file->real, file->text.current);
  if (error) report_failure(writing, file, strerror(error), false);
  return !error;
}

size_t edit_write(const EditFiles *files, const char *command, Compilation *compilation) {
  Writing writing = {files, command, compilation};
  size_t written = 0;
  for (size_t i = 0; i < files->list.len; i++)
    if (edit_is_changed(&files->list.data[i])) written += write_file(&writing, &files->list.data[i]);
  return written;
}

/* All or none: each file is written beside the old one, then all are put in place */

typedef VEC(Str) Staged;  // beside the files; data NULL: unchanged, or in place already

static bool stage(const Writing *writing, const EditFile *file, Str *staged) {
  if (!is_as_read(writing, file, true)) return false;
  int error = file_stage(writing->files->arena, file->real, file->text.current, staged);
  if (error) report_failure(writing, file, strerror(error), true);
  return !error;
}

static void discard(const Staged *staged) {
  for (size_t i = 0; i < staged->len; i++)
    if (staged->data[i].data) file_unstage(staged->data[i]);
}

// The files before `end` get their old text back.
static void restore(const Writing *writing, size_t end) {
  for (size_t i = 0; i < end; i++) {
    const EditFile *file = &writing->files->list.data[i];
    int error = edit_is_changed(file) ? file_write_atomic(file->real, file->text.original) : 0;
    if (!error) continue;
    Diag *diag = diag_add(&writing->compilation->diags, FX8003, SPAN_NONE, "cannot write '%.*s' back: %s",
                          STR_ARG(file->path), strerror(error));
    diag_help(diag, "this file is changed and others are not: undo it by hand");
  }
}

size_t edit_write_all(const EditFiles *files, const char *command, Compilation *compilation) {
  Writing writing = {files, command, compilation};
  Staged staged = {0};
  bool good = true;
  size_t written = 0;
  for (size_t i = 0; i < files->list.len && good; i++) {
    Str beside = STR_NONE;
    if (edit_is_changed(&files->list.data[i])) good = stage(&writing, &files->list.data[i], &beside);
    vec_push(files->arena, &staged, beside);
  }
  for (size_t i = 0; i < files->list.len && good; i++) {
    if (!staged.data[i].data) continue;
    const EditFile *file = &files->list.data[i];
    int error = file_put(staged.data[i], file->real);
    good = !error;
    written += good;
    if (good)
      staged.data[i] = STR_NONE;
    else
      restore(&writing, i), report_failure(&writing, file, strerror(error), true);
  }
  discard(&staged);
  return good ? written : 0;
}

EditFiles edit_files(Arena *arena, const Request *request) {
  return (EditFiles){.arena = arena, .request = request, .unsaved = {.arena = arena}};
}
