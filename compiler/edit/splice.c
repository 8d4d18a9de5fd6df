/* In: a text and edits. Out: the text behind them. Surprising: every round builds the list of pieces anew, so
 * that a copy of the struct is a way back, and a round costs what the file has, not what the edits are. */
#include "edit/splice.h"

#include "base/file.h"

void splice_begin(SplicedText *text, Arena *arena, Str original) {
  *text = (SplicedText){.arena = arena, .original = original, .current = original};
  vec_push(arena, &text->pieces, (SplicePiece){0, (uint32_t)original.len, original});
}

static bool meet(const Splice *a, const Splice *b) {
  bool inserts = a->start == a->end || b->start == b->end;
  return inserts ? a->start <= b->end && b->start <= a->end : a->start < b->end && b->start < a->end;
}

// How many of the list start before the place.
static size_t count_before(const Splices *list, uint32_t place) {
  size_t low = 0, high = list->len;
  if (high && list->data[high - 1].start < place) return high;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (list->data[middle].start < place)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool splice_add(Arena *arena, Splices *list, Splice splice) {
  size_t at = count_before(list, splice.start);
  if (at > 0 && meet(&list->data[at - 1], &splice)) return false;
  if (at < list->len && meet(&list->data[at], &splice)) return false;
  vec_push(arena, list, splice);
  memmove(&list->data[at + 1], &list->data[at], (list->len - 1 - at) * sizeof splice);
  list->data[at] = splice;
  return true;
}

void splice_remove(Splices *list, Splice splice) {
  size_t at = count_before(list, splice.start);
  list->len--;
  memmove(&list->data[at], &list->data[at + 1], (list->len - at) * sizeof splice);
}

typedef struct Builder {
  SplicedText *text;
  VEC(SplicePiece) pieces;
  size_t piece;  // of the old ones
  size_t used;   // bytes of it
  char *out;
} Builder;

static void add_piece(Builder *b, SplicePiece piece) {
  if (!piece.text.len) return;
  memcpy(b->out, piece.text.data, piece.text.len);
  b->out += piece.text.len;
  vec_push(b->text->arena, &b->pieces, piece);
}

// Takes the next bytes of the old text, or passes over them.
static void take(Builder *b, size_t count, bool keep) {
  while (count) {
    SplicePiece piece = b->text->pieces.data[b->piece];
    size_t rest = piece.text.len - b->used, part = count < rest ? count : rest;
    bool original = piece.end > piece.start;
    if (original) piece.start += (uint32_t)b->used;
    if (original) piece.end = piece.start + (uint32_t)part;
    piece.text = str_take(str_skip(piece.text, b->used), part);
    if (keep) add_piece(b, piece);
    b->used += part;
    count -= part;
    if (b->used == b->text->pieces.data[b->piece].text.len) b->piece++, b->used = 0;
  }
}

static size_t length_behind(const SplicedText *text, const Splices *list) {
  size_t length = text->current.len;
  for (size_t i = 0; i < list->len; i++)
    length += list->data[i].text.len - (list->data[i].end - list->data[i].start);
  return length;
}

void splice_apply(SplicedText *text, const Splices *list) {
  size_t length = length_behind(text, list), at = 0;
  Builder b = {.text = text};
  char *start = b.out = arena_alloc(text->arena, length + FILE_PADDING + 1);
  for (size_t i = 0; i < list->len; i++) {
    take(&b, list->data[i].start - at, true);
    add_piece(&b, (SplicePiece){.text = list->data[i].text});
    take(&b, list->data[i].end - list->data[i].start, false);
    at = list->data[i].end;
  }
  take(&b, text->current.len - at, true);
  memset(b.out, 0, FILE_PADDING + 1);
  text->current = (Str){start, length};
  text->pieces.data = b.pieces.data;
  text->pieces.len = b.pieces.len;
  text->pieces.space = b.pieces.space;
}

Splices splice_changes(const SplicedText *text) {
  Splices changes = {0};
  uint32_t at = 0;  // of the original, behind what is the same
  Str came = STR("");
  for (size_t i = 0; i <= text->pieces.len; i++) {
    bool end = i == text->pieces.len;
    SplicePiece piece = end ? (SplicePiece){(uint32_t)text->original.len, 0, STR_NONE} : text->pieces.data[i];
    if (!end && piece.start == piece.end) {
      came = str_concat(text->arena, came, piece.text);
      continue;
    }
    if (piece.start > at || came.len)
      vec_push(text->arena, &changes, (Splice){.start = at, .end = piece.start, .text = came});
    came = STR("");
    at = piece.end;
  }
  return changes;
}

Splice splice_origin(const SplicedText *text, uint32_t at) {
  uint32_t start = 0, before = 0;  // of the piece in the text; the end of the original up to there
  for (size_t i = 0; i < text->pieces.len; i++) {
    const SplicePiece *piece = &text->pieces.data[i];
    bool original = piece->end > piece->start;
    uint32_t length = (uint32_t)piece->text.len;
    if (at < start + length && original)
      return (Splice){.start = piece->start + at - start, .end = piece->start + at - start};
    if (at < start + length) {
      while (i < text->pieces.len && text->pieces.data[i].end == text->pieces.data[i].start) i++;
      return (Splice){
          .start = before,
          .end = i < text->pieces.len ? text->pieces.data[i].start : (uint32_t)text->original.len};
    }
    if (original) before = piece->end;
    start += length;
  }
  return (Splice){.start = (uint32_t)text->original.len, .end = (uint32_t)text->original.len};
}
