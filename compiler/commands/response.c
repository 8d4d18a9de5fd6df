/* In: arguments. Out: words. Surprising: a few files that name each other could stand for more words than
 * there are atoms, so files are counted as well as their depth. */
#include "commands/response.h"

#include "base/buf.h"
#include "base/file.h"

enum { DEEPEST = 8, MOST_FILES = 1000, MOST_WORDS = 10 * 1000 * 1000 };

typedef struct Response {
  Arena *arena;
  ResponseWords *words;
  size_t files;
  Buf text;  // of the word that is being read
  Str error;
} Response;

static bool fail(Response *response, Str error) {
  if (!response->error.data) response->error = error;
  return false;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || !c; }

// What a backslash does with the character behind it: the line break goes, in double quotes most are kept.
static void put_escaped(Buf *text, char quote, char c) {
  if (c == '\n') return;
  if (quote && !strchr("\"\\$`", c)) buf_char(text, '\\');
  buf_char(text, c);
}

// Takes a word off `rest` into the response's text. False at the end, and where a quote stays open.
static bool next_word(Response *response, Str *rest, Str file) {
  size_t i = 0;
  char quote = 0;
  buf_clear(&response->text);
  while (i < rest->len && is_blank(rest->data[i])) i++;
  bool any = i < rest->len;
  for (; i < rest->len; i++) {
    char c = rest->data[i];
    if (!quote && is_blank(c)) break;
    if (quote && c == quote)
      quote = 0;
    else if (!quote && (c == '"' || c == '\''))
      quote = c;
    else if (c == '\\' && quote != '\'' && i + 1 < rest->len)
      put_escaped(&response->text, quote, rest->data[++i]);
    else
      buf_char(&response->text, c);
  }
  *rest = str_skip(*rest, i);
  if (!quote) return any;
  return fail(response, str_printf(response->arena, "a quote is not closed in the response file '%.*s'",
                                   STR_ARG(file)));
}

static bool add(Response *response, Str word, int depth);

static bool add_file(Response *response, Str path, int depth) {
  Arena *arena = response->arena;
  Str text;
  if (depth == DEEPEST || response->files++ == MOST_FILES)
    return fail(response, str_printf(arena, "response files nest too deeply at '@%.*s'", STR_ARG(path)));
  int error = file_read(path, arena, 0, &text);
  if (error)
    return fail(response, str_printf(arena, "cannot read the response file '%.*s': %s", STR_ARG(path),
                                     strerror(error)));
  while (next_word(response, &text, path)) {
    Str word = str_copy(arena, buf_str(&response->text));
    if (!add(response, word, depth + 1)) return false;
  }
  return !response->error.data;
}

static bool add(Response *response, Str word, int depth) {
  if (word.len > 1 && word.data[0] == '@') return add_file(response, str_skip(word, 1), depth);
  if (response->words->len == MOST_WORDS) return fail(response, STR("there are too many arguments"));
  vec_push(response->arena, response->words, word);
  return true;
}

bool response_add(Arena *arena, Str argument, ResponseWords *words, Str *error) {
  Response response = {.arena = arena, .words = words};
  bool good = add(&response, argument, 0);
  buf_free(&response.text);
  if (!good) *error = response.error;
  return good;
}
