/* In: a file. Out: the same tokens and comments in canonical layout: two spaces a level, a line a clause, on
 * one line what its author had there if it fits. What surprises: only blocks remember their lines, and empty
 * lines stay; everything else follows from widths, so that lists and long clauses come out alike however they
 * were broken. */
#include "edit/fmt.h"

#include "edit/fmt_marks.h"

/// A bracket that has been opened and whose content has lines of its own.
typedef struct Level {
  uint32_t close;  // the token that ends it
  size_t indent;   // of its content
  bool braces, attributes;
} Level;

typedef struct Fmt {
  Arena *arena;
  const FxTree *tree;
  FmtMarks m;
  Buf *out;
  size_t line;        // where the line starts in *out
  VEC(Level) levels;  // the first is the file
  uint32_t previous;  // the last token that was written
  uint32_t flat_end;  // the closing bracket until which all stays on the line, FX_NO_TOKEN: none
  bool line_done;     // a comment ends the line
  bool fresh;         // nothing stands on the line yet but its indentation
} Fmt;

static const Level *level(const Fmt *f) { return &vec_last(&f->levels); }

static void new_line(Fmt *f, size_t indent) {
  if (f->out->len) buf_char(f->out, '\n');
  f->line = f->out->len;
  buf_repeat(f->out, ' ', indent);
  f->line_done = false;
  f->fresh = true;
}

static void put(Fmt *f, Str text) {
  ptrdiff_t last = str_rfind_char(text, '\n');
  buf_put(f->out, text);
  if (last >= 0) f->line = f->out->len - (text.len - (size_t)last - 1);
  f->fresh = false;
}

/// An empty line in the file between `from` and `to` stays, but behind an opening bracket.
static void keep_empty_line(Fmt *f, uint32_t from, uint32_t to) {
  int breaks = 0;
  Str bytes = f->tree->bytes;
  for (; from < to; from++) {
    if (bytes.data[from] == '\n') breaks++;
    if (!strchr(" \t\r\n\f", bytes.data[from])) breaks = 0;
    if (breaks == 2) break;
  }
  if (breaks == 2 && f->out->len) buf_char(f->out, '\n');
}

/* Comments */

static Str comment_text_of(const Fmt *f, const FxComment *comment) {
  Str text = str_span(f->tree->bytes.data + comment->start, f->tree->bytes.data + comment->end);
  while (comment->kind != FX_COMMENT_BLOCK && text.len && strchr(" \t\r\f", text.data[text.len - 1]))
    text.len--;
  return text;
}

static bool opens_level(const Fmt *f) {
  return f->previous != FX_NO_TOKEN && (fmt_is(&f->m, f->previous, "{") || fmt_is(&f->m, f->previous, "[") ||
                                        fmt_is(&f->m, f->previous, "("));
}

/// Whether the token starts a line of its level, or ends the level.
static bool is_line_start(const Fmt *f, uint32_t t) {
  return f->m.marks[t] & MARK_START || t == level(f)->close || t + 1 == f->m.count;
}

static size_t comment_indent(const Fmt *f, uint32_t t) {
  bool middle = level(f)->braces && !is_line_start(f, t);
  return level(f)->indent + (middle ? 2 : 0);
}

static void put_comment(Fmt *f, const FxComment *comment, uint32_t t, bool first, uint32_t from) {
  bool own_line = comment->first || !f->out->len;
  if (own_line) {
    bool blank = level(f)->braces && !(first && opens_level(f)) && f->out->len;
    if (blank) keep_empty_line(f, from, comment->start);
    new_line(f, comment_indent(f, t));
  } else {
    bool inline_ = comment->kind == FX_COMMENT_BLOCK && !is_line_start(f, t);
    put(f, inline_ ? STR(" ") : STR("  "));
  }
  put(f, comment_text_of(f, comment));
  f->line_done = own_line || comment->kind != FX_COMMENT_BLOCK;
}

/// The next token that stays, at or behind `t`.
static uint32_t staying(const Fmt *f, uint32_t t) {
  while (t + 1 < f->m.count && f->m.marks[t] & MARK_DROP) t++;
  return t;
}

static uint32_t put_comments(Fmt *f, uint32_t t, uint32_t from) {
  const FxTree *tree = f->tree;
  uint32_t end = t + 1 < f->m.count ? fx_token(tree, t + 1)->comment : (uint32_t)tree->comments.len;
  uint32_t first = fx_token(tree, t)->comment;
  for (uint32_t c = first; c < end; c++) {
    put_comment(f, &tree->comments.data[c], staying(f, t), c == first, from);
    from = tree->comments.data[c].end;
  }
  return from;
}

/* Tokens */

static bool starts_entry(const Fmt *f, uint32_t t) {
  if (level(f)->braces) return false;
  if (f->previous == FX_NO_TOKEN || opens_level(f)) return true;
  if (level(f)->attributes) return f->m.marks[t] & MARK_ITEM;
  return fmt_is(&f->m, f->previous, ",");
}

static bool overflows(Fmt *f, uint32_t t) {
  if (!fmt_may_break(&f->m, f->previous, t)) return false;
  return f->out->len - f->line + fmt_run_width(&f->m, f->previous, t) > FMT_WIDTH;
}

/// Breaks the line before a token or puts spaces there. `from` is where the gap's last comment ended.
static void put_gap(Fmt *f, uint32_t t, uint32_t from) {
  bool flat = f->flat_end != FX_NO_TOKEN;
  if (!flat && t == level(f)->close) {
    f->levels.len--;
    new_line(f, level(f)->indent);
  } else if (!flat && f->m.marks[t] & MARK_START) {
    bool first = opens_level(f) && from == fx_token(f->tree, f->previous)->end;
    if (!first) keep_empty_line(f, from, fx_token(f->tree, t)->start);
    new_line(f, level(f)->indent);
  } else if (!flat && starts_entry(f, t)) {
    new_line(f, level(f)->indent);
  } else if (f->line_done || (!flat && overflows(f, t))) {
    new_line(f, level(f)->indent + 2);
  } else if (!f->fresh && f->previous != FX_NO_TOKEN) {
    buf_repeat(f->out, ' ', fmt_space(&f->m, f->previous, t));
  }
}

/// Decides whether what stands between brackets goes on one line.
static void open_level(Fmt *f, uint32_t t) {
  uint32_t close = f->m.match[t];
  size_t width = fmt_flat_width(&f->m, t), column = f->out->len - f->line - 1;
  bool braces = fmt_is(&f->m, t, "{"), empty = close == t + 1 && !fmt_has_comments(&f->m, close);
  if (fmt_is(&f->m, t, "(") && width < FMT_OVER && close + 1 < f->m.count &&
      !(f->m.marks[close + 1] & MARK_START))
    width += fmt_run_width(&f->m, close, close + 1);
  if (empty || column + width <= FMT_WIDTH) {
    f->flat_end = close;
    return;
  }
  bool attributes = f->m.marks[close - 1] & MARK_ATTR && f->m.marks[t] & MARK_LIST;
  Level inner = {close, level(f)->indent + 2, braces, attributes};
  vec_push(f->arena, &f->levels, inner);
}

static void put_token(Fmt *f, uint32_t t, uint32_t from) {
  put_gap(f, t, from);
  put(f, fx_token_text(f->tree, t));
  f->previous = t;
  if (t == f->flat_end) f->flat_end = FX_NO_TOKEN;
  bool opens = f->m.match[t] != 0;
  if (opens && f->flat_end == FX_NO_TOKEN) open_level(f, t);
}

static void put_file(Fmt *f) {
  uint32_t from = 0;
  for (uint32_t t = 0; t < f->m.count; t++) {
    bool comma = fmt_is(&f->m, t, ",") && !(f->m.marks[t] & MARK_DROP);
    if (comma) put_token(f, t, from);  // what stands before a comma stands behind it
    from = put_comments(f, t, from);
    if (t + 1 == f->m.count) break;
    if (!comma && !(f->m.marks[t] & MARK_DROP)) put_token(f, t, from);
    if (from < fx_token(f->tree, t)->end) from = fx_token(f->tree, t)->end;
  }
  if (f->out->len) buf_char(f->out, '\n');
}

/* Checking */

static bool same_tokens(const Fmt *a, const Fmt *b) {
  uint32_t x = staying(a, 0), y = staying(b, 0);
  while (x + 1 < a->m.count && y + 1 < b->m.count) {
    bool kinds = fx_token(a->tree, x)->kind == fx_token(b->tree, y)->kind;
    if (!kinds || !str_eq(fx_token_text(a->tree, x), fx_token_text(b->tree, y))) return false;
    x = staying(a, x + 1), y = staying(b, y + 1);
  }
  return x + 1 == a->m.count && y + 1 == b->m.count;
}

static bool same_comments(const Fmt *a, const Fmt *b) {
  if (a->tree->comments.len != b->tree->comments.len) return false;
  for (size_t i = 0; i < a->tree->comments.len; i++)
    if (!str_eq(comment_text_of(a, &a->tree->comments.data[i]),
                comment_text_of(b, &b->tree->comments.data[i])))
      return false;
  return true;
}

static bool same_nodes(const FxTree *a, const FxTree *b) {
  if (a->nodes.len != b->nodes.len) return false;
  for (size_t i = 1; i < a->nodes.len; i++)
    if (a->nodes.data[i].kind != b->nodes.data[i].kind || a->nodes.data[i].child != b->nodes.data[i].child)
      return false;
  return true;
}

static bool is_same(const Fmt *f, Str text) {
  DiagBag ignored = {.arena = f->arena};
  FxTree *tree = fx_parse(f->arena, f->tree->source, text, &ignored);
  if (tree->broken || !same_nodes(f->tree, tree)) return false;
  Fmt again = {.arena = f->arena, .tree = tree, .m = fmt_mark(f->arena, tree)};
  return same_tokens(f, &again) && same_comments(f, &again);
}

static void format(Arena *arena, const FxTree *tree, Buf *out, Fmt *f) {
  *f = (Fmt){.arena = arena, .tree = tree, .out = out, .m = fmt_mark(arena, tree)};
  f->previous = f->flat_end = FX_NO_TOKEN;
  vec_push(arena, &f->levels, (Level){FX_NO_TOKEN, 0, true, false});
  put_file(f);
}

FmtResult fmt_file(Arena *arena, SourceId source, Str bytes, DiagBag *bag, Buf *out) {
  FxTree *tree = fx_parse(arena, source, bytes, bag);
  if (tree->broken) return FMT_BROKEN;
  Buf text = {0};
  Fmt f;
  format(arena, tree, &text, &f);
  bool same = is_same(&f, str_copy(arena, buf_str(&text)));
  if (same) buf_put(out, buf_str(&text));
  buf_free(&text);
  if (same) return FMT_DONE;
  Diag *d = diag_add(bag, FX9001, span_file(source), "formatting would change more than white space");
  diag_help(d, "the file was left as it is; please report it");
  return FMT_BUG;
}
