/* In: what is to change on a page. Out: edits of its file, in its notation. */
#include "workspace/migrate/page.h"

#include "ast/ast.h"
#include "edit/entries.h"
#include "html/tree.h"
#include "ir/attr.h"
#include "json/json.h"

static const Str prefix = {"data-integration-", 17};

/* Reading */

static void read_syntax(PagePlan *plan) {
  DiagBag forgotten = {.arena = plan->arena};
  SourceId source = plan->file->source;
  if (ast_is_fx(plan->file->path)) {
    plan->fx = fx_parse(plan->arena, source, plan->bytes, &forgotten);
  } else {
    DocEvents *doc = arena_new(plan->arena, DocEvents);
    if (json_events(plan->arena, source, plan->bytes, &forgotten, doc)) plan->doc = doc;
  }
}

bool page_open(PagePlan *plan, Arena *arena) {
  const Compilation *run = plan->round->run;
  const ProjectFile *file = plan->file;
  DiagBag forgotten = {.arena = arena};
  FactsOptions discover = {run->discover_attributes, run->project.settings.discover_attributes.len};
  HtmlOptions options = {0};
  plan->arena = arena;
  plan->facts = (PageFacts){.source = file->source, .path = file->root_path, .name = file->name};
  if (unsaved_read(run->request->unsaved, NULL, file->path, arena, 0, &plan->bytes)) return false;
  plan->input = file->view ? view_input(file->view) : html_decode_bytes(arena, plan->bytes);
  if (file->view) read_syntax(plan);
  HtmlTree *tree = html_parse(arena, plan->input.text, &options);
  plan->tree = tree;
  facts_from_html(&plan->facts, tree, &plan->input, &discover, arena, &forgotten);
  return true;
}

PageList page_list(PagePlan *plan, const FactText *value) {
  PageList list = {0};
  Str text = str_copy(plan->arena, value->text);  // the lexer needs the NUL
  AttrCursor cursor = attr_cursor(text);
  AttrItem item;
  size_t count = 0;
  while (attr_next_listed(&cursor, &item)) {
    if (item.start == item.end) continue;
    FactText found = {.text = str_take(str_skip(text, item.start), item.end - item.start)};
    if (value->items)
      found.span = value->items[count++];
    else if (value->span.end - value->span.start == text.len)
      found.span = span_part(value->span, item.start, item.end);
    vec_push(plan->arena, &list, found);
  }
  return list;
}

/* Texts as the notation has them */

static Str bytes_at(const PagePlan *plan, Span span) {
  return str_take(str_skip(plan->bytes, span.start), span.end - span.start);
}

static bool is_bare(const PagePlan *plan, Span span) {
  return !span.start ||
         (plan->bytes.data[span.start - 1] != '"' && !strchr("\"", plan->bytes.data[span.start]));
}

static bool is_bare_word(Str text) {
  if (str_eq(text, STR("true")) || str_eq(text, STR("false"))) return true;
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] < '0' || text.data[i] > '9') return false;
  return text.len > 0 && (text.len == 1 || text.data[0] != '0');
}

// Inside of quotes, in JSON and in .fx.
static Str escaped(PagePlan *plan, Str text) {
  Buf out = {0};
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] == '"' || text.data[i] == '\\') buf_char(&out, '\\');
    buf_char(&out, text.data[i]);
  }
  Str result = str_copy(&plan->round->migrate->arena, buf_str(&out));
  buf_free(&out);
  return result;
}

// A text of a view. What is bare stays so where the notation reads it; the range behind a use always is.
static Str view_text(PagePlan *plan, Span span, Str text) {
  if (!is_bare(plan, span)) return escaped(plan, text);
  if (is_bare_word(text)) return text;
  return str_printf(&plan->round->migrate->arena, "\"%.*s\"", STR_ARG(escaped(plan, text)));
}

// The quotes around a value of the element; 0: none, or nobody knows.
static char quote_at(const PagePlan *plan, uint32_t at) {
  uint32_t text = html_text_offset(&plan->input, at);
  for (uint32_t i = 0; i < html_element_attr_count(plan->tree, plan->element->node); i++) {
    const HtmlAttr *attr = html_element_attr_raw(plan->tree, plan->element->node, i);
    if (attr->has_value && attr->value_start <= text && text <= attr->value_end) return attr->quote;
  }
  return 0;
}

// A text in an attribute's value.
static Str html_value(PagePlan *plan, char quote, Str text) {
  Buf out = {0};
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (c == '&')
      buf_put(&out, STR("&amp;"));
    else if (quote ? c == quote : strchr("\"'<>=` \t\n\f\r", c) != NULL)
      buf_printf(&out, "&#%d;", c);
    else
      buf_char(&out, c);
  }
  Str result = str_copy(&plan->round->migrate->arena, buf_str(&out));
  buf_free(&out);
  return result;
}

// Behind a name that has no value.
static Str with_value(PagePlan *plan, Str text) {
  return str_printf(&plan->round->migrate->arena, "=\"%.*s\"", STR_ARG(html_value(plan, '"', text)));
}

/* Edits */

// "^2 || ^3" as it stands behind a name.
static Str without_spaces(PagePlan *plan, Str text) {
  Buf out = {0};
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] != ' ') buf_char(&out, text.data[i]);
  Str result = str_copy(&plan->round->migrate->arena, buf_str(&out));
  buf_free(&out);
  return result;
}

// Where white space or '|' would end a word: a range in an attribute has no white space, one in .fx is
// quoted.
void page_put_range(PagePlan *plan, const FactText *range, Str text) {
  Span name = plan->element->names.data[plan->use].span, span = range->span;
  bool attached = name.end + 1 == span.start;  // name@range
  if (str_find_char(range->text, ' ') < 0) text = without_spaces(plan, text);
  Str there = plan->file->view ? text : html_value(plan, quote_at(plan, span.start), text);
  if (plan->fx && attached && str_find_char(text, '|') >= 0 && is_bare(plan, name)) {
    span.start = name.start;
    there = str_printf(&plan->round->migrate->arena, "\"%.*s@%.*s\"",
                       STR_ARG(plan->element->names.data[plan->use].text), STR_ARG(text));
  }
  migrate_edit(plan->round, span, there, "'%.*s' becomes '%.*s'", STR_ARG(range->text), STR_ARG(text));
}

void page_put_name(PagePlan *plan, const FactAttr *attr, Str prop, Str value) {
  Arena *arena = &plan->round->migrate->arena;
  Str text = str_concat(arena, prefix, str_lower(arena, prop)), old = attr->name;
  Str there = bytes_at(plan, attr->name_span);
  if (plan->file->view && !str_eq_nocase(str_take(there, prefix.len), prefix)) {
    text = prop;
    old = there;
  }
  if (value.data) text = str_concat(arena, text, with_value(plan, value));
  migrate_edit(plan->round, attr->name_span, text, "'%.*s' becomes '%.*s'", STR_ARG(old), STR_ARG(text));
}

static void refuse(PagePlan *plan, Span span, const char *what, Str name) {
  Diag *diag = migrate_refuse(plan->round->migrate, plan->round->run, span,
                              "the migration cannot %s '%.*s' here", what, STR_ARG(name));
  diag_help(diag, "do it by hand, then migrate again");
}

bool page_has_value(const PagePlan *plan, const FactAttr *attr) {
  return plan->file->view || attr->span.end > attr->name_span.end;
}

// Whether a view says a value there at all.
static bool has_place(const PagePlan *plan, Span span) {
  bool empty = span.start == span.end && !(span.start && plan->bytes.data[span.start - 1] == '"');
  return span_exists(span) && !(plan->file->view && empty);
}

// The name as it is written.
static Str name_text(const PagePlan *plan, const FactAttr *attr) {
  uint32_t start = html_text_offset(&plan->input, attr->name_span.start);
  return str_take(str_skip(plan->input.text, start), attr->name.len);
}

static void put_text(PagePlan *plan, const FactAttr *attr, Span span, Str old, Str text) {
  Str there;
  if (!has_place(plan, span)) {
    refuse(plan, attr->name_span, "change the value", old);
    return;
  }
  if (plan->file->view) {
    there = view_text(plan, span, text);
  } else if (page_has_value(plan, attr)) {
    there = html_value(plan, quote_at(plan, span.start), text);
  } else {  // with the name, since what is behind it may go
    span = attr->name_span;
    there = str_concat(&plan->round->migrate->arena, name_text(plan, attr), with_value(plan, text));
  }
  migrate_edit(plan->round, span, there, "'%.*s' becomes '%.*s'", STR_ARG(old), STR_ARG(text));
}

void page_put_value(PagePlan *plan, const FactAttr *attr, Str text) {
  put_text(plan, attr, attr->value.span, attr->value.text, text);
}

void page_put_item(PagePlan *plan, const FactAttr *attr, const FactText *item, Str text) {
  put_text(plan, attr, item->span, item->text, text);
}

// With the white space before it, unless what is behind it would then run into what is before.
static void drop_html(PagePlan *plan, const FactAttr *attr) {
  uint32_t start = html_text_offset(&plan->input, attr->span.start);
  uint32_t end = html_text_offset(&plan->input, attr->span.end);
  Str text = plan->input.text;
  char behind = end < text.len ? text.data[end] : '>';
  if (str_is_space(behind) || behind == '>')
    while (start && str_is_space(text.data[start - 1])) start--;
  Span span = {attr->span.source, html_file_offset(&plan->input, start), attr->span.end};
  migrate_say(plan->round, attr->name_span, "'%.*s' goes", STR_ARG(attr->name));
  migrate_edit(plan->round, span, STR(""), NULL);
}

static bool find_entries(PagePlan *plan, const FactAttr *attr, EntryList *list, size_t *index) {
  uint32_t start = attr->name_span.start;
  if (plan->fx) return entries_of_pair(plan->arena, plan->fx, start, list, index);
  bool quoted = start && plan->bytes.data[start - 1] == '"';
  return plan->doc && entries_of_key(plan->arena, plan->doc, start - quoted, list, index);
}

// All that go from the list of one of them, which is taken off the drops.
static void drop_entries(PagePlan *plan, EntryList *list) {
  bool *drop = arena_array(plan->arena, bool, list->entries.len);
  size_t kept = 0;
  Span span = {plan->file->source, 0, 0};
  for (size_t i = 0; i < plan->drops.len; i++) {
    const FactAttr *attr = plan->drops.data[i];
    size_t at = 0;
    while (at < list->entries.len && (list->entries.data[at].start > attr->name_span.start ||
                                      list->entries.data[at].end < attr->name_span.end))
      at++;
    if (at == list->entries.len) {
      plan->drops.data[kept++] = attr;
      continue;
    }
    drop[at] = true;
    migrate_say(plan->round, attr->name_span, "'%.*s' goes", STR_ARG(bytes_at(plan, attr->name_span)));
  }
  plan->drops.len = kept;
  Splices edits = {0};
  entries_remove(plan->arena, list, drop, &edits);
  for (size_t i = 0; i < edits.len; i++) {
    span.start = edits.data[i].start;
    span.end = edits.data[i].end;
    migrate_edit(plan->round, span, edits.data[i].text, NULL);
  }
}

void page_end_use(PagePlan *plan) {
  while (plan->drops.len) {
    const FactAttr *attr = plan->drops.data[0];
    EntryList list;
    size_t index;
    if (find_entries(plan, attr, &list, &index)) {
      drop_entries(plan, &list);
    } else {
      refuse(plan, attr->name_span, "take out", attr->name);
      plan->drops.data[0] = vec_last(&plan->drops);
      plan->drops.len--;
    }
  }
}

void page_drop(PagePlan *plan, const FactAttr *attr) {
  if (plan->file->view)
    vec_push(plan->arena, &plan->drops, attr);
  else
    drop_html(plan, attr);
}

void page_drop_item(PagePlan *plan, const PageList *list, size_t i) {
  Span span = list->data[i].span;
  if (plan->file->view || !span_exists(span)) {
    refuse(plan, span_exists(span) ? span : plan->element->span, "take out", list->data[i].text);
    return;
  }
  if (i + 1 < list->len)
    span.end = list->data[i + 1].span.start;
  else if (i)
    span.start = list->data[i - 1].span.end;
  migrate_edit(plan->round, span, STR(""), "'%.*s' goes", STR_ARG(list->data[i].text));
}
