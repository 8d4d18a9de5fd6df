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

static bool mark(char c) { return c == '-' || c == '_'; }

bool ir_same_prop(Str a, Str b) {
  size_t i = 0, j = 0;
  for (;; i++, j++) {
    while (i < a.len && mark(a.data[i])) i++;
    while (j < b.len && mark(b.data[j])) j++;
    if (i == a.len || j == b.len) return i == a.len && j == b.len;
    if (str_lower_char(a.data[i]) != str_lower_char(b.data[j])) return false;
  }
}

Str ir_prop_key(Arena *arena, Str name) {
  char *key = arena_alloc(arena, name.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < name.len; i++)
    if (!mark(name.data[i])) key[len++] = str_lower_char(name.data[i]);
  return (Str){key, len};
}

PropId ir_find_prop(const Ir *ir, IntegrationId integration, Str name) {
  IrRange range = ir_integration(ir, integration)->props;
  for (uint32_t i = 0; i < range.count; i++)
    if (ir_same_prop(ir_str(ir, ir_prop_at(ir, range, i)->name), name)) return (PropId){range.first + i};
  return (PropId){0};
}

ReleaseId ir_decided_release(const Ir *ir, IntegrationId integration) {
  for (size_t i = 0; i < ir->decisions.len; i++)
    if (ir->decisions.data[i].integration.n == integration.n) return ir->decisions.data[i].release;
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
