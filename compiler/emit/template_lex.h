/* The lexer of grammar/template.re: what stands between two delimiters. */
#ifndef FXC_EMIT_TEMPLATE_LEX_H
#define FXC_EMIT_TEMPLATE_LEX_H

#include "base/str.h"

typedef enum TemplateTagKind {
  TAG_INSERT,       // {{name}}
  TAG_RAW,          // {{&name}}
  TAG_TRIPLE,       // {{{name}}}
  TAG_SECTION,      // {{#name}}
  TAG_INVERTED,     // {{^name}}
  TAG_CLOSE,        // {{/name}}
  TAG_PARTIAL,      // {{>name}}
  TAG_COMMENT,      // {{! anything }}
  TAG_DELIMITERS,   // {{=<% %>=}}
  TAG_UNSUPPORTED,  // {{<parent}}, {{$block}}, {{>*name}}: parts of the specification that are left out
  TAG_MALFORMED,    // no name, or more than one word
} TemplateTagKind;

typedef struct TemplateTag {
  TemplateTagKind kind;
  size_t from, to;                // the name, as offsets in the inside; of a delimiter tag the opening one
  size_t second_from, second_to;  // of a delimiter tag the closing one
} TemplateTag;

/// Reads the inside of a tag, without its delimiters. A NUL stands behind its end.
TemplateTag template_read_tag(Str inside);

/// The length of the blanks and the line end at the start of `rest` (NUL-terminated), -1 when something else
/// stands on the line. The end of the text is a line end.
ptrdiff_t template_rest_of_line(Str rest);

#endif
