/* What happens in the markup. In: behaviours. Out: operations and events of their steps; FX2006 for what is
 * not declared, FX2007 for what does not fit, FX2008 for what a call or an event lacks, FX2003 for two
 * answers of one name. */
#include "base/suggest.h"
#include "passes/argument.h"
#include "passes/near.h"
#include "passes/types.h"

typedef struct Checking {
  Ir *ir;
  DiagBag *diags;
  const Integration *row;
  const Behavior *behavior;
  RefScope scope;
} Checking;

static bool offered(const Ir *ir, Sym candidate, Sym wanted, Suggestion *near) {
  suggest_offer(near, ir_str(ir, candidate));
  return candidate == wanted;
}

static void report_unknown(Checking *c, const char *what, Sym name, Span span, const Suggestion *near) {
  Str owner = ir_str(c->ir, c->row->name), text = ir_str(c->ir, name);
  Diag *d = diag_add(c->diags, FX2006, span, "'%.*s' has no %s '%.*s'", STR_ARG(owner), what, STR_ARG(text));
  diag_label(d, span, "not declared");
  if (span.end - span.start == text.len)
    near_propose(d, span, near->best);
  else if (near->best.len)
    diag_help(d, "did you mean '%.*s'?", STR_ARG(near->best));
}

static SlotId find_slot(Checking *c, Sym name, Span span) {
  Suggestion near = suggest_start(ir_str(c->ir, name));
  for (uint32_t i = 0; i < c->row->slots.count; i++)
    if (offered(c->ir, ir_slot_at(c->ir, c->row->slots, i)->name, name, &near))
      return (SlotId){c->row->slots.first + i};
  report_unknown(c, "slot", name, span, &near);
  return (SlotId){0};
}

/* When */

static void check_slots(Checking *c) {
  for (uint32_t i = 0; i < c->behavior->slots.count; i++) {
    const Name *name = ir_name_at(c->ir, c->behavior->slots, i);
    SlotId id = find_slot(c, name->text, name->span);
    if (!id.n || c->behavior->event != IR_ON_SUBMIT) continue;
    const Slot *slot = ir_slot(c->ir, id);
    Str element = ir_str(c->ir, slot->element);
    if (!element.len || str_eq(element, STR("form"))) continue;
    Diag *d = diag_add(c->diags, FX2007, name->span, "only a form is submitted, and '%.*s' is '%.*s'",
                       STR_ARG(ir_str(c->ir, name->text)), STR_ARG(element));
    diag_note(d, slot->span, "the slot is declared here");
    diag_help(d, "name a slot that takes a form, or wait for 'change' or 'click'");
  }
}

static void check_delay(Checking *c) {
  if (!c->behavior->delay.n) return;
  const Value *value = ir_value(c->ir, c->behavior->delay);
  if (value->kind == IR_VALUE_DURATION) return;
  Str text = ir_str(c->ir, value->text);
  Reference ref;
  if (value->kind == IR_VALUE_REFERENCE) {
    RefScope scope = c->scope;
    if (!reference_resolve(&scope, text, value->span, &ref, c->diags)) return;
    if (ref.kind == REF_PROP && ref.type.kind == IR_TYPE_DURATION) return;
  }
  Diag *d = diag_add(c->diags, FX2007, value->span, "expected a duration, or a prop that is one");
  diag_label(d, value->span, "how long to wait");
  diag_help(d, "write it like 300ms or 2s, or declare a prop of the type duration");
}

/* Calls */

static OperationId find_operation(Checking *c, const Step *step) {
  Suggestion near = suggest_start(ir_str(c->ir, step->name.sym));
  for (uint32_t i = 0; i < c->row->operations.count; i++)
    if (offered(c->ir, ir_operation_at(c->ir, c->row->operations, i)->name, step->name.sym, &near))
      return (OperationId){c->row->operations.first + i};
  report_unknown(c, "operation", step->name.sym, step->name.span, &near);
  return (OperationId){0};
}

static const Argument *argument_named(const Ir *ir, IrRange arguments, Sym name) {
  for (uint32_t i = 0; i < arguments.count; i++)
    if (ir_argument_at(ir, arguments, i)->name == name) return ir_argument_at(ir, arguments, i);
  return NULL;
}

static bool check_known(Checking *c, const Step *step, const Operation *operation) {
  bool known = true;
  for (uint32_t i = 0; i < step->arguments.count; i++) {
    const Argument *argument = ir_argument_at(c->ir, step->arguments, i);
    Suggestion near = suggest_start(ir_str(c->ir, argument->name));
    const Field *param = NULL;
    for (uint32_t k = 0; k < operation->params.count && !param; k++) {
      const Field *field = ir_field_at(c->ir, operation->params, k);
      bool given = field->name != argument->name && argument_named(c->ir, step->arguments, field->name);
      if (!given && offered(c->ir, field->name, argument->name, &near)) param = field;
    }
    if (param) {
      argument_check(&c->scope, argument->value, param->type, ir_str(c->ir, param->name), c->diags);
      continue;
    }
    Str name = ir_str(c->ir, argument->name), owner = ir_str(c->ir, operation->name);
    Diag *d = diag_add(c->diags, FX2006, argument->span, "operation '%.*s' has no parameter '%.*s'",
                       STR_ARG(owner), STR_ARG(name));
    diag_label(d, argument->span, "not declared");
    near_propose(d, argument->span, near.best);
    known = false;
  }
  return known;
}

static bool is_required(const Ir *ir, TypeId type) {
  return type.n && ir_type(ir, type)->kind != IR_TYPE_OPTIONAL;
}

static void check_given(Checking *c, const Step *step, const Operation *operation) {
  for (uint32_t i = 0; i < operation->params.count; i++) {
    const Field *param = ir_field_at(c->ir, operation->params, i);
    if (!is_required(c->ir, param->type) || argument_named(c->ir, step->arguments, param->name)) continue;
    Str name = ir_str(c->ir, param->name);
    Diag *d = diag_add(c->diags, FX2008, step->name.span, "the call of '%.*s' needs '%.*s'",
                       STR_ARG(ir_str(c->ir, operation->name)), STR_ARG(name));
    diag_note(d, param->span, "the parameter is declared here");
    diag_help(d, "add it to 'with': { %.*s: … }", STR_ARG(name));
  }
}

static void check_answer(Checking *c, const Step *step, uint32_t index, const Operation *operation) {
  Str name = ir_str(c->ir, step->as.sym);
  if (!step->as.sym) return;
  if (!operation->returns.n) {
    Diag *d = diag_add(c->diags, FX2007, step->as.span, "'%.*s' returns nothing that could be called '%.*s'",
                       STR_ARG(ir_str(c->ir, operation->name)), STR_ARG(name));
    diag_note(d, operation->span, "the operation is declared here");
  }
  for (uint32_t i = 0; i < index; i++) {
    const Step *other = ir_step_at(c->ir, c->behavior->steps, i);
    if (other->as.sym != step->as.sym) continue;
    Diag *d = diag_add(c->diags, FX2003, step->as.span, "two answers are called '%.*s'", STR_ARG(name));
    diag_note(d, other->as.span, "the other one");
    return;
  }
}

static void check_call(Checking *c, Step *step, uint32_t index) {
  if (!step->name.sym) return;
  step->operation = find_operation(c, step);
  if (!step->operation.n) return;
  const Operation *operation = ir_operation(c->ir, step->operation);
  // A misspelt parameter is not missing as well.
  if (check_known(c, step, operation)) check_given(c, step, operation);
  check_answer(c, step, index, operation);
}

/* Fills */

static bool holds_text(Str element) {
  static const char *const empty[] = {"img",    "br",    "hr",  "area", "embed",
                                      "source", "track", "wbr", "col",  "iframe"};
  for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
    if (str_eq(element, str_from(empty[i]))) return false;
  return true;
}

static void check_target(Checking *c, const Argument *argument) {
  SlotId id = find_slot(c, argument->name, argument->span);
  Str element = id.n ? ir_str(c->ir, ir_slot(c->ir, id)->element) : STR("");
  if (holds_text(element)) return;
  Diag *d =
      diag_add(c->diags, FX2007, argument->span, "an element '%.*s' can not be filled", STR_ARG(element));
  diag_label(d, argument->span, "it holds neither a value nor text");
  diag_note(d, ir_slot(c->ir, id)->span, "the slot is declared here");
}

static bool is_scalar(Checking *c, const Value *value) {
  Reference ref;
  switch (value->kind) {
    case IR_VALUE_LIST:
    case IR_VALUE_RECORD:
    case IR_VALUE_NULL:
    case IR_VALUE_RATE:
      return false;
    case IR_VALUE_REFERENCE:
      return !reference_resolve(&c->scope, ir_str(c->ir, value->text), value->span, &ref, NULL) ||
             reference_is_scalar(ref.type);
    default:
      return true;
  }
}

static void check_fill(Checking *c, const Step *step) {
  for (uint32_t i = 0; i < step->arguments.count; i++) {
    const Argument *argument = ir_argument_at(c->ir, step->arguments, i);
    const Value *value = ir_value(c->ir, argument->value);
    check_target(c, argument);
    bool known =
        argument_check(&c->scope, argument->value, (TypeId){0}, ir_str(c->ir, argument->name), c->diags);
    if (!known || is_scalar(c, value)) continue;
    Diag *d = diag_add(c->diags, FX2007, value->span, "a slot takes a text, a number or a boolean");
    diag_label(d, value->span, "none of these");
  }
}

/* Events */

static EventId find_event(Checking *c, const Step *step) {
  Suggestion near = suggest_start(ir_str(c->ir, step->name.sym));
  for (uint32_t i = 0; i < c->row->events.count; i++)
    if (offered(c->ir, ir_event_at(c->ir, c->row->events, i)->name, step->name.sym, &near))
      return (EventId){c->row->events.first + i};
  report_unknown(c, "event", step->name.sym, step->name.span, &near);
  return (EventId){0};
}

static void check_emit(Checking *c, Step *step) {
  if (!step->name.sym) return;
  step->event = find_event(c, step);
  if (!step->event.n) return;
  const Event *event = ir_event(c->ir, step->event);
  Str name = ir_str(c->ir, event->name);
  for (uint32_t i = 0; i < step->arguments.count; i++) {
    const Argument *argument = ir_argument_at(c->ir, step->arguments, i);
    if (i < event->fields.count) {
      const Field *field = ir_field_at(c->ir, event->fields, i);
      argument_check(&c->scope, argument->value, field->type, ir_str(c->ir, field->name), c->diags);
      continue;
    }
    Diag *d = diag_add(c->diags, FX2007, argument->span, "the event '%.*s' has %u member%s", STR_ARG(name),
                       event->fields.count, event->fields.count == 1 ? "" : "s");
    diag_label(d, argument->span, "one value too many");
    diag_note(d, event->span, "the event is declared here");
    return;
  }
  for (uint32_t i = step->arguments.count; i < event->fields.count; i++) {
    const Field *field = ir_field_at(c->ir, event->fields, i);
    if (!is_required(c->ir, field->type)) continue;
    Diag *d = diag_add(c->diags, FX2008, step->name.span, "the event '%.*s' needs '%.*s'", STR_ARG(name),
                       STR_ARG(ir_str(c->ir, field->name)));
    diag_note(d, field->span, "the member is declared here");
    diag_help(d, "its values stand in 'with', in the order of its members");
    return;
  }
}

static void check_behavior(Checking *c) {
  c->scope = (RefScope){.ir = c->ir, .integration = c->row, .behavior = c->behavior};
  check_slots(c);
  check_delay(c);
  for (uint32_t i = 0; i < c->behavior->steps.count; i++) {
    Step *step = ir_step_at(c->ir, c->behavior->steps, i);
    c->scope.step = i;
    if (step->kind == IR_STEP_CALL)
      check_call(c, step, i);
    else if (step->kind == IR_STEP_FILL)
      check_fill(c, step);
    else
      check_emit(c, step);
  }
}

void types_check_behaviors(Ir *ir, IntegrationId id, DiagBag *diags) {
  Checking c = {.ir = ir, .diags = diags, .row = ir_integration(ir, id)};
  for (uint32_t i = 0; i < c.row->behaviors.count; i++) {
    c.behavior = ir_behavior_at(ir, c.row->behaviors, i);
    check_behavior(&c);
  }
}
