#include "emit/project_files.h"

#include <stdlib.h>

#include "emit/code.h"
#include "emit/integration.h"
#include "emit/releases.h"
#include "emit/templates.h"
#include "emit/tsx.h"

typedef struct ByName {
  Str name;
  IntegrationId id;
} ByName;

static int by_name(const void *a, const void *b) {
  return str_cmp(((const ByName *)a)->name, ((const ByName *)b)->name);
}

UsedIntegrations emit_used_integrations(const Ir *ir, Arena *arena) {
  ByName *found = arena_array(arena, ByName, ir->decisions.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < ir->decisions.len; i++) {
    const Decision *decision = &ir->decisions.data[i];
    if (!decision->release.n) continue;
    found[count++] =
        (ByName){ir_str(ir, ir_integration(ir, decision->integration)->name), decision->integration};
  }
  qsort(found, count, sizeof *found, by_name);
  IntegrationId *list = arena_array(arena, IntegrationId, count + 1);
  for (size_t i = 0; i < count; i++) list[i] = found[i].id;
  return (UsedIntegrations){list, count};
}

void project_file_print(const Ir *ir, UsedIntegrations used, const Templates *templates, TemplateId id,
                        const TsxModule *module, Buf *out) {
  TemplateValue data = {.kind = TEMPLATE_MAP};
  TemplateValue *names = template_add(module->arena, &data, "integrations", TEMPLATE_LIST);
  for (size_t i = 0; i < used.count; i++)
    template_add_text(module->arena, names, NULL, ir_integration_name(ir, used.list[i]));
  shell_print(templates, id, module, &data, module->arena, NULL, NULL, out);
}

/* providers.tsx */

// One line a module that a manifest names, each once.
static TsxNode *modules(const Ir *ir, UsedIntegrations used, Arena *arena) {
  TsxNode *node = tsx_object(arena, 0);
  StrMap seen = {0};
  for (size_t i = 0; i < used.count; i++) {
    ReleaseChain chain = release_chain(ir, arena, used.list[i]);
    for (size_t k = 0; k < chain.releases.len; k++) {
      Str module = release_module(ir, arena, ir_release(ir, chain.releases.data[k]));
      bool added = false;
      if (module.len) strmap_put(arena, &seen, module, &added);
      if (!added) continue;
      Str code = str_printf(arena, "async () => import(%.*s)", STR_ARG(code_string(arena, module)));
      tsx_add(node, tsx_wrap(arena, TSX_PROPERTY, module, tsx_code(arena, code)));
      node->flags |= TSX_BREAK;
    }
  }
  return node;
}

void emit_providers(const Ir *ir, UsedIntegrations used, const Templates *templates, Arena *arena, Buf *out) {
  TsxModule module;
  tsx_module_init(&module, arena, PROJECT_ORIGIN);
  module.client = true;
  Str types = tsx_import(&module, STR("@fxc/runtime"), STR("AdapterModules"), true);
  Str props = tsx_import(&module, STR("@fxc/runtime/react"), STR("ProviderProps"), true);
  Str provider = tsx_import(&module, STR("@fxc/runtime/react"), STR("RuntimeProvider"), false);
  Str element = tsx_import(&module, STR("react"), STR("ReactElement"), true);
  Str configuration = tsx_import(&module, STR("./integration-config"), STR("integrationConfig"), false);
  TsxNode *constant = tsx_add(&module.body, tsx_node(arena, TSX_CONST, STR("modules"), SPAN_NONE));
  tsx_add_attr(constant, tsx_code(arena, types));
  tsx_add(constant, modules(ir, used, arena));
  tsx_doc(
      arena, &module.body,
      STR("Stands once around the pages: starts providers when a page first needs them, and shares them."));
  TsxNode *function = tsx_add(
      &module.body,
      tsx_node(arena, TSX_FUNCTION,
               str_printf(arena, "IntegrationProvider(props: %.*s): %.*s", STR_ARG(props), STR_ARG(element)),
               SPAN_NONE));
  function->flags |= TSX_EXPORT;
  TsxNode *jsx = tsx_node(arena, TSX_ELEMENT, provider, SPAN_NONE);
  tsx_add_attr(jsx, tsx_wrap(arena, TSX_SPREAD, STR(""), tsx_code(arena, STR("props"))));
  tsx_add_attr(jsx, tsx_wrap(arena, TSX_ATTR, STR("config"), tsx_code(arena, configuration)));
  tsx_add_attr(jsx, tsx_wrap(arena, TSX_ATTR, STR("modules"), tsx_code(arena, STR("modules"))));
  tsx_add(function, tsx_wrap(arena, TSX_RETURN, STR(""), jsx));
  project_file_print(ir, used, templates, TEMPLATE_PROVIDERS, &module, out);
}

/* index.ts */

static void re_export(TsxModule *module, Str from, Str name) {
  TsxNode *node = tsx_add(&module->body, tsx_node(module->arena, TSX_EXPORT_FROM, from, SPAN_NONE));
  node->flags |= TSX_EXPORT;
  if (module->body.first != node) node->flags |= TSX_CONTINUED;
  if (name.len) tsx_add(node, tsx_code(module->arena, name));
}

typedef struct Exported {
  StrMap index;  // by name, of the others
  VEC(IntegrationExport) names;
  VEC(IntegrationId) owners;
  VEC(uint32_t) modules;  // how many export the name
  VEC(bool) components;   // whether it is the owner's component
} Exported;

// A component goes before what others call the same (the record `form` of `payment` and `payment-form`); else
// the first integration has the name. The other one is imported from its own file.
static void note_export(Arena *arena, Exported *all, IntegrationId id, IntegrationExport name,
                        bool component) {
  bool added;
  uint32_t *index = strmap_put(arena, &all->index, name.name, &added);
  if (added) {
    *index = (uint32_t)all->names.len;
    vec_push(arena, &all->names, name);
    vec_push(arena, &all->owners, id);
    vec_push(arena, &all->modules, 0);
    vec_push(arena, &all->components, component);
  } else if (component && !all->components.data[*index]) {
    all->components.data[*index] = true;
    all->names.data[*index] = name;
    all->owners.data[*index] = id;
  }
  all->modules.data[*index]++;
}

// What two modules export would be nobody's by `export *`: a line of its own says whose it is.
static void settle_exports(const Ir *ir, UsedIntegrations used, Arena *arena, TsxModule *module) {
  Exported all = {0};
  for (size_t i = 0; i < used.count; i++) {
    IntegrationExports exports = integration_exports(ir, used.list[i], arena);
    for (size_t k = 0; k < exports.len; k++) note_export(arena, &all, used.list[i], exports.data[k], k == 0);
  }
  for (size_t i = 0; i < all.names.len; i++) {
    if (all.modules.data[i] < 2) continue;
    const IntegrationExport *name = &all.names.data[i];
    Str from = str_concat(arena, STR("./integrations/"), ir_integration_name(ir, all.owners.data[i]));
    re_export(module, from, name->type_only ? str_concat(arena, STR("type "), name->name) : name->name);
  }
}

void emit_index(const Ir *ir, UsedIntegrations used, const Templates *templates, Arena *arena, Buf *out) {
  TsxModule module;
  tsx_module_init(&module, arena, PROJECT_ORIGIN);
  re_export(&module, STR("./integration-config"), STR("integrationConfig"));
  for (size_t i = 0; i < used.count; i++)
    re_export(&module, str_concat(arena, STR("./integrations/"), ir_integration_name(ir, used.list[i])),
              STR(""));
  settle_exports(ir, used, arena, &module);
  re_export(&module, STR("./providers"), STR("IntegrationProvider"));
  project_file_print(ir, used, templates, TEMPLATE_INDEX, &module, out);
}
