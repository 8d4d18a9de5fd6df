/* In: the bytes of an index; out: tables that lie in them. Surprising: the rows are the structs of index.h as
 * they are in memory, little-endian and without gaps; a machine that would lay them out otherwise runs
 * another build of fxc, whose index has another name. */
#include "store/index.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "store/index_file.h"
#include "store/seal.h"

_Static_assert(sizeof(Stamp) == 48 && sizeof(PackPlace) == 16 && sizeof(IndexInput) == 80 &&
                   sizeof(IndexPage) == 96 && sizeof(IndexOutput) == 80 && sizeof(IndexFolder) == 56 &&
                   sizeof(IndexFrame) % 8 == 0,
               "rows have no gaps");

static const time_t USED_AGAIN = 24 * 60 * 60;  // seconds after which a use is noted once more

/* Opening */

// The next table of the content; NULL when it is not whole.
static const void *take(Str *rest, size_t count, size_t size) {
  const char *table = rest->data;
  if (count > rest->len / size) return NULL;
  *rest = str_skip(*rest, count * size);
  return table;
}

static bool names_row(uint32_t row, uint32_t count) { return row == INDEX_NONE || row < count; }

static bool rows_are_sound(const Index *index) {
  for (uint32_t i = 0; i < index->input_count; i++)
    if (index->inputs[i].kind > INDEX_ENV) return false;
  for (uint32_t i = 0; i < index->page_count; i++) {
    const IndexPage *page = &index->pages[i];
    bool outputs = page->outputs == INDEX_NONE ||
                   (page->outputs < index->output_count && index->output_count - page->outputs > 1);
    if (!outputs || !names_row(page->input, index->input_count)) return false;
  }
  for (uint32_t i = 0; i < index->output_count; i++)
    if (!names_row(index->outputs[i].page, index->page_count)) return false;
  return true;
}

IndexState index_read(Str bytes, Index *index) {
  *index = (Index){0};
  Str rest;
  if (seal_open(bytes, INDEX_KIND, &rest) != SEAL_FINE) return INDEX_DAMAGED;
  const IndexFrame *frame = take(&rest, 1, sizeof *frame);
  if (!frame) return INDEX_DAMAGED;
  Index found = {.head = &frame->head,
                 .input_count = frame->inputs,
                 .page_count = frame->pages,
                 .output_count = frame->outputs,
                 .folder_count = frame->folders};
  found.inputs = take(&rest, found.input_count, sizeof *found.inputs);
  found.pages = take(&rest, found.page_count, sizeof *found.pages);
  found.outputs = take(&rest, found.output_count, sizeof *found.outputs);
  found.folders = take(&rest, found.folder_count, sizeof *found.folders);
  found.texts = rest;
  if (!found.inputs || !found.pages || !found.outputs || !found.folders || !rows_are_sound(&found))
    return INDEX_DAMAGED;
  *index = found;
  return INDEX_FINE;
}

// An empty file cannot be mapped and is no index.
static IndexState map(int fd, Str *mapped, struct stat *info) {
  if (fstat(fd, info) || !S_ISREG(info->st_mode)) return INDEX_MISSING;
  if (info->st_size < SEAL_SIZE) return INDEX_DAMAGED;
  void *data = mmap(NULL, (size_t)info->st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (data == MAP_FAILED) return INDEX_MISSING;
  *mapped = (Str){data, (size_t)info->st_size};
  return INDEX_FINE;
}

static IndexState map_file(int fd, Index *index, struct stat *info) {
  Str mapped;
  IndexState state = map(fd, &mapped, info);
  if (state != INDEX_FINE) return state;
  state = index_read(mapped, index);
  index->mapped = mapped;
  if (state != INDEX_FINE) index_close(index);
  return state;
}

static int open_file(Str path) {
  Arena scratch = {0};
  int fd = open(str_cstr(&scratch, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  arena_free(&scratch);
  return fd;
}

// NULL: this is no use of it.
static IndexState open_and_note(Str path, Index *index, void (*note)(int fd, const struct stat *info)) {
  *index = (Index){0};
  struct stat info;
  int fd = open_file(path);
  if (fd < 0) return INDEX_MISSING;
  IndexState state = map_file(fd, index, &info);
  if (state == INDEX_FINE && note) note(fd, &info);
  close(fd);
  return state;
}

static void note_use(int fd, const struct stat *info) {
  static const struct timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  if (info->st_mtime < time(NULL) - USED_AGAIN) futimens(fd, now);
}

IndexState index_open(Str path, Index *index) { return open_and_note(path, index, note_use); }
IndexState index_map(Str path, Index *index) { return open_and_note(path, index, NULL); }

uint64_t index_pack_bytes(int folder, const char *name) {
  IndexFrame frame = {0};
  int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return 0;
  ssize_t got = pread(fd, &frame, sizeof frame, SEAL_SIZE);
  close(fd);
  return got == sizeof frame ? frame.head.pack_bytes : 0;
}

void index_close(Index *index) {
  if (index->mapped.data) munmap((void *)(size_t)index->mapped.data, index->mapped.len);
  *index = (Index){0};
}

Str index_text(const Index *index, IndexText text) {
  if (!text.at && !text.length) return STR_NONE;
  Str found = str_skip(index->texts, text.at);
  if (text.length >= found.len || found.data[text.length]) return STR("");
  return str_take(found, text.length);
}

/* By name */

static uint32_t *table_for(Arena *arena, size_t count, size_t *space) {
  for (*space = 16; *space < 2 * count;) *space *= 2;
  return arena_array(arena, uint32_t, *space);
}

static IndexText name_of(const Index *index, IndexTable table, uint32_t row) {
  switch (table) {
    case INDEX_PAGES:
      return index->pages[row].label;
    case INDEX_OUTPUTS:
      return index->outputs[row].path;
    default:
      return index->inputs[row].path;
  }
}

static bool is_row(const Index *index, IndexTable table, uint32_t row, uint32_t kind, Str name) {
  if (table == INDEX_INPUTS && index->inputs[row].kind != kind) return false;
  return str_eq(index_text(index, name_of(index, table, row)), name);
}

// Where the row is, or would be: rows count from 1 there.
static uint32_t *slot_of(const Index *index, IndexTable table, uint32_t kind, Str name) {
  const IndexNames *names = &index->names[table];
  size_t at = (hash_str(name) + kind) & (names->space - 1);
  while (names->rows[at] && !is_row(index, table, names->rows[at] - 1, kind, name))
    at = (at + 1) & (names->space - 1);
  return &names->rows[at];
}

static void list_names(const Index *index, IndexTable table, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    Str name = index_text(index, name_of(index, table, i));
    uint32_t kind = table == INDEX_INPUTS ? index->inputs[i].kind : 0;
    uint32_t *slot = name.data ? slot_of(index, table, kind, name) : NULL;
    if (slot && !*slot) *slot = i + 1;
  }
}

void index_names(Index *index, Arena *arena) {
  const uint32_t counts[INDEX_TABLES] = {index->input_count, index->page_count, index->output_count};
  if (index->names[0].rows) return;
  for (IndexTable table = 0; table < INDEX_TABLES; table++) {
    index->names[table].rows = table_for(arena, counts[table], &index->names[table].space);
    list_names(index, table, counts[table]);
  }
}

static uint32_t find(const Index *index, IndexTable table, uint32_t kind, Str name) {
  uint32_t row = index->names[table].rows ? *slot_of(index, table, kind, name) : 0;
  return row ? row - 1 : INDEX_NONE;
}

const IndexInput *index_find_input(const Index *index, IndexInputKind kind, Str path) {
  uint32_t row = find(index, INDEX_INPUTS, kind, path);
  return row == INDEX_NONE ? NULL : &index->inputs[row];
}

const IndexPage *index_find_page(const Index *index, Str label) {
  uint32_t row = find(index, INDEX_PAGES, 0, label);
  return row == INDEX_NONE ? NULL : &index->pages[row];
}

const IndexOutput *index_find_output(const Index *index, Str path) {
  uint32_t row = find(index, INDEX_OUTPUTS, 0, path);
  return row == INDEX_NONE ? NULL : &index->outputs[row];
}
