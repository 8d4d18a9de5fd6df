/* In: rows and texts as a run pushed them. Out: the file of an index. Surprising: a draft made of an index
 * keeps each text anew, so that what changed rows no longer name is gone with the next file. */
#include <errno.h>

#include "store/cache_folder.h"
#include "store/index_file.h"
#include "store/seal.h"

enum { INDEX_PARTS = 6 };

void index_draft(IndexDraft *draft, Arena *arena) {
  *draft = (IndexDraft){.arena = arena};
  buf_char(&draft->texts, '\0');  // no text lies at 0
}

void index_draft_free(IndexDraft *draft) { buf_free(&draft->texts); }

IndexText index_keep(IndexDraft *draft, Str text) {
  if (!text.data) return (IndexText){0};
  size_t at = draft->texts.len;
  if (text.len >= UINT32_MAX - at) {
    draft->overflows = true;
    return (IndexText){0};
  }
  buf_put(&draft->texts, text);
  buf_char(&draft->texts, '\0');
  return (IndexText){(uint32_t)at, (uint32_t)text.len};
}

Str index_kept(const IndexDraft *draft, IndexText text) {
  if (!text.at && !text.length) return STR_NONE;
  return (Str){draft->texts.data + text.at, text.length};
}

static IndexText again(IndexDraft *draft, const Index *index, IndexText text) {
  return index_keep(draft, index_text(index, text));
}

#define COPY_ROWS(draft, to, rows, count)                                         \
  (vec_room((draft)->arena, (to), (count)),                                       \
   (void)((count) ? memcpy((to)->data, (rows), (count) * sizeof *(rows)) : NULL), \
   (void)((to)->len = (count)))

void index_draft_from(IndexDraft *draft, Arena *arena, const Index *index) {
  index_draft(draft, arena);
  buf_reserve(&draft->texts, index->texts.len);
  draft->head = *index->head;
  draft->head.diags = again(draft, index, index->head->diags);
  draft->head.extra = again(draft, index, index->head->extra);
  COPY_ROWS(draft, &draft->inputs, index->inputs, index->input_count);
  COPY_ROWS(draft, &draft->pages, index->pages, index->page_count);
  COPY_ROWS(draft, &draft->outputs, index->outputs, index->output_count);
  COPY_ROWS(draft, &draft->folders, index->folders, index->folder_count);
  for (size_t i = 0; i < draft->inputs.len; i++)
    draft->inputs.data[i].path = again(draft, index, draft->inputs.data[i].path);
  for (size_t i = 0; i < draft->pages.len; i++) {
    draft->pages.data[i].label = again(draft, index, draft->pages.data[i].label);
    draft->pages.data[i].diags = again(draft, index, draft->pages.data[i].diags);
  }
  for (size_t i = 0; i < draft->outputs.len; i++)
    draft->outputs.data[i].path = again(draft, index, draft->outputs.data[i].path);
  for (size_t i = 0; i < draft->folders.len; i++)
    draft->folders.data[i].path = again(draft, index, draft->folders.data[i].path);
}

static uint64_t pack_bytes(const IndexDraft *draft) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < draft->pages.len; i++)
    if (draft->pages.data[i].fragment.length) bytes += pack_room(draft->pages.data[i].fragment.length);
  return bytes;
}

#define TABLE(rows) ((Str){(const char *)(rows).data, (rows).len * sizeof *(rows).data})

static void lay_out(const IndexDraft *draft, IndexFrame *frame, Str parts[INDEX_PARTS]) {
  *frame = (IndexFrame){.inputs = (uint32_t)draft->inputs.len,
                        .pages = (uint32_t)draft->pages.len,
                        .outputs = (uint32_t)draft->outputs.len,
                        .folders = (uint32_t)draft->folders.len,
                        .head = draft->head};
  frame->head.pack_bytes = pack_bytes(draft);
  parts[0] = (Str){(const char *)frame, sizeof *frame};
  parts[1] = TABLE(draft->inputs);
  parts[2] = TABLE(draft->pages);
  parts[3] = TABLE(draft->outputs);
  parts[4] = TABLE(draft->folders);
  parts[5] = buf_str(&draft->texts);
}

void index_print(const IndexDraft *draft, Buf *out) {
  IndexFrame frame;
  Str parts[INDEX_PARTS];
  lay_out(draft, &frame, parts);
  size_t start = seal_begin(out);
  for (size_t i = 0; i < INDEX_PARTS; i++) buf_put(out, parts[i]);
  seal_end(out, start, INDEX_KIND);
}

static bool fits(const IndexDraft *draft) {
  return !draft->overflows && draft->inputs.len < INDEX_NONE && draft->pages.len < INDEX_NONE &&
         draft->outputs.len < INDEX_NONE && draft->folders.len < INDEX_NONE;
}

int index_write(const IndexDraft *draft, Str path) {
  IndexFrame frame;
  char seal[SEAL_SIZE];
  Str parts[1 + INDEX_PARTS] = {{seal, SEAL_SIZE}};
  if (!fits(draft)) return EFBIG;
  lay_out(draft, &frame, parts + 1);
  seal_parts(seal, INDEX_KIND, parts + 1, INDEX_PARTS);
  return cache_put(path, parts, 1 + INDEX_PARTS);
}
