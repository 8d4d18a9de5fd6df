/* The discovery map. In: uses. Out: `discovery-map.json`, the interface from scanner to validator. */
#include "emit/json_out.h"
#include "emit/reports.h"
#include "emit/survey.h"

static bool belongs(Str name) {
  return str_starts(name, STR("data-integration-")) || str_eq(name, STR("data-depends-on"));
}

typedef struct Attribute {
  Sym name;
  VEC(Sym) values;  // each once, in the order of the pages
} Attribute;

typedef struct Attributes {
  Arena *arena;
  StrMap seen;  // name and name=value
  VEC(Attribute) list;
} Attributes;

static void add_value(Attributes *attributes, Sym name, Sym value) {
  uint32_t *key = arena_array(attributes->arena, uint32_t, 2);
  key[0] = name;
  bool added;
  uint32_t *index = strmap_put(attributes->arena, &attributes->seen, (Str){(const char *)key, 2 * sizeof *key}, &added);
  if (added) {
    *index = (uint32_t)attributes->list.len;
    vec_push(attributes->arena, &attributes->list, (Attribute){.name = name});
  }
  Attribute *attribute = &attributes->list.data[*index];
  uint32_t *pair = arena_array(attributes->arena, uint32_t, 2);
  pair[0] = name;
  pair[1] = value + 1;  // 0 would be the name's own key
  strmap_put(attributes->arena, &attributes->seen, (Str){(const char *)pair, 2 * sizeof *pair}, &added);
  if (added) vec_push(attributes->arena, &attribute->values, value);
}

static void put_attributes(JsonOut *json, const Survey *survey, const SurveyEntry *entry) {
  const Ir *ir = survey->ir;
  Attributes attributes = {.arena = survey->arena};
  for (size_t u = 0; u < entry->uses.len; u++) {
    const Use *use = ir_use(ir, entry->uses.data[u].use);
    for (uint32_t i = 0; i < use->attrs.count; i++) {
      const UseAttr *attr = ir_use_attr_at(ir, use->attrs, i);
      if (belongs(ir_str(ir, attr->name))) add_value(&attributes, attr->name, attr->value);
    }
  }
  json_out_object(json, STR("attributes"));
  for (size_t i = 0; i < attributes.list.len; i++) {
    json_out_row(json, ir_str(ir, attributes.list.data[i].name));
    for (size_t v = 0; v < attributes.list.data[i].values.len; v++)
      json_out_string(json, STR_NONE, ir_str(ir, attributes.list.data[i].values.data[v]));
    json_out_close(json);
  }
  json_out_close(json);
}

void emit_discovery_map(const Ir *ir, Buf *out) {
  Survey survey = survey_make(ir, NULL);
  JsonOut json = json_out_file(out, STR("discovery-map"));
  json_out_object(&json, STR("integrations"));
  for (size_t e = 0; e < survey.count; e++) {
    const SurveyEntry *entry = &survey.entries[e];
    if (!entry->uses.len) continue;
    Str name = ir_str(ir, entry->name);
    json_out_object(&json, name);
    json_out_string(&json, STR("name"), name);
    json_out_list(&json, STR("locations"));
    for (size_t u = 0; u < entry->uses.len; u++)
      json_out_string(&json, STR_NONE, survey_place(&survey, entry->uses.data[u].place));
    json_out_close(&json);
    put_attributes(&json, &survey, entry);
    json_out_bool(&json, STR("required"), entry->required);
    json_out_close(&json);
  }
  json_out_finish(&json);
}
