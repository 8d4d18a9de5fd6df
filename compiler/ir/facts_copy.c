/* Keeping facts beyond their page: every string and array in exactly the room it takes. */
#include "ir/facts_copy.h"

static Str kept(Arena *arena, Str s) { return s.data ? str_copy(arena, s) : s; }

static FactText kept_text(Arena *arena, FactText fact) {
  return (FactText){.text = kept(arena, fact.text), .span = fact.span};
}

static void copy_uses(Arena *arena, FactElement *to, const FactElement *from) {
  vec_room(arena, &to->names, from->names.len);
  vec_room(arena, &to->ranges, from->names.len);
  vec_room(arena, &to->enhances, from->names.len);
  vec_room(arena, &to->places, from->places.len);
  for (size_t i = 0; i < from->names.len; i++) {
    vec_push(arena, &to->names, kept_text(arena, from->names.data[i]));
    vec_push(arena, &to->ranges, kept_text(arena, from->ranges.data[i]));
    vec_push(arena, &to->enhances, from->enhances.data[i]);
    if (i < from->places.len) vec_push(arena, &to->places, from->places.data[i]);
  }
}

static void copy_attrs(Arena *arena, FactElement *to, const FactElement *from) {
  vec_room(arena, &to->attrs, from->attrs.len);
  for (size_t i = 0; i < from->attrs.len; i++) {
    FactAttr attr = from->attrs.data[i];
    attr.name = kept(arena, attr.name);
    attr.value = kept_text(arena, attr.value);
    vec_push(arena, &to->attrs, attr);
  }
}

static FactElement copy_element(Arena *arena, const FactElement *from) {
  FactElement to = {.tag = kept(arena, from->tag),
                    .required = from->required,
                    .enhance = from->enhance,
                    .span = from->span};
  copy_uses(arena, &to, from);
  copy_attrs(arena, &to, from);
  vec_room(arena, &to.slots, from->slots.len);
  for (size_t i = 0; i < from->slots.len; i++) {
    FactSlot slot = {kept_text(arena, from->slots.data[i].name), kept(arena, from->slots.data[i].element)};
    vec_push(arena, &to.slots, slot);
  }
  vec_room(arena, &to.depends, from->depends.len);
  for (size_t i = 0; i < from->depends.len; i++) {
    FactDepends depends = {kept_text(arena, from->depends.data[i].name), from->depends.data[i].on_page};
    vec_push(arena, &to.depends, depends);
  }
  to.provider = kept_text(arena, from->provider);
  to.fallback = kept_text(arena, from->fallback);
  to.flag = kept_text(arena, from->flag);
  return to;
}

PageFacts facts_copy(Arena *arena, const PageFacts *facts) {
  PageFacts copy = {
      .source = facts->source, .path = kept(arena, facts->path), .name = kept(arena, facts->name)};
  copy.slots_unknown = facts->slots_unknown;
  copy.title = kept(arena, facts->title);
  vec_room(arena, &copy.elements, facts->elements.len);
  for (size_t i = 0; i < facts->elements.len; i++)
    vec_push(arena, &copy.elements, copy_element(arena, &facts->elements.data[i]));
  return copy;
}

// Names stand in the order of the text but where the tree builder moved an element; then the count starts
// over.
void facts_locate(PageFacts *facts, Str bytes, Arena *arena) {
  LineColumn at = {1, 1};
  uint32_t from = 0;
  for (size_t i = 0; i < facts->elements.len; i++) {
    FactElement *element = &facts->elements.data[i];
    for (size_t k = 0; k < element->names.len; k++) {
      uint32_t start = element->names.data[k].span.start;
      if (start < from) {
        from = 0;
        at = (LineColumn){1, 1};
      }
      LineColumn step = lines_locate(str_skip(bytes, from), start - from);
      at.column = step.line > 1 ? step.column : at.column + step.column - 1;
      at.line += step.line - 1;
      from = start;
      vec_push(arena, &element->places, at);
    }
  }
}

void facts_locate_in(PageFacts *facts, const Lines *lines, Arena *arena) {
  for (size_t i = 0; i < facts->elements.len; i++) {
    FactElement *element = &facts->elements.data[i];
    for (size_t k = 0; k < element->names.len; k++)
      vec_push(arena, &element->places, lines_at(lines, element->names.data[k].span.start));
  }
}
