/* In: what happens when a slot of the markup changes. Out: Behavior, Step and Argument rows. Whether a text
 * is a reference (`street.value`) is decided here, what it refers to when types are checked. */
#include "ast/literal.h"
#include "ir/interpolation.h"
#include "ir/lower.h"

/// `300ms` and 300 are durations; every other text is the name of a prop.
static ValueId delay_of(Lower *lower, const AstNode *node) {
  ValueId id = lower_value(lower, node);
  if (!id.n) return id;
  Value *value = ir_value(lower->ir, id);
  if (value->kind == IR_VALUE_STRING && literal_duration(node->text, &value->number))
    value->kind = IR_VALUE_DURATION;
  else if (value->kind == IR_VALUE_STRING)
    value->kind = IR_VALUE_REFERENCE;
  else if (value->kind == IR_VALUE_INT || value->kind == IR_VALUE_NUMBER)
    value->kind = IR_VALUE_DURATION;
  return id;
}

static IrRange add_arguments(Lower *lower, const AstNode *block, ClauseId clause) {
  uint32_t start = lower_start(lower, arguments);
  for (const AstNode *node = ast_child(block, clause); node; node = ast_next(node)) {
    bool named = node->name.data != NULL;
    Argument row = {.name = named ? lower_sym(lower, node->name) : 0, .value = lower_value(lower, node)};
    row.span = named ? node->key_span : node->span;
    if (row.value.n) ir_add_argument(lower->ir, row);
  }
  return lower_range(lower, arguments, start);
}

static void add_call(Lower *lower, const AstNode *node) {
  if (!node || node->wrong) return;
  Step row = {.kind = IR_STEP_CALL, .span = node->key_span};
  row.name = lower_text(lower, node, CLAUSE_call_operation);
  row.as = lower_text(lower, node, CLAUSE_call_as);
  row.arguments = add_arguments(lower, node, CLAUSE_call_argument);
  ir_add_step(lower->ir, row);
}

static void add_fill(Lower *lower, const AstNode *step) {
  const AstNode *first = ast_child(step, CLAUSE_step_fill);
  if (!first) return;
  Step row = {.kind = IR_STEP_FILL, .span = first->key_span};
  row.arguments = add_arguments(lower, step, CLAUSE_step_fill);
  ir_add_step(lower->ir, row);
}

static void add_emit(Lower *lower, const AstNode *node) {
  if (!node || node->wrong) return;
  Step row = {.kind = IR_STEP_EMIT, .span = node->key_span};
  row.name = lower_text(lower, node, CLAUSE_emit_event);
  row.arguments = add_arguments(lower, node, CLAUSE_emit_argument);
  ir_add_step(lower->ir, row);
}

/// A map may hold a call, what is filled with its answer, and an event, in this order.
static IrRange add_steps(Lower *lower, const AstNode *behavior) {
  uint32_t start = lower_start(lower, steps);
  const AstNode *node = ast_child(behavior, CLAUSE_behavior_step);
  for (; node; node = ast_next(node)) {
    if (node->wrong) continue;
    if (!node->first) {
      Diag *d = diag_add(lower->bag, FX2008, node->span, "a step of a reaction does nothing");
      diag_help(d, "write call, fill or emit");
    }
    add_call(lower, ast_child(node, CLAUSE_step_call));
    add_fill(lower, node);
    add_emit(lower, ast_child(node, CLAUSE_step_emit));
  }
  return lower_range(lower, steps, start);
}

/* References */

static bool has_slot_or_prop(Lower *lower, Sym name) {
  const Integration *row = ir_integration(lower->ir, lower->id);
  for (uint32_t i = 0; i < row->slots.count; i++)
    if (ir_slot_at(lower->ir, row->slots, i)->name == name) return true;
  for (uint32_t i = 0; i < row->props.count; i++)
    if (ir_prop_at(lower->ir, row->props, i)->name == name) return true;
  return false;
}

static bool has_answer(Lower *lower, IrRange steps, Sym name) {
  for (uint32_t i = 0; i < steps.count; i++)
    if (ir_step_at(lower->ir, steps, i)->as.sym == name) return true;
  return false;
}

/// `street.value`: nobody means a text by that, with quotes (as all of JSON has) or without.
static bool is_member(Str text, Str first) {
  static const char *const members[] = {"value", "checked", "number", "files", "text"};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++)
    if (str_eq(str_skip(text, first.len + 1), str_from(members[i]))) return true;
  return false;
}

/// A path is a reference if it begins with something that has a value here. One with a dot and without quotes
/// can be nothing else: a slip of the pen in it is not to become a text.
static void mark_references(Lower *lower, uint32_t start, IrRange steps) {
  for (size_t i = start - 1; i < lower->ir->values.len; i++) {
    Value *value = &lower->ir->values.data[i];
    Str text = ir_str(lower->ir, value->text), first;
    if (value->kind != IR_VALUE_STRING || !interpolation_is_path(text, &first)) continue;
    Sym name = ir_sym(lower->ir, first);
    bool plain = value->span.end - value->span.start == text.len && first.len < text.len;
    if (plain || is_member(text, first) || has_slot_or_prop(lower, name) || has_answer(lower, steps, name))
      lower->ir->values.data[i].kind = IR_VALUE_REFERENCE;
  }
}

static void add_behavior(Lower *lower, const AstNode *node) {
  const AstNode *event = ast_child(node, CLAUSE_behavior_event);
  Behavior row = {.event = IR_ON_CHANGE, .span = node->key_span};
  if (event && event->kind == AST_CHOICE) row.event = (IrHappening)event->number;
  row.slots = lower_names(lower, node, CLAUSE_behavior_of);
  row.delay = delay_of(lower, ast_child(node, CLAUSE_behavior_after));
  uint32_t values = lower_start(lower, values);
  row.steps = add_steps(lower, node);
  mark_references(lower, values, row.steps);
  ir_add_behavior(lower->ir, row);
}

void lower_behaviors(Lower *lower) {
  uint32_t start = lower_start(lower, behaviors);
  for (const AstNode *node = ast_child(lower->node, CLAUSE_integration_on); node; node = ast_next(node))
    if (!node->wrong) add_behavior(lower, node);
  ir_integration(lower->ir, lower->id)->behaviors = lower_range(lower, behaviors, start);
}
