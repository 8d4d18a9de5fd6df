/* Tokens and parse errors in the form of the html5lib tokenizer suite.
 *
 * In: a request. Out: its answer. Columns count UTF-16 units and a CR LF is one line break, as in the
 * suite. Surprising: the suite is older than processing instructions in HTML, so the tokenizer is
 * asked to take them for comments; the unit tests test them. */
#include "base/utf8.h"
#include "html/token.h"
#include "html5lib.h"

typedef struct Job {
  Arena *arena;
  Str text;
  HtmlContentModel model;
  Buf *out;
} Job;

static Str span(const Job *job, uint32_t start, uint32_t end) {
  return (Str){job->text.data + start, end - start};
}

static void put_value(const Job *job, uint32_t start, uint32_t end, uint8_t flags, bool in_attribute) {
  html5lib_put_string(job->out, html_decode(job->arena, span(job, start, end), flags, in_attribute, true));
}

static void put_name(const Job *job, uint32_t start, uint32_t end, uint8_t flags) {
  html5lib_put_string(job->out, html_decode_name(job->arena, span(job, start, end), flags));
}

static void put_text(const Job *job, const HtmlToken *token) {
  // U+0000 in data and in CDATA is the tree builder's affair: the token has it as it is.
  bool raw = job->model == HTML_DATA || job->model == HTML_CDATA_SECTION;
  buf_put(job->out, STR("[\"Character\","));
  put_value(job, token->name_start, token->name_end, (uint8_t)(token->flags & (raw ? ~HTML_HAS_NUL : 0xff)),
            false);
}

static void put_attrs(const Job *job, const HtmlToken *token) {
  buf_put(job->out, STR(",{"));
  for (uint32_t i = 0; i < token->attr_count; i++) {
    const HtmlAttr *attr = &token->attrs[i];
    if (i) buf_char(job->out, ',');
    put_name(job, attr->name_start, attr->name_end, attr->name_flags);
    buf_char(job->out, ':');
    put_value(job, attr->value_start, attr->value_end, attr->value_flags, true);
  }
  buf_put(job->out, token->self_closing ? STR("},true") : STR("}"));
}

static void put_id(const Job *job, bool has, uint32_t start, uint32_t end, uint8_t flags) {
  buf_char(job->out, ',');
  if (has) {
    put_value(job, start, end, flags & (HTML_HAS_CR | HTML_HAS_NUL), false);
  } else {
    buf_put(job->out, STR("null"));
  }
}

static void put_doctype(const Job *job, const HtmlToken *token) {
  buf_put(job->out, STR("[\"DOCTYPE\","));
  if (token->has_name) {
    put_name(job, token->name_start, token->name_end, token->flags);
  } else {
    buf_put(job->out, STR("null"));
  }
  put_id(job, token->has_public, token->public_start, token->public_end, token->flags);
  put_id(job, token->has_system, token->system_start, token->system_end, token->flags);
  buf_put(job->out, token->force_quirks ? STR(",false") : STR(",true"));
}

static void put_token(const Job *job, const HtmlToken *token) {
  switch (token->kind) {
    case HTML_TOKEN_TEXT:
      put_text(job, token);
      break;
    case HTML_TOKEN_DOCTYPE:
      put_doctype(job, token);
      break;
    case HTML_TOKEN_START_TAG:
      buf_put(job->out, STR("[\"StartTag\","));
      put_name(job, token->name_start, token->name_end, token->flags);
      put_attrs(job, token);
      break;
    case HTML_TOKEN_END_TAG:
      buf_put(job->out, STR("[\"EndTag\","));
      put_name(job, token->name_start, token->name_end, token->flags);
      break;
    case HTML_TOKEN_COMMENT:
      buf_put(job->out, STR("[\"Comment\","));
      put_value(job, token->system_start, token->system_end, token->flags, false);
      break;
    case HTML_TOKEN_PI:
    case HTML_TOKEN_END:
      return;
  }
  buf_char(job->out, ']');
}

static HtmlContentModel model_of(Str state) {
  static const char *const names[] = {"Data state",        "RCDATA state",    "RAWTEXT state",
                                      "Script data state", "PLAINTEXT state", "CDATA section state"};
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    if (str_eq(state, str_from(names[i]))) return (HtmlContentModel)i;
  }
  return HTML_DATA;
}

static void put_error(const Job *job, const HtmlError *error) {
  unsigned line = 1, column = 1;
  uint32_t point;
  for (size_t i = 0; i < error->at;) {
    size_t len = utf8_decode(str_skip(job->text, i), &point);
    bool line_break = point == '\n' || (point == '\r' && job->text.data[i + 1] != '\n');
    line += line_break;
    column = line_break ? 1 : column + (point == '\r' ? 0 : point > 0xFFFF ? 2 : 1);
    i += len;
  }
  buf_printf(job->out, "{\"code\":\"%s\",\"line\":%u,\"col\":%u}", error->code, line, column);
}

/// Writes the tokens to job->out. Without `errors` the tokenizer goes its short way where it can.
static void put_tokens(Job job, const Html5libRequest *request, HtmlErrors *errors) {
  HtmlLexer *lexer = html_lexer_new(job.arena, request->data, errors);
  html_lexer_option(lexer, HTML_LEXER_PI_IS_COMMENT, true);
  html_lexer_set_content_model(lexer, job.model, request->last_start_tag);
  HtmlToken token;
  const char *comma = "";
  for (html_lexer_next(lexer, &token); token.kind; html_lexer_next(lexer, &token)) {
    buf_put(job.out, str_from(comma));
    put_token(&job, &token);
    comma = ",";
    if (token.kind != HTML_TOKEN_TEXT || job.model == HTML_CDATA_SECTION) job.model = HTML_DATA;
  }
}

void html5lib_tokens(Arena *arena, const Html5libRequest *request, Buf *out) {
  Buf quick = {0}, checked = {0};
  Job job = {arena, request->data, model_of(request->state), &quick};
  HtmlErrors errors = {.arena = arena};
  put_tokens(job, request, NULL);
  job.out = &checked;
  put_tokens(job, request, &errors);
  buf_put(out, STR("{\"tokens\":["));
  buf_put(out, buf_str(&quick));
  if (!str_eq(buf_str(&quick), buf_str(&checked))) {
    buf_put(out, STR(",[\"the tokens differ when errors are wanted\"]"));
  }
  buf_put(out, STR("],\"errors\":["));
  job.out = out;
  for (size_t i = 0; i < errors.list.len; i++) {
    if (i) buf_char(out, ',');
    put_error(&job, &errors.list.data[i]);
  }
  buf_put(out, STR("]}"));
  buf_free(&quick);
  buf_free(&checked);
}
