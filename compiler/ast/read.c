/* In: nodes of a YAML or JSON file. Out: the tree of clauses that grammar/manifest.def makes of them. Keys
 * that only lead somewhere (`concept:`) leave no node of their own: their clauses become children of the
 * block around them, as if they had been written there. */
#include "ast/reader.h"

static void read_clause(AstReader *reader, AstNode *parent, ClauseId clause, uint32_t key, uint32_t value);
static void read_map(AstReader *reader, AstNode *parent, ShapeId shape, uint16_t way, uint32_t map);

static const DocNode *at(const AstReader *reader, uint32_t i) { return doc_node(reader->doc, i); }

static uint32_t next_of(const AstReader *reader, uint32_t i) { return at(reader, i)->next; }

Str ast_clause_name(const AstReader *reader, ClauseId clause) {
  return reader->doc->notation == DOC_FX ? clause_word(clause) : clause_key(clause);
}

static AstNode *add_node(AstReader *reader, AstNode *parent, ClauseId clause, uint32_t key, uint32_t value) {
  return ast_add(
      reader->arena, parent,
      (AstNode){
          .clause = clause, .span = doc_span(reader->doc, value), .key_span = doc_span(reader->doc, key)});
}

/// Missing clauses that the shape cannot do without. Holes of whole integrations are found later, since a
/// stub may have them.
static void check_required(AstReader *reader, AstNode *block, ShapeId shape) {
  if (!(shape_required(shape) & ~block->seen)) return;
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) {
    const ClauseInfo *info = clause_info(c);
    if (info->shape != shape || info->need != NEED_REQUIRED || (block->seen & clause_bit(c))) continue;
    Str key = ast_clause_name(reader, c);
    const char *what = shape_info(shape)->sentence;
    Diag *d = block->name.data
                  ? diag_add(reader->bag, FX2008, block->key_span, "the %s '%.*s' needs '%.*s'",
                             strchr(what, ' ') + 1, STR_ARG(block->name), STR_ARG(key))
                  : diag_add(reader->bag, FX2008, block->key_span, "%s needs '%.*s'", what, STR_ARG(key));
    diag_help(d, "%.*s: %s", STR_ARG(key), info->sentence);
    block->wrong = true;
  }
}

/// A list where names with something behind them are meant: `- v1` for `v1: {…}`.
static void expect_named(AstReader *reader, Diag *d, uint32_t item) {
  Str text = at(reader, item)->text;
  bool name =
      at(reader, item)->kind == DOC_SCALAR && str_find_char(text, ' ') < 0 && str_find_char(text, ':') < 0;
  if (d && name) diag_help(d, "write '%.*s: …', with what belongs to it behind the ':'", STR_ARG(text));
}

static void read_list_block(AstReader *reader, AstNode *node, ShapeId shape, uint16_t way, uint32_t list) {
  for (uint32_t item = list + 1; item < next_of(reader, list); item = next_of(reader, item)) {
    if (at(reader, item)->kind == DOC_MAP)
      read_map(reader, node, shape, way, item);
    else
      expect_named(reader, ast_wrong_type(reader, node, item, "a map"), item);
  }
}

static void read_block(AstReader *reader, AstNode *node, uint32_t value) {
  uint16_t way;
  ShapeId shape = clause_block(node->clause, &way);
  ClauseId short_form = shape_short(shape);
  DocKind kind = at(reader, value)->kind;
  node->kind = AST_BLOCK;
  if (kind == DOC_MAP)
    read_map(reader, node, shape, way, value);
  else if (short_form && !ast_is_null(reader, value))
    read_clause(reader, node, short_form, value, value);
  else if (kind == DOC_LIST)
    read_list_block(reader, node, shape, way, value);
  else if (!ast_is_null(reader, value))
    ast_wrong_type(reader, node, value, "a map");
  if (!node->wrong) check_required(reader, node, shape);
}

static void read_node(AstReader *reader, AstNode *node, uint32_t value) {
  if (at(reader, value)->wrong) {
    node->wrong = true;
    return;
  }
  switch (clause_info(node->clause)->kind) {
    case KIND_BLOCK:
      read_block(reader, node, value);
      return;
    case KIND_LITERAL:
    case KIND_VALUE:
      ast_read_value(reader, node, value);
      return;
    case KIND_TYPE:
      ast_read_type(reader, node, value);
      return;
    case KIND_THRESHOLD:
      ast_read_threshold(reader, node, value);
      return;
    case KIND_IGNORED:
      if (reader->all) ast_read_value(reader, node, value);
      return;
    default:
      ast_read_scalar(reader, node, value);
      return;
  }
}

static bool takes_null(const ClauseInfo *info) {
  return info->kind == KIND_VALUE || info->kind == KIND_LITERAL || info->form >= FORM_KEYED ||
         info->need != NEED_OPTIONAL;
}

static void given_twice(AstReader *reader, const AstNode *parent, ClauseId clause, uint32_t key) {
  Diag *d = diag_add(reader->bag, FX2003, doc_span(reader->doc, key), "'%.*s' is given twice",
                     STR_ARG(ast_clause_name(reader, clause)));
  const AstNode *first = ast_child(parent, clause);
  if (first) diag_note(d, first->key_span, "it is given here already");
}

static void read_one(AstReader *reader, AstNode *parent, ClauseId clause, uint32_t key, uint32_t value) {
  const ClauseInfo *info = clause_info(clause);
  if (ast_is_null(reader, value) && !takes_null(info)) return;
  read_node(reader, add_node(reader, parent, clause, key, value), value);
}

/// A clause `NAME: value` that is named by its key.
static void read_named(AstReader *reader, AstNode *parent, ClauseId clause, uint32_t key, uint32_t value) {
  const ClauseInfo *info = clause_info(clause);
  if (info->kind == KIND_IGNORED && !reader->all) return;
  AstNode *node = add_node(reader, parent, clause, key, value);
  node->name = at(reader, key)->text;
  bool empty = value == key || (ast_is_null(reader, value) && info->kind != KIND_VALUE &&
                                info->kind != KIND_LITERAL && info->kind != KIND_IGNORED);
  if (!empty)
    read_node(reader, node, value);
  else if (info->kind == KIND_BLOCK)
    node->kind = AST_BLOCK;
  else if (info->form != FORM_NAMES)
    read_node(reader, node, value);
}

static void read_threshold_map(AstReader *reader, AstNode *parent, ClauseId clause, uint32_t map) {
  for (uint32_t key = map + 1, value; key < next_of(reader, map); key = next_of(reader, value)) {
    value = next_of(reader, key);
    if (!at(reader, key)->duplicate)
      ast_read_threshold_pair(reader, add_node(reader, parent, clause, key, value), key, value);
  }
}

static void read_many(AstReader *reader, AstNode *parent, ClauseId clause, uint32_t key, uint32_t value) {
  bool thresholds = clause_info(clause)->kind == KIND_THRESHOLD;
  if (at(reader, value)->kind == DOC_MAP && thresholds) {
    read_threshold_map(reader, parent, clause, value);
  } else if (at(reader, value)->kind != DOC_LIST || ast_is_hole(reader, value)) {
    read_one(reader, parent, clause, key, value);
  } else {
    for (uint32_t item = value + 1; item < next_of(reader, value); item = next_of(reader, item)) {
      if (at(reader, item)->kind == DOC_MAP && thresholds)
        read_threshold_map(reader, parent, clause, item);
      else
        read_one(reader, parent, clause, item, item);
    }
  }
}

static void read_clause(AstReader *reader, AstNode *parent, ClauseId clause, uint32_t key, uint32_t value) {
  const ClauseInfo *info = clause_info(clause);
  if (info->form == FORM_ONE && (parent->seen & clause_bit(clause))) {
    given_twice(reader, parent, clause, key);
    return;
  }
  if (info->form == FORM_MANY)
    read_many(reader, parent, clause, key, value);
  else
    read_one(reader, parent, clause, key, value);
}

/// What stands behind a key that only leads to clauses: a map, a list of maps, names without values.
static void read_way(AstReader *reader, AstNode *parent, ShapeId shape, uint16_t way, uint32_t value) {
  ClauseId open = clause_way(way)->open;
  bool names = open && clause_info(open)->form == FORM_NAMES;
  DocKind kind = at(reader, value)->kind;
  if (kind == DOC_MAP) {
    read_map(reader, parent, shape, way, value);
  } else if (kind == DOC_LIST) {
    for (uint32_t item = value + 1; item < next_of(reader, value); item = next_of(reader, item))
      read_way(reader, parent, shape, way, item);
  } else if (names && !ast_is_null(reader, value)) {
    read_named(reader, parent, open, value, value);
  } else if (!ast_is_null(reader, value)) {
    Diag *d = ast_wrong_type(reader, parent, value,
                             names ? "a name, a list of names or a map of names and ranges" : "a map");
    if (!names) expect_named(reader, d, value);
  }
}

/// Keys of the project's own, kept and ignored, but where any key is a name: fields and values.
static bool is_private(ClauseId open, Str key) {
  if (!str_starts(key, STR("x-")) && !str_starts(key, STR("_"))) return false;
  ClauseKind kind = open ? clause_info(open)->kind : KIND_BLOCK;
  return kind != KIND_IGNORED && kind != KIND_TYPE && kind != KIND_VALUE && kind != KIND_LITERAL;
}

static void keep_private(AstReader *reader, AstNode *parent, uint32_t key, uint32_t value) {
  AstNode *node = add_node(reader, parent, CLAUSE_none, key, value);
  node->name = at(reader, key)->text;
  ast_read_value(reader, node, value);
}

static void read_pair(AstReader *reader, AstNode *parent, ShapeId shape, uint16_t way, uint32_t key,
                      uint32_t value) {
  Str text = at(reader, key)->text;
  if (at(reader, key)->unknown) {
    ast_unknown_word(reader, parent, shape, key);
    return;
  }
  uint16_t found = clause_find(way, text);
  if (found && clause_way(found)->clause)
    read_clause(reader, parent, clause_way(found)->clause, key, value);
  else if (found)
    read_way(reader, parent, shape, found, value);
  else if (is_private(clause_way(way)->open, text)) {
    if (reader->all) keep_private(reader, parent, key, value);
  } else if (clause_way(way)->open)
    read_named(reader, parent, clause_way(way)->open, key, value);
  else
    ast_unknown_key(reader, parent, shape, way, key);
}

static void read_map(AstReader *reader, AstNode *parent, ShapeId shape, uint16_t way, uint32_t map) {
  for (uint32_t key = map + 1, value; key < next_of(reader, map); key = next_of(reader, value)) {
    value = next_of(reader, key);
    if (!at(reader, key)->duplicate) read_pair(reader, parent, shape, way, key, value);
  }
}

/* Whole files */

static void report_duplicate(void *context, uint32_t key, uint32_t first) {
  AstReader *reader = context;
  Span span = doc_span(reader->doc, key);
  bool fx = reader->doc->notation == DOC_FX;
  // A clause of .fx is called what stands there, not what YAML calls it.
  Str name =
      fx ? str_take(str_skip(reader->doc->bytes, span.start), span.end - span.start) : at(reader, key)->text;
  Diag *d = diag_add(reader->bag, FX2003, span,
                     fx ? "'%.*s' is given twice" : "the key '%.*s' stands twice in one map", STR_ARG(name));
  diag_note(d, doc_span(reader->doc, first), fx ? "it is given here already" : "it stands here already");
  diag_help(d, "remove one of the two");
}

static uint32_t find_key(const AstReader *reader, uint32_t map, Str name) {
  for (uint32_t key = map + 1; key < next_of(reader, map); key = next_of(reader, next_of(reader, key)))
    if (str_eq(at(reader, key)->text, name)) return key;
  return 0;
}

/// `integration: NAME` with the other keys beside it: they are the block of that one integration.
static void read_short_form(AstReader *reader, AstNode *root, uint32_t map, uint32_t key) {
  ClauseId clause = CLAUSE_file_integration;
  uint32_t value = next_of(reader, key);
  AstNode *node = add_node(reader, root, clause, value, map);
  node->name = at(reader, value)->text;
  node->kind = AST_BLOCK;
  uint16_t way = shape_root(SHAPE_integration);
  for (uint32_t k = map + 1, v; k < next_of(reader, map); k = next_of(reader, v)) {
    v = next_of(reader, k);
    if (k != key && !at(reader, k)->duplicate) read_pair(reader, node, SHAPE_integration, way, k, v);
  }
}

/// A key that only makes sense inside an integration, where the names of integrations belong.
static bool is_stray(const AstReader *reader, uint32_t key) {
  static const char *const blocks[] = {"concept", "prototype", "production"};
  Str text = at(reader, key)->text;
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
    if (str_eq(text, str_from(blocks[i]))) return true;
  bool known = clause_find(shape_root(SHAPE_integration), text) ||
               clause_find(shape_root(SHAPE_release), text) || str_eq(text, STR("name"));
  return known && at(reader, next_of(reader, key))->kind == DOC_SCALAR;
}

/// Whether the name around the clauses was forgotten. Nothing else is said about such a document.
static bool report_nameless(AstReader *reader, uint32_t map) {
  for (uint32_t key = map + 1; key < next_of(reader, map); key = next_of(reader, next_of(reader, key))) {
    if (!is_stray(reader, key)) continue;
    Diag *d = diag_add(reader->bag, FX2008, doc_span(reader->doc, key),
                       "the manifest does not say which integration it declares");
    diag_label(d, doc_span(reader->doc, key), "a clause without an integration around it");
    diag_help(d, "put 'integration: NAME' above it, or the name and ':' with all clauses indented below");
    return true;
  }
  return false;
}

static void read_document(AstReader *reader, Ast *ast, uint32_t node) {
  AstNode *root = ast->root;
  if (at(reader, node)->kind != DOC_MAP) {
    if (ast_is_null(reader, node)) return;
    Diag *d = ast_wrong_type(reader, root, node, "a map of integrations");
    if (d) diag_help(d, "start with the name of an integration and ':', its clauses indented below it");
    return;
  }
  uint32_t key = find_key(reader, node, STR("integration"));
  if (reader->doc->notation == DOC_FX)
    read_map(reader, root, SHAPE_file, shape_root(SHAPE_file), node);
  else if (key && at(reader, next_of(reader, key))->kind == DOC_SCALAR)
    read_short_form(reader, root, node, key);
  else if (report_nameless(reader, node))
    ast->nameless = true;
  else
    read_map(reader, root, SHAPE_file, shape_root(SHAPE_file), node);
}

static Ast *start(AstReader *reader, SourceId source) {
  Ast *ast = arena_new(reader->arena, Ast);
  ast->source = source;
  ast->notation = reader->doc->notation;
  ast->root = arena_new(reader->arena, AstNode);
  ast->root->kind = AST_BLOCK;
  ast->root->span = ast->root->key_span = span_file(source);
  doc_find_duplicates(reader->doc, reader->arena, report_duplicate, reader);
  return ast;
}

static Ast *read_manifest(AstReader *reader, SourceId source) {
  Ast *ast = start(reader, source);
  const DocEvents *doc = reader->doc;
  for (size_t i = 0; i < doc->roots.len; i++) read_document(reader, ast, doc->roots.data[i]);
  return ast;
}

static Ast *read_project(AstReader *reader, SourceId source) {
  Ast *ast = start(reader, source);
  for (size_t i = 0; i < reader->doc->roots.len; i++) {
    uint32_t root = reader->doc->roots.data[i];
    if (at(reader, root)->kind == DOC_MAP)
      read_map(reader, ast->root, SHAPE_project, shape_root(SHAPE_project), root);
    else if (!ast_is_null(reader, root))
      ast_wrong_type(reader, ast->root, root, "a map");
  }
  return ast;
}

Ast *ast_read_manifest(Arena *arena, SourceId source, DocEvents *doc, DiagBag *bag) {
  AstReader reader = {arena, doc, bag, false};
  return read_manifest(&reader, source);
}

Ast *ast_read_project(Arena *arena, SourceId source, DocEvents *doc, DiagBag *bag) {
  AstReader reader = {arena, doc, bag, false};
  return read_project(&reader, source);
}

Ast *ast_read_all(Arena *arena, SourceId source, DocEvents *doc, DiagBag *bag, bool project) {
  AstReader reader = {arena, doc, bag, true};
  return project ? read_project(&reader, source) : read_manifest(&reader, source);
}
