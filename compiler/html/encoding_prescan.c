/* The search for a declared encoding in the first 1024 bytes (HTML standard, 13.2.3.2).
 *
 * In: bytes in an unknown encoding that extends ASCII. Out: the encoding and its label. Surprising:
 * running out of bytes anywhere, even inside of a comment, ends the search; an XML declaration counts
 * only when no meta element does. */
#include "html/encoding_table.h"
#include "html/scan.h"

enum { PRESCAN_BYTES = 1024 };

typedef struct Scan {
  Arena *arena;
  const char *p, *end;
  Str unknown;  // the first label that the standard does not have
} Scan;

typedef struct Attribute {
  Str name, value;  // in lower case
} Attribute;

static bool at(const Scan *scan, const char *word) {
  size_t len = strlen(word);
  return (size_t)(scan->end - scan->p) >= len && str_eq_nocase((Str){scan->p, len}, str_from(word));
}

static bool is_letter(char c) { return (unsigned char)((c | 0x20) - 'a') < 26; }

static void skip_space(Scan *scan) {
  while (scan->p < scan->end && html_is_space(*scan->p)) scan->p++;
}

/// Moves behind the next `word`; false (and to the end) when there is none.
static bool skip_past(Scan *scan, const char *word) {
  ptrdiff_t found = str_find(str_span(scan->p, scan->end), str_from(word));
  scan->p = found < 0 ? scan->end : scan->p + found + strlen(word);
  return found >= 0;
}

/// The value at the cursor, up to a quote or to a space or '>'.
static bool read_value(Scan *scan, Str *value) {
  const char *start;
  skip_space(scan);
  if (scan->p == scan->end) return false;
  char quote = *scan->p == '"' || *scan->p == '\'' ? *scan->p++ : '\0';
  for (start = scan->p; scan->p < scan->end; scan->p++) {
    if (quote ? *scan->p == quote : html_is_space(*scan->p) || *scan->p == '>') break;
  }
  *value = str_lower(scan->arena, str_span(start, scan->p));
  if (scan->p == scan->end) return false;
  if (quote) scan->p++;
  return true;
}

/// "Get an attribute": false when the tag has no more, or the bytes end.
static bool read_attribute(Scan *scan, Attribute *attribute) {
  while (scan->p < scan->end && (html_is_space(*scan->p) || *scan->p == '/')) scan->p++;
  if (scan->p == scan->end || *scan->p == '>') return false;
  const char *start = scan->p++;  // a '=' may start a name
  for (; scan->p < scan->end && *scan->p != '=' && *scan->p != '/' && *scan->p != '>'; scan->p++) {
    if (html_is_space(*scan->p)) break;
  }
  *attribute = (Attribute){str_lower(scan->arena, str_span(start, scan->p)), STR("")};
  skip_space(scan);
  if (scan->p == scan->end) return false;
  if (*scan->p != '=') return true;
  scan->p++;
  return read_value(scan, &attribute->value);
}

/// The label in "text/html; charset=…" (2.4.5, in lower case); false when there is none.
static bool label_of_content(Str content, Str *label) {
  for (ptrdiff_t found; (found = str_find(content, STR("charset"))) >= 0;) {
    content = str_skip(content, (size_t)found + 7);
    while (content.len && html_is_space(*content.data)) content = str_skip(content, 1);
    if (!content.len || *content.data != '=') continue;
    content = str_skip(content, 1);
    while (content.len && html_is_space(*content.data)) content = str_skip(content, 1);
    if (!content.len) return false;
    char quote = *content.data;
    if (quote == '"' || quote == '\'') {
      content = str_skip(content, 1);
      ptrdiff_t end = str_find_char(content, quote);
      *label = str_take(content, end < 0 ? 0 : (size_t)end);
      return end >= 0;
    }
    size_t len = 0;
    while (len < content.len && !html_is_space(content.data[len]) && content.data[len] != ';') len++;
    *label = str_take(content, len);
    return true;
  }
  return false;
}

static EncodingId known_label(Scan *scan, Str label) {
  EncodingId id = encoding_of_label(label);
  if (id == ENCODING_NONE && !scan->unknown.data) scan->unknown = label;
  if (id == ENCODING_UTF_16BE || id == ENCODING_UTF_16LE) return ENCODING_UTF_8;
  return id == ENCODING_X_USER_DEFINED ? ENCODING_WINDOWS_1252 : id;
}

/// What a meta element's attributes say; the first of a name counts.
typedef struct Meta {
  bool seen_http_equiv, seen_content, seen_charset;
  bool pragma;                   // http-equiv="content-type"
  bool has_label, needs_pragma;  // needs_pragma: the label is that of `content`
  Str label;
} Meta;

static void add_to_meta(Meta *meta, const Attribute *attribute) {
  Str label;
  if (str_eq(attribute->name, STR("http-equiv")) && !meta->seen_http_equiv) {
    meta->seen_http_equiv = true;
    meta->pragma = str_eq(attribute->value, STR("content-type"));
  } else if (str_eq(attribute->name, STR("content")) && !meta->seen_content) {
    meta->seen_content = true;
    if (meta->has_label || !label_of_content(attribute->value, &label)) return;
    meta->has_label = meta->needs_pragma = true;
    meta->label = label;
  } else if (str_eq(attribute->name, STR("charset")) && !meta->seen_charset) {
    meta->seen_charset = meta->has_label = true;
    meta->needs_pragma = false;
    meta->label = attribute->value;
  }
}

static EncodingId read_meta(Scan *scan, Str *label) {
  Meta meta = {0};
  Attribute attribute;
  while (read_attribute(scan, &attribute)) add_to_meta(&meta, &attribute);
  if (scan->p == scan->end || !meta.has_label || (meta.needs_pragma && !meta.pragma)) return ENCODING_NONE;
  *label = meta.label;
  return known_label(scan, meta.label);
}

static void skip_tag(Scan *scan) {
  Attribute attribute;
  while (scan->p < scan->end && !html_is_space(*scan->p) && *scan->p != '>') scan->p++;
  while (read_attribute(scan, &attribute)) continue;
}

static bool at_tag(const Scan *scan) {
  const char *p = scan->p + 1;
  if (p < scan->end && *p == '/') p++;
  return *scan->p == '<' && p < scan->end && is_letter(*p);
}

static bool at_meta(const Scan *scan) {
  return at(scan, "<meta") && scan->p + 5 < scan->end && (html_is_space(scan->p[5]) || scan->p[5] == '/');
}

/// The next '<', or the end: what is between means nothing.
static const char *next_open(const Scan *scan) {
  const char *open = html_find_open(scan->p, scan->end);
  return open ? open : scan->end;
}

static EncodingId scan_markup(Scan *scan, Str *label) {
  for (; (scan->p = next_open(scan)) < scan->end; scan->p++) {
    if (at(scan, "<!--")) {
      scan->p += 2;  // "<!-->" is a whole comment
      if (skip_past(scan, "-->")) scan->p--;
    } else if (at_meta(scan)) {
      scan->p += 6;
      EncodingId id = read_meta(scan, label);
      if (id != ENCODING_NONE) return id;
    } else if (at_tag(scan)) {
      skip_tag(scan);
    } else if (at(scan, "<!") || at(scan, "</") || at(scan, "<?")) {
      if (skip_past(scan, ">")) scan->p--;
    }
    if (scan->p == scan->end) break;
  }
  return ENCODING_NONE;
}

static void skip_low(Scan *scan) {
  while (scan->p < scan->end && (unsigned char)*scan->p <= 0x20) scan->p++;
}

/// "Get an XML encoding": <?xml … encoding="…"?>.
static EncodingId scan_xml(Scan *scan, Str *label) {
  if (!at(scan, "<?xml") || memcmp(scan->p, "<?xml", 5) != 0) return ENCODING_NONE;
  const char *close = memchr(scan->p, '>', (size_t)(scan->end - scan->p));
  if (!close) return ENCODING_NONE;
  scan->end = close;
  if (!skip_past(scan, "encoding")) return ENCODING_NONE;
  skip_low(scan);
  if (scan->p == scan->end || *scan->p++ != '=') return ENCODING_NONE;
  skip_low(scan);
  if (scan->p == scan->end || (*scan->p != '"' && *scan->p != '\'')) return ENCODING_NONE;
  Str rest = str_span(scan->p + 1, scan->end);
  ptrdiff_t len = str_find_char(rest, *scan->p);
  if (len < 0) return ENCODING_NONE;
  *label = str_take(rest, (size_t)len);
  for (size_t i = 0; i < label->len; i++) {
    if ((unsigned char)label->data[i] <= 0x20) return ENCODING_NONE;
  }
  EncodingId id = known_label(scan, *label);
  return id;
}

EncodingId encoding_prescan(Arena *arena, Str bytes, Str *label) {
  Str head = str_take(bytes, PRESCAN_BYTES);
  Scan scan = {.arena = arena, .p = head.data, .end = head.data + head.len};
  *label = STR_NONE;
  if (str_starts(head, (Str){"<\0?\0x\0", 6})) return ENCODING_UTF_16LE;
  if (str_starts(head, (Str){"\0<\0?\0x", 6})) return ENCODING_UTF_16BE;
  EncodingId id = scan_markup(&scan, label);
  if (id == ENCODING_NONE) {
    scan.p = head.data;
    id = scan_xml(&scan, label);
  }
  if (id == ENCODING_NONE) *label = scan.unknown;
  return id;
}
