/* Bytes out, bytes in: the few forms that everything kept in the cache is made of.
 *
 * A number is a varint (LEB128: seven bits a byte, the low ones first). A string is 0 for none, 1 and the
 * string itself when it comes for the first time (length, bytes, a NUL), n + 2 for the n-th that came; so
 * strings that repeat cost a byte, and a string read lies in the bytes it was read from, with a NUL behind it
 * for the lexers. A place is a number for its file (below) and the distance of its start from the place
 * before, zigzag, and its length.
 *
 * Reading believes nothing: no count is larger than what is left can hold, nothing outside the bytes is
 * touched, and after the first fault everything reads as 0. */
#ifndef FXC_STORE_CODEC_H
#define FXC_STORE_CODEC_H

#include "base/buf.h"
#include "source/source.h"

/// The files that places may lie in: file n of the list is written as n + 1, "no place" as 0.
typedef struct CodecFiles {
  const SourceId *list;
  size_t count;
} CodecFiles;

enum { CODEC_KNOWN = 64 };

typedef struct CodecKnown {
  Str text;
  uint32_t number;
} CodecKnown;

typedef struct CodecWriter {
  Buf *out;
  CodecFiles files;
  bool placeless;  // places are left out: for digests of what does not depend on them
  bool foreign;    // a place lies in none of the files: what was written is of no use
  // Instead of `files`, where any file may come: by SourceId its number, 0 until it comes; and the files
  // found.
  uint32_t *numbers;
  SourceId *found;
  uint32_t found_count;
  uint32_t at, strings;
  CodecKnown known[CODEC_KNOWN];  // strings written, by their hash; one may push another out
} CodecWriter;

typedef struct CodecReader {
  const char *next, *end;
  Arena *arena;
  CodecFiles files;
  bool damaged;
  uint32_t at;
  Str *strings;  // seen so far
  uint32_t string_count, string_space;
} CodecReader;

/// A writer that appends to `out`; strings must live as long as it.
CodecWriter codec_writer(Buf *out, CodecFiles files);
void codec_put(CodecWriter *writer, uint64_t number);
void codec_put_str(CodecWriter *writer, Str text);
void codec_put_span(CodecWriter *writer, Span span);

/// A reader of `bytes`, which outlive what is read; tables lie on the arena.
CodecReader codec_reader(Str bytes, Arena *arena, CodecFiles files);
uint64_t codec_get(CodecReader *reader);
/// A number below `limit`; any other is a fault.
uint64_t codec_get_below(CodecReader *reader, uint64_t limit);
/// How many of something follow that takes `least` bytes each at the least (not 0).
size_t codec_get_count(CodecReader *reader, size_t least);
Str codec_get_str(CodecReader *reader);
Span codec_get_span(CodecReader *reader);
/// Whether all was read, and nothing was wrong.
bool codec_done(const CodecReader *reader);

#endif
