/* The short way for text and for tags that have no parse error, which almost all are:
 * `<name attr="v" b=c d/>`.
 *
 * In: data, when nobody wants errors. Out: what grammar/html.re and html_tag.re would make of it, or
 * HTML_TOKEN_END for anything that is not clean, with nothing taken. It knows no states: it scans text,
 * names and quoted values 16 or 32 bytes at a time and looks names up by their bytes as a vector.
 * Surprising: a header, since html/loop.def is compiled with it once for each kind of processor. */
#ifndef FXC_HTML_CLEAN_H
#define FXC_HTML_CLEAN_H

#include "html/lexer.h"
#include "html/names.h"
#include "html/scan.h"

/// For what must not be called, so that a CleanToken needs no memory.
#define CLEAN_INLINE __attribute__((always_inline)) static inline

/// The number of a name in the text, whatever its case; *flags are the name's.
static inline unsigned clean_name(const NameTable *table, const char *p, size_t len, uint8_t *flags) {
  unsigned number = len <= NAME_LIMIT ? name_find(table, p, len) : 0;
  *flags = 0;
  return number ? number : html_find_odd_name(table, p, len, flags);
}

static inline const char *clean_space(const char *p) {
  while (html_is_space(*p)) p++;
  return p;
}

/// The end of a value without quotes, NULL when it is empty or cut off; adds flags. Quotes in it are
/// errors that change nothing.
static inline const char *clean_unquoted(const char *p, uint8_t *flags) {
  const char *start = p;
  for (; *p != '>' && !html_is_space(*p); p++) {
    if (*p == '\0') return NULL;
    if (*p == '&') *flags |= HTML_HAS_REFERENCE;
  }
  return p == start ? NULL : p;
}

/// At the quote of a value. Answers what is behind it, NULL when it is cut off. That no space may follow is
/// an error that changes nothing.
static inline const char *clean_quoted(const HtmlLexer *lexer, const char *p, char quote, HtmlAttr *attr) {
  uint8_t flags = 0;
  const char *end = html_scan_quoted(p + 1, quote, &flags);
  attr->value_start = html_offset(lexer, p + 1);
  attr->value_end = html_offset(lexer, end);
  attr->value_flags = flags;
  attr->quote = quote;
  attr->has_value = true;
  return *end == quote ? end + 1 : NULL;
}

/// Behind a name, where not just '=' and a double quote are: the value, if there is one. Answers what is
/// behind it, NULL when it is not clean.
__attribute__((noinline)) static const char *clean_other_value(const HtmlLexer *lexer, const char *name_end,
                                                               HtmlAttr *attr) {
  const char *p = clean_space(name_end);
  if (*p != '=') return p > name_end || *p == '>' || *p == '/' ? p : NULL;
  p = clean_space(p + 1);
  if (*p == '"' || *p == '\'') return clean_quoted(lexer, p, *p, attr);
  attr->has_value = true;
  attr->value_start = html_offset(lexer, p);
  p = clean_unquoted(p, &attr->value_flags);
  if (p) attr->value_end = html_offset(lexer, p);
  return p;
}

/// Whether a name is new in its tag; the attribute is not counted yet.
static inline bool clean_is_new(HtmlLexer *lexer, const HtmlAttr *attr) {
  if (!attr->known) return lexer->unknown_count++ == 0 || html_is_new_unknown(lexer, attr);
  uint64_t bit = (uint64_t)1 << (attr->known & 63), *seen = &lexer->known_seen[attr->known >> 6];
  bool is_new = !(*seen & bit);
  *seen |= bit;
  return is_new;
}

/// One attribute at `p`. Answers what is behind it, NULL when it is not clean.
static inline const char *clean_attr(HtmlLexer *lexer, const char *p) {
  if (lexer->attrs.len == lexer->attrs.space) html_grow_attrs(lexer);
  HtmlAttr *attr = &lexer->attrs.data[lexer->attrs.len];
  const char *end = html_name_end(p, true);
  if (end == p) return NULL;
  uint8_t flags;
  uint16_t known = (uint16_t)clean_name(&html_attr_names, p, (size_t)(end - p), &flags);
  uint32_t at = html_offset(lexer, end);
  *attr = (HtmlAttr){html_offset(lexer, p), at, at, at, .name_flags = flags, .known = known};
  if (!clean_is_new(lexer, attr)) return NULL;
  bool is_usual = end[0] == '=' && end[1] == '"';
  p = is_usual ? clean_quoted(lexer, end + 1, '"', attr) : clean_other_value(lexer, end, attr);
  lexer->attrs.len += p != NULL;
  return p;
}

/// The attributes from `p` on. Answers the '>', or NULL.
static inline const char *clean_attrs(HtmlLexer *lexer, const char *p, bool *self_closing) {
  html_reset_attrs(lexer);
  while (p) {
    p = *p == ' ' && p[1] > ' ' ? p + 1 : clean_space(p);
    if (*p == '>') return p;
    if (*p == '/') {
      *self_closing = true;
      return p[1] == '>' ? p + 1 : NULL;
    }
    p = clean_attr(lexer, p);
  }
  return NULL;
}

/// What the short way knows of a token. It is meant to live in registers: nobody may take its address.
typedef struct CleanToken {
  HtmlTokenKind kind;  // HTML_TOKEN_END: it is not clean
  uint8_t flags;
  bool self_closing;
  HtmlTag tag;
  const char *start, *name, *name_end, *end;  // text: the name is all of it
} CleanToken;

static inline bool clean_is_letter(char c) { return (unsigned char)((c | 0x20) - 'a') < 26; }

/// At '<', which may begin a start tag.
CLEAN_INLINE CleanToken clean_start_tag(HtmlLexer *lexer, const char *p) {
  const char *name = p + 1, *name_end = html_name_end(name, false), *close = name_end;
  bool self_closing = false;
  uint8_t flags;
  lexer->attrs.len = 0;
  if (!clean_is_letter(*name)) return (CleanToken){.kind = HTML_TOKEN_END};
  if (*close != '>') close = clean_attrs(lexer, close, &self_closing);
  if (!close) return (CleanToken){.kind = HTML_TOKEN_END};
  HtmlTag tag = (HtmlTag)clean_name(&html_tag_names, name, (size_t)(name_end - name), &flags);
  return (CleanToken){HTML_TOKEN_START_TAG, flags, self_closing, tag, p, name, name_end, close + 1};
}

/// At "</", which may begin an end tag: these have no attributes here.
CLEAN_INLINE CleanToken clean_end_tag(const char *p) {
  const char *name = p + 2, *name_end = html_name_end(name, false);
  uint8_t flags;
  if (!clean_is_letter(*name) || *name_end != '>') return (CleanToken){.kind = HTML_TOKEN_END};
  HtmlTag tag = (HtmlTag)clean_name(&html_tag_names, name, (size_t)(name_end - name), &flags);
  return (CleanToken){HTML_TOKEN_END_TAG, flags, false, tag, p, name, name_end, name_end + 1};
}

/// Text up to the next '<'.
CLEAN_INLINE CleanToken clean_text(const HtmlLexer *lexer, const char *p) {
  uint8_t flags = 0;
  const char *end = html_scan_text(p, lexer->end, &flags);
  return (CleanToken){HTML_TOKEN_TEXT, flags, false, HTML_TAG_OTHER, p, p, end, end};
}

/// The token at `p`; lexer->at stays where it is.
CLEAN_INLINE CleanToken clean_next(HtmlLexer *lexer, const char *p) {
  if (*p == '<') return p[1] == '/' ? clean_end_tag(p) : clean_start_tag(lexer, p);
  return p < lexer->end ? clean_text(lexer, p) : (CleanToken){.kind = HTML_TOKEN_END};
}

/// Makes the whole token of it, and takes it from the text.
static inline void clean_take(HtmlLexer *lexer, CleanToken clean, HtmlToken *token) {
  token->kind = clean.kind;
  token->start = html_offset(lexer, clean.start);
  token->end = html_offset(lexer, clean.end);
  token->tag = clean.tag;
  token->flags = clean.flags;
  token->self_closing = clean.self_closing;
  token->name_start = html_offset(lexer, clean.name);
  token->name_end = html_offset(lexer, clean.name_end);
  token->attrs = lexer->attrs.data;
  token->attr_count = clean.kind == HTML_TOKEN_START_TAG ? (uint32_t)lexer->attrs.len : 0;
  token->error = 0;
  if (clean.kind == HTML_TOKEN_START_TAG) lexer->last_tag = str_span(clean.name, clean.name_end);
  lexer->at = clean.end;
}

#endif
