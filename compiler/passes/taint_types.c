/* Secrets in interfaces. In: types of props, events, parameters and results, and what behaviours do with
 * them. Out: FX6003, one for each type `secret` that leaves, at the first place where it does; the others,
 * and the fields on the way, are notes. */
#include "ir/interpolation.h"
#include "passes/taint.h"

enum { MOST_NOTES = 8 };

// Steps into records, from the type that stands in the interface to the secret one.
static void note_fields(Taint *run, Diag *d, TypeId from, TypeId secret) {
  const Ir *ir = run->ir;
  for (int depth = 0; depth < MOST_NOTES && from.n && from.n != secret.n; depth++) {
    const Type *type = ir_type(ir, from);
    if (type->element.n) {
      from = type->element;
      continue;
    }
    if (type->kind != IR_TYPE_NAMED || !type->decl.n) return;
    IrRange fields = ir_type_decl(ir, type->decl)->fields;
    from = (TypeId){0};
    for (uint32_t i = 0; i < fields.count && !from.n; i++) {
      const Field *field = ir_field_at(ir, fields, i);
      if (taint_secret_type(run, field->type).n != secret.n) continue;
      from = field->type;
      diag_note(d, field->span, "'%.*s' of '%.*s' holds the secret", STR_ARG(ir_str(ir, field->name)),
                STR_ARG(ir_str(ir, type->name)));
    }
  }
}

// The type as it stands in the interface, without what is around it.
static Span place_of(const Ir *ir, TypeId type, TypeId secret) {
  while (type.n != secret.n && ir_type(ir, type)->element.n) type = ir_type(ir, type)->element;
  return ir_type(ir, type)->span;
}

static Diag *report(Taint *run, TypeId type, Str message) {
  TypeId secret = taint_secret_type(run, type);
  if (!secret.n) return NULL;
  Span span = place_of(run->ir, type, secret);
  Diag *d = run->types[secret.n];
  if (d) {
    if (d->notes.len < MOST_NOTES) diag_note(d, span, "%.*s", STR_ARG(message));
    return NULL;
  }
  d = run->types[secret.n] = diag_add(run->diags, FX6003, span, "%.*s", STR_ARG(message));
  note_fields(run, d, type, secret);
  return d;
}

static void check_props(Taint *run) {
  for (uint32_t i = 0; i < run->integration->props.count; i++) {
    const Prop *prop = ir_prop_at(run->ir, run->integration->props, i);
    Diag *d = report(run, prop->type,
                     str_printf(run->diags->arena, "the prop '%.*s' is a secret, and pages would show it",
                                STR_ARG(ir_str(run->ir, prop->name))));
    if (!d) continue;
    diag_label(d, d->span, "said in the page");
    diag_help(d, "take it from the environment: 'env' of a release, used in an http binding");
  }
}

static void check_events(Taint *run) {
  for (uint32_t i = 0; i < run->integration->events.count; i++) {
    const Event *event = ir_event_at(run->ir, run->integration->events, i);
    for (uint32_t k = 0; k < event->fields.count; k++) {
      Diag *d = report(run, ir_field_at(run->ir, event->fields, k)->type,
                       str_printf(run->diags->arena, "the event '%.*s' would tell a secret to the page",
                                  STR_ARG(ir_str(run->ir, event->name))));
      if (!d) continue;
      diag_label(d, d->span, "told in the browser");
      diag_help(d, "leave it out; what browsers may know is a string");
    }
  }
}

static void check_operation(Taint *run, const Operation *operation) {
  Str name = ir_str(run->ir, operation->name);
  for (uint32_t i = 0; i < operation->params.count; i++) {
    const Field *param = ir_field_at(run->ir, operation->params, i);
    Diag *d = report(run, param->type,
                     str_printf(run->diags->arena,
                                "the parameter '%.*s' of '%.*s' is a secret that a browser "
                                "would have to know",
                                STR_ARG(ir_str(run->ir, param->name)), STR_ARG(name)));
    if (!d) continue;
    diag_label(d, d->span, "pages call operations");
    diag_help(d, "a key comes from the environment ('env'); what a person types is a string");
  }
  Diag *d = report(run, operation->returns,
                   str_printf(run->diags->arena, "the answer of '%.*s' would bring a secret to the browser",
                              STR_ARG(name)));
  if (!d) return;
  diag_label(d, d->span, "sent to the browser");
  diag_help(d, "leave it out of the result; what browsers may know is a string");
}

/* What behaviours do with it: notes of what has been said */

static void note_value(Taint *run, RefScope *scope, const Value *value) {
  const Ir *ir = run->ir;
  for (uint32_t i = 0;
       (value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD) && i < value->items.count; i++)
    note_value(run, scope, ir_value_at(ir, value->items, i));
  Reference ref;
  if (value->kind != IR_VALUE_REFERENCE ||
      !reference_resolve(scope, ir_str(ir, value->text), value->span, &ref, NULL))
    return;
  TypeId secret = taint_secret_type(run, ref.type.type);
  Diag *d = secret.n ? run->types[secret.n] : NULL;
  if (d && d->notes.len < MOST_NOTES) diag_note(d, value->span, "the page gets it here");
}

static void note_behaviors(Taint *run) {
  const Ir *ir = run->ir;
  RefScope scope = {.ir = ir, .integration = run->integration};
  for (uint32_t i = 0; i < run->integration->behaviors.count; i++) {
    scope.behavior = ir_behavior_at(ir, run->integration->behaviors, i);
    IrRange steps = scope.behavior->steps;
    for (scope.step = 0; scope.step < steps.count; scope.step++) {
      const Step *step = ir_step_at(ir, steps, scope.step);
      for (uint32_t k = 0; step->kind != IR_STEP_CALL && k < step->arguments.count; k++) {
        ValueId value = ir_argument_at(ir, step->arguments, k)->value;
        if (value.n) note_value(run, &scope, ir_value(ir, value));
      }
    }
  }
}

void taint_types(Taint *run) {
  size_t before = run->diags->list.len;
  check_props(run);
  for (uint32_t i = 0; i < run->integration->operations.count; i++)
    check_operation(run, ir_operation_at(run->ir, run->integration->operations, i));
  check_events(run);
  if (run->diags->list.len > before) note_behaviors(run);
}
