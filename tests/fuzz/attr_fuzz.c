/* The values of our own attributes. Items lie in the value, go forward, and have no white space around them;
 * what is called a well-formed name is one by the rule, read another way. */
#include "ir/attr.h"

#include "fuzz.h"

static bool is_name(Str s) {
  if (!s.len || s.len > ATTR_LONGEST_NAME || s.data[0] < 'a' || s.data[0] > 'z' || s.data[s.len - 1] == '-')
    return false;
  for (size_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain && (c != '-' || s.data[i + 1] == '-')) return false;
  }
  return true;
}

static void check_item(Str value, const AttrItem *item, uint32_t from) {
  if (item->start < from || item->end < item->start || item->end > value.len) abort();
  if (item->start == item->end) return;
  if (strchr(" \t\n\f\r", value.data[item->start]) || strchr(" \t\n\f\r", value.data[item->end - 1])) {
    if (value.data[item->start] && value.data[item->end - 1]) abort();
  }
}

static void fuzz_one(Arena *arena, Str value) {
  (void)arena;
  AttrItem item;
  AttrCursor cursor = attr_cursor(value);
  for (uint32_t from = 0; attr_next_use(&cursor, &item); from = item.end) {
    check_item(value, &item, from);
    if (item.has_range && (item.range_start > item.range_end || item.range_end > item.end)) abort();
    uint32_t end = item.has_range ? item.range_start - 1 : item.end;
    if (item.well_formed != is_name(str_take(str_skip(value, item.start), end - item.start))) abort();
  }
  cursor = attr_cursor(value);
  for (uint32_t from = 0; attr_next_listed(&cursor, &item); from = item.end) check_item(value, &item, from);
  if (attr_is_name(value) != is_name(value)) abort();
}
