/* What becomes of a tag that has been read: its attributes without duplicates, its number, and the
 * lexer's memory of the last start tag.
 *
 * Surprising: a tag can have thousands of attributes, so that duplicates are found by bits (names of
 * the table), by comparing (a few others) or in a hash table (many). */
#include "html/lexer.h"

enum { FEW = 16 };

uint8_t html_flags_of(const char *begin, const char *end, uint8_t wanted) {
  uint8_t flags = 0;
  for (const char *p = begin; p < end; p++) {
    if (*p == '&') flags |= HTML_HAS_REFERENCE;
    if (*p == '\r') flags |= HTML_HAS_CR;
    if (*p == '\0') flags |= HTML_HAS_NUL;
    if (*p >= 'A' && *p <= 'Z') flags |= HTML_HAS_UPPER;
    if (*p != ' ' && *p != '\n' && *p != '\t' && *p != '\r' && *p != '\f') flags |= HTML_HAS_NONSPACE;
  }
  return flags & wanted;
}

static Str attr_name(const HtmlLexer *lexer, const HtmlAttr *attr) {
  return str_span(lexer->begin + attr->name_start, lexer->begin + attr->name_end);
}

static Str decoded_name(HtmlLexer *lexer, const HtmlAttr *attr) {
  return html_decode_name(lexer->arena, attr_name(lexer, attr), attr->name_flags);
}

void html_reset_attrs(HtmlLexer *lexer) {
  lexer->attrs.len = 0;
  lexer->known_seen[0] = lexer->known_seen[1] = 0;
  lexer->unknown_count = 0;
}

/// Whether a name of the table is new in this tag.
static bool is_new_known(HtmlLexer *lexer, uint16_t known) {
  uint64_t bit = (uint64_t)1 << (known & 63), *seen = &lexer->known_seen[known >> 6];
  bool is_new = !(*seen & bit);
  *seen |= bit;
  return is_new;
}

static void remember_all(HtmlLexer *lexer) {
  lexer->many_seen = (StrMap){0};
  for (size_t i = 0; i < lexer->attrs.len; i++) {
    strmap_put(lexer->arena, &lexer->many_seen, decoded_name(lexer, &lexer->attrs.data[i]), NULL);
  }
}

/// Whether a name that the table does not have is new in this tag.
static bool is_new_unknown(HtmlLexer *lexer, Str name) {
  bool is_new = true;
  if (lexer->unknown_count == FEW) remember_all(lexer);
  if (lexer->unknown_count >= FEW) {
    strmap_put(lexer->arena, &lexer->many_seen, name, &is_new);
    return is_new;
  }
  for (size_t i = 0; i < lexer->attrs.len && is_new; i++) {
    const HtmlAttr *other = &lexer->attrs.data[i];
    if (other->known || (size_t)(other->name_end - other->name_start) > name.len) continue;
    is_new = !str_eq(name, other->name_flags ? decoded_name(lexer, other) : attr_name(lexer, other));
  }
  return is_new;
}

bool html_add_attr(HtmlLexer *lexer, const HtmlAttr *attr) {
  Str name = decoded_name(lexer, attr);
  uint16_t known = (uint16_t)html_attr_find(name);
  if (known ? !is_new_known(lexer, known) : !is_new_unknown(lexer, name)) return false;
  if (!known) lexer->unknown_count++;
  vec_push(lexer->arena, &lexer->attrs, *attr);
  vec_last(&lexer->attrs).known = known;
  return true;
}

void html_finish_tag(HtmlLexer *lexer, HtmlToken *token, HtmlTokenKind kind, const char *end) {
  token->kind = kind;
  token->attrs = lexer->attrs.data;
  token->attr_count = (uint32_t)lexer->attrs.len;
  Str name = str_span(lexer->begin + token->name_start, lexer->begin + token->name_end);
  if (kind == HTML_TOKEN_START_TAG) lexer->last_tags[0] = name;
  token->tag = html_tag_find(token->flags ? html_decode_name(lexer->arena, name, token->flags) : name);
  lexer->at = end;
}
