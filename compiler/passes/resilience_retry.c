/* FX2021. In: retries, and the bindings of releases that may be asked. Out: a warning for each operation that
 * is tried again and may not be repeated (repeatable.h). What a hand-written module does is its own affair.
 */
#include "passes/repeatable.h"
#include "passes/resilience.h"

static const char *method_text(const Binding *binding) {
  return binding->method == IR_POST ? "POST" : "PATCH";
}

static void help_with_retry(const Resilience *look, Diag *d, Str operation) {
  diag_help(d, "send an idempotency key, if the provider knows one: %s",
            look->fx ? "headers { \"Idempotency-Key\" = … }" : "headers: { Idempotency-Key: … }");
  diag_help(d, "if it does no harm twice, say so: 'repeatable%s %.*s'; else do not retry",
            look->fx ? "" : ":", STR_ARG(operation));
}

/// One report an operation, at the first release that does it so; the others are notes.
typedef struct Reports {
  const Resilience *look;
  StrMap seen;  // by operation: index in list
  VEC(Diag *) list;
} Reports;

static void report(Reports *reports, const Release *release, const Binding *binding) {
  const Resilience *look = reports->look;
  Arena *arena = look->diags->arena;
  Str operation = ir_str(look->ir, binding->operation), label = ir_str(look->ir, release->label.sym);
  bool added;
  uint32_t *at = strmap_put(arena, &reports->seen, operation, &added);
  if (!added) {
    diag_note(reports->list.data[*at], binding->span, "so it is in release '%.*s', by %s", STR_ARG(label),
              method_text(binding));
    return;
  }
  *at = (uint32_t)reports->list.len;
  Str name = ir_str(look->ir, look->integration->name);
  Diag *d =
      diag_add(look->diags, FX2021, binding->span,
               "'%.*s' of '%.*s' is retried, and release '%.*s' does it by %s, which may then happen twice",
               STR_ARG(operation), STR_ARG(name), STR_ARG(label), method_text(binding));
  diag_label(d, binding->span, "not to be repeated");
  diag_note(d, look->limits.retry_attempts.span, "retried here");
  help_with_retry(look, d, operation);
  vec_push(arena, &reports->list, d);
}

static bool bound_by(const Ir *ir, const Overlay *over, Sym operation) {
  for (uint32_t i = 0; over && i < over->bindings.count; i++)
    if (ir_binding_at(ir, over->bindings, i)->operation == operation) return true;
  return false;
}

static void check_bindings(Reports *reports, const Release *release, IrRange bindings, const Overlay *over) {
  const Ir *ir = reports->look->ir;
  for (uint32_t i = 0; i < bindings.count; i++) {
    const Binding *binding = ir_binding_at(ir, bindings, i);
    if (!bound_by(ir, over, binding->operation) &&
        !binding_may_repeat(ir, reports->look->integration, binding))
      report(reports, release, binding);
  }
}

// What production changes is looked at when it is built.
static void check_release(Reports *reports, const Release *release) {
  const Ir *ir = reports->look->ir;
  const Overlay *over = ir->production && release->production.n ? ir_overlay(ir, release->production) : NULL;
  if (release->status == IR_RETIRED || release->module.sym || (over && over->module.sym)) return;
  check_bindings(reports, release, release->bindings, over);
  if (over) check_bindings(reports, release, over->bindings, NULL);
}

void resilience_check_retries(const Resilience *look) {
  if (!(look->attempts.retries > 0)) return;
  Reports reports = {.look = look};
  IrRange releases = look->integration->releases;
  for (uint32_t i = 0; i < releases.count; i++) check_release(&reports, ir_release_at(look->ir, releases, i));
}
