#include "ir/version.h"

void ir_init(Ir *ir, Arena *arena, const Sources *sources) {
  *ir = (Ir){.arena = arena, .strings = {.arena = arena}, .sources = sources};
}

IntegrationId ir_find_integration(const Ir *ir, Str name) {
  uint32_t *found = strmap_find(&ir->by_name, name);
  return (IntegrationId){found ? *found : 0};
}

ReleaseId ir_find_release(const Ir *ir, IntegrationId integration, Sym label) {
  IrRange range = ir_integration(ir, integration)->releases;
  for (uint32_t i = 0; i < range.count; i++)
    if (ir_release_at(ir, range, i)->label.sym == label) return (ReleaseId){range.first + i};
  return (ReleaseId){0};
}

Str ir_release_provider(const Ir *ir, const Release *release) {
  const Overlay *overlay =
      ir->production && release->production.n ? ir_overlay(ir, release->production) : NULL;
  return ir_str(ir, overlay && overlay->provider.sym ? overlay->provider.sym : release->provider.sym);
}

ReleaseId ir_provider_release(const Ir *ir, IntegrationId integration, Str provider) {
  IrRange releases = ir_integration(ir, integration)->releases;
  ReleaseId best = {0};
  for (uint32_t i = 0; i < releases.count; i++) {
    const Release *release = ir_release_at(ir, releases, i);
    if (release->status == IR_RETIRED || !str_eq(ir_release_provider(ir, release), provider)) continue;
    Version now = ir_version(ir, &release->version), then = {0};
    if (best.n) then = ir_version(ir, &ir_release(ir, best)->version);
    if (!best.n || version_cmp(&now, &then) > 0) best = (ReleaseId){releases.first + i};
  }
  return best;
}

bool ir_release_ended(const Ir *ir, const Release *release) {
  return release->until.days != IR_NO_DATE && release->until.days < ir->today;
}

bool ir_is_static(Str link) { return str_eq(link, STR("static")) || str_eq(link, STR("manual-entry")); }

const char *ir_status_name(IrStatus status) {
  static const char *const names[] = {"development", "testing", "beta", "stable", "deprecated", "retired"};
  return names[status];
}

const char *ir_operator_name(IrOperator op) {
  static const char *const names[] = {"==", "!=", "<", "<=", ">", ">=", "in", "not in"};
  return names[op];
}

const char *ir_method_name(IrMethod method) {
  static const char *const names[] = {"get", "post", "put", "patch", "delete", "head"};
  return names[method];
}

const char *ir_happening_name(IrHappening happening) {
  static const char *const names[] = {"change", "input", "blur", "submit", "click"};
  return names[happening];
}
