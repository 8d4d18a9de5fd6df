/* Types of everything that a manifest declares. In: integrations. Out: handles in types, bindings, fallbacks
 * and routes; type errors at the value. This pass drives; what it checks lies in types.h. Behind it the
 * integrations are frozen. */
#include "base/regex.h"
#include "base/suggest.h"
#include "passes/near.h"
#include "passes/origins.h"
#include "passes/types.h"

/* Names of types */

static Str near_type(const Ir *ir, const Integration *integration, Str wanted) {
  static const char *const plain[] = {"string", "int",  "number", "bool", "duration", "share",
                                      "size",   "rate", "url",    "date", "secret",   "json"};
  Suggestion search = suggest_start(wanted);
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) suggest_offer(&search, str_from(plain[i]));
  for (uint32_t i = 0; i < integration->types.count; i++)
    suggest_offer(&search, ir_str(ir, ir_type_decl_at(ir, integration->types, i)->name));
  return search.best;
}

static TypeDeclId find_decl(const Ir *ir, const Integration *integration, Sym name) {
  for (uint32_t i = 0; i < integration->types.count; i++)
    if (ir_type_decl_at(ir, integration->types, i)->name == name)
      return (TypeDeclId){integration->types.first + i};
  return (TypeDeclId){0};
}

static void check_type(Ir *ir, const Integration *integration, TypeId type, DiagBag *diags) {
  if (!type.n) return;
  Type *row = ir_type(ir, type);
  while (row->kind == IR_TYPE_ARRAY || row->kind == IR_TYPE_OPTIONAL) row = ir_type(ir, row->element);
  if (row->kind != IR_TYPE_NAMED || row->decl.n) return;
  row->decl = find_decl(ir, integration, row->name);
  if (row->decl.n) return;
  Str name = ir_str(ir, row->name), best = near_type(ir, integration, name);
  Diag *d = diag_add(diags, FX2010, row->span, "unknown type '%.*s'", STR_ARG(name));
  diag_label(d, row->span, "neither a built-in type nor declared under types");
  if (best.len && row->span.end - row->span.start == name.len)
    near_propose(d, row->span, best);
  else if (best.len)
    diag_help(d, "did you mean '%.*s'?", STR_ARG(best));
}

static void check_fields(Ir *ir, const Integration *integration, IrRange fields, DiagBag *diags) {
  for (uint32_t i = 0; i < fields.count; i++)
    check_type(ir, integration, ir_field_at(ir, fields, i)->type, diags);
}

static void check_default(Ir *ir, Sym name, ValueId value, TypeId type, DiagBag *diags) {
  ValueId wrong;
  TypeId wanted;
  if (!value.n || !type.n || types_value_fits(ir, value, type, &wrong, &wanted)) return;
  Span span = ir_value(ir, wrong)->span;
  Str expected = types_expected(diags->arena, ir, wanted), whole = types_text(diags->arena, ir, type);
  Diag *d = diag_add(diags, FX2007, span, "the default of '%.*s' does not fit its type %.*s",
                     STR_ARG(ir_str(ir, name)), STR_ARG(whole));
  diag_label(d, span, "expected %.*s", STR_ARG(expected));
  diag_note(d, ir_type(ir, type)->span, "the type is declared here");
  Str text = ir_str(ir, ir_value(ir, wrong)->text);
  Str best = types_near_literal(ir, wanted, text);
  if (best.len) diag_help(d, "did you mean '%.*s'?", STR_ARG(best));
}

void types_check_interface(Ir *ir, IntegrationId id, DiagBag *diags) {
  const Integration *integration = ir_integration(ir, id);
  for (uint32_t i = 0; i < integration->types.count; i++)
    check_fields(ir, integration, ir_type_decl_at(ir, integration->types, i)->fields, diags);
  for (uint32_t i = 0; i < integration->props.count; i++) {
    const Prop *prop = ir_prop_at(ir, integration->props, i);
    check_type(ir, integration, prop->type, diags);
    check_default(ir, prop->name, prop->initial, prop->type, diags);
  }
  for (uint32_t i = 0; i < integration->events.count; i++)
    check_fields(ir, integration, ir_event_at(ir, integration->events, i)->fields, diags);
  for (uint32_t i = 0; i < integration->operations.count; i++) {
    const Operation *operation = ir_operation_at(ir, integration->operations, i);
    check_fields(ir, integration, operation->params, diags);
    check_type(ir, integration, operation->returns, diags);
  }
}

static void check_pattern(const Ir *ir, const Env *env, DiagBag *diags) {
  Str pattern = ir_str(ir, env->pattern.sym);
  Arena scratch = {0};
  RegexFault fault;
  bool wrong = pattern.len && !regex_compile(&scratch, pattern, &fault) && !fault.beyond;
  arena_free(&scratch);
  if (!wrong) return;
  Span whole = env->pattern.span, span = whole;
  size_t quotes = (whole.end - whole.start - pattern.len) / 2;  // as many before the text as behind it
  bool plain = whole.end - whole.start == pattern.len + 2 * quotes && quotes < 2;
  if (plain) span = span_part(whole, fault.start + (uint32_t)quotes, fault.end + (uint32_t)quotes);
  Diag *diag = diag_add(diags, FX2007, span, "this is no regular expression: %s", fault.message);
  diag_help(diag, "patterns are written as in JavaScript, without the slashes around them");
}

static void check_envs(Ir *ir, const Integration *integration, IrRange envs, DiagBag *diags) {
  for (uint32_t i = 0; i < envs.count; i++) {
    const Env *env = ir_env_at(ir, envs, i);
    check_type(ir, integration, env->type, diags);
    check_default(ir, env->name, env->initial, env->type, diags);
    check_pattern(ir, env, diags);
  }
}

static void check_release_types(Ir *ir, const Integration *integration, DiagBag *diags) {
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    check_envs(ir, integration, release->envs, diags);
    if (release->production.n) check_envs(ir, integration, ir_overlay(ir, release->production)->envs, diags);
  }
}

void pass_check_types(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    IntegrationId id = {n};
    if (ir_integration(ir, id)->shadowed) continue;
    types_check_interface(ir, id, diags);
    types_check_twins(ir, id, diags);
    check_release_types(ir, ir_integration(ir, id), diags);
    types_check_operations(ir, id, diags);
    types_check_origins(ir, ir_integration(ir, id), diags);
    types_check_behaviors(ir, id, diags);
    types_check_releases(ir, id, diags);
  }
  types_check_names(ir, diags);
}
