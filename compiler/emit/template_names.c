/* Look-ups in template_names.def. In: a name and where it stands. Out: its row. The table is short: it is
 * searched from top to bottom, once a tag of a template. */
#include "emit/template_names.h"

static const TemplateFile files[] = {
#define TEMPLATE(id, file, help) {STR_INIT(file), STR_INIT(help)},
#define NAME(id, name, kind, help)
#define STR_INIT(s) \
  { "" s, sizeof(s) - 1 }
#include "emit/template_names.def"
#undef TEMPLATE
#undef NAME
};

static const TemplateName names[] = {
#define TEMPLATE(id, file, help)
#define NAME(id, name, kind, help) {TEMPLATE_##id, NAME_##kind, STR_INIT(name), STR_INIT(help)},
#include "emit/template_names.def"
#undef TEMPLATE
#undef NAME
};
enum { COUNT = sizeof names / sizeof *names };

const TemplateFile *template_file(TemplateId id) { return &files[id]; }

TemplateId template_find(Str name) {
  for (TemplateId id = 0; id < TEMPLATE_COUNT; id++)
    if (str_eq(files[id].name, name)) return id;
  return TEMPLATE_FREE;
}

const TemplateName *template_names(size_t *count) {
  *count = COUNT;
  return names;
}

// What is left of a row's name inside a section; data NULL when it lies elsewhere.
static Str inside_of(const TemplateName *row, Str inside) {
  if (!inside.len) return row->name;
  bool below =
      str_starts(row->name, inside) && row->name.len > inside.len && row->name.data[inside.len] == '.';
  return below ? str_skip(row->name, inside.len + 1) : STR_NONE;
}

const TemplateName *template_name_find(TemplateId id, Str inside, Str part) {
  for (size_t i = 0; i < COUNT; i++)
    if (names[i].id == id && str_eq(inside_of(&names[i], inside), part)) return &names[i];
  return NULL;
}

Str template_name_elsewhere(TemplateId id, Str part) {
  for (size_t i = 0; i < COUNT; i++) {
    ptrdiff_t dot = str_rfind_char(names[i].name, '.');
    bool same = names[i].id == id && dot > 0 && str_eq(str_skip(names[i].name, (size_t)dot + 1), part);
    if (same) return str_take(names[i].name, (size_t)dot);
  }
  return STR("");
}

void template_names_offer(TemplateId id, Str inside, bool parts, Suggestion *search) {
  for (size_t i = 0; i < COUNT; i++) {
    Str part = names[i].id == id ? inside_of(&names[i], inside) : STR_NONE;
    if (part.len && str_find_char(part, '.') < 0 && (names[i].kind == NAME_PART) == parts)
      suggest_offer(search, part);
  }
}
