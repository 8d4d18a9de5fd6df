/* The components around an element with uses (runtime/README.md, 3.7). In: the element's facts and the
 * interfaces of its integrations. Out: their tags, opened, the first use outermost. Surprising: a use that
 * an earlier stage found wrong gets no component, so that one fault is one diagnostic and the output
 * type-checks. */
#include <cjson/cJSON.h>

#include "emit/code.h"
#include "emit/name.h"
#include "emit/page_job.h"
#include "emit/places.h"
#include "ir/literal.h"
#include "passes/types.h"

/* Values */

static TsxNode *json_value(Arena *arena, const cJSON *json);

static TsxNode *json_members(Arena *arena, const cJSON *json) {
  bool object = cJSON_IsObject(json);
  TsxNode *node = tsx_node(arena, object ? TSX_OBJECT : TSX_ARRAY, STR_NONE, SPAN_NONE);
  for (const cJSON *item = json->child; item; item = item->next) {
    TsxNode *value = json_value(arena, item);
    Str key = object ? str_copy(arena, str_from(item->string)) : STR_NONE;
    tsx_add(node, object ? tsx_wrap(arena, TSX_PROPERTY, key, value) : value);
  }
  return node;
}

static TsxNode *json_value(Arena *arena, const cJSON *json) {
  if (cJSON_IsString(json)) return tsx_string(arena, str_copy(arena, str_from(json->valuestring)));
  if (cJSON_IsNumber(json)) return tsx_number(arena, json->valuedouble);
  if (cJSON_IsBool(json)) return tsx_code(arena, cJSON_IsTrue(json) ? STR("true") : STR("false"));
  if (cJSON_IsObject(json) || cJSON_IsArray(json)) return json_members(arena, json);
  return tsx_code(arena, STR("null"));
}

static TsxNode *parsed_json(Arena *arena, Str text) {
  cJSON *json = cJSON_ParseWithLength(text.data ? text.data : "", text.len);
  TsxNode *node = json ? json_value(arena, json) : tsx_code(arena, STR("null"));
  cJSON_Delete(json);
  return node;
}

static TsxNode *plain_value(Arena *arena, const Type *type, Str text) {
  double number = 0;
  switch (type->kind) {
    case IR_TYPE_STRING:
    case IR_TYPE_URL:
    case IR_TYPE_DATE:
    case IR_TYPE_SECRET:
    case IR_TYPE_UNION:
      return tsx_string(arena, text);
    default:
      literal_read(type->kind, text, &number);
  }
  if (type->kind == IR_TYPE_BOOL) return tsx_code(arena, number != 0 ? STR("true") : STR("false"));
  return type->kind == IR_TYPE_RATE ? tsx_code(arena, code_rate(arena, number)) : tsx_number(arena, number);
}

// A text that fits the type, as an expression of it.
static TsxNode *typed_value(const PageJob *job, TypeId id, Str text) {
  const Type *type = ir_type(job->ir, id);
  for (; type->kind == IR_TYPE_OPTIONAL; type = ir_type(job->ir, id)) id = type->element;
  if (types_is_json(job->ir, id)) return parsed_json(job->arena, text);
  if (type->kind != IR_TYPE_ARRAY) return plain_value(job->arena, type, text);
  const Type *element = ir_type(job->ir, type->element);
  TsxNode *list = tsx_node(job->arena, TSX_ARRAY, STR_NONE, SPAN_NONE);
  Str part;
  while (str_split(&text, ',', &part))
    if (str_trim(part).len) tsx_add(list, plain_value(job->arena, element, str_trim(part)));
  return list;
}

/* Props */

static PropId prop_of(const PageJob *job, IntegrationId integration, const FactAttr *attr) {
  Str prefix = STR("data-integration-");
  if (!str_starts(attr->name, prefix)) return (PropId){0};
  return ir_find_prop(job->ir, integration, str_skip(attr->name, prefix.len));
}

// An optional prop that is given as "" is not given, nor is one whose type nobody knows.
static bool is_absent(const PageJob *job, TypeId type, Str text) {
  return !type.n || (!text.len && ir_type(job->ir, type)->kind == IR_TYPE_OPTIONAL);
}

static bool props_are_right(const PageJob *job, const FactElement *fact, IntegrationId integration) {
  IrRange props = ir_integration(job->ir, integration)->props;
  uint32_t required = 0;
  for (uint32_t i = 0; i < props.count; i++) required += ir_prop_at(job->ir, props, i)->required;
  for (size_t i = 0; i < fact->attrs.len; i++) {
    PropId prop = prop_of(job, integration, &fact->attrs.data[i]);
    if (!prop.n) continue;
    if (!types_text_fits(job->ir, fact->attrs.data[i].value.text, ir_prop(job->ir, prop)->type)) return false;
    required -= ir_prop(job->ir, prop)->required;
  }
  return required == 0;
}

static void add_props(PageJob *job, const FactElement *fact, IntegrationId integration) {
  for (size_t i = 0; i < fact->attrs.len; i++) {
    const FactAttr *attr = &fact->attrs.data[i];
    PropId prop = prop_of(job, integration, attr);
    if (!prop.n || is_absent(job, ir_prop(job->ir, prop)->type, attr->value.text)) continue;
    Str name = name_prop(job->arena, ir_str(job->ir, ir_prop(job->ir, prop)->name));
    TsxNode *value = typed_value(job, ir_prop(job->ir, prop)->type, attr->value.text);
    value->span = attr->value.span;
    page_attr(job, name, value, attr->name_span);
  }
}

/* use={{ … }} */

static void add_member(PageJob *job, TsxNode *object, Str name, TsxNode *value, Span span) {
  tsx_add(object, tsx_wrap(job->arena, TSX_PROPERTY, name, value))->span = span;
}

static void add_list(PageJob *job, TsxNode *object, Str name, FactText value) {
  TsxNode *list = tsx_node(job->arena, TSX_ARRAY, STR_NONE, SPAN_NONE);
  Str rest = value.text, part;
  while (str_split(&rest, ',', &part))
    if (str_trim(part).len) tsx_add(list, tsx_string(job->arena, str_trim(part)));
  if (list->first) add_member(job, object, name, list, value.span);
}

static FactText attr_value(const FactElement *fact, Str name) {
  for (size_t i = 0; i < fact->attrs.len; i++)
    if (str_eq(fact->attrs.data[i].name, name)) return fact->attrs.data[i].value;
  return (FactText){.span = SPAN_NONE};
}

static bool is_level(Str text) {
  return str_eq(text, STR("basic")) || str_eq(text, STR("standard")) || str_eq(text, STR("full"));
}

static bool is_feature(const Ir *ir, IntegrationId integration, Str name) {
  IrRange releases = ir_integration(ir, integration)->releases;
  for (uint32_t r = 0; r < releases.count; r++) {
    IrRange features = ir_release_at(ir, releases, r)->features;
    for (uint32_t i = 0; i < features.count; i++)
      if (str_eq(ir_str(ir, ir_feature_at(ir, features, i)->name), name)) return true;
  }
  return false;
}

// Those that this integration has: an element with several uses lists them for all.
static void add_capabilities(PageJob *job, const FactElement *fact, IntegrationId integration,
                             TsxNode *object) {
  TsxNode *list = tsx_node(job->arena, TSX_ARRAY, STR_NONE, SPAN_NONE);
  FactText value = attr_value(fact, STR("data-integration-capabilities"));
  Str rest = value.text, part;
  while (rest.len && str_split(&rest, ',', &part))
    if (is_feature(job->ir, integration, str_trim(part)))
      tsx_add(list, tsx_string(job->arena, str_trim(part)));
  if (list->first) add_member(job, object, STR("capabilities"), list, value.span);
}

// The same place as discovery-map.json has it: errors and figures at run time lead back to the concept.
static void add_source(PageJob *job, const FactElement *fact, size_t index, TsxNode *object) {
  if (index >= fact->places.len) return;
  LineColumn at = fact->places.data[index];
  Str file = places_page(job->ir->sources, job->facts->source, job->facts->path);
  Str text = str_printf(job->arena, "%.*s:%u:%u", STR_ARG(file), at.line, at.column);
  add_member(job, object, STR("source"), tsx_string(job->arena, text), SPAN_NONE);
}

static void add_use(PageJob *job, const FactElement *fact, size_t index, IntegrationId integration) {
  TsxNode *object = tsx_node(job->arena, TSX_OBJECT, STR_NONE, SPAN_NONE);
  add_capabilities(job, fact, integration, object);
  Str provider = str_trim(fact->provider.text);
  if (provider.len)
    add_member(job, object, STR("provider"), tsx_string(job->arena, provider), fact->provider.span);
  if (fact->fallback.text.len) add_list(job, object, STR("fallback"), fact->fallback);
  FactText given = attr_value(fact, STR("data-enhance-level"));
  Str level = str_trim(given.text);
  if (is_level(level)) add_member(job, object, STR("level"), tsx_string(job->arena, level), given.span);
  if (!fact->required || fact->enhances.data[index])
    add_member(job, object, STR("optional"), tsx_code(job->arena, STR("true")), SPAN_NONE);
  Str flag = str_trim(fact->flag.text);
  if (flag.len) add_member(job, object, STR("flag"), tsx_string(job->arena, flag), fact->flag.span);
  add_source(job, fact, index, object);
  if (object->first) page_attr(job, STR("use"), object, fact->names.data[index].span);
}

/* Components */

static Str component_of(PageJob *job, FactText name) {
  Str from = str_concat(job->arena, job->integrations, name.text);
  return tsx_import_for(&job->module, from, name_component(job->arena, name.text), name.span);
}

void page_wrap_uses(PageJob *job, HtmlNodeId element) {
  const FactElement *fact = &job->facts->elements.data[job->fact_of[element] - 1];
  if (page_is_html(job, html_node(job->tree, element)->parent, HTML_TAG_FRAMESET)) {
    page_lost(job, element, "the integration does not run directly inside a frameset");
    return;
  }
  for (size_t i = 0; i < fact->names.len; i++) {
    IntegrationId integration = ir_find_integration(job->ir, fact->names.data[i].text);
    if (!integration.n || !props_are_right(job, fact, integration)) continue;
    jsx_open(&job->jsx, component_of(job, fact->names.data[i]), tsx_origin(fact->names.data[i].span));
    add_props(job, fact, integration);
    add_use(job, fact, i, integration);
  }
}
