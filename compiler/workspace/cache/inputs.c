/* In: questions about files, folders and variables. Out: their answers, and a note of each. Surprising: a
 * folder's digest is a sum over its names, since `readdir` gives them in any order. */
#include "workspace/cache/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "store/one_way.h"

struct Inputs {
  pthread_mutex_t lock;  // of all below
  Arena arena;
  StrMap seen;  // kind and path: index in list
  VEC(Input) list;
  const Unsaved *unsaved;
  StampClock clock;
  bool kept, sorted;
};

Inputs *inputs_new(const Unsaved *unsaved) {
  Inputs *inputs = mem_alloc(sizeof *inputs);
  *inputs = (Inputs){.lock = PTHREAD_MUTEX_INITIALIZER, .unsaved = unsaved};
  return inputs;
}

void inputs_free(Inputs *inputs) {
  if (!inputs) return;
  arena_free(&inputs->arena);
  pthread_mutex_destroy(&inputs->lock);
  mem_free(inputs);
}

void inputs_keep(Inputs *inputs, StampClock clock) {
  inputs->kept = true;
  inputs->clock = clock;
}

/* Notes */

typedef struct Note {
  Inputs *inputs;
  Input input;
} Note;

// What was asked twice counts as it was answered first: if it has changed since, it differs later.
static void note_locked(void *arg) {
  Note *note = arg;
  Inputs *inputs = note->inputs;
  Arena *arena = &inputs->arena;
  char kind = (char)('0' + note->input.kind);
  Str key = str_concat(arena, (Str){&kind, 1}, note->input.path);
  bool added;
  uint32_t *index = strmap_put(arena, &inputs->seen, key, &added);
  if (!added) return;
  *index = (uint32_t)inputs->list.len;
  note->input.path = str_skip(key, 1);
  vec_push(arena, &inputs->list, note->input);
  inputs->sorted = false;
}

void inputs_note(Inputs *inputs, Input input) {
  Note note = {inputs, input};
  pthread_mutex_lock(&inputs->lock);
  bool finished = mem_guard(note_locked, &note);
  pthread_mutex_unlock(&inputs->lock);
  if (!finished) mem_exhausted();
}

static int by_path(const void *a, const void *b) {
  const Input *x = a, *y = b;
  int order = str_cmp(x->path, y->path);
  return order ? order : (int)x->kind - (int)y->kind;
}

size_t inputs_list(Inputs *inputs, const Input **list) {
  if (!inputs->sorted && inputs->list.len) qsort(inputs->list.data, inputs->list.len, sizeof(Input), by_path);
  inputs->sorted = true;
  *list = inputs->list.data;
  return inputs->list.len;
}

/* Files */

static bool is_missing(int error) { return error == ENOENT || error == ENOTDIR; }

// `info` is of the moment before the file was read. What cannot be read never holds: who may read it now?
static Input of_file(const Inputs *inputs, Str path, int error, const struct stat *info, Str text) {
  Input input = {.path = path, .kind = is_missing(error) ? INDEX_ABSENT : INDEX_READ};
  if (error || !inputs->kept) return input;
  input.stamp = stamp_of(info, &inputs->clock);
  input.digest = inputs_digest(path, text);
  return input;
}

int inputs_look(Inputs *inputs, FileFolder *folder, Str path, Arena *arena, size_t limit, Str *text,
                Input *input) {
  struct stat info = {0};
  bool there = inputs->kept && !file_stat_in(folder, path, &info);
  int error = unsaved_read(inputs->unsaved, folder, path, arena, limit, text);
  *input = of_file(inputs, path, error, &info, *text);
  if (!there) input->stamp = (Stamp){0};
  return error;
}

int inputs_read(Inputs *inputs, Str path, Arena *arena, size_t limit, Str *text) {
  Input input;
  int error = inputs_look(inputs, NULL, path, arena, limit, text, &input);
  inputs_note(inputs, input);
  return error;
}

static mode_t kind_of(Inputs *inputs, Str path) {
  struct stat info;
  Arena scratch = {0};
  bool there = !stat(str_cstr(&scratch, path), &info);
  arena_free(&scratch);
  Input input = {.path = path, .kind = there ? INDEX_EXISTS : INDEX_ABSENT};
  if (there) input.stamp.kind = info.st_mode & S_IFMT;
  inputs_note(inputs, input);
  return there ? info.st_mode & S_IFMT : 0;
}

bool inputs_exists(Inputs *inputs, Str path) { return kind_of(inputs, path) != 0; }
bool inputs_is_directory(Inputs *inputs, Str path) { return kind_of(inputs, path) == S_IFDIR; }

/* Folders */

// fxc makes these beside sources, and no pattern finds them.
static bool is_ours(const char *name) {
  return !strcmp(name, ".") || !strcmp(name, "..") || !strcmp(name, ".fx") || !strcmp(name, "fx.lock") ||
         !strncmp(name, ".fxc-", 5) || strstr(name, ".fx-stage.") || strstr(name, ".fx-commit");
}

typedef struct Names {
  DIR *stream;
  Str folder;
  Arena scratch;
  Digest sum;
  InputsLink *link;
  void *context;
} Names;

static void add_name(Names *names, const struct dirent *entry) {
  Str text = str_printf(&names->scratch, "%c%s", '0' + entry->d_type, entry->d_name);
  Digest one = digest_str(text);
  names->sum.high += one.high;
  names->sum.low += one.low;
  if (names->link && (entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN))
    names->link(names->context, path_join(&names->scratch, names->folder, str_from(entry->d_name)));
  arena_reset(&names->scratch);
}

static void add_names(void *arg) {
  Names *names = arg;
  names->stream = opendir(str_cstr(&names->scratch, names->folder.len ? names->folder : STR(".")));
  names->sum = names->stream ? (Digest){1, 1} : (Digest){0};
  for (struct dirent *entry; names->stream && (entry = readdir(names->stream));)
    if (!is_ours(entry->d_name)) add_name(names, entry);
}

Digest inputs_names(Str folder, InputsLink *link, void *context) {
  Names names = {.folder = folder, .link = link, .context = context};
  bool finished = mem_guard(add_names, &names);
  if (names.stream) closedir(names.stream);
  arena_free(&names.scratch);
  if (!finished) mem_exhausted();
  return names.sum;
}

// A link to a folder is not followed, one to a file is read: which of them it is counts.
static void note_link(void *context, Str path) { kind_of(context, path); }

static void note_folder(Inputs *inputs, Str path) {
  Input input = {.path = path, .kind = INDEX_FOLDER};
  if (inputs->kept) {
    Arena scratch = {0};
    input.stamp = stamp_at(str_cstr(&scratch, path), &inputs->clock);
    arena_free(&scratch);
    input.digest = inputs_names(path, note_link, inputs);
  }
  inputs_note(inputs, input);
}

typedef struct Walking {
  Inputs *inputs;
  Str root;
  FileVisitor *visit;
  FileEnter *enter;
  void *context;
} Walking;

static bool visit(void *context, Str path, const struct stat *info) {
  Walking *walking = context;
  return walking->visit(walking->context, path, info);
}

static bool enter(void *context, Str path) {
  Walking *walking = context;
  Str name = path_base(path);
  bool wanted = walking->enter ? walking->enter(walking->context, path)
                               : name.data[0] != '.' && !str_eq(name, STR("node_modules"));
  if (!wanted) return false;
  Arena scratch = {0};
  note_folder(walking->inputs, path_join(&scratch, walking->root, path));
  arena_free(&scratch);
  return true;
}

int inputs_walk(Inputs *inputs, size_t threads, Str root, FileVisitor *each, FileEnter *may_enter,
                void *context, Arena *arena, Str *failed) {
  Walking walking = {inputs, root, each, may_enter, context};
  if (inputs_is_directory(inputs, root)) note_folder(inputs, root);
  return file_walk_on(threads, root, visit, enter, &walking, arena, failed);
}

/* The environment */

Digest inputs_value(const char *value) { return value ? one_way_digest(str_from(value)) : (Digest){0}; }

Digest inputs_digest(Str path, Str bytes) {
  return str_starts(path_base(path), STR(".env")) ? one_way_digest(bytes) : digest_str(bytes);
}

const char *inputs_env(Inputs *inputs, const char *name) {
  const char *value = getenv(name);
  inputs_note(inputs, (Input){.path = str_from(name), .kind = INDEX_ENV, .digest = inputs_value(value)});
  return value;
}
