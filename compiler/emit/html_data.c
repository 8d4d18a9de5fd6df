/* In: the integrations of the project. Out: html-data.json: what an HTML language server offers inside a tag.
 * Attributes of all integrations stand side by side, since the format cannot say that one belongs to an
 * element with a certain other; each description names the integrations that it is about. */
#include "emit/json_writer.h"
#include "emit/schemas.h"
#include "ir/facts.h"
#include "ir/literal.h"

typedef struct Offered {
  Str name;        // of an attribute or a value
  VEC(Str) lines;  // of the description: one for each integration that knows it
  VEC(Str) values;
} Offered;

typedef struct OfferedList {
  VEC(Offered) rows;
  StrMap index;  // by name
} OfferedList;

typedef struct HtmlData {
  const Ir *ir;
  Arena *arena;
  JsonWriter w;
  OfferedList names, props, slots, features, providers, flags;
} HtmlData;

static Offered *offer(HtmlData *data, OfferedList *list, Str name) {
  bool added;
  uint32_t *index = strmap_put(data->arena, &list->index, name, &added);
  if (added) {
    *index = (uint32_t)list->rows.len;
    vec_push(data->arena, &list->rows, (Offered){.name = name});
  }
  return &list->rows.data[*index];
}

static void describe(HtmlData *data, Offered *offered, Str line) {
  if (line.len) vec_push(data->arena, &offered->lines, line);
}

static Str description_of(HtmlData *data, const Offered *offered) {
  return str_join(data->arena, offered->lines.data, offered->lines.len, STR("\n\n"));
}

static void offer_for(HtmlData *data, OfferedList *list, Sym name, Str integration, Str more) {
  if (!name) return;
  Str line =
      str_printf(data->arena, "`%.*s`%s%.*s", STR_ARG(integration), more.len ? ": " : "", STR_ARG(more));
  describe(data, offer(data, list, ir_str(data->ir, name)), line);
}

/* Props */

static Str type_text(const HtmlData *data, TypeId id) {
  const Ir *ir = data->ir;
  if (!id.n) return STR("any");
  const Type *type = ir_type(ir, id);
  if (type->kind == IR_TYPE_NAMED) return ir_str(ir, type->name);
  if (type->kind == IR_TYPE_ARRAY) return str_concat(data->arena, type_text(data, type->element), STR("[]"));
  if (type->kind == IR_TYPE_OPTIONAL)
    return str_concat(data->arena, type_text(data, type->element), STR("?"));
  if (type->kind != IR_TYPE_UNION) return str_from(literal_type_name(type->kind));
  VEC(Str) words = {0};
  for (uint32_t i = 0; i < type->literals.count; i++)
    vec_push(
        data->arena, &words,
        str_printf(data->arena, "\"%.*s\"", STR_ARG(ir_str(ir, ir_name_at(ir, type->literals, i)->text))));
  return str_join(data->arena, words.data, words.len, STR(" | "));
}

static void add_value(HtmlData *data, Offered *offered, Str value) {
  for (size_t i = 0; i < offered->values.len; i++)
    if (str_eq(offered->values.data[i], value)) return;
  vec_push(data->arena, &offered->values, value);
}

static void add_values(HtmlData *data, Offered *offered, TypeId id) {
  const Ir *ir = data->ir;
  while (id.n && ir_type(ir, id)->kind == IR_TYPE_OPTIONAL) id = ir_type(ir, id)->element;
  const Type *type = id.n ? ir_type(ir, id) : NULL;
  if (!type) return;
  for (uint32_t i = 0; type->kind == IR_TYPE_UNION && i < type->literals.count; i++)
    add_value(data, offered, ir_str(ir, ir_name_at(ir, type->literals, i)->text));
  if (type->kind != IR_TYPE_BOOL) return;
  add_value(data, offered, STR("true"));
  add_value(data, offered, STR("false"));
}

// "regionCode" and "region_code" are written data-integration-region-code on a page.
static Str attribute_of(HtmlData *data, Str prop) {
  char *name = arena_alloc(data->arena, 2 * prop.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < prop.len; i++) {
    char c = prop.data[i];
    bool upper = c >= 'A' && c <= 'Z';
    if (upper && i && name[len - 1] != '-') name[len++] = '-';
    name[len++] = upper ? (char)(c + ('a' - 'A')) : c == '_' ? '-' : c;
  }
  return str_concat(data->arena, STR("data-integration-"), (Str){name, len});
}

// Attributes of our own that a prop of the same name cannot be set by.
static bool is_built_in(Str attribute) {
  return facts_is_built_in(str_skip(attribute, strlen("data-integration-")));
}

static void add_props(HtmlData *data, const Integration *integration, Str name) {
  const Ir *ir = data->ir;
  for (uint32_t i = 0; i < integration->props.count; i++) {
    const Prop *prop = ir_prop_at(ir, integration->props, i);
    Str attribute = attribute_of(data, ir_str(ir, prop->name));
    if (is_built_in(attribute)) continue;
    Offered *offered = offer(data, &data->props, attribute);
    Str type = type_text(data, prop->type), doc = ir_str(ir, prop->doc);
    describe(data, offered,
             str_printf(data->arena, "`%.*s`: %.*s%s%s%.*s", STR_ARG(name), STR_ARG(type),
                        prop->required ? ", required" : "", doc.len ? ". " : "", STR_ARG(doc)));
    add_values(data, offered, prop->type);
  }
}

/* Everything else that an integration offers */

static void add_releases(HtmlData *data, const Integration *integration, Str name) {
  const Ir *ir = data->ir;
  StrMap seen = {0};  // several releases have the same features
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    if (release->status == IR_RETIRED) continue;
    for (uint32_t k = 0; k < release->features.count; k++) {
      Sym feature = ir_feature_at(ir, release->features, k)->name;
      bool added;
      strmap_put(data->arena, &seen, ir_str(ir, feature), &added);
      if (added) offer_for(data, &data->features, feature, name, STR(""));
    }
    offer_for(data, &data->providers, release->provider.sym, name, ir_str(ir, release->label.sym));
    offer_for(data, &data->flags, release->flag.sym, name, ir_str(ir, release->label.sym));
  }
}

static void add_integration(HtmlData *data, const Integration *integration) {
  const Ir *ir = data->ir;
  Str name = ir_str(ir, integration->name);
  Str label = ir_str(ir, integration->label.sym), purpose = ir_str(ir, integration->purpose.sym);
  describe(data, offer(data, &data->names, name),
           str_printf(data->arena, "%.*s%s%.*s", STR_ARG(label), label.len && purpose.len ? ": " : "",
                      STR_ARG(purpose)));
  add_props(data, integration, name);
  for (uint32_t i = 0; i < integration->slots.count; i++) {
    const Slot *slot = ir_slot_at(ir, integration->slots, i);
    Str element = ir_str(ir, slot->element), kind = element.len ? element : STR("any element");
    offer_for(data, &data->slots, slot->name, name,
              str_printf(data->arena, "%.*s%s", STR_ARG(kind), slot->optional ? ", optional" : ""));
  }
  add_releases(data, integration, name);
}

/* Writing */

static void write_description(HtmlData *data, Str text) {
  if (!text.len) return;
  json_key(&data->w, STR("description"));
  json_object(&data->w);
  json_string_member(&data->w, "kind", STR("markdown"));
  json_string_member(&data->w, "value", text);
  json_close(&data->w, '}');
}

static void begin_attribute(HtmlData *data, Str name, Str description) {
  json_object(&data->w);
  json_string_member(&data->w, "name", name);
  write_description(data, description);
}

static void begin_values(HtmlData *data) {
  json_key(&data->w, STR("values"));
  json_list(&data->w, false);
}

static void write_value(HtmlData *data, Str name, Str description) {
  json_object(&data->w);
  json_string_member(&data->w, "name", name);
  write_description(data, description);
  json_close(&data->w, '}');
}

// An attribute whose values are names that the project knows.
static void write_listed(HtmlData *data, Str name, Str description, const OfferedList *values) {
  begin_attribute(data, name, description);
  if (values && values->rows.len) {
    begin_values(data);
    for (size_t i = 0; i < values->rows.len; i++)
      write_value(data, values->rows.data[i].name, description_of(data, &values->rows.data[i]));
    json_close(&data->w, ']');
  }
  json_close(&data->w, '}');
}

static void write_words(HtmlData *data, Str name, Str description, const Str *words, size_t count) {
  begin_attribute(data, name, description);
  if (count) begin_values(data);
  for (size_t i = 0; i < count; i++) write_value(data, words[i], STR(""));
  if (count) json_close(&data->w, ']');
  json_close(&data->w, '}');
}

static void write_attributes(HtmlData *data, const Str *aliases, size_t alias_count) {
  const Str truth[] = {STR("true"), STR("false")};
  const Str levels[] = {STR("basic"), STR("standard"), STR("full")};
  Str uses =
      STR("The integrations that this element uses: `name` or `name@range`, separated by white space.");
  write_listed(data, STR("data-integration"), uses, &data->names);
  for (size_t i = 0; i < alias_count; i++) write_listed(data, aliases[i], uses, &data->names);
  write_listed(data, STR("data-enhance"), STR("The same for a decorative use, which is never required."),
               &data->names);
  write_words(data, STR("data-enhance-level"), STR("How much is done."), levels, 3);
  write_listed(data, STR("data-depends-on"), STR("What this use needs: integrations, or fields of the page."),
               &data->names);
  write_listed(data, STR("data-slot"), STR("The part that this element plays for the use around it."),
               &data->slots);
  write_words(data, STR("data-integration-required"), STR("Whether a missing manifest is an error."), truth,
              2);
  write_words(data, STR("data-integration-version"), STR("The range of releases, such as `^3.2`."), NULL, 0);
  write_listed(data, STR("data-integration-capabilities"),
               STR("What the page relies on, separated by commas."), &data->features);
  write_listed(data, STR("data-integration-provider"), STR("Forces a provider for this use."),
               &data->providers);
  write_words(data, STR("data-integration-fallback"),
              STR("Releases, providers or `static`, in the order in which they take over."), NULL, 0);
  write_listed(data, STR("data-integration-flag"), STR("The flag that switches this use."), &data->flags);
  for (size_t i = 0; i < data->props.rows.len; i++) {
    const Offered *prop = &data->props.rows.data[i];
    write_words(data, prop->name, description_of(data, prop), prop->values.data, prop->values.len);
  }
}

void emit_html_data(const Ir *ir, const Str *aliases, size_t alias_count, Arena *arena, Buf *out) {
  HtmlData data = {.ir = ir, .arena = arena, .w = json_begin(out, STR(""))};
  for (size_t i = 0; i < ir->integrations.len; i++)
    if (!ir->integrations.data[i].shadowed) add_integration(&data, &ir->integrations.data[i]);
  json_key(&data.w, STR("version"));
  json_literal(&data.w, STR("1.1"));
  json_key(&data.w, STR("globalAttributes"));
  json_list(&data.w, false);
  write_attributes(&data, aliases, alias_count);
  json_close(&data.w, ']');
  json_end(&data.w);
}
