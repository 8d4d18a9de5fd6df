/* In: the text of a .env file. Out: names and values. There is no standard; where implementations differ this
 * does what Node.js does. */
#include "base/dotenv.h"

typedef struct DotenvReader {
  Arena *arena;
  Str text;
  size_t at;
} DotenvReader;

static char peek(const DotenvReader *reader) {
  return reader->at < reader->text.len ? reader->text.data[reader->at] : 0;
}

static bool at_end(const DotenvReader *reader) { return reader->at >= reader->text.len; }

static void skip_blanks(DotenvReader *reader) {
  while (peek(reader) == ' ' || peek(reader) == '\t') reader->at++;
}

static void skip_line(DotenvReader *reader) {
  while (!at_end(reader) && peek(reader) != '\n') reader->at++;
  reader->at++;
}

static bool in_name(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '-';
}

static Str take_name(DotenvReader *reader) {
  size_t start = reader->at;
  while (in_name(peek(reader))) reader->at++;
  return str_span(reader->text.data + start, reader->text.data + reader->at);
}

// Lines end at LF, whatever the editor; only "…" has an escape.
static Str without_marks(Arena *arena, Str raw, bool escapes) {
  char *text = arena_alloc(arena, raw.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < raw.len; i++) {
    char next = escapes && raw.data[i] == '\\' && i + 1 < raw.len ? raw.data[i + 1] : 0;
    if (raw.data[i] != '\r') text[len++] = next == 'n' ? '\n' : raw.data[i];
    i += next == 'n';
  }
  text[len] = 0;
  return (Str){text, len};
}

// False when no such quote closes the value: the first one is a character like any other then.
static bool take_quoted(DotenvReader *reader, Str *value) {
  char quote = peek(reader);
  if (quote != '"' && quote != '\'' && quote != '`') return false;
  Str rest = str_skip(reader->text, reader->at + 1);
  ptrdiff_t end = str_find_char(rest, quote);
  if (end < 0) return false;
  *value = without_marks(reader->arena, str_take(rest, (size_t)end), quote == '"');
  reader->at += (size_t)end + 2;
  return true;
}

static Str take_plain(DotenvReader *reader) {
  size_t start = reader->at;
  while (!at_end(reader) && peek(reader) != '\n' && peek(reader) != '#') reader->at++;
  return str_trim(str_span(reader->text.data + start, reader->text.data + reader->at));
}

static void take_line(DotenvReader *reader, DotenvEntries *entries) {
  DotenvEntry entry = {.start = (uint32_t)reader->at};
  entry.name = take_name(reader);
  if (str_eq(entry.name, STR("export")) && (peek(reader) == ' ' || peek(reader) == '\t')) {
    skip_blanks(reader);
    entry.start = (uint32_t)reader->at;
    entry.name = take_name(reader);
  }
  entry.end = (uint32_t)reader->at;
  skip_blanks(reader);
  if (!entry.name.len || peek(reader) != '=') return;
  reader->at++;
  skip_blanks(reader);
  if (!take_quoted(reader, &entry.value)) entry.value = take_plain(reader);
  vec_push(reader->arena, entries, entry);
}

void dotenv_read(Arena *arena, Str text, DotenvEntries *entries) {
  DotenvReader reader = {.arena = arena, .text = text};
  if (str_starts(text, STR("\xEF\xBB\xBF"))) reader.at = 3;
  while (!at_end(&reader)) {
    while (!at_end(&reader) && strchr(" \t\r\n", peek(&reader))) reader.at++;
    if (at_end(&reader)) return;
    take_line(&reader, entries);
    skip_line(&reader);
  }
}

const DotenvEntry *dotenv_find(const DotenvEntries *entries, Str name) {
  for (size_t i = entries->len; i-- > 0;)
    if (str_eq(entries->data[i].name, name)) return &entries->data[i];
  return NULL;
}
