/* The "integration" of a field or section: in, a name, an object, or an array of them; out, data-integration
 * and its kin, every value at its own place. */
#include "viewforge/forge.h"

typedef struct Uses {
  ForgePage *page;
  size_t count;
  bool several;
  StrMap props;  // attributes that are written, to the node of their value
} Uses;

// Among several uses a range stands behind its name, where it cannot hold white space.
static void put_range(Uses *uses, uint32_t version) {
  Forge *forge = uses->page->forge;
  Str range = forge_node(forge, version)->text;
  for (size_t i = 0; i < range.len; i++) {
    if (!strchr(" \t\n\f\r", range.data[i])) continue;
    Diag *diag = forge_error(forge, forge_span(forge, version),
                             "of several integrations none can have a range with white space");
    diag_help(diag, "write it without, or give the integration a field of its own");
    return;
  }
  view_put(&uses->page->out, STR("@"));
  view_value(&uses->page->out, forge_text(forge, version));
}

// The names come first, so that they stand together: `data-integration="a@^1 b"`.
static void put_name(Uses *uses, uint32_t item) {
  Forge *forge = uses->page->forge;
  ViewWriter *out = &uses->page->out;
  uint32_t name = item;
  ForgeMembers use = {0};
  if (forge_is(forge, item, MAP)) {
    forge_members(forge, item, SHAPE_INTEGRATION, true, use);
    name = use[USE_TYPE];
    if (!name) {
      Diag *diag = forge_error(forge, forge_start(forge, item), "the integration has no type");
      diag_help(diag, "say what the field needs: \"type\": \"address-validation\"");
      return;
    }
  } else if (!forge_expect(forge, item, TEXT, "an integration")) {
    return;
  }
  view_put(out, uses->count++ ? STR(" ") : STR(" data-integration=\""));
  view_value(out, forge_text(forge, name));
  if (uses->several && use[USE_VERSION]) put_range(uses, use[USE_VERSION]);
}

// A list as it stands in an attribute: "a,b".
static void put_list(ForgePage *page, uint32_t list) {
  Forge *forge = page->forge;
  bool first = true;
  for (uint32_t item = forge_first(forge, list); item; item = forge_next(forge, list, item)) {
    if (!forge_expect(forge, item, SCALAR, "an item of this list")) continue;
    if (!first) view_put(&page->out, STR(","));
    view_value(&page->out, forge_text(forge, item));
    first = false;
  }
}

static bool of_scalars(const Forge *forge, uint32_t list) {
  for (uint32_t item = forge_first(forge, list); item; item = forge_next(forge, list, item))
    if (!forge_is(forge, item, SCALAR)) return false;
  return true;
}

// An object, and an array with more than words, stay JSON.
static ViewText as_json(const Forge *forge, uint32_t at) {
  const DocNode *node = forge_node(forge, at);
  return (ViewText){.text = str_take(str_skip(forge->doc->bytes, node->start), node->end - node->start),
                    .start = node->start,
                    .end = node->end};
}

static bool is_new(Uses *uses, Str attribute, uint32_t key) {
  Forge *forge = uses->page->forge;
  bool added;
  uint32_t *known = strmap_put(forge->arena, &uses->props, attribute, &added);
  if (added) {
    *known = key;
    return true;
  }
  if (str_eq(as_json(forge, *known + 1).text, as_json(forge, key + 1).text)) return false;
  Diag *diag = forge_error(forge, forge_span(forge, key), "'%.*s' is said twice for one element",
                           STR_ARG(forge_node(forge, key)->text));
  diag_note(diag, forge_span(forge, *known), "said here first");
  diag_help(diag, "the uses of one element share their attributes: make them agree, or give each a field");
  return false;
}

// ` NAME="` with the place of the key where the two are spelled alike.
static void open_attribute(Uses *uses, Str attribute, uint32_t key) {
  ViewWriter *out = &uses->page->out;
  Str prefix = STR("data-integration-");
  view_put(out, STR(" "));
  ViewText said = forge_text(uses->page->forge, key);
  if (str_starts(attribute, prefix)) {
    Str rest = str_skip(attribute, prefix.len);
    view_at(out, said.start);
    view_put(out, prefix);
    ViewText name = {.text = rest, .start = said.start, .end = said.end};
    view_raw(out, name);
  } else {
    ViewText name = {.text = attribute, .start = said.start, .end = said.end};
    view_raw(out, name);
  }
  view_put(out, STR("=\""));
}

static void put_attribute(Uses *uses, Str attribute, uint32_t key) {
  ForgePage *page = uses->page;
  Forge *forge = page->forge;
  uint32_t value = key + 1, place = page->out.place;
  if (!forge_is(forge, value, ANY) || !is_new(uses, attribute, key)) return;
  open_attribute(uses, attribute, key);
  if (forge_is(forge, value, LIST) && of_scalars(forge, value))
    put_list(page, value);
  else if (forge_is(forge, value, LIST | MAP))
    view_value(&page->out, as_json(forge, value));
  else
    view_value(&page->out, forge_text(forge, value));
  view_at(&page->out, place);
  view_put(&page->out, STR("\""));
}

// The attributes of the language in their order, then the props as they stand.
static void put_known(Uses *uses, uint32_t item) {
  static const struct {
    uint8_t member;
    const char *attribute;
  } known[] = {{USE_REQUIRED, "data-integration-required"},
               {USE_CAPABILITIES, "data-integration-capabilities"},
               {USE_DEPENDS_ON, "data-depends-on"},
               {USE_VERSION, "data-integration-version"}};
  ForgeMembers use;
  size_t before = uses->page->forge->diags->list.len;
  forge_members(uses->page->forge, item, SHAPE_INTEGRATION, true, use);
  uses->page->forge->diags->list.len = before;  // said when its name was put
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (use[known[i].member] && !(uses->several && known[i].member == USE_VERSION))
      put_attribute(uses, str_from(known[i].attribute), use[known[i].member] - 1);
}

static void put_props(Uses *uses, uint32_t item) {
  Forge *forge = uses->page->forge;
  uint32_t key = item + 1;
  for (uint32_t i = 0; i < forge_node(forge, item)->count; i++) {
    Str name = view_kebab(forge->arena, forge_node(forge, key)->text);
    if (forge_member_of(SHAPE_INTEGRATION, forge_node(forge, key)->text) >= 0) {
      // written already
    } else if (!name.len ||
               memchr(forge_node(forge, key)->text.data, '\0', forge_node(forge, key)->text.len)) {
      forge_error(forge, forge_span(forge, key), "no attribute can have this name");
    } else {
      put_attribute(uses, str_concat(forge->arena, STR("data-integration-"), name), key);
    }
    key = forge_node(forge, key + 1)->next;
  }
}

void forge_use_attributes(ForgePage *page, uint32_t integration) {
  Forge *forge = page->forge;
  if (!integration) return;
  bool list = forge_is(forge, integration, LIST);
  Uses uses = {.page = page, .several = list && forge_node(forge, integration)->count > 1};
  uint32_t first = list ? forge_first(forge, integration) : integration;
  for (uint32_t item = first; item; item = list ? forge_next(forge, integration, item) : 0)
    put_name(&uses, item);
  if (uses.count) view_put(&page->out, STR("\""));
  if (!first) forge_error(forge, forge_span(forge, integration), "'integration' names none");
  for (int props = 0; uses.count && props < 2; props++)
    for (uint32_t item = first; item; item = list ? forge_next(forge, integration, item) : 0)
      if (forge_is(forge, item, MAP)) (props ? put_props : put_known)(&uses, item);
}
