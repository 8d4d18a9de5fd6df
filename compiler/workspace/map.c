/* In: discovery-map.json. Out: the rows that the pages would have given. A map lists, for each integration,
 * places and the values of attributes, but not which value stands at which place: every value is checked at
 * every use, except ranges, providers, fallbacks and flags, of which the first place gets the first. */
#include "workspace/map.h"

#include <stdlib.h>

#include "ir/attr.h"
#include "ir/lower_page.h"
#include "ir/range.h"
#include "passes/near.h"
#include "passes/passes.h"
#include "workspace/interface.h"

typedef struct MapUse {
  Str path;
  LineColumn place;
  size_t order;
  FactElement element;
} MapUse;

typedef struct MapReader {
  Compilation *compilation;
  DocEvents doc;
  VEC(MapUse) uses;
} MapReader;

static Arena *arena_of(const MapReader *reader) { return &reader->compilation->arena; }

static FactText fact_of(const MapReader *reader, uint32_t scalar) {
  return (FactText){.text = doc_node(&reader->doc, scalar)->text,
                    .span = interface_span(&reader->doc, scalar)};
}

/* Places: "concept/a.html:12:26" */

static bool cut_number(Str *text, uint32_t *number) {
  ptrdiff_t colon = str_rfind_char(*text, ':');
  if (colon <= 0) return false;
  Str digits = str_skip(*text, (size_t)colon + 1);
  uint32_t value = 0;
  for (size_t i = 0; i < digits.len; i++) {
    if (digits.data[i] < '0' || digits.data[i] > '9' || i > 8) return false;
    value = value * 10 + (uint32_t)(digits.data[i] - '0');
  }
  *number = value;
  *text = str_take(*text, (size_t)colon);
  return digits.len && value;
}

static bool read_place(MapReader *reader, uint32_t node, MapUse *use) {
  if (!interface_expect(reader->compilation, &reader->doc, node, DOC_SCALAR,
                        "a place such as \"concept/a.html:12:26\""))
    return false;
  Str rest = doc_node(&reader->doc, node)->text;
  bool fine = cut_number(&rest, &use->place.column) && cut_number(&rest, &use->place.line);
  use->path = rest;
  if (!fine)
    diag_add(&reader->compilation->diags, FX2007, interface_span(&reader->doc, node),
             "expected a place such as 'concept/a.html:12:26', found '%.*s'",
             STR_ARG(doc_node(&reader->doc, node)->text));
  return fine;
}

/* Attributes */

static void take_range(MapReader *reader, FactElement *element, FactText range) {
  Range parsed;
  VersionFault fault;
  if (range_parse(arena_of(reader), range.text, &parsed, &fault))
    element->ranges.data[0] = range;
  else
    range_report(&reader->compilation->diags,
                 near_item_span(range.span, range.text, fault.offset, fault.length), range.text, &fault);
}

static void take_depends(MapReader *reader, FactElement *element, FactText value) {
  Str rest = value.text, item;
  size_t at;
  while (near_list_item(value.text, &rest, &item, &at)) {
    FactText name = {.text = item, .span = near_item_span(value.span, value.text, at, item.len)};
    // what is no integration was found on the page when the map was made
    vec_push(arena_of(reader), &element->depends, (FactDepends){name, true});
  }
}

static void take_value(MapReader *reader, FactElement *element, FactAttr attr, bool own) {
  vec_push(arena_of(reader), &element->attrs, attr);
  if (str_eq(attr.name, STR("data-depends-on"))) take_depends(reader, element, attr.value);
  if (!own) return;
  if (str_eq(attr.name, STR("data-integration-version"))) take_range(reader, element, attr.value);
  if (str_eq(attr.name, STR("data-integration-provider"))) element->provider = attr.value;
  if (str_eq(attr.name, STR("data-integration-fallback"))) element->fallback = attr.value;
  if (str_eq(attr.name, STR("data-integration-flag"))) element->flag = attr.value;
}

static void read_values(MapReader *reader, uint32_t key, uint32_t list, size_t first_use) {
  DocEvents *doc = &reader->doc;
  if (!interface_expect(reader->compilation, doc, list, DOC_LIST, "a list of values")) return;
  uint32_t at = list + 1;
  for (uint32_t i = 0; i < doc_node(doc, list)->count; i++, at = doc_node(doc, at)->next) {
    if (!interface_expect(reader->compilation, doc, at, DOC_SCALAR, "a text")) continue;
    FactAttr attr = {
        .name = doc_node(doc, key)->text, .value = fact_of(reader, at), .span = doc_span(doc, at)};
    attr.name_span = interface_span(doc, key);
    for (size_t u = first_use; u < reader->uses.len; u++)
      take_value(reader, &reader->uses.data[u].element, attr, u - first_use == i);
  }
}

static void read_attributes(MapReader *reader, uint32_t map, size_t first_use) {
  DocEvents *doc = &reader->doc;
  if (!map || !interface_expect(reader->compilation, doc, map, DOC_MAP, "an object of attributes")) return;
  uint32_t key = map + 1;
  for (uint32_t i = 0; i < doc_node(doc, map)->count; i++) {
    uint32_t list = doc_node(doc, key)->next;
    read_values(reader, key, list, first_use);
    key = doc_node(doc, list)->next;
  }
}

/* Ranges, of "@" and of data-integration-version: the first use gets the first. */

static void read_ranges(MapReader *reader, uint32_t list, size_t first_use) {
  DocEvents *doc = &reader->doc;
  if (!list || !interface_expect(reader->compilation, doc, list, DOC_LIST, "a list of ranges")) return;
  uint32_t at = list + 1;
  for (uint32_t i = 0; i < doc_node(doc, list)->count; i++, at = doc_node(doc, at)->next) {
    if (!interface_expect(reader->compilation, doc, at, DOC_SCALAR, "a range")) continue;
    if (first_use + i < reader->uses.len)
      take_range(reader, &reader->uses.data[first_use + i].element, fact_of(reader, at));
  }
}

/* Integrations */

static void add_use(MapReader *reader, Str name, uint32_t place, bool required) {
  Arena *arena = arena_of(reader);
  MapUse use = {.order = reader->uses.len};
  if (!read_place(reader, place, &use)) return;
  FactElement *element = &use.element;
  element->required = required;
  element->span = interface_span(&reader->doc, place);
  vec_push(arena, &element->names, (FactText){.text = name, .span = element->span});
  vec_push(arena, &element->ranges, (FactText){0});
  vec_push(arena, &element->enhances, false);
  vec_push(arena, &element->places, use.place);
  vec_push(arena, &reader->uses, use);
}

static void read_integration(MapReader *reader, uint32_t key, uint32_t map) {
  DocEvents *doc = &reader->doc;
  Str name = doc_node(doc, key)->text;
  if (!attr_is_name(name)) {
    diag_add(&reader->compilation->diags, FX1101, interface_span(doc, key),
             "'%.*s' is not the name of an integration", STR_ARG(name));
    return;
  }
  if (!interface_expect(reader->compilation, doc, map, DOC_MAP, "an object with locations and attributes"))
    return;
  uint32_t places = interface_member(doc, map, STR("locations")),
           required = interface_member(doc, map, STR("required"));
  size_t first_use = reader->uses.len;
  if (!places) {
    diag_add(&reader->compilation->diags, FX2008, interface_span(doc, key), "'%.*s' has no 'locations'",
             STR_ARG(name));
    return;
  }
  if (!interface_expect(reader->compilation, doc, places, DOC_LIST, "a list of places")) return;
  uint32_t at = places + 1;
  for (uint32_t i = 0; i < doc_node(doc, places)->count; i++, at = doc_node(doc, at)->next)
    add_use(reader, name, at, !required || !str_eq(doc_node(doc, required)->text, STR("false")));
  read_attributes(reader, interface_member(doc, map, STR("attributes")), first_use);
  read_ranges(reader, interface_member(doc, map, STR("ranges")), first_use);
}

static void read_integrations(MapReader *reader) {
  DocEvents *doc = &reader->doc;
  uint32_t map = interface_member(doc, 0, STR("integrations"));
  if (!map) {
    diag_add(&reader->compilation->diags, FX2008, span_file(doc->source),
             "the discovery map has no 'integrations'");
    return;
  }
  if (!interface_expect(reader->compilation, doc, map, DOC_MAP, "an object of integrations")) return;
  uint32_t key = map + 1;
  for (uint32_t i = 0; i < doc_node(doc, map)->count; i++) {
    uint32_t value = doc_node(doc, key)->next;
    read_integration(reader, key, value);
    key = doc_node(doc, value)->next;
  }
}

/* Pages */

static int by_place(const void *a, const void *b) {
  const MapUse *x = a, *y = b;
  int order = str_cmp(x->path, y->path);
  if (!order) order = (x->place.line > y->place.line) - (x->place.line < y->place.line);
  if (!order) order = (x->place.column > y->place.column) - (x->place.column < y->place.column);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void lower_pages(MapReader *reader) {
  Compilation *compilation = reader->compilation;
  for (size_t i = 0; i < reader->uses.len;) {
    Str path = reader->uses.data[i].path;
    PageFacts facts = {.source = reader->doc.source, .path = path, .name = path, .slots_unknown = true};
    for (; i < reader->uses.len && str_eq(reader->uses.data[i].path, path); i++)
      vec_push(&compilation->arena, &facts.elements, reader->uses.data[i].element);
    pass_check_page(&compilation->ir, &facts, &compilation->diags);
    ir_lower_page(&compilation->ir, &facts);
    compilation->metrics.pages_with_uses++;
  }
  compilation->metrics.uses_found = reader->uses.len;
}

void map_take_uses(Compilation *compilation) {
  MapReader reader = {.compilation = compilation};
  if (!interface_read(compilation, compilation->request->map, STR("discovery-map"), &reader.doc)) return;
  read_integrations(&reader);
  if (reader.uses.len) qsort(reader.uses.data, reader.uses.len, sizeof(MapUse), by_place);
  lower_pages(&reader);
}

void map_drop_fixes(Compilation *compilation) {
  for (size_t i = 0; i < compilation->diags.list.len; i++) {
    Diag *diag = compilation->diags.list.data[i];
    Str path = span_exists(diag->span) ? source_path(compilation->sources, diag->span.source) : STR("");
    if (str_eq(path, compilation->request->map)) diag->fixes.len = 0;
  }
}
