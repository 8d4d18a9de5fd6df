/* In: fixes that give a name. Out: the same as they must stand in the file. Surprising: spans of scalars hold
 * the quotes, and who reports a wrong name knows the name, not how it was written; so that is looked up here,
 * in the file, for the few diagnostics that have fixes. */
#include "diag/diag.h"

static bool has_scalars(Str path) {
  return str_ends(path, STR(".json")) || str_ends(path, STR(".yaml")) || str_ends(path, STR(".yml")) ||
         str_ends(path, STR(".fx"));
}

static bool is_quote(char c) { return c == '"' || c == '\''; }

// A single quote is doubled, as YAML has it; the others are escaped.
static Str quoted(Arena *arena, Str text, char quote) {
  char *out = arena_alloc(arena, 2 * text.len + 2);
  size_t len = 0;
  out[len++] = quote;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (quote == '"' && (c == '"' || c == '\\')) out[len++] = '\\';
    if (quote == '\'' && c == '\'') out[len++] = '\'';
    out[len++] = c;
  }
  out[len++] = quote;
  return (Str){out, len};
}

static void keep(Arena *arena, Str file, DiagEdit *edit) {
  Str old = str_take(str_skip(file, edit->span.start), edit->span.end - edit->span.start);
  if (old.len < 2 || !is_quote(old.data[0]) || old.data[old.len - 1] != old.data[0]) return;
  if (!edit->text.len || is_quote(edit->text.data[0])) return;
  edit->text = quoted(arena, edit->text, old.data[0]);
}

void diag_keep_quotes(DiagBag *bag, const Sources *sources) {
  Arena scratch = {0};
  SourceId loaded = 0;
  Str file = STR_NONE;
  for (size_t i = 0; i < bag->list.len; i++) {
    Diag *diag = bag->list.data[i];
    for (size_t f = 0; f < diag->fixes.len; f++) {
      const DiagFix *fix = &diag->fixes.data[f];
      for (size_t e = 0; e < fix->edits.len && !fix->bare; e++) {
        DiagEdit *edit = &fix->edits.data[e];
        SourceId source = edit->span.source;
        if (!source || !has_scalars(source_path(sources, source))) continue;
        if (source != loaded) arena_reset(&scratch), source_load(sources, loaded = source, &scratch, &file);
        keep(bag->arena, file, edit);
      }
    }
  }
  arena_free(&scratch);
}
