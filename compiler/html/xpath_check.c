/* In: an XPath pattern. Out: whether fxc runs it. Functions, axes, prefixes and variables are looked at in
 * its tokens, since libxml2 would miss them only while it evaluates, and without a place; the grammar and
 * the type of the result are libxml2's answer, on an empty page. */
#include "base/suggest.h"
#include "html/xpath_run.h"
#include "html/xpath_token.h"

enum { LONGEST_PATTERN = 4096, DEEPEST_PATTERN = 100, ANY_NUMBER = 255 };

typedef struct XpathFunction {
  const char *name;
  uint8_t least, most;  // arguments
} XpathFunction;

// Section 4 of the Recommendation. id() needs a DTD and lang() xml:lang: on HTML they find nothing, ever.
static const XpathFunction functions[] = {
    {"last", 0, 0},
    {"position", 0, 0},
    {"count", 1, 1},
    {"local-name", 0, 1},
    {"name", 0, 1},
    {"string", 0, 1},
    {"concat", 2, ANY_NUMBER},
    {"starts-with", 2, 2},
    {"contains", 2, 2},
    {"substring-before", 2, 2},
    {"substring-after", 2, 2},
    {"substring", 2, 3},
    {"string-length", 0, 1},
    {"normalize-space", 0, 1},
    {"translate", 3, 3},
    {"boolean", 1, 1},
    {"not", 1, 1},
    {"true", 0, 0},
    {"false", 0, 0},
    {"number", 0, 1},
    {"sum", 1, 1},
    {"floor", 1, 1},
    {"ceiling", 1, 1},
    {"round", 1, 1},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

typedef struct Refused {
  const char *name, *help;
} Refused;

static const Refused refused[] = {
    {"document", "a pattern sees the page that it is run on, and no other file"},
    {"doc", "a pattern sees the page that it is run on, and no other file"},
    {"id", "write //*[@id='…'] instead"},
    {"lang", "compare the attribute: ancestor-or-self::*[@lang][1][@lang='…']"},
    {"namespace-uri", "elements have no namespace in patterns: compare names"},
};

static const char *const axes[] = {
    "ancestor",  "ancestor-or-self",  "attribute", "child",     "descendant",        "descendant-or-self",
    "following", "following-sibling", "parent",    "preceding", "preceding-sibling", "self",
};
static const char *const node_types[] = {"comment", "text", "processing-instruction", "node"};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static bool among(Str name, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(name, str_from(names[i]))) return true;
  return false;
}

typedef struct OpenCall {
  const XpathFunction *function;  // NULL: a parenthesis, a bracket or a node test
  XpathToken name;
  unsigned arguments;  // commas so far
  bool empty;          // nothing between the parentheses yet
} OpenCall;

typedef struct XpathCheck {
  Arena *arena;
  Str text;
  XpathFault *fault;
  OpenCall open[DEEPEST_PATTERN];
  size_t depth;
  const XpathFunction *called;  // of the call whose parenthesis comes next
  XpathToken call;
  bool operand;  // behind an operand, so that a name is an operator
  XpathToken last, before_last;
  bool called_before;  // the last closing parenthesis was that of a function
  bool inside;         // the slash before this token stands behind a step
  unsigned costs;      // XPATH_MERGES, XPATH_READS
} XpathCheck;

static Str token_text(const XpathCheck *check, XpathToken token) {
  return str_take(str_skip(check->text, token.start), token.end - token.start);
}

static bool refuse(XpathCheck *check, XpathToken token, Str message, const char *help) {
  *check->fault = (XpathFault){token.start, token.end, message, STR(""), str_from(help), false};
  return false;
}

static const XpathFunction *function_named(Str name) {
  for (size_t i = 0; i < FUNCTIONS; i++)
    if (str_eq(name, str_from(functions[i].name))) return &functions[i];
  return NULL;
}

static bool check_function(XpathCheck *check, XpathToken token) {
  Str name = token_text(check, token);
  check->call = token;
  check->called = function_named(name);
  if (check->called || among(name, node_types, LENGTH(node_types))) return true;
  for (size_t i = 0; i < LENGTH(refused); i++)
    if (str_eq(name, str_from(refused[i].name)))
      return refuse(check, token,
                    str_printf(check->arena, "the XPath function '%.*s' is not allowed", STR_ARG(name)),
                    refused[i].help);
  refuse(check, token, str_printf(check->arena, "XPath has no function '%.*s'", STR_ARG(name)), "");
  Suggestion search = suggest_start(name);
  for (size_t i = 0; i < FUNCTIONS; i++) suggest_offer(&search, str_from(functions[i].name));
  check->fault->near = search.best;
  return false;
}

static bool check_axis(XpathCheck *check, XpathToken token) {
  Str name = token_text(check, token);
  if (among(name, axes, LENGTH(axes))) return true;
  if (str_eq(name, STR("namespace")))
    return refuse(check, token, STR("the axis 'namespace' is not allowed"),
                  "elements have no namespace in patterns");
  refuse(check, token, str_printf(check->arena, "XPath has no axis '%.*s'", STR_ARG(name)), "");
  Suggestion search = suggest_start(name);
  for (size_t i = 0; i < LENGTH(axes); i++) suggest_offer(&search, str_from(axes[i]));
  check->fault->near = search.best;
  return false;
}

// "svg:path": nobody has declared a prefix. "xlink:href" is what the attribute is called.
static bool check_prefix(XpathCheck *check, XpathToken token) {
  Str rest = token_text(check, token), prefix;
  str_split(&rest, ':', &prefix);
  if (!rest.data || str_eq(prefix, STR("xlink")) || str_eq(prefix, STR("xml"))) return true;
  refuse(check, token, str_printf(check->arena, "no prefix '%.*s' is known here", STR_ARG(prefix)),
         "elements have no namespace in patterns, those of SVG and MathML neither");
  check->fault->near = rest;
  return false;
}

static bool check_arguments(XpathCheck *check, const OpenCall *call) {
  if (!call->function) return true;
  unsigned count = call->empty ? 0 : call->arguments + 1;
  const XpathFunction *function = call->function;
  if (count >= function->least && (count <= function->most || function->most == ANY_NUMBER)) return true;
  const char *bound = function->most == ANY_NUMBER ? " or more" : "";
  Str wanted = function->least == function->most || *bound
                   ? str_printf(check->arena, "%u%s", function->least, bound)
                   : str_printf(check->arena, "%u to %u", function->least, function->most);
  return refuse(check, call->name,
                str_printf(check->arena, "the XPath function '%s' takes %.*s argument%s, not %u",
                           function->name, STR_ARG(wanted), str_eq(wanted, STR("1")) ? "" : "s", count),
                "");
}

static bool open_bracket(XpathCheck *check, XpathToken token) {
  if (check->depth == DEEPEST_PATTERN)
    return refuse(check, token, STR("the pattern is nested too deeply"), "a pattern nests at most 100 deep");
  check->open[check->depth++] = (OpenCall){check->called, check->call, 0, true};
  check->called = NULL;
  return true;
}

static bool close_bracket(XpathCheck *check) {
  check->operand = true;
  if (!check->depth) return true;
  const OpenCall *call = &check->open[--check->depth];
  check->called_before = call->function != NULL;
  return check_arguments(check, call);
}

// A name behind an operand is and, or, div or mod; anything else there is a matter of the grammar.
static bool check_name(XpathCheck *check, XpathToken token) {
  check->operand = !check->operand;
  return !check->operand || check_prefix(check, token);
}

static bool check_token(XpathCheck *check, XpathToken token) {
  if (check->depth && token.kind != XPATH_CLOSE) check->open[check->depth - 1].empty = false;
  switch (token.kind) {
    case XPATH_CALL:
      if (check->operand) break;  // "… and (": an operator
      return check_function(check, token);
    case XPATH_AXIS:
      return check_axis(check, token);
    case XPATH_NAME:
      return check_name(check, token);
    case XPATH_VARIABLE:
      return refuse(check, token, STR("a pattern has no variables"), "write the value");
    case XPATH_OPEN:
      check->operand = false;
      return open_bracket(check, token);
    case XPATH_CLOSE:
      return close_bracket(check);
    case XPATH_COMMA:
      if (check->depth) check->open[check->depth - 1].arguments++;
      break;
    case XPATH_OPERAND:
      check->operand = true;
      return true;
    case XPATH_STAR:
      check->operand = !check->operand;
      return true;
    case XPATH_AT:
    case XPATH_SLASH:
    case XPATH_OPERATOR:
    case XPATH_END:
      break;
  }
  check->operand = false;
  return true;
}

/* What it costs */

static bool is_operator(const XpathCheck *check, XpathToken token) {
  if (token.kind == XPATH_OPERATOR) return true;
  return check->operand && (token.kind == XPATH_STAR || token.kind == XPATH_NAME || token.kind == XPATH_CALL);
}

static bool is_word(Str text) { return str_eq(text, STR("and")) || str_eq(text, STR("or")); }

// A literal, a number, what a function gives, or one attribute; not the root, the text of all of the page.
static bool cheap_left(const XpathCheck *check) {
  char first = check->last.end ? check->text.data[check->last.start] : 0;
  if (check->last.kind == XPATH_OPERAND) return check->text.data[check->last.end - 1] != '.' || first != '.';
  if (check->last.kind == XPATH_CLOSE) return check->called_before;
  return check->last.kind == XPATH_NAME && check->before_last.kind == XPATH_AT;
}

static bool cheap_right(const XpathCheck *check, XpathToken token) {
  char first = check->text.data[token.start];
  if (token.kind == XPATH_OPERAND) return first != '.' || token.end - token.start > 2;
  if (token.kind == XPATH_CALL) return function_named(token_text(check, token)) != NULL;
  return token.kind == XPATH_AT || first == '-';
}

static bool reads_at(const XpathCheck *check, XpathToken token) {
  bool all = token.kind == XPATH_STAR && check->last.kind == XPATH_AT;  // "… = @*"
  if (is_operator(check, token)) {
    Str text = token_text(check, token);
    bool sign = !check->operand && check->last.kind != XPATH_SLASH;
    return !is_word(text) && !str_eq(text, STR("|")) && !sign && !cheap_left(check);
  }
  // A path that goes on behind an attribute goes up.
  if (token.kind == XPATH_SLASH && check->before_last.kind == XPATH_AT) return true;
  Str operator= token_text(check, check->last);
  bool behind = check->last.kind == XPATH_OPERATOR && !str_eq(operator, STR("|"));
  return all || (behind && !cheap_right(check, token));
}

// Behind the first step of a path only children and attributes cannot be met twice.
static bool merges_at(const XpathCheck *check, XpathToken token) {
  if (token.kind == XPATH_OPERATOR && str_eq(token_text(check, token), STR("|"))) return true;
  if (!check->inside || check->last.kind != XPATH_SLASH) return false;
  bool twice = check->last.end - check->last.start == 2;
  return twice || token.kind == XPATH_AXIS || token.kind == XPATH_OPERAND;
}

static void measure(XpathCheck *check, XpathToken token) {
  if (reads_at(check, token)) check->costs |= XPATH_READS;
  if (merges_at(check, token)) check->costs |= XPATH_MERGES;
  if (token.kind == XPATH_SLASH) check->inside = check->operand;
}

static XpathToken next_token(XpathCheck *check, XpathCursor *cursor) {
  XpathToken token = xpath_next(cursor);
  bool named = token.kind == XPATH_CALL || token.kind == XPATH_AXIS;  // their "(" or "::" is not part of it
  if (named) cursor->next = cursor->start + token.end;
  if (token.kind == XPATH_AXIS)
    cursor->next = (const unsigned char *)strstr((const char *)cursor->next, "::") + 2;
  if (token.kind != XPATH_END) measure(check, token);
  return token;
}

static bool check_tokens(XpathCheck *check) {
  const unsigned char *start = (const unsigned char *)check->text.data;
  XpathCursor cursor = {start, start};
  for (;;) {
    XpathToken token = next_token(check, &cursor);
    if (token.kind == XPATH_END) return true;
    if (!check_token(check, token)) return false;
    check->before_last = check->last;
    check->last = token;
  }
}

unsigned xpath_costs(Str pattern) {
  XpathFault fault;
  Arena none = {0};  // a pattern without faults needs no memory
  XpathCheck check = {.arena = &none, .text = pattern, .fault = &fault};
  check_tokens(&check);
  arena_free(&none);
  return check.costs;
}

bool xpath_check(Arena *arena, Str pattern, XpathFault *fault) {
  XpathToken whole = {XPATH_END, 0, 0};
  XpathCheck check = {.arena = arena, .text = str_copy(arena, pattern), .fault = fault};
  if (!str_trim(pattern).len)
    return refuse(&check, whole, STR("the pattern is empty"), "write an XPath expression");
  if (pattern.len > LONGEST_PATTERN)
    return refuse(&check, whole, STR("the pattern is longer than 4,096 bytes"), "write several patterns");
  if (memchr(pattern.data, 0, pattern.len))
    return refuse(&check, whole, STR("the pattern has a NUL character in it"), "");
  return check_tokens(&check) && xpath_try(arena, check.text, fault);
}
