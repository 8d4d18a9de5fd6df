/* Facts of an HTML page: walks the finished tree once and picks up the elements with uses, what their own
 * attributes say, and the slots inside them. Only those elements are decoded; everything else stays bytes.
 *
 * What counts is the tree a browser builds, not the text: a name in a comment, a script or a textarea makes
 * no element, nor does the <template> of a declarative shadow root, and a start tag that became several
 * elements counts once. */
#include "diag/diag.h"
#include "html/tree.h"
#include "ir/attr.h"
#include "ir/facts_check.h"

// An element whose descendants may carry slots. `behind` is the first element behind them, in a tree in
// order.
typedef struct OpenElement {
  size_t index;
  HtmlNodeId node, behind;
} OpenElement;

typedef struct FactsWalk {
  FactsJob job;
  PageFacts *facts;
  const FactsOptions *options;
  VEC(OpenElement) open;
  bool has_depends;
} FactsWalk;

static Str text_of(const FactsWalk *walk, uint32_t start, uint32_t end) {
  return str_take(str_skip(html_tree_text(walk->job.tree), start), end - start);
}

static bool is_alias(const FactsWalk *walk, const HtmlAttr *attr) {
  for (size_t i = 0; i < walk->options->alias_count; i++)
    if (str_eq_nocase(walk->options->aliases[i], text_of(walk, attr->name_start, attr->name_end)))
      return true;
  return false;
}

static inline bool names_uses(const FactsWalk *walk, const HtmlAttr *attr) {
  return attr->known == HTML_ATTR_DATA_INTEGRATION || attr->known == HTML_ATTR_DATA_ENHANCE ||
         (walk->options->alias_count && is_alias(walk, attr));
}

static void add_use(FactsWalk *walk, FactElement *element, AttrPlace *place, Str value, AttrItem item,
                    bool enhance) {
  Arena *arena = walk->job.arena;
  uint32_t name_end = item.has_range ? item.range_start - 1 : item.end;
  FactText name = {.text = str_take(str_skip(value, item.start), name_end - item.start)};
  FactText range = {0};
  AttrPlace before = *place;
  name.span = attr_place_span(place, item.start, name_end);
  if (item.has_range) {
    range.text = str_take(str_skip(value, item.range_start), item.range_end - item.range_start);
    range.span = attr_place_span(place, item.range_start, item.range_end);
  }
  if (!item.well_formed) {
    facts_report_name(&walk->job, name);
    return;
  }
  if (item.has_range && !range.text.len)
    facts_report_no_range(&walk->job, attr_place_span(&before, name_end, name_end + 1), name.text);
  else if (item.has_range)
    facts_check_range(&walk->job, before, item.range_start, range);
  vec_push(arena, &element->names, name);
  vec_push(arena, &element->ranges, range);
  vec_push(arena, &element->enhances, enhance);
}

static void read_uses(FactsWalk *walk, FactElement *element, const FactsAttr *attr, bool enhance) {
  AttrCursor cursor = attr_cursor(attr->value);
  AttrPlace place = attr->place;
  AttrItem item;
  bool any = false;
  while (attr_next_use(&cursor, &item)) {
    add_use(walk, element, &place, attr->value, item, enhance);
    any = true;
  }
  if (!any) facts_report_empty(&walk->job, attr);
}

static bool is_list(Str name) {
  return str_eq(name, STR("data-integration-capabilities")) || str_eq(name, STR("data-integration-fallback"));
}

static void read_depends(FactsWalk *walk, FactElement *element, const FactsAttr *attr) {
  AttrCursor cursor = attr_cursor(attr->value);
  AttrPlace place = attr->place;
  AttrItem item;
  while (attr_next_listed(&cursor, &item)) {
    if (item.start == item.end) continue;
    FactDepends depends = {.name.text = str_take(str_skip(attr->value, item.start), item.end - item.start)};
    depends.name.span = attr_place_span(&place, item.start, item.end);
    vec_push(walk->job.arena, &element->depends, depends);
  }
  walk->has_depends = true;
}

// The items of a list that stand elsewhere than in the text: in a view each may be a text of its own.
static const Span *find_items(FactsWalk *walk, const FactsAttr *attr, Span whole) {
  if (whole.end - whole.start == attr->value.len || !is_list(attr->name)) return NULL;
  VEC(Span) items = {0};
  AttrCursor cursor = attr_cursor(attr->value);
  AttrPlace place = attr->place;
  AttrItem item;
  while (attr_next_listed(&cursor, &item))
    if (item.start < item.end)
      vec_push(walk->job.arena, &items, attr_place_span(&place, item.start, item.end));
  return items.data;
}

const char *const facts_built_in[FACTS_BUILT_IN_COUNT] = {"required", "version",  "capabilities",
                                                          "provider", "fallback", "flag"};

bool facts_is_built_in(Str name) {
  for (size_t i = 0; i < FACTS_BUILT_IN_COUNT; i++)
    if (str_eq(name, str_from(facts_built_in[i]))) return true;
  return false;
}

static void read_built_in(FactsWalk *walk, FactElement *element, const FactsAttr *attr, FactText value) {
  Str name = str_skip(attr->name, sizeof "data-integration-" - 1);
  if (str_eq(name, STR("required")))
    element->required = facts_boolean(&walk->job, attr, value, true);
  else if (str_eq(name, STR("provider")))
    element->provider = value;
  else if (str_eq(name, STR("fallback")))
    element->fallback = value;
  else if (str_eq(name, STR("flag")))
    element->flag = facts_flag(&walk->job, value);
  else if (str_eq(name, STR("version")))
    facts_set_version(&walk->job, element, attr, value);
}

// One attribute of an element with uses.
static void read_attr(FactsWalk *walk, FactElement *element, const HtmlAttr *raw, const FactsAttr *attr) {
  bool own = str_starts(attr->name, STR("data-integration-"));
  bool depends = raw->known == HTML_ATTR_DATA_DEPENDS_ON;
  if (!own && !depends && !str_eq(attr->name, STR("data-enhance-level"))) return;
  AttrPlace place = attr->place;
  FactText value = {.text = attr->value, .span = attr_place_span(&place, 0, (uint32_t)attr->value.len)};
  value.items = find_items(walk, attr, value.span);
  if (!facts_check_safe(&walk->job, attr, value)) return;
  FactAttr fact = {.name = attr->name, .value = value, .span = attr->span, .name_span = attr->name_span};
  vec_push(walk->job.arena, &element->attrs, fact);
  if (own)
    read_built_in(walk, element, attr, value);
  else if (depends)
    read_depends(walk, element, attr);
  else
    facts_check_level(&walk->job, value);
}

static FactsAttr decoded_attr(FactsWalk *walk, HtmlNodeId node, uint32_t index) {
  const HtmlAttr *raw = html_element_attr_raw(walk->job.tree, node, index);
  HtmlAttribute attr = html_element_attr(walk->job.tree, node, index, walk->job.arena);
  FactsAttr decoded = {.name = attr.name,
                       .value = str_copy(walk->job.arena, attr.value)};  // lexers need the NUL
  decoded.place =
      attr_place(walk->job.arena, walk->job.source, walk->job.input, html_tree_text(walk->job.tree), raw);
  decoded.name_span = facts_span(&walk->job, raw->name_start, raw->name_end);
  uint32_t end = raw->has_value ? raw->value_end + (raw->quote ? 1 : 0) : raw->name_end;
  decoded.span = facts_span(&walk->job, raw->name_start, end);
  return decoded;
}

static void read_element(FactsWalk *walk, HtmlNodeId node) {
  FactElement element = {.node = node, .required = true, .enhance = true};
  element.tag = html_element_name(walk->job.tree, node);
  uint32_t start = 0, end = 0;
  if (html_element_start_tag(walk->job.tree, node, &start, &end))
    element.span = facts_span(&walk->job, start, end);
  uint32_t count = html_element_attr_count(walk->job.tree, node);
  for (uint32_t i = 0; i < count; i++) {
    const HtmlAttr *raw = html_element_attr_raw(walk->job.tree, node, i);
    if (!names_uses(walk, raw)) continue;
    FactsAttr attr = decoded_attr(walk, node, i);
    read_uses(walk, &element, &attr, raw->known == HTML_ATTR_DATA_ENHANCE);
    if (!span_exists(element.span)) element.span = attr.span;
    if (raw->known != HTML_ATTR_DATA_ENHANCE) element.enhance = false;
  }
  for (uint32_t i = 0; i < count; i++) {
    const HtmlAttr *raw = html_element_attr_raw(walk->job.tree, node, i);
    FactsAttr attr;
    if (names_uses(walk, raw) || !facts_may_be_ours(&walk->job, raw)) continue;
    attr = decoded_attr(walk, node, i);
    read_attr(walk, &element, raw, &attr);
  }
  vec_push(walk->job.arena, &walk->facts->elements, element);
  OpenElement open = {walk->facts->elements.len - 1, node, HTML_NO_NODE};
  vec_push(walk->job.arena, &walk->open, open);
}

// The slot names of data-slot, for the nearest element with uses around it.
static void read_slot(FactsWalk *walk, HtmlNodeId node, uint32_t index) {
  if (!walk->open.len) return;
  FactElement *element = &walk->facts->elements.data[vec_last(&walk->open).index];
  FactsAttr attr = decoded_attr(walk, node, index);
  AttrPlace place = attr.place;
  Str name = str_trim(attr.value);
  uint32_t start = name.len ? (uint32_t)(name.data - attr.value.data) : 0;
  FactSlot slot = {.name = {.text = name, .span = attr_place_span(&place, start, start + (uint32_t)name.len)},
                   .element = html_element_name(walk->job.tree, node)};
  vec_push(walk->job.arena, &element->slots, slot);
}

// An element with attributes. Whether it has uses.
static bool read_attrs(FactsWalk *walk, HtmlNodeId node, const HtmlAttr *attrs, uint32_t count) {
  bool uses = false;
  for (uint32_t i = 0; i < count; i++) {
    if (attrs[i].known == HTML_ATTR_DATA_SLOT)
      read_slot(walk, node, i);
    else if (names_uses(walk, &attrs[i]))
      uses = true;
  }
  if (uses) read_element(walk, node);
  return uses;
}

// In a browser nothing is left of the template of a shadow root but its content.
static bool is_shadow_root(const FactsWalk *walk, HtmlNodeId node) {
  const HtmlTree *tree = walk->job.tree;
  return html_tree_may_have_shadow(tree) && html_node(tree, node)->tag == HTML_TAG_TEMPLATE &&
         html_shadow_mode(tree, node).len;
}

static void enter(FactsWalk *walk, HtmlNodeId node) {
  const HtmlNode *info = html_node(walk->job.tree, node);
  if (info->kind != HTML_ELEMENT || info->flags & HTML_NODE_CLONE || is_shadow_root(walk, node)) return;
  uint32_t count = html_element_attr_count(walk->job.tree, node);
  if (count) read_attrs(walk, node, html_element_attr_raw(walk->job.tree, node, 0), count);
}

static void leave(FactsWalk *walk, HtmlNodeId node) {
  if (walk->open.len && vec_last(&walk->open).node == node) walk->open.len--;
}

// Every node once, and once more when its subtree is over; the links of the tree are the stack.
static void walk_tree(FactsWalk *walk) {
  HtmlNodeId node = HTML_DOCUMENT_NODE;
  for (;;) {
    enter(walk, node);
    HtmlNodeId next = html_node(walk->job.tree, node)->first_child;
    while (!next) {
      leave(walk, node);
      if (node == HTML_DOCUMENT_NODE) return;
      next = html_node(walk->job.tree, node)->next;
      if (!next) node = html_node(walk->job.tree, node)->parent;
    }
    node = next;
  }
}

// The first element behind the subtree of the last open one. Goes up no further than to the open one around
// it, which knows the rest: so no step is made twice.
static HtmlNodeId first_behind(const FactsWalk *walk) {
  const OpenElement *last = &vec_last(&walk->open), *around = walk->open.len > 1 ? last - 1 : NULL;
  HtmlNodeId stop = around ? around->node : HTML_DOCUMENT_NODE;
  for (HtmlNodeId node = last->node; node != stop; node = html_node(walk->job.tree, node)->parent) {
    HtmlNodeId next = html_node(walk->job.tree, node)->next;
    while (next && html_node(walk->job.tree, next)->kind != HTML_ELEMENT)
      next = html_node(walk->job.tree, next)->next;
    if (next) return next;
  }
  return around ? around->behind : (HtmlNodeId)html_node_count(walk->job.tree);
}

static void enter_in_order(FactsWalk *walk, const HtmlStart *start) {
  const HtmlAttr *attrs = &html_tables(walk->job.tree)->attrs.data[start->attrs];
  if (is_shadow_root(walk, start->node)) return;
  while (walk->open.len && vec_last(&walk->open).behind <= start->node) walk->open.len--;
  if (read_attrs(walk, start->node, attrs, start->attr_count))
    vec_last(&walk->open).behind = first_behind(walk);
}

// The same as walk_tree(), where attributes are in document order: only the elements of ours are looked at.
static void walk_attrs(FactsWalk *walk) {
  const HtmlTables *tables = html_tables(walk->job.tree);
  const HtmlStart *start = tables->starts.data;
  for (size_t i = 0; i < tables->attrs.len; i++) {
    const HtmlAttr *attr = &tables->attrs.data[i];
    if (attr->known != HTML_ATTR_DATA_SLOT && !names_uses(walk, attr)) continue;
    while (start->attrs + start->attr_count <= i) start++;
    enter_in_order(walk, start);
    i = start->attrs + start->attr_count - 1;
  }
}

void facts_from_html(PageFacts *facts, const HtmlTree *tree, const HtmlInput *input,
                     const FactsOptions *options, Arena *arena, DiagBag *diags) {
  FactsWalk walk = {.facts = facts, .options = options};
  walk.job =
      (FactsJob){.arena = arena, .tree = tree, .input = input, .source = facts->source, .diags = diags};
  if (html_tree_in_order(tree))
    walk_attrs(&walk);
  else
    walk_tree(&walk);
  if (walk.has_depends) facts_mark_on_page(&walk.job, facts);
}
