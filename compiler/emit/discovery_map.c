/* discovery-map.json: what the concepts use, where, with which attributes. From the scanner to the validator.
 */
#include <stdlib.h>

#include "emit/json_writer.h"
#include "emit/places.h"
#include "emit/reports.h"

typedef struct AttributeValues {
  Str name;
  VEC(Str) values;  // each once, in the order of the pages
} AttributeValues;

typedef struct Attributes {
  VEC(AttributeValues) list;
  StrMap index;  // by name
  StrMap seen;   // by the symbols of name and value
} Attributes;

static bool is_mapped(Str name) {
  return str_starts(name, STR("data-integration-")) || str_eq(name, STR("data-depends-on"));
}

static void add_value(Attributes *attributes, const ReportInput *input, const UseAttr *attr) {
  Arena *arena = input->arena;
  bool added;
  Sym pair[2] = {attr->name, attr->value};
  Str key = {(const char *)pair, sizeof pair};
  if (strmap_find(&attributes->seen, key)) return;
  strmap_put(arena, &attributes->seen, str_copy(arena, key), NULL);
  Str name = ir_str(input->ir, attr->name);
  uint32_t *index = strmap_put(arena, &attributes->index, name, &added);
  if (added) {
    *index = (uint32_t)attributes->list.len;
    vec_push(arena, &attributes->list, (AttributeValues){.name = name});
  }
  vec_push(arena, &attributes->list.data[*index].values, ir_str(input->ir, attr->value));
}

static int by_name(const void *a, const void *b) {
  return str_cmp(((const AttributeValues *)a)->name, ((const AttributeValues *)b)->name);
}

// In byte order of the names.
static Attributes attributes_of(const ReportInput *input, const UsedName *name) {
  const Ir *ir = input->ir;
  Attributes attributes = {0};
  for (size_t i = 0; i < name->uses.len; i++) {
    IrRange range = ir_use(ir, name->uses.data[i])->attrs;
    usage_foresee_attrs(ir, name, i);
    for (uint32_t k = 0; k < range.count; k++) {
      const UseAttr *attr = ir_use_attr_at(ir, range, k);
      if (is_mapped(ir_str(ir, attr->name))) add_value(&attributes, input, attr);
    }
  }
  if (attributes.list.len) qsort(attributes.list.data, attributes.list.len, sizeof(AttributeValues), by_name);
  return attributes;
}

static void write_attributes(JsonWriter *w, Attributes attributes) {
  json_key(w, STR("attributes"));
  json_object(w);
  for (size_t i = 0; i < attributes.list.len; i++) {
    json_key(w, attributes.list.data[i].name);
    json_list(w, true);
    for (size_t k = 0; k < attributes.list.data[i].values.len; k++)
      json_string(w, attributes.list.data[i].values.data[k]);
    json_close(w, ']');
  }
  json_close(w, '}');
}

// What stands behind the "@" is no attribute of its own, and the validator needs it all the same. A member
// `ranges` says it where there is any.
static void write_ranges(JsonWriter *w, const ReportInput *input, const UsedName *name) {
  StrMap seen = {0};
  for (size_t i = 0; i < name->uses.len; i++) {
    Sym range = ir_use(input->ir, name->uses.data[i])->range.sym;
    bool added = false;
    if (range) strmap_put(input->arena, &seen, ir_str(input->ir, range), &added);
    if (!added) continue;
    if (seen.len == 1) {
      json_key(w, STR("ranges"));
      json_list(w, true);
    }
    json_string(w, ir_str(input->ir, range));
  }
  if (seen.len) json_close(w, ']');
}

static void write_locations(JsonWriter *w, const ReportInput *input, const UsedName *name) {
  const Ir *ir = input->ir;
  json_key(w, STR("locations"));
  json_list(w, false);
  Buf text = {0};
  for (size_t i = 0; i < name->uses.len; i++) {
    const Use *use = ir_use(ir, name->uses.data[i]);
    const Page *page = ir_page(ir, use->page);
    usage_foresee(ir, name, i);
    buf_clear(&text);
    buf_put(&text, places_page(ir->sources, page->source, ir_str(ir, page->path)));
    buf_char(&text, ':');
    buf_number(&text, use->line);
    buf_char(&text, ':');
    buf_number(&text, use->column);
    json_string(w, buf_str(&text));
  }
  buf_free(&text);
  json_close(w, ']');
}

void emit_discovery_map(const ReportInput *input, Buf *out) {
  JsonWriter w = json_begin(out, STR("discovery-map"));
  json_key(&w, STR("integrations"));
  json_object(&w);
  for (size_t i = 0; i < input->usage->names.len; i++) {
    const UsedName *name = &input->usage->names.data[i];
    if (!name->on_page) continue;
    json_key(&w, name->name);
    json_object(&w);
    json_string_member(&w, "name", name->name);
    write_locations(&w, input, name);
    write_attributes(&w, attributes_of(input, name));
    write_ranges(&w, input, name);
    json_bool_member(&w, "required", name->required);
    json_close(&w, '}');
  }
  json_close(&w, '}');
  json_end(&w);
}
