/* What an integration's releases load in the browser. In: bindings of releases that can become live, in the
 * phase that is built, and their `origins`. Out: sources by directive. What the server half asks for is none
 * of the browser's business. A host that the configuration holds is taken from there: who overrides it at run
 * time has to adapt the policy. */
#include "base/url.h"
#include "emit/csp.h"
#include "emit/releases.h"
#include "ir/interpolation.h"
#include "passes/bindings.h"
#include "passes/origins.h"

static const CspDirective directives[ORIGIN_KINDS] = {
    [ORIGIN_CONNECT] = CSP_CONNECT, [ORIGIN_SCRIPT] = CSP_SCRIPT, [ORIGIN_STYLE] = CSP_STYLE,
    [ORIGIN_IMAGE] = CSP_IMG,       [ORIGIN_FONT] = CSP_FONT,     [ORIGIN_MEDIA] = CSP_MEDIA,
    [ORIGIN_FRAME] = CSP_FRAME,     [ORIGIN_WORKER] = CSP_WORKER, [ORIGIN_FORM] = CSP_FORM,
};

/* Requests */

// What a hole is filled with, where that is known before a call.
static Str known_text(const RefScope *scope, Str name) {
  Reference ref;
  if (!reference_resolve(scope, name, SPAN_NONE, &ref, NULL)) return STR("");
  if (ref.kind == REF_ENV) {
    ValueId initial = ir_env(scope->ir, (EnvId){ref.row})->initial;
    return initial.n ? ir_str(scope->ir, ir_value(scope->ir, initial)->text) : STR("");
  }
  if (ref.kind != REF_CONFIG) return STR("");
  ValueId id = reference_value(scope->ir, ir_config(scope->ir, (ConfigId){ref.row})->value, ref.path);
  if (!id.n) return STR("");
  const Value *value = ir_value(scope->ir, id);
  Str text = ir_str(scope->ir, value->text);
  return value->kind == IR_VALUE_REFERENCE ? known_text(scope, text) : text;
}

// A parameter may not choose the host, so that the beginning is known up to there.
static Str address_of(const RefScope *scope, const Binding *binding, Arena *arena) {
  Interpolation parts = interpolation_read(arena, ir_str(scope->ir, binding->url.sym));
  Str address = STR("");
  for (size_t i = 0; i < parts.len; i++) {
    Str text = parts.data[i].hole ? known_text(scope, parts.data[i].text) : parts.data[i].text;
    address = str_concat(arena, address, text);
  }
  return address;
}

static void add_requests(const Ir *ir, const Release *release, const ReleaseBindings *bindings, Arena *arena,
                         CspNeeds *needs) {
  for (size_t i = 0; i < bindings->len; i++) {
    const Binding *binding = ir_binding(ir, bindings->data[i]);
    if (!binding->resolved.n || binding_is_secret(ir, release, binding)) continue;
    RefScope scope = binding_scope(ir, release, binding);
    Str source = url_source(arena, address_of(&scope, binding, arena));
    if (source.len) vec_push(arena, &needs->sources, (CspSource){CSP_CONNECT, source});
  }
}

/* Origins */

static void add_origin(const Ir *ir, const Config *row, Arena *arena, CspNeeds *needs) {
  OriginKind kind;
  if (!row->value.n || !origin_kind_find(ir_str(ir, row->key), &kind)) return;
  const Value *value = ir_value(ir, row->value);
  if (value->kind == IR_VALUE_STRING)
    vec_push(arena, &needs->sources, (CspSource){directives[kind], ir_str(ir, value->text)});
  for (uint32_t i = 0; value->kind == IR_VALUE_LIST && i < value->items.count; i++) {
    Str text = ir_str(ir, ir_value_at(ir, value->items, i)->text);
    vec_push(arena, &needs->sources, (CspSource){directives[kind], text});
  }
}

static bool has_key(const Ir *ir, IrRange rows, Sym key) {
  for (uint32_t i = 0; i < rows.count; i++)
    if (ir_config_at(ir, rows, i)->key == key) return true;
  return false;
}

// In production a kind that the overlay names stands for the release's own. Answers whether there are any.
static bool add_origins(const Ir *ir, const Release *release, Arena *arena, CspNeeds *needs) {
  IrRange over = {0};
  if (ir->production && release->production.n) over = ir_overlay(ir, release->production)->origins;
  for (uint32_t i = 0; i < over.count; i++) add_origin(ir, ir_config_at(ir, over, i), arena, needs);
  for (uint32_t i = 0; i < release->origins.count; i++) {
    const Config *row = ir_config_at(ir, release->origins, i);
    if (!has_key(ir, over, row->key)) add_origin(ir, row, arena, needs);
  }
  return over.count || release->origins.count;
}

/* Releases */

static void add_release(const Ir *ir, const Release *release, Arena *arena, CspNeeds *needs) {
  ReleaseBindings bindings = release_bindings(ir, arena, release);
  add_requests(ir, release, &bindings, arena, needs);
  bool said = add_origins(ir, release, arena, needs);
  needs->undeclared |= !bindings.len && !said;
}

// A release that is live in several ways has several rows.
CspNeeds csp_of_integration(const Ir *ir, IntegrationId id, IrRange live, Arena *arena) {
  CspNeeds needs = {0};
  IrRange releases = ir_integration(ir, id)->releases;
  bool *done = arena_array(arena, bool, releases.count + 1);
  for (uint32_t i = 0; i < live.count; i++) {
    ReleaseId release = ir_live_release_at(ir, live, i)->release;
    if (!done[release.n - releases.first]) add_release(ir, ir_release(ir, release), arena, &needs);
    done[release.n - releases.first] = true;
  }
  return needs;
}
