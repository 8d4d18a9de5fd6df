/* Data of templates. In: names and values. Out: a tree on an arena. */
#include "emit/template.h"

TemplateValue *template_add(Arena *arena, TemplateValue *to, const char *name, TemplateValueKind kind) {
  TemplateValue *value = arena_new(arena, TemplateValue);
  *value = (TemplateValue){.kind = kind, .name = str_from(name)};
  if (to->last)
    to->last->next = value;
  else
    to->first = value;
  return to->last = value;
}

void template_add_text(Arena *arena, TemplateValue *to, const char *name, Str text) {
  template_add(arena, to, name, TEMPLATE_TEXT)->text = text;
}

void template_add_number(Arena *arena, TemplateValue *to, const char *name, size_t number) {
  template_add(arena, to, name, TEMPLATE_NUMBER)->text = str_printf(arena, "%zu", number);
}

void template_add_bool(Arena *arena, TemplateValue *to, const char *name, bool truth) {
  template_add(arena, to, name, truth ? TEMPLATE_TRUE : TEMPLATE_FALSE);
}
