/* In: what was read of a page; out: bytes, and back. The bytes begin with what the project hears of the page,
 * so that fragment_heard() is the same writer run without places. Surprising: no index, no offsets: a
 * fragment is read from its start to its end in a microsecond or two. */
#include "store/fragment.h"

#include "ir/attr.h"
#include "store/saved_diags.h"

// Bits of an element and of a fragment.
enum { ELEMENT_REQUIRED = 1, ELEMENT_ENHANCE = 2, ELEMENT_BITS = 4 };
enum { FRAGMENT_NEEDS = 1, FRAGMENT_FAILED = 2, FRAGMENT_SLOTS_UNKNOWN = 4, FRAGMENT_BITS = 8 };
enum { NEEDS_STYLE = 1, NEEDS_PLUGINS = 2, NEEDS_UNDECLARED = 4, NEEDS_BITS = 8 };
enum { IGNORE_WHOLE = 1, IGNORE_OURS = 2, IGNORE_BITS = 4 };
enum { USE_ENHANCES = 1, USE_LOCATED = 2, USE_BITS = 4 };

// The fewest bytes that each takes.
enum { LEAST_ELEMENT = 10, LEAST_USE = 5, LEAST_ATTR = 6, LEAST_SLOT = 3, LEAST_DEPENDS = 3 };
enum { LEAST_SOURCE = 2, LEAST_IGNORE = 5, LEAST_MATCH = 1 };

/* Writing */

// How many places FactText.items has: one for each item of the list that is not empty.
static size_t count_items(Str text) {
  AttrCursor cursor = attr_cursor(text);
  AttrItem item;
  size_t count = 0;
  while (attr_next_listed(&cursor, &item)) count += item.start < item.end;
  return count;
}

static void put_text(CodecWriter *writer, const FactText *fact) {
  codec_put_str(writer, fact->text);
  codec_put_span(writer, fact->span);
}

static void put_list(CodecWriter *writer, const FactText *fact) {
  put_text(writer, fact);
  codec_put(writer, fact->items != NULL);
  size_t count = fact->items ? count_items(fact->text) : 0;
  for (size_t i = 0; i < count; i++) codec_put_span(writer, fact->items[i]);
}

static void put_uses(CodecWriter *writer, const FactElement *element) {
  codec_put(writer, element->names.len);
  for (size_t i = 0; i < element->names.len; i++) {
    bool located = i < element->places.len;
    codec_put(writer, (element->enhances.data[i] ? USE_ENHANCES : 0) | (located ? USE_LOCATED : 0));
    put_text(writer, &element->names.data[i]);
    put_text(writer, &element->ranges.data[i]);
    if (!located) continue;
    codec_put(writer, element->places.data[i].line);
    codec_put(writer, element->places.data[i].column);
  }
}

static void put_attr(CodecWriter *writer, const FactAttr *attr) {
  codec_put_str(writer, attr->name);
  codec_put_span(writer, attr->span);
  codec_put_span(writer, attr->name_span);
  put_list(writer, &attr->value);
}

static void put_element(CodecWriter *writer, const FactElement *element) {
  codec_put(writer, (element->required ? ELEMENT_REQUIRED : 0) | (element->enhance ? ELEMENT_ENHANCE : 0));
  codec_put_str(writer, element->tag);
  codec_put_span(writer, element->span);
  put_uses(writer, element);
  codec_put(writer, element->attrs.len);
  for (size_t i = 0; i < element->attrs.len; i++) put_attr(writer, &element->attrs.data[i]);
  codec_put(writer, element->slots.len);
  for (size_t i = 0; i < element->slots.len; i++) {
    put_text(writer, &element->slots.data[i].name);
    codec_put_str(writer, element->slots.data[i].element);
  }
  codec_put(writer, element->depends.len);
  for (size_t i = 0; i < element->depends.len; i++) {
    put_text(writer, &element->depends.data[i].name);
    codec_put(writer, element->depends.data[i].on_page);
  }
  put_text(writer, &element->provider);
  put_list(writer, &element->fallback);
  put_text(writer, &element->flag);
}

static void put_needs(CodecWriter *writer, const CspNeeds *needs) {
  codec_put(writer, (needs->inline_style ? NEEDS_STYLE : 0) | (needs->plugins ? NEEDS_PLUGINS : 0) |
                        (needs->undeclared ? NEEDS_UNDECLARED : 0));
  codec_put(writer, needs->sources.len);
  for (size_t i = 0; i < needs->sources.len; i++) {
    codec_put(writer, needs->sources.data[i].directive);
    codec_put_str(writer, needs->sources.data[i].source);
  }
}

static void put_ignores(CodecWriter *writer, const Ignores *ignores) {
  codec_put(writer, ignores->len);
  for (size_t i = 0; i < ignores->len; i++) {
    const Ignore *ignore = &ignores->data[i];
    codec_put(writer, ignore->code);
    codec_put(writer, (ignore->whole ? IGNORE_WHOLE : 0) | (ignore->ours ? IGNORE_OURS : 0));
    codec_put_span(writer, ignore->place);
    codec_put_span(writer, ignore->removed);
    codec_put_span(writer, ignore->scope);
  }
}

static void put_heard(CodecWriter *writer, const Fragment *fragment) {
  codec_put(writer, (fragment->has_needs ? FRAGMENT_NEEDS : 0) | (fragment->failed ? FRAGMENT_FAILED : 0) |
                        (fragment->facts.slots_unknown ? FRAGMENT_SLOTS_UNKNOWN : 0));
  codec_put_str(writer, fragment->facts.title);
  codec_put(writer, fragment->facts.elements.len);
  for (size_t i = 0; i < fragment->facts.elements.len; i++)
    put_element(writer, &fragment->facts.elements.data[i]);
  if (fragment->has_needs) put_needs(writer, &fragment->needs);
  put_ignores(writer, &fragment->ignores);
  codec_put(writer, fragment->matched.len);
  for (size_t i = 0; i < fragment->matched.len; i++) codec_put(writer, fragment->matched.data[i]);
}

bool fragment_write(const Fragment *fragment, FragmentPlaces places, Buf *out) {
  SourceId files[] = {places.page, places.project};
  size_t start = out->len;
  CodecWriter writer = codec_writer(out, (CodecFiles){files, 2});
  put_heard(&writer, fragment);
  codec_put(&writer, fragment->bytes);
  saved_diags_put(&writer, &fragment->diags);
  if (writer.foreign) out->len = start;
  return !writer.foreign;
}

Digest fragment_heard(const Fragment *fragment) {
  Buf heard = {0};
  CodecWriter writer = codec_writer(&heard, (CodecFiles){0});
  writer.placeless = true;
  put_heard(&writer, fragment);
  Digest digest = digest_str(buf_str(&heard));
  buf_free(&heard);
  return digest;
}

/* Reading */

static FactText get_text(CodecReader *reader) {
  FactText fact = {.text = codec_get_str(reader)};
  fact.span = codec_get_span(reader);
  return fact;
}

// As many places as the text has items: whoever follows the list counts on it.
static FactText get_list(CodecReader *reader) {
  FactText fact = get_text(reader);
  if (!codec_get_below(reader, 2) || !fact.text.data) return fact;
  size_t count = count_items(fact.text);
  Span *items = arena_array(reader->arena, Span, count + 1);
  for (size_t i = 0; i < count && !reader->damaged; i++) items[i] = codec_get_span(reader);
  fact.items = items;
  return fact;
}

static void get_use(CodecReader *reader, FactElement *element) {
  Arena *arena = reader->arena;
  uint64_t bits = codec_get_below(reader, USE_BITS);
  vec_push(arena, &element->enhances, (bits & USE_ENHANCES) != 0);
  vec_push(arena, &element->names, get_text(reader));
  vec_push(arena, &element->ranges, get_text(reader));
  if (!(bits & USE_LOCATED)) return;
  uint32_t line = (uint32_t)codec_get_below(reader, UINT32_MAX);
  vec_push(arena, &element->places, (LineColumn){line, (uint32_t)codec_get_below(reader, UINT32_MAX)});
}

static void get_uses(CodecReader *reader, FactElement *element) {
  size_t count = codec_get_count(reader, LEAST_USE);
  vec_room(reader->arena, &element->names, count);
  vec_room(reader->arena, &element->ranges, count);
  vec_room(reader->arena, &element->enhances, count);
  vec_room(reader->arena, &element->places, count);
  for (size_t i = 0; i < count; i++) get_use(reader, element);
}

static FactAttr get_attr(CodecReader *reader) {
  FactAttr attr = {.name = codec_get_str(reader)};
  attr.span = codec_get_span(reader);
  attr.name_span = codec_get_span(reader);
  attr.value = get_list(reader);
  return attr;
}

static FactSlot get_slot(CodecReader *reader) {
  FactSlot slot = {.name = get_text(reader)};
  slot.element = codec_get_str(reader);
  return slot;
}

static FactDepends get_depends(CodecReader *reader) {
  FactDepends depends = {.name = get_text(reader)};
  depends.on_page = codec_get_below(reader, 2) == 1;
  return depends;
}

static FactElement get_element(CodecReader *reader) {
  Arena *arena = reader->arena;
  uint64_t bits = codec_get_below(reader, ELEMENT_BITS);
  FactElement element = {.required = bits & ELEMENT_REQUIRED, .enhance = bits & ELEMENT_ENHANCE};
  element.tag = codec_get_str(reader);
  element.span = codec_get_span(reader);
  get_uses(reader, &element);
  size_t count = codec_get_count(reader, LEAST_ATTR);
  vec_room(arena, &element.attrs, count);
  for (size_t i = 0; i < count; i++) vec_push(arena, &element.attrs, get_attr(reader));
  count = codec_get_count(reader, LEAST_SLOT);
  vec_room(arena, &element.slots, count);
  for (size_t i = 0; i < count; i++) vec_push(arena, &element.slots, get_slot(reader));
  count = codec_get_count(reader, LEAST_DEPENDS);
  vec_room(arena, &element.depends, count);
  for (size_t i = 0; i < count; i++) vec_push(arena, &element.depends, get_depends(reader));
  element.provider = get_text(reader);
  element.fallback = get_list(reader);
  element.flag = get_text(reader);
  return element;
}

static void get_needs(CodecReader *reader, CspNeeds *needs) {
  uint64_t bits = codec_get_below(reader, NEEDS_BITS);
  needs->inline_style = bits & NEEDS_STYLE;
  needs->plugins = bits & NEEDS_PLUGINS;
  needs->undeclared = bits & NEEDS_UNDECLARED;
  size_t count = codec_get_count(reader, LEAST_SOURCE);
  vec_room(reader->arena, &needs->sources, count);
  for (size_t i = 0; i < count; i++) {
    CspSource source = {.directive = (CspDirective)codec_get_below(reader, CSP_DIRECTIVES)};
    source.source = codec_get_str(reader);
    vec_push(reader->arena, &needs->sources, source);
  }
}

static Ignore get_ignore(CodecReader *reader) {
  Ignore ignore = {.code = (DiagCode)codec_get_below(reader, DIAG_CODE_COUNT)};
  uint64_t bits = codec_get_below(reader, IGNORE_BITS);
  ignore.whole = bits & IGNORE_WHOLE;
  ignore.ours = bits & IGNORE_OURS;
  ignore.place = codec_get_span(reader);
  ignore.removed = codec_get_span(reader);
  ignore.scope = codec_get_span(reader);
  return ignore;
}

static void get_heard(CodecReader *reader, Fragment *fragment) {
  Arena *arena = reader->arena;
  uint64_t bits = codec_get_below(reader, FRAGMENT_BITS);
  fragment->has_needs = bits & FRAGMENT_NEEDS;
  fragment->failed = bits & FRAGMENT_FAILED;
  fragment->facts.slots_unknown = bits & FRAGMENT_SLOTS_UNKNOWN;
  fragment->facts.title = codec_get_str(reader);
  size_t count = codec_get_count(reader, LEAST_ELEMENT);
  vec_room(arena, &fragment->facts.elements, count);
  for (size_t i = 0; i < count; i++) vec_push(arena, &fragment->facts.elements, get_element(reader));
  if (fragment->has_needs) get_needs(reader, &fragment->needs);
  count = codec_get_count(reader, LEAST_IGNORE);
  vec_room(arena, &fragment->ignores, count);
  for (size_t i = 0; i < count; i++) vec_push(arena, &fragment->ignores, get_ignore(reader));
  count = codec_get_count(reader, LEAST_MATCH);
  vec_room(arena, &fragment->matched, count);
  for (size_t i = 0; i < count; i++)
    vec_push(arena, &fragment->matched, (uint32_t)codec_get_below(reader, UINT32_MAX));
}

bool fragment_read(Str bytes, FragmentPlaces places, Arena *arena, Fragment *fragment) {
  SourceId files[] = {places.page, places.project};
  CodecReader reader = codec_reader(bytes, arena, (CodecFiles){files, 2});
  *fragment = (Fragment){.facts.source = places.page, .diags.arena = arena};
  get_heard(&reader, fragment);
  fragment->bytes = codec_get(&reader);
  saved_diags_get(&reader, &fragment->diags);
  return codec_done(&reader);
}
