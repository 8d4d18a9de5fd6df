/* Any content of an object: what is taken lies within the bytes, is written and read again, and its map can
 * be moved. The seal is right, so that more than the seal is tried. */
#include "workspace/object/file.h"

#include "emit/source_map.h"
#include "fuzz.h"

static void expect(bool holds) {
  if (!holds) abort();
}

static Str written(Arena *arena, const ObjectFile *object) {
  Buf out = {0};
  object_write(object, &out);
  Str bytes = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return bytes;
}

static void inside(Str part, Str bytes) {
  expect(part.data >= bytes.data && part.data + part.len < bytes.data + bytes.len && !part.data[part.len]);
}

static void check_pages(const ObjectFile *object, Str bytes) {
  for (size_t i = 0; i < object->pages.len; i++) {
    const ObjectPage *page = &object->pages.data[i];
    Buf moved = {0};
    inside(page->fragment, bytes);
    inside(page->code, bytes);
    inside(page->map, bytes);
    inside(page->diagnostics, bytes);
    expect(source_map_move(page->map, STR("../a b.html"), &moved) == (moved.len > 0));
    buf_free(&moved);
  }
}

static void fuzz_one(Arena *arena, Str text) {
  ObjectFile object, again;
  Buf sealed = {0};
  size_t start = seal_begin(&sealed);
  buf_put(&sealed, text);
  seal_end(&sealed, start, "fxobjec1");
  Str bytes = str_copy(arena, buf_str(&sealed));
  buf_free(&sealed);
  object_read_head(bytes, arena, &again);
  if (object_read(bytes, arena, &object) != SEAL_FINE) return;
  check_pages(&object, bytes);
  Str once = written(arena, &object);
  expect(object_read(once, arena, &again) == SEAL_FINE && again.pages.len == object.pages.len);
  expect(str_eq(once, written(arena, &again)));
}
