#include "base/buf.h"

#include <stdio.h>

#include "base/mem.h"

enum { FIRST_SPACE = 256, USUAL_TEXT = 128 };

void buf_grow(Buf *buf, size_t more) {
  size_t space = buf->space ? buf->space * 2 : FIRST_SPACE;
  while (space - buf->len < more) space *= 2;
  buf->data = mem_realloc(buf->data, space);
  buf->space = space;
}

void buf_repeat(Buf *buf, char c, size_t count) {
  if (!count) return;
  memset(buf_reserve(buf, count), c, count);
  buf->len += count;
}

void buf_number(Buf *buf, uint64_t number) {
  char digits[20], *at = digits + sizeof digits;
  do *--at = (char)('0' + number % 10);
  while (number /= 10);
  buf_put(buf, str_span(at, digits + sizeof digits));
}

// Most texts are short: they are written once, where longer ones are measured first.
void buf_vprintf(Buf *buf, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  char *start = buf_reserve(buf, USUAL_TEXT);
  int len = vsnprintf(start, USUAL_TEXT, format, args);
  if (len >= USUAL_TEXT) vsnprintf(buf_reserve(buf, (size_t)len + 1), (size_t)len + 1, format, again);
  if (len > 0) buf->len += (size_t)len;
  va_end(again);
}

void buf_printf(Buf *buf, const char *format, ...) {
  va_list args;
  va_start(args, format);
  buf_vprintf(buf, format, args);
  va_end(args);
}

void buf_free(Buf *buf) {
  mem_free(buf->data);
  *buf = (Buf){0};
}
