#include "store/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "store/folders.h"
#include "store/journal.h"
#include "store/stage.h"
#include "store/stale.h"

typedef enum OutputState {
  OUTPUT_NONE,
  OUTPUT_UNCHANGED,
  OUTPUT_STAGED,
  OUTPUT_HELD,
  OUTPUT_KEPT
} OutputState;

typedef struct Output {
  Digest digest;
  uint64_t inode, size;
  int64_t
      time;  // as outputs_record() has to find it: when a staged file was written, an unchanged one touched
  OutputState state;
} Output;

struct Outputs {
  Arena *arena;
  Stage stage;
  Folders *placed, *staged;  // what is below the output folder, and below the stage
  size_t count;
  Str *paths;  // by slot; data NULL: there is none
  Output *list;
};

Outputs *outputs_open(Arena *arena, Str directory, size_t count, int *error, Str *failed) {
  Outputs *outputs = arena_new(arena, Outputs);
  outputs->arena = arena;
  outputs->count = count;
  outputs->paths = arena_array(arena, Str, count);
  outputs->list = arena_array(arena, Output, count);
  *error = stage_open(&outputs->stage, arena, directory, failed);
  outputs->placed = folders_new(arena, outputs->stage.directory, false);
  outputs->staged = folders_new(arena, outputs->stage.stage, true);
  return outputs;
}

/* Comparing */

enum { CHUNK = 32 * 1024 };

static bool holds_content(int fd, Str content) {
  char chunk[CHUNK];
  for (;;) {
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0 && !content.len;
    if ((size_t)got > content.len || memcmp(chunk, content.data, (size_t)got) != 0) return false;
    content = str_skip(content, (size_t)got);
  }
}

static int open_at(const FolderPlace *place, int flags) {
  int fd;
  do fd = openat(place->folder, place->name, flags | O_NOFOLLOW | O_CLOEXEC, 0666);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static int64_t nanoseconds(struct timespec time) { return time.tv_sec * 1000000000LL + time.tv_nsec; }

static void remember(Output *output, const struct stat *info, struct timespec time) {
  output->inode = info->st_ino;
  output->size = (uint64_t)info->st_size;
  output->time = nanoseconds(time);
}

// What is no regular file is replaced, but for a folder, which may hold anything.
static int compare_at(const FolderPlace *place, Output *output, Str content, bool *same) {
  struct stat info;
  if (fstatat(place->folder, place->name, &info, AT_SYMLINK_NOFOLLOW)) return errno == ENOENT ? 0 : errno;
  if (S_ISDIR(info.st_mode)) return EISDIR;
  if (!S_ISREG(info.st_mode) || (uint64_t)info.st_size != content.len) return 0;
  remember(output, &info, info.st_ctim);
  int fd = open_at(place, O_RDONLY | O_NONBLOCK);
  if (fd < 0) return 0;
  *same = holds_content(fd, content);
  close(fd);
  return 0;
}

static int compare(Outputs *outputs, Output *output, Str path, Str content, bool *same) {
  FolderPlace place;
  int error = folders_take(outputs->placed, path, &place);
  if (error) return error == ENOENT ? 0 : error;
  error = compare_at(&place, output, content, same);
  folders_give(outputs->placed, &place);
  return error;
}

/* Staging */

static int write_all(int fd, Str content) {
  while (content.len) {
    ssize_t put = write(fd, content.data, content.len);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    content = str_skip(content, (size_t)put);
  }
  return 0;
}

// Nobody looks into the stage before the commit: no temporary file, no rename. Of a project with errors, two
// outputs may have one path.
static int write_new(Folders *folders, Output *output, Str path, Str content) {
  FolderPlace place;
  int error = folders_take(folders, path, &place);
  if (error) return error;
  int fd = open_at(&place, O_WRONLY | O_CREAT | O_TRUNC);
  struct stat info;
  error = fd < 0 ? errno : write_all(fd, content);
  if (!error && !fstat(fd, &info)) remember(output, &info, info.st_mtim);
  if (fd >= 0 && close(fd) && !error && errno != EINTR) error = errno;
  folders_give(folders, &place);
  return error;
}

int outputs_put(Outputs *outputs, size_t slot, Str path, Str content, const OutputKnown *known) {
  Output *output = &outputs->list[slot];
  bool same = false;
  int error = 0;
  outputs->paths[slot] = path;
  output->digest = digest_str(content);
  if (known && known->holds)
    same = digest_same(known->digest, output->digest);
  else if (!outputs->stage.is_new)
    error = compare(outputs, output, path, content, &same);
  if (!error && !same) error = write_new(outputs->staged, output, path, content);
  if (!error) output->state = same ? OUTPUT_UNCHANGED : OUTPUT_STAGED;
  return error;
}

/* Piece by piece */

// The file that lies there, if it may turn out to be the same; errno values as of compare_at().
static int open_old(Outputs *outputs, Output *output, Str path, int *old) {
  FolderPlace place;
  struct stat info;
  int error = outputs->stage.is_new ? ENOENT : folders_take(outputs->placed, path, &place);
  if (error) return error == ENOENT ? 0 : error;
  if (fstatat(place.folder, place.name, &info, AT_SYMLINK_NOFOLLOW))
    error = errno == ENOENT ? 0 : errno;
  else if (S_ISDIR(info.st_mode))
    error = EISDIR;
  else if (S_ISREG(info.st_mode))
    *old = open_at(&place, O_RDONLY | O_NONBLOCK);
  if (*old >= 0) remember(output, &info, info.st_ctim);
  folders_give(outputs->placed, &place);
  return error;
}

static int open_fresh(OutputStream *stream) {
  FolderPlace place;
  int error = folders_take(stream->outputs->staged, stream->outputs->paths[stream->slot], &place);
  if (error) return error;
  stream->fresh = open_at(&place, O_WRONLY | O_CREAT | O_TRUNC);
  if (stream->fresh < 0) error = errno;
  folders_give(stream->outputs->staged, &place);
  return error;
}

// Fills the chunk as far as the file goes.
static ssize_t read_full(int fd, char *chunk, size_t size) {
  size_t len = 0;
  while (len < size) {
    ssize_t got = read(fd, chunk + len, size - len);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (!got) break;
    len += (size_t)got;
  }
  return (ssize_t)len;
}

static bool goes_on_with(int old, Str piece) {
  char chunk[CHUNK];
  while (piece.len) {
    size_t size = piece.len < sizeof chunk ? piece.len : sizeof chunk;
    if (read_full(old, chunk, size) != (ssize_t)size || memcmp(chunk, piece.data, size) != 0) return false;
    piece = str_skip(piece, size);
  }
  return true;
}

// From here on it is another file, which begins as the old one does.
static int leave_old(OutputStream *stream) {
  char chunk[CHUNK];
  int error = open_fresh(stream);
  if (!error && lseek(stream->old, 0, SEEK_SET) < 0) error = errno;
  for (uint64_t left = stream->length; !error && left;) {
    size_t size = left < sizeof chunk ? (size_t)left : sizeof chunk;
    ssize_t got = read_full(stream->old, chunk, size);
    error = got < 0 ? errno : (size_t)got < size ? EIO : write_all(stream->fresh, (Str){chunk, size});
    left -= size;
  }
  close(stream->old);
  stream->old = -1;
  return error;
}

OutputStream outputs_begin(Outputs *outputs, size_t slot, Str path) {
  OutputStream stream = {.outputs = outputs, .slot = slot, .old = -1, .fresh = -1, .digest = digest_begin()};
  outputs->paths[slot] = path;
  stream.error = open_old(outputs, &outputs->list[slot], path, &stream.old);
  if (!stream.error && stream.old < 0) stream.error = open_fresh(&stream);
  return stream;
}

void outputs_add(OutputStream *stream, Str piece) {
  if (stream->error) return;
  digest_add(stream->digest, piece);
  if (stream->old >= 0 && !goes_on_with(stream->old, piece)) stream->error = leave_old(stream);
  if (!stream->error && stream->fresh >= 0) stream->error = write_all(stream->fresh, piece);
  stream->length += piece.len;
}

int outputs_end(OutputStream *stream) {
  Output *output = &stream->outputs->list[stream->slot];
  struct stat info;
  char beyond;
  if (!stream->error && stream->old >= 0 && read_full(stream->old, &beyond, 1) != 0)
    stream->error = leave_old(stream);
  if (!stream->error) output->state = stream->fresh < 0 ? OUTPUT_UNCHANGED : OUTPUT_STAGED;
  output->digest = digest_end(stream->digest);
  if (stream->old >= 0) close(stream->old);
  if (stream->fresh >= 0 && !fstat(stream->fresh, &info)) remember(output, &info, info.st_mtim);
  if (stream->fresh >= 0 && close(stream->fresh) && !stream->error && errno != EINTR) stream->error = errno;
  stream->outputs = NULL;
  return stream->error;
}

void outputs_hold(Outputs *outputs, size_t slot, Str path) {
  outputs->paths[slot] = path;
  outputs->list[slot].state = OUTPUT_HELD;
}

void outputs_keep(Outputs *outputs, size_t slot, Str path) {
  outputs->paths[slot] = path;
  outputs->list[slot].state = OUTPUT_KEPT;
}

size_t outputs_count(const Outputs *outputs) { return outputs->count; }
Str outputs_path(const Outputs *outputs, size_t slot) { return outputs->paths[slot]; }

bool outputs_is_written(const Outputs *outputs, size_t slot) {
  return outputs->list[slot].state == OUTPUT_STAGED;
}

/* The step */

static void count_outputs(const Outputs *outputs, OutputCounts *counts) {
  for (size_t i = 0; i < outputs->count; i++) {
    OutputState state = outputs->list[i].state;
    counts->written += state == OUTPUT_STAGED;
    counts->unchanged += state == OUTPUT_UNCHANGED || state == OUTPUT_HELD;
  }
}

static int take_step(Outputs *outputs, const StalePaths *stale, Str *failed) {
  if (outputs->stage.is_new && stage_appear(&outputs->stage)) return 0;
  Journal journal = {.arena = outputs->arena, .stage = &outputs->stage};
  for (size_t i = 0; i < outputs->count; i++)
    if (outputs->list[i].state == OUTPUT_STAGED) journal_replace(&journal, outputs->paths[i]);
  for (size_t i = 0; i < stale->len; i++) journal_remove(&journal, stale->data[i]);
  return journal_commit(&journal, failed);
}

int outputs_commit(Outputs *outputs, bool remove_stale, OutputCounts *counts, Str *failed) {
  StalePaths stale = {0};
  int error = 0;
  *failed = outputs->stage.directory;
  *counts = (OutputCounts){0};
  count_outputs(outputs, counts);
  if (remove_stale && !outputs->stage.is_new)
    error = stale_find(outputs->arena, outputs->stage.directory, outputs->paths, outputs->count, &stale);
  counts->removed = stale.len;
  folders_close(outputs->staged);
  if (!error && (counts->written || counts->removed)) error = take_step(outputs, &stale, failed);
  folders_close(outputs->placed);
  if (error) journal_delete_tree(outputs->stage.stage);  // nothing, once the step is taken
  stage_unlock(&outputs->stage);
  return error;
}

// Coming into place changes the time of a file's last change, but not when it was written.
static bool is_as_left(const Output *output, const struct stat *info) {
  struct timespec time = output->state == OUTPUT_STAGED ? info->st_mtim : info->st_ctim;
  return S_ISREG(info->st_mode) && info->st_ino == output->inode && (uint64_t)info->st_size == output->size &&
         nanoseconds(time) == output->time;
}

bool outputs_record(Outputs *outputs, size_t slot, Digest *digest, struct stat *info) {
  const Output *output = &outputs->list[slot];
  FolderPlace place;
  if (!output->inode) return false;
  if (folders_take(outputs->placed, outputs->paths[slot], &place)) return false;
  bool found = !fstatat(place.folder, place.name, info, AT_SYMLINK_NOFOLLOW);
  folders_give(outputs->placed, &place);
  *digest = output->digest;
  return found && is_as_left(output, info);
}

void outputs_discard(Outputs *outputs) {
  folders_close(outputs->staged);
  journal_delete_tree(outputs->stage.stage);
  stage_unlock(&outputs->stage);
}

void outputs_close(Outputs *outputs) {
  if (!outputs) return;
  folders_close(outputs->staged);
  folders_close(outputs->placed);
  stage_unlock(&outputs->stage);
}
