/* Stub manifests. In: the uses of one name. Out: a YAML manifest that our own reader accepts and calls a
 * stub.
 *
 * What a prop's type is cannot be seen on a page: values that all look alike propose one, and the values seen
 * stand beside it in a comment. */
#include "emit/stub_manifest.h"

#include "emit/places.h"
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
  Buf *out;
  Str name;
  VEC(Span) places;
  VEC(StubProp) props;
  VEC(StubSlot) slots;
  VEC(Str) features;
  StrMap known_props, known_slots, known_features, known_values, known_requirements;
  VEC(Str) requirements;  // what the elements depend on, where it is an integration
} Stub;

static bool is_builtin(Str name) {
  static const char *const names[] = {"required", "version", "capabilities", "provider", "fallback", "flag"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_eq(name, str_from(names[i]))) return true;
  return false;
}

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
  if (name.len && !is_builtin(name)) see_value(stub, name, value);
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

/* YAML */

// A double-quoted scalar: whatever a page wrote, it stays one scalar on one line.
static void put_scalar(Buf *out, Str s) {
  buf_char(out, '"');
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c == '"' || c == '\\')
      buf_printf(out, "\\%c", c);
    else if (c < 0x20 || c == 0x7f)
      buf_printf(out, "\\x%02x", c);
    else
      buf_char(out, (char)c);
  }
  buf_char(out, '"');
}

static bool is_plain_key(Str s) {
  for (size_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool inner = i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '_');
    if (!letter && !inner) return false;
  }
  static const char *const words[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_eq_nocase(s, str_from(words[i]))) return false;
  return s.len > 0;
}

static void put_key(Buf *out, Str key) {
  if (is_plain_key(key))
    buf_put(out, key);
  else
    put_scalar(out, key);
}

// A comment ends at the line's end; what does not fit one is left out.
static void put_comment_value(Buf *out, Str value) {
  for (size_t i = 0; i < value.len && i < VALUE_SHOWN; i++) {
    unsigned char c = (unsigned char)value.data[i];
    buf_char(out, c < 0x20 || c >= 0x7f ? '?' : (char)c);
  }
  if (value.len > VALUE_SHOWN) buf_put(out, STR("..."));
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

static void put_props(Stub *stub) {
  if (!stub->props.len) return;
  buf_put(stub->out, STR("    props:\n"));
  for (size_t p = 0; p < stub->props.len; p++) {
    const StubProp *prop = &stub->props.data[p];
    buf_put(stub->out, STR("      "));
    put_key(stub->out, prop->name);
    buf_printf(stub->out, ": { type: '%s?' }  # seen:", type_seen(prop));
    for (size_t i = 0; i < prop->values.len && i < SHOWN; i++) {
      buf_put(stub->out, i ? STR(", ") : STR(" "));
      put_comment_value(stub->out, prop->values.data[i]);
    }
    buf_char(stub->out, '\n');
  }
}

static void put_slots(Stub *stub) {
  if (!stub->slots.len) return;
  buf_put(stub->out, STR("    slots:\n"));
  for (size_t i = 0; i < stub->slots.len; i++) {
    const StubSlot *slot = &stub->slots.data[i];
    buf_put(stub->out, STR("      "));
    put_key(stub->out, ir_str(stub->ir, slot->name));
    buf_put(stub->out, STR(": "));
    if (slot->mixed)
      buf_put(stub->out, STR("any?"));
    else
      buf_printf(stub->out, "%.*s?", STR_ARG(ir_str(stub->ir, slot->element)));
    buf_char(stub->out, '\n');
  }
}

static void put_list(Buf *out, const char *key, const Str *items, size_t count) {
  if (!count) return;
  buf_printf(out, "%s: [", key);
  for (size_t i = 0; i < count; i++) {
    if (i) buf_put(out, STR(", "));
    put_key(out, items[i]);
  }
  buf_put(out, STR("]\n"));
}

static void put_places(Stub *stub) {
  if (!stub->ir->sources) return;
  Places places = places_new(stub->ir->sources);
  for (size_t i = 0; i < stub->places.len && i < SHOWN; i++) {
    Str place = places_text(&places, stub->arena, stub->places.data[i]);
    buf_put(stub->out, STR("# Used at "));
    put_comment_value(stub->out, place);
    buf_char(stub->out, '\n');
  }
  places_free(&places);
  if (stub->places.len > SHOWN) buf_printf(stub->out, "# and at %zu more places\n", stub->places.len - SHOWN);
}

void emit_stub_manifest(const Ir *ir, Str name, Buf *out) {
  Stub stub = {.ir = ir, .arena = ir->arena, .out = out, .name = name};
  for (size_t i = 0; i < ir->uses.len; i++) {
    const Use *use = &ir->uses.data[i];
    if (!use->by_dependency && str_eq(ir_str(ir, use->name), name)) see_use(&stub, use);
  }
  buf_put(
      out,
      STR("# A stub that fxc generated from what pages say. Fill in what starts with [TODO, check the rest,\n"
          "# then remove the line with _generated.\n"));
  put_places(&stub);
  put_key(out, name);
  buf_put(out, STR(":\n  _generated: { status: stub }\n  concept:\n"));
  buf_put(out, STR("    label: \"[TODO: what people call it]\"\n"));
  buf_put(out, STR("    purpose: \"[TODO: what the pages need it for]\"\n"));
  put_props(&stub);
  put_slots(&stub);
  buf_put(out, STR("  prototype:\n    integration: \"[TODO: the provider]\"\n"));
  put_list(out, "    features", stub.features.data, stub.features.len);
  if (stub.requirements.len) buf_put(out, STR("  dependencies:\n"));
  put_list(out, "    required", stub.requirements.data, stub.requirements.len);
}
