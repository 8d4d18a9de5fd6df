#include "emit/server.h"

#include "emit/code.h"
#include "emit/integration_parts.h"
#include "emit/name.h"
#include "emit/releases.h"
#include "emit/request.h"
#include "passes/bindings.h"

// A binding that only a server performs.
typedef struct Served {
  const Release *release;
  const Binding *binding;
} Served;

typedef VEC(Served) ServedList;

static ServedList served_bindings(const Ir *ir, Arena *arena, IntegrationId id) {
  ServedList list = {0};
  ReleaseChain chain = release_chain(ir, arena, id);
  for (size_t i = 0; i < chain.releases.len; i++) {
    const Release *release = ir_release(ir, chain.releases.data[i]);
    ReleaseBindings bindings = release_served(ir, arena, release);
    for (size_t k = 0; k < bindings.len; k++)
      vec_push(arena, &list, ((Served){release, ir_binding(ir, bindings.data[k])}));
  }
  return list;
}

bool emits_server(const Ir *ir, Arena *arena, IntegrationId id) {
  return served_bindings(ir, arena, id).len > 0;
}

typedef struct Operations {
  TsxModule tsx;
  Arena *arena;
  const Ir *ir;
  IntegrationModule names;
  ServedList served;
} Operations;

static uint32_t operation_index(const Operations *o, const Binding *binding) {
  return binding->resolved.n - o->names.row->operations.first;
}

/* Validators: the module of the integration is the browser's */

static void put_shapes(Operations *o, const bool *wanted) {
  IrRange types = o->names.row->types, operations = o->names.row->operations;
  bool *reached = integration_reached(&o->names, wanted);
  o->names.shape_names = (ShapeNames){.shapes = o->names.shapes};
  for (uint32_t i = types.first - 1; i < types.first - 1 + types.count; i++) {
    if (!reached[i]) continue;
    tsx_module_name(&o->tsx, o->names.shapes[i]);
    integration_shape(&o->names, &o->tsx, i);
  }
  for (uint32_t i = 0; i < operations.count; i++) {
    if (!wanted[i]) continue;
    const Operation *operation = ir_operation_at(o->ir, operations, i);
    Str name = tsx_module_name(&o->tsx, o->names.operations[i].shape);
    TsxNode *constant = tsx_add(&o->tsx.body, tsx_node(o->arena, TSX_CONST, name, operation->span));
    tsx_add_attr(constant,
                 tsx_code(o->arena, tsx_import(&o->tsx, STR("@fxc/runtime"), STR("Validator"), true)));
    Str code = shape_of_fields(&o->tsx, o->ir, &o->names.shape_names, operation->params);
    tsx_add(constant, tsx_code(o->arena, code));
  }
}

/* Operations */

static Str config_of(Operations *o, const Release *release) {
  Str config = tsx_import(&o->tsx, STR("../../integration-config"), STR("integrationConfig"), false);
  Str entry = code_member(o->arena, config, o->names.name, false);
  Str releases = code_member(o->arena, entry, STR("releases"), false);
  return code_member(o->arena, code_member(o->arena, releases, ir_str(o->ir, release->label.sym), false),
                     STR("config"), false);
}

static TsxNode *release_function(Operations *o, const Served *served) {
  const OperationNames *names = &o->names.operations[operation_index(o, served->binding)];
  RequestCode code = {.module = &o->tsx, .ir = o->ir, .release = served->release, .server = true};
  code.input_type = names->input;
  Str operation = ir_str(o->ir, served->binding->operation),
      label = ir_str(o->ir, served->release->label.sym);
  Str name = str_printf(o->arena, "%.*s-%.*s", STR_ARG(operation), STR_ARG(label));
  code.name = tsx_module_name(&o->tsx, code_local(o->arena, name));
  emit_request(&code, served->binding);
  Str from = str_concat(o->arena, STR("../../integrations/"), o->names.name);
  if (code.uses_input) tsx_import(&o->tsx, from, names->input, true);
  Str input = str_printf(o->arena, "input as unknown as %.*s", STR_ARG(names->input));
  Str config = code.uses_config ? config_of(o, served->release) : STR("");
  // TypeScript knows this function's type, but for an operation that is called as what every object has.
  Str type = STR("");
  if (name_is_of_objects(operation))
    type = str_concat(o->arena, STR(" satisfies "),
                      tsx_import(&o->tsx, STR("@fxc/runtime/server"), STR("ServerFunction"), true));
  return tsx_codef(
      o->arena, type.len ? "(async (%s, env, signal) => %.*s)%.*s" : "async (%s, env, signal) => %.*s%.*s",
      code.uses_input ? "input" : "_", STR_ARG(emit_request_call(&code, input, config)), STR_ARG(type));
}

static TsxNode *operation_entry(Operations *o, uint32_t index) {
  const Operation *operation = ir_operation_at(o->ir, o->names.row->operations, index);
  TsxNode *node = tsx_object(o->arena, TSX_BREAK), *releases = tsx_object(o->arena, TSX_BREAK);
  for (size_t i = 0; i < o->served.len; i++) {
    const Served *served = &o->served.data[i];
    if (operation_index(o, served->binding) != index) continue;
    tsx_member(o->arena, releases, ir_str(o->ir, served->release->label.sym), release_function(o, served));
  }
  tsx_member(o->arena, node, STR("input"), tsx_code(o->arena, o->names.operations[index].shape));
  tsx_member(o->arena, node, STR("result"),
             tsx_code(o->arena, shape_of(&o->tsx, o->ir, &o->names.shape_names, operation->returns)));
  tsx_member(o->arena, node, STR("releases"), releases);
  return node;
}

Str server_operations_name(Arena *arena, Str integration) { return code_local(arena, integration); }

void emit_server_operations(const Ir *ir, IntegrationId id, Arena *arena, Buf *out) {
  Operations o = {.arena = arena, .ir = ir, .names = integration_names_of(ir, id, arena)};
  IrRange operations = o.names.row->operations;
  o.served = served_bindings(ir, arena, id);
  tsx_module_init(&o.tsx, arena, source_root_path(ir->sources, o.names.row->source));
  Str name = tsx_module_name(&o.tsx, server_operations_name(arena, o.names.name));
  emit_request_names(&o.tsx);
  bool *wanted = arena_array(arena, bool, operations.count);
  for (size_t i = 0; i < o.served.len; i++) wanted[operation_index(&o, o.served.data[i].binding)] = true;
  put_shapes(&o, wanted);
  TsxNode *entries = tsx_object(arena, TSX_BREAK);
  for (uint32_t i = 0; i < operations.count; i++)
    if (wanted[i])
      tsx_member(arena, entries, ir_str(ir, ir_operation_at(ir, operations, i)->name),
                 operation_entry(&o, i));
  Str type = tsx_import(&o.tsx, STR("@fxc/runtime/server"), STR("ServerIntegration"), true);
  tsx_doc(arena, &o.tsx.body,
          str_printf(arena, "What `%.*s` asks of providers with the keys of the environment.",
                     STR_ARG(o.names.name)));
  TsxNode *constant = tsx_add(&o.tsx.body, tsx_node(arena, TSX_CONST, name, o.names.row->span));
  constant->flags |= TSX_EXPORT;
  tsx_add_attr(constant, tsx_code(arena, type));
  tsx_add(constant, entries);
  tsx_print(&o.tsx, arena, NULL, out);
}
