#include "emit/integration.h"

#include "emit/integration_parts.h"
#include "emit/name.h"

TsxNode *integration_statement(IntegrationModule *m, TsxKind kind, Str text) {
  return tsx_add(&m->tsx.body, tsx_node(m->arena, kind, text, m->row->span));
}

TsxNode *integration_export(IntegrationModule *m, TsxKind kind, Str text) {
  TsxNode *node = integration_statement(m, kind, text);
  node->flags |= TSX_EXPORT;
  return node;
}

void integration_doc(IntegrationModule *m, TsxNode *parent, Str text) {
  if (text.len) tsx_doc(m->arena, parent, text);
}

TsxNode *integration_member(IntegrationModule *m, TsxNode *parent, Str name, bool optional, Str type) {
  TsxNode *field = tsx_wrap(m->arena, TSX_FIELD, name, tsx_code(m->arena, type));
  field->flags |= TSX_READONLY;
  if (optional) field->flags |= TSX_OPTIONAL;
  return tsx_add(parent, field);
}

void integration_fields(IntegrationModule *m, TsxNode *parent, IrRange fields) {
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(m->ir, fields, i);
    bool optional;
    TypeId type = code_required(m->ir, field->type, &optional);
    integration_doc(m, parent, ir_str(m->ir, field->doc));
    TsxNode *member = integration_member(m, parent, ir_str(m->ir, field->name), optional,
                                         code_type(m->arena, m->ir, m->types, type));
    member->span = field->span;
  }
}

void integration_record(IntegrationModule *m, Str name, IrRange fields) {
  if (fields.count)
    integration_fields(m, integration_export(m, TSX_INTERFACE, name), fields);
  else
    tsx_add(integration_export(m, TSX_TYPE_ALIAS, name),
            tsx_code(m->arena, STR("Readonly<Record<string, never>>")));
}

Str integration_name(IntegrationModule *m, Str part, const char *suffix) {
  Str middle = part.len ? name_pascal(m->arena, part) : part;
  return str_printf(m->arena, "%.*s%.*s%s", STR_ARG(m->component), STR_ARG(middle), suffix);
}

/* Records */

// The validator of a record is there for operations: what none of them reaches has none.
static void reach(IntegrationModule *m, bool *reached, TypeId type) {
  while (type.n &&
         (ir_type(m->ir, type)->kind == IR_TYPE_ARRAY || ir_type(m->ir, type)->kind == IR_TYPE_OPTIONAL))
    type = ir_type(m->ir, type)->element;
  TypeDeclId decl = type.n ? ir_type(m->ir, type)->decl : (TypeDeclId){0};
  if (decl.n) reached[decl.n - 1] = true;
}

static void reach_fields(IntegrationModule *m, bool *reached, IrRange fields) {
  for (uint32_t i = 0; i < fields.count; i++) reach(m, reached, ir_field_at(m->ir, fields, i)->type);
}

bool *integration_reached(IntegrationModule *m, const bool *wanted) {
  IrRange types = m->row->types, operations = m->row->operations;
  bool *reached = arena_array(m->arena, bool, m->ir->type_decls.len);
  bool *done = arena_array(m->arena, bool, m->ir->type_decls.len);
  for (uint32_t i = 0; i < operations.count; i++) {
    const Operation *operation = ir_operation_at(m->ir, operations, i);
    if (wanted && !wanted[i]) continue;
    reach_fields(m, reached, operation->params);
    reach(m, reached, operation->returns);
  }
  for (bool more = true; more;) {
    more = false;
    for (uint32_t i = types.first - 1; i < types.first - 1 + types.count; i++) {
      if (!reached[i] || done[i]) continue;
      reach_fields(m, reached, m->ir->type_decls.data[i].fields);
      done[i] = more = true;
    }
  }
  return reached;
}

void integration_shape(IntegrationModule *m, TsxModule *module, uint32_t index) {
  m->shape_names.declared = index;
  Str code = shape_of_fields(module, m->ir, &m->shape_names, m->ir->type_decls.data[index].fields);
  TsxNode *constant = tsx_node(m->arena, TSX_CONST, m->shapes[index], m->row->span);
  tsx_add(&module->body, constant);
  tsx_add_attr(constant, tsx_code(m->arena, tsx_import(module, STR("@fxc/runtime"), STR("Validator"), true)));
  tsx_add(constant, tsx_code(m->arena, code));
  m->shape_names.declared = index + 1;
}

// A shape may use those above it; one that comes later is reached through lazy().
void integration_types(IntegrationModule *m) {
  bool *reached = integration_reached(m, NULL);
  m->shape_names = (ShapeNames){.shapes = m->shapes};
  for (uint32_t i = 0; i < m->row->types.count; i++) {
    uint32_t index = m->row->types.first - 1 + i;
    const TypeDecl *decl = &m->ir->type_decls.data[index];
    Str doc = ir_str(m->ir, decl->doc);
    if (!doc.len)
      doc = str_printf(m->arena, "`%.*s` of `%.*s`.", STR_ARG(ir_str(m->ir, decl->name)), STR_ARG(m->name));
    integration_doc(m, &m->tsx.body, doc);
    integration_record(m, m->types[index], decl->fields);
    if (reached[index]) integration_shape(m, &m->tsx, index);
  }
}

static void print_module(const IntegrationModule *m, const Templates *templates, Buf *out) {
  TemplateValue data = {.kind = TEMPLATE_MAP};
  template_add_text(m->arena, &data, "source", m->tsx.from);
  template_add_text(m->arena, &data, "name", m->name);
  template_add_text(m->arena, &data, "label", ir_str(m->ir, m->row->label.sym));
  template_add_text(m->arena, &data, "purpose", ir_str(m->ir, m->row->purpose.sym));
  template_add_text(m->arena, &data, "owner", ir_str(m->ir, m->row->owner.sym));
  template_add_text(m->arena, &data, "docs", ir_str(m->ir, m->row->docs.sym));
  shell_print(templates, TEMPLATE_INTEGRATION, &m->tsx, &data, m->arena, NULL, NULL, out);
}

void emit_integration(const Ir *ir, IntegrationId id, const Templates *templates, Arena *arena, Buf *out) {
  IntegrationModule m = {.arena = arena, .ir = ir, .row = ir_integration(ir, id)};
  m.name = ir_str(ir, m.row->name);
  tsx_module_init(&m.tsx, arena, source_root_path(ir->sources, m.row->source));
  m.tsx.client = true;
  integration_names(&m);
  integration_types(&m);
  integration_operations(&m);
  integration_uses(&m);
  integration_behaviors(&m);
  integration_component(&m);
  print_module(&m, templates, out);
}
