#include "emit/shape.h"

#include "emit/code.h"

static Str validator(TsxModule *module, const char *name) {
  return tsx_import(module, STR("@fxc/runtime"), str_from(name), false);
}

static Str around(TsxModule *module, const char *name, Str inner) {
  return str_printf(module->arena, "%.*s(%.*s)", STR_ARG(validator(module, name)), STR_ARG(inner));
}

static Str one_of(TsxModule *module, const Ir *ir, const Type *type) {
  Buf buf = {0};
  for (uint32_t i = 0; i < type->literals.count; i++) {
    if (i) buf_put(&buf, STR(", "));
    tsx_put_string(&buf, ir_str(ir, ir_name_at(ir, type->literals, i)->text));
  }
  Str list = str_copy(module->arena, buf_str(&buf));
  buf_free(&buf);
  return around(module, "oneOf", list);
}

static Str named(TsxModule *module, const ShapeNames *names, TypeDeclId decl) {
  if (!decl.n) return validator(module, "json");
  Str shape = names->shapes[decl.n - 1];
  if (decl.n <= names->declared) return shape;
  return around(module, "lazy", str_concat(module->arena, STR("() => "), shape));
}

Str shape_of(TsxModule *module, const Ir *ir, const ShapeNames *names, TypeId id) {
  if (!id.n) return validator(module, "nothing");
  const Type *type = ir_type(ir, id);
  switch (type->kind) {
    case IR_TYPE_STRING:
    case IR_TYPE_URL:
    case IR_TYPE_DATE:
    case IR_TYPE_SECRET:
      return validator(module, "string");
    case IR_TYPE_INT:
    case IR_TYPE_NUMBER:
    case IR_TYPE_DURATION:
    case IR_TYPE_SHARE:
    case IR_TYPE_SIZE:
      return validator(module, "number");
    case IR_TYPE_BOOL:
      return validator(module, "boolean");
    case IR_TYPE_RATE: {
      Str member = validator(module, "number");
      return around(
          module, "record",
          str_printf(module->arena, "{ count: %.*s, per: %.*s }", STR_ARG(member), STR_ARG(member)));
    }
    case IR_TYPE_JSON:
      return validator(module, "json");
    case IR_TYPE_UNION:
      return one_of(module, ir, type);
    case IR_TYPE_ARRAY:
      return around(module, "list", shape_of(module, ir, names, type->element));
    case IR_TYPE_OPTIONAL:
      return around(module, "optional", shape_of(module, ir, names, type->element));
    case IR_TYPE_NAMED:
      return named(module, names, type->decl);
  }
  return validator(module, "json");
}

Str shape_of_fields(TsxModule *module, const Ir *ir, const ShapeNames *names, IrRange fields) {
  Buf buf = {0};
  buf_put(&buf, fields.count ? STR("{\n") : STR("{"));
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(ir, fields, i);
    buf_printf(&buf, "  %.*s: %.*s,\n", STR_ARG(code_key(module->arena, ir_str(ir, field->name))),
               STR_ARG(shape_of(module, ir, names, field->type)));
  }
  buf_char(&buf, '}');
  Str members = str_copy(module->arena, buf_str(&buf));
  buf_free(&buf);
  return around(module, "record", members);
}
