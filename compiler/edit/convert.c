/* In: a file of one notation. Out: its text in the other. The way is the same in both directions: nodes,
 * clauses, an outline with comments, its canonical form, text. The text then goes the same way back as far as
 * the canonical form, and only if that is what it was made from has the file been converted. */
#include "edit/convert.h"

#include <stdlib.h>

#include "ast/fx_document.h"
#include "base/file.h"
#include "base/utf8.h"
#include "edit/arrange.h"
#include "edit/fmt.h"
#include "edit/to_fx.h"
#include "edit/to_yaml.h"
#include "edit/yaml_node.h"
#include "json/json.h"
#include "yaml/yaml.h"

typedef struct File {
  Arena *arena;
  SourceId source;
  Str bytes;
  DiagBag *bag;
  bool fx, json, project;
  Comments comments;
} File;

/* Comments of .fx: what no clause has taken as its documentation */

typedef VEC(uint32_t) Offsets;

static void collect_docs(File *file, const AstNode *node, Offsets *docs) {
  for (const AstNode *child = node->first; child; child = child->next) {
    if (child->clause && strcmp(clause_info(child->clause)->fx, "///") == 0) {
      for (uint32_t at = child->span.start; at < child->span.end; at++) {  // the start of each line's comment
        vec_push(file->arena, docs, at);
        while (at < child->span.end && file->bytes.data[at] != '\n') at++;
        while (at < child->span.end && strchr(" \t\r\n", file->bytes.data[at])) at++;
        at--;
      }
    }
    collect_docs(file, child, docs);
  }
}

static int by_offset(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/// A comment of several lines without the stars that lead them.
static Str block_text(Arena *arena, Str text) {
  if (str_find_char(text, '\n') < 0) return text;
  Str rest = text, line;
  char *out = arena_alloc(arena, text.len + 1);
  size_t length = 0;
  while (str_split(&rest, '\n', &line)) {
    line = str_trim(line);
    if (str_starts(line, STR("* ")) || str_eq(line, STR("*"))) line = str_trim(str_skip(line, 1));
    if (!line.len && (!length || !rest.data)) continue;
    memcpy(out + length, line.data, line.len);
    length += line.len;
    out[length++] = '\n';
  }
  return (Str){out, length ? length - 1 : 0};
}

static void check_comment(File *file, const FxComment *comment) {
  Str text = str_span(file->bytes.data + comment->start, file->bytes.data + comment->end);
  for (size_t i = 0; i < text.len;) {
    uint32_t c, at = comment->start + (uint32_t)i;
    size_t length = utf8_decode(str_skip(text, i), &c);
    i += length;
    if (c == '\n' || c == '\r' || c == '\t' || yaml_is_printable(c)) continue;
    Diag *d = diag_add(file->bag, FX2024, (Span){file->source, at, at + (uint32_t)length},
                       "YAML cannot have the character U+%04X in a comment", c);
    diag_help(d, "remove it");
    return;
  }
}

static void take_fx_comments(File *file, const FxTree *tree, const Ast *ast) {
  Offsets docs = {0};
  collect_docs(file, ast->root, &docs);
  if (docs.len) qsort(docs.data, docs.len, sizeof *docs.data, by_offset);
  size_t doc = 0;
  for (size_t i = 0; i < tree->comments.len; i++) {
    const FxComment *comment = &tree->comments.data[i];
    while (doc < docs.len && docs.data[doc] < comment->start) doc++;
    if (doc < docs.len && docs.data[doc] == comment->start) continue;
    check_comment(file, comment);
    size_t open = comment->kind == FX_COMMENT_DOC ? 3 : 2, close = comment->kind == FX_COMMENT_BLOCK ? 2 : 0;
    Str raw = str_span(file->bytes.data + comment->start, file->bytes.data + comment->end);
    Str text = comment_text(raw, open, close);
    if (close) text = block_text(file->arena, text);
    vec_push(file->arena, &file->comments, (Comment){comment->start, comment->end, text});
  }
}

/* Reading */

static bool has_view(File *file, const FxTree *tree) {
  for (FxId id = fx_child(tree, tree->root); id; id = fx_next(tree, id)) {
    if (!fx_is(tree, id, STR("view"))) continue;
    Diag *d = diag_add(file->bag, FX2024, fx_name_span(tree, id), "YAML has no place for a view");
    diag_help(d, "put it into a file of its own; 'fxc concept' writes it as HTML");
    return true;
  }
  return false;
}

static bool has_project(const FxTree *tree) {
  for (FxId id = fx_child(tree, tree->root); id; id = fx_next(tree, id))
    if (fx_is(tree, id, STR("project"))) return true;
  return false;
}

static Ast *read_fx(File *file) {
  DocEvents doc;
  FxTree *tree = fx_parse(file->arena, file->source, file->bytes, file->bag);
  if (tree->broken || has_view(file, tree)) return NULL;
  file->project = has_project(tree);
  fx_document(file->arena, tree, file->project ? SHAPE_project : SHAPE_file, file->bag, &doc);
  Ast *ast = ast_read_all(file->arena, file->source, &doc, file->bag, file->project);
  take_fx_comments(file, tree, ast);
  return ast;
}

static Ast *read_yaml(File *file) {
  DocEvents doc;
  if (file->json) {
    if (!json_events(file->arena, file->source, file->bytes, file->bag, &doc)) return NULL;
  } else {
    if (!yaml_events(file->arena, file->source, file->bytes, file->bag, &doc)) return NULL;
    uint32_t alias = yaml_comments(file->arena, file->bytes, &file->comments);
    if (alias != YAML_NO_ALIAS) {
      Diag *d = diag_add(file->bag, FX2024, (Span){file->source, alias, alias + 1},
                         "aliases are written out, as .fx has none");
      d->severity = DIAG_NOTE;
    }
  }
  return ast_read_all(file->arena, file->source, &doc, file->bag, file->project);
}

static bool has_errors(const DiagBag *bag, size_t from) {
  for (size_t i = from; i < bag->list.len; i++)
    if (bag->list.data[i]->severity == DIAG_ERROR) return true;
  return false;
}

/// The canonical outline of a file, NULL when something is wrong with it.
static Item *read_outline(File *file) {
  size_t before = file->bag->list.len;
  Ast *ast = file->fx ? read_fx(file) : read_yaml(file);
  if (!ast || has_errors(file->bag, before)) return NULL;
  Item *root = outline_make(file->arena, ast, file->bytes, &file->comments,
                            file->fx ? OUTLINE_BRACED : OUTLINE_INDENTED);
  outline_arrange(file->arena, root);
  return root;
}

/* Writing */

/// What is on one line in both notations is settled by writing .fx, whichever is asked for.
static bool write_text(File *file, Item *root, Buf *out) {
  Buf text = {0};
  bool good;
  if (file->fx) {
    DiagBag ignored = {.arena = file->arena};
    outline_to_fx(file->arena, root, file->project, &ignored, file->source, &text);
    good = outline_to_yaml(file->arena, root, file->bag, file->source, out);
  } else {
    good = outline_to_fx(file->arena, root, file->project, file->bag, file->source, &text);
    Str copy = str_copy(file->arena, buf_str(&text));
    good = good && fmt_file(file->arena, file->source, copy, file->bag, out) == FMT_DONE;
  }
  buf_free(&text);
  return good;
}

/* Checking */

typedef VEC(Str) Lines;

static int by_text(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

static Lines comment_lines(const File *file) {
  Lines lines = {0};
  for (size_t i = 0; i < file->comments.len; i++) {
    Str rest = file->comments.data[i].text, line;
    if (!rest.data) continue;
    while (str_split(&rest, '\n', &line))
      if (str_trim(line).len) vec_push(file->arena, &lines, str_trim(line));
  }
  if (lines.len) qsort(lines.data, lines.len, sizeof *lines.data, by_text);
  return lines;
}

static bool same_comments(const File *a, const File *b) {
  Lines x = comment_lines(a), y = comment_lines(b);
  if (x.len != y.len) return false;
  for (size_t i = 0; i < x.len; i++)
    if (!str_eq(x.data[i], y.data[i])) return false;
  return true;
}

static ConvertResult found_bug(File *file, Span span, const char *message) {
  Diag *d = diag_add(file->bag, FX9001, span, "%s", message);
  diag_help(d, "nothing was written; please report it with this file");
  return CONVERT_BUG;
}

/// The text as fxc reads it must say what the file says.
static ConvertResult check(File *file, const Item *root, Str text) {
  DiagBag ignored = {.arena = file->arena};
  File again = {.arena = file->arena, .source = file->source, .bytes = text, .bag = &ignored};
  again.fx = !file->fx;
  again.project = file->project;
  Item *result = read_outline(&again);
  if (!result) return found_bug(file, span_file(file->source), "the converted file cannot be read");
  const Item *difference = outline_difference(root, result);
  if (difference) return found_bug(file, difference->span, "the converted file would not say this");
  if (!same_comments(file, &again))
    return found_bug(file, span_file(file->source), "the converted file would lose a comment");
  return CONVERT_DONE;
}

static bool is_project(Str path) { return str_starts(path_base(path), STR("project.")); }

ConvertResult convert_file(Arena *arena, SourceId source, Str path, Str bytes, DiagBag *bag, Buf *out) {
  File file = {.arena = arena, .source = source, .bytes = bytes, .bag = bag};
  file.fx = ast_is_fx(path);
  file.json = str_ends(path, STR(".json"));
  file.project = is_project(path);
  Item *root = read_outline(&file);
  Buf text = {0};
  ConvertResult result = CONVERT_REFUSED;
  if (root && write_text(&file, root, &text)) result = check(&file, root, str_copy(arena, buf_str(&text)));
  if (result == CONVERT_DONE) buf_put(out, buf_str(&text));
  buf_free(&text);
  return result;
}
