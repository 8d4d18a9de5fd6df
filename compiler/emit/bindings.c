#include "emit/bindings.h"

#include <math.h>

#include "emit/code.h"
#include "emit/integration_parts.h"
#include "emit/name.h"
#include "emit/releases.h"
#include "emit/request.h"
#include "passes/bindings.h"

typedef struct Adapter {
  TsxModule tsx;
  Arena *arena;
  const Ir *ir;
  const Release *release;
  IntegrationModule names;
  TsxNode *operations, *batches;
  bool uses_config;
} Adapter;

bool emits_bindings(const Ir *ir, Arena *arena, ReleaseId release) {
  return release_bindings(ir, arena, ir_release(ir, release)).len > 0;
}

static Str runtime_type(Adapter *a, const char *name) {
  return tsx_import(&a->tsx, STR("@fxc/runtime"), str_from(name), true);
}

// TypeScript knows what an operation is given, but for one that is called as what every object has.
static Str parameters_of(Adapter *a, Str name, const char *input, const char *type) {
  if (!name_is_of_objects(name)) return str_printf(a->arena, "%s, { signal }", input);
  return str_printf(a->arena, "%s: %s%.*s%s, { signal }: %.*s", input, type,
                    STR_ARG(runtime_type(a, "OperationInput")), *type ? "[]" : "",
                    STR_ARG(runtime_type(a, "CallContext")));
}

static void add_function(Adapter *a, TsxNode *object, Str name, Str parameters, Str code) {
  tsx_member(a->arena, object, name,
             tsx_codef(a->arena, "async (%.*s) => %.*s", STR_ARG(parameters), STR_ARG(code)));
}

static void add_operation(Adapter *a, Str name, const char *input, Str code) {
  add_function(a, a->operations, name, parameters_of(a, name, input, ""), code);
}

static Str remote_call(Adapter *a, const char *function, Str name, const char *input) {
  Str call = tsx_import(&a->tsx, STR("@fxc/runtime"), str_from(function), false);
  Str label = code_string(a->arena, ir_str(a->ir, a->release->label.sym));
  return str_printf(a->arena, "%.*s(%.*s, %.*s, %.*s, %s, signal)", STR_ARG(call),
                    STR_ARG(code_string(a->arena, a->names.name)), STR_ARG(code_string(a->arena, name)),
                    STR_ARG(label), input);
}

static bool is_batched(const Adapter *a) {
  LimitsId limits = a->names.row->limits;
  return limits.n && !isnan(ir_limit(a->ir, limits)->batch_size.number);
}

// Whoever holds the secrets makes the call; several at once are one request on the way there.
static void add_remote(Adapter *a, Str name) {
  add_operation(a, name, "input", remote_call(a, "callServer", name, "input"));
  if (!is_batched(a)) return;
  add_function(a, a->batches, name, parameters_of(a, name, "inputs", "readonly "),
               remote_call(a, "callServerBatch", name, "inputs"));
}

static void add_request(Adapter *a, const Binding *binding, Str name) {
  const OperationNames *names = &a->names.operations[binding->resolved.n - a->names.row->operations.first];
  RequestCode code = {.module = &a->tsx, .ir = a->ir, .release = a->release, .input_type = names->input};
  code.name = tsx_module_name(&a->tsx, code_local(a->arena, name));
  emit_request(&code, binding);
  Str input = str_printf(a->arena, "input as unknown as %.*s", STR_ARG(names->input));
  if (code.uses_input) {
    Str from = str_concat(a->arena, STR("../../integrations/"), a->names.name);
    tsx_import(&a->tsx, from, names->input, true);
  }
  a->uses_config |= code.uses_config;
  add_operation(a, name, code.uses_input ? "input" : "_", emit_request_call(&code, input, STR("config")));
}

static void add_adapter(Adapter *a) {
  Str label = ir_str(a->ir, a->release->label.sym), type = runtime_type(a, "ProviderAdapter");
  tsx_doc(a->arena, &a->tsx.body,
          str_printf(a->arena, "`%.*s` of `%.*s`, by its HTTP bindings.", STR_ARG(label),
                     STR_ARG(a->names.name)));
  TsxNode *constant = tsx_add(&a->tsx.body, tsx_node(a->arena, TSX_CONST, STR("adapter"), a->release->span));
  constant->flags |= TSX_EXPORT;
  tsx_add_attr(constant, tsx_code(a->arena, type));
  TsxNode *client = tsx_object(a->arena, TSX_BREAK), *object = tsx_object(a->arena, TSX_BREAK);
  tsx_member(a->arena, client, STR("operations"), a->operations);
  if (a->batches->first) tsx_member(a->arena, client, STR("batches"), a->batches);
  Str head = str_printf(a->arena, "(%s) => ", a->uses_config ? "{ config }" : "");
  TsxNode *start = tsx_node(a->arena, TSX_CALL, head, SPAN_NONE);  // "({ config }) => (" … ")"
  tsx_add(start, client);
  tsx_member(a->arena, object, STR("start"), start);
  tsx_add(constant, object);
}

void emit_bindings(const Ir *ir, ReleaseId id, Arena *arena, Buf *out) {
  Adapter a = {.arena = arena, .ir = ir, .release = ir_release(ir, id)};
  a.names = integration_names_of(ir, a.release->integration, arena);
  tsx_module_init(&a.tsx, arena, source_root_path(ir->sources, a.names.row->source));
  tsx_module_name(&a.tsx, STR("adapter"));
  emit_request_names(&a.tsx);
  a.operations = tsx_object(arena, TSX_BREAK);
  a.batches = tsx_object(arena, TSX_BREAK);
  ReleaseBindings bindings = release_bindings(ir, arena, a.release);
  for (size_t i = 0; i < bindings.len; i++) {
    const Binding *binding = ir_binding(ir, bindings.data[i]);
    if (!binding->resolved.n) continue;  // reported
    Str name = ir_str(ir, binding->operation);
    if (binding_is_secret(ir, a.release, binding))
      add_remote(&a, name);
    else
      add_request(&a, binding, name);
  }
  add_adapter(&a);
  tsx_print(&a.tsx, arena, NULL, out);
}
