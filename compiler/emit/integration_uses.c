/* What a page may say of a use, and what a look is given. */
#include <stdlib.h>

#include "emit/integration_parts.h"
#include "emit/name.h"

static int by_text(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

// The features of all releases, each once, in byte order.
static size_t capabilities(IntegrationModule *m, Str **list) {
  VEC(Str) names = {0};
  for (uint32_t r = 0; r < m->row->releases.count; r++) {
    IrRange features = ir_release_at(m->ir, m->row->releases, r)->features;
    for (uint32_t i = 0; i < features.count; i++)
      vec_push(m->arena, &names, ir_str(m->ir, ir_feature_at(m->ir, features, i)->name));
  }
  if (names.len) qsort(names.data, names.len, sizeof(Str), by_text);
  size_t kept = 0;
  for (size_t i = 0; i < names.len; i++)
    if (!i || !str_eq(names.data[i], names.data[kept - 1])) names.data[kept++] = names.data[i];
  *list = names.data;
  return kept;
}

static void capability(IntegrationModule *m) {
  Str *names;
  size_t count = capabilities(m, &names);
  for (size_t i = 0; i < count; i++) names[i] = code_string(m->arena, names[i]);
  Str type = count ? str_join(m->arena, names, count, STR(" | ")) : STR("never");
  integration_doc(m, &m->tsx.body, STR("What a page can rely on."));
  TsxNode *alias = integration_export(m, TSX_TYPE_ALIAS, integration_name(m, STR(""), "Capability"));
  tsx_add(alias, tsx_code(m->arena, type));
}

static void events(IntegrationModule *m) {
  for (uint32_t i = 0; i < m->row->events.count; i++) {
    const Event *event = ir_event_at(m->ir, m->row->events, i);
    Str name = ir_str(m->ir, event->name), doc = ir_str(m->ir, event->doc);
    integration_doc(m, &m->tsx.body,
                    doc.len ? doc : str_printf(m->arena, "What comes with the event `%.*s`.", STR_ARG(name)));
    integration_record(m, m->events[i], event->fields);
  }
}

// The DOM's interface for the elements that slots usually are (HTML, index of elements).
static Str element_type(Str element) {
  static const char *const known[][2] = {
      {"input", "HTMLInputElement"},       {"select", "HTMLSelectElement"},
      {"textarea", "HTMLTextAreaElement"}, {"button", "HTMLButtonElement"},
      {"form", "HTMLFormElement"},         {"img", "HTMLImageElement"},
      {"table", "HTMLTableElement"},       {"ul", "HTMLUListElement"},
      {"ol", "HTMLOListElement"},          {"a", "HTMLAnchorElement"},
      {"canvas", "HTMLCanvasElement"},     {"dialog", "HTMLDialogElement"},
      {"label", "HTMLLabelElement"},       {"iframe", "HTMLIFrameElement"},
      {"video", "HTMLVideoElement"},       {"div", "HTMLDivElement"},
      {"span", "HTMLSpanElement"},         {"p", "HTMLParagraphElement"},
      {"output", "HTMLOutputElement"},     {"datalist", "HTMLDataListElement"},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (str_eq(element, str_from(known[i][0]))) return str_from(known[i][1]);
  return STR("HTMLElement");
}

static void slots(IntegrationModule *m) {
  if (!m->row->slots.count) return;
  integration_doc(m, &m->tsx.body, STR("The elements that a page marks with `data-slot`."));
  TsxNode *interface = integration_export(m, TSX_INTERFACE, integration_name(m, STR(""), "Slots"));
  for (uint32_t i = 0; i < m->row->slots.count; i++) {
    const Slot *slot = ir_slot_at(m->ir, m->row->slots, i);
    Str type = element_type(ir_str(m->ir, slot->element));
    integration_doc(m, interface, ir_str(m->ir, slot->doc));
    integration_member(m, interface, ir_str(m->ir, slot->name), false,
                       slot->optional ? str_concat(m->arena, type, STR(" | null")) : type);
  }
}

static Str unit_of(IrTypeKind kind) {
  switch (kind) {
    case IR_TYPE_DURATION:
      return STR("In milliseconds.");
    case IR_TYPE_SHARE:
      return STR("A share, 0 to 1.");
    case IR_TYPE_SIZE:
      return STR("In bytes.");
    default:
      return STR("");
  }
}

static void prop_doc(IntegrationModule *m, TsxNode *interface, const Prop *prop, TypeId type) {
  Str doc = ir_str(m->ir, prop->doc), unit = type.n ? unit_of(ir_type(m->ir, type)->kind) : STR("");
  if (doc.len && unit.len) doc = str_printf(m->arena, "%.*s\n\n%.*s", STR_ARG(doc), STR_ARG(unit));
  integration_doc(m, interface, doc.len ? doc : unit);
}

static void view_props(IntegrationModule *m) {
  Str base = tsx_import(&m->tsx, STR("@fxc/runtime/react"), STR("IntegrationViewProps"), true);
  integration_doc(m, &m->tsx.body, STR("What a look is given."));
  Str head = str_printf(m->arena, "%.*s extends %.*s", STR_ARG(integration_name(m, STR(""), "ViewProps")),
                        STR_ARG(base));
  if (!m->row->props.count) {
    tsx_add(integration_export(m, TSX_TYPE_ALIAS, integration_name(m, STR(""), "ViewProps")),
            tsx_code(m->arena, base));
    return;
  }
  TsxNode *interface = integration_export(m, TSX_INTERFACE, head);
  for (uint32_t i = 0; i < m->row->props.count; i++) {
    const Prop *prop = ir_prop_at(m->ir, m->row->props, i);
    bool optional;
    TypeId type = code_required(m->ir, prop->type, &optional);
    Str code = code_type(m->arena, m->ir, m->types, type);
    bool maybe = !prop->required && !prop->initial.n;
    prop_doc(m, interface, prop, type);
    integration_member(m, interface, name_prop(m->arena, ir_str(m->ir, prop->name)), false,
                       maybe ? str_concat(m->arena, code, STR(" | undefined")) : code);
  }
}

static void handler(IntegrationModule *m, TsxNode *interface, uint32_t i) {
  Str name = ir_str(m->ir, ir_event_at(m->ir, m->row->events, i)->name);
  Str type = str_printf(m->arena, "(this: void, event: %.*s) => void", STR_ARG(m->events[i]));
  integration_member(m, interface, str_concat(m->arena, STR("on"), name_pascal(m->arena, name)), true, type);
}

static void props(IntegrationModule *m) {
  Str base = tsx_import(&m->tsx, STR("@fxc/runtime/react"), STR("IntegrationProps"), true);
  Str view = tsx_import(&m->tsx, STR("react"), STR("ComponentType"), true);
  integration_doc(m, &m->tsx.body, STR("What a page says of a use."));
  TsxNode *interface =
      integration_export(m, TSX_INTERFACE,
                         str_printf(m->arena, "%.*s extends %.*s",
                                    STR_ARG(integration_name(m, STR(""), "Props")), STR_ARG(base)));
  for (uint32_t i = 0; i < m->row->props.count; i++) {
    const Prop *prop = ir_prop_at(m->ir, m->row->props, i);
    bool optional;
    TypeId type = code_required(m->ir, prop->type, &optional);
    prop_doc(m, interface, prop, type);
    integration_member(m, interface, name_prop(m->arena, ir_str(m->ir, prop->name)), !prop->required,
                       code_type(m->arena, m->ir, m->types, type));
  }
  integration_member(m, interface, STR("use"), true, integration_name(m, STR(""), "Use"));
  integration_member(
      m, interface, STR("view"), true,
      str_printf(m->arena, "%.*s<%.*s>", STR_ARG(view), STR_ARG(integration_name(m, STR(""), "ViewProps"))));
  for (uint32_t i = 0; i < m->row->events.count; i++) handler(m, interface, i);
}

static void use_settings(IntegrationModule *m) {
  integration_doc(m, &m->tsx.body, STR("The built-in attributes of a use."));
  TsxNode *interface = integration_export(m, TSX_INTERFACE, integration_name(m, STR(""), "Use"));
  Str capability_list =
      str_printf(m->arena, "readonly %.*s[]", STR_ARG(integration_name(m, STR(""), "Capability")));
  integration_member(m, interface, STR("capabilities"), true, capability_list);
  integration_member(m, interface, STR("provider"), true, STR("string"));
  integration_member(m, interface, STR("fallback"), true, STR("readonly string[]"));
  integration_member(m, interface, STR("level"), true, STR("'basic' | 'standard' | 'full'"));
  integration_member(m, interface, STR("optional"), true, STR("boolean"));
  integration_member(m, interface, STR("flag"), true, STR("string"));
  integration_member(m, interface, STR("source"), true, STR("string"));
}

void integration_uses(IntegrationModule *m) {
  capability(m);
  events(m);
  slots(m);
  view_props(m);
  props(m);
  use_settings(m);
}
