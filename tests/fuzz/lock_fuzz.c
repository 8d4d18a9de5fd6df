/* A lock that is read and written must, read again, say the same. And what no merge has touched is never
 * taken for a conflict, nor does a conflict put in the middle of a lock make it say anything new. */
#include "store/lock.h"

#include "fuzz.h"

static void expect(bool holds) {
  if (!holds) abort();
}

static bool same(const LockEntry *a, const LockEntry *b) {
  return str_eq(a->name, b->name) && str_eq(a->label, b->label) && str_eq(a->version, b->version) &&
         str_eq(a->digest, b->digest) && str_eq(a->path, b->path) && str_eq(a->reason, b->reason);
}

static void check_places(const LockFile *file, size_t length) {
  for (size_t i = 0; i < file->faults.len; i++) {
    Span span = file->faults.data[i].span;
    expect(span.start <= span.end && span.end <= length);
  }
  for (size_t i = 0; i < file->entries.len; i++) {
    const LockEntry *entry = &file->entries.data[i];
    expect(entry->span.end <= length && entry->name_span.end < entry->label_span.start &&
           entry->path_span.end < entry->span.end);
  }
}

// Each entry is one of `before`: with marks in it, a lock only ever says less.
static void check_no_more(const LockFile *before, const LockFile *after) {
  for (size_t i = 0; i < after->entries.len; i++) {
    bool known = false;
    for (size_t k = 0; k < before->entries.len && !known; k++)
      known = same(&before->entries.data[k], &after->entries.data[i]);
    expect(known);
  }
}

static void check_marks(Arena *arena, const LockFile *file, Str text) {
  static const char *const marks[] = {"<<<<<<< a\n", "||||||| b\n", "=======\n", ">>>>>>> c\n"};
  Buf marked = {0};
  size_t line = 0, salt = text.len;
  for (Str rest = text, one; rest.len && str_split(&rest, '\n', &one); line++) {
    if ((line * 7 + salt) % 3 == 0) buf_put(&marked, str_from(marks[(line + salt) % 4]));
    buf_put(&marked, one);
    buf_char(&marked, '\n');
  }
  LockFile after;
  lock_read(arena, 1, buf_str(&marked), &after);
  check_places(&after, marked.len);
  if (file->entries.len < 200) check_no_more(file, &after);
  buf_free(&marked);
}

static void fuzz_one(Arena *arena, Str text) {
  LockFile file, again;
  lock_read(arena, 1, text, &file);
  check_places(&file, text.len);
  Buf out = {0};
  LockEntry *entries = arena_array(arena, LockEntry, file.entries.len + 1);
  for (size_t i = 0; i < file.entries.len; i++) entries[i] = file.entries.data[i];
  lock_print(entries, file.entries.len, &out);
  Str printed = str_copy(arena, buf_str(&out));
  buf_free(&out);
  lock_read(arena, 1, printed, &again);
  expect(!again.faults.len && again.entries.len == file.entries.len);
  for (size_t i = 0; i < again.entries.len; i++) expect(same(&entries[i], &again.entries.data[i]));
  check_marks(arena, &again, printed);
}
