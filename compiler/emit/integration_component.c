/* What runs: the definition, the default look, the container and the hooks. */
#include "emit/integration_parts.h"
#include "emit/name.h"

static Str react(IntegrationModule *m, const char *name, bool type_only) {
  return tsx_import(&m->tsx, STR("@fxc/runtime/react"), str_from(name), type_only);
}

static TsxNode *property(IntegrationModule *m, TsxNode *object, Str key, TsxNode *value) {
  return tsx_add(object, tsx_wrap(m->arena, TSX_PROPERTY, key, value));
}

static TsxNode *operations(IntegrationModule *m) {
  TsxNode *object = tsx_node(m->arena, TSX_OBJECT, STR(""), SPAN_NONE);
  if (m->row->operations.count) object->flags |= TSX_BREAK;
  for (uint32_t i = 0; i < m->row->operations.count; i++) {
    const Operation *operation = ir_operation_at(m->ir, m->row->operations, i);
    Str name = ir_str(m->ir, operation->name);
    TsxNode *shapes = tsx_node(m->arena, TSX_OBJECT, STR(""), operation->span);
    property(m, shapes, STR("input"), tsx_code(m->arena, m->operations[i].shape));
    property(m, shapes, STR("result"),
             tsx_code(m->arena, shape_of(&m->tsx, m->ir, &m->shape_names, operation->returns)));
    property(m, object, name, shapes);
  }
  return object;
}

static void definition(IntegrationModule *m) {
  TsxNode *object = tsx_node(m->arena, TSX_OBJECT, STR(""), SPAN_NONE);
  TsxNode *slots = tsx_node(m->arena, TSX_ARRAY, STR(""), SPAN_NONE);
  object->flags |= TSX_BREAK;
  for (uint32_t i = 0; i < m->row->slots.count; i++)
    tsx_add(slots, tsx_string(m->arena, ir_str(m->ir, ir_slot_at(m->ir, m->row->slots, i)->name)));
  property(m, object, STR("name"), tsx_string(m->arena, m->name));
  property(m, object, STR("operations"), operations(m));
  property(m, object, STR("slots"), slots);
  TsxNode *constant = integration_statement(m, TSX_CONST, STR("definition"));
  tsx_add_attr(constant, tsx_code(m->arena, react(m, "IntegrationDefinition", true)));
  tsx_add(constant, object);
}

static TsxNode *returned(IntegrationModule *m, TsxNode *function, TsxNode *value) {
  return tsx_add(function, tsx_wrap(m->arena, TSX_RETURN, STR(""), value));
}

static void view(IntegrationModule *m) {
  Str node = tsx_import(&m->tsx, STR("react"), STR("ReactNode"), true);
  Str name = integration_name(m, STR(""), "View");
  integration_doc(m, &m->tsx.body,
                  str_printf(m->arena, "The look of `%.*s`: the concept's markup.", STR_ARG(m->name)));
  TsxNode *function = integration_export(m, TSX_FUNCTION,
                                         str_printf(m->arena, "%.*s({ children }: %.*sProps): %.*s",
                                                    STR_ARG(name), STR_ARG(name), STR_ARG(node)));
  returned(m, function, tsx_code(m->arena, STR("children")));
}

static Str parameters(IntegrationModule *m) {
  Buf buf = {0};
  for (uint32_t i = 0; i < m->row->props.count; i++) {
    const Prop *prop = ir_prop_at(m->ir, m->row->props, i);
    buf_put(&buf, name_prop(m->arena, ir_str(m->ir, prop->name)));
    if (prop->initial.n) buf_printf(&buf, " = %.*s", STR_ARG(code_value(m->arena, m->ir, prop->initial)));
    buf_put(&buf, STR(", "));
  }
  buf_printf(&buf, "use, view = %.*s, ", STR_ARG(integration_name(m, STR(""), "View")));
  for (uint32_t i = 0; i < m->row->events.count; i++) {
    Str event = ir_str(m->ir, ir_event_at(m->ir, m->row->events, i)->name);
    buf_printf(&buf, "on%.*s, ", STR_ARG(name_pascal(m->arena, event)));
  }
  buf_put(&buf, STR("children"));
  Str text = str_copy(m->arena, buf_str(&buf));
  buf_free(&buf);
  return text;
}

static Str values(IntegrationModule *m) {
  VEC(Str) names = {0};
  for (uint32_t i = 0; i < m->row->props.count; i++)
    vec_push(m->arena, &names, name_prop(m->arena, ir_str(m->ir, ir_prop_at(m->ir, m->row->props, i)->name)));
  if (!names.len) return STR("{}");
  Str list = str_join(m->arena, names.data, names.len, STR(", "));
  return str_printf(m->arena, "{ %.*s }", STR_ARG(list));
}

static void attr(IntegrationModule *m, TsxNode *element, const char *name, TsxNode *value) {
  tsx_add_attr(element, tsx_wrap(m->arena, TSX_ATTR, str_from(name), value));
}

static TsxNode *element(IntegrationModule *m) {
  TsxNode *node = tsx_node(m->arena, TSX_ELEMENT, react(m, "Integration", false), SPAN_NONE);
  attr(m, node, "definition", tsx_code(m->arena, STR("definition")));
  attr(m, node, "values", tsx_code(m->arena, values(m)));
  attr(m, node, "use", tsx_code(m->arena, STR("use")));
  attr(m, node, "view", tsx_code(m->arena, STR("view")));
  if (m->row->events.count) {
    TsxNode *handlers = tsx_node(m->arena, TSX_OBJECT, STR(""), SPAN_NONE);
    for (uint32_t i = 0; i < m->row->events.count; i++) {
      Str name = ir_str(m->ir, ir_event_at(m->ir, m->row->events, i)->name);
      property(m, handlers, name, tsx_codef(m->arena, "on%.*s", STR_ARG(name_pascal(m->arena, name))));
    }
    attr(m, node, "handlers", handlers);
  }
  if (m->behaviors.len) attr(m, node, "behaviors", tsx_code(m->arena, m->behaviors));
  tsx_add(node, tsx_wrap(m->arena, TSX_HOLE, STR(""), tsx_code(m->arena, STR("children"))));
  return node;
}

// "Label.", "Purpose." and the documentation comment, as far as they are there.
static Str sentence(IntegrationModule *m, Str before, IrText text) {
  Str words = str_trim(ir_str(m->ir, text.sym));
  if (!words.len) return before;
  const char *stop = strchr(".!?", words.data[words.len - 1]) ? "" : ".";
  return str_printf(m->arena, "%.*s%s%.*s%s", STR_ARG(before), before.len ? "\n\n" : "", STR_ARG(words),
                    stop);
}

static void container(IntegrationModule *m) {
  Str doc = sentence(m, STR(""), m->row->label);
  doc = sentence(m, doc, m->row->purpose);
  doc = sentence(m, doc, m->row->doc);
  integration_doc(m, &m->tsx.body, doc);
  Str node = tsx_import(&m->tsx, STR("react"), STR("ReactNode"), true);
  TsxNode *function = integration_export(
      m, TSX_FUNCTION,
      str_printf(m->arena, "%.*s({ %.*s }: %.*s): %.*s", STR_ARG(m->component), STR_ARG(parameters(m)),
                 STR_ARG(integration_name(m, STR(""), "Props")), STR_ARG(node)));
  returned(m, function, element(m));
}

static void operation_hook(IntegrationModule *m, Str name, const OperationNames *names) {
  integration_doc(m, &m->tsx.body,
                  str_printf(m->arena, "Calls `%.*s` of the nearest `%.*s`, or of the application's one.",
                             STR_ARG(name), STR_ARG(m->component)));
  TsxNode *function = integration_export(
      m, TSX_FUNCTION, str_printf(m->arena, "%.*s(): %.*s", STR_ARG(names->hook), STR_ARG(names->status)));
  TsxNode *call = tsx_node(m->arena, TSX_CALL, react(m, "useOperation", false), SPAN_NONE);
  tsx_add(call, tsx_code(m->arena, STR("definition")));
  tsx_add(call, tsx_string(m->arena, name));
  returned(m, function, tsx_wrap(m->arena, TSX_AS, names->status, call));
}

static void slots_hook(IntegrationModule *m) {
  if (!m->row->slots.count) return;
  Str type =
      str_printf(m->arena, "(this: void) => %.*s | null", STR_ARG(integration_name(m, STR(""), "Slots")));
  integration_doc(
      m, &m->tsx.body,
      str_printf(m->arena, "The elements in the slots of the nearest `%.*s`; `null` until it is on the page.",
                 STR_ARG(m->component)));
  TsxNode *function = integration_export(
      m, TSX_FUNCTION, str_printf(m->arena, "use%.*sSlots(): %.*s", STR_ARG(m->component), STR_ARG(type)));
  TsxNode *call = tsx_node(m->arena, TSX_CALL, react(m, "useSlots", false), SPAN_NONE);
  tsx_add(call, tsx_code(m->arena, STR("definition")));
  returned(m, function, tsx_wrap(m->arena, TSX_AS, type, call));
}

void integration_component(IntegrationModule *m) {
  definition(m);
  view(m);
  container(m);
  for (uint32_t i = 0; i < m->row->operations.count; i++)
    operation_hook(m, ir_str(m->ir, ir_operation_at(m->ir, m->row->operations, i)->name), &m->operations[i]);
  slots_hook(m);
}
