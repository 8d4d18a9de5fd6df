/* In: a file of either notation. Out: its tree, or the names that it declares when it cannot be read. */
#include "ast/ast.h"
#include "ast/fx_document.h"
#include "json/json.h"
#include "yaml/yaml.h"

static bool is_json(Str path) { return str_ends(path, STR(".json")); }
bool ast_is_fx(Str path) { return str_ends(path, STR(".fx")); }

typedef struct File {
  Arena *arena;
  SourceId source;
  Str path, bytes;
  DiagBag *bag;
} File;

static bool read_events(const File *file, DocEvents *doc) {
  return is_json(file->path) ? json_events(file->arena, file->source, file->bytes, file->bag, doc)
                             : yaml_events(file->arena, file->source, file->bytes, file->bag, doc);
}

typedef Ast *ReadDocument(Arena *arena, SourceId source, DocEvents *doc, DiagBag *bag);

// A file with very many mistakes need not be told all of them.
enum { LONGEST_LINE = 10000, MOST_FOUND = 1000 };

/// Whether a mistake of the syntax is on the line: what the clauses on it mean is then a guess.
static bool on_broken_line(Str bytes, const DiagBag *syntax, size_t from, uint32_t place) {
  for (size_t i = from; i < syntax->list.len; i++) {
    const Diag *d = syntax->list.data[i];
    uint32_t a = d->span.start < place ? d->span.start : place, b = a == place ? d->span.start : place;
    if ((d->code == FX2004 || d->code == FX2006) && b - a < LONGEST_LINE &&
        !memchr(bytes.data + a, '\n', b - a))
      return true;
  }
  return false;
}

/// In a broken file the clauses that can be read are looked at all the same; only what is missing may stand
/// in the part that cannot.
static void add_found(const File *file, const DiagBag *found, size_t from) {
  DiagBag kept = {.arena = file->arena};
  for (size_t i = 0; i < found->list.len && i < MOST_FOUND; i++) {
    Diag *d = found->list.data[i];
    if (d->code != FX2008 &&
        (d->code == FX2004 || !on_broken_line(file->bytes, file->bag, from, d->span.start)))
      vec_push(file->arena, &kept.list, d);
  }
  diag_join(file->bag, &kept);
}

static Ast *read_fx(const File *file, ShapeId shape, ReadDocument *read) {
  DocEvents doc;
  DiagBag found = {.arena = file->arena};
  size_t from = file->bag->list.len;
  FxTree *tree = fx_parse(file->arena, file->source, file->bytes, file->bag);
  fx_document(file->arena, tree, shape, file->bag, &doc);
  bool broken = tree->broken;
  for (size_t i = from; i < file->bag->list.len; i++)
    broken = broken || file->bag->list.data[i]->code == FX2004;
  Ast *ast = read(file->arena, file->source, &doc, &found);
  if (broken)
    add_found(file, &found, from);
  else
    diag_join(file->bag, &found);
  return broken ? NULL : ast;
}

Ast *ast_read_manifest_file(Arena *arena, SourceId source, Str path, Str bytes, DiagBag *bag) {
  File file = {arena, source, path, bytes, bag};
  DocEvents doc;
  if (ast_is_fx(path)) return read_fx(&file, SHAPE_file, ast_read_manifest);
  return read_events(&file, &doc) ? ast_read_manifest(arena, source, &doc, bag) : NULL;
}

Ast *ast_read_project_file(Arena *arena, SourceId source, Str path, Str bytes, DiagBag *bag) {
  File file = {arena, source, path, bytes, bag};
  DocEvents doc;
  if (ast_is_fx(path)) return read_fx(&file, SHAPE_project, ast_read_project);
  return read_events(&file, &doc) ? ast_read_project(arena, source, &doc, bag) : NULL;
}

typedef struct Names {
  Arena *arena;
  StrMap *names;
} Names;

static void add_name(Names *names, Str name) {
  *strmap_put(names->arena, names->names, str_copy(names->arena, name), NULL) = 1;
}

static void add_key(void *context, Str name, Span span) {
  (void)span;
  add_name(context, name);
}

static Str file_stem(Str path) {
  ptrdiff_t slash = str_rfind_char(path, '/');
  Str base = slash < 0 ? path : str_skip(path, (size_t)slash + 1);
  ptrdiff_t dot = str_rfind_char(base, '.');
  return dot > 0 ? str_take(base, (size_t)dot) : base;
}

/// The strings behind which a ':' stands, at any depth: too many names only silence what would be a
/// consequence of the broken file.
static void add_json_keys(Names *names, Str bytes) {
  for (size_t i = 0; i < bytes.len; i++) {
    if (bytes.data[i] != '"') continue;
    size_t start = ++i;
    while (i < bytes.len && bytes.data[i] != '"' && bytes.data[i] != '\n') i += bytes.data[i] == '\\' ? 2 : 1;
    size_t end = i < bytes.len ? i : bytes.len, after = end + 1;
    while (after < bytes.len && bytes.data[after] == ' ') after++;
    if (after < bytes.len && bytes.data[after] == ':')
      add_name(names, str_span(bytes.data + start, bytes.data + end));
  }
}

/// `integration: NAME` of the short form, on a line of its own.
static void add_short_form(Names *names, Str bytes) {
  Str rest = bytes, line;
  while (str_split(&rest, '\n', &line)) {
    if (!str_starts(line, STR("integration:"))) continue;
    Str name = str_trim(str_skip(line, 12));
    size_t n = 0;
    if (name.len && (name.data[0] == '"' || name.data[0] == '\'')) name = str_skip(name, 1);
    while (n < name.len && !strchr(" \t\"'#", name.data[n])) n++;
    if (n) add_name(names, str_take(name, n));
  }
}

/// The name behind every `integration` that starts a line.
static void add_fx_names(Names *names, Str bytes) {
  Str rest = bytes, line;
  while (str_split(&rest, '\n', &line)) {
    line = str_trim(line);
    if (!str_starts(line, STR("integration"))) continue;
    Str name = str_trim(str_skip(line, 11));
    size_t n = 0;
    if (name.len && strchr("\"'`", name.data[0])) name = str_skip(name, 1);
    while (n < name.len && !strchr(" \t\"'`{", name.data[n])) n++;
    if (n) add_name(names, str_take(name, n));
  }
}

void ast_declared_names(Arena *arena, Str path, Str bytes, StrMap *names) {
  Names add = {arena, names};
  add_name(&add, file_stem(path));
  if (is_json(path)) {
    add_json_keys(&add, bytes);
  } else if (ast_is_fx(path)) {
    add_fx_names(&add, bytes);
  } else {
    yaml_top_keys(0, bytes, add_key, &add);
    add_short_form(&add, bytes);
  }
}
