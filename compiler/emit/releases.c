#include "emit/releases.h"

#include "base/file.h"

#include "ir/version.h"
#include "passes/bindings.h"

static const Overlay *overlay_of(const Ir *ir, const Release *release) {
  return ir->production && release->production.n ? ir_overlay(ir, release->production) : NULL;
}

// "./adapter" of "integrations/a.yaml" is "../integrations/adapter" for what stands in "generated".
static Str from_output(const Ir *ir, Arena *arena, SourceId manifest, Str module) {
  Str folder = path_directory(source_root_path(ir->sources, manifest));
  Str path = path_relative(arena, ir->output.len ? ir->output : STR("."), path_join(arena, folder, module));
  return str_starts(path, STR("../")) ? path : str_concat(arena, STR("./"), path);
}

static Sym module_named(const Ir *ir, const Release *release) {
  const Overlay *overlay = overlay_of(ir, release);
  return overlay && overlay->module.sym ? overlay->module.sym : release->module.sym;
}

static bool rebound(const Ir *ir, const Overlay *overlay, Sym operation) {
  for (uint32_t i = 0; overlay && i < overlay->bindings.count; i++)
    if (ir_binding_at(ir, overlay->bindings, i)->operation == operation) return true;
  return false;
}

ReleaseBindings release_bindings(const Ir *ir, Arena *arena, const Release *release) {
  const Overlay *overlay = overlay_of(ir, release);
  ReleaseBindings bindings = {0};
  if (module_named(ir, release)) return bindings;
  for (uint32_t i = 0; i < release->bindings.count; i++)
    if (!rebound(ir, overlay, ir_binding_at(ir, release->bindings, i)->operation))
      vec_push(arena, &bindings, (BindingId){release->bindings.first + i});
  for (uint32_t i = 0; overlay && i < overlay->bindings.count; i++)
    vec_push(arena, &bindings, (BindingId){overlay->bindings.first + i});
  return bindings;
}

ReleaseBindings release_served(const Ir *ir, Arena *arena, const Release *release) {
  ReleaseBindings all = release_bindings(ir, arena, release), served = {0};
  for (size_t i = 0; i < all.len; i++) {
    const Binding *binding = ir_binding(ir, all.data[i]);
    if (binding->resolved.n && binding_is_secret(ir, release, binding)) vec_push(arena, &served, all.data[i]);
  }
  return served;
}

Str release_module(const Ir *ir, Arena *arena, const Release *release) {
  Str module = ir_str(ir, module_named(ir, release));
  if (!module.len && release_bindings(ir, arena, release).len)
    return str_printf(arena, "./bindings/%.*s/%.*s",
                      STR_ARG(ir_str(ir, ir_integration(ir, release->integration)->name)),
                      STR_ARG(ir_str(ir, release->label.sym)));
  const Integration *integration = ir_integration(ir, release->integration);
  bool relative = str_starts(module, STR("./")) || str_starts(module, STR("../"));
  // Outside of the project there is no way back that would hold on another machine.
  bool outside = integration->place != IR_PLACE_PROJECT || str_starts(ir->output, STR("/"));
  return relative && !outside ? from_output(ir, arena, integration->source, module) : module;
}

static bool overlaid(const Ir *ir, const Overlay *overlay, Sym key) {
  if (!overlay) return false;
  for (uint32_t i = 0; i < overlay->configs.count; i++)
    if (ir_config_at(ir, overlay->configs, i)->key == key) return true;
  return false;
}

ReleaseConfigs release_configs(const Ir *ir, Arena *arena, const Release *release) {
  const Overlay *overlay = overlay_of(ir, release);
  ReleaseConfigs configs = {0};
  for (uint32_t i = 0; i < release->configs.count; i++)
    if (!overlaid(ir, overlay, ir_config_at(ir, release->configs, i)->key))
      vec_push(arena, &configs, (ConfigId){release->configs.first + i});
  for (uint32_t i = 0; overlay && i < overlay->configs.count; i++)
    vec_push(arena, &configs, (ConfigId){overlay->configs.first + i});
  return configs;
}

static bool has_release(const ReleaseChain *chain, ReleaseId id) {
  for (size_t i = 0; i < chain->releases.len; i++)
    if (chain->releases.data[i].n == id.n) return true;
  return false;
}

static bool comes_before(const Ir *ir, ReleaseId a, ReleaseId b) {
  const Release *x = ir_release(ir, a), *y = ir_release(ir, b);
  Version first = ir_version(ir, &x->version), second = ir_version(ir, &y->version);
  int order = version_cmp(&first, &second);
  return order ? order < 0 : str_cmp(ir_str(ir, x->label.sym), ir_str(ir, y->label.sym)) < 0;
}

// The oldest first: of the releases of one provider the runtime takes the last.
static void add_release(const Ir *ir, Arena *arena, ReleaseChain *chain, ReleaseId id) {
  if (!id.n || has_release(chain, id)) return;
  vec_push(arena, &chain->releases, id);
  size_t at = chain->releases.len - 1;
  for (; at > 0 && comes_before(ir, id, chain->releases.data[at - 1]); at--)
    chain->releases.data[at] = chain->releases.data[at - 1];
  chain->releases.data[at] = id;
}

static ReleaseId find_label(const Ir *ir, const Integration *integration, Str label) {
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    if (release->status != IR_RETIRED && str_eq(ir_str(ir, release->label.sym), label))
      return (ReleaseId){integration->releases.first + i};
  }
  return (ReleaseId){0};
}

// The chosen release if that provider does its work, else the provider's newest.
static ReleaseId release_of_provider(const Ir *ir, IntegrationId integration, Str provider,
                                     ReleaseId chosen) {
  if (chosen.n && str_eq(ir_release_provider(ir, ir_release(ir, chosen)), provider)) return chosen;
  return ir_provider_release(ir, integration, provider);
}

// Code does not depend on the overrides that lie beside it where it is built.
static bool counts(const LiveRelease *live) { return live->why != IR_LIVE_OVERRIDE || live->otherwise; }

// What the environment switches off is not part of the build, nor is what came to its end.
static bool is_live(const Ir *ir, IntegrationId integration, ReleaseId release) {
  bool any = false;
  LiveReleaseId id = {0};
  while ((id = ir_next_live(ir, integration, id)).n) {
    const LiveRelease *live = ir_live_release(ir, id);
    if (!counts(live)) continue;
    if (live->release.n == release.n) return true;
    any = true;
  }
  return !any;
}

// Its own trigger goes before the one of the release that it names.
static Sym trigger_of(const Ir *ir, const Fallback *link, ReleaseId release) {
  return link->trigger.sym ? link->trigger.sym : ir_release(ir, release)->trigger.sym;
}

static void add_fallbacks(const Ir *ir, Arena *arena, ReleaseChain *chain, IntegrationId id,
                          ReleaseId chosen) {
  const Integration *integration = ir_integration(ir, id);
  for (uint32_t i = 0; i < integration->fallbacks.count; i++) {
    const Fallback *fallback = ir_fallback_at(ir, integration->fallbacks, i);
    if (fallback->kind == IR_FALLBACK_STATIC) {
      chain->last_resort = ir_str(ir, fallback->name);
      return;  // nothing comes behind what always works
    }
    ReleaseId release = fallback->release;
    if (!release.n && fallback->kind == IR_FALLBACK_PROVIDER)
      release = release_of_provider(ir, id, ir_str(ir, fallback->name), chosen);
    if (!release.n || release.n == chosen.n || has_release(chain, release)) continue;  // tried already
    if (!is_live(ir, id, release)) continue;
    vec_push(arena, &chain->labels, ir_release_label(ir, release));
    vec_push(arena, &chain->triggers, trigger_of(ir, fallback, release));
    add_release(ir, arena, chain, release);
  }
}

static void add_dependency(Arena *arena, ReleaseChain *chain, Str name) {
  size_t at = chain->dependencies.len;
  for (size_t i = 0; i < at; i++)
    if (str_eq(chain->dependencies.data[i], name)) return;
  vec_push(arena, &chain->dependencies, name);
  for (; at > 0 && str_cmp(chain->dependencies.data[at - 1], name) > 0; at--)
    chain->dependencies.data[at] = chain->dependencies.data[at - 1];
  chain->dependencies.data[at] = name;
}

static void add_depended(const Ir *ir, Arena *arena, ReleaseChain *chain, IntegrationId from,
                         IntegrationId to) {
  if (to.n && to.n != from.n && ir_decided_release(ir, to).n)
    add_dependency(arena, chain, ir_str(ir, ir_integration(ir, to)->name));
}

// What the release in force requires. What is optional is waited for by nobody.
static void add_required(const Ir *ir, Arena *arena, ReleaseChain *chain, IntegrationId id,
                         ReleaseId chosen) {
  IrRange range = ir_integration(ir, id)->requirements;
  for (uint32_t i = 0; i < range.count; i++) {
    const Requirement *one = ir_requirement_at(ir, range, i);
    bool in_force = !one->release.n || one->release.n == chosen.n;
    if (one->kind == IR_REQUIRES && in_force) add_depended(ir, arena, chain, id, one->resolved);
  }
}

// Providers that a use names, or releases to fall back to, need to be there.
static void add_named(const Ir *ir, Arena *arena, ReleaseChain *chain, const Use *use, ReleaseId chosen) {
  const Integration *integration = ir_integration(ir, use->integration);
  Str provider = str_trim(ir_str(ir, use->provider.sym));
  if (provider.len)
    add_release(ir, arena, chain, release_of_provider(ir, use->integration, provider, chosen));
  Str list = ir_str(ir, use->fallback.sym), part;
  while (list.len && str_split(&list, ',', &part)) {
    ReleaseId release = find_label(ir, integration, str_trim(part));
    if (!release.n) release = release_of_provider(ir, use->integration, str_trim(part), chosen);
    add_release(ir, arena, chain, release);
  }
}

// What the pages say of the integration.
static void add_from_uses(const Ir *ir, Arena *arena, ReleaseChain *chain, IntegrationId id,
                          ReleaseId chosen) {
  UseId next = {0};
  while ((next = ir_next_use(ir, id, next)).n) {
    const Use *use = ir_use(ir, next);
    add_named(ir, arena, chain, use, chosen);
    for (uint32_t d = 0; d < use->depends.count; d++)
      add_depended(ir, arena, chain, id, ir_use_depends_at(ir, use->depends, d)->integration);
  }
}

// What routes, canaries, flags and migrations can bring to life.
static void add_lives(const Ir *ir, Arena *arena, ReleaseChain *chain, IntegrationId id) {
  LiveReleaseId next = {0};
  while ((next = ir_next_live(ir, id, next)).n)
    if (counts(ir_live_release(ir, next))) add_release(ir, arena, chain, ir_live_release(ir, next)->release);
}

ReleaseChain release_chain(const Ir *ir, Arena *arena, IntegrationId id) {
  ReleaseChain chain = {.last_resort = STR("static")};
  ReleaseId chosen = ir_decided_release(ir, id);
  add_release(ir, arena, &chain, chosen);
  add_fallbacks(ir, arena, &chain, id, chosen);
  vec_push(arena, &chain.labels, STR("static"));
  vec_push(arena, &chain.triggers, 0);
  add_lives(ir, arena, &chain, id);
  add_required(ir, arena, &chain, id, chosen);
  add_from_uses(ir, arena, &chain, id, chosen);
  return chain;
}
