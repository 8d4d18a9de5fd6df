/* What becomes of a tag that has been read: its attributes without duplicates, its number, and the
 * lexer's memory of the last start tag.
 *
 * Surprising: a tag can have thousands of attributes, so that duplicates are found by bits (names of
 * the table), by comparing (a few others) or in a hash table (many). */
#include "html/lexer.h"

#include "html/names.h"
#include "html/scan.h"

enum { FEW = 16, FIRST_ATTRS = 16, LONGEST_KNOWN = 24 };

uint8_t html_flags_of(const char *begin, const char *end, uint8_t wanted) {
  size_t len = (size_t)(end - begin);
  uint8_t flags = 0;
  if (!len) return 0;
  if (wanted & HTML_HAS_REFERENCE && memchr(begin, '&', len)) flags |= HTML_HAS_REFERENCE;
  if (wanted & HTML_HAS_CR && memchr(begin, '\r', len)) flags |= HTML_HAS_CR;
  if (wanted & HTML_HAS_NUL && memchr(begin, '\0', len)) flags |= HTML_HAS_NUL;
  if (wanted & HTML_HAS_UPPER && html_has_upper(begin, len)) flags |= HTML_HAS_UPPER;
  for (const char *p = begin; wanted & HTML_HAS_NONSPACE && p < end; p++)
    if (!html_is_space(*p)) return flags | HTML_HAS_NONSPACE;
  return flags;
}

static Str attr_name(const HtmlLexer *lexer, const HtmlAttr *attr) {
  return str_span(lexer->begin + attr->name_start, lexer->begin + attr->name_end);
}

static Str decoded_name(HtmlLexer *lexer, const HtmlAttr *attr) {
  return html_decode_name(lexer->arena, attr_name(lexer, attr), attr->name_flags);
}

unsigned html_find_odd_name(const NameTable *table, const char *p, size_t len, uint8_t *flags) {
  char lower[LONGEST_KNOWN];
  *flags = html_has_upper(p, len) ? HTML_HAS_UPPER : 0;
  if (len > LONGEST_KNOWN || (len <= NAME_LIMIT && !*flags)) return 0;
  for (size_t i = 0; i < len; i++) lower[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] | 0x20 : p[i]);
  Str name = {lower, len};
  return table == &html_tag_names ? (unsigned)html_tag_find(name) : (unsigned)html_attr_find(name);
}

void html_grow_attrs(HtmlLexer *lexer) {
  size_t space = lexer->attrs.space < FIRST_ATTRS ? FIRST_ATTRS : 2 * lexer->attrs.space;
  HtmlAttr *data = arena_alloc(lexer->arena, space * sizeof *data);
  if (lexer->attrs.len) memcpy(data, lexer->attrs.data, lexer->attrs.len * sizeof *data);
  lexer->attrs.data = data;
  lexer->attrs.space = space;
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

bool html_is_new_unknown(HtmlLexer *lexer, const HtmlAttr *attr) {
  Str name = decoded_name(lexer, attr);
  bool is_new = true;
  if (lexer->unknown_count == FEW + 1) remember_all(lexer);
  if (lexer->unknown_count > FEW) {
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
  uint16_t known = (uint16_t)html_attr_find(decoded_name(lexer, attr));
  if (!known) lexer->unknown_count++;
  if (known ? !is_new_known(lexer, known) : !html_is_new_unknown(lexer, attr)) return false;
  if (lexer->attrs.len == lexer->attrs.space) html_grow_attrs(lexer);
  HtmlAttr *added = &lexer->attrs.data[lexer->attrs.len++];
  *added = *attr;
  added->known = known;
  return true;
}

void html_finish_tag(HtmlLexer *lexer, HtmlToken *token, HtmlTokenKind kind, const char *end) {
  token->kind = kind;
  token->attrs = lexer->attrs.data;
  token->attr_count = (uint32_t)lexer->attrs.len;
  Str name = str_span(lexer->begin + token->name_start, lexer->begin + token->name_end);
  if (kind == HTML_TOKEN_START_TAG) lexer->last_tag = name;
  token->tag = html_tag_find(token->flags ? html_decode_name(lexer->arena, name, token->flags) : name);
  lexer->at = end;
}
