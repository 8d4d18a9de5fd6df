#include "base/date.h"

#include <time.h>

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int days_in(int year, int month) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

static bool digits(Str text, size_t at, size_t count, int *value) {
  *value = 0;
  for (size_t i = at; i < at + count; i++) {
    if (text.data[i] < '0' || text.data[i] > '9') return false;
    *value = *value * 10 + (text.data[i] - '0');
  }
  return true;
}

// Days before the first of January of a year, counted from year 1.
static int32_t days_before(int year) {
  int y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

bool date_parse(Str text, int32_t *days) {
  int year, month, day;
  if (text.len != 10 || text.data[4] != '-' || text.data[7] != '-') return false;
  if (!digits(text, 0, 4, &year) || !digits(text, 5, 2, &month) || !digits(text, 8, 2, &day)) return false;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return false;
  *days = days_before(year) - days_before(1970) + day - 1;
  for (int m = 1; m < month; m++) *days += days_in(year, m);
  return true;
}

Str date_text(Arena *arena, int32_t days) {
  int32_t since = days + days_before(1970);
  int year = since / 366 + 1, month = 1;
  while (days_before(year + 1) <= since) year++;
  int day = (int)(since - days_before(year)) + 1;
  for (; day > days_in(year, month); month++) day -= days_in(year, month);
  return str_printf(arena, "%04d-%02d-%02d", year, month, day);
}

int32_t date_today(void) { return (int32_t)(time(NULL) / (24 * 60 * 60)); }

Str date_now(Arena *arena) {
  long long now = (long long)time(NULL), second = now % (24 * 60 * 60);
  Str day = date_text(arena, (int32_t)(now / (24 * 60 * 60)));
  return str_printf(arena, "%.*sT%02lld:%02lld:%02lldZ", STR_ARG(day), second / 3600, second / 60 % 60,
                    second % 60);
}
