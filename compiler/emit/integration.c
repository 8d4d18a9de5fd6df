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

Str integration_name(IntegrationModule *m, Str part, const char *suffix) {
  Str middle = part.len ? name_pascal(m->arena, part) : part;
  return str_printf(m->arena, "%.*s%.*s%s", STR_ARG(m->component), STR_ARG(middle), suffix);
}

/* Records */

static void name_types(IntegrationModule *m) {
  size_t all = m->ir->type_decls.len;
  m->types = arena_array(m->arena, Str, all);
  m->shapes = arena_array(m->arena, Str, all);
  for (uint32_t i = 0; i < m->row->types.count; i++) {
    uint32_t index = m->row->types.first - 1 + i;
    Str name = ir_str(m->ir, m->ir->type_decls.data[index].name);
    m->types[index] = tsx_module_name(&m->tsx, integration_name(m, name, ""));
    m->shapes[index] =
        tsx_module_name(&m->tsx, str_concat(m->arena, name_camel(m->arena, name), STR("Shape")));
  }
  m->shape_names = (ShapeNames){.shapes = m->shapes};
}

// A shape may use those above it; one that comes later is reached through lazy().
void integration_types(IntegrationModule *m) {
  name_types(m);
  for (uint32_t i = 0; i < m->row->types.count; i++) {
    uint32_t index = m->row->types.first - 1 + i;
    const TypeDecl *decl = &m->ir->type_decls.data[index];
    Str doc = ir_str(m->ir, decl->doc);
    if (!doc.len)
      doc = str_printf(m->arena, "`%.*s` of `%.*s`.", STR_ARG(ir_str(m->ir, decl->name)), STR_ARG(m->name));
    integration_doc(m, &m->tsx.body, doc);
    TsxNode *interface = integration_export(m, TSX_INTERFACE, m->types[index]);
    integration_fields(m, interface, decl->fields);
    m->shape_names.declared = index;
    Str shape = shape_of_fields(&m->tsx, m->ir, &m->shape_names, decl->fields);
    TsxNode *constant = integration_statement(m, TSX_CONST, m->shapes[index]);
    tsx_add_attr(constant,
                 tsx_code(m->arena, tsx_import(&m->tsx, STR("@fxc/runtime"), STR("Validator"), true)));
    tsx_add(constant, tsx_code(m->arena, shape));
    m->shape_names.declared = index + 1;
  }
}

void emit_integration(const Ir *ir, IntegrationId id, Arena *arena, Buf *out) {
  IntegrationModule m = {.arena = arena, .ir = ir, .row = ir_integration(ir, id)};
  m.name = ir_str(ir, m.row->name);
  tsx_module_init(&m.tsx, arena, source_root_path(ir->sources, m.row->source));
  m.tsx.client = true;
  m.component = tsx_module_name(&m.tsx, name_pascal(arena, m.name));
  integration_types(&m);
  integration_operations(&m);
  integration_uses(&m);
  integration_component(&m);
  tsx_print(&m.tsx, arena, NULL, out);
}
