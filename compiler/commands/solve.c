/* solve and update: choose releases, say what became of each against the old fx.lock, and write the new one.
 * Where something is wrong nothing is said here: the diagnostics do, and the lock stays. */
#include <stdlib.h>

#include "base/file.h"
#include "commands/run.h"
#include "diag/display.h"
#include "emit/json_writer.h"
#include "workspace/lock.h"

typedef enum Change { CHANGE_NONE, CHANGE_ADDED, CHANGE_RELEASE, CHANGE_MANIFEST, CHANGE_REMOVED } Change;

// One integration before and now.
typedef struct Row {
  const LockEntry *now, *was;  // NULL: it is not there
  Change change;
} Row;

typedef struct Choice {
  Compilation *compilation;
  VEC(Row) rows;  // by name
  size_t count[CHANGE_REMOVED + 1];
} Choice;

static const LockEntry *entry_of(const Row *row) { return row->now ? row->now : row->was; }

static Change change_of(const Row *row) {
  if (!row->was) return CHANGE_ADDED;
  if (!row->now) return CHANGE_REMOVED;
  const LockEntry *now = row->now, *was = row->was;
  if (!str_eq(now->label, was->label) || !str_eq(now->version, was->version)) return CHANGE_RELEASE;
  return str_eq(now->digest, was->digest) && str_eq(now->path, was->path) ? CHANGE_NONE : CHANGE_MANIFEST;
}

static int by_name(const void *a, const void *b) { return str_cmp(entry_of(a)->name, entry_of(b)->name); }

static void find_rows(Choice *choice) {
  Arena *arena = &choice->compilation->arena;
  const ProjectLock *lock = &choice->compilation->lock;
  StrMap rows = {0};
  for (size_t i = 0; i < lock->now.len; i++) {
    *strmap_put(arena, &rows, lock->now.data[i].name, NULL) = (uint32_t)i;
    vec_push(arena, &choice->rows, (Row){.now = &lock->now.data[i]});
  }
  for (size_t i = 0; i < lock->old.entries.len; i++) {
    const uint32_t *row = strmap_find(&rows, lock->old.entries.data[i].name);
    if (row)
      choice->rows.data[*row].was = &lock->old.entries.data[i];
    else
      vec_push(arena, &choice->rows, (Row){.was = &lock->old.entries.data[i]});
  }
  for (size_t i = 0; i < choice->rows.len; i++) {
    Row *row = &choice->rows.data[i];
    row->change = change_of(row);
    choice->count[row->change]++;
  }
  if (choice->rows.len) qsort(choice->rows.data, choice->rows.len, sizeof(Row), by_name);
}

/* For people */

enum { COLUMNS = 5 };

static Str change_text(const Row *row, Arena *arena) {
  static const char *const words[] = {"", "added", "", "manifest", "removed"};
  if (row->change != CHANGE_RELEASE) return str_from(words[row->change]);
  bool label = !str_eq(row->now->label, row->was->label);
  Str from = label ? row->was->label : row->was->version, to = label ? row->now->label : row->now->version;
  return str_printf(arena, "%.*s -> %.*s", STR_ARG(from), STR_ARG(to));
}

static size_t width_of(Str text) {
  size_t width = 0;
  while (text.len) {
    Cell cell = display_cell(text);
    width += cell.width;
    text = str_skip(text, cell.taken);
  }
  return width;
}

static void put_cells(const Str *cells, const size_t *widths, Buf *out) {
  Buf line = {0};
  for (size_t i = 0; i < COLUMNS; i++) {
    diag_put_safe(&line, cells[i], 0);
    if (i + 1 < COLUMNS) buf_repeat(&line, ' ', widths[i] - width_of(cells[i]) + 2);
  }
  while (line.len && line.data[line.len - 1] == ' ') line.len--;
  buf_put(out, buf_str(&line));
  buf_char(out, '\n');
  buf_free(&line);
}

// A release that only the lock keeps is said to be locked; one that has just been chosen beside the lock is
// not.
static Str reason_text(const Choice *choice, const Row *row) {
  const Request *request = choice->compilation->request;
  bool chosen_now = row->change == CHANGE_ADDED || row->change == CHANGE_RELEASE;
  if (!chosen_now || !str_eq(row->now->reason, STR("locked"))) return row->now->reason;
  for (size_t i = 0; request->update && i < request->names.len; i++)
    if (str_eq(request->names.data[i], row->now->name)) return STR("updated");
  return STR("fits the rest");
}

static void put_table(Choice *choice, Buf *out) {
  Arena *arena = &choice->compilation->arena;
  size_t widths[COLUMNS] = {0};
  Str(*cells)[COLUMNS] = arena_alloc(arena, (choice->rows.len + 1) * sizeof *cells);
  static const char *const heads[] = {"integration", "release", "version", "change", "reason"};
  for (size_t i = 0; i < COLUMNS; i++) cells[0][i] = str_from(heads[i]);
  for (size_t i = 0; i < choice->rows.len; i++) {
    const Row *row = &choice->rows.data[i];
    Str none = STR("-");
    Str *line = cells[i + 1];
    line[0] = entry_of(row)->name;
    line[1] = row->now ? row->now->label : none;
    line[2] = row->now ? row->now->version : none;
    line[3] = change_text(row, arena);
    line[4] = row->now ? reason_text(choice, row) : STR("");
  }
  for (size_t i = 0; i <= choice->rows.len; i++)
    for (size_t k = 0; k < COLUMNS; k++)
      if (width_of(cells[i][k]) > widths[k]) widths[k] = width_of(cells[i][k]);
  for (size_t i = 0; i <= choice->rows.len; i++) put_cells(cells[i], widths, out);
}

static void put_counts(const Choice *choice, Buf *out) {
  static const char *const words[] = {"", "added", "changed", "with another manifest", "removed"};
  bool any = false;
  for (int i = CHANGE_ADDED; i <= CHANGE_REMOVED; i++) {
    if (!choice->count[i]) continue;
    buf_printf(out, "%s%zu %s", any ? ", " : " (", choice->count[i], words[i]);
    any = true;
  }
  buf_put(out, any ? STR(")\n") : STR("\n"));
}

static void put_summary(const Choice *choice, Buf *out) {
  const Compilation *compilation = choice->compilation;
  const ProjectLock *lock = &compilation->lock;
  size_t count = lock->now.len;
  if (!count && !lock->source) {
    buf_put(out, STR("Nothing to lock: no integration is used\n"));
    return;
  }
  bool kept = lock_is_kept(compilation);
  buf_printf(out, "%s%.*s%s: %zu integration%s", lock->written ? "Wrote " : "", STR_ARG(lock->path),
             lock->written ? ""
             : kept        ? " is up to date"
                           : " is left as it is",
             count, count == 1 ? "" : "s");
  put_counts(choice, out);
  if (lock_environment_decides(compilation) && !compilation->request->locked)
    buf_printf(out, "What the environment '%.*s' decides is not locked\n",
               STR_ARG(compilation->request->environment));
}

// Names that `update` is given and that nothing uses.
static void put_unused(const Choice *choice, Buf *out) {
  const Request *request = choice->compilation->request;
  for (size_t i = 0; request->update && i < request->names.len; i++) {
    bool chosen = false;
    for (size_t k = 0; k < choice->compilation->lock.now.len && !chosen; k++)
      chosen = str_eq(choice->compilation->lock.now.data[k].name, request->names.data[i]);
    if (chosen) continue;
    diag_put_safe(out, request->names.data[i], 0);
    buf_put(out, STR(" is not used: there is no release to choose\n"));
  }
}

/* For programs */

static void put_release(JsonWriter *w, const char *key, const LockEntry *entry) {
  if (key) json_key(w, str_from(key));
  json_object(w);
  json_string_member(w, "label", entry->label);
  json_string_member(w, "version", entry->version);
  json_string_member(w, "sha256", entry->digest);
  json_string_member(w, "manifest", entry->path);
  json_string_member(w, "reason", entry->reason);
  json_close(w, '}');
}

static void put_json(const Choice *choice, Buf *out) {
  static const char *const words[] = {"none", "added", "release", "manifest", "removed"};
  JsonWriter w = json_begin(out, STR("solution"));
  json_bool_member(&w, "written", choice->compilation->lock.written);
  json_key(&w, STR("integrations"));
  json_object(&w);
  for (size_t i = 0; i < choice->rows.len; i++) {
    const Row *row = &choice->rows.data[i];
    json_key(&w, entry_of(row)->name);
    json_object(&w);
    json_string_member(&w, "change", str_from(words[row->change]));
    if (row->now) put_release(&w, "chosen", row->now);
    if (row->was && row->change != CHANGE_NONE) put_release(&w, "before", row->was);
    json_close(&w, '}');
  }
  json_close(&w, '}');
  json_end(&w);
}

static ExitStatus solve(const Request *request) {
  bool json = str_eq(request->format, STR("json"));
  if (request->format.data && !json && !str_eq(request->format, STR("table")))
    return command_wrong_usage("--format is table or json, not '%.*s'", STR_ARG(request->format));
  Compilation compilation = {0};
  Choice choice = {.compilation = &compilation};
  Request look = *request;
  look.only_look = true;
  look.keeps_lock = true;
  run_begin(&compilation, &look);
  Buf out = {0};
  if (request->emit) buf_put(&out, buf_str(&compilation.emitted));
  if (!request->emit && !request->quiet && compilation_status(&compilation) == 0) {
    find_rows(&choice);
    if (json) put_json(&choice, &out);
    if (!json && choice.rows.len) put_table(&choice, &out);
    if (!json) put_unused(&choice, &out);
    if (!json) put_summary(&choice, &out);
  }
  ExitStatus answer = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, answer);
}

ExitStatus command_solve(const Request *request) {
  Request project = *request;
  if (request->files.len > 1 || (request->files.len && !file_is_directory(request->files.data[0])))
    return command_wrong_usage("solve takes the folder of a project, not '%.*s'",
                               STR_ARG(request->files.data[request->files.len - 1]));
  if (request->files.len) project.start = request->files.data[0];
  project.files.len = 0;
  return solve(&project);
}

ExitStatus command_update(const Request *request) {
  if (request->locked) return command_wrong_usage("update changes the lock, and --locked forbids it");
  Request update = *request;
  update.files.len = 0;  // the arguments are names
  update.update = true;
  return solve(&update);
}
