/* In: releases, what production changes in them, what they require. Out: their rows. A manifest without
 * `versions` has one release, made from `prototype`; beside `versions`, releases of the same provider (or of
 * none) take from `prototype` what they do not say. Production of the whole integration holds for every
 * release that has none of its own. */
#include "base/suggest.h"
#include "ir/interpolation.h"
#include "ir/lower.h"
#include "ir/version.h"

// `secret?` and `secret[]` are secrets too.
static bool is_secret(const Ir *ir, TypeId type) {
  while (type.n && ir_type(ir, type)->element.n) type = ir_type(ir, type)->element;
  return type.n && ir_type(ir, type)->kind == IR_TYPE_SECRET;
}

static IrRange add_envs(Lower *lower, const AstNode *block, ClauseId clause) {
  uint32_t start = lower_start(lower, envs);
  for (const AstNode *node = ast_child(block, clause); node; node = ast_next(node)) {
    Env env = {.name = lower_sym(lower, node->name), .span = node->key_span};
    env.type = lower_type(lower, ast_child(node, CLAUSE_env_type));
    env.secret = is_secret(lower->ir, env.type);
    env.pattern = lower_text(lower, node, CLAUSE_env_pattern);
    env.initial = lower_literal(lower, ast_child(node, CLAUSE_env_initial), env.type);
    ir_add_env(lower->ir, env);
  }
  return lower_range(lower, envs, start);
}

/// In .fx texts stand in quotes: a bare word is the name of a parameter, or a slip of the pen. The row is a
/// text's all the same, as that of the YAML twin is.
static void check_bare_word(Lower *lower, const AstNode *operation, const Value *value, Str text, Str first) {
  bool bare = value->span.end - value->span.start == text.len && first.len == text.len;
  if (lower->ast->notation != DOC_FX || !bare) return;
  Suggestion near = suggest_start(text);
  for (const AstNode *param = ast_child(operation, CLAUSE_operation_param); param; param = ast_next(param))
    suggest_offer(&near, param->name);
  Diag *d = diag_add(lower->bag, FX2006, value->span, "operation '%.*s' has no parameter '%.*s'",
                     STR_ARG(operation->name), STR_ARG(text));
  diag_label(d, value->span, "not declared");
  if (near.best.data)
    diag_fix(d, DIAG_MAYBE, value->span, near.best, "replace with '%.*s'", STR_ARG(near.best));
  diag_help(d, "a text stands in quotes");
}

/// A text that is exactly a parameter's name is the parameter; behind a dot it goes on to its members.
static void mark_parameters(Lower *lower, Binding binding, IrRange values) {
  const AstNode *operation = ast_child(lower->node, CLAUSE_integration_operation);
  while (operation && lower_sym(lower, operation->name) != binding.operation) operation = ast_next(operation);
  if (!operation) return;
  for (uint32_t i = 0; i < values.count; i++) {
    Value *value = ir_value_at(lower->ir, values, i);
    if (value->kind != IR_VALUE_STRING) continue;
    const AstNode *param = ast_child(operation, CLAUSE_operation_param);
    Str first, text = ir_str(lower->ir, value->text);
    bool path = interpolation_is_path(text, &first);
    if (!path) first = text;
    while (param && !str_eq(param->name, first)) param = ast_next(param);
    if (param)
      value->kind = IR_VALUE_REFERENCE;
    else if (path)
      check_bare_word(lower, operation, value, text, first);
  }
}

static ValueId binding_value(Lower *lower, Binding binding, const AstNode *node, ClauseId clause) {
  uint32_t start = lower_start(lower, values);
  ValueId value = lower_value(lower, ast_child(node, clause));
  mark_parameters(lower, binding, lower_range(lower, values, start));
  return value;
}

static void binding_method(Lower *lower, Binding *binding, const AstNode *node) {
  static const struct {
    ClauseId clause;
    IrMethod method;
  } methods[] = {{CLAUSE_binding_get, IR_GET},       {CLAUSE_binding_post, IR_POST},
                 {CLAUSE_binding_put, IR_PUT},       {CLAUSE_binding_patch, IR_PATCH},
                 {CLAUSE_binding_delete, IR_DELETE}, {CLAUSE_binding_head, IR_HEAD}};
  const AstNode *first = NULL;
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
    const AstNode *found = ast_child(node, methods[i].clause);
    if (!found) continue;
    if (first) {
      Diag *d = diag_add(lower->bag, FX2003, found->key_span, "a binding has one method");
      diag_note(d, first->key_span, "it has this one already");
      continue;
    }
    first = found;
    binding->method = methods[i].method;
    binding->url = lower_text_of(lower, found);
  }
  if (first || node->wrong) return;
  Diag *d = diag_add(lower->bag, FX2008, node->key_span, "the binding of '%.*s' has no method and URL",
                     STR_ARG(node->name));
  diag_help(d, "write one of get, post, put, patch, delete, head and the URL behind it");
}

static IrRange add_bindings(Lower *lower, const AstNode *block, ClauseId clause) {
  uint32_t start = lower_start(lower, bindings);
  for (const AstNode *node = ast_child(block, clause); node; node = ast_next(node)) {
    Binding binding = {.operation = lower_sym(lower, node->name), .span = node->key_span};
    const AstNode *form = ast_child(node, CLAUSE_binding_form), *json = ast_child(node, CLAUSE_binding_json);
    if (form && json) {
      Diag *d = diag_add(lower->bag, FX2003, form->key_span, "a request has one body");
      diag_note(d, json->key_span, "it has this one already");
    }
    binding_method(lower, &binding, node);
    binding.query = binding_value(lower, binding, node, CLAUSE_binding_query);
    binding.headers = binding_value(lower, binding, node, CLAUSE_binding_headers);
    binding.body = binding_value(lower, binding, node, form ? CLAUSE_binding_form : CLAUSE_binding_json);
    binding.body_kind = !binding.body.n ? IR_BODY_NONE : form ? IR_BODY_FORM : IR_BODY_JSON;
    binding.basic = binding_value(lower, binding, node, CLAUSE_binding_basic);
    binding.bearer = binding_value(lower, binding, node, CLAUSE_binding_bearer);
    binding.each = lower_text(lower, node, CLAUSE_binding_each);
    binding.result = lower_value(lower, ast_child(node, CLAUSE_binding_result));
    ir_add_binding(lower->ir, binding);
  }
  return lower_range(lower, bindings, start);
}

static OverlayId add_overlay(Lower *lower, const AstNode *node) {
  if (!node || node->wrong) return (OverlayId){0};
  Overlay overlay = {.span = node->key_span};
  overlay.provider = lower_text(lower, node, CLAUSE_overlay_provider);
  overlay.sdk = lower_version_range(lower, ast_child(node, CLAUSE_overlay_sdk));
  overlay.module = lower_text(lower, node, CLAUSE_overlay_module);
  overlay.configs = lower_configs(lower, node, CLAUSE_overlay_config);
  overlay.envs = add_envs(lower, node, CLAUSE_overlay_env);
  overlay.bindings = add_bindings(lower, node, CLAUSE_overlay_binding);
  overlay.origins = lower_configs(lower, node, CLAUSE_overlay_origin);
  overlay.optimizations = lower_names(lower, node, CLAUSE_overlay_optimization);
  overlay.monitoring = lower_configs(lower, node, CLAUSE_overlay_monitoring);
  overlay.cache = lower_number(node, CLAUSE_overlay_cache);
  overlay.quota = lower_number(node, CLAUSE_overlay_quota);
  return ir_add_overlay(lower->ir, overlay);
}

static IrRange add_features(Lower *lower, const AstNode *node) {
  uint32_t start = lower_start(lower, features);
  for (const AstNode *child = ast_child(node, CLAUSE_release_feature); child; child = ast_next(child)) {
    IrText text = lower_text_of(lower, child);
    if (text.sym) ir_add_feature(lower->ir, (Feature){text.sym, text.span});
  }
  return lower_range(lower, features, start);
}

static IrRange add_rollout(Lower *lower, const AstNode *node) {
  uint32_t start = lower_start(lower, rollouts);
  for (const AstNode *stage = ast_child(node, CLAUSE_release_rollout); stage; stage = ast_next(stage)) {
    IrRange groups = lower_names(lower, stage, CLAUSE_rollout_group);
    ir_add_rollout(lower->ir, (Rollout){lower_sym(lower, stage->name), groups, stage->key_span});
  }
  return lower_range(lower, rollouts, start);
}

/// Where a release's clause is said: in the release, else in the `prototype` that it builds on.
static const AstNode *said_in(Lower *lower, const AstNode *node, ClauseId clause) {
  const AstNode *base = ast_child(lower->node, CLAUSE_integration_implied);
  if (!base || base == node || base->wrong || ast_child(node, clause)) return node;
  const AstNode *mine = ast_child(node, CLAUSE_release_provider),
                *its = ast_child(base, CLAUSE_release_provider);
  return !mine || (its && str_eq(mine->text, its->text)) ? base : node;
}

static Release make_release(Lower *lower, const AstNode *node, OverlayId common) {
  Release row = {.integration = lower->id, .span = node->key_span};
  const AstNode *status = ast_child(node, CLAUSE_release_status),
                *own = ast_child(node, CLAUSE_release_production);
  // A version of the SDK belongs to the provider beside it.
  const AstNode *sdk =
      ast_child(node, CLAUSE_release_provider) ? node : said_in(lower, node, CLAUSE_release_sdk);
  row.status = status && status->kind == AST_CHOICE ? (IrStatus)status->number : IR_STABLE;
  row.provider = lower_text(lower, said_in(lower, node, CLAUSE_release_provider), CLAUSE_release_provider);
  row.sdk = lower_version_range(lower, ast_child(sdk, CLAUSE_release_sdk));
  row.flag = lower_text(lower, node, CLAUSE_release_flag);
  row.module = lower_text(lower, said_in(lower, node, CLAUSE_release_module), CLAUSE_release_module);
  row.guide = lower_text(lower, node, CLAUSE_release_guide);
  row.replaced_by = lower_text(lower, node, CLAUSE_release_replaced_by);
  row.trigger = lower_text(lower, node, CLAUSE_release_trigger);
  row.released = lower_date(node, CLAUSE_release_released);
  row.available_from = lower_date(node, CLAUSE_release_available_from);
  row.until = lower_date(node, CLAUSE_release_until);
  row.quota = lower_number(said_in(lower, node, CLAUSE_release_quota), CLAUSE_release_quota);
  row.features = add_features(lower, said_in(lower, node, CLAUSE_release_feature));
  row.configs = lower_configs(lower, said_in(lower, node, CLAUSE_release_config), CLAUSE_release_config);
  row.origins = lower_configs(lower, said_in(lower, node, CLAUSE_release_origin), CLAUSE_release_origin);
  row.envs = add_envs(lower, said_in(lower, node, CLAUSE_release_env), CLAUSE_release_env);
  row.bindings = add_bindings(lower, said_in(lower, node, CLAUSE_release_binding), CLAUSE_release_binding);
  row.breaking_changes = lower_names(lower, node, CLAUSE_release_breaking_change);
  row.rollout = add_rollout(lower, node);
  row.production = own ? add_overlay(lower, own) : common;
  return row;
}

static IrVersion label_version(Lower *lower, const AstNode *node) {
  Version version;
  if (version_from_label(node->name, &version)) {
    Str text = version_text(lower->bag->arena, &version);
    return ir_version_row(lower->ir, &version, text, node->key_span);
  }
  Diag *d =
      diag_add(lower->bag, FX2008, node->key_span, "the release '%.*s' has no version", STR_ARG(node->name));
  diag_help(d, "a label such as v3 is a version by itself; else add 'version: \"3.0.0\"'");
  return (IrVersion){.text = lower_sym(lower, node->name), .span = node->key_span};
}

static void add_versioned(Lower *lower, const AstNode *node, OverlayId common) {
  Release row = make_release(lower, node, common);
  const AstNode *version = ast_child(node, CLAUSE_release_version);
  row.label = (IrText){lower_sym(lower, node->name), node->key_span};
  row.version =
      version && version->kind != AST_HOLE ? lower_version(lower, version) : label_version(lower, node);
  ir_add_release(lower->ir, row);
}

/// The one release of a manifest without `versions`: labelled `v` and the major of its version.
static void add_implied(Lower *lower, const AstNode *node, OverlayId common) {
  static const AstNode nothing;
  Release row = make_release(lower, node ? node : &nothing, common);
  const AstNode *version = ast_child(lower->node, CLAUSE_integration_meta_version);
  Version one = {.major = 1};
  row.version = version ? lower_version(lower, version) : (IrVersion){0};
  if (!row.version.valid)
    row.version =
        ir_version_row(lower->ir, &one, STR("1.0.0"), node ? node->key_span : lower->node->key_span);
  Str label = str_printf(lower->bag->arena, "v%llu", (unsigned long long)row.version.major);
  row.label = (IrText){lower_sym(lower, label), row.version.span};
  row.span = node ? node->key_span : lower->node->key_span;
  row.implied = true;
  ir_add_release(lower->ir, row);
}

/* Requirements */

/// The names that have a range: named again without one, such as by an annotation, they are no further
/// requirement.
static StrMap names_with_range(Lower *lower, const AstNode *block, ClauseId clause) {
  StrMap names = {0};
  for (const AstNode *node = ast_child(block, clause); node; node = ast_next(node))
    if (node->kind != AST_NONE) strmap_put(lower->bag->arena, &names, node->name, NULL);
  return names;
}

static void add_requirements(Lower *lower, const AstNode *block, ClauseId clause, IrRequirementKind kind,
                             ReleaseId release) {
  StrMap ranged = names_with_range(lower, block, clause);
  for (const AstNode *node = ast_child(block, clause); node; node = ast_next(node)) {
    if (node->kind == AST_NONE && strmap_find(&ranged, node->name)) continue;
    Requirement row = {.integration = lower->id, .release = release, .kind = kind};
    row.target = lower_sym(lower, node->name);
    row.span = node->key_span;
    row.range = lower_version_range(lower, node);
    if (node->name.len) ir_add_requirement(lower->ir, row);
  }
}

static void add_compatibility(Lower *lower, const AstNode *node) {
  ReleaseId release = ir_find_release(lower->ir, lower->id, lower_sym(lower, node->name));
  if (!release.n) {
    Suggestion search = suggest_start(node->name);
    IrRange all = ir_integration(lower->ir, lower->id)->releases;
    for (uint32_t i = 0; i < all.count; i++)
      suggest_offer(&search, ir_str(lower->ir, ir_release_at(lower->ir, all, i)->label.sym));
    Diag *d =
        diag_add(lower->bag, FX2009, node->key_span, "no release is labelled '%.*s'", STR_ARG(node->name));
    if (search.best.data)
      diag_fix(d, DIAG_MAYBE, node->key_span, search.best, "replace with '%.*s'", STR_ARG(search.best));
    else
      diag_help(d, "write a label that stands under 'versions'");
    return;
  }
  add_requirements(lower, node, CLAUSE_compatibility_requires, IR_REQUIRES, release);
  add_requirements(lower, node, CLAUSE_compatibility_optional, IR_OPTIONAL, release);
  add_requirements(lower, node, CLAUSE_compatibility_conflicts, IR_CONFLICTS, release);
}

static void add_all_requirements(Lower *lower) {
  uint32_t start = lower_start(lower, requirements);
  ReleaseId all = {0};
  IrRange releases = ir_integration(lower->ir, lower->id)->releases;
  add_requirements(lower, lower->node, CLAUSE_integration_requires, IR_REQUIRES, all);
  add_requirements(lower, lower->node, CLAUSE_integration_optional, IR_OPTIONAL, all);
  add_requirements(lower, lower->node, CLAUSE_integration_conflicts, IR_CONFLICTS, all);
  const AstNode *node = ast_child(lower->node, CLAUSE_integration_release);
  if (!node) node = ast_child(lower->node, CLAUSE_integration_implied);
  for (uint32_t i = 0; node && i < releases.count; i++, node = ast_next(node)) {
    ReleaseId release = {releases.first + i};
    add_requirements(lower, node, CLAUSE_release_requires, IR_REQUIRES, release);
    add_requirements(lower, node, CLAUSE_release_optional, IR_OPTIONAL, release);
    add_requirements(lower, node, CLAUSE_release_conflicts, IR_CONFLICTS, release);
  }
  for (node = ast_child(lower->node, CLAUSE_integration_compatibility); node; node = ast_next(node))
    add_compatibility(lower, node);
  ir_integration(lower->ir, lower->id)->requirements = lower_range(lower, requirements, start);
}

void lower_releases(Lower *lower) {
  const AstNode *first = ast_child(lower->node, CLAUSE_integration_release), *node = first;
  const AstNode *implied = ast_child(lower->node, CLAUSE_integration_implied);
  OverlayId common = add_overlay(lower, ast_child(lower->node, CLAUSE_integration_production));
  uint32_t start = lower_start(lower, releases);
  for (; node; node = ast_next(node)) add_versioned(lower, node, common);
  if (!first && (implied || common.n))
    add_implied(lower, implied, common);
  else
    lower_version(lower, ast_child(lower->node, CLAUSE_integration_meta_version));  // only to report a fault
  ir_integration(lower->ir, lower->id)->releases = lower_range(lower, releases, start);
  add_all_requirements(lower);
}
