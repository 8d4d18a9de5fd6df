/* In: a checked binding. Out: a function of its own in a module. Surprising: what the function takes is known
 * only when its body has been made, since nothing is to be declared that is not used. */
#include "emit/request.h"

#include "emit/code.h"
#include "ir/interpolation.h"
#include "passes/binding_url.h"
#include "passes/bindings.h"

typedef struct Writer {
  RequestCode *code;
  TsxModule *module;
  Arena *arena;
  const Ir *ir;
  RefScope scope;
} Writer;

static Str runtime(Writer *w, const char *name) {
  return tsx_import(w->module, STR("@fxc/runtime"), str_from(name), false);
}

/* References */

static bool is_numeric(const Ir *ir, TypeId type) {
  if (!type.n) return false;
  IrTypeKind kind = ir_type(ir, type)->kind;
  return kind == IR_TYPE_INT || kind == IR_TYPE_NUMBER;
}

// The environment holds texts: a number is made of them, since JSON tells the two apart.
static Str numeric_code(Writer *w, const Env *env, Str name, bool has_default) {
  Str code = tsx_import(w->module, STR("@fxc/runtime/server"), STR("numeric"), false);
  if (!has_default) return str_printf(w->arena, "%.*s(env, %.*s)", STR_ARG(code), STR_ARG(name));
  return str_printf(w->arena, "%.*s(env, %.*s, %.*s)", STR_ARG(code), STR_ARG(name),
                    STR_ARG(code_literal(w->arena, w->ir, env->initial, env->type)));
}

static Str env_code(Writer *w, EnvId id) {
  const Env *env = ir_env(w->ir, id);
  Str name = code_string(w->arena, ir_str(w->ir, env->name));
  bool has_default = binding_env_is_public(env);
  if (!w->code->server)
    return has_default ? code_literal(w->arena, w->ir, env->initial, env->type) : STR("undefined");
  w->code->uses_environment = true;
  if (is_numeric(w->ir, env->type)) return numeric_code(w, env, name, has_default);
  if (has_default)
    return str_printf(w->arena, "(env[%.*s] ?? %.*s)", STR_ARG(name),
                      STR_ARG(code_literal(w->arena, w->ir, env->initial, env->type)));
  Str variable = tsx_import(w->module, STR("@fxc/runtime/server"), STR("variable"), false);
  return str_printf(w->arena, "%.*s(env, %.*s)", STR_ARG(variable), STR_ARG(name));
}

typedef VEC(Str) Parts;

static Str joined(Writer *w, const Parts *parts, Str gap) {
  return str_join(w->arena, parts->data, parts->len, gap);
}

static void add_member(Writer *w, Parts *members, Sym name, Str code) {
  Str key = code_key(w->arena, ir_str(w->ir, name));
  vec_push(w->arena, members, str_printf(w->arena, "%.*s: %.*s", STR_ARG(key), STR_ARG(code)));
}

static Str members_code(Writer *w, const Parts *members) {
  if (!members->len) return STR("{}");
  Str list = joined(w, members, STR(", "));
  return str_printf(w->arena, "{ %.*s }", STR_ARG(list));
}

typedef Str ItemCode(Writer *w, ValueId id);

static Str list_code(Writer *w, const Value *list, ItemCode *item) {
  Parts items = {0};
  for (uint32_t i = 0; i < list->items.count; i++)
    vec_push(w->arena, &items, item(w, (ValueId){list->items.first + i}));
  Str text = joined(w, &items, STR(", "));
  return str_printf(w->arena, "[%.*s]", STR_ARG(text));
}

static Str record_code(Writer *w, const Value *record, ItemCode *item) {
  Parts members = {0};
  for (uint32_t i = 0; i < record->items.count; i++) {
    ValueId id = {record->items.first + i};
    add_member(w, &members, ir_value(w->ir, id)->key, item(w, id));
  }
  return members_code(w, &members);
}

static bool resolve(Writer *w, Str text, Reference *ref) {
  return reference_resolve(&w->scope, text, SPAN_NONE, ref, NULL);
}

// A configuration value with something of the environment in it is written out where it is used: browsers do
// not have all of it.
static Str config_literal(Writer *w, ValueId id) {
  const Value *value = ir_value(w->ir, id);
  Reference ref;
  if (value->kind == IR_VALUE_LIST) return list_code(w, value, config_literal);
  if (value->kind == IR_VALUE_RECORD) return record_code(w, value, config_literal);
  if (value->kind != IR_VALUE_REFERENCE) return code_value(w->arena, w->ir, id);
  Str text = ir_str(w->ir, value->text);
  return resolve(w, text, &ref) && ref.kind == REF_ENV ? env_code(w, (EnvId){ref.row}) : STR("undefined");
}

static Str json_pointer(Writer *w, Str path) {
  Str pointer = STR(""), name;
  while (path.len && str_split(&path, '.', &name))
    pointer =
        str_printf(w->arena, "%.*s/%.*s", STR_ARG(pointer), STR_ARG(name));  // names have neither ~ nor /
  return pointer;
}

static Str config_code(Writer *w, const Reference *ref) {
  const Config *config = ir_config(w->ir, (ConfigId){ref->row});
  ValueId value = reference_value(w->ir, config->value, ref->path);
  if (!value.n) return STR("undefined");
  if (binding_config_refers(w->ir, config->value)) return config_literal(w, value);
  w->code->uses_config = true;
  Str code = str_printf(w->arena, "config[%.*s]", STR_ARG(code_string(w->arena, ir_str(w->ir, config->key))));
  if (!ref->path.len) return code;
  return str_printf(w->arena, "%.*s(%.*s, %.*s)", STR_ARG(runtime(w, "pointer")), STR_ARG(code),
                    STR_ARG(code_string(w->arena, json_pointer(w, ref->path))));
}

static Str param_code(Writer *w, const Reference *ref) {
  const Field *field = ir_field(w->ir, (FieldId){ref->row});
  bool optional;
  TypeId type = code_required(w->ir, field->type, &optional);
  Str code = code_member(w->arena, STR("input"), ir_str(w->ir, field->name), false), path = ref->path, name;
  w->code->uses_input = true;
  while (path.len && str_split(&path, '.', &name)) {
    code = code_member(w->arena, code, name, optional);
    TypeDeclId decl = type.n ? ir_type(w->ir, type)->decl : (TypeDeclId){0};
    IrRange fields = decl.n ? ir_type_decl(w->ir, decl)->fields : (IrRange){0};
    type = (TypeId){0};
    bool maybe = false;
    for (uint32_t i = 0; i < fields.count; i++)
      if (str_eq(ir_str(w->ir, ir_field_at(w->ir, fields, i)->name), name))
        type = code_required(w->ir, ir_field_at(w->ir, fields, i)->type, &maybe);
    optional |= maybe;
  }
  return code;
}

static Str reference_code(Writer *w, Str text, Reference *ref) {
  if (!resolve(w, text, ref)) return STR("undefined");
  if (ref->kind == REF_ENV) return env_code(w, (EnvId){ref->row});
  return ref->kind == REF_CONFIG ? config_code(w, ref) : param_code(w, ref);
}

/* What is sent */

// A text that needs something which is missing is missing as a whole.
static Str text_code(Writer *w, const Interpolation *parts) {
  Parts pieces = {0}, missing = {0};
  for (size_t i = 0; i < parts->len; i++) {
    const InterpolationPart *part = &parts->data[i];
    Reference ref;
    if (!part->hole) {
      vec_push(w->arena, &pieces, code_template(w->arena, part->text));
      continue;
    }
    Str hole = reference_code(w, part->text, &ref);
    vec_push(w->arena, &pieces, str_printf(w->arena, "${%.*s}", STR_ARG(hole)));
    if (ref.type.optional)
      vec_push(w->arena, &missing, str_printf(w->arena, "%.*s === undefined", STR_ARG(hole)));
  }
  Str code = joined(w, &pieces, STR("")), condition = joined(w, &missing, STR(" || "));
  if (!condition.len) return str_printf(w->arena, "`%.*s`", STR_ARG(code));
  return str_printf(w->arena, "%.*s ? undefined : `%.*s`", STR_ARG(condition), STR_ARG(code));
}

static Str sent_code(Writer *w, ValueId id) {
  const Value *value = ir_value(w->ir, id);
  Str text = ir_str(w->ir, value->text);
  Reference ref;
  if (value->kind == IR_VALUE_LIST) return list_code(w, value, sent_code);
  if (value->kind == IR_VALUE_RECORD) return record_code(w, value, sent_code);
  if (value->kind == IR_VALUE_REFERENCE) return reference_code(w, text, &ref);
  if (value->kind != IR_VALUE_STRING) return code_value(w->arena, w->ir, id);
  Interpolation parts = interpolation_read(w->arena, text);
  if (interpolation_has_holes(&parts)) return text_code(w, &parts);
  return code_string(w->arena, parts.len ? parts.data[0].text : text);
}

// Up to the host stands what the project says, port and all; in the path a hole is one step, behind '?' any
// text.
static Str url_hole(Writer *w, const InterpolationPart *part, bool host, bool query) {
  Reference ref;
  Str hole = reference_code(w, part->text, &ref);
  if (host) return str_printf(w->arena, "${String(%.*s)}", STR_ARG(hole));
  if (query) return str_printf(w->arena, "${encodeURIComponent(String(%.*s))}", STR_ARG(hole));
  return str_printf(w->arena, "${%.*s(%.*s)}", STR_ARG(runtime(w, "part")), STR_ARG(hole));
}

static Str url_code(Writer *w, Str url) {
  Interpolation parts = interpolation_read(w->arena, url);
  if (!interpolation_has_holes(&parts)) return code_string(w->arena, parts.len ? parts.data[0].text : url);
  Parts pieces = {0};
  size_t host = binding_url_host_end(url);
  bool query = false;
  for (size_t i = 0; i < parts.len; i++) {
    const InterpolationPart *part = &parts.data[i];
    if (!part->hole) query |= str_find_char(part->text, '?') >= 0 || str_find_char(part->text, '#') >= 0;
    vec_push(w->arena, &pieces,
             part->hole ? url_hole(w, part, part->at <= host, query) : code_template(w->arena, part->text));
  }
  Str code = joined(w, &pieces, STR(""));
  return str_printf(w->arena, "`%.*s`", STR_ARG(code));
}

/* The answer */

// Records are what is made of an answer; all else is found in it.
static bool reads_answer(const Ir *ir, const Value *result) {
  if (result->kind != IR_VALUE_RECORD) return true;
  for (uint32_t i = 0; i < result->items.count; i++)
    if (reads_answer(ir, ir_value_at(ir, result->items, i))) return true;
  return false;
}

typedef struct Source {
  Writer *writer;
  Str from;  // "answer", or an item of it
} Source;

static Str read_code(const Source *source, const Value *value, TypeId wanted);

static TypeId field_type(const Ir *ir, TypeId record, Sym name) {
  TypeDeclId decl = record.n ? ir_type(ir, record)->decl : (TypeDeclId){0};
  IrRange fields = decl.n ? ir_type_decl(ir, decl)->fields : (IrRange){0};
  for (uint32_t i = 0; i < fields.count; i++)
    if (ir_field_at(ir, fields, i)->name == name) return ir_field_at(ir, fields, i)->type;
  return (TypeId){0};
}

static Str read_members(const Source *source, const Value *record, TypeId type) {
  Writer *w = source->writer;
  Parts members = {0};
  for (uint32_t i = 0; i < record->items.count; i++) {
    const Value *item = ir_value_at(w->ir, record->items, i);
    add_member(w, &members, item->key, read_code(source, item, field_type(w->ir, type, item->key)));
  }
  return members_code(w, &members);
}

static Str read_code(const Source *source, const Value *value, TypeId wanted) {
  Writer *w = source->writer;
  bool optional;
  TypeId type = code_required(w->ir, wanted, &optional);
  if (value->kind == IR_VALUE_RECORD) {
    Str record = read_members(source, value, type);
    return optional ? str_printf(w->arena, "%.*s(%.*s)", STR_ARG(runtime(w, "given")), STR_ARG(record))
                    : record;
  }
  Str path = ir_str(w->ir, value->text);
  if (!path.len) return source->from;
  return str_printf(w->arena, "%.*s(%.*s, %.*s)", STR_ARG(runtime(w, "pointer")), STR_ARG(source->from),
                    STR_ARG(code_string(w->arena, path)));
}

// "{ street: …, city: … }" with a member a line.
static TsxNode *record_node(const Source *source, const Value *record, TypeId type) {
  Writer *w = source->writer;
  TsxNode *object = tsx_node(w->arena, TSX_OBJECT, STR(""), SPAN_NONE);
  object->flags |= TSX_BREAK;
  for (uint32_t i = 0; i < record->items.count; i++) {
    const Value *item = ir_value_at(w->ir, record->items, i);
    TsxNode *code = tsx_code(w->arena, read_code(source, item, field_type(w->ir, type, item->key)));
    code->span = item->span;
    tsx_add(object, tsx_wrap(w->arena, TSX_PROPERTY, ir_str(w->ir, item->key), code));
  }
  return object;
}

static TsxNode *answer_node(Writer *w, const Binding *binding, TypeId returns) {
  bool optional;
  TypeId type = code_required(w->ir, returns, &optional);
  const Value *result = binding->result.n ? ir_value(w->ir, binding->result) : NULL;
  if (!binding->each.sym) {
    Source whole = {w, STR("answer")};
    if (result->kind == IR_VALUE_RECORD && result->items.count && !optional)
      return record_node(&whole, result, type);
    return tsx_code(w->arena, read_code(&whole, result, returns));
  }
  Str list = str_printf(w->arena, "%.*s(answer, %.*s)", STR_ARG(runtime(w, "pointerList")),
                        STR_ARG(code_string(w->arena, ir_str(w->ir, binding->each.sym))));
  if (!result) return tsx_code(w->arena, list);
  if (type.n && ir_type(w->ir, type)->kind == IR_TYPE_ARRAY) type = ir_type(w->ir, type)->element;
  Source item = {w, STR("item")};
  Str code = read_code(&item, result, code_required(w->ir, type, &optional));
  bool record = result->kind == IR_VALUE_RECORD;
  return tsx_codef(w->arena, record ? "%.*s.map((%s) => (%.*s))" : "%.*s.map((%s) => %.*s)", STR_ARG(list),
                   reads_answer(w->ir, result) ? "item" : "", STR_ARG(code));
}

/* The function */

static void put(Writer *w, TsxNode *object, const char *key, TsxNode *value) {
  tsx_add(object, tsx_wrap(w->arena, TSX_PROPERTY, str_from(key), value));
}

static void put_value(Writer *w, TsxNode *object, const char *key, ValueId id) {
  if (!id.n) return;
  TsxNode *code = tsx_code(w->arena, sent_code(w, id));
  code->span = ir_value(w->ir, id)->span;
  put(w, object, key, code);
}

static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"};

static TsxNode *description(Writer *w, const Binding *binding) {
  TsxNode *object = tsx_node(w->arena, TSX_OBJECT, STR(""), SPAN_NONE);
  object->flags |= TSX_BREAK;
  put(w, object, "method", tsx_string(w->arena, str_from(methods[binding->method])));
  TsxNode *url = tsx_code(w->arena, url_code(w, ir_str(w->ir, binding->url.sym)));
  url->span = binding->url.span;
  put(w, object, "url", url);
  put_value(w, object, "query", binding->query);
  put_value(w, object, "headers", binding->headers);
  put_value(w, object, "basic", binding->basic);
  put_value(w, object, "bearer", binding->bearer);
  put_value(w, object, binding->body_kind == IR_BODY_FORM ? "form" : "json", binding->body);
  put(w, object, "signal", tsx_code(w->arena, STR("signal")));
  return object;
}

static TsxNode *call(Writer *w, bool waits, const char *function, const Binding *binding) {
  Str callee = str_printf(w->arena, "%s%.*s", waits ? "await " : "", STR_ARG(runtime(w, function)));
  TsxNode *node = tsx_node(w->arena, TSX_CALL, callee, binding->span);
  tsx_add(node, description(w, binding));
  return node;
}

// What the function takes: only what it uses.
static Str parameters(Writer *w) {
  Str list = STR("signal: AbortSignal");
  if (w->code->uses_input)
    list = str_printf(w->arena, "%.*s, input: %.*s", STR_ARG(list), STR_ARG(w->code->input_type));
  if (w->code->uses_config) {
    Str type = tsx_import(w->module, STR("@fxc/runtime"), STR("ConfigValues"), true);
    list = str_printf(w->arena, "%.*s, config: %.*s", STR_ARG(list), STR_ARG(type));
  }
  if (w->code->uses_environment) {
    Str type = tsx_import(w->module, STR("@fxc/runtime/server"), STR("Environment"), true);
    list = str_printf(w->arena, "%.*s, env: %.*s", STR_ARG(list), STR_ARG(type));
  }
  return list;
}

static void body(Writer *w, const Binding *binding, TsxNode *function) {
  TypeId returns = w->scope.operation ? w->scope.operation->returns : (TypeId){0};
  bool whole = !binding->result.n && !binding->each.sym;
  if (!returns.n || whole) {
    const char *name = returns.n ? "request" : "command";
    tsx_add(function, tsx_wrap(w->arena, TSX_RETURN, STR(""), call(w, false, name, binding)));
    return;
  }
  bool read = binding->each.sym || reads_answer(w->ir, ir_value(w->ir, binding->result));
  TsxNode *answer = read ? tsx_node(w->arena, TSX_CONST, STR("answer"), SPAN_NONE)
                         : tsx_node(w->arena, TSX_STATEMENT, STR(""), SPAN_NONE);
  tsx_add(answer, call(w, true, read ? "request" : "command", binding));
  tsx_add(function, answer);
  tsx_add(function, tsx_wrap(w->arena, TSX_RETURN, STR(""), answer_node(w, binding, returns)));
}

void emit_request_names(TsxModule *module) {
  static const char *const names[] = {
      "answer", "config", "env", "input", "item", "signal", "encodeURIComponent"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) tsx_module_name(module, str_from(names[i]));
}

void emit_request(RequestCode *code, const Binding *binding) {
  Writer w = {code, code->module, code->module->arena, code->ir,
              binding_scope(code->ir, code->release, binding)};
  Str operation = ir_str(code->ir, binding->operation), url = ir_str(code->ir, binding->url.sym);
  code->uses_input = code->uses_config = code->uses_environment = false;
  TsxNode *function = tsx_node(w.arena, TSX_FUNCTION, STR(""), binding->span);
  function->flags |= TSX_ASYNC;
  body(&w, binding, function);
  function->text =
      str_printf(w.arena, "%.*s(%.*s): Promise<unknown>", STR_ARG(code->name), STR_ARG(parameters(&w)));
  tsx_doc(w.arena, &code->module->body,
          str_printf(w.arena, "`%.*s` of %.*s: %s `%.*s`.", STR_ARG(operation),
                     STR_ARG(ir_str(code->ir, code->release->label.sym)), methods[binding->method],
                     STR_ARG(url)));
  tsx_add(&code->module->body, function);
}

Str emit_request_call(const RequestCode *code, Str input, Str config) {
  Arena *arena = code->module->arena;
  return str_printf(arena, "%.*s(signal%s%.*s%s%.*s%s)", STR_ARG(code->name), code->uses_input ? ", " : "",
                    STR_ARG(code->uses_input ? input : STR("")), code->uses_config ? ", " : "",
                    STR_ARG(code->uses_config ? config : STR("")), code->uses_environment ? ", env" : "");
}
