/* What lies in the cache folder: stamps and the clock they are held against, the seal, the index, the pack,
 * and how the folder is kept small. Each test has a folder of its own. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "store/build_id.h"
#include "store/cache_folder.h"
#include "store/index.h"
#include "store/one_way.h"
#include "store/seal.h"
#include "unit.h"

static Arena arena;
static Str folder;
static unsigned seed = 1;

static unsigned next(unsigned limit) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % limit;
}

static void make_folder(void) {
  char name[] = "/tmp/fxc-cache-XXXXXX";
  folder = str_copy(&arena, str_from(mkdtemp(name)));
}

static void drop_folder(void) {
  char command[80];
  snprintf(command, sizeof command, "rm -rf '%.*s'", STR_ARG(folder));
  ck_assert_int_eq(system(command), 0);
}

static Str at(const char *name) { return path_join(&arena, folder, str_from(name)); }
static Str text_of(Str path) {
  Str text;
  ck_assert_int_eq(file_read(path, &arena, 0, &text), 0);
  return text;
}
static bool exists(const char *name) { return file_exists(at(name)); }
static bool same_digest(Digest a, Digest b) { return a.high == b.high && a.low == b.low; }

/* Stamps */

static struct stat info_of(int64_t modified, int64_t changed) {
  struct stat info = {.st_dev = 5, .st_ino = 6, .st_size = 7, .st_mode = S_IFREG | 0644};
  info.st_mtim.tv_sec = modified;
  info.st_ctim.tv_sec = changed;
  return info;
}

START_TEST(trust) {
  const int64_t second = 1000000000;
  StampClock clock = {1000 * second, 5}, elsewhere = {1000000 * second, 4}, none = {0, 5};
  struct stat old = info_of(999, 999), changed = info_of(999, 1000), modified = info_of(1000, 999);
  ck_assert(stamp_of(&old, &clock).trusted);
  ck_assert(!stamp_of(&changed, &clock).trusted);
  ck_assert(!stamp_of(&modified, &clock).trusted);  // in the future: `touch -d`
  ck_assert(!stamp_of(&old, &none).trusted);
  ck_assert(!stamp_of(&old, NULL).trusted);
  ck_assert(stamp_of(&old, &elsewhere).trusted);
  struct stat young = info_of(1000000 - 86400, 999);
  ck_assert(!stamp_of(&young, &elsewhere).trusted);
}
END_TEST

START_TEST(sameness) {
  struct stat info = info_of(10, 11);
  Stamp a = stamp_of(&info, NULL), b = a;
  b.trusted = 1;
  ck_assert(stamp_same(&a, &b));
  uint64_t *parts[] = {&b.device, &b.inode, &b.size, (uint64_t *)&b.modified, (uint64_t *)&b.changed};
  for (size_t i = 0; i < 5; i++) {
    ++*parts[i];
    ck_assert(!stamp_same(&a, &b));
    --*parts[i];
  }
  b.kind = S_IFDIR | 0644;
  ck_assert(!stamp_same(&a, &b));
  Stamp nothing = stamp_at("/nowhere/at/all", NULL);
  ck_assert(!nothing.kind && !nothing.inode);
}
END_TEST

// A file that is written between two looks at the clock is not trusted by the first, and is by one that
// waited.
START_TEST(clocks) {
  make_folder();
  StampClock before = stamp_clock(folder);
  ck_assert(before.now > 0);
  ck_assert_int_eq(file_write_new(at("a"), STR("x")), 0);
  const char *path = str_cstr(&arena, at("a"));
  Stamp early = stamp_at(path, &before);
  ck_assert(!early.trusted && early.device == before.device && early.size == 1);
  StampClock after = stamp_clock_after(folder, early.changed);
  Stamp late = stamp_at(path, &after);
  ck_assert(stamp_same(&early, &late) && late.trusted == (after.now > early.changed));
  struct timespec times[2] = {{1, 0}, {1, 0}};
  utimensat(AT_FDCWD, path, times, 0);  // a modification time that lies far back proves nothing
  ck_assert(!stamp_at(path, &before).trusted);
  ck_assert_int_eq(stamp_clock(at("missing")).now, 0);
  drop_folder();
}
END_TEST

/* The seal */

START_TEST(seals) {
  Buf out = {0};
  buf_put(&out, STR("before"));
  size_t start = seal_begin(&out);
  buf_put(&out, STR("content"));
  seal_end(&out, start, "fxctest1");
  Str bytes = str_skip(buf_str(&out), 6), content;
  ck_assert_int_eq(seal_open(bytes, "fxctest1", &content), SEAL_FINE);
  ck_str(content, "content");
  ck_assert_int_eq(seal_open(bytes, "fxctest2", &content), SEAL_DAMAGED);
  for (size_t i = 0; i < bytes.len; i++) {
    SealState expected = i >= 8 && i < 24 ? SEAL_FOREIGN : SEAL_DAMAGED;
    out.data[6 + i] ^= 1;
    ck_assert_int_eq(seal_open(bytes, "fxctest1", &content), expected);
    out.data[6 + i] ^= 1;
    ck_assert_int_eq(seal_open(str_take(bytes, i), "fxctest1", &content), SEAL_DAMAGED);
  }
  Str parts[] = {STR("con"), STR(""), STR("tent")};
  char frame[SEAL_SIZE];
  seal_parts(frame, "fxctest1", parts, 3);
  ck_assert(memcmp(frame, bytes.data, SEAL_SIZE) == 0);
  buf_free(&out);
}
END_TEST

// The linker's own words for it, so that a build without the note does not pass.
START_TEST(builds) {
  Digest id = build_id();
  ck_assert(id.high || id.low);
  ck_assert(same_digest(id, build_id()));
  char command[80];
  snprintf(command, sizeof command, "readelf -n /proc/%ld/exe | grep -q 'Build ID: [0-9a-f]'",
           (long)getpid());
  ck_assert_int_eq(system(command), 0);
}
END_TEST

// FIPS 180-4, the example of one block, and the empty text.
START_TEST(one_way) {
  ck_assert(same_digest(one_way_digest(STR("abc")), (Digest){0xba7816bf8f01cfea, 0x414140de5dae2223}));
  ck_assert(same_digest(one_way_digest(STR_NONE), (Digest){0xe3b0c44298fc1c14, 0x9afbf4c8996fb924}));
}
END_TEST

/* The index */

static void fill(IndexDraft *draft, uint32_t pages) {
  index_draft(draft, &arena);
  draft->head = (IndexHead){.first_day = 5, .last_day = 9, .counters[3] = 42};
  draft->head.diags = index_keep(draft, STR("what was \0 said"));
  for (uint32_t i = 0; i < pages; i++) {
    IndexText path = index_keep(draft, str_printf(&arena, "../concept/%u.html", i));
    vec_push(&arena, &draft->inputs,
             (IndexInput){.path = path, .kind = INDEX_READ, .digest = {i, i}, .stamp.size = i});
    IndexPage page = {.label = index_keep(draft, str_printf(&arena, "concept/%u.html", i)),
                      .fragment = {16 + 40 * i, 3, 1},
                      .input = i,
                      .outputs = 2 * i};
    vec_push(&arena, &draft->pages, page);
    for (uint32_t k = 0; k < 2; k++) {
      path = index_keep(draft, str_printf(&arena, "pages/%u.tsx%s", i, k ? ".map" : ""));
      vec_push(&arena, &draft->outputs, (IndexOutput){.path = path, .page = i});
    }
  }
  vec_push(&arena, &draft->inputs,
           (IndexInput){.path = index_keep(draft, STR("FXC_STDLIB")), .kind = INDEX_ENV});
  vec_push(&arena, &draft->folders, (IndexFolder){.path = index_keep(draft, STR("pages"))});
}

static Str printed(const IndexDraft *draft) {
  Buf out = {0};
  index_print(draft, &out);
  char *copy = arena_alloc(&arena, out.len);
  memcpy(copy, out.data, out.len);
  size_t len = out.len;
  buf_free(&out);
  return (Str){copy, len};
}

static void check_index(Index *index, uint32_t pages) {
  index_names(index, &arena);
  ck_assert_uint_eq(index->page_count, pages);
  ck_assert_uint_eq(index->head->counters[3], 42);
  ck_assert_int_eq(index->head->last_day, 9);
  ck_assert_uint_eq(index->head->pack_bytes, pages * 40);
  ck_assert(str_eq(index_text(index, index->head->diags), STR("what was \0 said")));
  ck_assert(!index_text(index, index->head->extra).data);
  for (uint32_t i = 0; i < pages; i++) {
    const IndexPage *page = index_find_page(index, str_printf(&arena, "concept/%u.html", i));
    ck_assert(page == &index->pages[i]);
    const IndexInput *input =
        index_find_input(index, INDEX_READ, str_printf(&arena, "../concept/%u.html", i));
    ck_assert(input == &index->inputs[page->input] && input->digest.low == i);
    const IndexOutput *map = index_find_output(index, str_printf(&arena, "pages/%u.tsx.map", i));
    ck_assert(map == &index->outputs[page->outputs + 1]);
    Str path = index_text(index, map->path);
    ck_assert_uint_eq(strlen(path.data), path.len);
  }
  ck_assert(index_find_input(index, INDEX_ENV, STR("FXC_STDLIB")) != NULL);
  ck_assert(!index_find_input(index, INDEX_READ, STR("FXC_STDLIB")));
  ck_assert(!index_find_page(index, STR("pages")));
}

START_TEST(indexes) {
  make_folder();
  IndexDraft draft, again;
  Index index;
  fill(&draft, 300);
  Str path = cache_index_path(&arena, folder, (Digest){1, 0xabc});
  ck_str(path_base(path), "00000000000000010000000000000abc.index");
  ck_assert_int_eq(index_open(path, &index), INDEX_MISSING);
  ck_assert_int_eq(index_write(&draft, path), 0);
  ck_assert(str_eq(text_of(path), printed(&draft)));
  ck_assert_int_eq(index_open(path, &index), INDEX_FINE);
  check_index(&index, 300);
  index_draft_from(&again, &arena, &index);
  index_close(&index);
  ck_assert_int_eq(index_read(printed(&again), &index), INDEX_FINE);
  check_index(&index, 300);
  ck_assert_uint_eq(again.texts.len, draft.texts.len);
  again.pages.data[7].label = index_keep(&again, STR("other"));
  ck_str(index_kept(&again, again.pages.data[7].label), "other");
  ck_assert_int_eq(index_write(&again, path), 0);
  ck_assert_int_eq(index_open(path, &index), INDEX_FINE);
  ck_str(index_text(&index, index.pages[7].label), "other");
  index_close(&index);
  index_draft_free(&draft);
  index_draft_free(&again);
  drop_folder();
}
END_TEST

START_TEST(damaged_indexes) {
  IndexDraft draft;
  Index index;
  fill(&draft, 2);
  Str bytes = printed(&draft);
  char *copy = arena_alloc(&arena, bytes.len);
  for (size_t i = 0; i < bytes.len; i++) {
    memcpy(copy, bytes.data, bytes.len);
    copy[i] ^= 4;
    ck_assert_int_eq(index_read((Str){copy, bytes.len}, &index), INDEX_DAMAGED);
    ck_assert_int_eq(index_read(str_take(bytes, i), &index), INDEX_DAMAGED);
  }
  index_draft_free(&draft);
}
END_TEST

// A good checksum over rows that name others which are not there.
START_TEST(wrong_rows) {
  Index index;
  for (int fault = 0; fault < 8; fault++) {
    IndexDraft draft;
    fill(&draft, 2);
    IndexState expected = fault < 5 ? INDEX_DAMAGED : INDEX_FINE;
    if (fault == 0) draft.pages.data[1].input = 3;
    if (fault == 1) draft.pages.data[1].outputs = 3;
    if (fault == 2) draft.outputs.data[0].page = 2;
    if (fault == 3) draft.inputs.data[0].kind = INDEX_ENV + 1;
    if (fault == 4) draft.pages.data[0].outputs = (uint32_t)INDEX_NONE - 1;
    if (fault == 5)
      draft.pages.data[0].outputs = draft.pages.data[0].input = draft.outputs.data[0].page = INDEX_NONE;
    if (fault == 6) draft.pages.data[0].label = (IndexText){(uint32_t)draft.texts.len - 2, 2};
    if (fault == 7) draft.pages.data[0].label = (IndexText){UINT32_MAX, UINT32_MAX};
    ck_assert_msg(index_read(printed(&draft), &index) == expected, "fault %d", fault);
    if (fault > 5) ck_str(index_text(&index, index.pages[0].label), "");
    index_draft_free(&draft);
  }
}
END_TEST

START_TEST(strange_index_files) {
  make_folder();
  Index index;
  Str path = at("x.index");
  ck_assert_int_eq(file_write_new(path, STR("")), 0);
  ck_assert_int_eq(index_open(path, &index), INDEX_DAMAGED);
  unlink(str_cstr(&arena, path));
  ck_assert_int_eq(mkdir(str_cstr(&arena, path), 0777), 0);
  ck_assert_int_eq(index_open(path, &index), INDEX_MISSING);
  Str fifo = at("fifo.index");
  ck_assert_int_eq(mkfifo(str_cstr(&arena, fifo), 0666), 0);
  ck_assert_int_eq(index_open(fifo, &index), INDEX_MISSING);
  drop_folder();
}
END_TEST

/* The pack */

static Digest key_of(unsigned i) { return digest_str(str_printf(&arena, "key %u", i)); }

static Str content_of(unsigned i) {
  return str_printf(&arena, "content %u %.*s", i, (int)(i % 40), "........................................");
}

static void append(unsigned from, unsigned count, PackItem *items) {
  for (unsigned i = 0; i < count; i++)
    items[i] = (PackItem){key_of(from + i), content_of(from + i), {1, 2, 3}};
  ck_assert_int_eq(pack_append(folder, items, count), 0);
}

START_TEST(packs) {
  make_folder();
  PackItem items[60];
  Str content;
  PackPlace place;
  Pack *pack = pack_open(&arena, folder);
  pack_list(pack);
  ck_assert(!pack_find(pack, key_of(1), &place) && !pack_is_damaged(pack));
  pack_close(pack);
  append(0, 30, items);
  append(30, 30, items + 30);
  ck_assert(exists("fragments.1") && !exists("fragments.2"));
  pack = pack_open(&arena, folder);
  for (unsigned i = 0; i < 60; i++) {
    ck_assert(pack_get(pack, &items[i].place, key_of(i), &content) && str_eq(content, content_of(i)));
    ck_assert(!pack_find(pack, key_of(i), &place));  // not listed yet
  }
  pack_list(pack);
  for (unsigned i = 0; i < 60; i++) {
    ck_assert(pack_find(pack, key_of(i), &place) && memcmp(&place, &items[i].place, sizeof place) == 0);
    place.pack++;  // of another pack: found by its key, and so is its place
    ck_assert(pack_get(pack, &place, key_of(i), &content) && str_eq(content, content_of(i)));
    ck_assert(memcmp(&place, &items[i].place, sizeof place) == 0);
  }
  ck_assert(!pack_get(pack, &(PackPlace){0}, key_of(77), &content) && !pack_is_damaged(pack));
  place = items[1].place;
  ck_assert(pack_get(pack, &place, key_of(2), &content) && str_eq(content, content_of(2)));
  ck_assert(pack_is_damaged(pack));  // the index that says so and the pack do not agree
  pack_close(pack);
  drop_folder();
}
END_TEST

// Every byte changed in turn, and the file cut everywhere: what is found is right, what is whole is found.
START_TEST(damaged_packs) {
  make_folder();
  PackItem items[3];
  PackPlace place;
  Str content;
  append(0, 3, items);
  Str bytes = text_of(at("fragments.1"));
  for (size_t i = 0; i < 2 * bytes.len; i++) {
    char *copy = str_cstr(&arena, bytes);
    size_t length = i < bytes.len ? bytes.len : i - bytes.len;
    if (i < bytes.len) copy[i] ^= 0x10;
    ck_assert_int_eq(file_write_new(at("fragments.1"), (Str){copy, length}), 0);
    Pack *pack = pack_open(&arena, folder);
    pack_list(pack);
    for (unsigned k = 0; k < 3; k++) {
      PackPlace there = items[k].place;
      bool found = pack_get(pack, &there, key_of(k), &content);
      ck_assert(!found || str_eq(content, content_of(k)));
      size_t start = items[k].place.offset - 32, end = items[k].place.offset + items[k].place.length;
      bool whole = i < bytes.len ? i >= 16 && (i < start || i >= end) : length >= end;
      bool renamed = i >= 8 && i < 12;  // the pack has another number: found by the key, and no damage
      ck_assert_msg(found == (whole || renamed || (i >= 12 && i < 16)), "byte %zu, record %u", i, k);
      ck_assert(pack_find(pack, key_of(k), &place) == found);
      if (!found) ck_assert(pack_is_damaged(pack));
    }
    pack_close(pack);
  }
  drop_folder();
}
END_TEST

// Behind what a killed writer left, and in place of a file that is no pack.
START_TEST(mended_packs) {
  make_folder();
  PackItem first[2], second[2];
  Str content;
  append(0, 2, first);
  Str bytes = text_of(at("fragments.1"));
  ck_assert_int_eq(file_write_new(at("fragments.1"), str_take(bytes, bytes.len - 9)), 0);
  append(2, 2, second);
  Pack *pack = pack_open(&arena, folder);
  pack_list(pack);
  PackPlace place;
  ck_assert(pack_find(pack, key_of(0), &place) && !pack_find(pack, key_of(1), &place));
  ck_assert(pack_get(pack, &second[0].place, key_of(2), &content) && pack_find(pack, key_of(3), &place));
  pack_close(pack);
  ck_assert_int_eq(file_write_new(at("fragments.1"), STR("no pack at all")), 0);
  append(4, 1, first);
  ck_assert(exists("fragments.2"));
  cache_sweep(folder);
  ck_assert(!exists("fragments.1") && exists("fragments.2"));
  drop_folder();
}
END_TEST

START_TEST(one_writer) {
  make_folder();
  PackItem item = {key_of(1), STR("x"), {1, 1, 1}};
  int lock = cache_lock(folder);
  ck_assert_int_ge(lock, 0);
  ck_assert_int_lt(cache_lock(folder), 0);
  ck_assert_int_eq(pack_append(folder, &item, 1), EWOULDBLOCK);
  ck_assert(!item.place.offset && !exists("fragments.1"));
  cache_unlock(lock);
  ck_assert_int_eq(pack_append(folder, &item, 1), 0);
  ck_assert_int_ne(pack_append(at("missing"), &item, 1), 0);
  drop_folder();
}
END_TEST

// Bytes that look like records without end cost no more than reading them.
START_TEST(hostile_pack) {
  size_t length = 4 << 20;
  char *bytes = arena_alloc(&arena, length);
  for (size_t i = 0; i + 8 <= length; i += 8) memcpy(bytes + i, "fxcR\0\0\1\0", 8);
  PackCursor cursor = {0};
  PackRecord record;
  ck_assert(!pack_next((Str){bytes, length}, &cursor, &record));
}
END_TEST

/* The folder */

static void put_index(const char *name, unsigned key, const PackItem *items, unsigned count, time_t age) {
  IndexDraft draft;
  index_draft(&draft, &arena);
  for (unsigned i = 0; i < count; i++) {
    IndexPage page = {.fragment_key = key_of(key + i),
                      .fragment = items[i].place,
                      .input = INDEX_NONE,
                      .outputs = INDEX_NONE};
    vec_push(&arena, &draft.pages, page);
  }
  ck_assert_int_eq(index_write(&draft, at(name)), 0);
  index_draft_free(&draft);
  struct timespec times[2] = {{time(NULL) - age, 0}, {time(NULL) - age, 0}};
  utimensat(AT_FDCWD, str_cstr(&arena, at(name)), times, 0);
}

START_TEST(rewrites) {
  make_folder();
  enum { MANY = 16000 };
  PackItem *items = arena_array(&arena, PackItem, MANY);
  append(0, MANY, items);
  put_index("a.index", 100, items + 100, 300, 0);
  put_index("b.index", 300, items + 300, MANY / 2, 0);
  cache_sweep(folder);
  ck_assert(exists("fragments.1"));
  put_index("b.index", 200, items + 200, MANY / 3, 0);
  cache_sweep(folder);
  ck_assert(!exists("fragments.1") && exists("fragments.2"));
  Pack *pack = pack_open(&arena, folder);
  pack_list(pack);
  for (unsigned i = 0; i < MANY; i++) {
    Str content;
    PackPlace place = items[i].place;
    ck_assert(pack_get(pack, &place, key_of(i), &content) == (i >= 100 && i < 200 + MANY / 3));
  }
  ck_assert(!pack_is_damaged(pack));
  pack_close(pack);
  drop_folder();
}
END_TEST

START_TEST(sweeps) {
  make_folder();
  char name[32];
  for (int i = 0; i < 20; i++) {
    snprintf(name, sizeof name, "%d.index", i);
    put_index(name, 0, NULL, 0, 60 * i);
  }
  put_index("old.index", 0, NULL, 0, 31 * 86400);
  ck_assert_int_eq(file_write_new(at(".fxc-1-2.tmp"), STR("x")), 0);
  ck_assert_int_eq(file_write_new(at("other"), STR("x")), 0);
  pid_t gone = fork();
  if (!gone) _exit(0);
  waitpid(gone, NULL, 0);
  snprintf(name, sizeof name, ".fxc-%ld-0.tmp", (long)gone);
  ck_assert_int_eq(file_write_new(at(name), STR("x")), 0);
  cache_sweep(folder);
  ck_assert(!exists(name));
  ck_assert(exists("0.index") && exists("15.index") && !exists("16.index") && !exists("19.index"));
  ck_assert(!exists("old.index") && exists(".fxc-1-2.tmp") && exists("other"));
  put_index(".fxc-1-2.tmp", 0, NULL, 0, 7200);
  put_index("used.index", 0, NULL, 0, 29 * 86400);
  Index index;
  ck_assert_int_eq(index_open(at("used.index"), &index), INDEX_FINE);
  index_close(&index);
  cache_sweep(folder);
  ck_assert(!exists(".fxc-1-2.tmp") && exists("used.index") && !exists("15.index"));
  drop_folder();
}
END_TEST

// Random keys against a list: what was appended, in however many steps, is found, and nothing else.
START_TEST(random_packs) {
  for (unsigned round = 0; round < 20; round++) {
    make_folder();
    bool there[64] = {false};
    for (unsigned steps = next(6); steps; steps--) {
      PackItem items[8];
      unsigned from = next(56), count = next(8);
      append(from, count, items);
      for (unsigned i = 0; i < count; i++) there[from + i] = true;
    }
    Pack *pack = pack_open(&arena, folder);
    pack_list(pack);
    for (unsigned i = 0; i < 64; i++) {
      PackPlace place;
      Str content;
      ck_assert(pack_find(pack, key_of(i), &place) == there[i]);
      if (there[i]) ck_assert(pack_get(pack, &place, key_of(i), &content) && str_eq(content, content_of(i)));
    }
    pack_close(pack);
    drop_folder();
  }
}
END_TEST

UNIT_MAIN("cache", trust, sameness, clocks, seals, builds, one_way, indexes, damaged_indexes, wrong_rows,
          strange_index_files, packs, damaged_packs, mended_packs, one_writer, hostile_pack, rewrites, sweeps,
          random_packs)
