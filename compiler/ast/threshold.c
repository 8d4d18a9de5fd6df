/* In: `fallback-rate > 5% over 5m` in a scalar, or `error_rate: 0.05` in a map. Out: a node with the
 * metric, the comparison, the bound and the window. What a metric is compared with (a share, a time) is in
 * grammar/manifest.def. */
#include "ast/literal.h"
#include "ast/reader.h"
#include "base/suggest.h"

typedef struct Metric {
  const char *name;
  ClauseKind kind;
} Metric;

static const Metric metrics[] = {
#define SHAPE(...)
#define CLAUSE(...)
#define METRIC(name, kind, sentence) {name, KIND_##kind},
#include "manifest.def"
#undef SHAPE
#undef CLAUSE
#undef METRIC
    {NULL, KIND_TEXT},
};

static bool same_metric(const char *name, Str text) {
  size_t i = 0;
  for (; i < text.len && name[i]; i++)
    if (name[i] != text.data[i] && !(name[i] == '-' && text.data[i] == '_')) return false;
  return i == text.len && !name[i];
}

static const Metric *find_metric(AstReader *reader, AstNode *node, Str name, Span span) {
  for (const Metric *m = metrics; m->name; m++)
    if (same_metric(m->name, name)) return m;
  Suggestion search = suggest_start(name);
  for (const Metric *m = metrics; m->name; m++) suggest_offer(&search, str_from(m->name));
  node->wrong = true;
  Diag *d = diag_add(reader->bag, FX2007, span, "no metric is called '%.*s'", STR_ARG(name));
  if (search.best.data) {
    diag_help(d, "did you mean '%.*s'?", STR_ARG(search.best));
    diag_fix(d, DIAG_MAYBE, span, search.best, "replace with '%.*s'", STR_ARG(search.best));
  } else {
    diag_help(
        d,
        "metrics are fallback-rate, error-rate, success-rate, timeout-rate, latency-p50, -p90, -p95, -p99");
  }
  return NULL;
}

/// A bound: a share or a duration, by the metric; plain numbers are 0..1 and milliseconds.
static bool read_bound(const Metric *metric, Str text, AstNode *bound) {
  double number;
  bool plain = literal_decimal(text, &number);
  bound->kind = metric->kind == KIND_SHARE ? AST_SHARE : AST_DURATION;
  if (metric->kind == KIND_SHARE) {
    if (!plain && !literal_share(text, &number)) return false;
    if (number > 1) return false;
  } else if (!plain && !literal_duration(text, &number)) {
    return false;
  }
  bound->number = number;
  bound->text = text;
  return true;
}

static void wrong_bound(AstReader *reader, AstNode *node, const Metric *metric, Span span, Str text) {
  bool share = metric->kind == KIND_SHARE;
  node->wrong = true;
  Diag *d = diag_add(reader->bag, FX2007, span, "expected %s for '%s', found '%.*s'",
                     share ? "a share" : "a duration", metric->name, STR_ARG(text));
  diag_help(d, share ? "write it like 5%%, or as a number between 0 and 1" : "write it like 800ms or 2s");
}

typedef struct Words {
  AstReader *reader;
  const DocNode *scalar;
  Str text;
  size_t pos, from;  // the last word starts at `from`
} Words;

static Str next_word(Words *in) {
  while (in->pos < in->text.len && strchr(" \t\r\n", in->text.data[in->pos])) in->pos++;
  in->from = in->pos;
  bool sign = in->pos < in->text.len && strchr("<>=!", in->text.data[in->pos]);
  while (in->pos < in->text.len && !strchr(" \t\r\n", in->text.data[in->pos]) &&
         (strchr("<>=!", in->text.data[in->pos]) != NULL) == sign)
    in->pos++;
  return str_take(str_skip(in->text, in->from), in->pos - in->from);
}

static Span word_span(const Words *in) {
  return doc_inner_span(in->reader->doc, in->scalar, in->from, in->pos);
}

static void malformed(Words *in, AstNode *node, const char *expected) {
  bool end = in->from == in->pos;
  Span span = end ? node->span : word_span(in);
  node->wrong = true;
  Diag *d = diag_add(in->reader->bag, FX2007, span, "expected %s", expected);
  diag_help(d, "a threshold is written like 'error-rate > 1%% over 5m'");
}

static bool read_operator(Words *in, AstNode *node) {
  static const struct {
    const char *sign;
    AstOperator op;
  } signs[] = {{">", AST_GT}, {">=", AST_GE}, {"<", AST_LT}, {"<=", AST_LE}};
  Str word = next_word(in);
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    if (!str_eq(word, str_from(signs[i].sign))) continue;
    node->number = signs[i].op;
    return true;
  }
  malformed(in, node, "one of > >= < <=");
  return false;
}

static void read_window(Words *in, AstNode *node) {
  bool required = strcmp(clause_info(node->clause)->detail, "over") == 0;
  Str word = next_word(in);
  AstNode window = {.kind = AST_DURATION};
  if (word.len == 0 && !required) return;
  if (!str_eq(word, STR("over"))) {
    malformed(in, node, required ? "'over' and a time, such as 'over 5m'" : "the end, or 'over' and a time");
    return;
  }
  window.text = next_word(in);
  if (!literal_duration(window.text, &window.number)) {
    malformed(in, node, "a duration behind 'over'");
    return;
  }
  window.span = window.key_span = word_span(in);
  ast_add(in->reader->arena, node, window);
  if (next_word(in).len) malformed(in, node, "nothing more behind the time");
}

void ast_read_threshold(AstReader *reader, AstNode *node, uint32_t value) {
  const DocNode *scalar = doc_node(reader->doc, value);
  if (scalar->kind != DOC_SCALAR) {
    diag_help(ast_wrong_type(reader, node, value, "a threshold"),
              "a threshold is written like \"error-rate > 1%% over 5m\"");
    return;
  }
  Words in = {.reader = reader, .scalar = scalar, .text = scalar->text};
  node->kind = AST_THRESHOLD;
  node->text = scalar->text;
  node->name = next_word(&in);
  if (node->name.len == 0) {
    malformed(&in, node, "a metric");
    return;
  }
  const Metric *metric = find_metric(reader, node, node->name, word_span(&in));
  if (!metric || !read_operator(&in, node)) return;
  node->name = str_from(metric->name);
  AstNode bound = {0};
  Str word = next_word(&in);
  if (word.len == 0) {
    malformed(&in, node, metric->kind == KIND_SHARE ? "a share" : "a duration");
    return;
  }
  bound.span = bound.key_span = word_span(&in);
  if (!read_bound(metric, word, &bound)) {
    wrong_bound(reader, node, metric, bound.span, word);
    return;
  }
  ast_add(reader->arena, node, bound);
  read_window(&in, node);
}

// A map has no place for the window: where one is needed it is five minutes.
static Str add_usual_window(AstReader *reader, AstNode *node) {
  if (strcmp(clause_info(node->clause)->detail, "over") != 0) return STR("");
  AstNode window = {.kind = AST_DURATION, .text = STR("5m"), .number = 5 * 60 * 1000};
  window.span = window.key_span = node->span;
  ast_add(reader->arena, node, window);
  return STR(" over 5m");
}

void ast_read_threshold_pair(AstReader *reader, AstNode *node, uint32_t key, uint32_t value) {
  const DocNode *scalar = doc_node(reader->doc, value);
  node->kind = AST_THRESHOLD;
  node->number = AST_GT;
  const Metric *metric = find_metric(reader, node, doc_node(reader->doc, key)->text, node->key_span);
  if (!metric) return;
  node->name = str_from(metric->name);
  if (scalar->kind != DOC_SCALAR) {
    ast_wrong_type(reader, node, value, metric->kind == KIND_SHARE ? "a share" : "a duration");
    return;
  }
  AstNode bound = {.span = node->span, .key_span = node->span};
  if (!read_bound(metric, scalar->text, &bound)) {
    wrong_bound(reader, node, metric, node->span, scalar->text);
    return;
  }
  ast_add(reader->arena, node, bound);
  if (str_eq(node->name, STR("success-rate"))) node->number = AST_LT;
  Str over = add_usual_window(reader, node);
  node->text = str_printf(reader->arena, "%s %s %.*s%.*s", metric->name, node->number == AST_LT ? "<" : ">",
                          STR_ARG(scalar->text), STR_ARG(over));
}
