/* One page against the frozen interfaces of the integrations it uses. In: the page's facts. Out: FX1103 to
 * FX1110 at the smallest wrong text. An attribute of an element with several uses must suit one of them; as
 * soon as one of them has no manifest nothing is said about what it might know. */
#include "base/suggest.h"
#include "ir/facts.h"
#include "passes/near.h"
#include "passes/types.h"

typedef struct Element {
  const Ir *ir;
  DiagBag *diags;
  const FactElement *facts;
  IntegrationId *uses;  // by index of the name, 0 where there is no manifest
  bool complete;        // every use has a manifest
  StrMap props;         // where there are many attributes: by the key of a prop, the first that sets it
} Element;

// So many attributes are compared with each other; with more of them that would be slow.
enum { FEW_ATTRS = 16 };

static const Str prefix = {"data-integration-", 17};

/* Props */

static PropId find_prop(const Element *element, Str name, IntegrationId *owner) {
  for (size_t i = 0; i < element->facts->names.len; i++) {
    *owner = element->uses[i];
    PropId prop = owner->n ? ir_find_prop(element->ir, *owner, name) : (PropId){0};
    if (prop.n) return prop;
  }
  return (PropId){0};
}

enum { NAMES_SHOWN = 12 };

// Appends a name to a list for people, which ends in an ellipsis when it would be long.
static void list_name(Buf *list, uint32_t *count, Str name) {
  if ((*count)++ < NAMES_SHOWN)
    buf_printf(list, "%s%.*s", list->len ? ", " : "", STR_ARG(name));
  else if (*count == NAMES_SHOWN + 2)
    buf_put(list, STR(", …"));
}

static void offer_props(const Element *element, Diag *d) {
  const Ir *ir = element->ir;
  Buf list = {0};
  uint32_t count = 0;
  for (size_t u = 0; u < element->facts->names.len; u++) {
    IrRange props = ir_integration(ir, element->uses[u])->props;
    for (uint32_t i = 0; i < props.count; i++)
      list_name(&list, &count, ir_str(ir, ir_prop_at(ir, props, i)->name));
  }
  if (count)
    diag_help(d, "its props are %.*s", (int)list.len, list.data);
  else
    diag_help(d, "it declares no props: remove the attribute, or declare the prop in the manifest");
  buf_free(&list);
}

static void index_props(Element *element) {
  Arena *arena = element->diags->arena;
  size_t count = element->facts->attrs.len;
  for (size_t i = 0; count > FEW_ATTRS && i < count; i++) {
    Str name = element->facts->attrs.data[i].name;
    if (!str_starts(name, prefix)) continue;
    bool added;
    uint32_t *first =
        strmap_put(arena, &element->props, ir_prop_key(arena, str_skip(name, prefix.len)), &added);
    if (added) *first = (uint32_t)i;
  }
}

static const FactAttr *first_giving(const Element *element, Str prop) {
  const FactAttr *attrs = element->facts->attrs.data;
  if (element->props.len) {
    const uint32_t *first = strmap_find(&element->props, ir_prop_key(element->diags->arena, prop));
    return first ? &attrs[*first] : NULL;
  }
  for (size_t i = 0; i < element->facts->attrs.len; i++)
    if (str_starts(attrs[i].name, prefix) && ir_same_prop(prop, str_skip(attrs[i].name, prefix.len)))
      return &attrs[i];
  return NULL;
}

static void report_unknown_attribute(Element *element, const FactAttr *attr, Str name) {
  const Ir *ir = element->ir;
  Suggestion search = suggest_start(name);
  for (size_t u = 0; u < element->facts->names.len; u++) {
    IrRange props = ir_integration(ir, element->uses[u])->props;
    for (uint32_t i = 0; i < props.count; i++)
      suggest_offer(&search, ir_str(ir, ir_prop_at(ir, props, i)->name));
  }
  for (size_t i = 0; i < FACTS_BUILT_IN_COUNT; i++) suggest_offer(&search, str_from(facts_built_in[i]));
  Str use = element->facts->names.data[0].text;
  Diag *d = diag_add(element->diags, FX1103, attr->name_span, "'%.*s' declares no prop '%.*s'", STR_ARG(use),
                     STR_ARG(name));
  diag_label(d, attr->name_span, "unknown attribute");
  if (search.best.data) {
    Str near = str_concat(element->diags->arena, prefix, search.best);
    if (first_giving(element, search.best))
      diag_help(d, "did you mean '%.*s'?", STR_ARG(near));  // to have it twice is no cure
    else
      near_propose(d, attr->name_span, near);
    return;
  }
  diag_note(d, ir_integration(ir, element->uses[0])->span, "'%.*s' is declared here", STR_ARG(use));
  offer_props(element, d);
}

static void report_wrong_type(Element *element, const FactAttr *attr, PropId prop) {
  const Ir *ir = element->ir;
  const Prop *row = ir_prop(ir, prop);
  Str name = ir_str(ir, row->name);
  Span span = span_exists(attr->value.span) ? attr->value.span : attr->name_span;
  Str expected = types_expected(element->diags->arena, ir, row->type);
  Diag *d = diag_add(element->diags, FX1104, span, "'%.*s' does not fit the prop '%.*s', which takes %.*s",
                     STR_ARG(attr->value.text), STR_ARG(name), STR_ARG(expected));
  diag_label(d, span, "expected %.*s", STR_ARG(expected));
  diag_note(d, row->span, "the prop is declared here");
  Str best = types_near_literal(ir, row->type, attr->value.text);
  if (!best.len) return;
  diag_help(d, "did you mean '%.*s'?", STR_ARG(best));
  if (span.end - span.start == attr->value.text.len)
    diag_fix(d, DIAG_MAYBE, span, best, "replace with '%.*s'", STR_ARG(best));
}

// data-integration-post-code beside data-integration-postcode: HTML keeps both. The same spelling comes twice
// only from a discovery map, which lists the values of many uses.
static const FactAttr *given_before(const Element *element, const FactAttr *attr) {
  const FactAttr *first = first_giving(element, str_skip(attr->name, prefix.len));
  return first && !str_eq(first->name, attr->name) ? first : NULL;
}

static void report_given_twice(Element *element, const FactAttr *attr, const FactAttr *first) {
  Diag *d = diag_add(element->diags, FX1103, attr->name_span, "'%.*s' and '%.*s' are the same prop",
                     STR_ARG(attr->name), STR_ARG(first->name));
  diag_label(d, attr->name_span, "given again");
  diag_note(d, first->name_span, "given here first");
  diag_help(d, "keep one of the two");
}

static void check_attr(Element *element, const FactAttr *attr) {
  if (!str_starts(attr->name, prefix)) return;
  Str name = str_skip(attr->name, prefix.len);
  if (facts_is_built_in(name)) return;
  IntegrationId owner;
  PropId prop = find_prop(element, name, &owner);
  if (prop.n) {
    const FactAttr *first = given_before(element, attr);
    if (first)
      report_given_twice(element, attr, first);
    else if (!types_text_fits(element->ir, attr->value.text, ir_prop(element->ir, prop)->type))
      report_wrong_type(element, attr, prop);
  } else if (element->complete) {
    report_unknown_attribute(element, attr, name);
  }
}

static bool element_gives(const Element *element, Str prop) { return first_giving(element, prop) != NULL; }

static void check_required_props(Element *element, size_t u) {
  const Ir *ir = element->ir;
  IntegrationId use = element->uses[u];
  IrRange props = ir_integration(ir, use)->props;
  for (uint32_t i = 0; i < props.count; i++) {
    const Prop *prop = ir_prop_at(ir, props, i);
    Str prop_name = ir_str(ir, prop->name);
    if (!prop->required || element_gives(element, prop_name)) continue;
    const FactText *name = &element->facts->names.data[u];
    Diag *d = diag_add(element->diags, FX1105, name->span, "'%.*s' needs the prop '%.*s'",
                       STR_ARG(name->text), STR_ARG(prop_name));
    diag_label(d, name->span, "used without it");
    diag_note(d, prop->span, "the prop is declared here without a default");
    Str lower = str_lower(element->diags->arena, prop_name);
    diag_help(d, "add data-integration-%.*s=\"…\" to the element", STR_ARG(lower));
  }
}

/* Slots */

static bool slot_takes(const Slot *slot, const Ir *ir, Str tag) {
  Str kind = ir_str(ir, slot->element);
  return kind.len == 0 || str_eq(kind, STR("any")) || str_eq_nocase(kind, tag);
}

// A declared slot of that name: one that takes the element, if there is any.
static const Slot *find_slot(const Element *element, const FactSlot *fact) {
  const Ir *ir = element->ir;
  const Slot *found = NULL;
  for (size_t u = 0; u < element->facts->names.len; u++) {
    if (!element->uses[u].n) continue;
    IrRange slots = ir_integration(ir, element->uses[u])->slots;
    for (uint32_t i = 0; i < slots.count; i++) {
      const Slot *slot = ir_slot_at(ir, slots, i);
      if (!str_eq(ir_str(ir, slot->name), fact->name.text)) continue;
      if (slot_takes(slot, ir, fact->element)) return slot;
      found = slot;
    }
  }
  return found;
}

static void report_unknown_slot(Element *element, const FactSlot *fact) {
  const Ir *ir = element->ir;
  Suggestion search = suggest_start(fact->name.text);
  for (size_t u = 0; u < element->facts->names.len; u++) {
    IrRange slots = ir_integration(ir, element->uses[u])->slots;
    for (uint32_t i = 0; i < slots.count; i++)
      suggest_offer(&search, ir_str(ir, ir_slot_at(ir, slots, i)->name));
  }
  Str use = element->facts->names.data[0].text;
  Diag *d = diag_add(element->diags, FX1106, fact->name.span, "'%.*s' declares no slot '%.*s'", STR_ARG(use),
                     STR_ARG(fact->name.text));
  diag_label(d, fact->name.span, "unknown slot");
  diag_note(d, element->facts->names.data[0].span, "the slot belongs to this use");
  near_propose(d, fact->name.span, search.best);
}

static void check_slot(Element *element, const FactSlot *fact) {
  const Ir *ir = element->ir;
  const Slot *slot = find_slot(element, fact);
  if (!slot) {
    if (element->complete) report_unknown_slot(element, fact);
    return;
  }
  if (slot_takes(slot, ir, fact->element)) return;
  Str kind = ir_str(ir, slot->element);
  Diag *d = diag_add(element->diags, FX1106, fact->name.span, "the slot '%.*s' takes <%.*s>, not <%.*s>",
                     STR_ARG(fact->name.text), STR_ARG(kind), STR_ARG(fact->element));
  diag_label(d, fact->name.span, "on <%.*s>", STR_ARG(fact->element));
  diag_note(d, slot->span, "the slot is declared here");
  diag_help(d, "put data-slot=\"%.*s\" on the <%.*s> that it means", STR_ARG(fact->name.text), STR_ARG(kind));
}

static bool has_slot(const Element *element, Str name) {
  for (size_t i = 0; i < element->facts->slots.len; i++)
    if (str_eq(element->facts->slots.data[i].name.text, name)) return true;
  return false;
}

static void check_required_slots(Element *element, size_t u) {
  const Ir *ir = element->ir;
  IrRange slots = ir_integration(ir, element->uses[u])->slots;
  for (uint32_t i = 0; i < slots.count; i++) {
    const Slot *slot = ir_slot_at(ir, slots, i);
    Str name = ir_str(ir, slot->name), kind = ir_str(ir, slot->element);
    if (slot->optional || has_slot(element, name)) continue;
    const FactText *use = &element->facts->names.data[u];
    Diag *d = diag_add(element->diags, FX1106, use->span, "'%.*s' needs the slot '%.*s'", STR_ARG(use->text),
                       STR_ARG(name));
    diag_label(d, use->span, "used without it");
    diag_note(d, slot->span, "the slot is declared here");
    diag_help(d, "mark %s%.*s%s inside the element with data-slot=\"%.*s\"", kind.len ? "an <" : "an element",
              STR_ARG(kind), kind.len ? ">" : "", STR_ARG(name));
  }
}

/* Capabilities, providers, fallbacks */

typedef bool ReleaseTest(const Ir *ir, const Release *release, Str name, Suggestion *search);

static bool has_feature(const Ir *ir, const Release *release, Str name, Suggestion *search) {
  for (uint32_t i = 0; i < release->features.count; i++) {
    Str feature = ir_str(ir, ir_feature_at(ir, release->features, i)->name);
    if (str_eq(feature, name)) return true;
    suggest_offer(search, feature);
  }
  return false;
}

static bool has_provider(const Ir *ir, const Release *release, Str name, Suggestion *search) {
  Str provider = ir_str(ir, release->provider.sym);
  if (provider.len && str_eq(provider, name)) return true;
  if (ir->production && release->production.n) {
    Str overlaid = ir_str(ir, ir_overlay(ir, release->production)->provider.sym);
    if (overlaid.len && str_eq(overlaid, name)) return true;
  }
  if (provider.len) suggest_offer(search, provider);
  return false;
}

static bool has_label_or_provider(const Ir *ir, const Release *release, Str name, Suggestion *search) {
  Str label = ir_str(ir, release->label.sym);
  suggest_offer(search, label);
  return str_eq(label, name) || has_provider(ir, release, name, search);
}

// Whether a release of some use that may still be chosen passes the test.
static bool some_release(const Element *element, ReleaseTest *test, Str name, Suggestion *search) {
  const Ir *ir = element->ir;
  for (size_t u = 0; u < element->facts->names.len; u++) {
    if (!element->uses[u].n) return true;  // nobody knows
    IrRange releases = ir_integration(ir, element->uses[u])->releases;
    if (!releases.count) return true;
    for (uint32_t i = 0; i < releases.count; i++) {
      const Release *release = ir_release_at(ir, releases, i);
      if (release->status != IR_RETIRED && test(ir, release, name, search)) return true;
    }
  }
  return false;
}

/* What an attribute asks of releases. */
typedef struct ReleaseCheck {
  DiagCode code;
  ReleaseTest *test;
  const char *what, *all;  // "'use' has no WHAT 'x'", "ALL a, b, c"
} ReleaseCheck;

static const ReleaseCheck capability_check = {FX1108, has_feature, "capability", "the capabilities are"};
static const ReleaseCheck provider_check = {FX1110, has_provider, "provider", "the providers are"};
static const ReleaseCheck fallback_check = {FX2009, has_label_or_provider, "release and no provider",
                                            "the releases are"};

// The names of one release that are new to the list.
static void list_of_release(const Element *element, const ReleaseCheck *check, const Release *release,
                            Buf *list, StrMap *seen, uint32_t *count) {
  const Ir *ir = element->ir;
  Str one = ir_str(ir, check->code == FX1110 ? release->provider.sym : release->label.sym);
  uint32_t names = check->code == FX1108 ? release->features.count : 1;
  for (uint32_t i = 0; i < names; i++) {
    Str name = check->code == FX1108 ? ir_str(ir, ir_feature_at(ir, release->features, i)->name) : one;
    bool added;
    strmap_put(element->diags->arena, seen, name, &added);
    if (name.len && added) list_name(list, count, name);
  }
}

// What could stand there instead.
static void offer_names(const Element *element, const ReleaseCheck *check, Diag *d) {
  const Ir *ir = element->ir;
  Buf list = {0};
  StrMap seen = {0};
  uint32_t count = 0;
  for (size_t u = 0; u < element->facts->names.len; u++) {
    IrRange releases = ir_integration(ir, element->uses[u])->releases;
    for (uint32_t i = 0; i < releases.count; i++) {
      const Release *release = ir_release_at(ir, releases, i);
      if (release->status != IR_RETIRED) list_of_release(element, check, release, &list, &seen, &count);
    }
  }
  if (count) diag_help(d, "%s %.*s", check->all, (int)list.len, list.data);
  buf_free(&list);
}

static void check_name(Element *element, const ReleaseCheck *check, Str name, Span span) {
  Suggestion search = suggest_start(name);
  if (some_release(element, check->test, name, &search)) return;
  Str use = element->facts->names.data[0].text;
  Diag *d = diag_add(element->diags, check->code, span, "'%.*s' has no %s '%.*s'", STR_ARG(use), check->what,
                     STR_ARG(name));
  diag_label(d, span, "asked for here");
  diag_note(d, ir_integration(element->ir, element->uses[0])->span, "'%.*s' is declared here", STR_ARG(use));
  if (!search.best.len) {
    offer_names(element, check, d);
    return;
  }
  diag_help(d, "did you mean '%.*s'?", STR_ARG(search.best));
  bool literal = span.end - span.start == name.len;
  DiagApplicability sure = check->code == FX2009 ? DIAG_MAYBE : DIAG_MACHINE_APPLICABLE;  // v1 is near to v2
  if (literal) diag_fix(d, sure, span, search.best, "replace with '%.*s'", STR_ARG(search.best));
}

static void check_list(Element *element, const FactText *list, const ReleaseCheck *check) {
  Str rest = list->text, item;
  size_t at, index = 0;
  for (; near_list_item(list->text, &rest, &item, &at); index++) {
    bool markup = check->code == FX2009 && ir_is_static(item);
    Span span = list->items ? list->items[index] : near_item_span(list->span, list->text, at, item.len);
    if (!markup) check_name(element, check, item, span);
  }
}

static void check_releases(Element *element) {
  const FactElement *facts = element->facts;
  for (size_t i = 0; i < facts->attrs.len; i++)
    if (str_eq(facts->attrs.data[i].name, STR("data-integration-capabilities")))
      check_list(element, &facts->attrs.data[i].value, &capability_check);
  if (facts->provider.text.len)
    check_name(element, &provider_check, str_trim(facts->provider.text), facts->provider.span);
  if (facts->fallback.text.len) check_list(element, &facts->fallback, &fallback_check);
}

static void check_element(const Ir *ir, const FactElement *facts, bool slots_unknown, DiagBag *diags) {
  if (!facts->names.len) return;
  Element element = {.ir = ir, .diags = diags, .facts = facts, .complete = true};
  element.uses = arena_array(diags->arena, IntegrationId, facts->names.len);
  for (size_t u = 0; u < facts->names.len; u++) {
    element.uses[u] = ir_find_integration(ir, facts->names.data[u].text);
    element.complete &= element.uses[u].n != 0;
  }
  index_props(&element);
  for (size_t i = 0; i < facts->attrs.len; i++) check_attr(&element, &facts->attrs.data[i]);
  for (size_t i = 0; i < facts->slots.len; i++) check_slot(&element, &facts->slots.data[i]);
  for (size_t u = 0; u < facts->names.len; u++) {
    if (!element.uses[u].n) continue;
    check_required_props(&element, u);
    if (!slots_unknown) check_required_slots(&element, u);
  }
  check_releases(&element);
}

void pass_check_page(const Ir *ir, const PageFacts *facts, DiagBag *diags) {
  for (size_t i = 0; i < facts->elements.len; i++)
    check_element(ir, &facts->elements.data[i], facts->slots_unknown, diags);
}
