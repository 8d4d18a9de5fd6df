/* The control that the type of a field calls for. In: a field. Out: <input>, <select>, <textarea> where it is
 * filled in, <output> where it is shown. */
#include "viewforge/forge.h"

static const ForgeType types[] = {
#define FIELD_TYPE(name, control, input, attributes, takes) {name, control, input, attributes, takes},
#include "viewforge/types.def"
#undef FIELD_TYPE
};

const ForgeType *forge_type(Str name) {
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (str_eq_nocase(name, str_from(types[i].name))) return &types[i];
  return NULL;
}

const char *forge_type_name(size_t index) {
  return index < sizeof types / sizeof *types ? types[index].name : NULL;
}

bool forge_type_has_options(const ForgeType *type) {
  return type->control == SELECT || type->control == RADIO;
}

static void put_flag(ForgePage *page, const ForgeField *field, int member, const char *attribute) {
  if (!forge_true(page->forge, field->members[member])) return;
  view_at(&page->out, forge_node(page->forge, field->members[member] - 1)->start);
  view_put(&page->out, STR(" "));
  view_put(&page->out, str_from(attribute));
  view_at(&page->out, forge_node(page->forge, field->node)->start);
}

// id, name, slot and whether it is required: on every control.
static void put_common(ForgePage *page, const ForgeField *field, bool with_id) {
  if (with_id) view_attr(&page->out, "id", field->id);
  view_attr(&page->out, "name", field->name);
  view_attr(&page->out, "data-slot", forge_text(page->forge, field->members[FIELD_SLOT]));
}

static ViewText member_text(const ForgePage *page, const ForgeField *field, int member) {
  return forge_text(page->forge, field->members[member]);
}

static void put_input(ForgePage *page, const ForgeField *field) {
  ViewWriter *out = &page->out;
  const ForgeType *type = field->type;
  view_put(out, STR("<input"));
  view_attr_made(out, "type", str_from(type->input));
  put_common(page, field, true);
  view_put(out, str_from(type->attributes));
  view_attr(out, "placeholder", member_text(page, field, FIELD_PLACEHOLDER));
  if (type->control == INPUT) view_attr(out, "value", member_text(page, field, FIELD_VALUE));
  if (type->control == CHECK) put_flag(page, field, FIELD_VALUE, "checked");
  put_flag(page, field, FIELD_READONLY, "readonly");
  put_flag(page, field, FIELD_REQUIRED, "required");
  view_put(out, STR(">"));
}

static void put_area(ForgePage *page, const ForgeField *field) {
  ViewWriter *out = &page->out;
  ViewText value = member_text(page, field, FIELD_VALUE);
  view_put(out, STR("<textarea"));
  put_common(page, field, true);
  view_attr(out, "placeholder", member_text(page, field, FIELD_PLACEHOLDER));
  put_flag(page, field, FIELD_READONLY, "readonly");
  put_flag(page, field, FIELD_REQUIRED, "required");
  view_put(out, STR(">"));
  if (value.text.len && value.text.data[0] == '\n') view_put(out, STR("\n"));  // the first one is not read
  if (value.text.data) view_text(out, value);
  view_put(out, STR("</textarea>"));
}

/* Options */

typedef struct Option {
  ViewText value, label;
} Option;

static bool read_option(ForgePage *page, uint32_t item, Option *option) {
  Forge *forge = page->forge;
  if (!forge_expect(forge, item, SCALAR | MAP, "an option")) return false;
  if (!forge_is(forge, item, MAP)) {
    option->value = option->label = forge_text(forge, item);
    return true;
  }
  ForgeMembers members;
  forge_members(forge, item, SHAPE_OPTION, false, members);
  uint32_t value = members[OPTION_VALUE], label = members[OPTION_LABEL];
  if (!value && !label) {
    forge_error(forge, forge_start(forge, item), "the option has neither a value nor a label");
    return false;
  }
  if (!value || !label)
    forge_gap(forge, forge_span(forge, value ? value : label), "the option has no %s; assumed '%.*s'",
              value ? "label" : "value", STR_ARG(forge_node(forge, value ? value : label)->text));
  option->value = forge_text(forge, value ? value : label);
  option->label = forge_text(forge, label ? label : value);
  return true;
}

static bool is_chosen(const ForgePage *page, const ForgeField *field, const Option *option) {
  uint32_t value = field->members[FIELD_VALUE];
  return value && str_eq(forge_node(page->forge, value)->text, option->value.text);
}

static void put_option(ForgePage *page, const ForgeField *field, const Option *option) {
  ViewWriter *out = &page->out;
  view_line(out);
  view_put(out, STR("<option"));
  view_attr(out, "value", option->value);
  if (is_chosen(page, field, option)) view_put(out, STR(" selected"));
  view_put(out, STR(">"));
  view_text(out, option->label);
  view_put(out, STR("</option>"));
}

// The first option stands for "nothing chosen": a required <select> has to have one.
static void put_select(ForgePage *page, const ForgeField *field) {
  ViewWriter *out = &page->out;
  Forge *forge = page->forge;
  uint32_t list = field->members[FIELD_OPTIONS];
  ViewText placeholder = member_text(page, field, FIELD_PLACEHOLDER);
  bool many = field->type->attributes[0];
  view_put(out, STR("<select"));
  put_common(page, field, true);
  view_put(out, str_from(field->type->attributes));
  put_flag(page, field, FIELD_REQUIRED, "required");
  view_put(out, STR(">"));
  out->depth++;
  Option none = {view_made(STR(""), out->place), view_made(STR("Choose"), out->place)};
  if (placeholder.text.data) none.label = placeholder;
  if (!many) put_option(page, &(ForgeField){.node = field->node}, &none);
  for (uint32_t item = forge_first(forge, list); item; item = forge_next(forge, list, item)) {
    Option option;
    if (read_option(page, item, &option)) put_option(page, field, &option);
  }
  out->depth--;
  view_line(out);
  view_put(out, STR("</select>"));
}

static void put_radios(ForgePage *page, const ForgeField *field) {
  ViewWriter *out = &page->out;
  Forge *forge = page->forge;
  uint32_t list = field->members[FIELD_OPTIONS];
  view_put(out, STR("<div role=\"radiogroup\""));
  view_attr(out, "aria-labelledby", field->id);
  view_put(out, STR(">"));
  out->depth++;
  for (uint32_t item = forge_first(forge, list); item; item = forge_next(forge, list, item)) {
    Option option;
    if (!read_option(page, item, &option)) continue;
    view_line(out);
    view_put(out, STR("<label><input type=\"radio\""));
    put_common(page, field, false);
    view_attr(out, "value", option.value);
    if (is_chosen(page, field, &option)) view_put(out, STR(" checked"));
    put_flag(page, field, FIELD_REQUIRED, "required");
    view_put(out, STR("> "));
    view_text(out, option.label);
    view_put(out, STR("</label>"));
  }
  out->depth--;
  view_line(out);
  view_put(out, STR("</div>"));
}

/* Where a value is only shown, its column or the label in front of it says what it is. */
static void put_output(ForgePage *page, const ForgeField *field) {
  ViewWriter *out = &page->out;
  ViewText value = member_text(page, field, FIELD_VALUE);
  bool cell = page->mode == FORGE_TABLE;
  view_put(out, STR("<output"));
  put_common(page, field, !cell);
  if (cell) view_attr(out, "aria-labelledby", field->id);
  view_put(out, STR(">"));
  if (value.text.data) view_text(out, value);
  view_put(out, STR("</output>"));
}

void forge_control(ForgePage *page, const ForgeField *field) {
  if (page->mode != FORGE_FORM) {
    put_output(page, field);
    return;
  }
  switch (field->type->control) {
    case SELECT:
      put_select(page, field);
      return;
    case RADIO:
      put_radios(page, field);
      return;
    case AREA:
      put_area(page, field);
      return;
    default:
      put_input(page, field);
  }
}
