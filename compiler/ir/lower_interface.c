/* In: props, slots, events, types, operations. Out: their rows: what pages are checked against. */
#include "ir/lower.h"

static Sym doc_of(Lower *lower, const AstNode *block, ClauseId clause) {
  return lower_text(lower, block, clause).sym;
}

static void add_prop(Lower *lower, const AstNode *node) {
  Prop prop = {.name = lower_sym(lower, node->name),
               .span = node->key_span,
               .doc = doc_of(lower, node, CLAUSE_prop_doc)};
  prop.type = lower_type(lower, ast_child(node, CLAUSE_prop_type));
  prop.initial = lower_literal(lower, ast_child(node, CLAUSE_prop_initial), prop.type);
  bool optional = prop.type.n && ir_type(lower->ir, prop.type)->kind == IR_TYPE_OPTIONAL;
  prop.required = prop.type.n && !optional && !ast_child(node, CLAUSE_prop_initial);
  ir_add_prop(lower->ir, prop);
}

static void add_slot(Lower *lower, const AstNode *node) {
  const AstNode *element = ast_child(node, CLAUSE_slot_element),
                *optional = ast_child(node, CLAUSE_slot_optional);
  Slot slot = {.name = lower_sym(lower, node->name),
               .span = node->key_span,
               .doc = doc_of(lower, node, CLAUSE_slot_doc)};
  if (element && element->kind == AST_ELEMENT) {
    slot.element = str_eq(element->text, STR("any")) ? 0 : lower_sym(lower, element->text);
    slot.optional = element->number != 0;
  }
  if (optional && optional->number != 0) slot.optional = true;
  ir_add_slot(lower->ir, slot);
}

static void add_event(Lower *lower, const AstNode *node) {
  IrRange fields = lower_fields(lower, node, CLAUSE_event_field);
  ir_add_event(lower->ir,
               (Event){.name = lower_sym(lower, node->name), .fields = fields, .span = node->key_span});
}

static void add_type_decl(Lower *lower, const AstNode *node) {
  IrRange fields = lower_fields(lower, node, CLAUSE_record_field);
  TypeDecl decl = {.integration = lower->id,
                   .name = lower_sym(lower, node->name),
                   .fields = fields,
                   .span = node->key_span};
  ir_add_type_decl(lower->ir, decl);
}

static void add_operation(Lower *lower, const AstNode *node) {
  Operation operation = {.name = lower_sym(lower, node->name), .span = node->key_span};
  operation.doc = doc_of(lower, node, CLAUSE_operation_doc);
  operation.params = lower_fields(lower, node, CLAUSE_operation_param);
  operation.returns = lower_type(lower, ast_child(node, CLAUSE_operation_returns));
  ir_add_operation(lower->ir, operation);
}

typedef void AddRow(Lower *lower, const AstNode *node);

static void add_all(Lower *lower, ClauseId clause, AddRow *add) {
  for (const AstNode *node = ast_child(lower->node, clause); node; node = ast_next(node)) add(lower, node);
}

void lower_interface(Lower *lower) {
  uint32_t props = lower_start(lower, props), slots = lower_start(lower, slots),
           events = lower_start(lower, events);
  uint32_t types = lower_start(lower, type_decls), operations = lower_start(lower, operations);
  add_all(lower, CLAUSE_integration_prop, add_prop);
  add_all(lower, CLAUSE_integration_slot, add_slot);
  add_all(lower, CLAUSE_integration_event, add_event);
  add_all(lower, CLAUSE_integration_type, add_type_decl);
  add_all(lower, CLAUSE_integration_operation, add_operation);
  Integration *row = ir_integration(lower->ir, lower->id);
  row->props = lower_range(lower, props, props);
  row->slots = lower_range(lower, slots, slots);
  row->events = lower_range(lower, events, events);
  row->types = lower_range(lower, type_decls, types);
  row->operations = lower_range(lower, operations, operations);
}
