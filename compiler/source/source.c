#include "source/source.h"

#include <pthread.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/rowmap.h"
#include "base/vec.h"

typedef struct SourceFile {
  Str path;  // first: sources are found by it
  Str root_path;
  Str text;  // data == NULL: on disk
} SourceFile;

struct Sources {
  pthread_mutex_t lock;
  Arena arena;
  RowMap by_path;
  VEC(SourceFile) files;
};

int span_cmp(Span a, Span b) {
  if (a.source != b.source) return a.source < b.source ? -1 : 1;
  if (a.start != b.start) return a.start < b.start ? -1 : 1;
  return a.end < b.end ? -1 : a.end > b.end;
}

Sources *sources_new(void) {
  Sources *sources = mem_alloc(sizeof *sources);
  *sources = (Sources){.lock = PTHREAD_MUTEX_INITIALIZER};
  return sources;
}

void sources_free(Sources *sources) {
  if (!sources) return;
  arena_free(&sources->arena);
  pthread_mutex_destroy(&sources->lock);
  mem_free(sources);
}

// The table is logically constant for readers; only the lock changes.
static SourceFile file_of(const Sources *constant, SourceId source) {
  Sources *sources = (Sources *)(size_t)constant;
  pthread_mutex_lock(&sources->lock);
  SourceFile file =
      source && source <= sources->files.len ? sources->files.data[source - 1] : (SourceFile){0};
  pthread_mutex_unlock(&sources->lock);
  return file;
}

typedef struct AddRequest {
  Sources *sources;
  Str path, root_path;
  SourceId id;
} AddRequest;

static void add_locked(void *arg) {
  AddRequest *request = arg;
  Sources *sources = request->sources;
  RowMapRows rows = {sources->files.data, sizeof *sources->files.data};
  uint32_t *known = rowmap_row(&sources->arena, &sources->by_path, rows, request->path);
  request->id = *known;
  if (*known) return;
  SourceFile file = {.path = str_copy(&sources->arena, request->path)};
  bool same = str_eq(request->path, request->root_path);
  file.root_path = same ? file.path : str_copy(&sources->arena, request->root_path);
  vec_push(&sources->arena, &sources->files, file);
  request->id = *known = (SourceId)sources->files.len;
}

SourceId sources_add(Sources *sources, Str path, Str root_path) {
  AddRequest request = {.sources = sources, .path = path, .root_path = root_path};
  pthread_mutex_lock(&sources->lock);
  bool finished = mem_guard(add_locked, &request);  // the lock must not stay taken
  pthread_mutex_unlock(&sources->lock);
  if (!finished) mem_exhausted();
  return request.id;
}

typedef struct TextRequest {
  Sources *sources;
  SourceId source;
  Str text;
} TextRequest;

static void set_text_locked(void *arg) {
  TextRequest *request = arg;
  SourceFile *file = &request->sources->files.data[request->source - 1];
  file->text = str_copy(&request->sources->arena, request->text);
}

void sources_set_text(Sources *sources, SourceId source, Str text) {
  TextRequest request = {sources, source, text};
  pthread_mutex_lock(&sources->lock);
  bool finished = mem_guard(set_text_locked, &request);
  pthread_mutex_unlock(&sources->lock);
  if (!finished) mem_exhausted();
}

void sources_lend_text(Sources *sources, SourceId source, Str text) {
  pthread_mutex_lock(&sources->lock);
  sources->files.data[source - 1].text = text;
  pthread_mutex_unlock(&sources->lock);
}

Str source_path(const Sources *sources, SourceId source) { return file_of(sources, source).path; }

Str source_root_path(const Sources *sources, SourceId source) { return file_of(sources, source).root_path; }

size_t sources_count(const Sources *sources) { return sources->files.len; }

bool source_load(const Sources *sources, SourceId source, Arena *arena, Str *text) {
  SourceFile file = file_of(sources, source);
  *text = file.text;
  if (file.text.data) return true;
  return file.path.data && file_read(file.path, arena, 0, text) == 0;
}
