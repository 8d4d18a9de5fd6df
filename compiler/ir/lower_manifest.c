/* In: the clauses of a manifest. Out: an Integration row for each integration and all rows below it, and
 * what is missing in them: FX2008, or one FX2002 with a note for each hole of a stub. */
#include "ir/lower.h"

enum { NAME_LIMIT = 128 };

static bool lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// [a-z][a-z0-9]*(-[a-z0-9]+)*
static bool is_integration_name(Str name) {
  if (name.len == 0 || name.len > NAME_LIMIT || !(name.data[0] >= 'a' && name.data[0] <= 'z')) return false;
  for (size_t i = 1; i < name.len; i++) {
    bool dash = name.data[i] == '-' && name.data[i - 1] != '-' && i + 1 < name.len;
    if (!dash && !lower_or_digit(name.data[i])) return false;
  }
  return true;
}

/// The nearest allowed spelling: "AddressValidation" and "address_validation" give "address-validation".
static Str kebab(Arena *arena, Str name) {
  char *out = arena_alloc(arena, name.len * 2 + 1);
  size_t n = 0;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.data[i];
    bool upper = c >= 'A' && c <= 'Z', good = upper || lower_or_digit(c);
    bool starts = upper && i > 0 && lower_or_digit(name.data[i - 1]);
    if ((!good || starts) && n && out[n - 1] != '-') out[n++] = '-';
    if (good) out[n++] = upper ? (char)(c + ('a' - 'A')) : c;
  }
  while (n && out[n - 1] == '-') n--;
  return (Str){out, n};
}

static void check_name(Lower *lower, const AstNode *node) {
  if (is_integration_name(node->name)) return;
  Diag *d = diag_add(lower->bag, FX2007, node->key_span, "'%.*s' is no name of an integration",
                     STR_ARG(node->name));
  diag_help(d, "a name is made of lower-case letters, digits and single hyphens, and starts with a letter");
  Str right = kebab(lower->bag->arena, node->name);
  if (is_integration_name(right))
    diag_fix(d, DIAG_MAYBE, node->key_span, right, "replace with '%.*s'", STR_ARG(right));
}

/* What is missing */

typedef struct Hole {
  Span span;
  Str what;
} Hole;

typedef struct Holes {
  Lower *lower;
  VEC(Hole) list;
} Holes;

static void add_hole(Holes *holes, Span span, Str what) {
  vec_push(holes->lower->bag->arena, &holes->list, (Hole){span, what});
}

static Str hole_name(Lower *lower, const AstNode *node, const AstNode *block) {
  Str key = clause_key(node->clause);
  if (block->name.data && block->clause != CLAUSE_file_integration)
    return str_printf(lower->bag->arena, "'%.*s' of '%.*s'", STR_ARG(key), STR_ARG(block->name));
  return str_printf(lower->bag->arena, "'%.*s'", STR_ARG(key));
}

static void find_written_holes(Holes *holes, const AstNode *block) {
  for (const AstNode *node = block->first; node; node = node->next) {
    if (node->kind == AST_HOLE) add_hole(holes, node->span, hole_name(holes->lower, node, block));
    if (node->kind == AST_BLOCK) find_written_holes(holes, node);
  }
}

static void find_absent(Holes *holes, ClauseId clause) {
  const AstNode *node = holes->lower->node;
  if (ast_child(node, clause) || ast_excused(node, clause)) return;
  Str key = clause_key(clause);
  add_hole(holes, node->key_span, str_printf(holes->lower->bag->arena, "'%.*s'", STR_ARG(key)));
}

/// Whether a provider is named, or may have been meant by something that is reported already.
static bool may_have_provider(const AstNode *release) {
  return ast_child(release, CLAUSE_release_provider) || ast_excused(release, CLAUSE_release_provider) ||
         release->wrong;
}

static bool has_provider(Lower *lower) {
  const AstNode *node = lower->node, *release = ast_child(node, CLAUSE_integration_implied);
  if ((release && may_have_provider(release))) return true;
  if (ast_excused(node, CLAUSE_integration_implied) || ast_excused(node, CLAUSE_integration_release))
    return true;
  for (release = ast_child(node, CLAUSE_integration_release); release; release = ast_next(release))
    if (may_have_provider(release)) return true;
  const AstNode *production = ast_child(node, CLAUSE_integration_production);
  return production && ast_child(production, CLAUSE_overlay_provider);
}

static void report_stub(Lower *lower, const Holes *holes, Span mark) {
  Diag *d =
      diag_add(lower->bag, FX2002, mark, "the manifest of '%.*s' is a stub", STR_ARG(lower->node->name));
  for (size_t i = 0; i < holes->list.len; i++)
    diag_note(d, holes->list.data[i].span, "still to be filled in: %.*s", STR_ARG(holes->list.data[i].what));
  diag_help(d, holes->list.len ? "fill in what is missing, then remove the mark"
                               : "nothing is missing: remove the mark");
}

static void report_missing(Lower *lower, const Holes *holes) {
  for (size_t i = 0; i < holes->list.len; i++) {
    Hole hole = holes->list.data[i];
    bool absent =
        hole.span.start == lower->node->key_span.start && hole.span.end == lower->node->key_span.end;
    Diag *d =
        diag_add(lower->bag, FX2008, hole.span,
                 absent ? "the integration '%.*s' has no %.*s" : "in '%.*s', %.*s is still to be filled in",
                 STR_ARG(lower->node->name), STR_ARG(hole.what));
    if (absent) diag_help(d, "a manifest needs a label, a purpose and a release with a provider");
  }
}

/// A block that could not be read has been reported; what is missing in it follows from that.
static void check_complete(Lower *lower) {
  if (lower->node->wrong) return;
  Holes holes = {.lower = lower};
  find_absent(&holes, CLAUSE_integration_label);
  find_absent(&holes, CLAUSE_integration_purpose);
  if (!has_provider(lower)) add_hole(&holes, lower->node->key_span, STR("release with a provider"));
  find_written_holes(&holes, lower->node);
  const Integration *row = ir_integration(lower->ir, lower->id);
  if (row->stub)
    report_stub(lower, &holes, row->stub_span);
  else
    report_missing(lower, &holes);
}

/// FX2013 and, with --phase=production, FX2014.
static void check_life(Lower *lower) {
  const Integration *row = ir_integration(lower->ir, lower->id);
  const AstNode *node = ast_child(lower->node, CLAUSE_integration_release);
  if (!node) node = ast_child(lower->node, CLAUSE_integration_implied);
  for (uint32_t i = 0; node && i < row->releases.count; i++, node = ast_next(node)) {
    const Release *release = ir_release_at(lower->ir, row->releases, i);
    if (release->status != IR_DEPRECATED || release->guide.sym) continue;
    Diag *d = diag_add(lower->bag, FX2013, ast_child(node, CLAUSE_release_status)->span,
                       "the deprecated release '%.*s' has no migration guide",
                       STR_ARG(ir_str(lower->ir, release->label.sym)));
    diag_help(
        d, "say where it is: %s",
        lower->ast->notation == DOC_FX ? "guide \"./migrations/…\"" : "migration_guide: ./migrations/…");
  }
  if (!lower->ir->production || row->fallbacks.count || row->stub || row->place == IR_PLACE_STDLIB) return;
  const AstNode *production = ast_child(lower->node, CLAUSE_integration_production);
  Diag *d = diag_add(lower->bag, FX2014, production ? production->key_span : row->span,
                     "'%.*s' goes to production without a fallback", STR_ARG(lower->node->name));
  bool fx = lower->ast->notation == DOC_FX;
  diag_help(d, "say what happens when the provider fails: '%s' keeps the concept's own markup",
            fx ? "fallback static" : "fallback: static");
}

/* The row itself */

static void lower_meta(Lower *lower, Integration *row) {
  const AstNode *node = lower->node, *stub = ast_child(node, CLAUSE_integration_stub);
  row->label = lower_text(lower, node, CLAUSE_integration_label);
  row->purpose = lower_text(lower, node, CLAUSE_integration_purpose);
  row->render = lower_text(lower, node, CLAUSE_integration_render);
  row->owner = lower_text(lower, node, CLAUSE_integration_owner);
  row->docs = lower_text(lower, node, CLAUSE_integration_docs);
  row->doc = lower_text(lower, node, CLAUSE_integration_doc);
  row->author = lower_text(lower, node, CLAUSE_integration_author);
  row->modified = lower_text(lower, node, CLAUSE_integration_modified);
  row->meta_version = lower_text(lower, node, CLAUSE_integration_meta_version);
  row->active = lower_text(lower, node, CLAUSE_integration_active);
  row->routing_strategy = lower_text(lower, node, CLAUSE_integration_strategy);
  row->migration_strategy = lower_text(lower, node, CLAUSE_integration_migration_strategy);
  row->stub = stub && stub->kind == AST_CHOICE && stub->number == 0;
  row->stub_span = stub ? stub->span : SPAN_NONE;
}

static void lower_integration(Ir *ir, const Ast *ast, const AstNode *node, IrPlaceKind place, DiagBag *bag) {
  Lower lower = {.ir = ir, .bag = bag, .node = node, .ast = ast};
  check_name(&lower, node);
  Integration row = {
      .name = lower_sym(&lower, node->name), .span = node->key_span, .source = ast->source, .place = place};
  row.whole = span_join(node->key_span, node->span);
  lower_meta(&lower, &row);
  row.tags = lower_names(&lower, node, CLAUSE_integration_tags);
  row.provides = lower_names(&lower, node, CLAUSE_integration_provides);
  row.validates = lower_names(&lower, node, CLAUSE_integration_validates);
  row.parallel_start = lower_date(node, CLAUSE_integration_parallel_start);
  row.parallel_end = lower_date(node, CLAUSE_integration_parallel_end);
  row.cutover = lower_date(node, CLAUSE_integration_cutover);
  row.rollback_until = lower_date(node, CLAUSE_integration_rollback_until);
  lower.id = ir_add_integration(ir, row);
  lower_interface(&lower);
  lower_behaviors(&lower);
  lower_releases(&lower);
  lower_runtime(&lower);
  check_complete(&lower);
  check_life(&lower);
}

void ir_lower_manifest(Ir *ir, const Ast *ast, IrPlaceKind place, DiagBag *bag) {
  for (const AstNode *node = ast_child(ast->root, CLAUSE_file_integration); node; node = ast_next(node))
    lower_integration(ir, ast, node, place, bag);
}
