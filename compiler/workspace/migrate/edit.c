/* In: what a round wants to change. Out: edits of files, lines that say so, and FX4008 where a file cannot be
 * edited. */
#include <unistd.h>

#include "ast/ast.h"
#include "edit/range_style.h"
#include "workspace/migrate/round.h"

Span migrate_origin(const Migrate *migrate, const Compilation *run, Span span) {
  if (!span_exists(span)) return span;
  const EditFile *file = edit_file_known(&migrate->files, run, span.source);
  Span origin = {0, span.start, span.end};
  if (file && edit_is_changed(file)) {
    Splice start = splice_origin(&file->text, span.start);
    Splice end = span.end > span.start ? splice_origin(&file->text, span.end - 1) : start;
    origin = (Span){0, start.start, end.end == end.start && span.end > span.start ? end.end + 1 : end.end};
    if (origin.end < origin.start) origin.end = origin.start;
  }
  origin.source = sources_add(migrate->base->sources, source_path(run->sources, span.source),
                              source_root_path(run->sources, span.source));
  return origin;
}

Diag *migrate_refuse(Migrate *migrate, const Compilation *run, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(&migrate->base->diags, FX4008, migrate_origin(migrate, run, span), format, args);
  va_end(args);
  migrate->refused = true;
  return diag;
}

static void say(Round *round, EditFile *file, Span span, Str what) {
  Migrate *migrate = round->migrate;
  Buf line = {0};
  if (!file->lines.starts) file->lines = lines_find(&migrate->arena, file->text.current);
  LineColumn at = lines_at(&file->lines, span.start);
  diag_put_safe(&line, file->path, 0);
  buf_printf(&line, ":%u:%u: ", at.line, at.column);
  diag_put_safe(&line, what, 0);
  MigrateLine done = {file->path, span.start, migrate->done.len, str_copy(&migrate->arena, buf_str(&line))};
  vec_push(&migrate->arena, &migrate->done, done);
  buf_free(&line);
}

static bool is_planned(const EditFile *file, Splice splice) {
  for (size_t i = 0; i < file->edits.len; i++) {
    const Splice *other = &file->edits.data[i];
    if (other->start == splice.start && other->end == splice.end && str_eq(other->text, splice.text))
      return true;
  }
  return false;
}

static const char *not_editable(Round *round, const EditFile *file, Span span) {
  if (file->why) return file->why;
  if (access(str_cstr(&round->migrate->arena, file->real), W_OK)) return "the file is write-protected";
  bool read = file->fresh ||
              unsaved_was_read(&round->migrate->files.unsaved, source_path(round->run->sources, span.source));
  return read && span.end <= file->text.current.len ? NULL : "somebody has changed it while fxc was at work";
}

static void put_edit(Round *round, Span span, Str text, Str what) {
  Migrate *migrate = round->migrate;
  EditFile *file = edit_file(&migrate->files, round->run, span.source);
  const char *why = not_editable(round, file, span);
  Str copy = str_copy(&migrate->arena, text);
  Splice splice = {.start = span.start, .end = span.end};
  if (!why && edit_bytes(&migrate->files, file, copy, &splice.text, &why) &&
      !splice_add(&migrate->arena, &file->edits, splice)) {
    if (is_planned(file, splice)) return;
    why = "another change of the migration meets it";
  }
  if (why) {
    Diag *diag = migrate_refuse(migrate, round->run, span, "the migration cannot change this: %s", why);
    diag_help(diag, file->why
                        ? "a copy of the file in the project wins over it: change that, then migrate again"
                        : "change it by hand, then migrate again");
  } else if (what.len) {
    say(round, file, span, what);
  }
}

void migrate_edit(Round *round, Span span, Str text, const char *line, ...) {
  Str what = STR("");
  if (line) {
    va_list args;
    va_start(args, line);
    what = str_vprintf(&round->migrate->arena, line, args);
    va_end(args);
  }
  put_edit(round, span, text, what);
}

void migrate_say(Round *round, Span span, const char *line, ...) {
  va_list args;
  va_start(args, line);
  Str what = str_vprintf(&round->migrate->arena, line, args);
  va_end(args);
  EditFile *file = edit_file(&round->migrate->files, round->run, span.source);
  if (!file->why) say(round, file, span, what);
}

Str migrate_bytes(Round *round, SourceId source) {
  EditFile *file = edit_file(&round->migrate->files, round->run, source);
  return file->text.arena ? file->text.current : STR("");
}

void migrate_edit_scalar(Round *round, Span span, Str old, Str text) {
  Str bytes = str_take(str_skip(migrate_bytes(round, span.source), span.start), span.end - span.start);
  bool quoted = bytes.len == old.len + 2 && (bytes.data[0] == '"' || bytes.data[0] == '\'');
  if (quoted) bytes = str_take(str_skip(bytes, 1), old.len);
  if (bytes.len && !str_eq(bytes, old)) {
    Diag *diag =
        migrate_refuse(round->migrate, round->run, span,
                       "the migration cannot change '%.*s', which is written with escapes", STR_ARG(old));
    diag_help(diag, "write '%.*s' here, then migrate again", STR_ARG(text));
    return;
  }
  if (quoted) span = (Span){span.source, span.start + 1, span.end - 1};
  bool bare =
      !quoted && str_find_char(text, '|') >= 0 && ast_is_fx(source_path(round->run->sources, span.source));
  Str there = bare ? str_printf(&round->migrate->arena, "\"%.*s\"", STR_ARG(text)) : text;
  migrate_edit(round, span, there, "'%.*s' becomes '%.*s'", STR_ARG(old), STR_ARG(text));
}

/* Ranges */

static uint32_t held_by(Round *round, Str range) {
  Arena *arena = &round->migrate->arena;
  if (!range.data) return MIGRATE_FROM | MIGRATE_TO;
  return (range_holds(arena, range, &round->from_version) ? MIGRATE_FROM : 0) |
         (range_holds(arena, range, &round->target_version) ? MIGRATE_TO : 0);
}

uint32_t migrate_holds(Round *round, Str key, Str range) {
  Migrate *migrate = round->migrate;
  bool added;
  if (!round->first) {
    uint32_t *known = strmap_find(&migrate->held, key);
    return known ? *known : 0;
  }
  uint32_t *held = strmap_put(&migrate->arena, &migrate->held, key, &added);
  if (added) *held = held_by(round, range);
  return *held;
}

bool migrate_moves(Round *round, uint32_t held, Str range, Str *text) {
  Arena *arena = &round->migrate->arena;
  if (!range.data || !(held & MIGRATE_FROM)) return false;
  if (!range_holds(arena, range, &round->from_version)) return false;
  if (range_holds(arena, range, &round->to_version)) return false;
  *text = range_style(arena, range, &round->from_version, &round->to_version, round->migrate->widen);
  round->migrate->moved = true;
  return true;
}
