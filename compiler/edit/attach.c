/* In: items and comments with their places. Out: each comment at the item that a reader would say it belongs
 * to:
 *
 *   - behind something on its line: to what starts on that line;
 *   - on a line of its own: to what follows, if that is in the same block;
 *   - else to the end of the block. Braces say where that is; where there are none, the comment's column
 * does.
 *
 * One sweep over items and comments in the order of the text. Items that aliases repeat have the place of
 * what they repeat; the first of them in the tree counts. */
#include "edit/attach.h"

#include <stdlib.h>

typedef struct Repeated {
  Item *item, *first;
} Repeated;

typedef struct Attach {
  Arena *arena;
  Str bytes;
  OutlineStyle style;
  Item *root;
  VEC(Item *) items;              // in the order of the text, outer before inner
  size_t next;                    // the first item that starts behind the comment
  uint32_t at, line, line_start;  // the place that the sweep has come to
  VEC(Repeated) repeated;         // copies that an alias made, and what they are copies of
} Attach;

enum { LOOK_BACK = 64 };  // items on one line

static void collect(Attach *run, Item *item) {
  for (Item *child = item->first; child; child = child->next) {
    if (!item_is_placed(child)) continue;
    child->order = (uint32_t)run->items.len;
    vec_push(run->arena, &run->items, child);
    collect(run, child);
  }
}

static int by_place(const void *a, const void *b) {
  const Item *x = *(Item *const *)a, *y = *(Item *const *)b;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  if (x->depth != y->depth) return x->depth < y->depth ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

static bool same_place(const Item *a, const Item *b) { return a->start == b->start && a->depth == b->depth; }

/// Keeps of the items at one place and depth the first: what an alias repeats has no comments of its own.
static void drop_repeated(Attach *run) {
  size_t kept = 0;
  for (size_t i = 0; i < run->items.len; i++) {
    Item *item = run->items.data[i];
    if (!kept || !same_place(run->items.data[kept - 1], item))
      run->items.data[kept++] = item;
    else
      vec_push(run->arena, &run->repeated, ((Repeated){item, run->items.data[kept - 1]}));
  }
  run->items.len = kept;
}

static void lay_out_repeated(Attach *run) {
  for (size_t i = 0; i < run->repeated.len; i++) {
    Repeated *repeated = &run->repeated.data[i];
    repeated->item->line = repeated->first->line;
    repeated->item->one_line = repeated->first->one_line;
  }
}

/* Lines and columns */

static void go_to(Attach *run, uint32_t at) {
  for (; run->at < at; run->at++)
    if (run->bytes.data[run->at] == '\n') run->line++, run->line_start = run->at + 1;
}

static uint32_t line_start(Str bytes, uint32_t at) {
  while (at > 0 && bytes.data[at - 1] != '\n') at--;
  return at;
}

static bool has_break(Str bytes, uint32_t from, uint32_t to) {
  return from < to && memchr(bytes.data + from, '\n', to - from);
}

static bool has_empty_line(Str bytes, uint32_t from, uint32_t to) {
  int breaks = 0;
  for (; from < to; from++) {
    char c = bytes.data[from];
    if (c == '\n')
      breaks++;
    else if (c != ' ' && c != '\t' && c != '\r')
      breaks = 0;
    if (breaks == 2) return true;
  }
  return false;
}

/// Whether anything but blanks and the dashes of lists stands there.
static bool has_words(Str bytes, uint32_t from, uint32_t to) {
  while (from < to && strchr(" \t\r\n-", bytes.data[from])) from++;
  return from < to;
}

static void mark_outer(Attach *run, Item *item, uint32_t from, uint32_t to) {
  if (!item->before.len || !has_words(run->bytes, from, to)) return;
  for (size_t i = 0; i < item->before.len; i++) item->before.data[i].outer = true;
}

/// The column that shows how deep an item lies: its own, or that of the '-' before an entry of a list.
static uint32_t item_column(Str bytes, const Item *item) {
  uint32_t line = line_start(bytes, item->start), at = item->start;
  if (item->parent->parent && item->parent->start == item->start) return at - line;
  while (at > line && bytes.data[at - 1] == ' ') at--;
  bool dash = at > line && at < item->start && bytes.data[at - 1] == '-';
  return (dash ? at - 1 : item->start) - line;
}

/* Where a comment belongs */

static bool within(const Item *item, uint32_t at) { return item->start <= at && at < item->end; }

static bool is_ancestor(const Item *outer, const Item *item) {
  for (; item; item = item->parent)
    if (item == outer) return true;
  return false;
}

/// What starts on the comment's line before it: the outermost that ends before it too, the last of them; else
/// the innermost, whose first line this is.
static Item *on_line(Attach *run, const Comment *comment) {
  Item *best = NULL;
  size_t i = run->next, end = i > LOOK_BACK ? i - LOOK_BACK : 0;
  if (i && run->items.data[i - 1]->start >= run->line_start) best = run->items.data[i - 1];
  if (!best || best->end > comment->start) return best;
  while (i > end && run->items.data[i - 1]->start >= run->line_start) {
    Item *item = run->items.data[--i];
    if (item->end <= comment->start && item->depth < best->depth) best = item;
  }
  return best;
}

static void add_remark(Attach *run, Remarks *remarks, const Comment *comment, bool blank) {
  vec_push(run->arena, remarks, (Remark){.text = comment->text, .blank = blank});
}

/// The block that encloses the comment, with braces around it.
static Item *enclosing(Attach *run, const Comment *comment) {
  Item *item = run->next ? run->items.data[run->next - 1] : run->root;
  while (item->parent && !within(item, comment->start)) item = item->parent;
  return item;
}

/// The block at whose end an indented comment stands, NULL when it belongs to what follows.
static Item *dedented(Attach *run, const Comment *comment, const Item *next) {
  Item *item = run->next ? run->items.data[run->next - 1] : NULL;
  uint32_t column = comment->start - run->line_start;
  while (item && item->parent && !is_ancestor(item, next) && item_column(run->bytes, item) > column)
    item = item->parent;
  if (!item || !item->parent || is_ancestor(item, next)) return NULL;
  bool deeper = item->first && item_column(run->bytes, item) < column;
  Item *block = deeper ? item : item->parent;
  return is_ancestor(block, next) ? NULL : block;
}

static void attach_own_line(Attach *run, const Comment *comment, uint32_t done) {
  bool blank = has_empty_line(run->bytes, done, comment->start);
  Item *next = run->next < run->items.len ? run->items.data[run->next] : NULL;
  Item *block = enclosing(run, comment);
  if (next && !within(block, next->start)) next = NULL;
  if (run->style == OUTLINE_INDENTED) {
    Item *above = dedented(run, comment, next ? next : block);
    if (above) block = above, next = NULL;
  }
  if (next) {
    mark_outer(run, next, done, comment->start);
    add_remark(run, &next->before, comment, blank);
  } else {
    add_remark(run, &block->inside, comment, blank);
  }
}

static void attach(Attach *run, const Comment *comment, uint32_t done) {
  Item *item = on_line(run, comment);
  if (item && !item->behind.data && str_find_char(comment->text, '\n') < 0) {
    item->behind = comment->text;
    if (!item->behind.data) item->behind = STR("");
  } else {
    attach_own_line(run, comment, done);
  }
}

/// Where the layout that an author chose ends: braces with nothing between them have none.
static uint32_t laid_out_end(const Attach *run, const Item *item) {
  uint32_t end = item->end;
  if (run->style != OUTLINE_BRACED || end == 0 || run->bytes.data[end - 1] != '}') return end;
  for (end--; end > item->own && strchr(" \t\r\n", run->bytes.data[end - 1]);) end--;
  return run->bytes.data[end - 1] == '{' ? end : item->end;
}

static void sweep(Attach *run, const Comments *comments) {
  uint32_t done = 0;  // the end of what has been seen
  for (size_t c = 0; run->next < run->items.len || c < comments->len;) {
    Item *item = run->next < run->items.len ? run->items.data[run->next] : NULL;
    if (c < comments->len && (!item || comments->data[c].start < item->start)) {
      go_to(run, comments->data[c].start);
      attach(run, &comments->data[c], done);
      if (comments->data[c].end > done) done = comments->data[c].end;
      c++;
      continue;
    }
    go_to(run, item->start);
    item->line = run->line;
    mark_outer(run, item, done, item->start);
    item->blank = has_empty_line(run->bytes, done, item->start);
    item->one_line = !has_break(run->bytes, item->own, laid_out_end(run, item));
    uint32_t end = item->first && item_is_placed(item->first) ? item->head : item->end;
    if (end > done) done = end;
    run->next++;
  }
}

void attach_comments(Arena *arena, Item *root, Str bytes, const Comments *comments, OutlineStyle style) {
  Attach run = {.arena = arena, .bytes = bytes, .style = style, .root = root};
  collect(&run, root);
  if (run.items.len) qsort(run.items.data, run.items.len, sizeof(Item *), by_place);
  drop_repeated(&run);
  sweep(&run, comments);
  lay_out_repeated(&run);
}
