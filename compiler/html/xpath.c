/* In: patterns that have been checked, and pages. Out: the elements that they find. libxml2 counts steps and
 * stops at a bound, but a step may read the text of a whole page, or merge two sets node by node. So the
 * functions that take strings are wrapped to count the bytes as well; and where an operator reads the text of
 * elements, or sets are merged, the bound is lower. */
#include "base/mem.h"
#include "html/encoding.h"
#include "html/xml_tree.h"
#include "html/xpath_library.h"
#include "html/xpath_run.h"

enum {
  MOST_STEPS = 10 * 1000 * 1000,
  MOST_MERGED_STEPS = 100 * 1000,  // their square is what merging costs
  BYTES_A_STEP = 64,               // reading them takes about as long as a step does
};
static const uint64_t most_bytes =
    (uint64_t)20 * 1000 * 1000 * 1000;  // when each step may read all of the page

typedef struct XpathProblem {
  int code;  // XPathError; 0: none
  int offset;
  bool memory;
} XpathProblem;

struct XpathEngine {
  const XpathLibrary *library;
  xmlXPathContext *context;
  struct CompiledPattern {
    xmlXPathCompExpr *expression;
    unsigned costs;
  } * compiled;
  size_t count;
  const XmlTree *page;  // the one that is looked at now
  XpathProblem problem;
};

// Nothing is printed, and nothing is allocated inside of libxml2.
static void note_error(void *data, xmlErrorPtr error) {
  XpathProblem *problem = &((XpathEngine *)data)->problem;
  if (problem->code || problem->memory) return;
  bool known = error->code >= XML_XPATH_EXPRESSION_OK;
  problem->memory =
      error->code == XML_ERR_NO_MEMORY || error->code == XML_XPATH_EXPRESSION_OK + XPATH_MEMORY_ERROR;
  problem->code = known ? error->code - XML_XPATH_EXPRESSION_OK : XPATH_EXPR_ERROR;
  problem->offset = error->int1;
}

static void print_nothing(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

/* Functions that read texts */

static uint64_t cost_of_value(const XmlTree *page, const xmlXPathObject *value, bool all) {
  if (value->type == XPATH_STRING) return strlen((const char *)value->stringval);
  if (value->type != XPATH_NODESET || !value->nodesetval || !value->nodesetval->nodeNr) return 0;
  const xmlNodeSet *set = value->nodesetval;
  uint64_t first = xml_cost(page, set->nodeTab[0]), last = xml_cost(page, set->nodeTab[set->nodeNr - 1]);
  uint64_t cost = first > last ? first : last;  // of a set, the first node in document order is read
  for (int i = 0; all && i < set->nodeNr; i++) cost += xml_cost(page, set->nodeTab[i]);
  return cost;
}

static void charge(xmlXPathParserContext *parser, int arguments, bool all) {
  const XpathEngine *engine = parser->context->userData;
  uint64_t cost = 0;
  if (arguments == 0) cost = xml_cost(engine->page, parser->context->node);
  for (int i = 1; i <= arguments && i <= parser->valueNr; i++)
    cost += cost_of_value(engine->page, parser->valueTab[parser->valueNr - i], all);
  parser->context->opCount += cost / BYTES_A_STEP;
}

static const char *const string_functions[] = {
#define NAME(name, function) name,
    XPATH_STRING_FUNCTIONS(NAME)
#undef NAME
};

static size_t string_function(const xmlChar *name) {
  size_t i = 0;
  while (i < XPATH_STRING_FUNCTION_COUNT && strcmp((const char *)name, string_functions[i]) != 0) i++;
  return i;
}

static void counted(xmlXPathParserContext *parser, int arguments) {
  const XpathEngine *engine = parser->context->userData;
  size_t which = string_function(parser->context->function);
  charge(parser, arguments, which == XPATH_xmlXPathSumFunction);
  engine->library->string_functions[which](parser, arguments);
}

static xmlXPathFunction look_up(void *data, const xmlChar *name, const xmlChar *space) {
  (void)data;
  return !space && string_function(name) < XPATH_STRING_FUNCTION_COUNT ? counted : NULL;
}

/* Engines */

static xmlXPathContext *new_context(XpathEngine *engine) {
  const XpathLibrary *library = engine->library;
  library->xmlSetGenericErrorFunc(NULL, print_nothing);  // of this thread
  xmlXPathContext *context = library->xmlXPathNewContext(NULL);
  if (!context) return NULL;
  context->userData = engine;
  context->error = note_error;
  library->xmlXPathRegisterFuncLookup(context, look_up, NULL);
  int failed = library->xmlXPathRegisterNs(context, (const xmlChar *)"xlink", XLINK_NAMESPACE);
  if (!failed) return context;
  library->xmlXPathFreeContext(context);
  return NULL;
}

static bool compile(XpathEngine *engine, Str pattern) {
  engine->problem = (XpathProblem){0};
  xmlXPathCompExpr *compiled =
      engine->library->xmlXPathCtxtCompile(engine->context, (const xmlChar *)pattern.data);
  if (compiled) engine->compiled[engine->count++] = (struct CompiledPattern){compiled, xpath_costs(pattern)};
  return compiled != NULL;
}

// Room for `count` patterns; libxml2 must have been loaded.
static XpathEngine *new_engine(size_t count) {
  const char *error;
  XpathEngine *engine = mem_alloc(sizeof *engine + count * sizeof *engine->compiled);
  *engine =
      (XpathEngine){.library = xpath_library(&error), .compiled = (struct CompiledPattern *)(engine + 1)};
  engine->context = new_context(engine);
  if (engine->context) return engine;
  mem_free(engine);
  mem_exhausted();
}

XpathEngine *xpath_engine_new(const Str *patterns, size_t count) {
  XpathEngine *engine = new_engine(count);
  for (size_t i = 0; i < count; i++) {
    if (compile(engine, patterns[i])) continue;
    xpath_engine_free(engine);
    mem_exhausted();  // the patterns have been checked
  }
  return engine;
}

void xpath_engine_free(XpathEngine *engine) {
  if (!engine) return;
  for (size_t i = 0; i < engine->count; i++)
    engine->library->xmlXPathFreeCompExpr(engine->compiled[i].expression);
  engine->library->xmlXPathFreeContext(engine->context);
  mem_free(engine);
}

/* Running */

static unsigned long steps_for(const XmlTree *page, unsigned costs) {
  uint64_t steps = MOST_STEPS;
  if (costs & XPATH_READS) steps = most_bytes / (page->costs[HTML_DOCUMENT_NODE] + 1);
  if (steps > MOST_STEPS) steps = MOST_STEPS;
  if ((costs & XPATH_MERGES) && steps > MOST_MERGED_STEPS) steps = MOST_MERGED_STEPS;
  return (unsigned long)steps + 1;  // 0 would be no bound
}

static xmlXPathObject *evaluate(XpathEngine *engine, const XmlTree *page, size_t index) {
  xmlXPathContext *context = engine->context;
  engine->page = page;
  engine->problem = (XpathProblem){0};
  context->doc = (xmlDoc *)(uintptr_t)&page->document;
  context->node = (xmlNode *)context->doc;
  context->opCount = 0;
  context->opLimit = steps_for(page, engine->compiled[index].costs);
  xmlXPathObject *result = engine->library->xmlXPathCompiledEval(engine->compiled[index].expression, context);
  if (!result && !engine->problem.code) engine->problem.memory = true;
  return result;
}

// An attribute, a text or a comment stands for the element that has it.
static HtmlNodeId element_of(const xmlNode *node) {
  while (node && node->type != XML_ELEMENT_NODE) node = node->parent;
  return node ? xml_node_id(node) : HTML_NO_NODE;
}

static void take(const XmlTree *page, const xmlNodeSet *set, Arena *arena, XpathMatches *matches) {
  for (int i = 0; i < set->nodeNr; i++) {
    HtmlNodeId id = element_of(set->nodeTab[i]);
    bool again = matches->len && vec_last(matches) == id;
    if (!id || again || (html_node(page->tree, id)->flags & HTML_NODE_CLONE)) continue;
    vec_push(arena, matches, id);
  }
}

XpathOutcome xpath_find(XpathEngine *engine, const XmlTree *page, size_t index, Arena *arena,
                        XpathMatches *matches) {
  xmlXPathObject *result = evaluate(engine, page, index);
  if (engine->problem.memory) mem_exhausted();
  if (!result) return engine->problem.code == XPATH_OP_LIMIT_EXCEEDED ? XPATH_TOO_LONG : XPATH_FAILED;
  if (result->type == XPATH_NODESET && result->nodesetval) {
    engine->library->xmlXPathNodeSetSort(result->nodesetval);
    take(page, result->nodesetval, arena, matches);
  }
  engine->library->xmlXPathFreeObject(result);
  return XPATH_DONE;
}

/* Trying a pattern where it is written */

static const char *problem_message(int code) {
  switch (code) {
    case XPATH_START_LITERAL_ERROR:
    case XPATH_UNFINISHED_LITERAL_ERROR:
      return "this text has no closing quote";
    case XPATH_INVALID_PREDICATE_ERROR:
      return "expected ']' here";
    case XPATH_UNCLOSED_ERROR:
      return "expected ')' here";
    case XPATH_INVALID_CHAR_ERROR:
      return "this character does not belong in XPath";
    case XPATH_NUMBER_ERROR:
      return "this number is wrong";
    case XPATH_INVALID_TYPE:
      return "an operand is not of the type that is needed: elements or attributes";
    case XPATH_RECURSION_LIMIT_EXCEEDED:
      return "the pattern is nested too deeply";
    case XPATH_OP_LIMIT_EXCEEDED:
      return "the pattern takes too many steps";
    default:
      return "an XPath expression does not go on like this";
  }
}

static bool fault_at(XpathFault *fault, const XpathEngine *engine, Str pattern, bool placed) {
  uint32_t at = (uint32_t)(engine->problem.offset > 0 ? engine->problem.offset : 0);
  if (at > pattern.len) at = (uint32_t)pattern.len;
  uint32_t end = at < pattern.len ? at + 1 : at;
  *fault = (XpathFault){.start = placed ? at : 0, .end = placed ? end : 0};
  fault->message = str_from(problem_message(engine->problem.code));
  return false;
}

static bool try_on_nothing(XpathEngine *engine, const XmlTree *nothing, Str pattern, XpathFault *fault) {
  if (!compile(engine, pattern)) return fault_at(fault, engine, pattern, true);
  xmlXPathObject *result = evaluate(engine, nothing, 0);
  if (!result) return fault_at(fault, engine, pattern, false);
  bool nodes = result->type == XPATH_NODESET;
  engine->library->xmlXPathFreeObject(result);
  if (nodes) return true;
  *fault =
      (XpathFault){.message = STR("the pattern gives a text, a number or a yes or no, not elements"),
                   .help = STR("put the condition in brackets behind what it is about, as in //input[…]")};
  return false;
}

bool xpath_try(Arena *arena, Str pattern, XpathFault *fault) {
  const char *error = "";
  if (!xpath_library(&error)) {
    *fault = (XpathFault){.message = str_printf(arena, "cannot load libxml2: %s", error), .system = true};
    return false;
  }
  HtmlTree *empty = html_parse(arena, html_decode_bytes(arena, STR_NONE).text, &(HtmlOptions){0});
  XmlTree *nothing = xml_tree(empty, arena);
  XpathEngine *engine = new_engine(1);
  bool good = try_on_nothing(engine, nothing, pattern, fault);
  bool memory = engine->problem.memory;
  xpath_engine_free(engine);
  if (memory) mem_exhausted();
  return good;
}
