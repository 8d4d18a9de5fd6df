/* In: numbers, strings, places; out: bytes, and back. Surprising: the writer remembers strings in a small
 * table in which one may push out another, so that it needs no memory; a string that was forgotten is written
 * once more. */
#include "store/codec.h"

#include "base/hash.h"

enum { NO_STRING, NEW_STRING, KNOWN_STRING, MOST_OF_A_NUMBER = 10 };

CodecWriter codec_writer(Buf *out, CodecFiles files) { return (CodecWriter){.out = out, .files = files}; }

void codec_put(CodecWriter *writer, uint64_t number) {
  unsigned char *at = (unsigned char *)buf_reserve(writer->out, MOST_OF_A_NUMBER), *start = at;
  while (number >= 0x80) {
    *at++ = (unsigned char)(number | 0x80);
    number >>= 7;
  }
  *at++ = (unsigned char)number;
  writer->out->len += (size_t)(at - start);
}

void codec_put_str(CodecWriter *writer, Str text) {
  if (!text.data) {
    codec_put(writer, NO_STRING);
    return;
  }
  CodecKnown *known = &writer->known[hash_str(text) % CODEC_KNOWN];
  if (known->text.data && str_eq(known->text, text)) {
    codec_put(writer, KNOWN_STRING + known->number);
    return;
  }
  *known = (CodecKnown){text, writer->strings++};
  codec_put(writer, NEW_STRING);
  codec_put(writer, text.len);
  buf_put(writer->out, text);
  buf_char(writer->out, '\0');
}

static uint64_t zigzag(int64_t number) { return (uint64_t)number << 1 ^ -(uint64_t)(number < 0); }
static int64_t unzigzag(uint64_t number) { return (int64_t)(number >> 1) ^ -(int64_t)(number & 1); }

// 0 is no place; a file that is not of the list makes the writing worthless.
static size_t number_of(CodecWriter *writer, SourceId source) {
  if (!source) return 0;
  if (writer->numbers) {
    uint32_t *number = &writer->numbers[source];
    if (!*number) writer->found[writer->found_count++] = source, *number = writer->found_count;
    return *number;
  }
  for (size_t i = 0; i < writer->files.count; i++)
    if (writer->files.list[i] == source) return i + 1;
  writer->foreign = true;
  return 0;
}

void codec_put_span(CodecWriter *writer, Span span) {
  size_t file = number_of(writer, span.source);
  if (writer->placeless) return;
  codec_put(writer, file);
  if (!file) return;
  codec_put(writer, zigzag((int64_t)span.start - writer->at));
  codec_put(writer, zigzag((int64_t)span.end - span.start));
  writer->at = span.start;
}

CodecReader codec_reader(Str bytes, Arena *arena, CodecFiles files) {
  return (CodecReader){.next = bytes.data, .end = bytes.data + bytes.len, .arena = arena, .files = files};
}

static uint64_t fault(CodecReader *reader) {
  reader->damaged = true;
  reader->next = reader->end;
  return 0;
}

// Ten bytes at the most, and none that says nothing: a number has one form.
static uint64_t get_long(CodecReader *reader) {
  uint64_t number = 0;
  for (unsigned shift = 0; reader->next < reader->end && shift < 64; shift += 7) {
    uint64_t byte = (unsigned char)*reader->next++;
    if (shift == 63 && byte > 1) break;
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return byte || !shift ? number : fault(reader);
  }
  return fault(reader);
}

uint64_t codec_get(CodecReader *reader) {
  if (reader->next < reader->end && (unsigned char)*reader->next < 0x80)
    return (unsigned char)*reader->next++;
  return get_long(reader);
}

uint64_t codec_get_below(CodecReader *reader, uint64_t limit) {
  uint64_t number = codec_get(reader);
  return number < limit ? number : fault(reader);
}

static size_t left(const CodecReader *reader) { return (size_t)(reader->end - reader->next); }

size_t codec_get_count(CodecReader *reader, size_t least) {
  uint64_t count = codec_get(reader);
  return count <= left(reader) / least ? (size_t)count : (size_t)fault(reader);
}

static void remember(CodecReader *reader, Str text) {
  if (reader->string_count == reader->string_space) {
    uint32_t space = reader->string_space ? reader->string_space * 2 : 16;
    reader->strings =
        arena_grow(reader->arena, reader->strings, reader->string_space * sizeof *reader->strings,
                   space * sizeof *reader->strings);
    reader->string_space = space;
  }
  reader->strings[reader->string_count++] = text;
}

Str codec_get_str(CodecReader *reader) {
  uint64_t form = codec_get(reader);
  if (form == NO_STRING) return STR_NONE;
  if (form >= KNOWN_STRING) {
    if (form - KNOWN_STRING < reader->string_count) return reader->strings[form - KNOWN_STRING];
    fault(reader);
    return STR_NONE;
  }
  uint64_t length = codec_get(reader);
  if (length >= left(reader) || reader->next[length] != '\0') {
    fault(reader);
    return STR_NONE;
  }
  Str text = {reader->next, (size_t)length};
  reader->next += length + 1;
  remember(reader, text);
  return text;
}

// A number that is added to an offset; no more than may lie between two of them.
static int64_t get_distance(CodecReader *reader) {
  return unzigzag(codec_get_below(reader, zigzag((int64_t)UINT32_MAX) + 1));
}

Span codec_get_span(CodecReader *reader) {
  uint64_t file = codec_get_below(reader, reader->files.count + 1);
  if (!file) return SPAN_NONE;
  int64_t start = reader->at + get_distance(reader), end = start + get_distance(reader);
  bool inside = start >= 0 && start <= UINT32_MAX && end >= 0 && end <= UINT32_MAX;
  if (!inside || !reader->files.list[file - 1]) fault(reader);
  if (reader->damaged) return SPAN_NONE;
  reader->at = (uint32_t)start;
  return (Span){reader->files.list[file - 1], (uint32_t)start, (uint32_t)end};
}

bool codec_done(const CodecReader *reader) { return !reader->damaged && reader->next == reader->end; }
