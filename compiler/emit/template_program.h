/* A compiled template, between template_compile.c and template_render.c. */
#ifndef FXC_EMIT_TEMPLATE_PROGRAM_H
#define FXC_EMIT_TEMPLATE_PROGRAM_H

#include "emit/template_position.h"

typedef enum TemplateOpKind {
  OP_TEXT,      // text
  OP_INSERT,    // path, escape
  OP_SECTION,   // path; jump: behind its end
  OP_INVERTED,  // the same
  OP_END,       // jump: its section
  OP_PARTIAL,   // partial, indent
  OP_PART,      // text: the name of a built-in partial
} TemplateOpKind;

typedef struct TemplateOp {
  uint8_t kind, escape;
  bool standalone;  // a partial that takes its line with it
  uint32_t jump;
  uint32_t path_len;  // 0: {{.}}
  const Str *path;    // the parts of a dotted name
  Str text;
  Str indent;
  TemplateProgram *partial;
  Span span;  // of the tag
} TemplateOp;

struct TemplateProgram {
  Str name;
  VEC(TemplateOp) ops;
  Position start, end;  // of a partial: where it stands, and where its text leads
  bool finished;        // a partial that includes itself is met before its end is known
};

#endif
