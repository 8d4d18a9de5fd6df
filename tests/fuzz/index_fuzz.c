/* Any bytes as an index, as they are and under a seal that fits: every row and text can be read, and the same
 * index can be made of it again. */
#include "store/index_file.h"

#include "fuzz.h"
#include "store/seal.h"

static void expect(bool holds) {
  if (!holds) abort();
}

static size_t weigh(const Index *index, IndexText text) {
  Str found = index_text(index, text);
  return found.data ? strlen(found.data) : 0;  // there is a NUL, somewhere inside the file
}

static void check_texts(const Index *index) {
  size_t weight = weigh(index, index->head->diags) + weigh(index, index->head->extra);
  for (uint32_t i = 0; i < index->input_count; i++) weight += weigh(index, index->inputs[i].path);
  for (uint32_t i = 0; i < index->output_count; i++) weight += weigh(index, index->outputs[i].path);
  for (uint32_t i = 0; i < index->folder_count; i++) weight += weigh(index, index->folders[i].path);
  for (uint32_t i = 0; i < index->page_count; i++) {
    const IndexPage *page = &index->pages[i];
    weight += weigh(index, page->label) + weigh(index, page->diags);
    if (page->outputs != INDEX_NONE) weight += weigh(index, index->outputs[page->outputs + 1].path);
    if (page->input != INDEX_NONE) weight += weigh(index, index->inputs[page->input].path);
  }
  expect(weight <= SIZE_MAX / 2);
}

static void check(Arena *arena, Str bytes) {
  Index index;
  if (index_read(bytes, &index) != INDEX_FINE) return;
  check_texts(&index);
  index_names(&index, arena);
  if (index.page_count)
    expect(index_find_page(&index, index_text(&index, index.pages[0].label)) == &index.pages[0] ||
           !index_text(&index, index.pages[0].label).data);
  IndexDraft draft;
  Buf out = {0};
  Index again;
  index_draft_from(&draft, arena, &index);
  index_print(&draft, &out);
  expect(index_read(buf_str(&out), &again) == INDEX_FINE);
  expect(again.page_count == index.page_count && again.output_count == index.output_count);
  buf_free(&out);
  index_draft_free(&draft);
}

static void fuzz_one(Arena *arena, Str input) {
  char *sealed = arena_alloc(arena, SEAL_SIZE + input.len + 1);
  seal_parts(sealed, INDEX_KIND, &input, 1);
  if (input.len) memcpy(sealed + SEAL_SIZE, input.data, input.len);
  check(arena, (Str){sealed, SEAL_SIZE + input.len});
  check(arena, input);
}
