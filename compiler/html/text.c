/* Questions about the text of a token: is it white space, where does it begin. Out: byte counts of
 * the raw text. Surprising: a reference may stand for white space ("&#32;"), and then counts as such;
 * that is looked at only where the token says it has references. */
#include "html/builder.h"

static bool is_name_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '#';
}

/// The raw length of the reference at `at`, semicolon included.
static uint32_t reference_length(const char *at, const char *end) {
  const char *p = at + 1;
  while (p < end && is_name_byte(*p)) p++;
  if (p < end && *p == ';') p++;
  return (uint32_t)(p - at);
}

/// The one character that the reference at `at` stands for, 0 when it is no such reference.
static char reference_char(HtmlBuilder *b, const char *at, uint32_t len) {
  Str decoded = html_decode(b->arena, (Str){at, len}, HTML_HAS_REFERENCE, false, true);
  return decoded.len == 1 && len > 1 ? decoded.data[0] : 0;
}

uint32_t html_leading_space(HtmlBuilder *b, const HtmlToken *token) {
  const char *begin = b->text + token->name_start, *end = b->text + token->name_end, *p = begin;
  for (;;) {
    while (p < end && str_is_space(*p)) p++;
    if (p == end || *p != '&' || !(token->flags & HTML_HAS_REFERENCE)) break;
    uint32_t len = reference_length(p, end);
    if (!str_is_space(reference_char(b, p, len))) break;
    p += len;
  }
  return (uint32_t)(p - begin);
}

bool html_has_nonspace(HtmlBuilder *b, const HtmlToken *token) {
  if (!(token->flags & (HTML_HAS_REFERENCE | HTML_HAS_NUL))) return token->flags & HTML_HAS_NONSPACE;
  HtmlToken rest = *token;
  for (;;) {
    rest.name_start += html_leading_space(b, &rest);
    if (rest.name_start == rest.name_end) return false;
    if (b->text[rest.name_start] != '\0') return true;
    rest.name_start++;
  }
}

bool html_only_nul(HtmlBuilder *b, const HtmlToken *token) {
  for (uint32_t i = token->name_start; i < token->name_end; i++)
    if (b->text[i]) return false;
  return true;
}

bool html_keep_space(HtmlBuilder *b, HtmlToken *token) {
  bool dropped = false;
  while (html_take_space(b, token, true)) {
    dropped = true;
    do token->name_start++;
    while (token->name_start < token->name_end && !str_is_space(b->text[token->name_start]) &&
           b->text[token->name_start] != '&');
  }
  return dropped;
}

uint32_t html_leading_newline(HtmlBuilder *b, const HtmlToken *token) {
  const char *begin = b->text + token->name_start, *end = b->text + token->name_end;
  if (begin == end) return 0;
  if (*begin == '\n') return 1;
  if (*begin == '\r') return begin + 1 < end && begin[1] == '\n' ? 2 : 1;
  if (*begin != '&' || !(token->flags & HTML_HAS_REFERENCE)) return 0;
  uint32_t len = reference_length(begin, end);
  return reference_char(b, begin, len) == '\n' ? len : 0;
}

bool html_take_space(HtmlBuilder *b, HtmlToken *token, bool insert) {
  uint32_t len = html_leading_space(b, token);
  if (insert && len) html_insert_text(b, token->name_start, token->name_start + len, token->flags);
  token->name_start += len;
  return token->name_start < token->name_end;
}
