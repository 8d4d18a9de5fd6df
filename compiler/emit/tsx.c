/* Building the TSX tree and the import table. In: names and data. Out: nodes on an arena. Surprising: an
 * import answers with the name to use, which differs from the wanted one when that was taken. */
#include "emit/tsx.h"

#include <math.h>
#include <stdlib.h>

TsxNode *tsx_node(Arena *arena, TsxKind kind, Str text, Span span) {
  TsxNode *node = arena_alloc(arena, sizeof *node);
  *node = (TsxNode){.kind = (uint8_t)kind, .text = text, .span = span};
  return node;
}

TsxNode *tsx_add(TsxNode *parent, TsxNode *child) {
  if (parent->last)
    parent->last->next = child;
  else
    parent->first = child;
  return parent->last = child;
}

TsxNode *tsx_add_attr(TsxNode *parent, TsxNode *attr) {
  if (parent->last_attr)
    parent->last_attr->next = attr;
  else
    parent->attrs = attr;
  return parent->last_attr = attr;
}

TsxNode *tsx_code(Arena *arena, Str code) { return tsx_node(arena, TSX_CODE, code, SPAN_NONE); }

TsxNode *tsx_codef(Arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str code = str_vprintf(arena, format, args);
  va_end(args);
  return tsx_code(arena, code);
}

TsxNode *tsx_string(Arena *arena, Str data) { return tsx_node(arena, TSX_STRING, data, SPAN_NONE); }

// The shortest decimal that reads back as the same double, so that 0.05 stays 0.05.
TsxNode *tsx_number(Arena *arena, double number) {
  if (!isfinite(number)) return tsx_code(arena, STR("null"));
  Str text = STR_NONE;
  for (int digits = 1; digits <= 17; digits++) {
    text = str_printf(arena, "%.*g", digits, number);
    if (strtod(text.data, NULL) == number) break;
  }
  if (fabs(number) < 1e15 && number == floor(number)) text = str_printf(arena, "%.0f", number);
  return tsx_code(arena, text);
}

TsxNode *tsx_object(Arena *arena, uint8_t flags) {
  TsxNode *node = tsx_node(arena, TSX_OBJECT, STR(""), SPAN_NONE);
  node->flags |= flags;
  return node;
}

void tsx_member(Arena *arena, TsxNode *object, Str key, TsxNode *value) {
  tsx_add(object, tsx_wrap(arena, TSX_PROPERTY, key, value));
}

TsxNode *tsx_wrap(Arena *arena, TsxKind kind, Str text, TsxNode *child) {
  TsxNode *node = tsx_node(arena, kind, text, SPAN_NONE);
  tsx_add(node, child);
  return node;
}

TsxNode *tsx_doc(Arena *arena, TsxNode *parent, Str text) {
  return tsx_add(parent, tsx_node(arena, TSX_DOC, text, SPAN_NONE));
}

void tsx_module_init(TsxModule *module, Arena *arena, Str from) {
  *module = (TsxModule){.arena = arena, .from = from};
}

static Str with_number(Arena *arena, Str name, uint32_t number) {
  char digits[12];
  size_t at = sizeof digits;
  for (; number; number /= 10) digits[--at] = (char)('0' + number % 10);
  return str_concat(arena, name, (Str){digits + at, sizeof digits - at});
}

Str tsx_module_name(TsxModule *module, Str wanted) {
  Arena *arena = module->arena;
  bool added;
  uint32_t number = *strmap_put(arena, &module->names, wanted, &added);
  if (added) {
    *strmap_find(&module->names, wanted) = 1;
    return wanted;
  }
  Str name;
  do {
    name = with_number(arena, wanted, ++number);
  } while (strmap_find(&module->names, name));
  *strmap_find(&module->names, wanted) = number;
  *strmap_put(arena, &module->names, name, NULL) = 1;
  return name;
}

static Str import(TsxModule *module, Str from, Str name, bool type_only, Span span) {
  for (size_t i = 0; i < module->imports.len; i++) {
    TsxImport *import = &module->imports.data[i];
    if (!str_eq(import->from, from) || !str_eq(import->name, name)) continue;
    import->type_only &= type_only;
    return import->local;
  }
  Str local = tsx_module_name(module, name);
  vec_push(module->arena, &module->imports, (TsxImport){from, name, local, type_only, span});
  return local;
}

Str tsx_import(TsxModule *module, Str from, Str name, bool type_only) {
  return import(module, from, name, type_only, SPAN_NONE);
}

Str tsx_import_for(TsxModule *module, Str from, Str name, Span span) {
  return import(module, from, name, false, span);
}
