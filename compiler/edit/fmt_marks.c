/* In: a syntax tree. Out: which tokens start lines, which separators nobody needs, and how far apart two
 * tokens stand. */
#include "edit/fmt_marks.h"

/* Marks */

static void mark_list(FmtMarks *m, const FxNode *node, bool attributes) {
  m->marks[node->first] |= MARK_LIST;
  if (!attributes) return;
  for (uint32_t t = node->first + 1; t < node->last; t++) m->marks[t] |= MARK_ATTR;
  for (FxId id = node->child; id; id = fx_next(m->tree, id))
    m->marks[fx_node(m->tree, id)->first] |= MARK_ITEM;
}

/// A clause that the language does not know takes every word behind it, as far as the line goes.
static bool is_unknown(const FmtMarks *m, const FxNode *line) {
  return line->kind == FX_CLAUSE && line->name != FX_NO_TOKEN &&
         fx_token(m->tree, line->name)->kind == FX_TOKEN_WORD &&
         !fx_is_keyword(fx_token_text(m->tree, line->name));
}

/// Tokens of a block that belong to none of its lines are separators.
static void mark_lines(FmtMarks *m, const FxNode *node, bool braces) {
  uint32_t at = braces ? node->first + 1 : 0, end = braces ? node->last : m->count - 1;
  bool unknown = false;
  for (FxId id = node->child; id; id = fx_next(m->tree, id)) {
    const FxNode *line = fx_node(m->tree, id);
    for (; at < line->first; at++) m->marks[at] |= MARK_DROP;
    m->marks[line->first] |= unknown ? MARK_START | MARK_BREAK : MARK_START;
    unknown = is_unknown(m, line);
    at = line->last + 1;
  }
  for (; at < end; at++) m->marks[at] |= MARK_DROP;
}

static void mark_use(FmtMarks *m, const FxNode *node) {
  for (uint32_t t = node->first; t <= node->last; t++)
    if (fmt_is(m, t, "(")) m->marks[t] |= MARK_APART;
}

/// Depth is bounded by the parser.
static void mark_node(FmtMarks *m, FxId id, bool in_element) {
  const FxNode *node = fx_node(m->tree, id);
  if (node->kind == FX_FILE) mark_lines(m, node, false);
  if (node->kind == FX_BLOCK || node->kind == FX_RECORD) mark_lines(m, node, true);
  if (node->kind == FX_LIST) mark_list(m, node, in_element);
  if (in_element && fx_is(m->tree, id, STR("use"))) mark_use(m, node);
  for (FxId child = node->child; child; child = fx_next(m->tree, child))
    mark_node(m, child, node->kind == FX_ELEMENT);
}

static void mark_brackets(Arena *arena, FmtMarks *m) {
  VEC(uint32_t) open = {0};
  for (uint32_t t = 0; t + 1 < m->count; t++) {
    if (fmt_is(m, t, "{") || fmt_is(m, t, "[") || fmt_is(m, t, "(")) {
      vec_push(arena, &open, t);
    } else if (open.len && (fmt_is(m, t, "}") || fmt_is(m, t, "]") || fmt_is(m, t, ")"))) {
      m->match[vec_last(&open)] = t;
      open.len--;
      bool comma = t > 0 && fmt_is(m, t - 1, ",");
      if (comma) m->marks[t - 1] |= MARK_DROP;
    }
  }
}

FmtMarks fmt_mark(Arena *arena, const FxTree *tree) {
  FmtMarks m = {.tree = tree, .count = (uint32_t)tree->tokens.len};
  m.marks = arena_array(arena, uint8_t, m.count);
  m.match = arena_array(arena, uint32_t, m.count);
  mark_node(&m, tree->root, false);
  mark_brackets(arena, &m);
  return m;
}

/* Tokens */

bool fmt_is(const FmtMarks *m, uint32_t t, const char *sign) {
  const FxToken *token = fx_token(m->tree, t);
  Str text = fx_token_text(m->tree, t);
  return token->kind == FX_TOKEN_SIGN && str_eq(text, str_from(sign));
}

bool fmt_has_comments(const FmtMarks *m, uint32_t t) {
  uint32_t end = t + 1 < m->count ? fx_token(m->tree, t + 1)->comment : (uint32_t)m->tree->comments.len;
  return fx_token(m->tree, t)->comment < end;
}

static bool is_any(const FmtMarks *m, uint32_t t, const char *const *signs) {
  if (fx_token(m->tree, t)->kind != FX_TOKEN_SIGN) return false;
  for (; *signs; signs++)
    if (fmt_is(m, t, *signs)) return true;
  return false;
}

/// `operation f(`: a name and its arguments are one thing.
static bool is_call(const FmtMarks *m, uint32_t previous, uint32_t t) {
  return fmt_is(m, t, "(") && fx_token(m->tree, previous)->kind != FX_TOKEN_SIGN &&
         !(m->marks[t] & MARK_APART);
}

/// `200ms..5s` is a span; in `retry 3 ..5s` only its end is given.
static bool is_span(const FmtMarks *m, uint32_t previous, uint32_t t) {
  if (fmt_is(m, previous, "..")) return true;
  return fmt_is(m, t, "..") && fx_token(m->tree, previous)->kind == FX_TOKEN_DURATION;
}

size_t fmt_space(const FmtMarks *m, uint32_t previous, uint32_t t) {
  static const char *const tight_before[] = {",", ";", ":", "?", ")", "]", NULL}, *const tight_behind[] = {
                                                                                      "(", "[", NULL};
  if (m->marks[t] & MARK_START) return fmt_is(m, previous, "{") ? 1 : 2;
  if (fmt_is(m, previous, "{") && fmt_is(m, t, "}")) return 0;
  if (is_any(m, t, tight_before) || is_any(m, previous, tight_behind)) return 0;
  if (fmt_is(m, t, "[") && !(m->marks[t] & MARK_LIST)) return 0;
  if ((m->marks[t] & m->marks[previous] & MARK_ATTR) && (fmt_is(m, t, "=") || fmt_is(m, previous, "=")))
    return 0;
  return is_call(m, previous, t) || is_span(m, previous, t) ? 0 : 1;
}

/* Widths */

static size_t token_width(const FmtMarks *m, uint32_t t) {
  Str text = fx_token_text(m->tree, t);
  return str_find_char(text, '\n') >= 0 ? FMT_OVER : text.len;
}

size_t fmt_flat_width(const FmtMarks *m, uint32_t open) {
  size_t width = 1, braces = fmt_is(m, open, "{") ? 1 : 0;
  uint32_t previous = open;
  for (uint32_t t = open + 1; t <= m->match[open] && width < FMT_OVER; t++) {
    if (fmt_has_comments(m, t)) return FMT_OVER;
    if (braces && (fx_token(m->tree, t)->first || m->marks[t] & MARK_BREAK)) return FMT_OVER;
    if (m->marks[t] & MARK_DROP) continue;
    if (fmt_is(m, t, "{")) braces++;
    if (fmt_is(m, t, "}")) braces--;
    width += fmt_space(m, previous, t) + token_width(m, t);
    previous = t;
  }
  return width < FMT_OVER ? width : FMT_OVER;
}

static bool is_joint(const FmtMarks *m, uint32_t t) {
  Str text = fx_token_text(m->tree, t);
  if (fx_token(m->tree, t)->kind == FX_TOKEN_WORD) return str_eq(text, STR("and")) || str_eq(text, STR("or"));
  return fmt_is(m, t, "->") || fmt_is(m, t, "|");
}

bool fmt_may_break(const FmtMarks *m, uint32_t previous, uint32_t t) {
  return fmt_is(m, previous, ",") || is_joint(m, t);
}

size_t fmt_run_width(const FmtMarks *m, uint32_t previous, uint32_t t) {
  size_t width = 0;
  for (uint32_t first = t; t + 1 < m->count && width < FMT_OVER; t++) {
    if (m->marks[t] & MARK_DROP) continue;
    bool ends = m->marks[t] & MARK_START || fmt_is(m, t, "}") || fmt_has_comments(m, t) ||
                fmt_may_break(m, previous, t);
    if (t > first && ends) break;
    width += fmt_space(m, previous, t) + token_width(m, t);
    if (fmt_is(m, t, "{")) break;
    previous = t;
  }
  return width;
}
