/* In: the bytes of fx.lock. Out: entries, and what could not be read. What may surprise: an entry is believed
 * only where the whole file agrees on it. Each line belongs to one side of a merge or to both; an integration
 * counts when both sides name it, and all lines about it name the same release. */
#include "base/map.h"
#include "base/utf8.h"
#include "store/lock.h"

enum { OURS = 1, THEIRS = 2, BOTH = OURS | THEIRS, NOBODY = 0, SHORTEST_MARK = 7 };

// Where in a conflict a line stands: "<<<<<<<" ours "|||||||" base "=======" theirs ">>>>>>>".
typedef enum Part { PART_OUTSIDE, PART_OURS, PART_BASE, PART_THEIRS, PART_BROKEN } Part;

typedef struct Said {
  LockEntry entry;
  int sides;
  bool doubtful;  // lines about the integration differ
  bool repeated;  // another line about it stands above, and speaks for both
} Said;

typedef struct LockReader {
  Arena *arena;
  LockFile *file;
  SourceId source;
  const char *start;  // of the bytes
  Part part;
  size_t mark_length;    // of the conflict
  size_t conflict_from;  // the first of `said` in it
  VEC(Said) said;
  bool newer, has_format;
  bool lost;  // a mark stands outside of any conflict: which lines belong to one is not known
} LockReader;

static Span span_of(const LockReader *reader, Str text) {
  uint32_t from = (uint32_t)(text.data - reader->start);
  return (Span){reader->source, from, from + (uint32_t)text.len};
}

static void fault(LockReader *reader, LockFaultKind kind, Span span, const char *what) {
  vec_push(reader->arena, &reader->file->faults, (LockFault){.kind = kind, .span = span, .what = what});
}

static bool garbled(LockReader *reader, Str at, const char *what) {
  fault(reader, LOCK_GARBLED, span_of(reader, at), what);
  return false;
}

/* Words */

static int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// What a backslash and the bytes behind it stand for; how many bytes that is, 0 when it is no escape.
static size_t unescape(Str text, char *c) {
  static const char letters[] = "\"\\trn", named[] = "\"\\\t\r\n";
  const char *found = text.len > 1 && text.data[1] ? strchr(letters, text.data[1]) : NULL;
  if (found) {
    *c = named[found - letters];
    return 2;
  }
  if (text.len < 4 || text.data[1] != 'x' || hex(text.data[2]) < 0 || hex(text.data[3]) < 0) return 0;
  *c = (char)(hex(text.data[2]) * 16 + hex(text.data[3]));
  return 4;
}

// A text in quotes at the start of *rest, taken off it.
static bool take_quoted(LockReader *reader, Str *rest, Str *text) {
  char *bytes = arena_alloc(reader->arena, rest->len);
  size_t len = 0, i = 1;
  while (i < rest->len && rest->data[i] != '"') {
    bytes[len] = rest->data[i];
    size_t step = rest->data[i] == '\\' ? unescape(str_skip(*rest, i), &bytes[len]) : 1;
    if (!step) return garbled(reader, str_take(str_skip(*rest, i), 2), "this is no escape");
    i += step;
    len++;
  }
  if (i == rest->len) return garbled(reader, *rest, "the quote does not end on its line");
  *text = (Str){bytes, len};
  *rest = str_skip(*rest, i + 1);
  if (rest->len && rest->data[0] != ' ') return garbled(reader, str_take(*rest, 1), "expected a blank");
  return true;
}

static void skip_blanks(Str *rest) {
  while (rest->len && rest->data[0] == ' ') *rest = str_skip(*rest, 1);
}

// The next word and its place, quotes included.
static bool take_word(LockReader *reader, Str *rest, const char *expected, Str *word, Span *span) {
  skip_blanks(rest);
  Str from = *rest;
  if (!from.len) return garbled(reader, from, expected);
  if (from.data[0] == '"') {
    if (!take_quoted(reader, rest, word)) return false;
  } else {
    ptrdiff_t end = str_find_char(from, ' ');
    *word = end < 0 ? from : str_take(from, (size_t)end);
    *rest = str_skip(from, word->len);
  }
  *span = span_of(reader, str_take(from, from.len - rest->len));
  return true;
}

static bool take_digest(LockReader *reader, Str *rest, LockEntry *entry) {
  static const char expected[] = "expected 'sha256:' and 64 digits 0-9a-f";
  Str word;
  if (!take_word(reader, rest, expected, &word, &entry->digest_span)) return false;
  entry->digest = str_skip(word, sizeof "sha256:" - 1);
  bool right = str_starts(word, STR("sha256:")) && entry->digest.len == 64;
  for (size_t i = 0; right && i < entry->digest.len; i++) right = hex(entry->digest.data[i]) >= 0;
  if (right) return true;
  fault(reader, LOCK_GARBLED, entry->digest_span, expected);
  return false;
}

static bool take_reason(LockReader *reader, Str *rest, LockEntry *entry) {
  skip_blanks(rest);
  Str from = *rest;
  if (!from.len) return garbled(reader, from, "expected a reason");
  if (from.data[0] != '"') {
    entry->reason = str_trim(from);
    return true;
  }
  if (!take_quoted(reader, rest, &entry->reason)) return false;
  skip_blanks(rest);
  return rest->len ? garbled(reader, *rest, "expected the end of the line") : true;
}

static bool take_entry(LockReader *reader, Str line, LockEntry *entry) {
  Str rest = line;
  entry->span = span_of(reader, line);
  return take_word(reader, &rest, "expected a name", &entry->name, &entry->name_span) &&
         take_word(reader, &rest, "expected a release", &entry->label, &entry->label_span) &&
         take_word(reader, &rest, "expected a version", &entry->version, &entry->version_span) &&
         take_digest(reader, &rest, entry) &&
         take_word(reader, &rest, "expected the path of a manifest", &entry->path, &entry->path_span) &&
         take_reason(reader, &rest, entry);
}

/* Lines */

static int side_of(Part part) {
  switch (part) {
    case PART_OUTSIDE:
      return BOTH;
    case PART_OURS:
      return OURS;
    case PART_THEIRS:
      return THEIRS;
    case PART_BASE:
    case PART_BROKEN:
      break;
  }
  return NOBODY;
}

// "format 1": true when the line is one.
static bool take_format(LockReader *reader, Str line) {
  if (!str_starts(line, STR("format "))) return false;
  Str number = str_trim(str_skip(line, sizeof "format " - 1));
  bool digits = number.len > 0;
  for (size_t i = 0; i < number.len; i++) digits = digits && number.data[i] >= '0' && number.data[i] <= '9';
  if (!digits) return false;
  reader->has_format = true;
  reader->newer = !str_eq(number, STR("1"));
  if (reader->newer) fault(reader, LOCK_NEWER, span_of(reader, number), NULL);
  return true;
}

// How many equal bytes of a mark a line begins with, 0 when it is none; behind them a blank or nothing.
static size_t mark_length(Str line) {
  size_t length = 0;
  if (!line.len || !strchr("<|=>", line.data[0])) return 0;
  while (length < line.len && line.data[length] == line.data[0]) length++;
  bool ends = length == line.len || line.data[length] == ' ';
  return length >= SHORTEST_MARK && ends ? length : 0;
}

// What was read since the conflict began counts for nobody.
static void distrust(LockReader *reader) {
  for (size_t i = reader->conflict_from; i < reader->said.len; i++) reader->said.data[i].sides = NOBODY;
}

// Marks of one conflict are of one length; longer ones inside are those of a conflict within its base. A mark
// that does not belong where it stands breaks the conflict, and what is in it is not believed.
static void take_mark(LockReader *reader, Str line, size_t length) {
  char kind = line.data[0];
  if (reader->part != PART_OUTSIDE && length > reader->mark_length && reader->part == PART_BASE) return;
  if (reader->part == PART_OUTSIDE) {
    fault(reader, LOCK_CONFLICT, span_of(reader, str_take(line, length)), NULL);
    reader->mark_length = length;
    reader->conflict_from = reader->said.len;
    reader->part = kind == '<' ? PART_OURS : PART_OUTSIDE;
    reader->lost |= kind != '<';
    return;
  }
  bool right = length == reader->mark_length;
  if (right && kind == '|' && reader->part == PART_OURS) {
    reader->part = PART_BASE;
  } else if (right && kind == '=' && (reader->part == PART_OURS || reader->part == PART_BASE)) {
    reader->part = PART_THEIRS;
  } else if (right && kind == '>') {
    if (reader->part != PART_THEIRS) distrust(reader);
    reader->part = PART_OUTSIDE;
  } else {
    reader->part = PART_BROKEN;
    distrust(reader);
  }
}

static bool has_only_text(Str line) {
  for (size_t i = 0; i < line.len; i++)
    if ((unsigned char)line.data[i] < 0x20 || line.data[i] == 0x7f) return false;
  return utf8_valid_prefix(line) == line.len;
}

static void take_line(LockReader *reader, Str line) {
  if (line.len && line.data[line.len - 1] == '\r') line.len--;
  size_t mark = mark_length(line);
  if (mark) {
    take_mark(reader, line, mark);
    return;
  }
  if (!str_trim(line).len || line.data[0] == '#' || reader->part == PART_BASE || take_format(reader, line))
    return;
  Said said = {.sides = side_of(reader->part)};
  if (!has_only_text(line))
    garbled(reader, line, "this is no text");
  else if (take_entry(reader, line, &said.entry))
    vec_push(reader->arena, &reader->said, said);
}

/* The whole */

static void agree(LockReader *reader) {
  StrMap by_name = {0};
  for (size_t i = 0; i < reader->said.len; i++) {
    Said *said = &reader->said.data[i];
    bool added;
    uint32_t *first = strmap_put(reader->arena, &by_name, said->entry.name, &added);
    if (added) {
      *first = (uint32_t)i;
      continue;
    }
    Said *other = &reader->said.data[*first];
    if (other->sides & said->sides) {
      fault(reader, LOCK_TWICE, said->entry.name_span, NULL);
      vec_last(&reader->file->faults).first = other->entry.name_span;
    }
    other->doubtful |= !said->sides || !other->sides || !str_eq(other->entry.label, said->entry.label);
    other->sides |= said->sides;
    said->repeated = true;
  }
  for (size_t i = 0; i < reader->said.len; i++) {
    const Said *said = &reader->said.data[i];
    if (said->repeated) continue;
    if (said->sides == BOTH && !said->doubtful)
      vec_push(reader->arena, &reader->file->entries, said->entry);
    else
      vec_push(reader->arena, &reader->file->dropped, (LockName){said->entry.name, said->entry.name_span});
  }
}

void lock_read(Arena *arena, SourceId source, Str bytes, LockFile *file) {
  *file = (LockFile){0};
  LockReader reader = {.arena = arena, .file = file, .source = source, .start = bytes.data};
  if (str_starts(bytes, STR("\xEF\xBB\xBF"))) bytes = str_skip(bytes, 3);
  Str line;
  for (Str rest = bytes; !reader.newer && rest.len && str_split(&rest, '\n', &line);)
    take_line(&reader, line);
  if (reader.part != PART_OUTSIDE) distrust(&reader);
  if (reader.lost) reader.conflict_from = 0, distrust(&reader);
  if (!reader.newer) agree(&reader);
  if (reader.said.len && !reader.has_format && !reader.newer)
    fault(&reader, LOCK_FORMAT, span_file(source), NULL);
}
