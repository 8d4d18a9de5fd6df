/* Stub manifests. In: the uses of one name. Out: the data of the template stub.yaml, which makes a manifest
 * of it that our own reader accepts and calls a stub.
 *
 * What a prop's type is cannot be seen on a page: values that all look alike propose one, and the values seen
 * stand beside it in a comment. */
#include "emit/stub_manifest.h"

#include "emit/places.h"
#include "ir/facts.h"
#include "ir/literal.h"

enum { SHOWN = 5, VALUE_SHOWN = 40 };

typedef struct StubProp {
  Str name;
  VEC(Str) values;  // each once
} StubProp;

typedef struct StubSlot {
  Sym name, element;
  bool mixed;  // seen on elements of several kinds
} StubSlot;

typedef struct Stub {
  const Ir *ir;
  Arena *arena;
  Str name;
  VEC(Span) places;
  VEC(StubProp) props;
  VEC(StubSlot) slots;
  VEC(Str) features;
  StrMap known_props, known_slots, known_features, known_values, known_requirements;
  VEC(Str) requirements;  // what the elements depend on, where it is an integration
} Stub;

static bool first_time(Stub *stub, StrMap *known, Str key) {
  bool added;
  strmap_put(stub->arena, known, key, &added);
  return added;
}

/* What pages say */

static void see_value(Stub *stub, Str name, Str value) {
  bool added;
  uint32_t *index = strmap_put(stub->arena, &stub->known_props, name, &added);
  if (added) {
    *index = (uint32_t)stub->props.len;
    vec_push(stub->arena, &stub->props, (StubProp){.name = name});
  }
  StubProp *prop = &stub->props.data[*index];
  Str key = str_printf(stub->arena, "%.*s=%.*s", STR_ARG(name), STR_ARG(value));
  if (first_time(stub, &stub->known_values, key)) vec_push(stub->arena, &prop->values, value);
}

static void see_capabilities(Stub *stub, Str list) {
  Str part;
  while (str_split(&list, ',', &part)) {
    part = str_trim(part);
    if (part.len && first_time(stub, &stub->known_features, part))
      vec_push(stub->arena, &stub->features, part);
  }
}

static void see_attr(Stub *stub, const UseAttr *attr) {
  static const Str prefix = {"data-integration-", 17};
  Str name = ir_str(stub->ir, attr->name), value = ir_str(stub->ir, attr->value);
  if (!str_starts(name, prefix)) return;
  name = str_skip(name, prefix.len);
  if (str_eq(name, STR("capabilities"))) see_capabilities(stub, value);
  if (name.len && !facts_is_built_in(name)) see_value(stub, name, value);
}

static void see_slot(Stub *stub, const UseSlot *slot) {
  bool added;
  uint32_t *index = strmap_put(stub->arena, &stub->known_slots, ir_str(stub->ir, slot->name), &added);
  if (added) {
    *index = (uint32_t)stub->slots.len;
    vec_push(stub->arena, &stub->slots, (StubSlot){slot->name, slot->element, false});
  }
  stub->slots.data[*index].mixed |= stub->slots.data[*index].element != slot->element;
}

static void see_use(Stub *stub, const Use *use) {
  vec_push(stub->arena, &stub->places, use->name_span);
  for (uint32_t i = 0; i < use->attrs.count; i++) see_attr(stub, ir_use_attr_at(stub->ir, use->attrs, i));
  for (uint32_t i = 0; i < use->slots.count; i++) see_slot(stub, ir_use_slot_at(stub->ir, use->slots, i));
  for (uint32_t i = 0; i < use->depends.count; i++) {
    const UseDepends *depends = ir_use_depends_at(stub->ir, use->depends, i);
    Str target = ir_str(stub->ir, depends->name);
    bool counts = depends->integration.n && !str_eq(target, stub->name);
    if (counts && first_time(stub, &stub->known_requirements, target))
      vec_push(stub->arena, &stub->requirements, target);
  }
}

/* Data of the template */

// At most VALUE_SHOWN bytes, in whole characters; what comes behind is three dots.
static Str shown(Arena *arena, Str value) {
  if (value.len <= VALUE_SHOWN) return value;
  size_t end = VALUE_SHOWN;
  while (end && ((unsigned char)value.data[end] & 0xC0) == 0x80) end--;
  return str_concat(arena, str_take(value, end), STR("..."));
}

static const char *type_seen(const StubProp *prop) {
  static const IrTypeKind kinds[] = {IR_TYPE_BOOL,  IR_TYPE_INT,  IR_TYPE_NUMBER, IR_TYPE_DURATION,
                                     IR_TYPE_SHARE, IR_TYPE_SIZE, IR_TYPE_RATE,   IR_TYPE_DATE};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    size_t fit = 0;
    double number;
    for (size_t i = 0; i < prop->values.len; i++)
      fit += literal_read(kinds[k], prop->values.data[i], &number);
    if (fit == prop->values.len) return literal_type_name(kinds[k]);
  }
  return "string";
}

static void add_props(const Stub *stub, TemplateValue *data) {
  Arena *arena = stub->arena;
  template_add_bool(arena, data, "has_props", stub->props.len > 0);
  TemplateValue *list = template_add(arena, data, "props", TEMPLATE_LIST);
  for (size_t p = 0; p < stub->props.len; p++) {
    const StubProp *prop = &stub->props.data[p];
    TemplateValue *row = template_add(arena, list, NULL, TEMPLATE_MAP);
    template_add_text(arena, row, "name", prop->name);
    template_add_text(arena, row, "type", str_from(type_seen(prop)));
    TemplateValue *seen = template_add(arena, row, "seen", TEMPLATE_LIST);
    for (size_t i = 0; i < prop->values.len && i < SHOWN; i++) {
      TemplateValue *value = template_add(arena, seen, NULL, TEMPLATE_MAP);
      template_add_text(arena, value, "value", shown(arena, prop->values.data[i]));
      template_add_bool(arena, value, "last", i + 1 == prop->values.len || i + 1 == SHOWN);
    }
  }
}

static void add_slots(const Stub *stub, TemplateValue *data) {
  Arena *arena = stub->arena;
  template_add_bool(arena, data, "has_slots", stub->slots.len > 0);
  TemplateValue *list = template_add(arena, data, "slots", TEMPLATE_LIST);
  for (size_t i = 0; i < stub->slots.len; i++) {
    const StubSlot *slot = &stub->slots.data[i];
    Str element = slot->mixed ? STR("any") : ir_str(stub->ir, slot->element);
    TemplateValue *row = template_add(arena, list, NULL, TEMPLATE_MAP);
    template_add_text(arena, row, "name", ir_str(stub->ir, slot->name));
    template_add_text(arena, row, "type", str_concat(arena, element, STR("?")));
  }
}

static void add_names(Arena *arena, TemplateValue *data, const char *has, const char *key, const Str *items,
                      size_t count) {
  template_add_bool(arena, data, has, count > 0);
  TemplateValue *list = template_add(arena, data, key, TEMPLATE_LIST);
  for (size_t i = 0; i < count; i++) {
    TemplateValue *row = template_add(arena, list, NULL, TEMPLATE_MAP);
    template_add_text(arena, row, "name", items[i]);
    template_add_bool(arena, row, "last", i + 1 == count);
  }
}

static void add_places(const Stub *stub, TemplateValue *data) {
  if (!stub->ir->sources) return;
  TemplateValue *list = template_add(stub->arena, data, "places", TEMPLATE_LIST);
  Places places = places_new(stub->ir->sources);
  for (size_t i = 0; i < stub->places.len && i < SHOWN; i++)
    template_add_text(stub->arena, list, NULL, places_text(&places, stub->arena, stub->places.data[i]));
  places_free(&places);
  if (stub->places.len > SHOWN)
    template_add_number(stub->arena, data, "more_places", stub->places.len - SHOWN);
}

void emit_stub_manifest(const Ir *ir, Str name, const Templates *templates, Buf *out) {
  Stub stub = {.ir = ir, .arena = ir->arena, .name = name};
  for (size_t i = 0; i < ir->uses.len; i++) {
    const Use *use = &ir->uses.data[i];
    if (!use->by_dependency && str_eq(ir_str(ir, use->name), name)) see_use(&stub, use);
  }
  TemplateValue data = {.kind = TEMPLATE_MAP};
  template_add_text(stub.arena, &data, "name", name);
  add_places(&stub, &data);
  add_props(&stub, &data);
  add_slots(&stub, &data);
  add_names(stub.arena, &data, "has_features", "features", stub.features.data, stub.features.len);
  add_names(stub.arena, &data, "has_requirements", "requirements", stub.requirements.data,
            stub.requirements.len);
  templates_render(templates, TEMPLATE_STUB, &data, stub.arena, out);
}
