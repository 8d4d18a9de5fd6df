#include "ir/attr.h"

static uint32_t offset(const AttrCursor *cursor, const unsigned char *at) {
  return (uint32_t)((const char *)at - cursor->begin);
}

AttrItem attr_item(AttrCursor *cursor, const unsigned char *start, const unsigned char *stop,
                   bool well_formed) {
  const unsigned char *at = memchr(start, '@', (size_t)(stop - start));
  AttrItem item = {.start = offset(cursor, start), .end = offset(cursor, stop), .has_range = at != NULL};
  item.range_start = at ? offset(cursor, at) + 1 : item.end;
  item.range_end = item.end;
  uint32_t name_end = at ? item.range_start - 1 : item.end;
  item.well_formed = well_formed && name_end - item.start <= ATTR_LONGEST_NAME;
  cursor->next = (const char *)stop;
  return item;
}

AttrItem attr_trimmed(AttrCursor *cursor, const unsigned char *start, const unsigned char *stop,
                      const unsigned char *next) {
  Str text = str_trim(str_span((const char *)start, (const char *)stop));
  uint32_t begin = (uint32_t)(text.data - cursor->begin), end = begin + (uint32_t)text.len;
  // Behind the last item the cursor stands one past the end, so that the next call ends the list.
  cursor->next = (const char *)stop < cursor->end ? (const char *)next : cursor->end + 1;
  return (AttrItem){
      .start = begin, .end = end, .range_start = end, .range_end = end, .well_formed = attr_is_name(text)};
}
