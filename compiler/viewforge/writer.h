/* Writes concept HTML and remembers where every byte of it came from. Text of the view keeps its exact
 * place; text that is made up stands for one place without length, that of the element it belongs to. */
#ifndef FXC_VIEWFORGE_WRITER_H
#define FXC_VIEWFORGE_WRITER_H

#include "base/buf.h"
#include "viewforge/view.h"

/// Text of a view with its place. Without stretches its bytes are those of the file from `start` on; else
/// each stretch is a run of the text that lies in one run of the file (an escape where their lengths differ),
/// and the last one marks both ends.
typedef struct ViewText {
  Str text;  // data NULL: not given
  uint32_t start, end;
  const HtmlOffset *stretches;
  size_t count;
} ViewText;

typedef struct ViewSegment {
  uint32_t text;         // where it starts
  uint32_t file, until;  // its place; made up when both are the same
  bool made_up;
} ViewSegment;

typedef struct ViewWriter {
  Arena *arena;
  Buf text;
  VEC(ViewSegment) segments;
  uint32_t place;  // what made-up text stands for
  size_t depth;    // of indentation
} ViewWriter;

/// An empty page; view_end() frees it. `place` is an offset in the view's file.
void view_begin(ViewWriter *writer, Arena *arena, uint32_t place);
/// Made-up text stands for this place from here on.
void view_at(ViewWriter *writer, uint32_t place);
/// Text that is made up, as HTML.
void view_put(ViewWriter *writer, Str html);
/// A line break and the indentation of the line that follows.
void view_line(ViewWriter *writer);
/// Text of the view, escaped for content or for an attribute in double quotes.
void view_text(ViewWriter *writer, ViewText text);
void view_value(ViewWriter *writer, ViewText text);
/// Text of the view as it is: for names, and where HTML knows no escapes.
void view_raw(ViewWriter *writer, ViewText text);
/// ` name="value"`; nothing where no value is given.
void view_attr(ViewWriter *writer, const char *name, ViewText value);
/// The same with a value that is made up.
void view_attr_made(ViewWriter *writer, const char *name, Str value);

/// Opens a document: doctype, head with charset and title, and the body, whose content is next.
void view_shell_begin(ViewWriter *writer, ViewText language, ViewText title);
void view_shell_end(ViewWriter *writer);

/// Puts text and places onto the page, on the arena.
void view_end(ViewWriter *writer, ViewPage *page);

/// Text that is made up, as if it were of the view: it stands for one place.
static inline ViewText view_made(Str text, uint32_t place) {
  return (ViewText){.text = text, .start = place, .end = place};
}

#endif
