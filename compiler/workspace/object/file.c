#include "workspace/object/file.h"

#include "store/build_id.h"
#include "store/codec.h"

static const char kind[] = "fxobjec1";

enum { LENGTH = 8, PARTS = 4 };

/* Writing */

static void put_digest(CodecWriter *writer, Digest digest) {
  codec_put(writer, digest.high);
  codec_put(writer, digest.low);
}

static void put_page(CodecWriter *writer, const ObjectPage *page) {
  codec_put_str(writer, page->label);
  codec_put_str(writer, page->name);
  codec_put(writer, page->uses.len);
  for (size_t i = 0; i < page->uses.len; i++) {
    codec_put_str(writer, page->uses.data[i].name);
    codec_put(writer, page->uses.data[i].known);
    put_digest(writer, page->uses.data[i].interface);
  }
  const Str parts[PARTS] = {page->fragment, page->code, page->map, page->diagnostics};
  for (int i = 0; i < PARTS; i++) codec_put(writer, parts[i].len);
}

static void put_head(const ObjectFile *object, Buf *out) {
  CodecWriter writer = codec_writer(out, (CodecFiles){0});
  codec_put_str(&writer, object->path);
  put_digest(&writer, object->source);
  put_digest(&writer, object->settings);
  codec_put(&writer, object->pages.len);
  for (size_t i = 0; i < object->pages.len; i++) put_page(&writer, &object->pages.data[i]);
}

static void put_part(Buf *out, Str part) {
  buf_put(out, part);
  buf_char(out, 0);
}

void object_write(const ObjectFile *object, Buf *out) {
  size_t start = seal_begin(out), length = out->len;
  buf_repeat(out, 0, LENGTH);
  put_head(object, out);
  for (size_t i = 0; i < LENGTH; i++) out->data[length + i] = (char)((out->len - length - LENGTH) >> (8 * i));
  for (size_t i = 0; i < object->pages.len; i++) {
    const ObjectPage *page = &object->pages.data[i];
    put_part(out, page->fragment);
    put_part(out, page->code);
    put_part(out, page->map);
    put_part(out, page->diagnostics);
  }
  seal_end(out, start, kind);
}

/* Reading */

static Digest get_digest(CodecReader *reader) {
  uint64_t high = codec_get(reader);
  return (Digest){high, codec_get(reader)};
}

static void get_uses(CodecReader *reader, ObjectUses *uses) {
  size_t count = codec_get_count(reader, 4);
  vec_room(reader->arena, uses, count);
  for (; uses->len < count && !reader->damaged; uses->len++) {
    ObjectUse *use = &uses->data[uses->len];
    use->name = codec_get_str(reader);
    use->known = codec_get_below(reader, 2) == 1;
    use->interface = get_digest(reader);
  }
}

// The parts have their lengths, and no bytes yet.
static void get_page(CodecReader *reader, ObjectPage *page) {
  *page = (ObjectPage){.label = codec_get_str(reader)};
  page->name = codec_get_str(reader);
  get_uses(reader, &page->uses);
  Str *const parts[PARTS] = {&page->fragment, &page->code, &page->map, &page->diagnostics};
  for (int i = 0; i < PARTS; i++) parts[i]->len = codec_get(reader);
}

static bool get_head(Str head, Arena *arena, ObjectFile *object) {
  CodecReader reader = codec_reader(head, arena, (CodecFiles){0});
  *object = (ObjectFile){.path = codec_get_str(&reader)};
  object->source = get_digest(&reader);
  object->settings = get_digest(&reader);
  size_t count = codec_get_count(&reader, 7);
  vec_room(arena, &object->pages, count);
  while (object->pages.len < count && !reader.damaged)
    get_page(&reader, &object->pages.data[object->pages.len++]);
  return codec_done(&reader);
}

// What lies behind the seal as head and parts; false where the head is not there as a whole.
static bool divide(Str content, Str *head, Str *parts) {
  uint64_t length = 0;
  if (content.len < LENGTH) return false;
  for (int i = 0; i < LENGTH; i++) length |= (uint64_t)(unsigned char)content.data[i] << (8 * i);
  content = str_skip(content, LENGTH);
  if (length > content.len) return false;
  *head = str_take(content, length);
  *parts = str_skip(content, length);
  return true;
}

static bool take_part(Str *rest, Str *part) {
  if (part->len >= rest->len || rest->data[part->len]) return false;  // a NUL follows
  part->data = rest->data;
  *rest = str_skip(*rest, part->len + 1);
  return true;
}

SealState object_read(Str bytes, Arena *arena, ObjectFile *object) {
  Str content, head, parts;
  SealState state = seal_open(bytes, kind, &content);
  if (state != SEAL_FINE) return state;
  if (!divide(content, &head, &parts) || !get_head(head, arena, object)) return SEAL_DAMAGED;
  for (size_t i = 0; i < object->pages.len; i++) {
    ObjectPage *page = &object->pages.data[i];
    if (!take_part(&parts, &page->fragment) || !take_part(&parts, &page->code) ||
        !take_part(&parts, &page->map) || !take_part(&parts, &page->diagnostics))
      return SEAL_DAMAGED;
  }
  return parts.len ? SEAL_DAMAGED : SEAL_FINE;
}

static bool is_of_this_build(Str bytes) {
  Digest build = build_id();
  for (size_t i = 0; i < 8; i++)
    if ((unsigned char)bytes.data[SEAL_KIND + i] != (unsigned char)(build.high >> (8 * i)) ||
        (unsigned char)bytes.data[SEAL_KIND + 8 + i] != (unsigned char)(build.low >> (8 * i)))
      return false;
  return true;
}

SealState object_read_head(Str bytes, Arena *arena, ObjectFile *object) {
  Str head, parts;
  if (bytes.len < SEAL_SIZE || !str_starts(bytes, str_from(kind))) return SEAL_DAMAGED;
  if (!is_of_this_build(bytes)) return SEAL_FOREIGN;
  bool whole = divide(str_skip(bytes, SEAL_SIZE), &head, &parts) && get_head(head, arena, object);
  return whole ? SEAL_FINE : SEAL_DAMAGED;
}
