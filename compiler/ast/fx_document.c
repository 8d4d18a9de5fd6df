/* In: the syntax tree of a .fx file. Out: the nodes that a YAML file with the same clauses has, each with its
 * place in the .fx file; reading them is then one reader's work for all notations.
 * No clause is known by name here: the table says which word is which clause of a block, and where it stands
 * in a map. What surprises: operands without a word of their own (`release v3 = 3.2.0 stable`) find their
 * clause by what they are: the next clause of the block, in the order of the table, that has the block's own
 * word or none, and that takes such a literal. */
#include "ast/fx_document.h"

#include "ast/fx_value.h"
#include "base/suggest.h"

/// A block that is being filled.
typedef struct Scope {
  ShapeId shape;
  Str prefix;  // of the ways that hold in it
  Str word;    // that opened it: clauses with this word are its operands
  FxItem *map;
  uint64_t used;  // operands that it has
} Scope;

static void lower_children(FxDoc *fx, Scope *scope, FxId child);

/* Where values go */

/// The map (or list) that holds the last key of `path`, which is then in *key.
static FxItem *container(FxDoc *fx, FxItem *map, Str path, Str *key, Span span) {
  while (str_split(&path, '.', key) && path.data && path.len)
    map = fx_item_shared(fx->arena, map, *key, DOC_MAP, span);
  return map;
}

static void put(FxDoc *fx, Scope *scope, ClauseId clause, FxItem *item, Span key_span) {
  Str path, key;
  clause_path(clause, scope->prefix, &path);
  FxItem *map = container(fx, scope->map, path, &key, key_span);
  item->key = key;
  item->key_span = key_span;
  fx_item_add(map, item);
  scope->used |= clause_bit(clause);
}

/// The list of a clause that may be repeated, or the map of one that is named.
static FxItem *shared(FxDoc *fx, Scope *scope, ClauseId clause, DocKind kind, Span span) {
  Str path, key;
  clause_path(clause, scope->prefix, &path);
  scope->used |= clause_bit(clause);
  if (!path.len) return scope->map;
  FxItem *map = container(fx, scope->map, path, &key, span);
  return fx_item_shared(fx->arena, map, key, kind, span);
}

static Scope inner_scope(ClauseId clause, Str word, FxItem *map) {
  uint16_t way;
  ShapeId shape = clause_block(clause, &way);
  Str prefix = str_from(clause_info(clause)->detail), head;
  str_split(&prefix, ':', &head);
  return (Scope){
      .shape = shape, .prefix = prefix.data && prefix.len ? prefix : STR(""), .word = word, .map = map};
}

/// The documentation before a clause, where its block has a place for it.
static void put_doc(FxDoc *fx, Scope *scope, FxId id) {
  ClauseId clause = clause_by_word(scope->shape, STR("///"), CLAUSE_none);
  Str path;
  Span span;
  if (!clause || !clause_path(clause, scope->prefix, &path)) return;
  Str text = fx_doc(fx->arena, fx->tree, id, &span);
  if (!text.data) return;
  FxItem *item = fx_item(fx->arena, DOC_SCALAR, span);
  item->style = DOC_BLOCK;
  item->text = text;
  put(fx, scope, clause, item, span);
}

static FxItem *lower_block(FxDoc *fx, ClauseId clause, Str word, FxId owner, FxId children) {
  FxItem *map = fx_item(fx->arena, DOC_MAP, fx_span(fx->tree, owner));
  Scope scope = inner_scope(clause, word, map);
  put_doc(fx, &scope, owner);
  lower_children(fx, &scope, children);
  return map;
}

/* Operands */

static bool is_sign(const char *fx_word) {
  return *fx_word == '%' || str_eq(str_from(fx_word), STR("/")) || !*fx_word;
}

static bool fits(ClauseKind kind, FxTokenKind token) {
  bool word = token == FX_TOKEN_WORD || token == FX_TOKEN_PATH || token == FX_TOKEN_QUOTED_NAME;
  bool text = token == FX_TOKEN_STRING || token == FX_TOKEN_RAW_STRING;
  if (kind == KIND_PATTERN || token == FX_TOKEN_REGEX) return kind == KIND_PATTERN && (text || !word);
  if (kind == KIND_CHOICE) return word || token == FX_TOKEN_SIGN;
  if (kind == KIND_INT && token == FX_TOKEN_DURATION) return false;
  bool literal = kind >= KIND_INT && kind <= KIND_RANGE;
  return !literal || !word;
}

static ClauseId find_operand(FxDoc *fx, const Scope *scope, FxId id) {
  FxTokenKind token = fx_token(fx->tree, fx_node(fx->tree, id)->first)->kind;
  for (ClauseId c = shape_first(scope->shape); c < CLAUSE_COUNT && clause_info(c)->shape == scope->shape;
       c++) {
    const ClauseInfo *info = clause_info(c);
    Str path;
    bool named = info->form >= FORM_KEYED || info->kind == KIND_BLOCK;
    bool here = str_eq(str_from(info->fx), scope->word) || is_sign(info->fx);
    if (named || !here || (scope->used & clause_bit(c) && info->form != FORM_MANY)) continue;
    if (fits(info->kind, token) && clause_path(c, scope->prefix, &path)) return c;
  }
  return CLAUSE_none;
}

static void lower_operand_of(FxDoc *fx, Scope *scope, FxId id) {
  ClauseId clause = find_operand(fx, scope, id);
  Span span = fx_span(fx->tree, id);
  if (!clause) {
    Str text = fx_text(fx->tree, id);
    diag_add(fx->bag, FX2004, span, "'%.*s' has no meaning behind '%.*s'", STR_ARG(text),
             STR_ARG(scope->word));
  } else if (clause_info(clause)->form == FORM_MANY) {
    fx_item_add(shared(fx, scope, clause, DOC_LIST, span), fx_lower_operand(fx, clause, id));
  } else {
    put(fx, scope, clause, fx_lower_operand(fx, clause, id), span);
  }
}

/* Clauses */

/// Below a sign (`-> b`) or as it is.
static FxId unwrapped(const FxTree *tree, FxId id) {
  return id && fx_node(tree, id)->kind == FX_CLAUSE ? fx_child(tree, id) : id;
}

/// `value prop a "x" -> 1` says one of several changes of `a`: they are pairs of one map.
static bool adds_pairs(ClauseId clause) {
  if (clause_info(clause)->kind != KIND_BLOCK) return false;
  ClauseId pair = clause_by_word(inner_scope(clause, STR(""), NULL).shape, STR("->"), CLAUSE_none);
  return pair && clause_info(pair)->form == FORM_KEYED;
}

/// NAME and what belongs to it, in the map of its clause.
static void put_named(FxDoc *fx, Scope *scope, ClauseId clause, Str word, uint32_t name, FxId owner,
                      FxId values) {
  Span span = fx_token_span(fx->tree, name);
  FxItem *map = shared(fx, scope, clause, DOC_MAP, span), *item;
  ClauseKind kind = clause_info(clause)->kind;
  if (adds_pairs(clause)) {
    Str key = fx_decode(fx->arena, fx->tree, name);
    Scope inner = inner_scope(clause, word, fx_item_shared(fx->arena, map, key, DOC_MAP, span));
    lower_children(fx, &inner, values);
    return;
  }
  FxId value = unwrapped(fx->tree, values);
  bool plain =
      values && fx_node(fx->tree, values)->kind != FX_CLAUSE && fx_node(fx->tree, values)->kind != FX_BLOCK;
  if (kind == KIND_BLOCK && fx_node(fx->tree, owner)->kind == FX_PAIR && plain &&
      clause_info(clause)->form == FORM_KEYED &&
      !clause_by_word(inner_scope(clause, word, NULL).shape, word, CLAUSE_none))
    item = fx_lower_value(fx, values);  // of the wrong kind, which the reader says
  else if (kind == KIND_BLOCK)
    item = lower_block(fx, clause, word, owner, values);
  else if (!value)
    item = fx_nothing(fx, span);
  else if (fx_next(fx->tree, values))
    item = fx_lower_list(fx, values, fx_span(fx->tree, owner));
  else
    item = fx_lower_operand(fx, clause, value);
  item->key = fx_decode(fx->arena, fx->tree, name);
  item->key_span = span;
  fx_item_add(map, item);
}

static void put_pairs(FxDoc *fx, Scope *scope, ClauseId clause, FxId first) {
  for (FxId pair = first; pair; pair = fx_next(fx->tree, pair)) {
    const FxNode *node = fx_node(fx->tree, pair);
    if (node->kind != FX_PAIR) continue;
    Str sign = node->second == FX_NO_TOKEN ? STR("") : fx_token_text(fx->tree, node->second);
    put_named(fx, scope, clause, sign, node->name, pair, node->child);
  }
}

static void lower_named(FxDoc *fx, Scope *scope, ClauseId clause, Str word, FxId id) {
  FxId first = fx_child(fx->tree, id);
  FxKind kind = first ? fx_node(fx->tree, first)->kind : FX_ERROR;
  if (kind == FX_RECORD && clause_info(clause)->kind == KIND_VALUE)
    fx_lower_record(fx, shared(fx, scope, clause, DOC_MAP, fx_name_span(fx->tree, id)), first);
  else if (kind == FX_PAIR)
    put_pairs(fx, scope, clause, first);
  else if (kind == FX_BLOCK)
    put_pairs(fx, scope, clause, fx_child(fx->tree, first));
  else if (kind == FX_SCALAR && fx_node(fx->tree, first)->first == fx_node(fx->tree, first)->last)
    put_named(fx, scope, clause, word, fx_node(fx->tree, first)->first, id, fx_next(fx->tree, first));
  else if (first)
    put(fx, scope, clause, fx_lower_value(fx, first), fx_name_span(fx->tree, id));
}

static bool is_anonymous(const FxTree *tree, FxId id) {
  return id && fx_node(tree, id)->kind == FX_CLAUSE && fx_node(tree, id)->name == FX_NO_TOKEN;
}

static void put_items(FxDoc *fx, FxItem *list, ClauseId clause, Str word, FxId first) {
  for (FxId id = first; id; id = fx_next(fx->tree, id))
    if (is_anonymous(fx->tree, id))
      fx_item_add(list, lower_block(fx, clause, word, id, fx_child(fx->tree, id)));
}

/// A clause whose blocks are a list: one a statement, or one a line.
static void lower_blocks(FxDoc *fx, Scope *scope, ClauseId clause, Str word, FxId id) {
  FxItem *list = shared(fx, scope, clause, DOC_LIST, fx_name_span(fx->tree, id));
  FxId first = fx_child(fx->tree, id);
  if (is_anonymous(fx->tree, first))
    put_items(fx, list, clause, word, first);
  else
    fx_item_add(list, lower_block(fx, clause, word, id, first));
}

static FxId find_block(const FxTree *tree, FxId child) {
  while (child && fx_node(tree, child)->kind != FX_BLOCK) child = fx_next(tree, child);
  return child;
}

/// `route percentage { v3 90% }`: the word before the block is one clause, the lines in it are another.
static bool lower_lines(FxDoc *fx, Scope *scope, ClauseId clause, Str word, FxId id) {
  ClauseId lines = clause_by_word(scope->shape, word, clause);
  FxId block = find_block(fx->tree, fx_child(fx->tree, id));
  if (!lines || clause_info(lines)->kind != KIND_BLOCK || clause_info(lines)->form != FORM_MANY) return false;
  if (!block) {
    lower_blocks(fx, scope, lines, word, id);
    return true;
  }
  FxId operand = fx_child(fx->tree, id);
  put(fx, scope, clause, fx_lower_operand(fx, clause, operand), fx_span(fx->tree, operand));
  put_items(fx, shared(fx, scope, lines, DOC_LIST, fx_name_span(fx->tree, id)), lines, word,
            fx_child(fx->tree, block));
  return true;
}

static void put_many(FxDoc *fx, Scope *scope, ClauseId clause, FxId id, FxId first) {
  FxItem *list = shared(fx, scope, clause, DOC_LIST, fx_name_span(fx->tree, id));
  for (FxId child = first; child; child = fx_next(fx->tree, child)) {
    FxKind kind = fx_node(fx->tree, child)->kind;
    if (kind == FX_BLOCK || kind == FX_LIST)
      put_many(fx, scope, clause, id, fx_child(fx->tree, child));
    else if (kind != FX_ERROR)
      fx_item_add(list, fx_lower_operand(fx, clause, child));
  }
}

/// Clauses with one value; those with the same word take one operand each: `provider smarty "^4"`.
static void lower_ones(FxDoc *fx, Scope *scope, ClauseId clause, Str word, FxId id) {
  Span span = fx_name_span(fx->tree, id);
  for (FxId child = fx_child(fx->tree, id); child; child = fx_next(fx->tree, child)) {
    if (fx_node(fx->tree, child)->kind == FX_BLOCK) {
      lower_children(fx, scope, fx_child(fx->tree, child));
    } else if (clause) {
      put(fx, scope, clause, fx_lower_operand(fx, clause, child), span);
      clause = clause_by_word(scope->shape, word, clause);
    } else {
      Str text = fx_text(fx->tree, child);
      diag_add(fx->bag, FX2004, fx_span(fx->tree, child), "'%.*s' has no meaning behind '%.*s'",
               STR_ARG(text), STR_ARG(word));
    }
  }
}

static void lower_clause_as(FxDoc *fx, Scope *scope, ClauseId clause, Str word, FxId id) {
  const ClauseInfo *info = clause_info(clause);
  if (info->form >= FORM_KEYED)
    lower_named(fx, scope, clause, word, id);
  else if (info->kind == KIND_BLOCK && info->form == FORM_MANY)
    lower_blocks(fx, scope, clause, word, id);
  else if (info->kind == KIND_BLOCK)
    put(fx, scope, clause, lower_block(fx, clause, word, id, fx_child(fx->tree, id)),
        fx_name_span(fx->tree, id));
  else if (info->form == FORM_MANY)
    put_many(fx, scope, clause, id, fx_child(fx->tree, id));
  else if (!lower_lines(fx, scope, clause, word, id))
    lower_ones(fx, scope, clause, word, id);
}

/* Which clause a word is */

static Str word_of(FxDoc *fx, FxId id) {
  const FxNode *node = fx_node(fx->tree, id);
  if (node->name == FX_NO_TOKEN) return STR("");
  Str name = fx_token_text(fx->tree, node->name);
  if (str_eq(name, STR("=>"))) return STR("->");  // reported by the parser
  if (node->second == FX_NO_TOKEN || node->kind == FX_PAIR) return name;
  return str_printf(fx->arena, "%.*s %.*s", STR_ARG(name), STR_ARG(fx_token_text(fx->tree, node->second)));
}

static ClauseId find_clause(const Scope *scope, Str word) {
  ClauseId c = clause_by_word(scope->shape, word, CLAUSE_none);
  Str path;
  while (c && !clause_path(c, scope->prefix, &path)) c = clause_by_word(scope->shape, word, c);
  return c;
}

/// The clause whose blocks are the lines of this one, such as the steps of a reaction.
static ClauseId find_lines(ShapeId shape) {
  for (ClauseId c = clause_by_word(shape, STR(""), CLAUSE_none); c; c = clause_by_word(shape, STR(""), c))
    if (clause_info(c)->kind == KIND_BLOCK) return c;
  return CLAUSE_none;
}

/// Whether it is a word of any block, or nearly one of this block.
static bool is_near(ShapeId shape, Str word) {
  Suggestion search = suggest_start(word);
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++)
    if (str_eq(str_from(clause_info(c)->fx), word)) return true;
  for (ClauseId c = shape_first(shape); c < CLAUSE_COUNT && clause_info(c)->shape == shape; c++)
    suggest_offer(&search, str_from(clause_info(c)->fx));
  return search.best.data != NULL;
}

/// A word on the line of another clause, behind its end: more of its value than it takes. True when it is.
static bool report_rest(FxDoc *fx, const Scope *scope, FxId before, FxId id) {
  const FxNode *node = fx_node(fx->tree, id), *clause = fx_node(fx->tree, before);
  bool rest = node->kind == FX_CLAUSE && before && !fx_token(fx->tree, node->first)->first &&
              clause->last + 1 == node->first && clause->kind != FX_ERROR;
  Str word = fx_name(fx->tree, id);
  if (!rest || is_near(scope->shape, word)) return false;
  if (clause->kind != FX_CLAUSE || fx_token(fx->tree, clause->last)->kind == FX_TOKEN_SIGN)
    return clause->kind == FX_PAIR;
  if (fx_token(fx->tree, node->name)->wrong) return true;  // said already
  Diag *d = diag_add(fx->bag, FX2004, fx_name_span(fx->tree, id), "'%.*s' has no meaning behind '%.*s'",
                     STR_ARG(word), STR_ARG(fx_token_text(fx->tree, clause->last)));
  ClauseId is = clause_by_word(scope->shape, fx_name(fx->tree, before), CLAUSE_none);
  const ClauseInfo *info = is ? clause_info(is) : NULL;
  bool block = info && info->kind == KIND_BLOCK;
  bool list = info && !block && (info->form == FORM_MANY || info->form == FORM_NAMES);
  Str right = str_eq(word, STR("default")) ? STR("=") : STR_NONE;
  if (right.data) diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, right, "replace with '%s'", right.data);
  bool typed = block && clause_by_word(inner_scope(is, word, NULL).shape, STR(":"), CLAUSE_none);
  bool last_number = fx_token(fx->tree, clause->last)->kind == FX_TOKEN_NUMBER;
  const char *cure = right.data                        ? NULL
                     : list                            ? "a ',' stands between the items of a list"
                     : typed                           ? "a ':' stands behind a name, and then its type"
                     : info && info->kind == KIND_TEXT ? "a text of several words stands in quotes"
                     : last_number ? "a unit stands right behind its number, as in 2s or 50/s"
                                   : NULL;
  if (cure) diag_help(d, "%s", cure);
  return true;
}

static void put_unknown(FxDoc *fx, Scope *scope, FxId before, FxId id, Str word) {
  const FxNode *node = fx_node(fx->tree, id);
  Span span = fx_name_span(fx->tree, id);
  if (fx_token(fx->tree, node->name)->kind == FX_TOKEN_SIGN || report_rest(fx, scope, before, id)) return;
  if (node->kind == FX_CLAUSE && node->second != FX_NO_TOKEN)
    span = span_join(span, fx_token_span(fx->tree, node->second));
  FxItem *item = fx_nothing(fx, span);
  item->unknown = true;
  item->key = word;
  item->key_span = span;
  fx_item_add(scope->map, item);
}

static void lower_clause(FxDoc *fx, Scope *scope, FxId before, FxId id) {
  Str word = word_of(fx, id);
  ClauseId clause = find_clause(scope, word), lines = find_lines(scope->shape);
  if (is_anonymous(fx->tree, id) && lines) {
    FxItem *list = shared(fx, scope, lines, DOC_LIST, fx_span(fx->tree, id));
    fx_item_add(list, lower_block(fx, lines, word, id, fx_child(fx->tree, id)));
  } else if (clause) {
    lower_clause_as(fx, scope, clause, word, id);
  } else if (lines &&
             find_clause(&(Scope){.shape = inner_scope(lines, word, NULL).shape, .prefix = STR("")}, word)) {
    FxItem *list = shared(fx, scope, lines, DOC_LIST, fx_name_span(fx->tree, id));
    FxItem *map = fx_item(fx->arena, DOC_MAP, fx_span(fx->tree, id));
    Scope step = inner_scope(lines, word, map);
    fx_item_add(list, map);
    lower_clause(fx, &step, before, id);
  } else {
    put_unknown(fx, scope, before, id, word);
  }
}

/// A clause of which the keyword is written like a key: `label = "x"`, `label: "x"`.
static void report_sign(FxDoc *fx, FxId id) {
  const FxNode *node = fx_node(fx->tree, id);
  Str name = fx_name(fx->tree, id), sign = fx_token_text(fx->tree, node->second);
  Diag *d = diag_add(fx->bag, FX2004, fx_token_span(fx->tree, node->second), "no '%.*s' stands behind '%.*s'",
                     STR_ARG(sign), STR_ARG(name));
  diag_fix(d, DIAG_MACHINE_APPLICABLE, d->span, STR(""), "remove it");
}

static bool is_own(Str name) { return str_starts(name, STR("x-")) || str_starts(name, STR("_")); }

/// A key of the project's own, which the reader keeps or leaves out.
static void put_own(FxDoc *fx, Scope *scope, FxId id) {
  FxItem *item = fx_lower_value(fx, fx_child(fx->tree, id));
  item->key = fx_name(fx->tree, id);
  item->key_span = fx_name_span(fx->tree, id);
  fx_item_add(scope->map, item);
}

static void lower_pair(FxDoc *fx, Scope *scope, FxId before, FxId id) {
  const FxNode *node = fx_node(fx->tree, id);
  Str name = fx_name(fx->tree, id);
  Str sign = node->second == FX_NO_TOKEN ? STR("") : fx_token_text(fx->tree, node->second);
  ClauseId clause = clause_by_word(scope->shape, sign, CLAUSE_none), word = find_clause(scope, name);
  ClauseId lines = find_lines(scope->shape);
  if (!word && lines) word = clause_by_word(inner_scope(lines, name, NULL).shape, name, CLAUSE_none);
  while (clause && clause_info(clause)->form < FORM_KEYED)
    clause = clause_by_word(scope->shape, sign, clause);
  bool method = node->child && fx_node(fx->tree, node->child)->kind == FX_CLAUSE;
  if (is_own(name) && clause_info(clause)->kind != KIND_TYPE && node->child && !method) {
    put_own(fx, scope, id);
  } else if (word && !method && (sign.data[0] == '=' || !clause) &&
             str_eq(str_from(clause_info(word)->fx), name)) {
    report_sign(fx, id);
    scope->used |= clause_bit(word);
  } else if (clause) {
    put_named(fx, scope, clause, sign, node->name, id, node->child);
  } else {
    put_unknown(fx, scope, before, id, name);
  }
}

static void lower_children(FxDoc *fx, Scope *scope, FxId child) {
  for (FxId before = 0; child; before = child, child = fx_next(fx->tree, child)) {
    switch ((FxKind)fx_node(fx->tree, child)->kind) {
      case FX_CLAUSE:
        lower_clause(fx, scope, before, child);
        break;
      case FX_PAIR:
        lower_pair(fx, scope, before, child);
        break;
      case FX_BLOCK:
        lower_children(fx, scope, fx_child(fx->tree, child));
        break;
      case FX_SCALAR:
      case FX_LIST:
      case FX_RECORD:
        lower_operand_of(fx, scope, child);
        break;
      default:
        break;
    }
  }
}

/* Files */

/// A declaration that is read for something else, or that has no place in this file.
static void report_misplaced(FxDoc *fx, FxId id, ShapeId shape) {
  Str word = fx_name(fx->tree, id);
  if (str_eq(word, STR("view")) && shape != SHAPE_project) return;
  Diag *d = diag_add(fx->bag, FX2006, fx_name_span(fx->tree, id), "'%.*s' has no place in %s", STR_ARG(word),
                     shape_info(shape)->sentence);
  diag_help(d, shape == SHAPE_project
                   ? "put it into a file of its own; the globs of the project file say where"
                   : "a project is declared in project.fx, at the root of its folder");
}

static bool lower_projects(FxDoc *fx, DocEvents *doc) {
  FxId first = 0;
  for (FxId id = fx_child(fx->tree, fx->tree->root); id; id = fx_next(fx->tree, id)) {
    if (fx_node(fx->tree, id)->kind == FX_ERROR) continue;
    if (!fx_is(fx->tree, id, STR("project"))) {
      report_misplaced(fx, id, SHAPE_project);
    } else if (first) {
      Diag *d = diag_add(fx->bag, FX2003, fx_name_span(fx->tree, id), "the project is declared twice");
      diag_note(d, fx_name_span(fx->tree, first), "it is declared here already");
    } else {
      first = id;
      FxItem *root = fx_item(fx->arena, DOC_MAP, fx_span(fx->tree, id));
      Scope scope = {.shape = SHAPE_project, .prefix = STR(""), .word = STR("project"), .map = root};
      lower_children(fx, &scope, fx_child(fx->tree, id));
      fx_item_write(fx->arena, root, doc);
    }
  }
  return first != 0;
}

static bool lower_integrations(FxDoc *fx, DocEvents *doc) {
  Span span = {fx->tree->source, 0, (uint32_t)fx->tree->bytes.len};
  FxItem *root = fx_item(fx->arena, DOC_MAP, span);
  Scope scope = {.shape = SHAPE_file, .prefix = STR(""), .map = root};
  for (FxId id = fx_child(fx->tree, fx->tree->root); id; id = fx_next(fx->tree, id)) {
    if (fx_node(fx->tree, id)->kind == FX_ERROR) continue;
    if (fx_node(fx->tree, id)->kind == FX_PAIR && is_own(fx_name(fx->tree, id)))
      put_own(fx, &scope, id);
    else if (find_clause(&scope, fx_name(fx->tree, id)))
      lower_clause(fx, &scope, 0, id);
    else
      report_misplaced(fx, id, SHAPE_file);
  }
  if (!root->first) return false;
  fx_item_write(fx->arena, root, doc);
  return true;
}

bool fx_document(Arena *arena, const FxTree *tree, ShapeId shape, DiagBag *bag, DocEvents *doc) {
  FxDoc fx = {arena, tree, bag};
  *doc = (DocEvents){.source = tree->source, .notation = DOC_FX, .bytes = tree->bytes};
  if (!tree->root) return false;
  return shape == SHAPE_project ? lower_projects(&fx, doc) : lower_integrations(&fx, doc);
}
