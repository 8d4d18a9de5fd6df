/* In: a scalar such as `"us" | "ca"`, `string?`, `Address[]`. Out: type nodes, each with the span of its
 * part inside the scalar.
 *
 *   type    = postfix { "|" postfix }        only literals may be joined by "|"
 *   postfix = primary { "?" | "[]" }
 *   primary = NAME | "text" | 'text' | "(" type ")"                                                    */
#include "ast/reader.h"

enum { TYPE_DEPTH = 32 };

typedef struct TypeText {
  AstReader *reader;
  const DocNode *scalar;
  Str text;
  size_t pos;
  size_t depth;
  bool failed;
} TypeText;

static bool name_byte(char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == '-';
}

static char peek(TypeText *in) {
  while (in->pos < in->text.len && strchr(" \t\r\n", in->text.data[in->pos])) in->pos++;
  return in->pos < in->text.len ? in->text.data[in->pos] : 0;
}

static Span inner(const TypeText *in, size_t from) {
  return doc_inner_span(in->reader->doc, in->scalar, from, in->pos);
}

static void fail(TypeText *in, const char *expected) {
  if (in->failed) return;
  in->failed = true;
  bool end = peek(in) == 0;
  size_t from = in->pos;
  if (!end) in->pos++;
  Span span = end ? (Span){in->reader->doc->source, in->scalar->start, in->scalar->end} : inner(in, from);
  Diag *d = diag_add(in->reader->bag, FX2007, span, "expected %s%s", expected,
                     end ? ", found the end of the type" : "");
  diag_help(
      d, "a type is written like string, int?, Address[] or '\"us\" | \"ca\"' (the quotes are part of it)");
}

static void parse_type(TypeText *in, AstNode *node);

static void parse_literal(TypeText *in, AstNode *node, char quote) {
  size_t from = in->pos++;
  size_t start = in->pos;
  while (in->pos < in->text.len && in->text.data[in->pos] != quote) in->pos++;
  if (in->pos == in->text.len) {
    in->pos = from + 1;
    diag_add(in->reader->bag, FX2007, inner(in, from), "this quote is never closed");
    in->failed = true;
    return;
  }
  Str text = str_take(str_skip(in->text, start), in->pos - start);
  in->pos++;
  node->kind = AST_TYPE_UNION;
  node->span = inner(in, from);
  ast_add(in->reader->arena, node,
          (AstNode){.kind = AST_TEXT, .text = text, .span = node->span, .key_span = node->span});
}

static void parse_primary(TypeText *in, AstNode *node) {
  char c = peek(in);
  size_t from = in->pos;
  if (c == '"' || c == '\'') {
    parse_literal(in, node, c);
  } else if (c == '(' && in->depth < TYPE_DEPTH) {
    in->pos++, in->depth++;
    parse_type(in, node);
    in->depth--;
    if (peek(in) == ')')
      in->pos++;
    else
      fail(in, "')'");
  } else if (name_byte(c)) {
    while (in->pos < in->text.len && name_byte(in->text.data[in->pos])) in->pos++;
    node->kind = AST_TYPE_NAME;
    node->text = str_take(str_skip(in->text, from), in->pos - from);
    node->span = inner(in, from);
  } else {
    fail(in, "a type");
  }
}

/// Puts what `node` is so far below a new node of that kind.
static void wrap(TypeText *in, AstNode *node, AstKind kind, size_t from) {
  AstNode child = *node;
  child.next = NULL;
  child.clause = CLAUSE_none;
  child.name = STR_NONE;
  node->kind = kind;
  node->text = STR_NONE;
  node->first = node->last = NULL;
  node->span = inner(in, from);
  ast_add(in->reader->arena, node, child);
}

static void parse_postfix(TypeText *in, AstNode *node) {
  peek(in);
  size_t from = in->pos, wraps = 0;
  parse_primary(in, node);
  while (!in->failed && wraps++ < TYPE_DEPTH) {
    char c = peek(in);
    if (c == '?') {
      in->pos++;
      wrap(in, node, AST_TYPE_OPTIONAL, from);
    } else if (c == '[') {
      in->pos++;
      if (peek(in) != ']') {
        fail(in, "']'");
        return;
      }
      in->pos++;
      wrap(in, node, AST_TYPE_ARRAY, from);
    } else {
      return;
    }
  }
}

static void join_literals(TypeText *in, AstNode *node, AstNode *more) {
  if (node->kind != AST_TYPE_UNION || more->kind != AST_TYPE_UNION) {
    Diag *d = diag_add(in->reader->bag, FX2007, more->span, "only texts in quotes can stand beside '|'");
    diag_help(d,
              "a choice is written like '\"us\" | \"ca\"', and '(\"us\" | \"ca\")?' where it may be absent");
    in->failed = true;
    return;
  }
  node->last->next = more->first;
  node->last = more->last;
}

static void parse_type(TypeText *in, AstNode *node) {
  peek(in);
  size_t from = in->pos;
  parse_postfix(in, node);
  while (!in->failed && peek(in) == '|') {
    in->pos++;
    AstNode more = {0};
    parse_postfix(in, &more);
    if (in->failed) return;
    join_literals(in, node, &more);
    node->span = inner(in, from);
  }
}

void ast_read_type(AstReader *reader, AstNode *node, uint32_t value) {
  const DocNode *scalar = doc_node(reader->doc, value);
  if (scalar->kind != DOC_SCALAR || scalar->text.len == 0) {
    Diag *d = ast_wrong_type(reader, node, value, "a type");
    diag_help(d, "a type is written like string, int?, Address[] or '\"us\" | \"ca\"'");
    return;
  }
  TypeText in = {.reader = reader, .scalar = scalar, .text = scalar->text};
  parse_type(&in, node);
  if (!in.failed && peek(&in)) fail(&in, "the end of the type");
  node->wrong = in.failed;
}
