/* In: the diagnostics of a run. Out: edits, round by round. Surprising: a file that is met for the first time
 * is only read, and edited in the next round, so that what is edited is exactly what the diagnostics are
 * about. */
#include "workspace/fix.h"

#include "base/file.h"
#include "diag/report.h"
#include "workspace/compile.h"

enum { ROUNDS = 10, RUNS = 40 };

/* Which fixes */

static bool is_wanted(const Request *request, DiagCode code) {
  for (size_t i = 0; i < request->only.len; i++)
    if (request->only.data[i] == code) return true;
  return request->only.len == 0;
}

static const DiagFix *choose(const Request *request, const Diag *diag) {
  if (!is_wanted(request, diag->code)) return NULL;
  for (size_t i = 0; i < diag->fixes.len; i++)
    if (diag->fixes.data[i].applicability == DIAG_MACHINE_APPLICABLE) return &diag->fixes.data[i];
  return request->unsafe_fixes && diag->fixes.len ? &diag->fixes.data[0] : NULL;
}

/* What is said about them */

static LineColumn place_of(FixRun *run, const Compilation *compilation, Span span) {
  EditFile *file = edit_file_known(&run->files, compilation, span.source);
  if (file && file->text.arena) {
    if (!file->lines.starts) file->lines = lines_find(&run->arena, file->text.current);
    return lines_at(&file->lines, span.start);
  }
  Arena scratch = {0};
  Str text;
  source_load(compilation->sources, span.source, &scratch, &text);
  LineColumn at = lines_locate(text, span.start);
  arena_free(&scratch);
  return at;
}

static Str say(FixRun *run, const Compilation *compilation, const Diag *diag, const char *what, Str why) {
  Buf line = {0};
  LineColumn at = place_of(run, compilation, diag->span);
  diag_put_safe(&line, source_path(compilation->sources, diag->span.source), 0);
  buf_printf(&line, ":%u:%u: %s %s: ", at.line, at.column, what, diag_info(diag->code)->name);
  diag_put_safe(&line, why, 0);
  Str text = str_copy(&run->arena, buf_str(&line));
  buf_free(&line);
  return text;
}

static Str title_of(FixRun *run, const DiagFix *fix) {
  if (fix->edits.len == 1) return fix->title;
  return str_printf(&run->arena, "%.*s (%zu places)", STR_ARG(fix->title), fix->edits.len);
}

// A fix of one run is that of another when this is the same, whatever stands before it in the file.
static Str key_of(FixRun *run, const Compilation *compilation, const Diag *diag, const DiagFix *fix) {
  return str_printf(&run->arena, "%s %.*s %.*s %.*s", diag_info(diag->code)->name,
                    STR_ARG(source_path(compilation->sources, diag->span.source)), STR_ARG(diag->message),
                    STR_ARG(fix->title));
}

static void leave(FixRun *run, const Compilation *compilation, const Diag *diag, const DiagFix *fix,
                  const char *why) {
  bool added;
  strmap_put(&run->arena, &run->seen, key_of(run, compilation, diag, fix), &added);
  if (!added) return;
  Str line = say(run, compilation, diag, "not fixed", str_from(why));
  vec_push(&run->arena, &run->left, line);
}

/* One fix */

typedef enum Answer { APPLIES, WAITS, IS_LEFT, IS_NOT_MEANT } Answer;

static Answer look_at_files(FixRun *run, const Compilation *compilation, const DiagFix *fix,
                            const char **why) {
  Answer answer = APPLIES;
  for (size_t i = 0; i < fix->edits.len; i++) {
    Span span = fix->edits.data[i].span;
    const EditFile *file = edit_file(&run->files, compilation, span.source);
    if (file->not_meant) return IS_NOT_MEANT;
    if (file->why) {
      *why = file->why;
      return IS_LEFT;
    }
    if (file->fresh) {
      answer = WAITS;
    } else if (!unsaved_was_read(&run->files.unsaved, source_path(compilation->sources, span.source)) ||
               span.end > file->text.current.len) {
      *why = "the fix is for another text than that of the file";
      return IS_LEFT;
    }
  }
  return answer;
}

static void take_back(FixRun *run, const Compilation *compilation, const DiagFix *fix, size_t count) {
  for (size_t i = 0; i < count; i++) {
    Span span = fix->edits.data[i].span;
    splice_remove(&edit_file(&run->files, compilation, span.source)->edits, (Splice){.start = span.start});
  }
}

static Answer add_edits(FixRun *run, const Compilation *compilation, const DiagFix *fix, const char **why) {
  for (size_t i = 0; i < fix->edits.len; i++) {
    const DiagEdit *edit = &fix->edits.data[i];
    EditFile *file = edit_file(&run->files, compilation, edit->span.source);
    Splice splice = {edit->span.start, edit->span.end, STR_NONE, run->done.len};
    Answer answer = edit_text(&run->files, file, edit, &splice.text, why) ? WAITS : IS_LEFT;
    if (answer == WAITS && splice_add(&run->arena, &file->edits, splice)) continue;
    take_back(run, compilation, fix, i);
    return answer;
  }
  return APPLIES;
}

static void plan_fix(FixRun *run, const Compilation *compilation, const Diag *diag, const DiagFix *fix) {
  const char *why = NULL;
  if (run->seen.len && strmap_find(&run->seen, key_of(run, compilation, diag, fix))) return;
  Answer answer = look_at_files(run, compilation, fix, &why);
  if (answer == APPLIES) answer = add_edits(run, compilation, fix, &why);
  if (answer == WAITS) run->again = true;
  if (answer == IS_LEFT) leave(run, compilation, diag, fix, why);
  if (answer != APPLIES) return;
  FixDone done = {.key = key_of(run, compilation, diag, fix)};
  done.line = say(run, compilation, diag, "fixed", title_of(run, fix));
  done.undone = say(run, compilation, diag, "not fixed", STR("the fix would do harm elsewhere in the file"));
  vec_push(&run->arena, &run->done, done);
}

static void plan(FixRun *run, const Compilation *compilation) {
  for (size_t i = 0; i < compilation->diags.list.len; i++) {
    const Diag *diag = compilation->diags.list.data[i];
    const DiagFix *fix = choose(run->request, diag);
    if (fix && span_exists(diag->span)) plan_fix(run, compilation, diag, fix);
  }
}

/* Rounds */

/* Fixes that did harm */

// What no fix may bring about: a file that cannot be read, something that stands twice.
static bool is_fault(DiagCode code) {
  return code == FX1402 || code == FX2003 || code == FX2004 || code == FX2005;
}

static void blame_at(FixRun *run, const Compilation *compilation, Span span) {
  const EditFile *file = edit_file_known(&run->files, compilation, span.source);
  const Splices *edits = file ? &file->applied : NULL;
  for (size_t i = 0; edits && i < edits->len; i++) {
    const Splice *edit = &edits->data[i];
    if (edit->start <= span.end && span.start <= edit->end) run->done.data[edit->owner].spoils = true;
  }
}

static bool has_blamed(const FixRun *run) {
  for (size_t i = run->done_before; i < run->done.len; i++)
    if (run->done.data[i].spoils) return true;
  return false;
}

// Those that stand where the fault is seen, else all of the round that touched the file.
static void blame(FixRun *run, const Compilation *compilation, const Diag *diag) {
  blame_at(run, compilation, diag->span);
  for (size_t i = 0; i < diag->labels.len; i++) blame_at(run, compilation, diag->labels.data[i].span);
  for (size_t i = 0; i < diag->notes.len; i++) blame_at(run, compilation, diag->notes.data[i].span);
  if (!has_blamed(run)) blame_at(run, compilation, (Span){diag->span.source, 0, UINT32_MAX});
}

// A file that could not be read before may say something else now, as the next fault comes to light.
static Str fault_key(FixRun *run, const Compilation *compilation, const Diag *diag) {
  Str what = diag->code == FX1402 || diag->code == FX2003 ? diag->message : STR("syntax");
  return str_printf(&run->arena, "%.*s: %.*s", STR_ARG(source_path(compilation->sources, diag->span.source)),
                    STR_ARG(what));
}

static void find_harm(FixRun *run, const Compilation *compilation) {
  StrMap faults = {0};
  for (size_t i = 0; i < compilation->diags.list.len; i++) {
    const Diag *diag = compilation->diags.list.data[i];
    if (!is_fault(diag->code)) continue;
    Str key = fault_key(run, compilation, diag);
    strmap_put(&run->arena, &faults, key, NULL);
    if (!strmap_find(&run->faults, key)) blame(run, compilation, diag);
  }
  if (!has_blamed(run)) run->faults = faults;
}

// A round with a fix that did harm did not happen; the others come again without it.
static bool undo_harm(FixRun *run) {
  if (!has_blamed(run)) return false;
  for (size_t i = run->done_before; i < run->done.len; i++) {
    const FixDone *done = &run->done.data[i];
    bool added;
    if (!done->spoils) continue;
    strmap_put(&run->arena, &run->seen, done->key, &added);
    if (added) vec_push(&run->arena, &run->left, done->undone);
  }
  run->done.len = run->done_before;
  for (size_t i = 0; i < run->files.list.len; i++) {
    EditFile *file = &run->files.list.data[i];
    if (file->text.arena) edit_set(&run->files, file, file->before);
    file->applied = (Splices){0};
  }
  return true;
}

// Answers whether there is to be another.
static bool round_of(FixRun *run, const Compilation *compilation, size_t *rounds) {
  run->again = false;
  find_harm(run, compilation);
  if (undo_harm(run)) return true;
  run->done_before = run->done.len;
  if (*rounds == ROUNDS) return false;
  plan(run, compilation);
  edit_apply(&run->files);
  bool applied = run->done.len > run->done_before;
  *rounds += applied;
  return applied || run->again;
}

static bool is_source(const Compilation *compilation, Arena *arena, Str path) {
  Str wanted = path_normal(arena, path), below = path_join(arena, wanted, STR("."));
  below = str_concat(arena, below, STR("/"));
  for (SourceId source = 1; source <= sources_count(compilation->sources); source++) {
    Str known = path_normal(arena, source_path(compilation->sources, source));
    if (str_eq(known, wanted) || str_starts(known, below)) return true;
  }
  return false;
}

// Files of the project are fixed with all the project in view; others are compiled as they are given.
static bool has_given(FixRun *run, const Compilation *compilation) {
  for (size_t i = 0; i < run->request->files.len; i++)
    if (!is_source(compilation, &run->arena, run->request->files.data[i])) return false;
  return true;
}

void fix_rounds(FixRun *run) {
  Request request = *run->request;
  size_t rounds = 0;
  bool more = true;
  run->files = edit_files(&run->arena, run->request);
  request.goal = GOAL_CHECK;
  request.only_look = true;
  request.unsaved = &run->files.unsaved;
  request.files.len = 0;
  request.emit = 0;
  for (int i = 0; i < RUNS && more; i++) {
    Compilation compilation = {0};
    compile(&compilation, &request);
    if (i == 0 && !has_given(run, &compilation)) {
      run->exactly = true;
      request.files = run->request->files;
    } else {
      bool finished = !compilation.out_of_memory && !compilation.internal_error;
      more = finished && round_of(run, &compilation, &rounds);
    }
    compilation_free(&compilation);
  }
}

void fix_free(FixRun *run) { arena_free(&run->arena); }
