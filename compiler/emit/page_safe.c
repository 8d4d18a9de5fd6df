/* What a page may not take along: handlers, script URLs, names that React does not render. In: attributes of
 * the tree. Out: their fate, and diagnostics. Surprising: the content of srcdoc is a document of its own that
 * runs with the page's rights, so it stays only in a sandbox without scripts. */
#include "base/url.h"
#include "emit/page_job.h"

Span page_tag_span(const PageJob *job, HtmlNodeId element) {
  uint32_t start = 0, end = 0;
  for (HtmlNodeId at = element; at; at = html_node(job->tree, at)->parent) {
    if (html_node(job->tree, at)->kind != HTML_ELEMENT) continue;
    if (!html_element_start_tag(job->tree, at, &start, &end)) continue;
    return page_span(job, start + 1, start + 1 + (uint32_t)html_element_name(job->tree, at).len);
  }
  return span_file(job->facts->source);
}

void page_lost(PageJob *job, HtmlNodeId element, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str message = str_vprintf(job->arena, format, args);
  va_end(args);
  diag_add(job->diags, FX1303, page_tag_span(job, element), "%.*s", STR_ARG(message));
}

static bool takes_url(Str name) {
  static const char *const names[] = {
      "href",       "src",      "action",   "formaction", "data",   "xlink:href", "poster",  "cite",
      "background", "longdesc", "manifest", "to",         "from",   "by",         "srcdoc",  "codebase",
      "usemap",     "profile",  "ping",     "classid",    "dynsrc", "lowsrc",     "archive", "values"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_eq(name, str_from(names[i]))) return true;
  return false;
}

// The values of an SVG animation are divided by ';'.
static bool some_runs_script(Str value) {
  Str rest = value, part;
  while (str_split(&rest, ';', &part))
    if (url_runs_script(part)) return true;
  return false;
}

static bool is_sandboxed(const PageJob *job, HtmlNodeId element) {
  HtmlAttribute sandbox;
  if (!html_element_find_attr(job->tree, element, STR("sandbox"), job->arena, &sandbox)) return false;
  return str_find(str_lower(job->arena, sandbox.value), STR("allow-scripts")) < 0;
}

// Whatever runs a script has a scheme, and few values have a colon at all.
PageAttrFate page_attr_fate(const PageJob *job, HtmlNodeId element, Str name, Str value) {
  if (name.len >= 2 && name.data[0] == 'o' && name.data[1] == 'n') return PAGE_HANDLER;
  if (name.len == 6 && str_eq(name, STR("srcdoc")))
    return is_sandboxed(job, element) ? PAGE_KEEP : PAGE_SCRIPT_URL;
  if (!value.len || !memchr(value.data, ':', value.len) || !takes_url(name)) return PAGE_KEEP;
  if (str_eq(name, STR("values"))) return some_runs_script(value) ? PAGE_SCRIPT_URL : PAGE_KEEP;
  return url_runs_script(value) ? PAGE_SCRIPT_URL : PAGE_KEEP;
}

static Diag *report(PageJob *job, DiagCode code, const HtmlAttribute *attr, const char *message) {
  uint32_t start =
      code == FX1302 || attr->value_start == attr->value_end ? attr->name_start : attr->value_start;
  uint32_t end = start == attr->name_start ? attr->name_end : attr->value_end;
  Str name =
      str_take(str_skip(html_tree_text(job->tree), attr->name_start), attr->name_end - attr->name_start);
  Diag *diag = diag_add(job->diags, code, page_span(job, start, end), message, STR_ARG(name));
  diag->severity = DIAG_WARNING;
  return diag;
}

void page_report_fate(PageJob *job, const HtmlAttribute *attr, PageAttrFate fate) {
  if (fate == PAGE_HANDLER) {
    Diag *diag = report(job, FX1302, attr, "the event handler '%.*s' is dropped");
    diag_help(diag, "behaviour belongs into an integration or into the application around the page");
  } else if (fate == PAGE_SCRIPT_URL) {
    Diag *diag = report(job, FX1107, attr, "'%.*s' would run a script; the attribute is dropped");
    diag_help(diag, "name a resource, or leave the behaviour to an integration");
  }
}

void page_drop_attr(PageJob *job, const HtmlAttribute *attr, const char *why) {
  Diag *diag = report(job, FX1107, attr, "React can not render '%.*s' here; the attribute is dropped");
  diag_help(diag, "%s", why);
}

Str page_attr_name(PageJob *job, HtmlNodeId element, uint32_t index) {
  const HtmlAttr *raw = html_element_attr_raw(job->tree, element, index);
  Str name = str_take(str_skip(html_tree_text(job->tree), raw->name_start), raw->name_end - raw->name_start);
  return html_decode_name(job->arena, name, raw->name_flags);
}
