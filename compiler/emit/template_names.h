/* The names that each kind of template knows: template_names.def as data. */
#ifndef FXC_EMIT_TEMPLATE_NAMES_H
#define FXC_EMIT_TEMPLATE_NAMES_H

#include "base/str.h"
#include "base/suggest.h"

typedef enum TemplateId {
#define TEMPLATE(id, file, help) TEMPLATE_##id,
#define NAME(id, name, kind, help)
#include "emit/template_names.def"
#undef TEMPLATE
#undef NAME
  TEMPLATE_COUNT,
  TEMPLATE_FREE = -1,  // of no kind: every name is allowed
} TemplateId;

typedef enum TemplateNameKind {
  NAME_TEXT,
  NAME_NUMBER,
  NAME_BOOL,
  NAME_LIST,
  NAME_TEXTS,
  NAME_PART
} TemplateNameKind;

typedef struct TemplateName {
  TemplateId id;
  TemplateNameKind kind;
  Str name, help;
} TemplateName;

typedef struct TemplateFile {
  Str name, help;  // "page.tsx"
} TemplateFile;

/// The templates, by TemplateId.
const TemplateFile *template_file(TemplateId id);
/// The template of that file name ("page.tsx"), TEMPLATE_FREE when there is none.
TemplateId template_find(Str name);
/// All names, in the order of the table; *count of them.
const TemplateName *template_names(size_t *count);
/// The name `part` inside the section `inside` ("" for the template itself); NULL when there is none.
const TemplateName *template_name_find(TemplateId id, Str inside, Str part);
/// A section that has a name of its own like that one; empty when there is none.
Str template_name_elsewhere(TemplateId id, Str part);
/// Offers the names inside a section to a search for near ones.
void template_names_offer(TemplateId id, Str inside, bool parts, Suggestion *search);

#endif
