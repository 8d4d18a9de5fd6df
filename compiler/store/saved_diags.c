/* In: a bag of diagnostics; out: bytes, and back. Surprising: a diagnostic that is read points into the bytes
 * for its texts, and its arrays have no room to spare. */
#include "store/saved_diags.h"

// The fewest bytes that each takes: a count beyond what is left is damage, not memory.
enum { LEAST_DIAG = 8, LEAST_PLACE = 2, LEAST_TEXT = 1, LEAST_FIX = 4, LEAST_SPAN = 1, LEAST_FILE = 2 };

/* Writing */

static void put_place(CodecWriter *writer, Span span, Str text) {
  codec_put_span(writer, span);
  codec_put_str(writer, text);
}

static void put_fix(CodecWriter *writer, const DiagFix *fix) {
  codec_put(writer, fix->applicability);
  codec_put_str(writer, fix->title);
  codec_put(writer, fix->bare);
  codec_put(writer, fix->edits.len);
  for (size_t i = 0; i < fix->edits.len; i++)
    put_place(writer, fix->edits.data[i].span, fix->edits.data[i].text);
}

static void put_diag(CodecWriter *writer, const Diag *diag) {
  codec_put(writer, diag->code);
  codec_put(writer, diag->severity);
  put_place(writer, diag->span, diag->message);
  codec_put(writer, diag->labels.len);
  for (size_t i = 0; i < diag->labels.len; i++)
    put_place(writer, diag->labels.data[i].span, diag->labels.data[i].text);
  codec_put(writer, diag->notes.len);
  for (size_t i = 0; i < diag->notes.len; i++)
    put_place(writer, diag->notes.data[i].span, diag->notes.data[i].text);
  codec_put(writer, diag->helps.len);
  for (size_t i = 0; i < diag->helps.len; i++) codec_put_str(writer, diag->helps.data[i]);
  codec_put(writer, diag->fixes.len);
  for (size_t i = 0; i < diag->fixes.len; i++) put_fix(writer, &diag->fixes.data[i]);
}

void saved_diags_put(CodecWriter *writer, const DiagBag *bag) {
  codec_put(writer, bag->list.len);
  for (size_t i = 0; i < bag->list.len; i++) put_diag(writer, bag->list.data[i]);
  codec_put(writer, bag->hidden.len);
  for (size_t i = 0; i < bag->hidden.len; i++) codec_put_span(writer, bag->hidden.data[i].span);
}

/* Reading */

static DiagPlace get_place(CodecReader *reader) {
  DiagPlace place = {.span = codec_get_span(reader)};
  place.text = codec_get_str(reader);
  return place;
}

static void get_fix(CodecReader *reader, Arena *arena, DiagFix *fix) {
  *fix = (DiagFix){.applicability = (DiagApplicability)codec_get_below(reader, DIAG_MAYBE + 1)};
  fix->title = codec_get_str(reader);
  fix->bare = codec_get_below(reader, 2) == 1;
  size_t count = codec_get_count(reader, LEAST_PLACE);
  vec_room(arena, &fix->edits, count);
  for (size_t i = 0; i < count; i++) {
    DiagPlace place = get_place(reader);
    vec_push(arena, &fix->edits, (DiagEdit){place.span, place.text});
  }
}

static Diag *get_diag(CodecReader *reader, DiagBag *bag) {
  Arena *arena = bag->arena;
  Diag *diag = arena_new(arena, Diag);
  diag->bag = bag;
  diag->code = (DiagCode)codec_get_below(reader, DIAG_CODE_COUNT);
  diag->severity = (DiagSeverity)codec_get_below(reader, DIAG_ERROR + 1);
  DiagPlace first = get_place(reader);
  diag->span = first.span;
  diag->message = first.text;
  size_t count = codec_get_count(reader, LEAST_PLACE);
  vec_room(arena, &diag->labels, count);
  for (size_t i = 0; i < count; i++) vec_push(arena, &diag->labels, get_place(reader));
  count = codec_get_count(reader, LEAST_PLACE);
  vec_room(arena, &diag->notes, count);
  for (size_t i = 0; i < count; i++) vec_push(arena, &diag->notes, get_place(reader));
  count = codec_get_count(reader, LEAST_TEXT);
  vec_room(arena, &diag->helps, count);
  for (size_t i = 0; i < count; i++) vec_push(arena, &diag->helps, codec_get_str(reader));
  count = codec_get_count(reader, LEAST_FIX);
  vec_room(arena, &diag->fixes, count);
  for (size_t i = 0; i < count; i++) {
    vec_push(arena, &diag->fixes, (DiagFix){0});
    get_fix(reader, arena, &vec_last(&diag->fixes));
  }
  return diag;
}

void saved_diags_get(CodecReader *reader, DiagBag *bag) {
  size_t count = codec_get_count(reader, LEAST_DIAG);
  for (size_t i = 0; i < count && !reader->damaged; i++)
    vec_push(bag->arena, &bag->list, get_diag(reader, bag));
  count = codec_get_count(reader, LEAST_SPAN);
  for (size_t i = 0; i < count && !reader->damaged; i++)
    vec_push(bag->arena, &bag->hidden, (DiagHidden){.span = codec_get_span(reader)});
}

/* Of a page */

bool saved_diags_write_page(const DiagBag *bag, SourceId page, SourceId project, Buf *out) {
  SourceId files[] = {page, project};
  size_t start = out->len;
  CodecWriter writer = codec_writer(out, (CodecFiles){files, 2});
  saved_diags_put(&writer, bag);
  if (writer.foreign) out->len = start;
  return !writer.foreign;
}

// The bag as it was before, if anything was wrong.
static bool get_all(CodecReader *reader, DiagBag *bag) {
  size_t diags = bag->list.len, hidden = bag->hidden.len;
  saved_diags_get(reader, bag);
  if (codec_done(reader)) return true;
  bag->list.len = diags;
  bag->hidden.len = hidden;
  return false;
}

bool saved_diags_read_page(Str bytes, SourceId page, SourceId project, DiagBag *bag) {
  SourceId files[] = {page, project};
  CodecReader reader = codec_reader(bytes, bag->arena, (CodecFiles){files, 2});
  return get_all(&reader, bag);
}

/* Of a run */

void saved_diags_write(const DiagBag *bag, const Sources *sources, Buf *out) {
  size_t count = sources_count(sources);
  Buf body = {0};
  CodecWriter writer = codec_writer(&body, (CodecFiles){0});
  writer.numbers = arena_array(bag->arena, uint32_t, count + 1);
  writer.found = arena_array(bag->arena, SourceId, count + 1);
  saved_diags_put(&writer, bag);
  CodecWriter names = codec_writer(out, (CodecFiles){0});
  codec_put(&names, writer.found_count);
  for (uint32_t i = 0; i < writer.found_count; i++) {
    codec_put_str(&names, source_path(sources, writer.found[i]));
    codec_put_str(&names, source_root_path(sources, writer.found[i]));
  }
  buf_put(out, buf_str(&body));
  buf_free(&body);
}

typedef struct FileName {
  Str path, root_path;
} FileName;

// Names first: of a table that is damaged no file is added.
static FileName *get_names(CodecReader *reader, size_t *count) {
  *count = codec_get_count(reader, LEAST_FILE);
  FileName *names = arena_array(reader->arena, FileName, *count + 1);
  for (size_t i = 0; i < *count && !reader->damaged; i++) {
    names[i].path = codec_get_str(reader);
    names[i].root_path = codec_get_str(reader);
  }
  return names;
}

bool saved_diags_read(Str bytes, Sources *sources, DiagBag *bag) {
  CodecReader table = codec_reader(bytes, bag->arena, (CodecFiles){0});
  size_t count;
  const FileName *names = get_names(&table, &count);
  if (table.damaged) return false;
  SourceId *files = arena_array(bag->arena, SourceId, count + 1);
  for (size_t i = 0; i < count; i++) files[i] = sources_add(sources, names[i].path, names[i].root_path);
  CodecReader reader = codec_reader(str_span(table.next, table.end), bag->arena, (CodecFiles){files, count});
  return get_all(&reader, bag);
}
