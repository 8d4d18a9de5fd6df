/* JSX as it comes: tags, attributes and texts, one call each, printed at once.
 *
 * In: names and data, in the order of the document. Out: text at the end of a buffer, and a mark for each
 * place in it that stands for one in a source. The printer of the TSX tree prints its JSX with the same
 * calls, so that there is one way to write a tag, whoever asks. Which strings are names and which data: see
 * tsx.h.
 *
 * Surprising: a start tag stays open until something comes behind it, since an element without content ends
 * in " />"; and a text is taken back when another one follows it, since neighbours are one run, plain or in
 * one template string: from then on they wait for what ends the run. */
#ifndef FXC_EMIT_JSX_WRITER_H
#define FXC_EMIT_JSX_WRITER_H

#include "emit/tsx.h"

/// A text, and where its first character that is not white space stands in a source.
typedef struct JsxText {
  Str data;
  TsxOrigin origin;
} JsxText;

typedef struct JsxWriter {
  Buf *out;
  Arena *arena;
  TsxMarks *marks;  // NULL: not wanted
  size_t start;     // marks count from there in `out`
  uint32_t indent;  // of the lines in expressions
  bool in_tag;      // a start tag waits for its end
  VEC(Str) open;    // the names of the elements that are open
  // The text that was printed last: itself, where it begins, and where it ends if `out` is still that long.
  JsxText last;
  size_t last_start, last_end, last_marks;
  VEC(JsxText) texts;  // of the run that waits
} JsxWriter;

/// Opens an element, or, without a name, a fragment. Attributes may follow.
void jsx_open(JsxWriter *jsx, Str name, TsxOrigin origin);
/// Ends the innermost element.
void jsx_close(JsxWriter *jsx);
/// A text in the innermost element; it must live until the tag that follows is written.
void jsx_text(JsxWriter *jsx, Str data, TsxOrigin origin);
/// Finishes what waits, so that something else can be printed behind it: an expression in braces.
void jsx_settle(JsxWriter *jsx);

/// An attribute of the tag that was opened last: its name alone, or with data as its value.
void jsx_attr(JsxWriter *jsx, Str name, TsxOrigin origin);
void jsx_attr_text(JsxWriter *jsx, Str name, TsxOrigin origin, Str value);
/// Data behind the '=' of an attribute, in quotes or braces.
void jsx_attr_value(JsxWriter *jsx, Str value);
/// An attribute whose value is a node of the TSX tree, or such a spread. In tsx_print.c.
void jsx_attr_node(JsxWriter *jsx, const TsxNode *attr);

/// Notes that what is printed next comes from there.
static inline void jsx_mark(JsxWriter *jsx, TsxOrigin origin) {
  if (!jsx->marks || !origin) return;
  TsxMark mark = {origin, (uint32_t)(jsx->out->len - jsx->start)};
  vec_push(jsx->marks->arena, &jsx->marks->list, mark);
}

#endif
