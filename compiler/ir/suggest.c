/* In: rules and a page. Out: warnings. An element is covered when it, or one around it, uses the integration
 * already: what is inside the markup of an address form needs no address form of its own. */
#include "ir/suggest.h"

#include "diag/diag.h"
#include "html/encoding.h"
#include "ir/facts_check.h"

enum { MOST_OF_A_RULE = 100 };  // warnings on one page; more of them say nothing new

typedef struct Suggesting {
  FactsJob job;
  const PageFacts *facts;
  const SuggestRule *rule;
} Suggesting;

static bool uses(const FactElement *element, Str name) {
  for (size_t i = 0; i < element->names.len; i++)
    if (str_eq(element->names.data[i].text, name)) return true;
  return false;
}

// By HtmlNodeId: the element or one around it uses the integration.
static const bool *covered_nodes(const Suggesting *run) {
  const HtmlTree *tree = run->job.tree;
  bool *covered = arena_array(run->job.arena, bool, html_node_count(tree));
  bool any = false;
  for (size_t i = 0; i < run->facts->elements.len; i++) {
    const FactElement *element = &run->facts->elements.data[i];
    any |= covered[element->node] = uses(element, run->rule->name);
  }
  for (HtmlNodeId id = HTML_DOCUMENT_NODE; any && id; id = html_next_in(tree, HTML_DOCUMENT_NODE, id))
    covered[id] |= covered[html_node(tree, id)->parent];
  return covered;
}

// "input" of "<input …": the name as it stands in the text.
static bool tag_name(const HtmlTree *tree, HtmlNodeId node, uint32_t *start, uint32_t *end) {
  uint32_t tag, tag_end;
  if (!html_element_start_tag(tree, node, &tag, &tag_end)) return false;
  const char *text = html_tree_text(tree).data;
  *start = *end = tag + 1;
  while (*end < tag_end && !strchr(" \t\n\f\r/>", text[*end])) ++*end;
  return true;
}

// Where a name goes into the data-integration that is there already; false: into an attribute of its own.
static bool value_start(const HtmlTree *tree, HtmlNodeId node, const HtmlAttr **attr) {
  uint32_t count = html_element_attr_count(tree, node);
  for (uint32_t i = 0; i < count; i++) {
    *attr = html_element_attr_raw(tree, node, i);
    if ((*attr)->known == HTML_ATTR_DATA_INTEGRATION) return true;
  }
  return false;
}

// Nothing is proposed where the file is not the text: in a view, and in an encoding that is not UTF-8.
static void propose(const Suggesting *run, Diag *diag, HtmlNodeId node, uint32_t name_end) {
  Str name = run->rule->name, text;
  const HtmlAttr *attr;
  uint32_t at = name_end;
  if (run->job.input->offsets) return;
  if (value_start(run->job.tree, node, &attr)) {
    if (!attr->quote) return;
    at = attr->value_start;
    text = str_printf(diag->bag->arena, "%.*s ", STR_ARG(name));
  } else {
    text = str_printf(diag->bag->arena, " data-integration=\"%.*s\"", STR_ARG(name));
  }
  diag_fix(diag, DIAG_MAYBE, facts_span(&run->job, at, at), text, "insert '%.*s'", STR_ARG(str_trim(text)));
}

static Diag *report(const Suggesting *run, HtmlNodeId node) {
  uint32_t start = 0, end = 0;
  bool written = tag_name(run->job.tree, node, &start, &end);
  Span span = written ? facts_span(&run->job, start, end) : span_file(run->job.source);
  Str tag = html_element_name(run->job.tree, node), name = run->rule->name;
  Diag *diag =
      diag_add(run->job.diags, FX1203, span, "this <%.*s> could use '%.*s'", STR_ARG(tag), STR_ARG(name));
  diag_note(diag, run->rule->xpath_span, "suggested by this pattern");
  diag_help(diag, "let the element, or one around it, use the integration; or narrow the pattern");
  if (written) propose(run, diag, node, end);
  return diag;
}

static bool take(const Suggesting *run, const XpathMatches *found) {
  const bool *covered = found->len ? covered_nodes(run) : NULL;
  size_t reported = 0;
  Diag *last = NULL;
  for (size_t i = 0; i < found->len; i++) {
    if (covered[found->data[i]]) continue;
    if (reported++ < MOST_OF_A_RULE) last = report(run, found->data[i]);
  }
  if (reported > MOST_OF_A_RULE)
    diag_note(last, SPAN_NONE, "and %zu more elements of this page", reported - MOST_OF_A_RULE);
  return found->len > 0;
}

// The fault is the pattern's, so it stands there; the page is an example.
static void report_failure(const Suggesting *run, XpathOutcome outcome) {
  bool limit = outcome == XPATH_TOO_LONG;
  Diag *diag = diag_add(run->job.diags, limit ? FX8006 : FX1202, run->rule->xpath_span,
                        limit ? "the pattern takes too many steps"
                              : "an operand of this pattern is not of the type that is needed");
  diag_note(diag, span_file(run->job.source), "on this page");
  if (limit)
    diag_help(diag,
              "name elements instead of '*', and look at attributes rather than at the text of whole parts "
              "of the page");
  else
    diag_help(diag,
              "count() and sum(), and what stands before '/', '[' and '|', need elements or attributes");
}

static void prepare(const Suggest *suggest, SuggestWorker *worker, Arena *scratch, Arena *keep) {
  if (worker->engine) return;
  Str *patterns = arena_array(scratch, Str, suggest->count);
  for (size_t i = 0; i < suggest->count; i++) patterns[i] = suggest->rules[i].xpath;
  if (!worker->matched) worker->matched = arena_array(keep, bool, suggest->count);
  worker->engine = xpath_engine_new(patterns, suggest->count);
}

void suggest_page(const Suggest *suggest, SuggestWorker *worker, const PageFacts *facts, const HtmlTree *tree,
                  const HtmlInput *input, Arena *scratch, Arena *keep, DiagBag *diags) {
  if (!suggest->count) return;
  prepare(suggest, worker, scratch, keep);
  Suggesting run = {.facts = facts};
  run.job =
      (FactsJob){.arena = scratch, .tree = tree, .input = input, .source = facts->source, .diags = diags};
  XmlTree *page = xml_tree(tree, scratch);
  for (size_t i = 0; i < suggest->count; i++) {
    XpathMatches found = {0};
    run.rule = &suggest->rules[i];
    XpathOutcome outcome = xpath_find(worker->engine, page, i, scratch, &found);
    if (outcome != XPATH_DONE) report_failure(&run, outcome);
    // What a pattern that failed would have found is not known.
    worker->matched[i] |= outcome != XPATH_DONE || take(&run, &found);
  }
}
