/* In: items of single values. Out: their text in .fx. A text stands in quotes, unless its place takes words
 * and it is one; literals with units stand as they are, since they have the same text either way. */
#include "ast/literal.h"
#include "base/date.h"
#include "base/utf8.h"
#include "edit/fx_writer.h"
#include "edit/spell.h"

/* Words */

static bool word_start(char c) { return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_'; }
static bool word_byte(char c) { return word_start(c) || (c >= '0' && c <= '9'); }

static bool is_reserved(Str s) {
  static const char *const words[] = {"and", "false", "in", "not", "null", "or", "true"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_eq(s, str_from(words[i]))) return true;
  return false;
}

/// Letters, digits and `_`, parts joined by hyphens; nothing that YAML would take for more than a text.
static bool is_word(Str s) {
  double number;
  if (!s.len || !word_start(s.data[0]) || s.data[s.len - 1] == '-' || is_reserved(s)) return false;
  for (size_t i = 0; i < s.len; i++)
    if (!word_byte(s.data[i]) && s.data[i] != '-') return false;
  return literal_core(s, &number) == CORE_STRING;
}

static bool is_path(Str s) {
  Str part;
  size_t parts = 0;
  for (; str_split(&s, '.', &part); parts++) {
    bool digits = part.len > 0 && parts > 0;
    for (size_t i = 0; i < part.len; i++) digits &= part.data[i] >= '0' && part.data[i] <= '9';
    if (!digits && !is_word(part) && !(part.len && is_reserved(part))) return false;
  }
  return parts > 1;
}

void fx_put_name(FxWriter *w, const Item *item, Str name) {
  if (is_word(name)) {
    buf_put(w->out, name);
    return;
  }
  buf_printf(w->out, "`%.*s`", STR_ARG(name));
  if (!name.len || str_find_char(name, '`') >= 0 || str_find_char(name, '\n') >= 0)
    fx_cannot(w, item, "'%.*s' cannot be a name in .fx", STR_ARG(name));
}

/* Texts */

static bool is_hidden(uint32_t c) {
  return c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

static void put_quoted(Buf *out, Str text) {
  buf_char(out, '"');
  for (size_t i = 0; i < text.len;) {
    uint32_t c;
    size_t length = utf8_decode(str_skip(text, i), &c);
    if (c == '"' || c == '\\')
      buf_printf(out, "\\%c", (char)c);
    else if (c == '\n' || c == '\t')
      buf_put(out, c == '\n' ? STR("\\n") : STR("\\t"));
    else if (is_hidden(c))
      buf_printf(out, "\\u{%X}", c);
    else
      buf_put(out, str_take(str_skip(text, i), length));
    i += length;
  }
  buf_char(out, '"');
}

/// Several lines that can stand as they are between `"""`.
static bool suits_raw(Str text) {
  if (str_find_char(text, '\n') < 0 || str_find(text, STR("\"\"\"")) >= 0) return false;
  for (size_t i = 0; i < text.len;) {
    uint32_t c;
    i += utf8_decode(str_skip(text, i), &c);
    if (c != '\n' && c != '\t' && is_hidden(c)) return false;
  }
  return true;
}

static void put_raw(FxWriter *w, Str text) {
  Str line;
  size_t indent = w->indent + 2;
  fx_put(w, "\"\"\"\n");
  while (str_split(&text, '\n', &line)) {
    if (line.len) buf_repeat(w->out, ' ', indent);
    buf_put(w->out, line);
    buf_char(w->out, '\n');
  }
  buf_repeat(w->out, ' ', indent);
  fx_put(w, "\"\"\"");
}

static void put_string(FxWriter *w, const Item *item, Str text) {
  if (memchr(text.data ? text.data : "", 0, text.len))
    fx_cannot(w, item, "a text in .fx cannot have the character U+0000 in it");
  if (str_find_char(text, '\n') >= 0) w->over = true;
  if (!w->flat && suits_raw(text))
    put_raw(w, text);
  else
    put_quoted(w->out, text);
}

void fx_put_key(FxWriter *w, Str name) {
  if (is_word(name))
    buf_put(w->out, name);
  else
    put_quoted(w->out, name);
}

/* Numbers, versions, ranges */

/// 3.2.0, 4.0.0-beta.1
static bool is_version(Str s) {
  size_t at = 0;
  for (int part = 0; part < 3; part++) {
    size_t n = spell_digits(s, at);
    if (!n) return false;
    at += n;
    if (part < 2 && (at >= s.len || s.data[at++] != '.')) return false;
  }
  if (at < s.len && s.data[at] != '-' && s.data[at] != '+') return false;
  for (; at < s.len; at++) {
    bool sign = s.data[at] == '-' || s.data[at] == '+' || s.data[at] == '.';
    if (!sign && !(word_byte(s.data[at]) && s.data[at] != '_')) return false;
    if (sign && (at + 1 == s.len || !word_byte(s.data[at + 1]))) return false;
  }
  return true;
}

/// ^3.1, ~2, 1.x, 3, *
static bool is_bare_range(Str s) {
  double number;
  if (is_version(s) || str_eq(s, STR("*"))) return true;
  if (s.len && s.data[0] >= '0' && s.data[0] <= '9' && literal_decimal(s, &number)) return true;
  bool open = s.len > 1 && (s.data[0] == '^' || s.data[0] == '~');
  Str rest = open ? str_skip(s, 1) : s, part;
  if (open && is_version(rest)) return true;
  bool wild = false;
  size_t parts = 0;
  for (; str_split(&rest, '.', &part); parts++) {
    bool cross = str_eq(part, STR("x"));
    if (!cross && (!part.len || spell_digits(part, 0) != part.len || wild)) return false;
    wild |= cross;
  }
  return parts <= 3 && parts > 0 && (open || (wild && parts > 1));
}

void fx_put_range(FxWriter *w, const Item *item) {
  if (item->kind != AST_HOLE && is_bare_range(item->text))
    buf_put(w->out, item->text);
  else
    put_string(w, item, item->text);
}

/* Clauses with one value */

/// Clauses whose values read as words: `tags location, validation`.
static bool takes_words(const Item *item) {
  const ClauseInfo *info = clause_info(item->clause);
  if (info->kind != KIND_TEXT)
    return info->kind == KIND_NAME || info->kind == KIND_LABEL || info->kind == KIND_IDENT;
  return info->form == FORM_MANY || item->clause == CLAUSE_integration_render ||
         item->clause == CLAUSE_release_trigger || item->clause == CLAUSE_link_trigger;
}

static void put_text(FxWriter *w, const Item *item) {
  if (takes_words(item) && is_word(item->text))
    buf_put(w->out, item->text);
  else
    put_string(w, item, item->text);
}

void fx_put_pattern(FxWriter *w, const Item *pattern) {
  Str text = pattern->text;
  bool set = false, bad = !text.len || text.data[0] == '*';
  buf_char(w->out, '/');
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (c == '\\' && i + 1 < text.len) {
      buf_char(w->out, c);
      c = text.data[++i];
      bad |= c == '\n';
    } else if (c == '/') {
      buf_char(w->out, '\\');
    } else {
      bad |= c == '\n' || c == '\\' || c == 0;
      set = set ? c != ']' : c == '[';
    }
    buf_char(w->out, c);
  }
  buf_char(w->out, '/');
  if (bad || set) fx_cannot(w, pattern, "this cannot be written as a regular expression between slashes");
}

void fx_put_type(FxWriter *w, const Item *type) {
  Buf text = {0};
  bool good = spell_type(type, &text) && str_find_char(buf_str(&text), '\'') < 0 &&
              str_find_char(buf_str(&text), '\\') < 0;
  for (size_t i = 0; i < text.len; i++) good &= (unsigned char)text.data[i] >= ' ';
  if (!good) {
    Diag *d = fx_cannot(w, type, "a text in a type cannot have quotes or backslashes in it in .fx");
    diag_help(d, "name the choice differently");
  }
  buf_put(w->out, buf_str(&text));
  buf_free(&text);
}

void fx_put_threshold(FxWriter *w, const Item *threshold) { spell_threshold(threshold, w->out); }

static void put_element(FxWriter *w, const Item *item) {
  fx_put_name(w, item, item->text);
  if (item->number != 0) fx_put(w, "?");
}

static void put_number(FxWriter *w, const Item *item) { spell_number(item, w->out); }

/// A text that reads back alike without quotes: `5s`, `5%`, `64KiB`, `50/s`, `2025-06-30`.
static bool is_unit_literal(Str s) {
  double number;
  int32_t days;
  return literal_duration(s, &number) || literal_share(s, &number) || literal_size(s, &number) ||
         literal_rate(s, &number) || date_parse(s, &days);
}

/* Values */

static void put_single(FxWriter *w, const Item *item) {
  switch (item->kind) {
    case AST_NONE:
    case AST_NULL:
      fx_put(w, "null");
      return;
    case AST_BOOL:
      fx_put(w, item->number != 0 ? "true" : "false");
      return;
    case AST_INT:
    case AST_NUMBER:
      put_number(w, item);
      return;
    default:
      break;
  }
  bool path = is_path(item->text);
  bool bare = item->kind == AST_REFERENCE ? path
              : item->bare                ? path || is_word(item->text)
                                          : is_unit_literal(item->text);
  if (bare)
    buf_put(w->out, item->text);
  else
    put_string(w, item, item->text);
}

void fx_put_scalar(FxWriter *w, const Item *item) {
  switch (item->kind) {
    case AST_HOLE:
      put_string(w, item, item->text);
      return;
    case AST_CHOICE:
      buf_put(w->out, item->text);
      return;
    case AST_ELEMENT:
      put_element(w, item);
      return;
    case AST_DATE:
    case AST_DURATION:
    case AST_SHARE:
    case AST_SIZE:
    case AST_RATE:
      put_number(w, item);
      return;
    default:
      break;
  }
  ClauseKind kind = item->clause ? clause_info(item->clause)->kind : KIND_VALUE;
  if (kind == KIND_RANGE || kind == KIND_VERSION)
    fx_put_range(w, item);
  else if (item->kind == AST_TEXT && kind != KIND_VALUE && kind != KIND_LITERAL && kind != KIND_IGNORED)
    put_text(w, item);
  else
    put_single(w, item);
}

void fx_put_pair(FxWriter *w, Item *item) {
  fx_put_key(w, item->name);
  fx_put(w, " = ");
  fx_put_value(w, item);
}

void fx_put_value(FxWriter *w, Item *item) {
  if (item->kind == AST_RECORD)
    fx_put_lines(w, item, fx_put_pair);
  else if (item->kind == AST_LIST)
    fx_put_list(w, item);
  else
    fx_put_scalar(w, item);
}
