/* What happens in the markup: a function for each behaviour of the manifest, and the list of them. In:
 * checked behaviours. Out: plain typed code. Surprising: the value of a slot is asked for where it stands, so
 * that a step sees what the step before it has filled in. */
#include "emit/integration_parts.h"
#include "emit/name.h"
#include "ir/interpolation.h"
#include "passes/reference.h"

typedef struct Names {
  VEC(Str) taken;
} Names;

// One function that is being written.
typedef struct Writer {
  IntegrationModule *m;
  Arena *arena;
  const Ir *ir;
  RefScope scope;
  TsxNode *function;
  Names names;
  Str *answers;  // by step: what its answer is called in code
  Str *props;    // by prop of the integration; empty while nobody has asked
} Writer;

static bool is_taken(const Names *names, Str name) {
  for (size_t i = 0; i < names->taken.len; i++)
    if (str_eq(names->taken.data[i], name)) return true;
  return false;
}

static Str take_name(Writer *w, Str wanted) {
  Str base = code_local(w->arena, wanted), name = base;
  for (unsigned n = 2; is_taken(&w->names, name); n++)
    name = str_printf(w->arena, "%.*s%u", STR_ARG(base), n);
  vec_push(w->arena, &w->names.taken, name);
  return name;
}

static void line(Writer *w, Str code) {
  tsx_add(w->function, tsx_node(w->arena, TSX_STATEMENT, code, SPAN_NONE));
}

static Str react_type(Writer *w, const char *name) {
  return tsx_import(&w->m->tsx, STR("@fxc/runtime/react"), str_from(name), true);
}

/* References */

static Str slot_code(Writer *w, const Reference *ref) {
  static const char *const methods[] = {"value", "checked", "number", "files", "text"};
  Str name = ir_str(w->ir, ir_slot(w->ir, (SlotId){ref->row})->name);
  return str_printf(w->arena, "turn.%s(%.*s)", methods[ref->member], STR_ARG(code_string(w->arena, name)));
}

// A prop is read once, at the function's beginning: there it gets its type.
static Str prop_code(Writer *w, const Reference *ref) {
  Str *name = &w->props[ref->row - w->m->row->props.first];
  if (name->len) return *name;
  const Prop *prop = ir_prop(w->ir, (PropId){ref->row});
  bool optional;
  TypeId type = code_required(w->ir, prop->type, &optional);
  Str key = name_prop(w->arena, ir_str(w->ir, prop->name));
  *name = take_name(w, ir_str(w->ir, prop->name));
  line(w,
       str_printf(w->arena, "const %.*s = turn.prop(%.*s) as %.*s%s;", STR_ARG(*name),
                  STR_ARG(code_string(w->arena, key)), STR_ARG(code_type(w->arena, w->ir, w->m->types, type)),
                  ref->optional ? " | undefined" : ""));
  return *name;
}

// Whether a step of the path may be missing is known from the types that it goes through.
static Str path_code(Writer *w, Str base, Str path, TypeId type, bool optional) {
  Str name;
  while (path.len && str_split(&path, '.', &name)) {
    bool maybe;
    type = code_required(w->ir, type, &maybe);
    optional |= maybe;
    base = code_member(w->arena, base, name, optional);
    TypeDeclId decl = type.n ? ir_type(w->ir, type)->decl : (TypeDeclId){0};
    IrRange fields = decl.n ? ir_type_decl(w->ir, decl)->fields : (IrRange){0};
    type = (TypeId){0};
    for (uint32_t i = 0; i < fields.count; i++)
      if (str_eq(ir_str(w->ir, ir_field_at(w->ir, fields, i)->name), name))
        type = ir_field_at(w->ir, fields, i)->type;
  }
  return base;
}

static Str reference_code(Writer *w, const Reference *ref) {
  if (ref->kind == REF_SLOT) return slot_code(w, ref);
  if (ref->kind == REF_PROP)
    return path_code(w, prop_code(w, ref), ref->path, ir_prop(w->ir, (PropId){ref->row})->type,
                     ref->optional);
  const Step *step = ir_step(w->ir, (StepId){ref->row});
  TypeId type = ir_operation(w->ir, step->operation)->returns;
  Str answer = w->answers[ref->row - w->scope.behavior->steps.first];
  return path_code(w, answer, ref->path, type, ref->optional);
}

static bool resolve(Writer *w, Str text, Reference *ref) {
  return reference_resolve(&w->scope, text, SPAN_NONE, ref, NULL);
}

/* Values */

static Str value_code(Writer *w, ValueId id, TypeId wanted);

// What is typed in a slot is '' where there is none.
static bool may_be_undefined(const Reference *ref) {
  bool typed = ref->kind == REF_SLOT && ref->member != REF_NUMBER;
  return ref->type.optional && !typed;
}

static Str text_code(Writer *w, const Interpolation *parts) {
  Str code = STR("`");
  for (size_t i = 0; i < parts->len; i++) {
    const InterpolationPart *part = &parts->data[i];
    Reference ref;
    if (!part->hole)
      code = str_concat(w->arena, code, code_template(w->arena, part->text));
    else if (resolve(w, part->text, &ref))
      code = str_printf(w->arena, "%.*s${%.*s%s}", STR_ARG(code), STR_ARG(reference_code(w, &ref)),
                        may_be_undefined(&ref) ? " ?? ''" : "");
  }
  return str_concat(w->arena, code, STR("`"));
}

// Pure text is the text that is meant: its doubled braces are single.
static Str string_code(Writer *w, ValueId id, TypeId wanted) {
  Interpolation parts = interpolation_read(w->arena, ir_str(w->ir, ir_value(w->ir, id)->text));
  if (interpolation_has_holes(&parts)) return text_code(w, &parts);
  if (parts.len == 1 && !str_eq(parts.data[0].text, ir_str(w->ir, ir_value(w->ir, id)->text)))
    return code_string(w->arena, parts.data[0].text);
  return code_literal(w->arena, w->ir, id, wanted);
}

static const Field *field_named(const Ir *ir, IrRange fields, Sym name) {
  for (uint32_t i = 0; i < fields.count; i++)
    if (ir_field_at(ir, fields, i)->name == name) return ir_field_at(ir, fields, i);
  return NULL;
}

static bool is_optional(const Ir *ir, TypeId type) {
  return type.n && ir_type(ir, type)->kind == IR_TYPE_OPTIONAL;
}

// "city: address.city", or a spread that has it only where there is a value.
static Str member_code(Writer *w, Str name, ValueId value, TypeId wanted) {
  Str key = code_key(w->arena, name), code;
  const Value *row = ir_value(w->ir, value);
  Reference ref;
  bool known = row->kind == IR_VALUE_REFERENCE && resolve(w, ir_str(w->ir, row->text), &ref);
  bool text = known && ref.kind == REF_SLOT && ref.member == REF_VALUE;
  if (!known || !is_optional(w->ir, wanted) || (!text && !ref.type.optional)) {
    code = value_code(w, value, wanted);
    if (str_eq(key, code)) return key;
    return str_printf(w->arena, "%.*s: %.*s", STR_ARG(key), STR_ARG(code));
  }
  code = reference_code(w, &ref);
  if (text) {
    Str slot = code_string(w->arena, ir_str(w->ir, ir_slot(w->ir, (SlotId){ref.row})->name));
    return str_printf(w->arena, "...(turn.filled(%.*s) && { %.*s: %.*s })", STR_ARG(slot), STR_ARG(key),
                      STR_ARG(code));
  }
  if (ref.kind == REF_SLOT && ref.member == REF_NUMBER) {
    Str local = take_name(w, ir_str(w->ir, ir_slot(w->ir, (SlotId){ref.row})->name));
    line(w, str_printf(w->arena, "const %.*s = %.*s;", STR_ARG(local), STR_ARG(code)));
    code = local;
  }
  if (ref.kind == REF_SLOT && ref.member != REF_NUMBER)
    return str_printf(w->arena, "%.*s: %.*s", STR_ARG(key), STR_ARG(code));
  Str member = str_eq(key, code) ? key : str_printf(w->arena, "%.*s: %.*s", STR_ARG(key), STR_ARG(code));
  return str_printf(w->arena, "...(%.*s !== undefined && { %.*s })", STR_ARG(code), STR_ARG(member));
}

static Str join(Writer *w, Str list, Str item) {
  return list.len ? str_printf(w->arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(item)) : item;
}

static Str braced(Writer *w, Str members) {
  return members.len ? str_printf(w->arena, "{ %.*s }", STR_ARG(members)) : STR("{}");
}

static Str record_code(Writer *w, const Value *record, TypeId wanted) {
  bool optional;
  wanted = code_required(w->ir, wanted, &optional);
  TypeDeclId decl = wanted.n ? ir_type(w->ir, wanted)->decl : (TypeDeclId){0};
  IrRange fields = decl.n ? ir_type_decl(w->ir, decl)->fields : (IrRange){0};
  Str members = STR("");
  for (uint32_t i = 0; i < record->items.count; i++) {
    ValueId item = {record->items.first + i};
    Sym key = ir_value(w->ir, item)->key;
    const Field *field = field_named(w->ir, fields, key);
    members = join(w, members, member_code(w, ir_str(w->ir, key), item, field ? field->type : (TypeId){0}));
  }
  return braced(w, members);
}

static Str list_code(Writer *w, const Value *list, TypeId wanted) {
  bool optional;
  wanted = code_required(w->ir, wanted, &optional);
  bool array = wanted.n && ir_type(w->ir, wanted)->kind == IR_TYPE_ARRAY;
  TypeId element = array ? ir_type(w->ir, wanted)->element : (TypeId){0};
  Str items = STR("");
  for (uint32_t i = 0; i < list->items.count; i++)
    items = join(w, items, value_code(w, (ValueId){list->items.first + i}, element));
  return str_printf(w->arena, "[%.*s]", STR_ARG(items));
}

static Str value_code(Writer *w, ValueId id, TypeId wanted) {
  const Value *value = ir_value(w->ir, id);
  Reference ref;
  switch (value->kind) {
    case IR_VALUE_REFERENCE:
      return resolve(w, ir_str(w->ir, value->text), &ref) ? reference_code(w, &ref) : STR("undefined");
    case IR_VALUE_STRING:
      return string_code(w, id, wanted);
    case IR_VALUE_RECORD:
      return record_code(w, value, wanted);
    case IR_VALUE_LIST:
      return list_code(w, value, wanted);
    default:
      return code_literal(w->arena, w->ir, id, wanted);
  }
}

/* Steps */

// A call waits until what it can not do without is there.
static void guard(Writer *w, const Argument *argument, const Field *param) {
  const Value *value = ir_value(w->ir, argument->value);
  Reference ref;
  if (!param || is_optional(w->ir, param->type) || value->kind != IR_VALUE_REFERENCE) return;
  if (!resolve(w, ir_str(w->ir, value->text), &ref) || ref.kind != REF_SLOT || ref.member != REF_VALUE)
    return;
  Str slot = code_string(w->arena, ir_str(w->ir, ir_slot(w->ir, (SlotId){ref.row})->name));
  line(w, str_printf(w->arena, "if (!turn.filled(%.*s)) return;", STR_ARG(slot)));
}

static void call(Writer *w, const Step *step, uint32_t index) {
  if (!step->operation.n) return;
  const Operation *operation = ir_operation(w->ir, step->operation);
  const OperationNames *names = &w->m->operations[step->operation.n - w->m->row->operations.first];
  Str members = STR("");
  for (uint32_t i = 0; i < step->arguments.count; i++) {
    const Argument *argument = ir_argument_at(w->ir, step->arguments, i);
    const Field *param = field_named(w->ir, operation->params, argument->name);
    guard(w, argument, param);
    Str member =
        member_code(w, ir_str(w->ir, argument->name), argument->value, param ? param->type : (TypeId){0});
    members = join(w, members, member);
  }
  Str name = code_string(w->arena, ir_str(w->ir, operation->name));
  Str code = str_printf(w->arena, "await turn.call(%.*s, %.*s satisfies %.*s)", STR_ARG(name),
                        STR_ARG(braced(w, members)), STR_ARG(names->input));
  if (!step->as.sym || !operation->returns.n) {
    line(w, str_concat(w->arena, code, STR(";")));
    return;
  }
  Str answer = take_name(w, ir_str(w->ir, step->as.sym));
  Str type = code_type(w->arena, w->ir, w->m->types, operation->returns);
  w->answers[index] = answer;
  line(w,
       str_printf(w->arena, "const %.*s = (%.*s) as %.*s;", STR_ARG(answer), STR_ARG(code), STR_ARG(type)));
}

static void fill(Writer *w, const Step *step) {
  for (uint32_t i = 0; i < step->arguments.count; i++) {
    const Argument *argument = ir_argument_at(w->ir, step->arguments, i);
    Str slot = code_string(w->arena, ir_str(w->ir, argument->name));
    line(w, str_printf(w->arena, "turn.fill(%.*s, %.*s);", STR_ARG(slot),
                       STR_ARG(value_code(w, argument->value, (TypeId){0}))));
  }
}

static void emit(Writer *w, const Step *step) {
  if (!step->event.n) return;
  const Event *event = ir_event(w->ir, step->event);
  Str members = STR("");
  for (uint32_t i = 0; i < step->arguments.count && i < event->fields.count; i++) {
    const Field *field = ir_field_at(w->ir, event->fields, i);
    ValueId value = ir_argument_at(w->ir, step->arguments, i)->value;
    members = join(w, members, member_code(w, ir_str(w->ir, field->name), value, field->type));
  }
  Str type = w->m->events[step->event.n - w->m->row->events.first];
  line(w, str_printf(w->arena, "turn.emit(%.*s, %.*s satisfies %.*s);",
                     STR_ARG(code_string(w->arena, ir_str(w->ir, event->name))), STR_ARG(braced(w, members)),
                     STR_ARG(type)));
}

/* Behaviours */

static bool waits(const Ir *ir, const Behavior *behavior) {
  for (uint32_t i = 0; i < behavior->steps.count; i++)
    if (ir_step_at(ir, behavior->steps, i)->kind == IR_STEP_CALL) return true;
  return false;
}

static Str slot_list(Writer *w, const char *quote) {
  Str list = STR("");
  for (uint32_t i = 0; i < w->scope.behavior->slots.count; i++) {
    Str name = ir_str(w->ir, ir_name_at(w->ir, w->scope.behavior->slots, i)->text);
    list = join(
        w, list,
        quote ? str_printf(w->arena, "%s%.*s%s", quote, STR_ARG(name), quote) : code_string(w->arena, name));
  }
  return list;
}

static Str write_function(Writer *w) {
  const Behavior *behavior = w->scope.behavior;
  bool async = waits(w->ir, behavior);
  Str happening = str_from(ir_happening_name(behavior->event));
  Str wanted = str_printf(w->arena, "on%.*s", STR_ARG(name_pascal(w->arena, happening)));
  Str name = tsx_module_name(&w->m->tsx, wanted), turn = react_type(w, "Turn");
  integration_doc(w->m, &w->m->tsx.body,
                  str_printf(w->arena, "On %.*s of %.*s.", STR_ARG(happening), STR_ARG(slot_list(w, "`"))));
  Str head = str_printf(w->arena, "%.*s(turn: %.*s): %s", STR_ARG(name), STR_ARG(turn),
                        async ? "Promise<void>" : "void");
  w->function = integration_statement(w->m, TSX_FUNCTION, head);
  w->function->span = behavior->span;
  if (async) w->function->flags |= TSX_ASYNC;
  vec_push(w->arena, &w->names.taken, STR("turn"));
  for (uint32_t i = 0; i < behavior->steps.count; i++) {
    const Step *step = ir_step_at(w->ir, behavior->steps, i);
    w->scope.step = i;
    if (step->kind == IR_STEP_CALL)
      call(w, step, i);
    else if (step->kind == IR_STEP_FILL)
      fill(w, step);
    else
      emit(w, step);
  }
  return name;
}

// The name of a prop, or milliseconds.
static Str delay_code(Writer *w) {
  const Value *delay = ir_value(w->ir, w->scope.behavior->delay);
  if (delay->kind == IR_VALUE_REFERENCE)
    return code_string(w->arena, name_prop(w->arena, ir_str(w->ir, delay->text)));
  return code_value(w->arena, w->ir, w->scope.behavior->delay);
}

static TsxNode *entry(Writer *w, Str function) {
  const Behavior *behavior = w->scope.behavior;
  Str after = STR("");
  if (behavior->delay.n) after = str_printf(w->arena, " after: %.*s,", STR_ARG(delay_code(w)));
  return tsx_codef(w->arena, "{ on: '%s', of: [%.*s],%.*s run: %.*s }", ir_happening_name(behavior->event),
                   STR_ARG(slot_list(w, NULL)), STR_ARG(after), STR_ARG(function));
}

void integration_behaviors(IntegrationModule *m) {
  if (!m->row->behaviors.count) return;
  TsxNode *list = tsx_node(m->arena, TSX_ARRAY, STR(""), SPAN_NONE);
  list->flags |= TSX_BREAK;
  m->behaviors = tsx_module_name(&m->tsx, STR("behaviors"));
  for (uint32_t i = 0; i < m->row->behaviors.count; i++) {
    Writer w = {.m = m, .arena = m->arena, .ir = m->ir};
    w.scope = (RefScope){
        .ir = m->ir, .integration = m->row, .behavior = ir_behavior_at(m->ir, m->row->behaviors, i)};
    w.answers = arena_array(m->arena, Str, w.scope.behavior->steps.count);
    w.props = arena_array(m->arena, Str, m->row->props.count);
    tsx_add(list, entry(&w, write_function(&w)));
  }
  Str react = STR("@fxc/runtime/react");
  Str type = tsx_import(&m->tsx, react, STR("Behaviors"), true);
  Str behave = tsx_import(&m->tsx, react, STR("behave"), false);
  TsxNode *constant = integration_statement(m, TSX_CONST, m->behaviors);
  tsx_add_attr(constant, tsx_code(m->arena, type));
  tsx_add(constant, tsx_wrap(m->arena, TSX_CALL, behave, list));
}
