/* Values of our own attributes: data-integration ("name name@range …") and comma-separated lists.
 *
 * In: a decoded attribute value, NUL-terminated. Out: one item a call, with its offsets in the decoded
 * value (ir/facts_html.c maps them to the file). A range is only cut out here; grammar/range.y reads it. */
#include "ir/attr.h"

/*!re2c
  re2c:define:YYCTYPE = "unsigned char";
  re2c:yyfill:enable = 0;
  re2c:sentinel = 0;

  space   = [ \t\n\f\r];
  word    = [^ \t\n\f\r\x00@];
  rest    = [^ \t\n\f\r\x00];
  name    = [a-z][a-z0-9]* ("-" [a-z0-9]+)*;
  item    = [^,\x00];
*/

bool attr_next_use(AttrCursor *cursor, AttrItem *item) {
  const unsigned char *YYCURSOR = (const unsigned char *)cursor->next;
  const unsigned char *start, *end = (const unsigned char *)cursor->end;
  bool well_formed;
  for (;;) {
    start = YYCURSOR;
    /*!local:re2c
      space+              { continue; }
      name ("@" rest*)?   { well_formed = true; break; }
      word+               { well_formed = false; break; }
      word* "@" rest*     { well_formed = false; break; }
      [\x00]              { if (start >= end) return false; else continue; }
    */
  }
  *item = attr_item(cursor, start, YYCURSOR, well_formed);
  return true;
}

bool attr_next_listed(AttrCursor *cursor, AttrItem *item) {
  const unsigned char *YYCURSOR = (const unsigned char *)cursor->next, *start = YYCURSOR;
  if (start > (const unsigned char *)cursor->end) return false;
  const unsigned char *stop;
  for (;;) {
    stop = YYCURSOR;
    /*!local:re2c
      item    { continue; }
      ","     { break; }
      [\x00]  { if (stop >= (const unsigned char *)cursor->end) break; else continue; }
    */
  }
  *item = attr_trimmed(cursor, start, stop, YYCURSOR);
  return true;
}

bool attr_is_name(Str text) {
  const unsigned char *YYCURSOR = (const unsigned char *)text.data, *YYMARKER;
  const unsigned char *end = YYCURSOR + text.len;
  if (!text.len || text.len > ATTR_LONGEST_NAME) return false;
  /*!local:re2c
    name  { return YYCURSOR == end; }
    *     { return false; }
  */
}
