// The quoted lines with their underlines. A diagnostic comes in, its lines go out in order, each with
// the marks on it and the labels of the marks:
//
//     12 |   <div data-a="1" data-a="2">
//        |        ~~~~~~     ^~~~~~ given again here
//        |        |
//        |        first given here
//
// What may surprise: a line is looked at around its marks only, so that a minified file of one line
// costs no more per diagnostic than any other.
#include <stdio.h>
#include <stdlib.h>

#include "diag/render.h"

enum { MOST_BYTES = 1024, LEFT_CONTEXT = 24, MOST_MARKS = 8, GUTTER = 5 };

typedef struct Mark {
  uint32_t line;        // from 1
  uint32_t start, end;  // bytes in the line; end may be start
  Str label;
  const DiagPlace *place;  // of a secondary mark
  bool primary;
} Mark;

typedef struct Excerpt {
  Render *render;
  const RenderFile *file;
  VEC(Mark) marks;
  int gutter;
  const DiagPlace **left;  // labels that are not shown
  size_t left_count;
} Excerpt;

// The part of a line that is shown, and how.
typedef struct Window {
  Str line;
  uint32_t from, to;  // bytes
  bool cut_left, cut_right;
} Window;

static Str shown_line(const Excerpt *excerpt, uint32_t line) {
  Str text = lines_text(&excerpt->file->lines, line);
  if (str_ends(text, STR("\r"))) text.len--;
  return text;
}

// A byte order mark is there in the bytes but not on the screen.
static Cell cell_at(Str line, size_t at, size_t column, bool first_line) {
  if (first_line && at == 0 && str_starts(line, STR("\xEF\xBB\xBF"))) return (Cell){.taken = 3};
  return display_source_cell(str_skip(line, at), column);
}

// Where `columns` more columns behind byte `from` end; the line's end when they are enough.
static uint32_t walk_right(Str line, uint32_t from, size_t columns, bool first_line) {
  uint32_t at = from;
  size_t column = 0;
  while (at < line.len && at - from < MOST_BYTES) {
    Cell cell = cell_at(line, at, column, first_line);
    if (column + cell.width > columns) return at;
    column += cell.width;
    at += cell.taken;
  }
  return at;
}

// At most so many columns to the left of byte `at`, on the start of a character. A tab counts as its
// widest, a mark without width as one: what is walked back never takes more room than asked for.
static uint32_t walk_left(Str line, uint32_t at, size_t columns) {
  for (size_t column = 0; at > 0;) {
    uint32_t before = at - 1;
    for (int i = 0; i < 3 && before > 0 && ((uint8_t)line.data[before] & 0xC0) == 0x80; i++) before--;
    Cell cell = display_source_cell(str_skip(line, before), 0);
    if (before + cell.taken != at) {  // not a character: a stray byte
      before = at - 1;
      cell = display_source_cell(str_skip(line, before), 0);
    }
    column += cell.width ? cell.width : 1;
    if (column > columns) break;
    at = before;
  }
  return at;
}

// The window of a long line around the mark: some columns before it, the rest behind.
static Window middle_window(Str line, uint32_t from, bool first_line) {
  Window window = {.line = line, .from = from, .cut_left = true};
  window.to = walk_right(line, from, DISPLAY_COLUMNS - 1, first_line);
  if (window.to < line.len) {
    window.cut_right = true;
    window.to = walk_right(line, from, DISPLAY_COLUMNS - 2, first_line);
    return window;
  }
  uint32_t earlier = walk_left(line, window.to, DISPLAY_COLUMNS - 1);  // room for more on the left
  if (earlier < window.from) window.from = earlier;
  return window;
}

// Chooses what to show of a line: all of it when it fits, else a part with the mark in it.
static Window choose_window(Str line, const Mark *mark) {
  bool first_line = mark->line == 1;
  Window window = {.line = line, .to = walk_right(line, 0, DISPLAY_COLUMNS, first_line)};
  if (window.to == line.len) return window;
  uint32_t end = mark->end > mark->start ? mark->end : mark->start + 1;
  uint32_t from = walk_left(line, mark->start, LEFT_CONTEXT);
  window.to = walk_right(line, 0, DISPLAY_COLUMNS - 1, first_line);
  window.cut_right = true;
  return end <= window.to || from == 0 ? window : middle_window(line, from, first_line);
}

// The column, from 0, of a byte of the line within the window; its end for what lies behind it.
static size_t column_of(const Window *window, uint32_t byte, bool first_line) {
  size_t column = 0;
  uint32_t at = window->from;
  while (at < window->to && at < byte) {
    Cell cell = cell_at(window->line, at, column, first_line);
    if (at + cell.taken > byte) break;  // inside a character: its first column
    column += cell.width;
    at += cell.taken;
  }
  return column + window->cut_left;
}

static void put_gutter(const Excerpt *excerpt, const char *number) {
  render_color(excerpt->render, "34");
  buf_printf(excerpt->render->out, "%*s |", excerpt->gutter, number);
  render_color(excerpt->render, "0");
}

static void put_window(const Excerpt *excerpt, const Window *window, uint32_t line) {
  Buf *out = excerpt->render->out;
  char number[16];
  snprintf(number, sizeof number, "%u", line);
  put_gutter(excerpt, number);
  if (window->from < window->to) buf_char(out, ' ');
  if (window->cut_left) buf_put(out, STR("\xE2\x80\xA6"));
  size_t column = 0;
  for (uint32_t at = window->from; at < window->to;) {
    Cell cell = cell_at(window->line, at, column, line == 1);
    buf_put(out, (Str){cell.text, cell.len});
    column += cell.width;
    at += cell.taken;
  }
  if (window->cut_right) buf_put(out, STR("\xE2\x80\xA6"));
  buf_char(out, '\n');
}

// A mark in columns of the window.
typedef struct Drawn {
  size_t start, end;
  Str label;
  bool primary;
} Drawn;

static void put_underlines(const Excerpt *excerpt, const Drawn *marks, size_t count) {
  char line[2 * DISPLAY_COLUMNS];
  bool primary[2 * DISPLAY_COLUMNS] = {false};
  size_t len = 0;
  memset(line, ' ', sizeof line);
  for (int pass = 0; pass < 2; pass++) {  // the primary mark over the others
    for (size_t i = 0; i < count; i++) {
      if (marks[i].primary != (pass == 1)) continue;
      memset(line + marks[i].start, '~', marks[i].end - marks[i].start);
      if (marks[i].primary) line[marks[i].start] = '^';
      memset(primary + marks[i].start, pass, marks[i].end - marks[i].start);
      if (marks[i].end > len) len = marks[i].end;
    }
  }
  put_gutter(excerpt, "");
  buf_char(excerpt->render->out, ' ');
  for (size_t i = 0, end; i < len; i = end) {
    for (end = i + 1; end < len && primary[end] == primary[i];) end++;
    render_color(excerpt->render, primary[i] ? "1;31" : "1;34");
    buf_put(excerpt->render->out, (Str){line + i, end - i});
    render_color(excerpt->render, "0");
  }
}

static void put_label(const Excerpt *excerpt, const Drawn *mark) {
  render_color(excerpt->render, mark->primary ? "1;31" : "1;34");
  display_message(excerpt->render->out, mark->label);
  render_color(excerpt->render, "0");
}

// "|" under each of the marks that still wait for their label; returns the column behind the last.
static size_t put_bars(const Excerpt *excerpt, const Drawn *marks, size_t count) {
  put_gutter(excerpt, "");
  buf_char(excerpt->render->out, ' ');
  size_t column = 0;
  for (size_t i = 0; i < count; i++) {
    if (!marks[i].label.len || (column && marks[i].start < column)) continue;
    buf_repeat(excerpt->render->out, ' ', marks[i].start - column);
    buf_char(excerpt->render->out, '|');
    column = marks[i].start + 1;
  }
  return column;
}

// Labels that did not fit beside the underlines, from the right to the left, a line each.
static void put_hanging_labels(const Excerpt *excerpt, const Drawn *marks, size_t count) {
  bool first = true;
  for (size_t i = count; i-- > 0;) {
    if (!marks[i].label.len) continue;
    if (first) {
      put_bars(excerpt, marks, i + 1);
      buf_char(excerpt->render->out, '\n');
    }
    first = false;
    size_t others = i;
    while (others > 0 && marks[others - 1].start >= marks[i].start) others--;
    size_t column = put_bars(excerpt, marks, others);
    buf_repeat(excerpt->render->out, ' ', marks[i].start - column);
    put_label(excerpt, &marks[i]);
    buf_char(excerpt->render->out, '\n');
  }
}

static void put_marks(const Excerpt *excerpt, const Drawn *marks, size_t count) {
  put_underlines(excerpt, marks, count);
  const Drawn *last = &marks[count - 1];
  bool beside = last->label.len > 0;
  for (size_t i = 0; i + 1 < count; i++) beside = beside && marks[i].end <= last->start;
  if (beside) {
    buf_char(excerpt->render->out, ' ');
    put_label(excerpt, last);
  }
  buf_char(excerpt->render->out, '\n');
  put_hanging_labels(excerpt, marks, beside ? count - 1 : count);
}

static Drawn draw(const Window *window, const Mark *mark) {
  bool first_line = mark->line == 1;
  Drawn drawn = {.label = mark->label, .primary = mark->primary};
  drawn.start = column_of(window, mark->start, first_line);
  drawn.end = column_of(window, mark->end, first_line);
  if (mark->end > window->to && window->cut_right) drawn.end++;  // under the ellipsis
  if (drawn.end <= drawn.start) drawn.end = drawn.start + 1;
  return drawn;
}

static void leave(Excerpt *excerpt, const DiagPlace *label) {
  if (label) excerpt->left[excerpt->left_count++] = label;
}

// One line with `count` marks, all on it. What lies outside the window is left for notes.
static void put_line(Excerpt *excerpt, const Mark *marks, size_t count) {
  const Mark *focus = marks;
  for (size_t i = 0; i < count; i++)
    if (marks[i].primary) focus = &marks[i];
  Window window = choose_window(shown_line(excerpt, marks->line), focus);
  put_window(excerpt, &window, marks->line);
  Drawn drawn[MOST_MARKS + 1];
  size_t shown = 0;
  for (size_t i = 0, others = 0; i < count; i++) {
    bool visible = marks[i].start >= window.from && marks[i].start <= window.to;
    if (&marks[i] == focus || (visible && others++ < MOST_MARKS))
      drawn[shown++] = draw(&window, &marks[i]);
    else
      leave(excerpt, marks[i].place);
  }
  put_marks(excerpt, drawn, shown);
}

static int by_place(const void *a, const void *b) {
  const Mark *x = a, *y = b;
  if (x->line != y->line) return x->line < y->line ? -1 : 1;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  return x->end < y->end ? -1 : x->end > y->end;
}

static Mark mark_on(const Excerpt *excerpt, uint32_t line, uint32_t start, uint32_t end) {
  uint32_t length = (uint32_t)shown_line(excerpt, line).len;
  if (start > length) start = length;
  if (end > length) end = length;
  return (Mark){.line = line, .start = start, .end = end > start ? end : start};
}

// Adds the marks of a span: one, or one on its first and one on its last line.
static void add_marks(Excerpt *excerpt, Span span, Str text, const DiagPlace *label) {
  const Lines *lines = &excerpt->file->lines;
  Arena *arena = &excerpt->render->texts;
  LineColumn first = lines_at(lines, span.start);
  LineColumn last = lines_at(lines, span.end > span.start ? span.end - 1 : span.start);
  bool several = last.line > first.line;
  uint32_t end = several ? UINT32_MAX : span.end > span.start ? last.column : 0;
  Mark head = mark_on(excerpt, first.line, first.column - 1, end);
  head.primary = !label;
  if (!several) head.label = text, head.place = label;
  vec_push(arena, &excerpt->marks, head);
  if (!several) return;
  Str line = shown_line(excerpt, last.line);
  uint32_t start = 0;
  while (start + 1 < last.column && start < line.len && (line.data[start] == ' ' || line.data[start] == '\t'))
    start++;
  Mark tail = mark_on(excerpt, last.line, start, last.column);
  tail.label = text;
  tail.place = label;
  vec_push(arena, &excerpt->marks, tail);
}

// The text that a label gives the primary mark.
static Str primary_text(const Diag *diag) {
  for (size_t i = 0; i < diag->labels.len; i++)
    if (render_is_primary(diag, &diag->labels.data[i])) return diag->labels.data[i].text;
  return STR_NONE;
}

static void collect(Excerpt *excerpt, const Diag *diag, bool quotes) {
  if (quotes) add_marks(excerpt, diag->span, primary_text(diag), NULL);
  for (size_t i = 0; i < diag->labels.len; i++) {
    const DiagPlace *label = &diag->labels.data[i];
    if (render_is_primary(diag, label)) continue;
    if (quotes && label->span.source == diag->span.source)
      add_marks(excerpt, label->span, label->text, label);
    else
      leave(excerpt, label);
  }
}

static int digits(uint32_t number) { return number < 10 ? 1 : 1 + digits(number / 10); }

static void put_all(Excerpt *excerpt) {
  Mark *marks = excerpt->marks.data;
  size_t count = excerpt->marks.len;
  qsort(marks, count, sizeof *marks, by_place);
  if (digits(marks[count - 1].line) > excerpt->gutter) excerpt->gutter = digits(marks[count - 1].line);
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && marks[next].line == marks[i].line;) next++;
    if (i > 0 && marks[i].line > marks[i - 1].line + 1) {
      put_gutter(excerpt, "...");
      buf_char(excerpt->render->out, '\n');
    }
    put_line(excerpt, marks + i, next - i);
  }
}

size_t render_excerpt(Render *render, const Diag *diag, const DiagPlace **left) {
  const RenderFile *file = render_file(render, diag->span.source);
  Excerpt excerpt = {.render = render, .file = file, .gutter = GUTTER, .left = left};
  collect(&excerpt, diag, file && file->loaded && !render_is_file(diag->span));
  if (excerpt.marks.len) put_all(&excerpt);
  return excerpt.left_count;
}

void render_excerpt_at(Render *render, const DiagPlace *place) {
  const RenderFile *file = render_file(render, place->span.source);
  if (!file || !file->loaded || render_is_file(place->span)) return;
  Excerpt excerpt = {.render = render, .file = file, .gutter = GUTTER};
  add_marks(&excerpt, place->span, STR_NONE, place);
  put_all(&excerpt);
}
