/* The short way for text and for tags that have no parse error, which almost all are:
 * `<name attr="v" b=c d/>`.
 *
 * In: data, when nobody wants errors. Out: what grammar/html.re and html_tag.re would make of it, or
 * false for anything that is not clean, with nothing taken. It knows no states: it scans text, names
 * and quoted values 16 bytes at a time and looks names up by their bytes as numbers. */
#include "html/lexer.h"
#include "html/names.h"
#include "html/scan.h"

enum { LONGEST_NAME = 16 };

/// Apart, so that the scanner itself needs no array.
__attribute__((noinline)) static unsigned find_upper_name(const NameTable *table, const char *p, size_t len) {
  char lower[LONGEST_NAME];
  for (size_t i = 0; i < sizeof lower; i++)
    lower[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] | 0x20 : p[i]);
  return name_find(table, lower, len);
}

/// The number of a name in the text, whatever its case.
static inline unsigned find_name(const NameTable *table, const char *p, size_t len, uint8_t flags) {
  if (len > LONGEST_NAME) return 0;
  return flags ? find_upper_name(table, p, len) : name_find(table, p, len);
}

static inline const char *skip_space(const char *p) {
  while (html_is_space(*p)) p++;
  return p;
}

/// The end of a value without quotes, NULL when it is empty or cut off; adds flags. Quotes in it are
/// errors that change nothing.
static const char *scan_unquoted(const char *p, uint8_t *flags) {
  const char *start = p;
  for (; *p != '>' && !html_is_space(*p); p++) {
    if (*p == '\0') return NULL;
    if (*p == '&') *flags |= HTML_HAS_REFERENCE;
  }
  return p == start ? NULL : p;
}

/// Behind '=': the value. Answers what is behind it, NULL when it is not clean.
static inline const char *scan_value(HtmlLexer *lexer, const char *p, HtmlAttr *attr) {
  attr->has_value = true;
  if (html_is_space(*p)) p = skip_space(p);
  if (*p != '"' && *p != '\'') {
    attr->value_start = html_offset(lexer, p);
    p = scan_unquoted(p, &attr->value_flags);
    if (p) attr->value_end = html_offset(lexer, p);
    return p;
  }
  attr->quote = *p++;
  attr->value_start = html_offset(lexer, p);
  p = html_scan_quoted(p, attr->quote, &attr->value_flags);
  attr->value_end = html_offset(lexer, p);
  if (*p == '\0') return NULL;
  p++;
  return *p == '>' || *p == '/' || html_is_space(*p) ? p : NULL;
}

/// Keeps the attribute that is already behind the others; false for a duplicate.
static inline bool keep_attr(HtmlLexer *lexer, HtmlAttr *attr) {
  const char *name = lexer->begin + attr->name_start;
  unsigned known = find_name(&html_attr_names, name, attr->name_end - attr->name_start, attr->name_flags);
  if (!known) {
    HtmlAttr copy = *attr;
    return html_add_attr(lexer, &copy);
  }
  uint64_t bit = (uint64_t)1 << (known & 63);
  if (lexer->known_seen[known >> 6] & bit) return false;
  lexer->known_seen[known >> 6] |= bit;
  attr->known = (uint16_t)known;
  lexer->attrs.len++;
  return true;
}

/// One attribute at `p`. Answers what is behind it, NULL when it is not clean.
static inline const char *scan_attr(HtmlLexer *lexer, const char *p) {
  vec_reserve(lexer->arena, &lexer->attrs);
  HtmlAttr *attr = &lexer->attrs.data[lexer->attrs.len];
  *attr = (HtmlAttr){.name_start = html_offset(lexer, p)};
  const char *end = html_scan_name(p, true, &attr->name_flags);
  if (end == p) return NULL;
  attr->name_end = attr->value_start = attr->value_end = html_offset(lexer, end);
  p = html_is_space(*end) ? skip_space(end) : end;
  if (*p == '=') {
    p = scan_value(lexer, p + 1, attr);
    if (!p) return NULL;
  } else if (p == end && *p != '>' && *p != '/') {
    return NULL;
  }
  return keep_attr(lexer, attr) ? p : NULL;
}

/// The attributes from `p` on. Answers the '>', or NULL.
static inline const char *scan_attrs(HtmlLexer *lexer, const char *p, HtmlToken *token) {
  html_reset_attrs(lexer);
  while (p && *p != '>') {
    if (html_is_space(*p)) {
      p++;
    } else if (*p == '/') {
      if (p[1] != '>') return NULL;
      token->self_closing = true;
      p++;
    } else {
      p = scan_attr(lexer, p);
    }
  }
  return p;
}

/// A tag whose name starts at `name`.
static inline bool scan_tag(HtmlLexer *lexer, HtmlToken *token, const char *name, bool is_end_tag) {
  uint8_t flags = 0;
  const char *name_end = html_scan_name(name, false, &flags), *p = name_end;
  token->self_closing = false;
  lexer->attrs.len = 0;
  if (*p != '>') {
    p = is_end_tag ? NULL : scan_attrs(lexer, p, token);
    if (!p) return false;
  }
  size_t len = (size_t)(name_end - name);
  token->kind = HTML_TOKEN_START_TAG + is_end_tag;
  token->tag = (HtmlTag)find_name(&html_tag_names, name, len, flags);
  token->flags = flags;
  token->name_start = html_offset(lexer, name);
  token->name_end = html_offset(lexer, name_end);
  token->attrs = lexer->attrs.data;
  token->attr_count = (uint32_t)lexer->attrs.len;
  lexer->last_tags[is_end_tag] = (Str){name, len};
  lexer->at = p + 1;
  return true;
}

static inline void scan_text(HtmlLexer *lexer, HtmlToken *token, const char *p) {
  token->kind = HTML_TOKEN_TEXT;
  token->flags = 0;
  token->tag = HTML_TAG_OTHER;
  token->attr_count = 0;
  token->name_start = html_offset(lexer, p);
  lexer->at = html_scan_text(p, lexer->end, &token->flags);
  token->name_end = html_offset(lexer, lexer->at);
}

static inline bool is_letter(char c) { return (unsigned char)((c | 0x20) - 'a') < 26; }

static inline bool lex_clean(HtmlLexer *lexer, HtmlToken *token) {
  const char *p = lexer->at;
  if (*p == '<') {
    bool is_end_tag = p[1] == '/';
    const char *name = p + 1 + is_end_tag;
    if (!is_letter(*name) || !scan_tag(lexer, token, name, is_end_tag)) return false;
  } else {
    if (p == lexer->end) return false;
    scan_text(lexer, token, p);
  }
  token->start = html_offset(lexer, p);
  token->end = html_offset(lexer, lexer->at);
  token->error = 0;
  return true;
}

void html_lexer_next(HtmlLexer *lexer, HtmlToken *token) {
  if (lexer->model == HTML_DATA && lexer->short_cuts && lex_clean(lexer, token)) return;
  html_lex_by_states(lexer, token);
}
