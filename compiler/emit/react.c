/* Look-ups in React's tables. In: names of a document. Out: lines of the tables. Surprising: the tables are
 * indexed once a process, into static arrays (nothing to free, nothing to run out of), under pthread_once. */
#include "emit/react.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/utf8.h"

enum { SLOTS = 2048, MOST_ATTRS = 1024, MOST_ELEMENTS = REACT_MOST_ELEMENTS };

// The texts of each table, one behind the other with a NUL behind each: pointers to them would be relocated
// whenever fxc starts, although most runs ask for none.
static const char element_texts[] =
#define ELEMENT(name, family) name "\0"
#include "../../runtime/elements.def"
#undef ELEMENT
    ;
static const char attr_texts[] =
#define ATTRIBUTE(html, react, kind, words, on) html "\0" react "\0" words "\0" on "\0"
#include "../../runtime/attributes.def"
#undef ATTRIBUTE
    ;
static const char style_texts[] =
#define STYLE(name) name "\0"
#include "../../runtime/styles.def"
#undef STYLE
    ;

#define HTML false
#define SVG true
static const bool is_svg[] = {
    false,  // 0 is no element
#define ELEMENT(name, family) family,
#include "../../runtime/elements.def"
#undef ELEMENT
};
#undef HTML
#undef SVG
static const uint8_t kinds[] = {
#define ATTRIBUTE(html, react, kind, words, on) REACT_##kind,
#include "../../runtime/attributes.def"
#undef ATTRIBUTE
};
enum {
#define STYLE(name) +1
  STYLE_COUNT = 0
#include "../../runtime/styles.def"
#undef STYLE
};
enum { ELEMENT_COUNT = sizeof is_svg / sizeof *is_svg, ATTR_COUNT = sizeof kinds / sizeof *kinds };

static Str elements[ELEMENT_COUNT], styles[STYLE_COUNT], typed_on[ATTR_COUNT];
static ReactAttr attrs[ATTR_COUNT];

_Static_assert(STYLE_COUNT < SLOTS / 2, "an index is too small");
_Static_assert((int)ELEMENT_COUNT <= MOST_ELEMENTS && (int)ATTR_COUNT <= MOST_ATTRS, "an index is too small");

static uint64_t typed[MOST_ATTRS][MOST_ELEMENTS / 64];  // bit sets of elements, by line
static uint8_t lines_of[MOST_ATTRS];                    // by the first line of a name
static uint16_t attr_slots[SLOTS], element_slots[SLOTS], style_slots[SLOTS];
static uint16_t known_attrs[HTML_ATTR_COUNT];  // line + 1
static ReactTables tables;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_bool indexed;  // asked for every element: a load costs less than a call

static uint32_t hash_name(Str name) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < name.len; i++) hash = (hash ^ (uint8_t)name.data[i]) * 16777619u;
  return hash ^ hash >> 15;
}

// Only the first line of a name is entered.
static void enter_attr(uint16_t line) {
  uint32_t at = hash_name(attrs[line].html) % SLOTS;
  for (; attr_slots[at]; at = (at + 1) % SLOTS)
    if (str_eq(attrs[attr_slots[at] - 1].html, attrs[line].html)) {
      lines_of[attr_slots[at] - 1]++;
      return;
    }
  attr_slots[at] = (uint16_t)(line + 1);
  lines_of[line] = 1;
}

static uint16_t find_attr(Str name) {
  for (uint32_t at = hash_name(name) % SLOTS; attr_slots[at]; at = (at + 1) % SLOTS)
    if (str_eq(attrs[attr_slots[at] - 1].html, name)) return attr_slots[at];
  return 0;
}

static ReactElementId find_element(Str name) {
  for (uint32_t at = hash_name(name) % SLOTS; element_slots[at]; at = (at + 1) % SLOTS)
    if (str_eq(elements[element_slots[at]], name)) return element_slots[at];
  return 0;
}

static void set_typed(uint16_t line, ReactElementId element) {
  typed[line][element / 64] |= (uint64_t)1 << (element % 64);
}

static void read_typed(uint16_t line) {
  Str rest = typed_on[line], word;
  while (str_split(&rest, ' ', &word)) {
    bool all_html = str_eq(word, STR("*")), all_svg = str_eq(word, STR("%"));
    for (uint32_t i = 1; i < ELEMENT_COUNT; i++)
      if (is_svg[i] ? all_svg : all_html) set_typed(line, (ReactElementId)i);
    ReactElementId one = find_element(word);
    if (one) set_typed(line, one);
  }
}

// The text at `*at`, which moves behind it.
static Str next_text(const char **at) {
  Str text = str_from(*at);
  *at += text.len + 1;
  return text;
}

static void find_texts(void) {
  const char *at = element_texts;
  elements[0] = STR("");
  for (size_t i = 1; i < ELEMENT_COUNT; i++) elements[i] = next_text(&at);
  at = style_texts;
  for (size_t i = 0; i < STYLE_COUNT; i++) styles[i] = next_text(&at);
  at = attr_texts;
  for (size_t i = 0; i < ATTR_COUNT; i++) {
    attrs[i].html = next_text(&at);
    attrs[i].react = next_text(&at);
    attrs[i].kind = (ReactKind)kinds[i];
    attrs[i].words = next_text(&at);
    typed_on[i] = next_text(&at);
  }
}

// Where lines of one name disagree about an element, the first one counts.
static void find_text_lines(HtmlAttrName known) {
  uint64_t seen[MOST_ELEMENTS / 64] = {0};
  uint16_t first = known_attrs[known], line = (uint16_t)(first - 1);
  for (uint16_t end = first ? (uint16_t)(line + lines_of[line]) : line; line < end; line++) {
    bool text = attrs[line].kind == REACT_STRING;
    if (text) tables.texts[known].name = attrs[line].react;
    for (size_t i = 0; i < MOST_ELEMENTS / 64; i++) {
      if (text) tables.texts[known].on[i] |= typed[line][i] & ~seen[i];
      seen[i] |= typed[line][i];
    }
  }
}

static void make_index(void) {
  find_texts();
  for (uint32_t i = 1; i < ELEMENT_COUNT; i++) {
    uint32_t at = hash_name(elements[i]) % SLOTS;
    while (element_slots[at]) at = (at + 1) % SLOTS;
    element_slots[at] = (uint16_t)i;
  }
  for (uint32_t i = 0; i < STYLE_COUNT; i++) {
    uint32_t at = hash_name(styles[i]) % SLOTS;
    while (style_slots[at]) at = (at + 1) % SLOTS;
    style_slots[at] = (uint16_t)(i + 1);
  }
  for (uint32_t i = 0; i < ATTR_COUNT; i++) {
    enter_attr((uint16_t)i);
    read_typed((uint16_t)i);
  }
  for (int i = 1; i < HTML_ATTR_COUNT; i++) {
    known_attrs[i] = find_attr(html_attr_name((HtmlAttrName)i));
    find_text_lines((HtmlAttrName)i);
  }
  for (int i = 1; i < HTML_TAG_COUNT; i++) {
    Str name = html_tag_name((HtmlTag)i);
    tables.tags[i] = (ReactTag){name, find_element(name)};
  }
  atomic_store_explicit(&indexed, true, memory_order_release);
}

static inline void need_index(void) {
  if (!atomic_load_explicit(&indexed, memory_order_acquire)) pthread_once(&once, make_index);
}

const ReactTables *react_tables(void) {
  need_index();
  return &tables;
}

ReactElementId react_element(const HtmlTree *tree, HtmlNodeId node) {
  need_index();
  const HtmlNode *n = html_node(tree, node);
  if (n->space == HTML_NS_MATHML) return 0;
  // "foreignobject" is the tag's name in the table, "foreignObject" the element's.
  if (n->space == HTML_NS_HTML && n->tag != HTML_TAG_OTHER) return tables.tags[n->tag].element;
  return find_element(html_element_name(tree, node));
}

static bool is_typed(uint16_t line, ReactElementId element) {
  return element && (typed[line][element / 64] >> (element % 64) & 1);
}

const ReactAttr *react_attr(HtmlAttrName known, Str name, ReactElementId element, bool *is_known) {
  need_index();
  uint16_t first = known != HTML_ATTR_OTHER ? known_attrs[known] : find_attr(name);
  *is_known = false;
  if (!first) return NULL;
  const ReactAttr *line = &attrs[first - 1];
  if (!element) return line;
  uint32_t end = first - 1u + lines_of[first - 1];
  for (uint32_t i = first - 1u; i < end; i++) {
    if (!is_typed((uint16_t)i, element)) continue;
    *is_known = true;
    return &attrs[i];
  }
  return line;
}

bool react_types_style(Str name) {
  need_index();
  for (uint32_t at = hash_name(name) % SLOTS; style_slots[at]; at = (at + 1) % SLOTS)
    if (str_eq(styles[style_slots[at] - 1], name)) return true;
  return false;
}

static bool is_name_start(uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         (c >= 0xC0 && c <= 0xD6) || (c >= 0xD8 && c <= 0xF6) || (c >= 0xF8 && c <= 0x2FF) ||
         (c >= 0x370 && c <= 0x37D) || (c >= 0x37F && c <= 0x1FFF) || (c >= 0x200C && c <= 0x200D) ||
         (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) || (c >= 0x3001 && c <= 0xD7FF) ||
         (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD);
}

static bool is_name_part(uint32_t c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 0xB7 ||
         (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
}

bool react_can_name(Str name) {
  for (size_t at = 0; at < name.len;) {
    uint32_t point;
    size_t length = utf8_decode(str_skip(name, at), &point);
    if (at ? !is_name_part(point) : !is_name_start(point)) return false;
    at += length;
  }
  return name.len > 0;
}

bool react_is_custom(Str tag) {
  static const char *const taken[] = {"annotation-xml", "color-profile", "font-face",
                                      "font-face-src",  "font-face-uri", "font-face-format",
                                      "font-face-name", "missing-glyph"};
  if (str_find_char(tag, '-') < 0) return false;
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
    if (str_eq(tag, str_from(taken[i]))) return false;
  return true;
}

bool react_has_word(const ReactAttr *attr, Str value) {
  Str rest = attr->words, word;
  while (str_split(&rest, ' ', &word))
    if (str_eq(word, value)) return true;
  return false;
}
