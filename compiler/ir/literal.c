/* Literals with units. In: a text and a type. Out: its value, or that it is none. */
#include "ir/literal.h"

#include <stdlib.h>

typedef struct Unit {
  const char *name;
  double factor;
} Unit;

static const Unit durations[] = {{"ms", 1}, {"s", 1e3}, {"m", 6e4}, {"h", 3.6e6}, {"d", 8.64e7}, {NULL, 0}};
static const Unit shares[] = {{"%", 0.01}, {NULL, 0}};
static const Unit sizes[] = {{"B", 1},   {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824},
                             {"KB", 1e3}, {"MB", 1e6},   {"GB", 1e9},      {NULL, 0}};
static const Unit rates[] = {{"/s", 1}, {"/m", 1.0 / 60}, {"/h", 1.0 / 3600}, {"/d", 1.0 / 86400}, {NULL, 0}};

static size_t digits(Str s) {
  size_t n = 0;
  while (n < s.len && s.data[n] >= '0' && s.data[n] <= '9') n++;
  return n;
}

// The length of "-12.5e3" at the start of `s`; 0 when there is no number.
static size_t number_length(Str s, bool whole) {
  size_t at = s.len && s.data[0] == '-' ? 1 : 0;
  size_t n = digits(str_skip(s, at));
  if (n == 0) return 0;
  at += n;
  if (whole) return at;
  if (at < s.len && s.data[at] == '.' && (n = digits(str_skip(s, at + 1))) > 0) at += 1 + n;
  if (at < s.len && (s.data[at] == 'e' || s.data[at] == 'E')) {
    size_t sign = at + 1 < s.len && (s.data[at + 1] == '-' || s.data[at + 1] == '+') ? 1 : 0;
    if ((n = digits(str_skip(s, at + 1 + sign))) > 0) at += 1 + sign + n;
  }
  return at;
}

static bool read_number(Str text, bool whole, size_t *length, double *number) {
  char copy[64];
  *length = number_length(text, whole);
  if (*length == 0 || *length >= sizeof copy) return false;
  memcpy(copy, text.data, *length);
  copy[*length] = 0;
  *number = strtod(copy, NULL);
  return true;
}

static bool read_unit(Str text, const Unit *units, double *number) {
  size_t length;
  if (!read_number(text, false, &length, number)) return false;
  Str rest = str_skip(text, length);
  if (rest.len == 0) return *number == 0 && units != rates;  // 0 needs no unit
  for (; units->name; units++) {
    if (!str_eq(rest, str_from(units->name))) continue;
    *number *= units->factor;
    return true;
  }
  return false;
}

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int two(const char *p) { return (p[0] - '0') * 10 + p[1] - '0'; }

static bool read_date(Str text, double *number) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool shaped = text.len == 10 && text.data[4] == '-' && text.data[7] == '-' && digits(text) == 4 &&
                digits(str_skip(text, 5)) == 2 && digits(str_skip(text, 8)) == 2;
  if (!shaped) return false;
  int year = two(text.data) * 100 + two(text.data + 2), month = two(text.data + 5), day = two(text.data + 8);
  if (month < 1 || month > 12) return false;
  int last = lengths[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
  if (day < 1 || day > last) return false;
  // Days since 1970-01-01 in the proleptic Gregorian calendar; years begin in March.
  int y = month > 2 ? year : year - 1, m = (month + 9) % 12;
  int era_days = 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1;
  *number = era_days - 719468;
  return true;
}

static bool read_bool(Str text, double *number) {
  *number = str_eq(text, STR("true"));
  return *number != 0 || str_eq(text, STR("false"));
}

bool literal_read(IrTypeKind kind, Str text, double *number) {
  size_t length = 0;
  switch (kind) {
    case IR_TYPE_INT: return read_number(text, true, &length, number) && length == text.len;
    case IR_TYPE_NUMBER: return read_number(text, false, &length, number) && length == text.len;
    case IR_TYPE_BOOL: return read_bool(text, number);
    case IR_TYPE_DURATION: return read_unit(text, durations, number);
    case IR_TYPE_SHARE: return read_unit(text, shares, number);
    case IR_TYPE_SIZE: return read_unit(text, sizes, number);
    case IR_TYPE_RATE: return read_unit(text, rates, number);
    case IR_TYPE_DATE: return read_date(text, number);
    default: return false;
  }
}

const char *literal_example(IrTypeKind kind) {
  static const char *const examples[] = {
      "a text",
      "a whole number such as 3",
      "a number such as 2.5",
      "'true' or 'false'",
      "a duration such as 300ms or 2s",
      "a share such as 5%",
      "a size such as 64KiB",
      "a rate such as 50/s",
      "a URL such as https://example.com/",
      "a date such as 2025-06-30",
      "a text",
      "a JSON value",
      "one of its literals",
      "a list",
      "a value",
      "a record",
  };
  return examples[kind];
}

const char *literal_type_name(IrTypeKind kind) {
  static const char *const names[] = {"string", "int", "number", "bool", "duration", "share", "size",  "rate",
                                      "url",    "date", "secret", "json", "union",   "list",  "optional", "record"};
  return names[kind];
}
