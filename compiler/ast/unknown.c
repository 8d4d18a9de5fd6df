/* In: a key that leads nowhere. Out: FX2006 with what may have been meant: a near key of the same place, the
 * keyword that .fx has for it, or the same key at another place of the block. */
#include "ast/reader.h"
#include "base/suggest.h"

enum { SURE_DISTANCE = 1, SURE_LENGTH = 4 };

static void offer_keys(uint16_t way, Suggestion *search) {
  for (uint16_t child = clause_way(way)->first; child; child = clause_way(child)->next)
    suggest_offer(search, clause_way(child)->key);
}

/// "flag" is what .fx calls `feature_flag`.
static Str find_keyword(ShapeId shape, Str key) {
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) {
    const ClauseInfo *info = clause_info(c);
    if (info->shape == shape && str_eq(str_from(info->fx), key)) return str_from(info->yaml);
  }
  return STR_NONE;
}

/// Where else in the block the key has a meaning: "prototype.features".
static Str find_elsewhere(ShapeId shape, Str key) {
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) {
    if (clause_info(c)->shape != shape) continue;
    Str paths = str_from(clause_info(c)->yaml), path, part;
    while (str_split(&paths, '|', &path))
      for (Str rest = path; str_split(&rest, '.', &part);)
        if (str_eq(part, key)) return str_span(path.data, part.data + part.len);
  }
  return STR_NONE;
}

static Str first_path(Str paths) {
  Str path = STR_NONE;
  str_split(&paths, '|', &path);
  return str_ends(path, STR(".*")) ? str_take(path, path.len - 2) : path;
}

/// A clause of a release that stands beside its block, or a limit: where it belongs.
static Str find_inside(AstReader *reader, ShapeId shape, Str key) {
  Str inner = shape == SHAPE_integration ? find_elsewhere(SHAPE_release, key) : STR_NONE;
  if (inner.data && str_starts(inner, STR("prototype."))) return first_path(inner);
  if (inner.data) return str_printf(reader->arena, "prototype.%.*s", STR_ARG(first_path(inner)));
  bool block = shape == SHAPE_integration || shape == SHAPE_release;
  inner = block ? find_elsewhere(SHAPE_limits, key) : STR_NONE;
  return inner.data ? str_printf(reader->arena, "limits.%.*s", STR_ARG(first_path(inner))) : STR_NONE;
}

/// Nothing that the misspelt key leads to is reported as missing.
static void excuse(AstNode *parent, uint16_t way) {
  const ClauseWay *to = clause_way(way);
  if (to->clause) parent->seen |= clause_bit(to->clause);
  if (to->open) parent->seen |= clause_bit(to->open);
  for (uint16_t child = to->first; child; child = clause_way(child)->next) excuse(parent, child);
}

static void excuse_path(AstNode *parent, ShapeId shape, Str path) {
  uint16_t way = shape_root(shape);
  Str key;
  while (way && str_split(&path, '.', &key)) way = clause_find(way, key);
  if (way) excuse(parent, way);
}

void ast_unknown_key(AstReader *reader, AstNode *parent, ShapeId shape, uint16_t way, uint32_t key) {
  Str text = doc_node(reader->doc, key)->text;
  Span span = doc_span(reader->doc, key);
  Diag *d = diag_add(reader->bag, FX2006, span, "unknown key '%.*s' in %s", STR_ARG(text),
                     shape_info(shape)->sentence);
  Suggestion search = suggest_start(text);
  offer_keys(way, &search);
  bool sure = search.best.data && search.distance <= SURE_DISTANCE && text.len >= SURE_LENGTH;
  Str other = sure ? STR_NONE : find_keyword(shape, text);
  if (!other.data && !sure) other = find_elsewhere(shape, text);
  Str inside = search.distance ? find_inside(reader, shape, text) : STR_NONE;
  if (inside.data) {
    bool limit = str_starts(inside, STR("limits."));
    diag_help(d, "%s it stands at '%.*s'",
              limit ? "as a limit of the integration" : "as a clause of a release", STR_ARG(inside));
    Str block;
    str_split(&inside, '.', &block);
    excuse(parent, clause_find(way, block));
  } else if (search.best.data && !other.data) {
    diag_help(d, "did you mean '%.*s'?", STR_ARG(search.best));
    ClauseId near = clause_way(clause_find(way, search.best))->clause;
    if (near && clause_info(near)->form == FORM_ONE && parent->seen & clause_bit(near))
      sure = false;  // given already
    excuse(parent, clause_find(way, search.best));
    diag_fix(d, sure ? DIAG_MACHINE_APPLICABLE : DIAG_MAYBE, span, search.best, "replace with '%.*s'",
             STR_ARG(search.best));
  } else if (other.data) {
    Str path = first_path(other);
    diag_help(d, "in %s it is '%.*s'", shape_info(shape)->sentence, STR_ARG(path));
    excuse_path(parent, shape, path);
  } else {
    diag_help(d, "a key of your own starts with 'x-'");
  }
}
