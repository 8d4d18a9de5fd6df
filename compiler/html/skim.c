/* Reading markup only to know where it ends.
 *
 * In: a text and places in it. Out: whether a tag may be there. Surprising: which elements hold raw text is
 * for the tree builder to say. It says otherwise than by their names only in foreign content, after a
 * frameset, and behind `<col>` in a template. In SVG, whose end is counted in a way that is never early, such
 * an element is passed when it holds only text, which is the same text either way; whatever else is in doubt
 * ends the skimming. */
#include "html/skim.h"

#include "html/scan.h"
#include "html/skim_plain.h"

// What a start tag's name makes of the text behind it.
typedef enum After {
  AFTER_MARKUP,
  AFTER_RAW_TEXT,
  AFTER_SCRIPT,
  AFTER_SVG,
  AFTER_POINT,  // where SVG may hold HTML
  AFTER_TEMPLATE,
  AFTER_COLUMN,
  AFTER_UNSURE,
} After;

typedef struct Name {
  const char *name;
  After after;
} Name;

static const Name names[] = {
    {"script", AFTER_SCRIPT},     {"style", AFTER_RAW_TEXT},      {"title", AFTER_RAW_TEXT},
    {"textarea", AFTER_RAW_TEXT}, {"iframe", AFTER_RAW_TEXT},     {"xmp", AFTER_RAW_TEXT},
    {"noembed", AFTER_RAW_TEXT},  {"noframes", AFTER_RAW_TEXT},   {"svg", AFTER_SVG},
    {"desc", AFTER_POINT},        {"foreignobject", AFTER_POINT}, {"template", AFTER_TEMPLATE},
    {"col", AFTER_COLUMN},        {"math", AFTER_UNSURE},         {"frameset", AFTER_UNSURE},
    {"plaintext", AFTER_UNSURE},
};

enum { LONGEST_NAME = 13 };

/// By first letter, a bit for each length of these names: nearly all others are known by it.
static const uint16_t lengths[32] = {
    ['c' & 31] = 1 << 3,           ['d' & 31] = 1 << 4,
    ['f' & 31] = 1 << 8 | 1 << 13, ['i' & 31] = 1 << 6,
    ['m' & 31] = 1 << 4,           ['n' & 31] = 1 << 7 | 1 << 8,
    ['p' & 31] = 1 << 9,           ['s' & 31] = 1 << 3 | 1 << 5 | 1 << 6,
    ['t' & 31] = 1 << 5 | 1 << 8,  ['x' & 31] = 1 << 3,
};

static After after_name(Str name) {
  if (name.len > LONGEST_NAME || !(lengths[name.data[0] & 31] >> name.len & 1)) return AFTER_MARKUP;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (names[i].name[0] == (name.data[0] | 0x20) && str_eq_nocase(name, str_from(names[i].name)))
      return names[i].after;
  return AFTER_MARKUP;
}

HtmlSkim html_skim(Str text) {
  const char *begin = text.len ? text.data : "";
  return (HtmlSkim){.begin = begin, .end = begin + text.len, .at = begin, .tag_end = begin};
}

static bool is_letter(char c) { return (unsigned char)((c | 0x20) - 'a') < 26; }

/// All that follows may be in a tag.
static void give_up(HtmlSkim *skim) { skim->at = skim->tag_end = skim->end + 1; }

/// All that follows is no tag.
static void take_rest(HtmlSkim *skim) { skim->at = skim->end + 1; }

#if defined(__SSE2__) && !defined(FXC_NO_SIMD)

/// The quote that ends a value, or a NUL.
static inline const char *find_quote(const char *p, char quote) {
  for (;; p += sizeof(HtmlBytes)) {
    HtmlBytes v = html_load(p);
    unsigned stop = html_mask(html_or(html_equal(v, quote), html_equal(v, '\0')));
    if (stop) return p + __builtin_ctz(stop);
  }
}

#else

static inline const char *find_quote(const char *p, char quote) {
  while (*p && *p != quote) p++;
  return p;
}

#endif

/// Behind a value at `p`, which follows '='; NULL when it is not clean.
static inline const char *skip_value(const char *p) {
  while (html_is_space(*p)) p++;
  if (*p == '"' || *p == '\'') {
    char quote = *p++;
    p = find_quote(p, quote);
    return *p == quote ? p + 1 : NULL;
  }
  while (*p && *p != '>' && !html_is_space(*p)) p++;
  return *p ? p : NULL;
}

/// Behind the '>' of a tag whose name ends at `p`; NULL when the tag is not clean.
static const char *skip_attrs(const char *p, bool *self_closing) {
  *self_closing = false;
  while (p && *p != '>') {
    if (html_is_space(*p) || *p == '/') {
      *self_closing = *p++ == '/' && *p == '>';
      continue;
    }
    const char *name = p;
    p = html_name_end(name, true);
    if (p == name) return NULL;
    const char *name_end = p;
    while (html_is_space(*p)) p++;
    if (*p == '=')
      p = skip_value(p + 1);
    else if (p == name_end && *p != '/' && *p != '>')
      return NULL;
  }
  return p ? p + 1 : NULL;
}

static bool ends_raw_text(const char *p, Str name) {
  if (p[1] != '/' || strncasecmp(p + 2, name.data, name.len) != 0) return false;
  char behind = p[2 + name.len];
  return behind == '>' || behind == '/' || html_is_space(behind);
}

/// Up to the end tag of raw text that starts at skim->at. A comment in a script may hide its end.
static void skip_raw_text(HtmlSkim *skim, Str name, bool script) {
  for (const char *p = skim->at; (p = memchr(p, '<', (size_t)(skim->end - p))) != NULL; p++) {
    if (ends_raw_text(p, name)) {
      skim->at = p;
      return;
    }
    if (script && p[1] == '!') {
      give_up(skim);
      return;
    }
  }
  take_rest(skim);
}

/// What may be raw text, or may be markup: the same if it is only text.
static void skip_only_text(HtmlSkim *skim, Str name) {
  const char *open = memchr(skim->at, '<', (size_t)(skim->end - skim->at));
  if (open && ends_raw_text(open, name))
    skim->at = open;
  else
    give_up(skim);
}

static void skip_content(HtmlSkim *skim, Str name, After after) {
  switch (after) {
    case AFTER_MARKUP:
      break;
    case AFTER_RAW_TEXT:
    case AFTER_SCRIPT:
      if (skim->svg)
        skip_only_text(skim, name);
      else
        skip_raw_text(skim, name, after == AFTER_SCRIPT);
      break;
    case AFTER_POINT:
      if (skim->svg) skip_only_text(skim, name);
      break;
    case AFTER_SVG:
      skim->svg++;
      break;
    case AFTER_TEMPLATE:
      skim->in_template = true;
      break;
    case AFTER_COLUMN:
      if (skim->in_template) give_up(skim);
      break;
    case AFTER_UNSURE:
      give_up(skim);
      break;
  }
}

/// At '<' or '</' and a letter.
static void skip_tag(HtmlSkim *skim, const char *start, bool is_end_tag) {
  bool self_closing;
  const char *name_end = html_name_end(start, false), *end = skip_attrs(name_end, &self_closing);
  if (!end) {
    give_up(skim);
    return;
  }
  skim->at = skim->tag_end = end;
  Str name = str_span(start, name_end);
  After after = after_name(name);
  if (after == AFTER_SVG && (is_end_tag || self_closing))
    skim->svg -= is_end_tag && skim->svg;
  else if (!is_end_tag)
    skip_content(skim, name, after);
}

/// At "<!--"; it ends with "-->", whose dashes may be the first two, or with "--!>", whose dashes may not.
static void skip_comment(HtmlSkim *skim, const char *start) {
  for (const char *p = start + 2; (p = memchr(p, '>', (size_t)(skim->end - p))) != NULL; p++) {
    bool plain = p - start >= 4 && p[-1] == '-' && p[-2] == '-';
    bool bang = p - start >= 7 && p[-1] == '!' && p[-2] == '-' && p[-3] == '-';
    if (!plain && !bang) continue;
    skim->at = p + 1;
    return;
  }
  take_rest(skim);
}

static void skip_to_close(HtmlSkim *skim, const char *p) {
  const char *close = p < skim->end ? memchr(p, '>', (size_t)(skim->end - p)) : NULL;
  if (close)
    skim->at = close + 1;
  else
    take_rest(skim);
}

/// At a '<' of data.
static void skip_markup(HtmlSkim *skim, const char *p) {
  skim->tag_end = skim->begin;
  bool is_end_tag = p[1] == '/';
  if (is_letter(p[1 + is_end_tag]))
    skip_tag(skim, p + 1 + is_end_tag, is_end_tag);
  else if (p[1] == '!' && p[2] == '-' && p[3] == '-')
    skip_comment(skim, p);
  else if (p[1] == '?' || (p[1] == '!' && p[2] == '['))
    give_up(skim);
  else if (p[1] == '!' || is_end_tag)
    skip_to_close(skim, p + 2);
  else
    skim->at = p + 1;
}

bool html_skim_may_be_in_tag(HtmlSkim *skim, size_t place) {
  const char *target = skim->begin + place, *open;
  while (skim->at <= target && (open = html_skim_plain(skim, target)) != NULL) skip_markup(skim, open);
  return target < skim->tag_end;
}
