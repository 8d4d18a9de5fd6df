/* In: texts that manifests may have said. Out: columns as wide as their widest cell. */
#include "emit/table.h"

#include "diag/display.h"

enum { GAP = 2, WIDEST = 60 };

typedef struct TableCell {
  Str text;  // safe for a terminal
  size_t width;
} TableCell;

// What a manifest says goes to a terminal: what that would obey is escaped, what is endless is cut.
static TableCell cell_of(Arena *arena, Str text) {
  TableCell cell = {0};
  Buf shown = {0};
  if (!text.len) text = STR("-");
  for (size_t at = 0; at < text.len;) {
    Cell one = display_cell(str_skip(text, at));
    bool cut = cell.width + one.width > WIDEST;
    buf_put(&shown, cut ? STR("…") : (Str){one.text, one.len});
    cell.width += cut ? 1 : one.width;
    at = cut ? text.len : at + one.taken;
  }
  cell.text = str_copy(arena, buf_str(&shown));
  buf_free(&shown);
  return cell;
}

// Nothing trails behind the last one.
static void put_row(const TableCell *cells, const size_t *widths, size_t columns, uint32_t numbers,
                    Buf *out) {
  for (size_t i = 0; i < columns; i++) {
    size_t blanks = widths[i] - cells[i].width;
    bool number = numbers >> i & 1;
    if (number) buf_repeat(out, ' ', blanks);
    buf_put(out, cells[i].text);
    if (i + 1 < columns) buf_repeat(out, ' ', (number ? 0 : blanks) + GAP);
  }
  buf_char(out, '\n');
}

void table_print(Arena *arena, const Str *texts, size_t rows, size_t columns, uint32_t numbers, Buf *out) {
  TableCell *cells = arena_array(arena, TableCell, rows * columns + 1);
  size_t *widths = arena_array(arena, size_t, columns + 1);
  for (size_t i = 0; i < rows * columns; i++) {
    cells[i] = cell_of(arena, texts[i]);
    if (cells[i].width > widths[i % columns]) widths[i % columns] = cells[i].width;
  }
  for (size_t r = 0; r < rows; r++) put_row(&cells[r * columns], widths, columns, numbers, out);
}
