/* In: the text of a scalar. Out: its number. The unit table is the whole grammar: a decimal number, then
 * one of the units, and nothing behind it. */
#include "ast/literal.h"

#include <math.h>
#include <stdlib.h>

typedef struct Unit {
  const char *name;
  double factor;
} Unit;

static bool digit(char c) { return c >= '0' && c <= '9'; }

static size_t decimal_length(Str s) {
  size_t n = 0;
  while (n < s.len && digit(s.data[n])) n++;
  if (n == 0) return 0;
  size_t whole = n;
  if (n + 1 < s.len && s.data[n] == '.' && digit(s.data[n + 1])) {
    n++;
    while (n < s.len && digit(s.data[n])) n++;
  }
  return n > whole ? n : whole;
}

static double to_double(Str s) {
  char copy[64];
  size_t n = s.len < sizeof copy - 1 ? s.len : sizeof copy - 1;
  memcpy(copy, s.data, n);
  copy[n] = 0;
  return strtod(copy, NULL);
}

static bool with_unit(Str s, const Unit *units, double *value) {
  size_t n = decimal_length(s);
  if (n == 0 || n > 40) return false;
  Str name = str_skip(s, n);
  for (; units->name; units++) {
    if (!str_eq(name, str_from(units->name))) continue;
    *value = to_double(str_take(s, n)) * units->factor;
    return true;
  }
  return false;
}

bool literal_duration(Str s, double *ms) {
  static const Unit units[] = {{"ms", 1}, {"s", 1000}, {"m", 60e3}, {"h", 3600e3}, {"d", 86400e3}, {0}};
  return with_unit(s, units, ms);
}

bool literal_share(Str s, double *share) {
  static const Unit units[] = {{"%", 1}, {0}};
  if (!with_unit(s, units, share)) return false;
  *share /= 100;
  return true;
}

bool literal_size(Str s, double *bytes) {
  static const Unit units[] = {{"B", 1},     {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824},
                               {"KB", 1000}, {"MB", 1e6},   {"GB", 1e9},      {0}};
  return with_unit(s, units, bytes);
}

static const Unit rate_units[] = {{"/s", 1}, {"/m", 60}, {"/h", 3600}, {"/d", 86400}, {0}};

static const Unit *rate_unit(Str s) {
  ptrdiff_t slash = str_find_char(s, '/');
  if (slash < 0) return NULL;
  for (const Unit *u = rate_units; u->name; u++)
    if (str_eq(str_skip(s, (size_t)slash), str_from(u->name))) return u;
  return NULL;
}

bool literal_rate(Str s, double *rate) {
  const Unit *unit = rate_unit(s);
  double count;
  if (!unit || !literal_decimal(str_take(s, s.len - strlen(unit->name)), &count)) return false;
  *rate = count / unit->factor;
  return true;
}

double literal_rate_interval(Str s) {
  const Unit *unit = rate_unit(s);
  return unit ? unit->factor * 1000 : 1000;
}

bool literal_decimal(Str s, double *number) {
  size_t n = decimal_length(s);
  if (n == 0 || n != s.len || n > 40) return false;
  *number = to_double(s);
  return true;
}

static bool all_digits(Str s) {
  for (size_t i = 0; i < s.len; i++)
    if (!digit(s.data[i])) return false;
  return s.len > 0;
}

static bool is_one_of(Str s, const char *const *words) {
  for (; *words; words++)
    if (str_eq(s, str_from(*words))) return true;
  return false;
}

static bool core_based(Str s, double *number) {
  if (s.len < 3 || s.data[0] != '0' || (s.data[1] != 'x' && s.data[1] != 'o')) return false;
  double value = 0, base = s.data[1] == 'x' ? 16 : 8;
  for (size_t i = 2; i < s.len; i++) {
    char c = s.data[i];
    int d = digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 99;
    if (d >= base) return false;
    value = value * base + d;
  }
  *number = value;
  return true;
}

/// [-+]? ( '.' digits | digits ( '.' digits? )? ) ( [eE] [-+]? digits )?
static bool core_float(Str s, double *number) {
  size_t i = s.len && (s.data[0] == '-' || s.data[0] == '+') ? 1 : 0, digits = 0;
  for (; i < s.len && digit(s.data[i]); i++) digits++;
  if (i < s.len && s.data[i] == '.')
    for (i++; i < s.len && digit(s.data[i]); i++) digits++;
  if (digits == 0) return false;
  if (i < s.len && (s.data[i] | 32) == 'e') {
    i++;
    if (i < s.len && (s.data[i] == '-' || s.data[i] == '+')) i++;
    if (!all_digits(str_skip(s, i))) return false;
    i = s.len;
  }
  if (i != s.len || s.len > 60) return false;
  *number = to_double(s);
  return isfinite(*number);  // no language that is written here has a literal for more
}

CoreKind literal_core(Str s, double *number) {
  static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
  static const char *const trues[] = {"true", "True", "TRUE", NULL};
  static const char *const falses[] = {"false", "False", "FALSE", NULL};
  *number = 0;
  char c = s.len ? s.data[0] : 0;
  if (c == 0 || strchr("~nNtTfF", c)) {
    if (is_one_of(s, nulls)) return CORE_NULL;
    if (is_one_of(s, falses)) return CORE_BOOL;
    *number = 1;
    return is_one_of(s, trues) ? CORE_BOOL : CORE_STRING;
  }
  if (!digit(c) && c != '-' && c != '+' && c != '.') return CORE_STRING;
  if (core_based(s, number)) return CORE_INT;
  Str unsigned_part = c == '-' || c == '+' ? str_skip(s, 1) : s;
  if (!core_float(s, number)) return CORE_STRING;
  return all_digits(unsigned_part) ? CORE_INT : CORE_FLOAT;
}
