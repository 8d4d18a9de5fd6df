/* In: the bytes of a file. Out: its nodes, or every reason why there are none. libyaml stops at its first
 * error, so a broken file is read again in pieces, each from one key at column 0 to the next: an unclosed
 * quote then ends with its piece, and the work stays linear. */
#include "yaml/yaml.h"

#include "base/utf8.h"
#include "yaml/read.h"

static bool is_ascii(Str s) {
  for (size_t i = 0; i < s.len; i++)
    if ((unsigned char)s.data[i] >= 0x80) return false;
  return true;
}

static bool check_encoding(SourceId source, Str bytes, DiagBag *bag) {
  if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"))) {
    Diag *d = diag_add(bag, FX8005, span_file(source), "the file is UTF-16, and only UTF-8 is read here");
    d->severity = DIAG_ERROR;
    diag_help(d, "save it as UTF-8");
    return false;
  }
  size_t good = utf8_valid_prefix(bytes);
  if (good == bytes.len) return true;
  Span span = {source, (uint32_t)good, (uint32_t)good + 1};
  Diag *d = diag_add(bag, FX8005, span, "the byte 0x%02X is not UTF-8", (unsigned char)bytes.data[good]);
  d->severity = DIAG_ERROR;
  diag_help(d, "save the file as UTF-8");
  return false;
}

static size_t key_length(Str line) {
  size_t n = 0;
  while (n < line.len &&
         (line.data[n] == '_' || line.data[n] == '-' || (line.data[n] >= '0' && line.data[n] <= '9') ||
          ((line.data[n] | 32) >= 'a' && (line.data[n] | 32) <= 'z')))
    n++;
  if (n == 0 || line.data[0] == '-' || n >= line.len || line.data[n] != ':') return 0;
  return n + 1 == line.len || strchr(" \t\r", line.data[n + 1]) ? n : 0;
}

void yaml_top_keys(SourceId source, Str bytes, YamlTopKey *visit, void *context) {
  Str rest = bytes, line;
  while (str_split(&rest, '\n', &line)) {
    size_t length = key_length(line);
    if (!length) continue;
    uint32_t at = (uint32_t)(line.data - bytes.data);
    visit(context, str_take(line, length), (Span){source, at, at + (uint32_t)length});
  }
}

typedef struct Pieces {
  YamlRead base;
  uint32_t begin;  // of the piece that is being collected
} Pieces;

static void read_piece(Pieces *pieces, uint32_t end) {
  YamlRead run = pieces->base;
  DocEvents scratch = {.source = run.doc->source, .bytes = run.doc->bytes};
  run.doc = &scratch;
  run.begin = pieces->begin, run.end = end;
  yaml_read_part(&run);
  pieces->begin = end;
}

static void at_key(void *context, Str name, Span span) {
  (void)name;
  Pieces *pieces = context;
  if (span.start > pieces->begin) read_piece(pieces, span.start);
}

/// Reports the syntax errors of each piece; the first error of the whole when no piece has one.
static void report_pieces(const YamlRead *run, DiagBag *bag, const DiagBag *whole) {
  DiagBag found = {.arena = run->arena};
  Pieces pieces = {.base = *run, .begin = 0};
  pieces.base.bag = &found;
  yaml_top_keys(run->doc->source, run->doc->bytes, at_key, &pieces);
  read_piece(&pieces, (uint32_t)run->doc->bytes.len);
  diag_join(bag, found.list.len ? &found : whole);
}

/// About as many nodes as such a file has, so that a usual one is not moved while it grows.
static void reserve_nodes(Arena *arena, size_t bytes, DocEvents *doc) {
  size_t count = bytes / 8 + 8;
  doc->nodes.space = count < 4096 ? count : 4096;
  doc->nodes.data = arena_alloc(arena, doc->nodes.space * sizeof *doc->nodes.data);
}

bool yaml_events(Arena *arena, SourceId source, Str bytes, DiagBag *bag, DocEvents *out) {
  *out = (DocEvents){.source = source, .bytes = bytes};
  if (!check_encoding(source, bytes, bag)) return false;
  DiagBag found = {.arena = arena};
  YamlRead start = {
      .arena = arena, .bag = &found, .doc = out, .end = (uint32_t)bytes.len, .ascii = is_ascii(bytes)};
  YamlRead run = start;
  reserve_nodes(arena, bytes.len, out);
  if (!yaml_read_part(&run)) {
    DocEvents scratch = {.source = source, .bytes = bytes};
    start.doc = &scratch;
    report_pieces(&start, bag, &found);
    return false;
  }
  diag_join(bag, &found);
  if (run.failed) return false;
  return !(run.aliases || run.merges) || yaml_expand(arena, out, bag);
}
