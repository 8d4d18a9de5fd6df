/* Operations: what goes in, what comes out, and the status that a hook gives. */
#include "emit/integration_parts.h"

static Str result_type(IntegrationModule *m, const Operation *operation) {
  return operation->returns.n ? code_type(m->arena, m->ir, m->types, operation->returns) : STR("undefined");
}

static void input(IntegrationModule *m, Str name, const OperationNames *names, const Operation *operation) {
  integration_doc(m, &m->tsx.body, str_printf(m->arena, "What `%.*s` takes.", STR_ARG(name)));
  integration_record(m, names->input, operation->params);
  TsxNode *constant = integration_statement(m, TSX_CONST, names->shape);
  tsx_add_attr(constant,
               tsx_code(m->arena, tsx_import(&m->tsx, STR("@fxc/runtime"), STR("Validator"), true)));
  tsx_add(constant, tsx_code(m->arena, shape_of_fields(&m->tsx, m->ir, &m->shape_names, operation->params)));
}

// `unknown` and optional results hold undefined already.
static Str data_type(IntegrationModule *m, const Operation *operation, Str result) {
  if (!operation->returns.n) return result;
  IrTypeKind kind = ir_type(m->ir, operation->returns)->kind;
  bool holds = kind == IR_TYPE_OPTIONAL || kind == IR_TYPE_JSON;
  return holds ? result : str_concat(m->arena, result, STR(" | undefined"));
}

static void status(IntegrationModule *m, Str name, const OperationNames *names, const Operation *operation) {
  Str base = tsx_import(&m->tsx, STR("@fxc/runtime/react"), STR("OperationStatus"), true);
  Str doc = ir_str(m->ir, operation->doc);
  Str hook =
      str_printf(m->arena, "The operation `%.*s`, as `%.*s` gives it.", STR_ARG(name), STR_ARG(names->hook));
  integration_doc(m, &m->tsx.body,
                  doc.len ? str_printf(m->arena, "%.*s\n\n%.*s", STR_ARG(doc), STR_ARG(hook)) : hook);
  TsxNode *interface = integration_export(
      m, TSX_INTERFACE, str_printf(m->arena, "%.*s extends %.*s", STR_ARG(names->status), STR_ARG(base)));
  Str result = result_type(m, operation);
  integration_member(m, interface, STR("data"), false, data_type(m, operation, result));
  Str promise = operation->returns.n ? result : STR("void");
  tsx_add(interface, tsx_node(m->arena, TSX_STATEMENT,
                              str_printf(m->arena, "call(this: void, input: %.*s): Promise<%.*s>;",
                                         STR_ARG(names->input), STR_ARG(promise)),
                              operation->span));
}

void integration_operations(IntegrationModule *m) {
  for (uint32_t i = 0; i < m->row->operations.count; i++) {
    const Operation *operation = ir_operation_at(m->ir, m->row->operations, i);
    Str name = ir_str(m->ir, operation->name);
    input(m, name, &m->operations[i], operation);
    status(m, name, &m->operations[i], operation);
  }
}
