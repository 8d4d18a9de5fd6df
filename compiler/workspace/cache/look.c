/* In: an index. Out: whether its rows hold. Surprising: rows stand in the order of paths, so that a worker
 * opens each folder once and asks for names in it, which spares the kernel most of the way to a file. */
#include "workspace/cache/look.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/pool.h"

enum { LEAST_CHUNK = 32, MOST_CHUNK = 512, CHUNKS = 24, ALONE = 1024, LONGEST = 4096, MOST_CHANGED = 64 };

// One thread's: the folder that it has open.
typedef struct Looker {
  Arena scratch, keep;
  int root;  // what paths are relative to
  int folder;
  Str name;  // of the folder; data NULL: none is open
  VEC(LookFresh) fresh;
  VEC(uint32_t) changed;
} Looker;

typedef struct Look {
  const Compilation *compilation;
  const Index *index;
  size_t inputs, outputs, folders;  // how many rows are looked at
  size_t chunk;                     // so many at once
  int output;                       // the output folder; -1: there is none
  Looker *lookers;
  atomic_bool differs;
} Look;

/* Files */

static void leave_folder(Looker *looker) {
  if (looker->folder >= 0) close(looker->folder);
  looker->folder = -1;
  looker->name = STR_NONE;
}

static int last_error(void) {
  int error = errno;
  return error ? error : EIO;
}

// stat() of a path that lives as long as the index. 0 or an errno value.
static int stat_in(Looker *looker, int root, Str path, int flags, struct stat *info) {
  ptrdiff_t slash = str_rfind_char(path, '/');
  if (slash <= 0) return fstatat(root, path.data, info, flags) ? last_error() : 0;
  Str folder = str_take(path, (size_t)slash);
  if (looker->root != root || !looker->name.data || !str_eq(looker->name, folder)) {
    char name[LONGEST];
    if (folder.len >= sizeof name) return fstatat(root, path.data, info, flags) ? last_error() : 0;
    memcpy(name, folder.data, folder.len);
    name[folder.len] = '\0';
    leave_folder(looker);
    looker->folder = openat(root, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (looker->folder < 0) return last_error();
    looker->root = root;
    looker->name = folder;
  }
  return fstatat(looker->folder, path.data + slash + 1, info, flags) ? last_error() : 0;
}

static void note_fresh(Looker *looker, int table, size_t row, Stamp stamp) {
  vec_push(&looker->keep, &looker->fresh, (LookFresh){table, (uint32_t)row, stamp});
}

static bool has_digest(Looker *looker, Str path, Digest digest) {
  Str bytes;
  bool same = !digest_none(digest) && !file_read(path, &looker->scratch, 0, &bytes) &&
              digest_same(inputs_digest(path, bytes), digest);
  arena_reset(&looker->scratch);
  return same;
}

/* Inputs */

// Another text of a page may be all that is new.
static bool may_change(Looker *looker, const IndexInput *input, size_t row, const Stamp *now) {
  if (input->use != CACHE_INPUT_PAGE || !S_ISREG(now->kind)) return false;
  vec_push(&looker->keep, &looker->changed, (uint32_t)row);
  return looker->changed.len <= MOST_CHANGED;
}

static bool file_holds(const Look *look, Looker *looker, size_t row, Str path) {
  const IndexInput *input = &look->index->inputs[row];
  struct stat info;
  if (stat_in(looker, AT_FDCWD, path, 0, &info)) return false;
  Stamp now = stamp_of(&info, &look->compilation->cache.clock);
  if (input->stamp.trusted && stamp_same(&input->stamp, &now)) return true;
  if (now.size != input->stamp.size || !has_digest(looker, path, input->digest))
    return may_change(looker, input, row, &now);
  note_fresh(looker, LOOK_INPUT, row, now);
  return true;
}

static bool folder_holds(const Look *look, Looker *looker, size_t row, Str path) {
  const IndexInput *input = &look->index->inputs[row];
  Stamp now = stamp_at(path.data, &look->compilation->cache.clock);
  if (input->stamp.trusted && stamp_same(&input->stamp, &now)) return true;
  if (digest_none(input->digest) || !digest_same(inputs_names(path, NULL, NULL), input->digest)) return false;
  note_fresh(looker, LOOK_INPUT, row, now);
  return true;
}

static bool input_holds(const Look *look, Looker *looker, size_t row) {
  const IndexInput *input = &look->index->inputs[row];
  Str path = index_text(look->index, input->path);
  struct stat info;
  if (!path.data) return false;
  switch ((IndexInputKind)input->kind) {
    case INDEX_READ:
      return file_holds(look, looker, row, path);
    case INDEX_FOLDER:
      return folder_holds(look, looker, row, path);
    case INDEX_ENV:
      return digest_same(inputs_value(getenv(path.data)), input->digest);
    case INDEX_EXISTS:
      return !stat(path.data, &info) && (info.st_mode & S_IFMT) == input->stamp.kind;
    case INDEX_ABSENT:
      return stat(path.data, &info) && (errno == ENOENT || errno == ENOTDIR);
  }
  return false;
}

/* Outputs */

static Str in_output(const Look *look, Looker *looker, Str path) {
  return path_join(&looker->scratch, look->compilation->project.output, path);
}

static bool output_holds(const Look *look, Looker *looker, size_t row) {
  const IndexOutput *output = &look->index->outputs[row];
  Str path = index_text(look->index, output->path);
  struct stat info;
  if (!path.len) return true;                     // the slot was empty
  if (digest_none(output->digest)) return false;  // somebody was at it when it was written
  if (stat_in(looker, look->output, path, AT_SYMLINK_NOFOLLOW, &info) || !S_ISREG(info.st_mode)) return false;
  Stamp now = stamp_of(&info, &look->compilation->cache.clock);
  if (output->stamp.trusted && stamp_same(&output->stamp, &now)) return true;
  if (now.size != output->stamp.size || !has_digest(looker, in_output(look, looker, path), output->digest))
    return false;
  note_fresh(looker, LOOK_OUTPUT, row, now);
  return true;
}

// How many names the index knows in an output folder; they are there, or an output does not hold.
static size_t known_names(const Index *index, Str folder) {
  size_t count = 0;
  for (uint32_t i = 0; i < index->output_count; i++) {
    Str path = index_text(index, index->outputs[i].path);
    count += path.len && !digest_none(index->outputs[i].digest) && str_eq(path_directory(path), folder);
  }
  for (uint32_t i = 0; i < index->folder_count; i++) {
    Str path = index_text(index, index->folders[i].path);
    count += !str_eq(path, STR(".")) && str_eq(path_directory(path), folder);
  }
  return count;
}

static size_t count_names(const char *folder) {
  size_t count = 0;
  DIR *stream = opendir(folder);
  for (struct dirent *entry; stream && (entry = readdir(stream));)
    count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
  if (stream) closedir(stream);
  return count;
}

// A file that was put there may be an output that is not wanted any more.
static bool output_folder_holds(const Look *look, Looker *looker, size_t row) {
  const IndexFolder *folder = &look->index->folders[row];
  Str path = index_text(look->index, folder->path);
  const char *whole = str_cstr(&looker->scratch, in_output(look, looker, path));
  struct stat info;
  bool top = str_eq(path, STR("."));  // which may be a link
  int failed = top ? stat(whole, &info) : lstat(whole, &info);
  if (failed || !S_ISDIR(info.st_mode)) return false;
  Stamp now = stamp_of(&info, &look->compilation->cache.clock);
  bool holds = folder->stamp.trusted && stamp_same(&folder->stamp, &now);
  if (!holds) {
    holds = count_names(whole) == known_names(look->index, path);
    if (holds) note_fresh(looker, LOOK_FOLDER, row, now);
  }
  arena_reset(&looker->scratch);
  return holds;
}

/* All of it */

static bool holds(const Look *look, Looker *looker, size_t row) {
  if (row < look->inputs) return input_holds(look, looker, row);
  row -= look->inputs;
  if (row < look->outputs) return output_holds(look, looker, row);
  return output_folder_holds(look, looker, row - look->outputs);
}

static void look_at_chunk(void *context, size_t chunk, size_t worker) {
  Look *look = context;
  size_t end = (chunk + 1) * look->chunk, all = look->inputs + look->outputs + look->folders;
  for (size_t row = chunk * look->chunk; row < end && row < all; row++) {
    if (atomic_load_explicit(&look->differs, memory_order_relaxed)) return;
    if (!holds(look, &look->lookers[worker], row)) atomic_store(&look->differs, true);
  }
}

static size_t threads_for(const Compilation *compilation, size_t rows) {
  if (rows < ALONE) return 1;
  return compilation->request->jobs ? compilation->request->jobs : pool_processors();
}

// Small enough that nobody waits long for the last one, large enough that folders are not opened too often.
static size_t chunk_for(size_t rows, size_t threads) {
  if (threads < 2) return MOST_CHUNK;
  size_t chunk = rows / (threads * CHUNKS);
  return chunk > MOST_CHUNK ? MOST_CHUNK : chunk < LEAST_CHUNK ? LEAST_CHUNK : chunk;
}

static void gather(const Look *look, size_t threads, Arena *arena, LookResult *result) {
  for (size_t i = 0; i < threads; i++) {
    Looker *looker = &look->lookers[i];
    for (size_t k = 0; k < looker->fresh.len; k++) vec_push(arena, &result->fresh, looker->fresh.data[k]);
    for (size_t k = 0; k < looker->changed.len; k++)
      vec_push(arena, &result->changed, looker->changed.data[k]);
    leave_folder(looker);
    arena_free(&looker->scratch);
    arena_free(&looker->keep);
  }
}

LookResult look_at_all(const Compilation *compilation, Arena *arena) {
  const Index *index = &compilation->cache.index;
  Look look = {.compilation = compilation, .index = index, .inputs = index->input_count, .output = -1};
  LookResult result = {0};
  if (index->head->counters[CACHE_COMMITTED]) {
    look.outputs = index->output_count;
    look.folders = index->folder_count;
    look.output = open(str_cstr(arena, compilation->project.output), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (look.output < 0) return result;
  }
  size_t rows = look.inputs + look.outputs + look.folders, threads = threads_for(compilation, rows);
  look.lookers = arena_array(arena, Looker, threads);
  for (size_t i = 0; i < threads; i++) look.lookers[i].folder = -1;
  look.chunk = chunk_for(rows, threads);
  bool finished = pool_run(threads, (rows + look.chunk - 1) / look.chunk, look_at_chunk, &look);
  if (look.output >= 0) close(look.output);
  gather(&look, threads, arena, &result);
  if (!finished) mem_exhausted();
  result.holds = !atomic_load(&look.differs);
  return result;
}
