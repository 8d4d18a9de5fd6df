#include "ir/facts_check.h"

#include "base/map.h"
#include "base/suggest.h"
#include "base/url.h"
#include "ir/attr.h"
#include "ir/range.h"

Span facts_span(const FactsJob *job, uint32_t start, uint32_t end) {
  return (Span){job->source, html_file_offset(job->input, start), html_file_end(job->input, start, end)};
}

bool facts_may_be_ours(const FactsJob *job, const HtmlAttr *attr) {
  Str name = str_take(str_skip(html_tree_text(job->tree), attr->name_start), sizeof "data-integration-" - 1);
  return attr->known == HTML_ATTR_DATA_DEPENDS_ON || str_eq_nocase(name, STR("data-integration-")) ||
         str_eq_nocase(str_take(name, 13), STR("data-enhance-"));
}

// "Address_Validation" → "address-validation"; empty when no name can be made of it.
static Str as_name(Arena *arena, Str text) {
  char *name = arena_alloc(arena, text.len * 2 + 1);
  size_t len = 0;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    if ((unsigned char)c >= 0x80 || c < ' ') return STR_NONE;  // a character left out makes another word
    bool upper = c >= 'A' && c <= 'Z', lower = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    bool boundary = upper && i > 0 && text.data[i - 1] >= 'a' && text.data[i - 1] <= 'z';
    if ((boundary || !(upper || lower)) && len && name[len - 1] != '-') name[len++] = '-';
    if (upper || lower) name[len++] = upper ? (char)(c + ('a' - 'A')) : c;
  }
  while (len && name[len - 1] == '-') len--;
  name[len] = '\0';
  Str made = {name, len};
  return attr_is_name(made) ? made : STR_NONE;
}

void facts_report_name(FactsJob *job, FactText name) {
  if (name.text.len > ATTR_LONGEST_NAME) {
    diag_add(job->diags, FX1101, name.span,
             "the name of an integration has at most %d bytes, this one has %zu", ATTR_LONGEST_NAME,
             name.text.len);
    return;
  }
  Diag *diag =
      diag_add(job->diags, FX1101, name.span, "'%.*s' is not the name of an integration", STR_ARG(name.text));
  diag_help(diag,
            "a name is lower-case words joined by hyphens, like 'address-validation'; a version range "
            "follows it after '@', without white space");
  Str cure = as_name(job->arena, name.text);
  if (cure.len) diag_fix(diag, DIAG_MAYBE, name.span, cure, "replace with '%.*s'", STR_ARG(cure));
}

void facts_report_no_range(FactsJob *job, Span at, Str name) {
  Diag *diag = diag_add(job->diags, FX1101, at, "no version range follows '%.*s@'", STR_ARG(name));
  diag_help(diag, "write one behind the '@', like %.*s@^1, without white space", STR_ARG(name));
  diag_fix(diag, DIAG_MAYBE, at, STR(""), "remove the '@'");
}

void facts_report_empty(FactsJob *job, const FactsAttr *attr) {
  Diag *diag =
      diag_add(job->diags, FX1102, attr->name_span, "'%.*s' names no integration", STR_ARG(attr->name));
  diag_help(diag,
            "write the capability that the element needs, like %.*s=\"address-validation\", or remove the "
            "attribute",
            STR_ARG(attr->name));
}

static bool find_control(Str value, uint32_t *at) {
  for (size_t i = 0; i < value.len; i++) {
    unsigned char c = (unsigned char)value.data[i];
    bool space = c == '\t' || c == '\n' || c == '\f' || c == '\r';
    if ((c < 0x20 && !space) || c == 0x7F) {
      *at = (uint32_t)i;
      return true;
    }
  }
  return false;
}

bool facts_check_safe(FactsJob *job, const FactsAttr *attr, FactText value) {
  uint32_t at;
  if (find_control(value.text, &at)) {
    AttrPlace place = attr->place;
    Span span = attr_place_span(&place, at, at + 1);
    Diag *diag = diag_add(job->diags, FX1107, span, "control character U+%04X in the value of '%.*s'",
                          (unsigned)(unsigned char)value.text.data[at], STR_ARG(attr->name));
    diag_help(diag, "remove it; values of integration attributes are plain text");
    return false;
  }
  if (url_runs_script(value.text)) {
    Diag *diag =
        diag_add(job->diags, FX1107, value.span, "script URL in the value of '%.*s'", STR_ARG(attr->name));
    diag_help(diag, "a concept only says what it needs; behaviour belongs into the integration's manifest");
    return false;
  }
  return true;
}

void facts_check_level(FactsJob *job, FactText value) {
  static const char *const levels[] = {"basic", "standard", "full"};
  Suggestion near = suggest_start(value.text);
  for (size_t i = 0; i < 3; i++) {
    if (str_eq(value.text, str_from(levels[i]))) return;
    suggest_offer(&near, str_from(levels[i]));
  }
  Diag *diag =
      diag_add(job->diags, FX1104, value.span,
               "'data-enhance-level' is 'basic', 'standard' or 'full', not '%.*s'", STR_ARG(value.text));
  if (near.best.len)
    diag_fix(diag, DIAG_MACHINE_APPLICABLE, value.span, near.best, "replace with '%.*s'", STR_ARG(near.best));
}

bool facts_boolean(FactsJob *job, const FactsAttr *attr, FactText value, bool otherwise) {
  if (str_eq_nocase(value.text, STR("true"))) return true;
  if (str_eq_nocase(value.text, STR("false"))) return false;
  if (!value.text.len) {  // <div data-integration-required>
    Diag *diag = diag_add(job->diags, FX1104, attr->name_span, "'%.*s' has no value", STR_ARG(attr->name));
    diag_help(diag, "write %.*s=\"true\" or \"false\"", STR_ARG(attr->name));
    return otherwise;
  }
  Diag *diag = diag_add(job->diags, FX1104, value.span, "'%.*s' is 'true' or 'false', not '%.*s'",
                        STR_ARG(attr->name), STR_ARG(value.text));
  bool no = str_eq_nocase(value.text, STR("no")) || str_eq(value.text, STR("0")) ||
            str_eq_nocase(value.text, STR("off"));
  Str cure = no ? STR("false") : STR("true");
  diag_fix(diag, DIAG_MAYBE, value.span, cure, "replace with '%.*s'", STR_ARG(cure));
  return otherwise;
}

static bool is_flag_key(Str key) {
  for (size_t i = 0; i < key.len; i++) {
    char c = key.data[i];
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    bool joint = i > 0 && (c == '-' || c == '.' || c == '/' || c == ':');
    if (!word && !joint) return false;
  }
  return key.len > 0 && key.len <= ATTR_LONGEST_NAME;
}

FactText facts_flag(FactsJob *job, FactText value) {
  if (is_flag_key(value.text)) return value;
  Diag *diag = diag_add(job->diags, FX1104, value.span, "'%.*s' is not a flag key", STR_ARG(value.text));
  diag_help(diag, "a flag key is made of letters, digits and '_', with '-', '.', '/' and ':' between them");
  return (FactText){0};
}

void facts_set_version(FactsJob *job, FactElement *element, const FactsAttr *attr, FactText value) {
  if (element->names.len > 1) {
    Diag *diag = diag_add(job->diags, FX1111, attr->name_span,
                          "'data-integration-version' does not say which of the %zu uses it is for",
                          element->names.len);
    diag_help(diag, "write the range behind the name: %.*s@%.*s", STR_ARG(element->names.data[0].text),
              STR_ARG(value.text));
    return;
  }
  if (!element->names.len) return;
  if (element->ranges.data[0].text.data) {
    Diag *diag = diag_add(job->diags, FX1111, attr->name_span, "the version of '%.*s' is given twice",
                          STR_ARG(element->names.data[0].text));
    diag_label(diag, element->ranges.data[0].span, "here it stands behind the name");
    diag_help(diag, "keep one of the two");
    diag_fix(diag, DIAG_MAYBE, attr->span, STR(""), "remove 'data-integration-version'");
    return;
  }
  facts_check_range(job, attr->place, 0, value);
  element->ranges.data[0] = value;
}

void facts_check_range(FactsJob *job, AttrPlace place, uint32_t start, FactText range) {
  Range parsed;
  VersionFault fault;
  if (range_parse(job->arena, range.text, &parsed, &fault)) return;
  Span span = attr_place_span(&place, start + fault.offset, start + fault.offset + fault.length);
  range_report(job->diags, span, range.text, &fault);
}

static void note_name(FactsJob *job, StrMap *names, HtmlNodeId node, uint32_t index, const HtmlAttr *attr) {
  switch (attr->known) {
    case HTML_ATTR_ID:
    case HTML_ATTR_NAME:
    case HTML_ATTR_DATA_FIELD:
    case HTML_ATTR_DATA_SECTION:
      break;
    default:
      return;
  }
  Str value = html_element_attr(job->tree, node, index, job->arena).value;
  strmap_put(job->arena, names, value, NULL);
}

static StrMap names_on_page(FactsJob *job, const PageFacts *facts) {
  StrMap names = {0};
  for (HtmlNodeId node = HTML_DOCUMENT_NODE; node; node = html_next_in(job->tree, HTML_DOCUMENT_NODE, node)) {
    if (html_node(job->tree, node)->kind != HTML_ELEMENT) continue;
    uint32_t count = html_element_attr_count(job->tree, node);
    for (uint32_t i = 0; i < count; i++)
      note_name(job, &names, node, i, html_element_attr_raw(job->tree, node, i));
  }
  for (size_t i = 0; i < facts->elements.len; i++)
    for (size_t k = 0; k < facts->elements.data[i].names.len; k++)
      strmap_put(job->arena, &names, facts->elements.data[i].names.data[k].text, NULL);
  return names;
}

void facts_mark_on_page(FactsJob *job, PageFacts *facts) {
  StrMap names = names_on_page(job, facts);
  for (size_t i = 0; i < facts->elements.len; i++) {
    FactElement *element = &facts->elements.data[i];
    for (size_t k = 0; k < element->depends.len; k++)
      element->depends.data[k].on_page = strmap_find(&names, element->depends.data[k].name.text) != NULL;
  }
}
