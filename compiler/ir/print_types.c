/* Values, types, interfaces and what releases bind, as text. See ir/print.h. */
#include "ir/print.h"

enum { PRINT_DEPTH = 256 };  // readers allow less

/* Values and types */

static const char *value_kind_name(IrValueKind kind) {
  static const char *const names[] = {"null", "bool", "int",  "number",    "string", "duration", "share",
                                      "size", "rate", "date", "reference", "list",   "record"};
  return names[kind];
}

static void print_value_row(Print *p, const char *key, const Value *value) {
  print_line(p, key);
  print_text(p, NULL, (IrText){value->key, value->key_span});
  print_word(p, value_kind_name(value->kind));
  bool texts = value->kind == IR_VALUE_STRING || value->kind == IR_VALUE_REFERENCE;
  bool numbers = !texts && value->kind != IR_VALUE_NULL && value->kind != IR_VALUE_LIST &&
                 value->kind != IR_VALUE_RECORD;
  if (numbers) print_plain(p, NULL, value->number);
  print_name(p, texts ? NULL : "as", value->text);
  print_end(p, value->span);
}

void print_value(Print *p, const char *key, ValueId id) {
  if (!id.n) return;
  const Value *value = ir_value(p->ir, id);
  print_value_row(p, key, value);
  bool nests = value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD;
  if (!nests || p->depth > PRINT_DEPTH) return;
  p->depth++;
  for (uint32_t i = 0; i < value->items.count; i++)
    print_value(p, value->kind == IR_VALUE_LIST ? "item" : "member", (ValueId){value->items.first + i});
  p->depth--;
}

static void print_type_base(Print *p, const Type *type) {
  static const char *const names[] = {"string", "int",   "number",   "bool", "duration", "share",
                                      "size",   "rate",  "url",      "date", "secret",   "json",
                                      "union",  "array", "optional", "named"};
  print_word(p, names[type->kind]);
  if (type->kind == IR_TYPE_NAMED) {
    print_name(p, NULL, type->name);
    print_flag(p, "resolved", type->decl.n != 0);
  }
  for (uint32_t i = 0; type->kind == IR_TYPE_UNION && i < type->literals.count; i++) {
    const Name *literal = ir_name_at(p->ir, type->literals, i);
    print_text(p, NULL, (IrText){literal->text, literal->span});
  }
}

void print_type(Print *p, const char *key, TypeId id) {
  if (!id.n) return;
  print_word(p, key);
  const Type *type = ir_type(p->ir, id);
  for (; type->kind == IR_TYPE_ARRAY || type->kind == IR_TYPE_OPTIONAL;
       type = ir_type(p->ir, type->element)) {
    print_word(p, type->kind == IR_TYPE_ARRAY ? "array of" : "optional");
    print_span(p, "", type->span);
  }
  print_type_base(p, type);
  print_span(p, "", type->span);
}

/* Interfaces */

static void print_fields(Print *p, const char *word, IrRange fields) {
  p->depth++;
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(p->ir, fields, i);
    print_line(p, word);
    print_name(p, NULL, field->name);
    print_type(p, "type", field->type);
    print_name(p, "doc", field->doc);
    print_end(p, field->span);
  }
  p->depth--;
}

static void print_prop(Print *p, const Prop *prop) {
  print_line(p, "prop");
  print_name(p, NULL, prop->name);
  print_type(p, "type", prop->type);
  print_flag(p, "required", prop->required);
  print_name(p, "doc", prop->doc);
  print_end(p, prop->span);
  p->depth++;
  print_value(p, "default", prop->initial);
  p->depth--;
}

static void print_slot(Print *p, const Slot *slot) {
  print_line(p, "slot");
  print_name(p, NULL, slot->name);
  print_name(p, "element", slot->element);
  print_flag(p, "optional", slot->optional);
  print_name(p, "doc", slot->doc);
  print_end(p, slot->span);
}

static void print_event(Print *p, const Event *event) {
  print_line(p, "event");
  print_name(p, NULL, event->name);
  print_name(p, "doc", event->doc);
  print_end(p, event->span);
  print_fields(p, "field", event->fields);
}

static void print_type_decl(Print *p, const TypeDecl *decl) {
  print_line(p, "type");
  print_name(p, NULL, decl->name);
  print_name(p, "doc", decl->doc);
  print_end(p, decl->span);
  print_fields(p, "field", decl->fields);
}

static void print_operation(Print *p, const Operation *operation) {
  print_line(p, "operation");
  print_name(p, NULL, operation->name);
  print_type(p, "returns", operation->returns);
  print_name(p, "doc", operation->doc);
  print_end(p, operation->span);
  print_fields(p, "param", operation->params);
}

static void print_arguments(Print *p, IrRange arguments) {
  p->depth++;
  for (uint32_t i = 0; i < arguments.count; i++) {
    const Argument *argument = ir_argument_at(p->ir, arguments, i);
    print_line(p, "argument");
    print_name(p, NULL, argument->name);
    print_end(p, argument->span);
    p->depth++;
    print_value(p, "value", argument->value);
    p->depth--;
  }
  p->depth--;
}

static void print_behavior(Print *p, const Behavior *behavior) {
  static const char *const kinds[] = {"call", "fill", "emit"};
  print_line(p, "behavior");
  print_word(p, ir_happening_name(behavior->event));
  print_end(p, behavior->span);
  p->depth++;
  print_names_line(p, "of", behavior->slots);
  print_value(p, "after", behavior->delay);
  for (uint32_t i = 0; i < behavior->steps.count; i++) {
    const Step *step = ir_step_at(p->ir, behavior->steps, i);
    print_line(p, kinds[step->kind]);
    print_text(p, NULL, step->name);
    print_text(p, "as", step->as);
    print_flag(p, "resolved", step->operation.n || step->event.n);
    print_end(p, step->span);
    print_arguments(p, step->arguments);
  }
  p->depth--;
}

void print_interface(Print *p, const Integration *row) {
  for (uint32_t i = 0; i < row->props.count; i++) print_prop(p, ir_prop_at(p->ir, row->props, i));
  for (uint32_t i = 0; i < row->slots.count; i++) print_slot(p, ir_slot_at(p->ir, row->slots, i));
  for (uint32_t i = 0; i < row->events.count; i++) print_event(p, ir_event_at(p->ir, row->events, i));
  for (uint32_t i = 0; i < row->types.count; i++) print_type_decl(p, ir_type_decl_at(p->ir, row->types, i));
  for (uint32_t i = 0; i < row->operations.count; i++)
    print_operation(p, ir_operation_at(p->ir, row->operations, i));
  for (uint32_t i = 0; i < row->behaviors.count; i++)
    print_behavior(p, ir_behavior_at(p->ir, row->behaviors, i));
}

/* What releases bind */

static void print_binding(Print *p, const Binding *binding) {
  static const char *const bodies[] = {"no-body", "json", "form"};
  print_line(p, "binding");
  print_name(p, NULL, binding->operation);
  print_word(p, ir_method_name(binding->method));
  print_text(p, NULL, binding->url);
  print_word(p, bodies[binding->body_kind]);
  print_flag(p, "resolved", binding->resolved.n != 0);
  print_end(p, binding->span);
  p->depth++;
  print_value(p, "query", binding->query);
  print_value(p, "headers", binding->headers);
  print_value(p, "body", binding->body);
  print_value(p, "basic", binding->basic);
  print_value(p, "bearer", binding->bearer);
  print_text_line(p, "each", binding->each);
  print_value(p, "result", binding->result);
  p->depth--;
}

void print_bindings(Print *p, IrRange bindings) {
  for (uint32_t i = 0; i < bindings.count; i++) print_binding(p, ir_binding_at(p->ir, bindings, i));
}

void print_configs(Print *p, const char *key, IrRange configs) {
  for (uint32_t i = 0; i < configs.count; i++) {
    const Config *config = ir_config_at(p->ir, configs, i);
    print_line(p, key);
    print_name(p, NULL, config->key);
    print_end(p, config->span);
    p->depth++;
    print_value(p, "value", config->value);
    p->depth--;
  }
}

void print_envs(Print *p, IrRange envs) {
  for (uint32_t i = 0; i < envs.count; i++) {
    const Env *env = ir_env_at(p->ir, envs, i);
    print_line(p, "env");
    print_name(p, NULL, env->name);
    print_type(p, "type", env->type);
    print_flag(p, "secret", env->secret);
    print_text(p, "pattern", env->pattern);
    print_end(p, env->span);
    p->depth++;
    if (!env->secret) print_value(p, "default", env->initial);
    p->depth--;
  }
}

void print_thresholds(Print *p, const char *key, IrRange thresholds) {
  for (uint32_t i = 0; i < thresholds.count; i++) {
    const Threshold *row = ir_threshold_at(p->ir, thresholds, i);
    print_line(p, key);
    print_name(p, NULL, row->metric);
    print_word(p, ir_operator_name(row->op));
    print_number(p, NULL, row->bound);
    print_number(p, "over", row->window);
    if (p->spans) print_name(p, "as", row->text);
    print_end(p, row->span);
  }
}
