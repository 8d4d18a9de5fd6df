/* The state of form controls, uncontrolled: what is selected, what a textarea holds (runtime/README.md, 3.5).
 * In: <select> and <textarea> of the tree. Out: defaultValue. Surprising: React names options by value alone,
 * so a <select> whose selection values can not tell apart goes out as text. */
#include "base/map.h"
#include "emit/page_job.h"

typedef struct SelectOption {
  HtmlNodeId node;
  Str value;
  bool selected, has_value;
} SelectOption;

typedef struct SelectFacts {
  VEC(SelectOption) options;
  uint32_t selected;
  bool multiple;
} SelectFacts;

bool page_is_blank(Str text) {
  for (size_t i = 0; i < text.len; i++)
    if (!str_is_space(text.data[i])) return false;
  return true;
}

Str page_collapse(Arena *arena, Str text) {
  char *out = arena_alloc(arena, text.len + 1);
  size_t len = 0;
  bool space = false;
  for (size_t i = 0; i < text.len; i++) {
    if (str_is_space(text.data[i])) {
      space = len > 0;
      continue;
    }
    if (space) out[len++] = ' ';
    space = false;
    out[len++] = text.data[i];
  }
  return (Str){out, len};
}

Str page_text_content(PageJob *job, HtmlNodeId root) {
  size_t from = job->scratch->len;
  for (HtmlNodeId at = root; at; at = html_next_in(job->tree, root, at))
    if (html_node(job->tree, at)->kind == HTML_TEXT)
      buf_put(job->scratch, html_text(job->tree, at, job->arena));
  Str text = str_copy(job->arena, str_skip(buf_str(job->scratch), from));
  job->scratch->len = from;
  return text;
}

static bool has_attr(PageJob *job, HtmlNodeId element, HtmlAttrName name, HtmlAttribute *attr) {
  uint32_t count = html_element_attr_count(job->tree, element);
  for (uint32_t i = 0; i < count; i++) {
    if (html_element_attr_raw(job->tree, element, i)->known != name) continue;
    *attr = html_element_attr(job->tree, element, i, job->arena);
    return true;
  }
  return false;
}

static SelectOption read_option(PageJob *job, HtmlNodeId node) {
  HtmlAttribute attr;
  SelectOption option = {.node = node};
  option.selected = has_attr(job, node, HTML_ATTR_SELECTED, &attr);
  option.has_value = has_attr(job, node, HTML_ATTR_VALUE, &attr);
  option.value = option.has_value ? attr.value : page_collapse(job->arena, page_text_content(job, node));
  return option;
}

static SelectFacts read_select(PageJob *job, HtmlNodeId select) {
  SelectFacts facts = {0};
  HtmlAttribute attr;
  facts.multiple = html_element_find_attr(job->tree, select, STR("multiple"), job->arena, &attr);
  for (HtmlNodeId at = select; at; at = html_next_in(job->tree, select, at)) {
    if (!page_is_html(job, at, HTML_TAG_OPTION)) continue;
    SelectOption option = read_option(job, at);
    facts.selected += option.selected;
    vec_push(job->arena, &facts.options, option);
  }
  return facts;
}

static bool has_child_elements(const PageJob *job, HtmlNodeId node) {
  for (HtmlNodeId child = html_node(job->tree, node)->first_child; child;
       child = html_node(job->tree, child)->next)
    if (html_node(job->tree, child)->kind == HTML_ELEMENT) return true;
  return false;
}

// React's server compares an option's text as it stands, browsers compare it stripped and collapsed.
static bool is_plain_option(PageJob *job, const SelectOption *option) {
  if (has_child_elements(job, option->node)) return false;  // React refuses them, on the console
  return option->has_value || !option->selected ||
         str_eq(page_text_content(job, option->node), option->value);
}

bool page_select_is_verbatim(PageJob *job, HtmlNodeId select) {
  SelectFacts facts = read_select(job, select);
  if (!facts.multiple && facts.selected > 1) return true;
  StrMap counts = {0};
  for (size_t i = 0; i < facts.options.len; i++) {
    if (!is_plain_option(job, &facts.options.data[i])) return true;
    if (facts.selected) ++*strmap_put(job->arena, &counts, facts.options.data[i].value, NULL);
  }
  for (size_t i = 0; i < facts.options.len && facts.selected; i++)
    if (facts.options.data[i].selected && *strmap_find(&counts, facts.options.data[i].value) > 1) return true;
  return false;
}

void page_select_value(PageJob *job, HtmlNodeId select) {
  SelectFacts facts = read_select(job, select);
  if (!facts.selected) return;
  TsxNode *list = tsx_node(job->arena, TSX_ARRAY, STR_NONE, SPAN_NONE), *last = NULL;
  for (size_t i = 0; i < facts.options.len; i++)
    if (facts.options.data[i].selected)
      last = tsx_add(list, tsx_node(job->arena, TSX_STRING, facts.options.data[i].value,
                                    page_tag_span(job, facts.options.data[i].node)));
  page_attr(job, STR("defaultValue"), facts.multiple ? list : last, page_tag_span(job, select));
}

void page_textarea_value(PageJob *job, HtmlNodeId textarea) {
  Str text = page_text_content(job, textarea);
  if (!text.len) return;
  TsxKind kind = tsx_is_plain_attr(text) ? TSX_STRING : TSX_TEMPLATE;
  Span span = page_tag_span(job, textarea);
  page_attr(job, STR("defaultValue"), tsx_node(job->arena, kind, text, SPAN_NONE), span);
}
