/* Secrets in runtime-overrides.json, which browsers fetch. In: Override rows. Out: FX6003 for a text that
 * looks like a key, and for one that takes the place of a secret. */
#include "passes/taint.h"

static const Config *secret_config(const Ir *ir, const Release *release, IrRange configs, Sym key) {
  for (uint32_t i = 0; i < configs.count; i++) {
    const Config *config = ir_config_at(ir, configs, i);
    if (config->key == key && binding_config_is_secret(ir, release, config->value)) return config;
  }
  return NULL;
}

// The configuration of that name which the environment fills, in any release and phase.
static const Config *filled_by_secret(const Ir *ir, const Integration *integration, Sym key) {
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    const Config *own = secret_config(ir, release, release->configs, key);
    if (!own && release->production.n)
      own = secret_config(ir, release, ir_overlay(ir, release->production)->configs, key);
    if (own) return own;
  }
  return NULL;
}

static bool may_be_key(const Value *value) {
  return value->kind == IR_VALUE_STRING || value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD;
}

static void check_config(const Ir *ir, const Integration *integration, const TaintKeys *keys,
                         const Config *config, DiagBag *diags) {
  const Value *value = ir_value(ir, config->value);
  Str text = ir_str(ir, value->text), key = ir_str(ir, config->key);
  if (!may_be_key(value) || !text.len) return;
  const Config *filled = filled_by_secret(ir, integration, config->key);
  TaintKey found = {0};
  if (!filled) {
    if (keys && taint_keys_find(keys, text, &found))
      taint_keys_report(diags, ir, found, value->span, "browsers read the overrides");
    return;
  }
  Diag *d = diag_add(diags, FX6003, value->span,
                     "a secret belongs into 'config.%.*s', and browsers read the overrides", STR_ARG(key));
  diag_hide(diags, value->span, value->kind == IR_VALUE_STRING ? text : STR(""));
  diag_label(d, value->span, "known to everybody who opens a page");
  diag_note(d, ir_value(ir, filled->value)->span, "it is taken from the environment here");
  diag_help(d, "remove it, and set the variable where the server runs");
}

void taint_overrides(const Ir *ir, TaintKeys *const *keys, DiagBag *diags) {
  for (size_t i = 0; i < ir->overrides.len; i++) {
    const Override *row = &ir->overrides.data[i];
    if (row->kind != IR_OVERRIDE_INTEGRATION) continue;
    IntegrationId id = ir_find_integration(ir, ir_str(ir, row->name.sym));
    for (uint32_t k = 0; id.n && k < row->configs.count; k++)
      check_config(ir, ir_integration(ir, id), keys[id.n], ir_config_at(ir, row->configs, k), diags);
  }
}
