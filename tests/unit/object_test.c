/* Objects as bytes: what is written is read, and nothing else is. */
#include "workspace/object/file.h"

#include "store/build_id.h"
#include "unit.h"

static Arena arena;

static ObjectPage page(const char *label, const char *code) {
  ObjectPage page = {.label = str_from(label),
                     .name = str_skip(str_from(label), 8),
                     .fragment = STR("fragment\0with a NUL"),
                     .code = str_from(code),
                     .map = STR("{}"),
                     .diagnostics = STR("")};
  ObjectUse known = {STR("geocoding"), true, {1, UINT64_MAX}}, absent = {STR("tides"), false, {0, 0}};
  vec_push(&arena, &page.uses, known);
  vec_push(&arena, &page.uses, absent);
  return page;
}

static Str bytes_of(size_t pages) {
  ObjectFile object = {.path = STR("concept/a.html"), .source = {2, 3}, .settings = {4, 5}};
  for (size_t i = 0; i < pages; i++)
    vec_push(&arena, &object.pages, page(i ? "concept/b" : "concept/a", i ? "" : "export {};"));
  Buf out = {0};
  object_write(&object, &out);
  Str bytes = str_copy(&arena, buf_str(&out));
  buf_free(&out);
  return bytes;
}

static void expect_head(const ObjectFile *object, size_t pages) {
  ck_str(object->path, "concept/a.html");
  ck_assert(object->source.high == 2 && object->source.low == 3);
  ck_assert(object->settings.high == 4 && object->settings.low == 5);
  ck_assert_uint_eq(object->pages.len, pages);
  ck_str(object->pages.data[pages - 1].label, pages > 1 ? "concept/b" : "concept/a");
  ck_str(object->pages.data[pages - 1].name, pages > 1 ? "b" : "a");
  ck_assert_uint_eq(object->pages.data[0].uses.len, 2);
  ck_str(object->pages.data[0].uses.data[0].name, "geocoding");
  ck_assert(object->pages.data[0].uses.data[0].known && !object->pages.data[0].uses.data[1].known);
  ck_assert(object->pages.data[0].uses.data[0].interface.low == UINT64_MAX);
}

START_TEST(what_is_written_is_read) {
  for (size_t pages = 1; pages <= 2; pages++) {
    ObjectFile object, head;
    Str bytes = bytes_of(pages);
    ck_assert_int_eq(object_read(bytes, &arena, &object), SEAL_FINE);
    expect_head(&object, pages);
    ck_assert(str_eq(object.pages.data[0].fragment, STR("fragment\0with a NUL")));
    ck_str(object.pages.data[0].code, "export {};");
    ck_str(object.pages.data[pages - 1].map, "{}");
    ck_assert_uint_eq(object.pages.data[pages - 1].diagnostics.len, 0);
    ck_assert_int_eq(object_read_head(str_take(bytes, bytes.len - 20), &arena, &head), SEAL_FINE);
    expect_head(&head, pages);
  }
}
END_TEST

START_TEST(damage) {
  Str bytes = bytes_of(2);
  ObjectFile object;
  for (size_t len = 0; len < bytes.len; len++) {
    char *cut = malloc(len + 1);
    memcpy(cut, bytes.data, len);
    ck_assert_int_eq(object_read((Str){cut, len}, &arena, &object), SEAL_DAMAGED);
    object_read_head((Str){cut, len}, &arena, &object);
    free(cut);
  }
  for (size_t i = 0; i < bytes.len; i++) {
    bool build = i >= SEAL_KIND && i < SEAL_KIND + sizeof(Digest);
    for (int bit = 0; bit < 8; bit++) {
      char *changed = str_cstr(&arena, bytes);
      changed[i] = (char)(changed[i] ^ (1 << bit));
      SealState state = object_read((Str){changed, bytes.len}, &arena, &object);
      ck_assert_int_eq(state, build ? SEAL_FOREIGN : SEAL_DAMAGED);
      state = object_read_head((Str){changed, bytes.len}, &arena, &object);
      ck_assert(!build || state == SEAL_FOREIGN);
    }
  }
}
END_TEST

UNIT_MAIN("object", what_is_written_is_read, damage)
