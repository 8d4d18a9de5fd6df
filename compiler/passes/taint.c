/* Secrets in configurations. In: variables of the environment, configurations and adapters of releases, in
 * both phases, conditions of routes. Out: FX6003 with the path from the declaration to the browser; FX2008
 * for a variable that is no secret and has no value that a browser could be told.
 *
 * What surprises: a binding is never a leak. One that needs a secret is performed by the server half
 * (secrets.c), and what its configuration holds is left out of the browser's; only an adapter that runs in
 * the browser gets all of it. */
#include "passes/taint.h"

static TypeId declared_secret(Taint *run, TypeId type) {
  const Ir *ir = run->ir;
  VEC(TypeDeclId) entered = {0};
  VEC(TypeId) queue = {0};
  Arena scratch = {0};
  TypeId found = {0};
  run->round++;
  vec_push(&scratch, &queue, type);
  for (size_t i = 0; i < queue.len && !found.n; i++) {
    const Type *row = ir_type(ir, queue.data[i]);
    if (row->kind == IR_TYPE_SECRET) found = queue.data[i];
    if (row->element.n) vec_push(&scratch, &queue, row->element);
    TypeDeclId decl = row->kind == IR_TYPE_NAMED ? row->decl : (TypeDeclId){0};
    if (!decl.n || run->entered[decl.n] == run->round || run->clean[decl.n]) continue;
    run->entered[decl.n] = run->round;
    vec_push(&scratch, &entered, decl);
    IrRange fields = ir_type_decl(ir, decl)->fields;
    for (uint32_t f = 0; f < fields.count; f++)
      if (ir_field_at(ir, fields, f)->type.n) vec_push(&scratch, &queue, ir_field_at(ir, fields, f)->type);
  }
  for (size_t i = 0; i < entered.len && !found.n; i++) run->clean[entered.data[i].n] = true;
  arena_free(&scratch);
  return found;
}

// Most types are one word.
TypeId taint_secret_type(Taint *run, TypeId type) {
  while (type.n && ir_type(run->ir, type)->element.n) type = ir_type(run->ir, type)->element;
  if (!type.n || ir_type(run->ir, type)->kind == IR_TYPE_SECRET) return type;
  return ir_type(run->ir, type)->kind == IR_TYPE_NAMED ? declared_secret(run, type) : (TypeId){0};
}

/* Variables */

static const Env *env_in(const Ir *ir, IrRange envs, Str name) {
  for (uint32_t i = 0; i < envs.count; i++)
    if (str_eq(ir_str(ir, ir_env_at(ir, envs, i)->name), name)) return ir_env_at(ir, envs, i);
  return NULL;
}

const Env *taint_find_env(const Ir *ir, const Integration *integration, Str name) {
  const Env *found = NULL;
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    const Env *own = env_in(ir, release->envs, name);
    const Env *over =
        release->production.n ? env_in(ir, ir_overlay(ir, release->production)->envs, name) : NULL;
    if (own && own->secret) return own;
    if (over && over->secret) return over;
    if (!found) found = own ? own : over;
  }
  return found;
}

// "env.NAME" names NAME.
static bool names_env(Str text, Str *name) {
  Str first;
  return str_split(&text, '.', &first) && str_eq(first, STR("env")) && str_split(&text, '.', name);
}

/* Configurations */

// One release as one phase has it.
typedef struct Flow {
  Taint *run;
  const Release *release;
  const Overlay *overlay, *other;  // of this phase, or NULL; of the release
  const Config *config;
} Flow;

// The phase's own declaration goes first; one of the other phase is known all the same.
static const Env *env_of(const Flow *flow, Str name) {
  const Ir *ir = flow->run->ir;
  const Env *env = flow->overlay ? env_in(ir, flow->overlay->envs, name) : NULL;
  if (!env) env = env_in(ir, flow->release->envs, name);
  return env || !flow->other ? env : env_in(ir, flow->other->envs, name);
}

static const IrText *module_of(const Flow *flow) {
  return flow->overlay && flow->overlay->module.sym ? &flow->overlay->module : &flow->release->module;
}

// Without bindings the configuration is for an adapter that runs in the browser.
static bool runs_in_browser(const Flow *flow) {
  if (module_of(flow)->sym) return true;
  return !flow->release->bindings.count && !(flow->overlay && flow->overlay->bindings.count);
}

static void note_adapter(const Flow *flow, Diag *d) {
  const IrText *module = module_of(flow), *provider = &flow->release->provider;
  if (flow->overlay && flow->overlay->provider.sym) provider = &flow->overlay->provider;
  const char *phase = flow->overlay ? "in production " : "";
  if (module->sym)
    diag_note(d, module->span, "%sthis adapter gets the configuration; it runs in the browser", phase);
  else if (provider->sym)
    diag_note(d, provider->span,
              "%sthe adapter of '%.*s' gets the configuration; it runs in the browser, as nothing is bound",
              phase, STR_ARG(ir_str(flow->run->ir, provider->sym)));
}

static void report_secret(const Flow *flow, const Value *value, const Env *env, Str path) {
  const Ir *ir = flow->run->ir;
  Str name = ir_str(ir, env->name);
  Diag *d =
      diag_add(flow->run->diags, FX6003, value->span,
               "the secret '%.*s' would reach the browser through '%.*s'", STR_ARG(name), STR_ARG(path));
  diag_label(d, value->span, "sent to the browser");
  diag_note(d, env->span, "declared as a secret here");
  diag_note(d, flow->config->span, "'config.%.*s' holds it", STR_ARG(ir_str(ir, flow->config->key)));
  note_adapter(flow, d);
  diag_help(d, "use it in an http binding, which then runs on the server; a key that is public is a string");
}

static void report_unknown(const Flow *flow, const Value *value, const Env *env) {
  Diag *d =
      diag_add(flow->run->diags, FX2008, value->span, "'%.*s' has no value that a browser could be told",
               STR_ARG(ir_str(flow->run->ir, env->name)));
  diag_label(d, value->span, "sent to the browser");
  diag_note(d, env->span, "declared here without a default");
  diag_help(d, "give it a default, or use it in an http binding, which then runs on the server");
}

static void follow(const Flow *flow, ValueId id, Str path) {
  Taint *run = flow->run;
  const Value *value = ir_value(run->ir, id);
  Str name;
  if (value->kind == IR_VALUE_REFERENCE && names_env(ir_str(run->ir, value->text), &name)) {
    const Env *env = env_of(flow, name);
    if (!env || binding_env_is_public(env) || run->said[id.n]) return;
    run->said[id.n] = true;
    if (env->secret)
      report_secret(flow, value, env, path);
    else
      report_unknown(flow, value, env);
  }
  bool record = value->kind == IR_VALUE_RECORD;
  for (uint32_t i = 0; (record || value->kind == IR_VALUE_LIST) && i < value->items.count; i++) {
    Str key = ir_str(run->ir, ir_value_at(run->ir, value->items, i)->key);
    Str inner = record ? str_printf(run->diags->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(key))
                       : str_printf(run->diags->arena, "%.*s[%u]", STR_ARG(path), i);
    follow(flow, (ValueId){value->items.first + i}, inner);
  }
}

static bool overlaid(const Flow *flow, Sym key) {
  for (uint32_t i = 0; flow->overlay && i < flow->overlay->configs.count; i++)
    if (ir_config_at(flow->run->ir, flow->overlay->configs, i)->key == key) return true;
  return false;
}

static void follow_all(Flow *flow, IrRange configs, bool hides) {
  for (uint32_t i = 0; i < configs.count; i++) {
    flow->config = ir_config_at(flow->run->ir, configs, i);
    if (!flow->config->value.n || (hides && overlaid(flow, flow->config->key))) continue;
    Str key = ir_str(flow->run->ir, flow->config->key);
    follow(flow, flow->config->value, str_concat(flow->run->diags->arena, STR("config."), key));
  }
}

static void check_phase(Taint *run, const Release *release, const Overlay *overlay, const Overlay *other) {
  Flow flow = {.run = run, .release = release, .overlay = overlay, .other = other};
  if (!runs_in_browser(&flow)) return;
  follow_all(&flow, release->configs, true);
  if (overlay) follow_all(&flow, overlay->configs, false);
}

/* Values of secrets in the manifest */

static void check_defaults(Taint *run, IrRange envs) {
  for (uint32_t i = 0; i < envs.count; i++) {
    const Env *env = ir_env_at(run->ir, envs, i);
    if (!env->secret || !env->initial.n) continue;
    const Value *value = ir_value(run->ir, env->initial);
    Diag *d =
        diag_add(run->diags, FX6003, value->span, "the value of the secret '%.*s' stands in its manifest",
                 STR_ARG(ir_str(run->ir, env->name)));
    diag_hide(run->diags, value->span, ir_str(run->ir, value->text));
    diag_label(d, value->span, "known to everybody who reads the file");
    diag_note(d, env->span, "declared as a secret here");
    diag_help(d, "take the default away and put the value into the environment or '.env'");
  }
}

/* Conditions of routes, which browsers evaluate */

static void check_condition(Taint *run, ValueId id) {
  const Ir *ir = run->ir;
  const Value *value = ir_value(ir, id);
  Str text = ir_str(ir, value->text), name;
  for (uint32_t i = 0; value->kind == IR_VALUE_LIST && i < value->items.count; i++)
    check_condition(run, (ValueId){value->items.first + i});
  if (value->kind != IR_VALUE_REFERENCE || !names_env(text, &name)) return;
  const Env *env = taint_find_env(ir, run->integration, name);
  if (!env) return;  // a text that only looks like one
  if (!env->secret) {
    Diag *d = diag_add(run->diags, FX2007, value->span, "a condition can not look at '%.*s'", STR_ARG(text));
    diag_help(d, "routes are chosen in the browser: write the value out");
    return;
  }
  Diag *d = diag_add(run->diags, FX6003, value->span,
                     "the secret '%.*s' would reach the browser in a condition", STR_ARG(name));
  diag_label(d, value->span, "routes are chosen in the browser");
  diag_note(d, env->span, "declared as a secret here");
  diag_help(d, "compare with something that browsers may know");
}

static void check_conditions(Taint *run) {
  const Ir *ir = run->ir;
  for (uint32_t i = 0; i < run->integration->routes.count; i++) {
    IrRange rows = ir_route_at(ir, run->integration->routes, i)->conditions;
    for (uint32_t k = 0; k < rows.count; k++)
      if (ir_condition_at(ir, rows, k)->value.n) check_condition(run, ir_condition_at(ir, rows, k)->value);
  }
}

static void check_release(Taint *run, const Release *release) {
  const Overlay *over = release->production.n ? ir_overlay(run->ir, release->production) : NULL;
  check_defaults(run, release->envs);
  if (over) check_defaults(run, over->envs);
  check_phase(run, release, NULL, over);
  if (over) check_phase(run, release, over, over);
}

void pass_taint(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  Taint run = {.ir = ir, .diags = diags};
  run.said = arena_array(ir->arena, bool, ir->values.len + 1);
  run.entered = arena_array(ir->arena, uint32_t, ir->type_decls.len + 1);
  run.clean = arena_array(ir->arena, bool, ir->type_decls.len + 1);
  run.types = arena_array(ir->arena, Diag *, ir->types.len + 1);
  TaintKeys **keys = arena_array(ir->arena, TaintKeys *, ir->integrations.len + 1);
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    run.integration = ir_integration(ir, (IntegrationId){n});
    if (run.integration->shadowed) continue;
    for (uint32_t i = 0; i < run.integration->releases.count; i++)
      check_release(&run, ir_release_at(ir, run.integration->releases, i));
    check_conditions(&run);
    taint_types(&run);
    keys[n] = taint_keys_of(ir->arena, ir, run.integration);
    if (keys[n]) taint_literals(&run, keys[n]);
  }
  taint_pages(ir, keys, diags);
  taint_overrides(ir, keys, diags);
}
