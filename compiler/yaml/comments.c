/* In: a file that libyaml reads. Out: its comments. Between two tokens of libyaml's scanner stand only
 * blanks, line breaks and comments, so whatever is visible there is one. The exception: the comment in the
 * header of a block scalar lies inside the scalar's token. */
#include "base/mem.h"
#include "yaml/read.h"

typedef struct Scan {
  YamlRead run;
  Comments *out;
  uint32_t done;   // behind the last token
  uint32_t alias;  // where the first one stands
  yaml_token_t token;
} Scan;

static void add_comment(Scan *scan, uint32_t start, uint32_t end) {
  Str raw = str_span(scan->run.doc->bytes.data + start, scan->run.doc->bytes.data + end);
  vec_push(scan->run.arena, scan->out, (Comment){start, end, comment_text(raw, 1, 0)});
}

static void take_comments(Scan *scan, uint32_t from, uint32_t to) {
  const char *text = scan->run.doc->bytes.data;
  while (from < to) {
    uint32_t start = from;
    while (from < to && text[from] != '\n' && text[from] != '\r') from++;
    while (start < from && text[start] != '#') start++;
    if (start < from) add_comment(scan, start, from);
    from++;
  }
}

/// `|2-  # why`: from the first '#' behind a blank to the end of the header's line.
static void take_header(Scan *scan, uint32_t start, uint32_t end) {
  const char *text = scan->run.doc->bytes.data;
  uint32_t at = start;
  while (at < end && !strchr("\r\n#", text[at])) at++;
  if (at == end || text[at] != '#') return;
  take_comments(scan, at, (uint32_t)(at + strcspn(text + at, "\r\n")));
}

static void take_token(Scan *scan) {
  uint32_t start = yaml_byte(&scan->run, scan->token.start_mark.index);
  uint32_t end = yaml_byte(&scan->run, scan->token.end_mark.index);
  if (start > scan->done) take_comments(scan, scan->done, start);
  yaml_scalar_style_t style =
      scan->token.type == YAML_SCALAR_TOKEN ? scan->token.data.scalar.style : YAML_ANY_SCALAR_STYLE;
  if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) take_header(scan, start, end);
  if (end > scan->done) scan->done = end;
  if (scan->token.type == YAML_ALIAS_TOKEN && scan->alias == YAML_NO_ALIAS) scan->alias = start;
}

static void scan_loop(void *arg) {
  Scan *scan = arg;
  for (bool more = true; more;) {
    if (!yaml_parser_scan(&scan->run.parser, &scan->token)) {
      if (scan->run.parser.error == YAML_MEMORY_ERROR) mem_exhausted();
      return;
    }
    more = scan->token.type != YAML_STREAM_END_TOKEN && scan->token.type != YAML_NO_TOKEN;
    take_token(scan);
    yaml_token_delete(&scan->token);
  }
}

uint32_t yaml_comments(Arena *arena, Str bytes, Comments *out) {
  DocEvents doc = {.bytes = bytes};
  *out = (Comments){0};
  Scan scan = {
      .run = {.arena = arena, .doc = &doc, .end = (uint32_t)bytes.len}, .out = out, .alias = YAML_NO_ALIAS};
  if (!yaml_start(&scan.run)) mem_exhausted();
  scan.done = scan.run.begin;
  bool finished = mem_guard(scan_loop, &scan);
  if (!finished) yaml_token_delete(&scan.token);
  yaml_parser_delete(&scan.run.parser);
  if (!finished) mem_exhausted();
  return scan.alias;
}
