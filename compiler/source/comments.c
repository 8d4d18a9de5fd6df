/* In: a comment with its marks. Out: what it says. */
#include "source/comments.h"

Str comment_text(Str raw, size_t mark, size_t close) {
  Str text = str_skip(raw, mark);
  text.len -= close < text.len ? close : text.len;
  if (text.len && text.data[0] == ' ') text = str_skip(text, 1);
  while (text.len && strchr(" \t\r\n\f", text.data[text.len - 1])) text.len--;
  return text;
}
