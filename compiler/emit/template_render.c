/* A compiled template with data. In: a program and a tree of values. Out: text behind what is in the buffer,
 * so that offsets in it stay what they are. Surprising: nothing is looked up by position here any more; an
 * insertion knows its escape, and only names are searched, from the innermost section outwards. */
#include "emit/template_program.h"

enum { DEEPEST_PARTIAL = 100, MOST_STEPS = 20 * 1000 * 1000 };
static const size_t largest_output = (size_t)64 << 20;

typedef struct Scope Scope;
struct Scope {
  const TemplateValue *value;
  const Scope *outer;
};

typedef struct Rendering {
  TemplatePiece *part;
  void *context;
  Arena *arena;
  DiagBag *diags;
  Buf *out;
  size_t start;  // of the output
  size_t steps;  // sections in sections over one list multiply
  bool stopped;
} Rendering;

// One program's run: the indentation of its lines, and whether the next byte starts one.
typedef struct Lines {
  Str indent;
  bool at_start;
} Lines;

static const TemplateValue *member(const TemplateValue *map, Str name) {
  if (map->kind != TEMPLATE_MAP) return NULL;
  for (const TemplateValue *value = map->first; value; value = value->next)
    if (str_eq(value->name, name)) return value;
  return NULL;
}

static const TemplateValue *look_up(const TemplateOp *op, const Scope *scope) {
  static const TemplateValue none = {.kind = TEMPLATE_NONE};
  if (!op->path_len) return scope->value;
  const TemplateValue *value = NULL;
  for (; scope && !value; scope = scope->outer) value = member(scope->value, op->path[0]);
  for (uint32_t i = 1; value && i < op->path_len; i++) value = member(value, op->path[i]);
  return value ? value : &none;
}

static bool is_truthy(const TemplateValue *value) {
  switch (value->kind) {
    case TEMPLATE_NONE:
    case TEMPLATE_FALSE:
      return false;
    case TEMPLATE_LIST:
      return value->first != NULL;
    case TEMPLATE_TEXT:
      return value->text.len > 0;
    default:
      return true;
  }
}

static void indent_line(Rendering *r, Lines *lines) {
  if (lines->at_start) buf_put(r->out, lines->indent);
  lines->at_start = false;
}

// The lines of the template itself are indented, those of a value are not.
static void put_text(Rendering *r, Lines *lines, Str text) {
  while (lines->indent.len && text.len) {
    ptrdiff_t end = str_find_char(text, '\n');
    Str line = end < 0 ? text : str_take(text, (size_t)end + 1);
    indent_line(r, lines);
    buf_put(r->out, line);
    lines->at_start = end >= 0;
    text = str_skip(text, line.len);
  }
  buf_put(r->out, text);
}

static void stop(Rendering *r, const TemplateOp *op, const char *what) {
  if (!r->stopped) diag_add(r->diags, FX8006, op->span, "%s", what);
  r->stopped = true;
}

static void step(Rendering *r, const TemplateOp *op) {
  if (++r->steps == MOST_STEPS) stop(r, op, "the template takes more than 20 million steps");
}

static void run(Rendering *r, const TemplateProgram *program, const Scope *scope, Lines lines, int depth);

static void include(Rendering *r, const TemplateOp *op, const Scope *scope, Lines *lines, int depth) {
  Lines inner = {.indent = STR("")};
  if (op->standalone) {
    inner.indent = lines->indent.len ? str_concat(r->arena, lines->indent, op->indent) : op->indent;
    inner.at_start = true;
  } else {
    indent_line(r, lines);
  }
  if (depth == DEEPEST_PARTIAL)
    stop(r, op, "this partial includes itself more than 100 deep");
  else
    run(r, op->partial, scope, inner, depth + 1);
  lines->at_start = op->standalone;
}

// Runs the operations from … to (exclusive) once.
static void run_part(Rendering *r, const TemplateProgram *program, uint32_t from, uint32_t to,
                     const Scope *scope, Lines *lines, int depth);

static void section(Rendering *r, const TemplateProgram *program, uint32_t at, const Scope *scope,
                    Lines *lines, int depth) {
  const TemplateOp *op = &program->ops.data[at];
  const TemplateValue *value = look_up(op, scope);
  uint32_t end = op->jump - 1;
  if (op->kind == OP_INVERTED) {
    if (!is_truthy(value)) run_part(r, program, at + 1, end, scope, lines, depth);
    return;
  }
  if (value->kind != TEMPLATE_LIST) {
    Scope inner = {value, scope};
    if (is_truthy(value)) run_part(r, program, at + 1, end, &inner, lines, depth);
    return;
  }
  for (const TemplateValue *item = value->first; item && !r->stopped; item = item->next) {
    Scope inner = {item, scope};
    step(r, op);
    run_part(r, program, at + 1, end, &inner, lines, depth);
  }
}

static void run_part(Rendering *r, const TemplateProgram *program, uint32_t from, uint32_t to,
                     const Scope *scope, Lines *lines, int depth) {
  for (uint32_t i = from; i < to && !r->stopped; i++) {
    const TemplateOp *op = &program->ops.data[i];
    step(r, op);
    switch ((TemplateOpKind)op->kind) {
      case OP_TEXT:
        put_text(r, lines, op->text);
        break;
      case OP_INSERT:
        indent_line(r, lines);
        template_escape((TemplateEscape)op->escape, look_up(op, scope), r->out);
        break;
      case OP_SECTION:
      case OP_INVERTED:
        section(r, program, i, scope, lines, depth);
        i = op->jump - 1;
        break;
      case OP_PARTIAL:
        include(r, op, scope, lines, depth);
        break;
      case OP_PART:
        if (r->part) r->part(r->context, op->text, r->out);
        break;
      case OP_END:
        break;
    }
    if (op->kind != OP_PART && r->out->len - r->start > largest_output)
      stop(r, op, "the template's output is larger than 64 MiB");
  }
}

static void run(Rendering *r, const TemplateProgram *program, const Scope *scope, Lines lines, int depth) {
  run_part(r, program, 0, (uint32_t)program->ops.len, scope, &lines, depth);
}

bool template_render(const TemplateProgram *program, const TemplateValue *data, TemplatePiece *part,
                     void *context, Arena *arena, DiagBag *diags, Buf *out) {
  Rendering r = {part, context, arena, diags, out, .start = out->len};
  Scope root = {data, NULL};
  run(&r, program, &root, (Lines){STR(""), false}, 0);
  return !r.stopped;
}
