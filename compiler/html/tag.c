/* The tables of tag and attribute names, filled from grammar/html_tags.def and html_attrs.def.
 *
 * In: names. Out: their numbers, and back. Surprising: names of more than NAME_LIMIT bytes are compared with
 * each such name; there are three. */
#include "html/tag.h"

#include <pthread.h>
#include <stdatomic.h>

#include "html/names.h"

static const Str tag_names[] = {
    {"", 0},
#define TAG(constant, name) {name, sizeof(name) - 1},
#include "html_tags.def"
#undef TAG
};

static const Str attr_names[] = {
    {"", 0},
#define ATTR(constant, name) {name, sizeof(name) - 1},
#include "html_attrs.def"
#undef ATTR
};

_Static_assert((int)HTML_TAG_COUNT <= (int)NAMES, "NAMES is too small");
_Static_assert(HTML_ATTR_COUNT <= 128, "HtmlLexer.known_seen has 128 bits");

NameTable html_tag_names, html_attr_names;

const char html_name_masks[2 * NAME_LIMIT] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

static void add(NameTable *table, Str name, unsigned number) {
  if (name.len > NAME_LIMIT) return;
  memcpy(table->keys[number], name.data, name.len);
  size_t i = name_hash(name_first(name_key(table->keys[number], name.len)), name.len);
  while (table->slots[i]) i = (i + 1) % NAME_SLOTS;
  table->slots[i] = (uint8_t)number;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_bool filled;

static void fill_tables(void) {
  for (unsigned i = 1; i < HTML_TAG_COUNT; i++) add(&html_tag_names, tag_names[i], i);
  for (unsigned i = 1; i < HTML_ATTR_COUNT; i++) add(&html_attr_names, attr_names[i], i);
  atomic_store_explicit(&filled, true, memory_order_release);
}

void html_names_fill(void) {
  if (!atomic_load_explicit(&filled, memory_order_acquire)) pthread_once(&once, fill_tables);
}

static unsigned find_long(Str name) {
  static const uint8_t numbers[] = {HTML_ATTR_SHADOWROOTCLONABLE, HTML_ATTR_SHADOWROOTDELEGATESFOCUS,
                                    HTML_ATTR_SHADOWROOTSERIALIZABLE};
  for (size_t i = 0; i < sizeof numbers; i++)
    if (str_eq(attr_names[numbers[i]], name)) return numbers[i];
  return 0;
}

static unsigned find(const NameTable *table, const Str *names, Str name) {
  char padded[NAME_LIMIT] = {0};
  html_names_fill();
  if (name.len == 0 || name.len > NAME_LIMIT) return 0;
  memcpy(padded, name.data, name.len);
  unsigned number = name_find(table, padded, name.len);
  return names[number].len == name.len ? number : 0;  // not when it ends with U+0000
}

HtmlTag html_tag_find(Str name) { return (HtmlTag)find(&html_tag_names, tag_names, name); }
Str html_tag_name(HtmlTag tag) { return tag_names[tag]; }
HtmlAttrName html_attr_find(Str name) {
  return (HtmlAttrName)(name.len > NAME_LIMIT ? find_long(name) : find(&html_attr_names, attr_names, name));
}
Str html_attr_name(HtmlAttrName attr) { return attr_names[attr]; }
