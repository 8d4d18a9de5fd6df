/* In: the project file. Out: the place and the text of one more pin. What surprises: the file is not parsed
 * again; where its shape is not plain, nothing is offered. */
#include "passes/cure_edit.h"

#include "ast/ast.h"

static bool is_indent(char c) { return c == ' ' || c == '\t'; }

// Before the first pin that there is, in its notation: a line, or an item of a flow map.
static bool pin_before(const Ir *ir, Arena *arena, const Pin *first, Str name, Str range, DiagEdit *edit) {
  Str file;
  if (!span_exists(first->span) || !source_load(ir->sources, first->span.source, arena, &file)) return false;
  uint32_t line = first->span.start;
  while (line > 0 && file.data[line - 1] != '\n') line--;
  uint32_t word = line;
  while (is_indent(file.data[word])) word++;
  Span at = {first->span.source, first->span.start, first->span.start};
  Str indent = str_take(str_skip(file, line), word - line);
  edit->span = at;
  if (word == at.start && !str_ends(source_path(ir->sources, at.source), STR(".json"))) {
    edit->text = str_printf(arena, "%.*s: \"%.*s\"\n%.*s", STR_ARG(name), STR_ARG(range), STR_ARG(indent));
  } else if (file.data[at.start] == '"') {
    edit->text = str_printf(arena, "\"%.*s\": \"%.*s\", ", STR_ARG(name), STR_ARG(range));
  } else {
    edit->text = str_printf(arena, "%.*s: \"%.*s\", ", STR_ARG(name), STR_ARG(range));
  }
  return true;
}

static bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '"' || c == '\'';
}

// The first key of a block map at column 0; false where there is none.
static bool find_first_key(Str file, uint32_t *at) {
  for (uint32_t i = 0; i < file.len; i++) {
    bool starts = i == 0 || file.data[i - 1] == '\n';
    if (!starts) continue;
    *at = i;
    if (is_word_start(file.data[i])) return true;
    if (file.data[i] == '{' || file.data[i] == '[') return false;
  }
  return false;
}

// Behind the brace of `project NAME {`: the first one that no comment or string holds.
static bool find_brace(Str file, uint32_t *at) {
  for (uint32_t i = 0; i < file.len; i++) {
    Str rest = str_skip(file, i);
    ptrdiff_t skip = -1;
    if (str_starts(rest, STR("//"))) skip = str_find_char(rest, '\n');
    if (str_starts(rest, STR("/*"))) skip = str_find(rest, STR("*/"));
    if (skip > 0) i += (uint32_t)skip;
    if (file.data[i] == '"') return false;
    *at = i + 1;
    if (file.data[i] == '{') return true;
  }
  return false;
}

static bool first_pin(const Ir *ir, Arena *arena, SourceId source, Str name, Str range, DiagEdit *edit) {
  Str file;
  uint32_t at;
  if (!source || !source_load(ir->sources, source, arena, &file)) return false;
  Str path = source_path(ir->sources, source);
  if (ast_is_fx(path)) {
    if (!find_brace(file, &at)) return false;
    edit->text = str_printf(arena, "\n  pin %.*s \"%.*s\"", STR_ARG(name), STR_ARG(range));
  } else {
    bool block = !str_ends(path, STR(".json")) && find_first_key(file, &at);
    if (!block || str_starts(str_skip(file, at), STR("---"))) return false;
    edit->text = str_printf(arena, "pin: { %.*s: \"%.*s\" }\n", STR_ARG(name), STR_ARG(range));
  }
  edit->span = (Span){source, at, at};
  return true;
}

bool cure_new_pin(const Ir *ir, Arena *arena, SourceId source, Str name, Str range, DiagEdit *edit) {
  bool fx = source && ast_is_fx(source_path(ir->sources, source));
  for (size_t i = 0; i < ir->pins.len && !fx; i++)
    if (!ir->pins.data[i].label) return pin_before(ir, arena, &ir->pins.data[i], name, range, edit);
  return first_pin(ir, arena, source, name, range, edit);
}
