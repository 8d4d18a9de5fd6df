/* In: NAME FROM TO and the manifests of a run. Out: the migrations on the way. Surprising: that a migration
 * exists is read from the manifest's tree, since one without rules has no rows. */
#include "ast/ast.h"
#include "base/suggest.h"
#include "workspace/migrate/round.h"

/* Finding what is named */

static bool is_unreadable(const Migrate *migrate) {
  const Compilation *base = migrate->base;
  return !base->sources || !base->project.manifests.len || strmap_find(&base->silenced, migrate->name);
}

static bool refuse_name(Migrate *migrate) {
  Compilation *base = migrate->base;
  if (is_unreadable(migrate) && base->totals.errors) return false;  // what is wrong is said already
  base->diags.list.len = 0;
  Diag *diag = diag_add(&base->diags, FX2001, SPAN_NONE, "no manifest declares the integration '%.*s'",
                        STR_ARG(migrate->name));
  Suggestion near = suggest_start(migrate->name);
  for (size_t i = 0; i < base->ir.integrations.len; i++)
    suggest_offer(&near, ir_str(&base->ir, base->ir.integrations.data[i].name));
  if (near.best.data) diag_help(diag, "did you mean '%.*s'?", STR_ARG(near.best));
  return false;
}

static bool refuse_label(Migrate *migrate, const Integration *integration, Str label) {
  Compilation *base = migrate->base;
  const Ir *ir = &base->ir;
  Suggestion near = suggest_start(label);
  Buf all = {0};
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    Str known = ir_str(ir, ir_release_at(ir, integration->releases, i)->label.sym);
    suggest_offer(&near, known);
    buf_printf(&all, "%s%.*s", i ? ", " : "", STR_ARG(known));
  }
  Diag *diag = diag_add(&base->diags, FX2009, integration->span, "'%.*s' has no release '%.*s'",
                        STR_ARG(migrate->name), STR_ARG(label));
  if (near.best.data) diag_help(diag, "did you mean '%.*s'?", STR_ARG(near.best));
  diag_help(diag, "the releases are %.*s", (int)all.len, all.data);
  buf_free(&all);
  return false;
}

/* The migrations of the manifest */

static Str literal_bytes(const Migrate *migrate, Span span) {
  Str bytes;
  if (!source_load(migrate->base->sources, span.source, &migrate->base->arena, &bytes)) return STR("");
  return str_take(str_skip(bytes, span.start), span.end - span.start);
}

static MigrateRule rule_of(const Migrate *migrate, const MigrationStep *step) {
  const Ir *ir = &migrate->base->ir;
  MigrateRule rule = {.kind = step->kind, .subject = ir_str(ir, step->subject)};
  rule.renamed = ir_str(ir, step->renamed);
  if (!step->new_value.n) return rule;
  const Value *old = ir_value(ir, step->old_value), *value = ir_value(ir, step->new_value);
  rule.old_text = ir_str(ir, old->text);
  rule.raw = literal_bytes(migrate, value->span);
  rule.text = value->text ? ir_str(ir, value->text) : rule.raw;
  return rule;
}

static void add_rules(Migrate *migrate, const Integration *integration, MigrateHop *hop) {
  const Ir *ir = &migrate->base->ir;
  for (uint32_t i = 0; i < integration->migrations.count; i++) {
    const MigrationStep *step = ir_migration_step_at(ir, integration->migrations, i);
    if (!str_eq(ir_str(ir, step->from.sym), hop->from) || !str_eq(ir_str(ir, step->to.sym), hop->to))
      continue;
    MigrateRule rule = rule_of(migrate, step);
    vec_push(&migrate->arena, &hop->rules, rule);
  }
}

typedef struct Leg {
  Str from, to;
  Span span;
} Leg;

typedef struct Ways {
  Migrate *migrate;
  VEC(Leg) legs;   // all migrations of the manifest, each once
  VEC(size_t) at;  // the way that is walked
  VEC(size_t) found;
  size_t count;  // ways that lead to TO
  size_t steps;
} Ways;

static Str text_of(const AstNode *node, ClauseId clause) {
  const AstNode *child = ast_child(node, clause);
  return child && !child->wrong && child->text.data ? child->text : STR("");
}

static void add_leg(Ways *ways, const AstNode *node) {
  Leg leg = {text_of(node, CLAUSE_migrate_from), text_of(node, CLAUSE_migrate_to), node->key_span};
  for (size_t i = 0; i < ways->legs.len; i++)
    if (str_eq(ways->legs.data[i].from, leg.from) && str_eq(ways->legs.data[i].to, leg.to)) return;
  if (leg.from.len && leg.to.len) vec_push(&ways->migrate->arena, &ways->legs, leg);
}

static void read_legs(Ways *ways, const Integration *integration) {
  Compilation *base = ways->migrate->base;
  DiagBag forgotten = {.arena = &base->arena};
  Str bytes;
  Str path = source_path(base->sources, integration->source);
  if (!source_load(base->sources, integration->source, &base->arena, &bytes)) return;
  Ast *ast = ast_read_manifest_file(&base->arena, integration->source, path, bytes, &forgotten);
  if (!ast) return;
  const AstNode *node = ast_child(ast->root, CLAUSE_file_integration);
  for (; node; node = ast_next(node)) {
    if (!str_eq(node->name, ways->migrate->name) || node->key_span.start != integration->span.start) continue;
    for (const AstNode *at = ast_child(node, CLAUSE_integration_migrate); at; at = ast_next(at))
      add_leg(ways, at);
  }
}

/* The way */

static bool is_on_way(const Ways *ways, Str label) {
  for (size_t i = 0; i < ways->at.len; i++)
    if (str_eq(ways->legs.data[ways->at.data[i]].from, label)) return true;
  return false;
}

enum { MOST_STEPS = 10000 };

// Every way without a circle; a migration that leads there at once is the only one that counts.
static void walk(Ways *ways, Str label) {
  Arena *arena = &ways->migrate->arena;
  if (str_eq(label, ways->migrate->to)) {
    if (!ways->count++)
      for (size_t i = 0; i < ways->at.len; i++) vec_push(arena, &ways->found, ways->at.data[i]);
    return;
  }
  for (size_t i = 0; i < ways->legs.len && ways->steps < MOST_STEPS; i++) {
    if (!str_eq(ways->legs.data[i].from, label) || is_on_way(ways, ways->legs.data[i].to)) continue;
    ways->steps++;
    vec_push(arena, &ways->at, i);
    walk(ways, ways->legs.data[i].to);
    ways->at.len--;
  }
}

static void find_way(Ways *ways) {
  const Migrate *migrate = ways->migrate;
  for (size_t i = 0; i < ways->legs.len; i++) {
    if (!str_eq(ways->legs.data[i].from, migrate->from) || !str_eq(ways->legs.data[i].to, migrate->to))
      continue;
    vec_push(&ways->migrate->arena, &ways->found, i);
    ways->count = 1;
    return;
  }
  walk(ways, migrate->from);
}

static bool refuse_way(Ways *ways, const Integration *integration) {
  const Migrate *migrate = ways->migrate;
  Str from = migrate->from, to = migrate->to;
  Diag *diag = ways->count ? diag_add(&migrate->base->diags, FX4008, integration->span,
                                      "several ways lead from '%.*s' to '%.*s' of '%.*s'", STR_ARG(from),
                                      STR_ARG(to), STR_ARG(migrate->name))
                           : diag_add(&migrate->base->diags, FX4008, integration->span,
                                      "the manifest of '%.*s' has no migration from '%.*s' to '%.*s'",
                                      STR_ARG(migrate->name), STR_ARG(from), STR_ARG(to));
  for (size_t i = 0; i < ways->legs.len; i++)
    diag_note(diag, ways->legs.data[i].span, "there is one from '%.*s' to '%.*s'",
              STR_ARG(ways->legs.data[i].from), STR_ARG(ways->legs.data[i].to));
  if (ways->count)
    diag_help(diag, "migrate a step at a time");
  else
    diag_help(diag,
              "write 'migrate %.*s -> %.*s { … }' (.fx), or an entry of 'migrate' with from and to (YAML)",
              STR_ARG(from), STR_ARG(to));
  return false;
}

static bool refuse_same(Migrate *migrate, const Integration *integration) {
  diag_add(&migrate->base->diags, FX4008, integration->span, "'%.*s' is where the migration starts and ends",
           STR_ARG(migrate->from));
  return false;
}

bool migrate_find(Migrate *migrate) {
  Compilation *base = migrate->base;
  const Ir *ir = &base->ir;
  IntegrationId id = base->sources ? ir_find_integration(ir, migrate->name) : (IntegrationId){0};
  if (!id.n) return refuse_name(migrate);
  base->diags.list.len = 0;  // those of the project are `fxc check`'s
  const Integration *integration = ir_integration(ir, id);
  Str labels[] = {migrate->from, migrate->to};
  for (size_t i = 0; i < 2; i++)
    if (!ir_find_release(ir, id, ir_sym(&base->ir, labels[i])).n)
      return refuse_label(migrate, integration, labels[i]);
  if (str_eq(migrate->from, migrate->to)) return refuse_same(migrate, integration);
  Ways ways = {.migrate = migrate};
  read_legs(&ways, integration);
  find_way(&ways);
  if (ways.count != 1) return refuse_way(&ways, integration);
  for (size_t i = 0; i < ways.found.len; i++) {
    const Leg *leg = &ways.legs.data[ways.found.data[i]];
    MigrateHop hop = {.from = leg->from, .to = leg->to};
    add_rules(migrate, integration, &hop);
    vec_push(&migrate->arena, &migrate->hops, hop);
  }
  migrate->activate =
      migrate->request->activate || str_eq(ir_str(ir, integration->migration_strategy.sym), STR("cutover"));
  return true;
}
