/* From the decoded value of an attribute back to the bytes of the file, where the value may have been
 * written with character references ("&amp;") or CR LF. */
#ifndef FXC_IR_ATTR_PLACE_H
#define FXC_IR_ATTR_PLACE_H

#include "html/encoding.h"
#include "html/token.h"
#include "source/source.h"

/// Answers for growing offsets of one value; each call goes on from the last.
typedef struct AttrPlace {
  Arena *arena;
  Str raw;
  uint8_t flags;  // of the raw value
  const HtmlInput *input;
  SourceId source;
  uint32_t value_start;           // of `raw` in the text
  uint32_t raw_at, decoded_at;    // start of the stretch that the last answer lay in
  uint32_t raw_len, decoded_len;  // and its lengths, 0 before the first
  uint32_t tail;                  // bytes at its end that decoding leaves alone
} AttrPlace;

/// A cursor over the decoded value of an attribute, from its start.
AttrPlace attr_place(Arena *arena, SourceId source, const HtmlInput *input, Str text, const HtmlAttr *attr);
/// The place in the file of bytes start … end of the decoded value. Offsets may only grow from call to call.
Span attr_place_span(AttrPlace *place, uint32_t start, uint32_t end);

#endif
