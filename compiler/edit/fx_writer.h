/* Inside edit/: what the parts of the .fx writer share. */
#ifndef FXC_EDIT_FX_WRITER_H
#define FXC_EDIT_FX_WRITER_H

#include "base/map.h"
#include "edit/to_fx.h"

enum { FX_WIDTH = 100 };

typedef struct FxWriter {
  Arena *arena;
  Buf *out;
  DiagBag *bag;
  SourceId source;
  size_t indent;      // columns
  size_t line_start;  // in *out
  bool flat;          // all on one line …
  bool over;          // … and there is more than fits, or something that needs lines of its own
  bool failed;
  Str behind;  // a comment that is due at the end of this line
} FxWriter;

/* Single values: fx_spell.c */

/// A name where the grammar takes one: as it is, in back quotes where it is no word.
void fx_put_name(FxWriter *w, const Item *item, Str name);
/// A name where the grammar takes a text too.
void fx_put_key(FxWriter *w, Str name);
/// A range or a version: bare where that is possible.
void fx_put_range(FxWriter *w, const Item *item);
/// The value of a clause that has one, by its kind.
void fx_put_scalar(FxWriter *w, const Item *item);
/// A type, a regular expression, a threshold.
void fx_put_type(FxWriter *w, const Item *type);
void fx_put_pattern(FxWriter *w, const Item *pattern);
void fx_put_threshold(FxWriter *w, const Item *threshold);
/// Any value: a scalar, a list, a record.
void fx_put_value(FxWriter *w, Item *item);
/// `a = 1`, in a record or in `config { … }`.
void fx_put_pair(FxWriter *w, Item *item);

/* Clauses of one line: fx_clauses.c */

/// The value of the child that is that clause, behind `before`; nothing when there is none.
void fx_put_child(FxWriter *w, const Item *item, ClauseId clause, const char *before);
/// Writes the clause, false when it is not one of these.
bool fx_put_line(FxWriter *w, Item *item);

/* Blocks: to_fx.c */

/// "{", the children (all but those of the first line) a line each, "}".
void fx_put_lines(FxWriter *w, Item *block, void (*put)(FxWriter *, Item *));
void fx_put_clause(FxWriter *w, Item *item);
/// "[", the values, "]": a line each where they do not fit on one.
void fx_put_list(FxWriter *w, Item *list);
/// Goes to the next line, on one line to the next clause.
void fx_newline(FxWriter *w);
/// FX2024: .fx cannot write this.
Diag *fx_cannot(FxWriter *w, const Item *item, const char *format, ...) __attribute__((format(printf, 3, 4)));

static inline void fx_put(FxWriter *w, const char *text) { buf_put(w->out, str_from(text)); }

#endif
