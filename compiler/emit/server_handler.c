/* server/handler.ts. In: the operations that only a server performs, and every variable of what can run. Out:
 * the one export that an application mounts. Surprising: it is there without such operations too, for
 * figures, health and what holds for a visitor are asked of it in every project. */
#include "base/regex.h"
#include "emit/code.h"
#include "emit/releases.h"
#include "emit/server.h"

static Str server_type(TsxModule *module, const char *name) {
  return tsx_import(module, STR("@fxc/runtime/server"), str_from(name), true);
}

/* Operations */

static TsxNode *operations(TsxModule *module, const Ir *ir, UsedIntegrations used) {
  TsxNode *node = tsx_object(module->arena, 0);
  for (size_t i = 0; i < used.count; i++) {
    if (!emits_server(ir, module->arena, used.list[i])) continue;
    Str name = ir_integration_name(ir, used.list[i]),
        from = str_concat(module->arena, STR("./operations/"), name);
    Str local = tsx_import(module, from, server_operations_name(module->arena, name), false);
    tsx_member(module->arena, node, name, tsx_code(module->arena, local));
    node->flags |= TSX_BREAK;
  }
  return node;
}

/* Variables */

typedef struct Variable {
  Str name, pattern;
  bool secret, required;
} Variable;

typedef struct Variables {
  StrMap index;
  VEC(Variable) list;
} Variables;

// What one release can do without and another can not is needed; a release that asks from browsers, or by a
// module of the application, takes nothing from a server.
static void note_variables(const Ir *ir, Arena *arena, Variables *all, IrRange envs, bool served) {
  for (uint32_t i = 0; i < envs.count; i++) {
    const Env *env = ir_env_at(ir, envs, i);
    Str name = ir_str(ir, env->name), pattern = ir_str(ir, env->pattern.sym);
    bool added;
    uint32_t *at = strmap_put(arena, &all->index, name, &added);
    if (added) {
      *at = (uint32_t)all->list.len;
      vec_push(arena, &all->list, (Variable){.name = name});
    }
    Variable *variable = &all->list.data[*at];
    if (!variable->pattern.len) variable->pattern = pattern;
    variable->secret |= env->secret;
    variable->required |= served && !env->initial.n;
  }
}

static Variables variables_of(const Ir *ir, Arena *arena, UsedIntegrations used) {
  Variables all = {0};
  for (size_t i = 0; i < used.count; i++) {
    ReleaseChain chain = release_chain(ir, arena, used.list[i]);
    for (size_t k = 0; k < chain.releases.len; k++) {
      const Release *release = ir_release(ir, chain.releases.data[k]);
      bool served = release_served(ir, arena, release).len > 0;
      if (ir->production && release->production.n)
        note_variables(ir, arena, &all, ir_overlay(ir, release->production)->envs, served);
      note_variables(ir, arena, &all, release->envs, served);
    }
  }
  return all;
}

// Between slashes only what can not end the literal and what everybody can read; else as a string.
static bool is_plain(Str pattern) {
  for (size_t i = 0; i < pattern.len; i++)
    if (pattern.data[i] < ' ' || pattern.data[i] > '~') return false;
  return true;
}

static Str slashed(Arena *arena, Str pattern) {
  char *text = arena_alloc(arena, 2 * pattern.len + 2);
  size_t n = 0;
  text[n++] = '/';
  for (size_t i = 0; i < pattern.len; i++) {
    if (pattern.data[i] == '/') text[n++] = '\\';
    if (pattern.data[i] == '\\' && i + 1 < pattern.len) text[n++] = pattern.data[i++];
    text[n++] = pattern.data[i];
  }
  text[n++] = '/';
  return (Str){text, n};
}

static TsxNode *pattern_node(Arena *arena, Str pattern) {
  RegexFault fault = {0};
  if (!pattern.len || (!regex_compile(arena, pattern, &fault) && !fault.beyond)) return NULL;
  if (is_plain(pattern)) return tsx_code(arena, slashed(arena, pattern));
  TsxNode *node = tsx_node(arena, TSX_CALL, STR("new RegExp"), SPAN_NONE);
  tsx_add(node, tsx_string(arena, pattern));
  return node;
}

static TsxNode *environment(const Ir *ir, Arena *arena, UsedIntegrations used) {
  Variables all = variables_of(ir, arena, used);
  TsxNode *node = tsx_object(arena, all.list.len ? TSX_BREAK : 0);
  for (size_t i = 0; i < all.list.len; i++) {
    const Variable *variable = &all.list.data[i];
    TsxNode *rule = tsx_object(arena, 0), *pattern = pattern_node(arena, variable->pattern);
    if (pattern) tsx_member(arena, rule, STR("pattern"), pattern);
    tsx_member(arena, rule, STR("secret"), tsx_code(arena, variable->secret ? STR("true") : STR("false")));
    tsx_member(arena, rule, STR("required"),
               tsx_code(arena, variable->required ? STR("true") : STR("false")));
    tsx_member(arena, node, variable->name, rule);
  }
  return node;
}

/* The module */

static void add_half(TsxModule *module, const Ir *ir, UsedIntegrations used) {
  Arena *arena = module->arena;
  Str config = tsx_import(module, STR("../integration-config"), STR("integrationConfig"), false);
  TsxNode *half = tsx_object(arena, TSX_BREAK);
  tsx_member(arena, half, STR("operations"), operations(module, ir, used));
  tsx_member(arena, half, STR("config"), tsx_code(arena, config));
  tsx_member(arena, half, STR("environment"), environment(ir, arena, used));
  TsxNode *constant = tsx_add(&module->body, tsx_node(arena, TSX_CONST, STR("half"), SPAN_NONE));
  tsx_add_attr(constant, tsx_code(arena, server_type(module, "ServerHalf")));
  tsx_add(constant, half);
}

static void add_function(TsxModule *module, const char *doc, Str head, uint8_t flags, TsxNode *value) {
  Arena *arena = module->arena;
  tsx_doc(arena, &module->body, str_from(doc));
  TsxNode *function = tsx_add(&module->body, tsx_node(arena, TSX_FUNCTION, head, SPAN_NONE));
  function->flags |= TSX_EXPORT | flags;
  tsx_add(function, tsx_wrap(arena, TSX_RETURN, STR(""), value));
}

void emit_server_handler(const Ir *ir, UsedIntegrations used, Arena *arena, Buf *out) {
  TsxModule module;
  tsx_module_init(&module, arena, PROJECT_ORIGIN);
  tsx_module_name(&module, STR("handler"));
  tsx_module_name(&module, STR("createHandler"));
  tsx_module_name(&module, STR("half"));
  Str serve = tsx_import(&module, STR("@fxc/runtime/server"), STR("serve"), false);
  Str create = tsx_import(&module, STR("@fxc/runtime/server"), STR("serverHalf"), false);
  Str options = server_type(&module, "HandlerOptions"), handler = server_type(&module, "Handler");
  Str variables = server_type(&module, "Environment");
  add_half(&module, ir, used);
  add_function(
      &module,
      "Answers what pages ask of `/_fx/…`. Keys come from `env`, else from the process's environment.",
      str_printf(arena, "handler(request: Request, env?: %.*s): Promise<Response>", STR_ARG(variables)),
      TSX_ASYNC, tsx_codef(arena, "%.*s(half, request, env)", STR_ARG(serve)));
  add_function(&module,
               "A handler with an application's own settings: flags, who asks, limits that servers share.",
               str_printf(arena, "createHandler(options: %.*s): %.*s", STR_ARG(options), STR_ARG(handler)), 0,
               tsx_codef(arena, "%.*s(half, options)", STR_ARG(create)));
  tsx_print(&module, arena, NULL, out);
}
