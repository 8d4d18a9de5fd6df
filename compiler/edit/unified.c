/* In: the changes of a spliced text. Out: hunks. Surprising: nothing is searched for, since the edits are
 * known; they are widened to whole lines, and joined where that makes them meet. */
#include "edit/unified.h"

#include "source/lines.h"

enum { CONTEXT = 3 };

// Old lines from..to (from 0, end exclusive), and what stands there now.
typedef struct Block {
  uint32_t from, to;
  Str text;
} Block;

typedef struct Differ {
  Arena *arena;
  Str old;
  Lines lines;
  uint32_t count;  // of old lines; a text that ends with a line break has none behind it
  VEC(Block) blocks;
  Buf *out;
} Differ;

static uint32_t line_start(const Differ *d, uint32_t line) {
  return line < d->count ? d->lines.starts[line] : (uint32_t)d->old.len;
}

static Str between(const Differ *d, uint32_t from, uint32_t to) {
  return str_take(str_skip(d->old, from), to - from);
}

static bool ends_line(Str text) { return text.len && text.data[text.len - 1] == '\n'; }

// The line behind the last one that a change touches. One that replaces whole lines by whole lines does not
// touch the next.
static uint32_t line_behind(const Differ *d, const Splice *change, uint32_t from) {
  uint32_t last = lines_at(&d->lines, change->end).line - 1;
  bool whole = change->start == line_start(d, from) && (!change->text.len || ends_line(change->text));
  if (whole && change->end == line_start(d, last)) return last;
  return last < d->count ? last + 1 : d->count;
}

// The first changes of the list that share lines become one block; answers how many.
static size_t add_block(Differ *d, const Splices *changes, size_t first) {
  Buf text = {0};
  uint32_t from = lines_at(&d->lines, changes->data[first].start).line - 1;
  uint32_t to = from, at = line_start(d, from);
  size_t i = first;
  for (; i < changes->len && (i == first || changes->data[i].start < line_start(d, to)); i++) {
    const Splice *change = &changes->data[i];
    buf_put(&text, between(d, at, change->start));
    buf_put(&text, change->text);
    at = change->end;
    uint32_t behind = line_behind(d, change, i == first ? from : UINT32_MAX);
    if (behind > to) to = behind;
  }
  if (line_start(d, to) > at) buf_put(&text, between(d, at, line_start(d, to)));
  vec_push(d->arena, &d->blocks, (Block){from, to, str_copy(d->arena, buf_str(&text))});
  buf_free(&text);
  return i - first;
}

static uint32_t count_lines(Str text) {
  uint32_t count = 0;
  for (Str rest = text, line; rest.len && str_split(&rest, '\n', &line);) count++;
  return count;
}

static void put_lines(Buf *out, char sign, Str text) {
  while (text.len) {
    ptrdiff_t end = str_find_char(text, '\n');
    size_t length = end < 0 ? text.len : (size_t)end + 1;
    buf_char(out, sign);
    buf_put(out, str_take(text, length));
    if (end < 0) buf_put(out, STR("\n\\ No newline at end of file\n"));
    text = str_skip(text, length);
  }
}

static void put_old(const Differ *d, char sign, uint32_t from, uint32_t to) {
  put_lines(d->out, sign, between(d, line_start(d, from), line_start(d, to)));
}

static void put_range(Buf *out, char sign, uint32_t from, uint32_t count) {
  buf_printf(out, "%c%u", sign, count ? from + 1 : from);
  if (count != 1) buf_printf(out, ",%u", count);
}

// Blocks first to last, which are near each other. `shift`: by how many lines the new text is longer before.
static int64_t put_hunk(const Differ *d, size_t first, size_t last, int64_t shift) {
  const Block *blocks = d->blocks.data;
  uint32_t from = blocks[first].from > CONTEXT ? blocks[first].from - CONTEXT : 0;
  uint32_t to = blocks[last].to + CONTEXT < d->count ? blocks[last].to + CONTEXT : d->count;
  int64_t grown = 0;
  for (size_t i = first; i <= last; i++)
    grown += (int64_t)count_lines(blocks[i].text) - (blocks[i].to - blocks[i].from);
  buf_put(d->out, STR("@@ "));
  put_range(d->out, '-', from, to - from);
  buf_char(d->out, ' ');
  put_range(d->out, '+', (uint32_t)(from + shift), (uint32_t)(to - from + grown));
  buf_put(d->out, STR(" @@\n"));
  uint32_t at = from;
  for (size_t i = first; i <= last; i++) {
    put_old(d, ' ', at, blocks[i].from);
    put_old(d, '-', blocks[i].from, blocks[i].to);
    put_lines(d->out, '+', blocks[i].text);
    at = blocks[i].to;
  }
  put_old(d, ' ', at, to);
  return shift + grown;
}

static void put_hunks(const Differ *d) {
  int64_t shift = 0;
  for (size_t first = 0; first < d->blocks.len;) {
    size_t last = first;
    while (last + 1 < d->blocks.len && d->blocks.data[last + 1].from - d->blocks.data[last].to <= 2 * CONTEXT)
      last++;
    shift = put_hunk(d, first, last, shift);
    first = last + 1;
  }
}

// A name with what a line or a terminal would take for something else is quoted as git does.
static void put_name(Buf *out, const char *before, Str path) {
  bool odd = false;
  for (size_t i = 0; i < path.len; i++) {
    unsigned char c = (unsigned char)path.data[i];
    odd |= c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
  }
  if (odd) buf_char(out, '"');
  buf_put(out, str_from(before));
  for (size_t i = 0; i < path.len; i++) {
    unsigned char c = (unsigned char)path.data[i];
    if (c < 0x20 || c == 0x7F)
      buf_printf(out, "\\%03o", c);
    else if (c == '"' || c == '\\')
      buf_printf(out, "\\%c", c);
    else
      buf_char(out, (char)c);
  }
  if (odd) buf_char(out, '"');
}

void unified_diff(const SplicedText *text, Str path, Buf *out) {
  Splices changes = splice_changes(text);
  Differ d = {.arena = text->arena, .old = text->original, .out = out};
  if (str_eq(text->original, text->current)) return;
  if (str_find_char(d.old, '\0') >= 0 || str_find_char(text->current, '\0') >= 0) {
    buf_put(out, STR("Binary files "));
    put_name(out, "a/", path);
    buf_put(out, STR(" and "));
    put_name(out, "b/", path);
    buf_put(out, STR(" differ\n"));
    return;
  }
  d.lines = lines_find(d.arena, d.old);
  d.count = d.lines.count - (d.old.len == 0 || ends_line(d.old));
  for (size_t i = 0; i < changes.len;) i += add_block(&d, &changes, i);
  buf_put(out, STR("--- "));
  put_name(out, "a/", path);
  buf_put(out, STR("\n+++ "));
  put_name(out, "b/", path);
  buf_char(out, '\n');
  put_hunks(&d);
}
