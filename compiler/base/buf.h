/* A growing output buffer on the heap, reused from file to file. Owner calls buf_free(). */
#ifndef FXC_BASE_BUF_H
#define FXC_BASE_BUF_H

#include <stdarg.h>
#include <stdint.h>

#include "base/str.h"

typedef struct Buf {
  char *data;
  size_t len, space;
} Buf;

/// buf_reserve() where the buffer must grow.
void buf_grow(Buf *buf, size_t more);

/// Room for `more` bytes behind the end; returns where they start.
static inline char *buf_reserve(Buf *buf, size_t more) {
  if (more > buf->space - buf->len || !buf->data) buf_grow(buf, more);
  return buf->data + buf->len;
}

/// Appends.
static inline void buf_put(Buf *buf, Str s) {
  if (!s.len) return;
  memcpy(buf_reserve(buf, s.len), s.data, s.len);
  buf->len += s.len;
}

static inline void buf_char(Buf *buf, char c) {
  *buf_reserve(buf, 1) = c;
  buf->len++;
}

/// The number in decimal digits.
void buf_number(Buf *buf, uint64_t number);

/// The same character so often, printf, and what the buffer holds given back.
void buf_repeat(Buf *buf, char c, size_t count);
void buf_printf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(Buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void buf_free(Buf *buf);

static inline Str buf_str(const Buf *buf) { return (Str){buf->data, buf->len}; }
static inline void buf_clear(Buf *buf) { buf->len = 0; }

#endif
