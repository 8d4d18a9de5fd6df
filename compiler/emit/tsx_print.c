/* The one printer of TSX. In: a module of nodes. Out: its text, and where each node with a span landed.
 * Surprising: JSX goes through jsx_writer.h, as that of pages does which never was a tree. It is walked with
 * a stack of open elements instead of recursion; everything else is as deep as a manifest's values and
 * recurs. */
#include "emit/jsx_writer.h"

typedef JsxWriter Printer;

static inline void put(Printer *p, Str s) {
  Buf *out = p->out;
  if (out->space - out->len < s.len) buf_reserve(out, s.len);
  if (s.len) memcpy(out->data + out->len, s.data, s.len);
  out->len += s.len;
}

static inline void put_char(Printer *p, char c) {
  Buf *out = p->out;
  if (out->space == out->len) buf_reserve(out, 1);
  out->data[out->len++] = c;
}

static inline void mark(Printer *p, const TsxNode *node) { jsx_mark(p, tsx_origin(node->span)); }

static void new_line(Printer *p) {
  put_char(p, '\n');
  buf_repeat(p->out, ' ', p->indent * 2u);
}

static void print_expression(Printer *p, const TsxNode *node);
static void print_jsx(Printer *p, const TsxNode *root);

/* Expressions */

static bool is_bare_key(Str key) {
  if (!key.len || (key.data[0] >= '0' && key.data[0] <= '9')) return false;
  for (size_t i = 0; i < key.len; i++) {
    char c = key.data[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    if (!letter && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

static void put_key(Printer *p, Str key) {
  if (is_bare_key(key))
    put(p, key);
  else
    tsx_put_string(p->out, key);
}

static void print_template(Printer *p, const TsxNode *node) {
  put_char(p, '`');
  tsx_put_template(p->out, node->text);
  put_char(p, '`');
}

static void print_property(Printer *p, const TsxNode *node) {
  mark(p, node);
  if (node->kind == TSX_PROPERTY) {
    bool short_form = node->first->kind == TSX_CODE && str_eq(node->first->text, node->text) &&
                      tsx_is_identifier(node->text);
    if (!short_form) {
      if (str_eq(node->text, STR("__proto__")))
        put(p, STR("['__proto__']"));  // as a plain key it would set the prototype
      else
        put_key(p, node->text);
      put(p, STR(": "));
    }
    print_expression(p, node->first);
  } else {
    put(p, STR("..."));
    print_expression(p, node->first);
  }
}

// "[a, b]", "{ a: 1 }", or with one member a line.
static void print_members(Printer *p, const TsxNode *node, void (*member)(Printer *, const TsxNode *),
                          const char *pad) {
  bool lines = node->flags & TSX_BREAK;
  p->indent += lines;
  if (!lines) put(p, str_from(pad));
  for (const TsxNode *child = node->first; child; child = child->next) {
    if (lines) new_line(p);
    member(p, child);
    if (lines || child->next) put_char(p, ',');
    if (!lines && child->next) put_char(p, ' ');
  }
  p->indent -= lines;
  if (lines)
    new_line(p);
  else
    put(p, str_from(pad));
}

static void print_object(Printer *p, const TsxNode *node) {
  put_char(p, '{');
  if (node->first) print_members(p, node, print_property, " ");
  put_char(p, '}');
}

static void print_array(Printer *p, const TsxNode *node) {
  put_char(p, '[');
  if (node->first) print_members(p, node, print_expression, "");
  put_char(p, ']');
}

static void print_call(Printer *p, const TsxNode *node) {
  put(p, node->text);
  put_char(p, '(');
  if (node->first) print_members(p, node, print_expression, "");
  put_char(p, ')');
}

static void print_as(Printer *p, const TsxNode *node) {
  print_expression(p, node->first);
  put(p, STR(" as "));
  put(p, node->text);
}

static void move_marks(TsxMarks *into, const TsxMarks *marks, uint32_t shift) {
  size_t count = marks->list.len, len = into->list.len;
  if (into->list.space - len < count) {
    size_t size = sizeof *into->list.data, space = 2 * (len + count);
    into->list.data = arena_grow(into->arena, into->list.data, into->list.space * size, space * size);
    into->list.space = space;
  }
  for (size_t i = 0; i < count; i++) {
    into->list.data[len + i] = marks->list.data[i];
    into->list.data[len + i].at += shift;
  }
  into->list.len += count;
}

static void print_printed(Printer *p, const TsxNode *node) {
  if (p->marks && node->marks) move_marks(p->marks, node->marks, (uint32_t)(p->out->len - p->start));
  put(p, node->text);
}

static void print_expression(Printer *p, const TsxNode *node) {
  if (node->kind == TSX_ELEMENT || node->kind == TSX_FRAGMENT) {
    print_jsx(p, node);
    return;
  }
  if (node->kind == TSX_PRINTED) {
    print_printed(p, node);
    return;
  }
  mark(p, node);
  switch ((TsxKind)node->kind) {
    case TSX_STRING:
      tsx_put_string(p->out, node->text);
      return;
    case TSX_TEMPLATE:
      print_template(p, node);
      return;
    case TSX_ARRAY:
      print_array(p, node);
      return;
    case TSX_OBJECT:
      print_object(p, node);
      return;
    case TSX_CALL:
      print_call(p, node);
      return;
    case TSX_AS:
      print_as(p, node);
      return;
    default:
      put(p, node->text);
      return;
  }
}

/* JSX */

static void print_braces(Printer *p, const char *open, const TsxNode *node) {
  put(p, str_from(open));
  print_expression(p, node);
  put_char(p, '}');
}

static void print_attr_value(Printer *p, const TsxNode *value) {
  put_char(p, '=');
  if (value->kind != TSX_STRING) {
    print_braces(p, "{", value);
    return;
  }
  mark(p, value);
  jsx_attr_value(p, value->text);
}

void jsx_attr_node(JsxWriter *p, const TsxNode *attr) {
  if (attr->kind == TSX_ATTR_TEXT) {
    jsx_attr_text(p, attr->text, tsx_origin(attr->span), attr->value);
  } else if (attr->kind == TSX_SPREAD) {
    put_char(p, ' ');
    mark(p, attr);
    print_braces(p, "{...", attr->first);
  } else {
    jsx_attr(p, attr->text, tsx_origin(attr->span));
    if (attr->first) print_attr_value(p, attr->first);
  }
}

static void print_child(Printer *p, const TsxNode *node) {
  if (node->kind == TSX_TEXT) {
    jsx_text(p, node->text, tsx_origin(node->span));
  } else if (node->kind == TSX_HOLE) {
    jsx_settle(p);
    mark(p, node);
    print_braces(p, "{", node->first);
  } else if (node->kind == TSX_PRINTED) {
    jsx_settle(p);
    print_printed(p, node);
  } else {
    jsx_open(p, node->kind == TSX_FRAGMENT ? STR("") : node->text, tsx_origin(node->span));
    for (const TsxNode *attr = node->attrs; attr; attr = attr->next) jsx_attr_node(p, attr);
  }
}

static bool is_tag(const TsxNode *node) { return node->kind == TSX_ELEMENT || node->kind == TSX_FRAGMENT; }

static void print_tree(Printer *p, const TsxNode *root) {
  VEC(const TsxNode *) open = {0};
  for (const TsxNode *at = root;;) {
    print_child(p, at);
    if (is_tag(at) && at->first) {
      vec_push(p->arena, &open, at);
      at = at->first;
      continue;
    }
    if (is_tag(at)) jsx_close(p);
    while (open.len && !at->next) {
      at = vec_last(&open);
      open.len--;
      jsx_close(p);
    }
    if (!open.len) return;
    at = at->next;
  }
}

// The tag whose attribute holds this JSX stays open meanwhile.
static void print_jsx(Printer *p, const TsxNode *root) {
  bool in_tag = p->in_tag;
  p->in_tag = false;
  print_tree(p, root);
  p->in_tag = in_tag;
}

/* Statements */

static void print_doc(Printer *p, Str text) {
  bool lines = str_find_char(text, '\n') >= 0;
  put(p, STR("/**"));
  for (Str rest = text, line; str_split(&rest, '\n', &line);) {
    if (lines) {
      new_line(p);
      put(p, STR(" *"));
    }
    line = str_trim(line);
    if (line.len) put_char(p, ' ');
    tsx_put_comment(p->out, line);
  }
  if (lines) new_line(p);
  put(p, STR(" */"));
}

static void print_field(Printer *p, const TsxNode *field) {
  if (field->flags & TSX_READONLY) put(p, STR("readonly "));
  put_key(p, field->text);
  put(p, field->flags & TSX_OPTIONAL ? STR("?: ") : STR(": "));
  print_expression(p, field->first);
  put_char(p, ';');
}

static void print_statement(Printer *p, const TsxNode *node);

static void print_block(Printer *p, const TsxNode *node) {
  put(p, STR(" {"));
  p->indent++;
  for (const TsxNode *child = node->first; child; child = child->next) {
    new_line(p);
    print_statement(p, child);
  }
  p->indent--;
  if (node->first) new_line(p);
  put_char(p, '}');
}

static void print_const(Printer *p, const TsxNode *node) {
  put(p, STR("const "));
  put(p, node->text);
  if (node->attrs) {
    put(p, STR(": "));
    print_expression(p, node->attrs);
  }
  put(p, STR(" = "));
  print_expression(p, node->first);
  put_char(p, ';');
}

static void print_export_from(Printer *p, const TsxNode *node) {
  if (!node->first) put_char(p, '*');
  if (node->first) {
    put(p, STR("{ "));
    for (const TsxNode *name = node->first; name; name = name->next) {
      print_expression(p, name);
      if (name->next) put(p, STR(", "));
    }
    put(p, STR(" }"));
  }
  put(p, STR(" from "));
  tsx_put_string(p->out, node->text);
  put_char(p, ';');
}

static void put_words(Printer *p, const char *keyword, Str rest) {
  put(p, str_from(keyword));
  put(p, rest);
}

static void print_alias(Printer *p, const TsxNode *node) {
  put_words(p, "type ", node->text);
  put(p, STR(" = "));
  print_expression(p, node->first);
  put_char(p, ';');
}

static void print_return(Printer *p, const TsxNode *node) {
  put(p, STR("return "));
  print_expression(p, node->first);
  put_char(p, ';');
}

static void print_statement(Printer *p, const TsxNode *node) {
  mark(p, node);
  if (node->flags & TSX_EXPORT) put(p, STR("export "));
  switch ((TsxKind)node->kind) {
    case TSX_DOC:
      print_doc(p, node->text);
      return;
    case TSX_INTERFACE:
      put_words(p, "interface ", node->text);
      print_block(p, node);
      return;
    case TSX_FUNCTION:
      put_words(p, node->flags & TSX_ASYNC ? "async function " : "function ", node->text);
      print_block(p, node);
      return;
    case TSX_FIELD:
      print_field(p, node);
      return;
    case TSX_TYPE_ALIAS:
      print_alias(p, node);
      return;
    case TSX_CONST:
      print_const(p, node);
      return;
    case TSX_RETURN:
      print_return(p, node);
      return;
    case TSX_EXPORT_FROM:
      print_export_from(p, node);
      return;
    default:
      put(p, node->text);
      if (!node->first) return;
      print_expression(p, node->first);
      put_char(p, ';');
      return;
  }
}

/* Modules */

static bool is_local_module(Str from) { return from.len && from.data[0] == '.'; }

// Packages before files, then by name, types before values.
static int import_order(const TsxImport *a, const TsxImport *b) {
  if (is_local_module(a->from) != is_local_module(b->from)) return is_local_module(a->from) ? 1 : -1;
  int order = str_cmp(a->from, b->from);
  if (order) return order;
  if (a->type_only != b->type_only) return a->type_only ? -1 : 1;
  return str_cmp(a->name, b->name);
}

// Pages import few things: insertion keeps it plain and needs no comparison through void pointers.
static TsxImport *sorted_imports(const TsxModule *module, Arena *arena) {
  TsxImport *sorted = arena_array(arena, TsxImport, module->imports.len + 1);
  for (size_t i = 0; i < module->imports.len; i++) {
    size_t at = i;
    for (; at > 0 && import_order(&sorted[at - 1], &module->imports.data[i]) > 0; at--)
      sorted[at] = sorted[at - 1];
    sorted[at] = module->imports.data[i];
  }
  return sorted;
}

static bool same_statement(const TsxImport *a, const TsxImport *b) {
  return str_eq(a->from, b->from) && a->type_only == b->type_only;
}

static void print_imports(Printer *p, const TsxModule *module) {
  const TsxImport *list = sorted_imports(module, p->arena);
  size_t count = module->imports.len;
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || !same_statement(&list[i - 1], &list[i]))
      put(p, list[i].type_only ? STR("import type { ") : STR("import { "));
    jsx_mark(p, tsx_origin(list[i].span));
    put(p, list[i].name);
    if (!str_eq(list[i].name, list[i].local)) {
      put(p, STR(" as "));
      put(p, list[i].local);
    }
    if (i + 1 < count && same_statement(&list[i], &list[i + 1])) {
      put(p, STR(", "));
      continue;
    }
    put(p, STR(" } from "));
    tsx_put_string(p->out, list[i].from);
    put(p, STR(";\n"));
  }
}

void tsx_print_mark(const TsxModule *module, Buf *out) {
  buf_put(out, STR("// Generated by fxc from "));
  tsx_put_line(out, module->from);
  buf_put(out, STR(". Do not edit.\n"));
}

void tsx_print_code(const TsxModule *module, Arena *arena, TsxMarks *marks, size_t start, Buf *out) {
  Printer p = {.out = out, .arena = arena, .marks = marks, .start = start};
  if (module->client) put(&p, STR("'use client';\n"));
  if (module->client && (module->imports.len || module->body.first)) buf_char(out, '\n');
  print_imports(&p, module);
  bool apart = module->imports.len > 0;
  for (const TsxNode *node = module->body.first; node; node = node->next) {
    if (apart && !(node->flags & TSX_CONTINUED)) buf_char(out, '\n');
    apart = node->kind != TSX_DOC;
    print_statement(&p, node);
    buf_char(out, '\n');
  }
}

void tsx_print(const TsxModule *module, Arena *arena, TsxMarks *marks, Buf *out) {
  size_t start = out->len;
  tsx_print_mark(module, out);
  tsx_print_code(module, arena, marks, start, out);
}
