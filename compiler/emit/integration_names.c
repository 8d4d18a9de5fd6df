/* The names at the top level of an integration's module. In: what the integration declares. Out: a name for
 * each thing that the module exports, all different. What every module has is named first, then operations,
 * events and records: the later one of two that meet gets a number ("FormUse2"). Surprising: the names are a
 * function of the integration alone, so that index.ts knows them without printing the module. */
#include "emit/integration.h"
#include "emit/integration_parts.h"
#include "emit/name.h"

static Str take(IntegrationModule *m, const char *before, Str part, const char *after) {
  Str name = integration_name(m, part, after);
  return tsx_module_name(&m->tsx, str_concat(m->arena, str_from(before), name));
}

static void name_fixed(IntegrationModule *m) {
  static const char *const parts[] = {"View", "ViewProps", "Props", "Use", "Capability", "Slots"};
  m->component = tsx_module_name(&m->tsx, name_component(m->arena, m->name));
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) take(m, "", STR(""), parts[i]);
  take(m, "use", STR(""), "Slots");
  tsx_module_name(&m->tsx, STR("definition"));
}

static void name_operations(IntegrationModule *m) {
  m->operations = arena_array(m->arena, OperationNames, m->row->operations.count);
  for (uint32_t i = 0; i < m->row->operations.count; i++) {
    Str name = ir_str(m->ir, ir_operation_at(m->ir, m->row->operations, i)->name);
    Str shape = str_concat(m->arena, name_camel(m->arena, name), STR("InputShape"));
    m->operations[i] = (OperationNames){.status = take(m, "", name, ""),
                                        .input = take(m, "", name, "Input"),
                                        .hook = take(m, "use", name, ""),
                                        .shape = tsx_module_name(&m->tsx, shape)};
  }
}

static void name_events(IntegrationModule *m) {
  m->events = arena_array(m->arena, Str, m->row->events.count);
  for (uint32_t i = 0; i < m->row->events.count; i++)
    m->events[i] = take(m, "", ir_str(m->ir, ir_event_at(m->ir, m->row->events, i)->name), "Event");
}

static void name_types(IntegrationModule *m) {
  size_t all = m->ir->type_decls.len;
  m->types = arena_array(m->arena, Str, all);
  m->shapes = arena_array(m->arena, Str, all);
  for (uint32_t i = 0; i < m->row->types.count; i++) {
    uint32_t index = m->row->types.first - 1 + i;
    Str name = ir_str(m->ir, m->ir->type_decls.data[index].name);
    Str shape = str_concat(m->arena, name_camel(m->arena, name), STR("Shape"));
    m->types[index] = take(m, "", name, "");
    m->shapes[index] = tsx_module_name(&m->tsx, shape);
  }
}

void integration_names(IntegrationModule *m) {
  name_fixed(m);
  name_operations(m);
  name_events(m);
  name_types(m);
}

/* What other modules have to know */

IntegrationModule integration_names_of(const Ir *ir, IntegrationId id, Arena *arena) {
  IntegrationModule m = {.arena = arena, .ir = ir, .row = ir_integration(ir, id)};
  m.name = ir_str(ir, m.row->name);
  tsx_module_init(&m.tsx, arena, STR(""));
  integration_names(&m);
  return m;
}

static void add(IntegrationModule *m, IntegrationExports *exports, Str name, bool type_only) {
  vec_push(m->arena, exports, (IntegrationExport){name, type_only});
}

IntegrationExports integration_exports(const Ir *ir, IntegrationId id, Arena *arena) {
  static const char *const types[] = {"ViewProps", "Props", "Use", "Capability"};
  IntegrationModule m = integration_names_of(ir, id, arena);
  IntegrationExports exports = {0};
  add(&m, &exports, m.component, false);
  add(&m, &exports, integration_name(&m, STR(""), "View"), false);
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    add(&m, &exports, integration_name(&m, STR(""), types[i]), true);
  if (m.row->slots.count) {
    Str slots = integration_name(&m, STR(""), "Slots");
    add(&m, &exports, slots, true);
    add(&m, &exports, str_concat(arena, STR("use"), slots), false);
  }
  for (uint32_t i = 0; i < m.row->operations.count; i++) {
    add(&m, &exports, m.operations[i].status, true);
    add(&m, &exports, m.operations[i].input, true);
    add(&m, &exports, m.operations[i].hook, false);
  }
  for (uint32_t i = 0; i < m.row->events.count; i++) add(&m, &exports, m.events[i], true);
  for (uint32_t i = 0; i < m.row->types.count; i++)
    add(&m, &exports, m.types[m.row->types.first - 1 + i], true);
  return exports;
}
