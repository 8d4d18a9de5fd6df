/* integration-config.ts. In: the releases that can run and what their manifest says of run time. Out: one
 * typed constant. Surprising: the file goes to browsers, so whatever comes from the environment is left out
 * of it, but for defaults that everybody may know. */
#include "emit/bounds.h"
#include "emit/code.h"
#include "emit/places.h"
#include "emit/project_files.h"
#include "emit/releases.h"
#include "emit/runtime_data.h"
#include "passes/bindings.h"
#include "passes/failures.h"
#include "passes/repeatable.h"

#include <math.h>

static TsxNode *strings(Arena *arena, const Str *list, size_t count) {
  TsxNode *node = tsx_node(arena, TSX_ARRAY, STR(""), SPAN_NONE);
  for (size_t i = 0; i < count; i++) tsx_add(node, tsx_string(arena, list[i]));
  return node;
}

static void put_string(Arena *arena, TsxNode *object, const char *key, Str text) {
  runtime_member(arena, object, key, tsx_string(arena, text));
}

/* Releases */

// A variable with a value that everybody may know stands as this value.
static TsxNode *config_value(const Ir *ir, Arena *arena, const Release *release, ValueId id) {
  const Value *value = ir_value(ir, id);
  RefScope scope = binding_scope(ir, release, &(Binding){0});
  Reference ref;
  if (value->kind == IR_VALUE_REFERENCE &&
      reference_resolve(&scope, ir_str(ir, value->text), SPAN_NONE, &ref, NULL) && ref.kind == REF_ENV) {
    const Env *env = ir_env(ir, (EnvId){ref.row});
    return tsx_code(arena, code_literal(arena, ir, env->initial, env->type));
  }
  if (!binding_config_refers(ir, id)) return tsx_code(arena, code_value(arena, ir, id));
  bool record = value->kind == IR_VALUE_RECORD;
  TsxNode *node = record ? tsx_object(arena, 0) : tsx_node(arena, TSX_ARRAY, STR(""), SPAN_NONE);
  for (uint32_t i = 0; i < value->items.count; i++) {
    ValueId item = {value->items.first + i};
    TsxNode *code = config_value(ir, arena, release, item);
    tsx_add(node, record ? tsx_wrap(arena, TSX_PROPERTY, ir_str(ir, ir_value(ir, item)->key), code) : code);
  }
  return node;
}

// The configuration as the phase has it: what `production` overlays wins.
static TsxNode *config(const Ir *ir, Arena *arena, const Release *release) {
  TsxNode *node = tsx_object(arena, 0);
  ReleaseConfigs configs = release_configs(ir, arena, release);
  for (size_t i = 0; i < configs.len; i++) {
    const Config *row = ir_config(ir, configs.data[i]);
    if (binding_config_is_secret(ir, release, row->value)) continue;  // this file goes to browsers
    TsxNode *value = config_value(ir, arena, release, row->value);
    value->span = row->span;
    tsx_add(node, tsx_wrap(arena, TSX_PROPERTY, ir_str(ir, row->key), value));
  }
  return node;
}

static TsxNode *served_operations(const Ir *ir, Arena *arena, const Release *release) {
  ReleaseBindings bindings = release_served(ir, arena, release);
  TsxNode *node = strings(arena, NULL, 0);
  for (size_t i = 0; i < bindings.len; i++)
    tsx_add(node, tsx_string(arena, ir_str(ir, ir_binding(ir, bindings.data[i])->operation)));
  return node->first ? node : NULL;
}

static TsxNode *release_entry(const Ir *ir, Arena *arena, const Release *release) {
  TsxNode *node = tsx_object(arena, 0);
  const Overlay *overlay =
      ir->production && release->production.n ? ir_overlay(ir, release->production) : NULL;
  Str module = release_module(ir, arena, release), flag = str_trim(ir_str(ir, release->flag.sym));
  put_string(arena, node, "provider", ir_release_provider(ir, release));
  put_string(arena, node, "release", ir_str(ir, release->version.text));
  runtime_member(arena, node, "config", config(ir, arena, release));
  if (module.len) put_string(arena, node, "module", module);
  if (flag.len) put_string(arena, node, "flag", flag);
  runtime_member(arena, node, "server", served_operations(ir, arena, release));
  if (overlay && !isnan(overlay->cache.number))
    runtime_member(arena, node, "cache", tsx_number(arena, overlay->cache.number));
  return node;
}

static TsxNode *releases(const Ir *ir, Arena *arena, const ReleaseChain *chain) {
  TsxNode *node = tsx_object(arena, TSX_BREAK);
  for (size_t i = 0; i < chain->releases.len; i++) {
    const Release *row = ir_release(ir, chain->releases.data[i]);
    tsx_member(arena, node, ir_str(ir, row->label.sym), release_entry(ir, arena, row));
  }
  return node;
}

/* What holds for all of them */

static TsxNode *failures(Arena *arena, FailureSet set) {
  TsxNode *node = strings(arena, NULL, 0);
  for (unsigned f = 0; f < FAILURE_COUNT; f++)
    if (set & 1u << f) tsx_add(node, tsx_string(arena, str_from(failure_word((Failure)f))));
  return node;
}

// A link that is for every failure needs no member. One that is for a condition of the project's own, and for
// no failure, has an empty list: it takes over on none.
static TsxNode *triggers(const Ir *ir, Arena *arena, const ReleaseChain *chain) {
  TsxNode *node = tsx_object(arena, 0);
  for (size_t i = 0; i < chain->triggers.len; i++) {
    Str trigger = ir_str(ir, chain->triggers.data[i]), unknown;
    size_t offset;
    FailureSet set = trigger.len ? failures_named(trigger, &unknown, &offset) : ALL_FAILURES;
    if (set != ALL_FAILURES) tsx_member(arena, node, chain->labels.data[i], failures(arena, set));
  }
  return node->first ? node : NULL;
}

// By every release that performs it over HTTP; of a hand-written module only the manifest knows.
static bool repeats(const Ir *ir, Arena *arena, const ReleaseChain *chain, const Integration *row,
                    OperationId operation) {
  Sym name = ir_operation(ir, operation)->name;
  bool known = false;
  if (operation_may_repeat(ir, row, name)) return true;
  for (size_t r = 0; r < chain->releases.len; r++) {
    const Release *release = ir_release(ir, chain->releases.data[r]);
    ReleaseBindings bindings = release_bindings(ir, arena, release);
    if (!bindings.len && release_module(ir, arena, release).len) return false;
    for (size_t i = 0; i < bindings.len; i++) {
      const Binding *binding = ir_binding(ir, bindings.data[i]);
      if (binding->resolved.n != operation.n) continue;
      if (!binding_may_repeat(ir, row, binding)) return false;
      known = true;
    }
  }
  return known;
}

static TsxNode *repeatable(const Ir *ir, Arena *arena, const ReleaseChain *chain, const Integration *row) {
  TsxNode *node = strings(arena, NULL, 0);
  for (uint32_t i = 0; i < row->operations.count; i++) {
    OperationId id = {row->operations.first + i};
    if (repeats(ir, arena, chain, row, id))
      tsx_add(node, tsx_string(arena, ir_str(ir, ir_operation(ir, id)->name)));
  }
  return node->first ? node : NULL;
}

// Where each of them is declared.
static Str *sources(const Ir *ir, Arena *arena, UsedIntegrations used) {
  Span *spans = arena_array(arena, Span, used.count + 1);
  for (size_t i = 0; i < used.count; i++) spans[i] = ir_integration(ir, used.list[i])->span;
  return places_texts(ir->sources, arena, spans, used.count);
}

// What holds by default is known to the runtime.
static TsxNode *alerts(const Ir *ir, const ProjectSettings *settings, Arena *arena, IntegrationId id) {
  Bounds bounds = bounds_find(ir, settings, id, arena);
  TsxNode *all = strings(arena, NULL, 0);
  for (size_t i = 0; i < bounds.len; i++) {
    const Bound *bound = &bounds.data[i];
    if (bound->origin == BOUND_DEFAULT) continue;
    TsxNode *node = tsx_add(all, tsx_object(arena, 0));
    put_string(arena, node, "metric", bound->metric);
    put_string(arena, node, "is", str_from(ir_operator_name(bound->op)));
    runtime_member(arena, node, "bound", tsx_number(arena, bound->bound));
    runtime_member(arena, node, "over", tsx_number(arena, bound->window));
  }
  return all->first ? all : NULL;
}

static TsxNode *integration_entry(const Ir *ir, const ProjectSettings *settings, Arena *arena,
                                  IntegrationId id) {
  const Integration *row = ir_integration(ir, id);
  const Release *release = ir_release(ir, ir_decided_release(ir, id));
  ReleaseChain chain = release_chain(ir, arena, id);
  TsxNode *node = tsx_object(arena, TSX_BREAK);
  put_string(arena, node, "provider", ir_release_provider(ir, release));
  put_string(arena, node, "version", ir_str(ir, release->label.sym));
  put_string(arena, node, "release", ir_str(ir, release->version.text));
  runtime_member(arena, node, "config", config(ir, arena, release));
  put_string(arena, node, "fallback", chain.last_resort);
  runtime_member(arena, node, "fallbackChain", strings(arena, chain.labels.data, chain.labels.len));
  runtime_member(arena, node, "triggers", triggers(ir, arena, &chain));
  runtime_member(arena, node, "dependencies",
                 strings(arena, chain.dependencies.data, chain.dependencies.len));
  runtime_member(arena, node, "releases", releases(ir, arena, &chain));
  runtime_member(arena, node, "limits", runtime_limits(ir, arena, row->limits));
  if (!isnan(row->budget.number))
    runtime_member(arena, node, "budget", tsx_number(arena, row->budget.number));
  runtime_member(arena, node, "repeatable", repeatable(ir, arena, &chain, row));
  runtime_member(arena, node, "routes", runtime_routes(ir, arena, row->routes));
  runtime_member(arena, node, "canary", runtime_canary(ir, arena, id));
  runtime_member(arena, node, "alerts", alerts(ir, settings, arena, id));
  return node;
}

void emit_integration_config(const Ir *ir, UsedIntegrations used, const ProjectSettings *settings,
                             const Templates *templates, Arena *arena, Buf *out) {
  TsxModule module;
  tsx_module_init(&module, arena, PROJECT_ORIGIN);
  TsxNode *entries = tsx_object(arena, used.count ? TSX_BREAK : 0);
  Str *places = sources(ir, arena, used);
  for (size_t i = 0; i < used.count; i++) {
    TsxNode *entry = integration_entry(ir, settings, arena, used.list[i]);
    if (places[i].len) put_string(arena, entry, "source", places[i]);
    tsx_member(arena, entries, ir_integration_name(ir, used.list[i]), entry);
  }
  Str type = tsx_import(&module, STR("@fxc/runtime"), STR("IntegrationConfig"), true);
  TsxNode *constant = tsx_add(&module.body, tsx_node(arena, TSX_CONST, STR("integrationConfig"), SPAN_NONE));
  constant->flags |= TSX_EXPORT;
  tsx_add(constant,
          tsx_wrap(arena, TSX_AS, str_printf(arena, "const satisfies %.*s", STR_ARG(type)), entries));
  project_file_print(ir, used, templates, TEMPLATE_CONFIG, &module, out);
}
