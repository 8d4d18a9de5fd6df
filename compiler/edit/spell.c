/* In: items of single values. Out: their text. A plain number that YAML takes for milliseconds or a share
 * gets its unit, without which .fx would not read it. */
#include "edit/spell.h"

#include <stdio.h>
#include <stdlib.h>

#include "ast/literal.h"

static bool spell_literal(Str text, Buf *out) {
  char quote = str_find_char(text, '"') < 0 ? '"' : '\'';
  if (str_find_char(text, quote) >= 0) return false;
  buf_printf(out, "%c%.*s%c", quote, STR_ARG(text), quote);
  return true;
}

static bool spell_union(const Item *type, Buf *out) {
  bool good = true;
  for (const Item *text = type->first; text; text = text->next) {
    if (text != type->first) buf_put(out, STR(" | "));
    good &= spell_literal(text->text, out);
  }
  return good;
}

bool spell_type(const Item *type, Buf *out) {
  if (type->kind == AST_TYPE_NAME) {
    buf_put(out, type->text);
    return true;
  }
  if (type->kind == AST_TYPE_UNION) return spell_union(type, out);
  if (!type->first) return false;
  bool wrapped = type->first->kind == AST_TYPE_UNION && type->first->first != type->first->last;
  if (wrapped) buf_char(out, '(');
  bool good = spell_type(type->first, out);
  if (wrapped) buf_char(out, ')');
  buf_put(out, type->kind == AST_TYPE_ARRAY ? STR("[]") : STR("?"));
  return good;
}

void spell_threshold(const Item *threshold, Buf *out) {
  static const char *const signs[] = {[AST_LT] = "<", [AST_LE] = "<=", [AST_GT] = ">", [AST_GE] = ">="};
  const Item *bound = threshold->first;
  buf_printf(out, "%.*s %s %.*s", STR_ARG(threshold->name), signs[(int)threshold->number],
             STR_ARG(bound->text));
  if (bound->next) buf_printf(out, " over %.*s", STR_ARG(bound->next->text));
}

size_t spell_digits(Str s, size_t at) {
  size_t n = at;
  while (n < s.len && s.data[n] >= '0' && s.data[n] <= '9') n++;
  return n - at;
}

/// Spelled as JSON would, which both notations read alike: not 007, +1, .5 or 0x1F.
static bool is_json_number(Str s) {
  size_t at = s.len && s.data[0] == '-' ? 1 : 0, whole = spell_digits(s, at);
  if (!whole || (whole > 1 && s.data[at] == '0')) return false;
  at += whole;
  if (at < s.len && s.data[at] == '.') {
    size_t more = spell_digits(s, at + 1);
    if (!more) return false;
    at += more + 1;
  }
  if (at < s.len && (s.data[at] | 32) == 'e') {
    at++;
    if (at < s.len && (s.data[at] == '-' || s.data[at] == '+')) at++;
    size_t more = spell_digits(s, at);
    if (!more) return false;
    at += more;
  }
  return at == s.len;
}

/// The shortest of the usual spellings that reads back as that number.
static void put_number(double number, Buf *out) {
  char text[40];
  for (int precision = 6; precision <= 17; precision++) {
    snprintf(text, sizeof text, "%.*g", precision, number);
    if (strtod(text, NULL) == number) break;
  }
  buf_put(out, str_from(text));
}

static bool has_unit(const Item *item) {
  double number;
  switch (item->kind) {
    case AST_DURATION:
      return literal_duration(item->text, &number);
    case AST_SIZE:
      return literal_size(item->text, &number);
    case AST_RATE:
      return literal_rate(item->text, &number);
    case AST_SHARE:
      return literal_share(item->text, &number);
    default:
      return item->kind == AST_DATE || is_json_number(item->text);
  }
}

void spell_number(const Item *item, Buf *out) {
  if (has_unit(item)) {
    buf_put(out, item->text);
    return;
  }
  put_number(item->kind == AST_SHARE ? item->number * 100 : item->number, out);
  static const char *const units[] = {
      [AST_DURATION] = "ms", [AST_SIZE] = "B", [AST_RATE] = "/s", [AST_SHARE] = "%"};
  if (item->kind >= AST_DURATION && item->kind <= AST_RATE) buf_put(out, str_from(units[item->kind]));
}
