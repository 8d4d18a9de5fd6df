#include "emit/code.h"

#include <math.h>
#include <stdlib.h>

#include "emit/name.h"
#include "ir/literal.h"

static Str taken(Arena *arena, Buf *buf) {
  Str text = str_copy(arena, buf_str(buf));
  buf_free(buf);
  return text;
}

Str code_string(Arena *arena, Str data) {
  Buf buf = {0};
  tsx_put_string(&buf, data);
  return taken(arena, &buf);
}

Str code_key(Arena *arena, Str data) {
  if (str_eq(data, STR("__proto__"))) return STR("['__proto__']");  // as a plain key it sets the prototype
  return tsx_is_identifier(data) ? data : code_string(arena, data);
}

// The shortest of the usual precisions that reads back as the same number.
static Str number(Arena *arena, double value) {
  if (!isfinite(value)) return STR("0");
  if (fabs(value) < 1e15 && value == floor(value)) return str_printf(arena, "%.0f", value);
  for (int digits = 6; digits < 17; digits++) {
    Str text = str_printf(arena, "%.*g", digits, value);
    if (strtod(text.data, NULL) == value) return text;
  }
  return str_printf(arena, "%.17g", value);
}

// A whole number of calls if a second, a minute or an hour has one; the division that made `per_second` is
// not exact.
Str code_rate(Arena *arena, double per_second) {
  double per = 1000, count = per_second;
  for (; per < 3.6e6 && fabs(count - floor(count + 0.5)) > count * 1e-12; per *= 60, count *= 60) continue;
  if (fabs(count - floor(count + 0.5)) <= count * 1e-12) count = floor(count + 0.5);
  return str_printf(arena, "{ count: %.*s, per: %.*s }", STR_ARG(number(arena, count)),
                    STR_ARG(number(arena, per)));
}

static Str list(Arena *arena, const Ir *ir, const Value *value) {
  Buf buf = {0};
  buf_char(&buf, '[');
  for (uint32_t i = 0; i < value->items.count; i++) {
    if (i) buf_put(&buf, STR(", "));
    buf_put(&buf, code_value(arena, ir, (ValueId){value->items.first + i}));
  }
  buf_char(&buf, ']');
  return taken(arena, &buf);
}

static Str record(Arena *arena, const Ir *ir, const Value *value) {
  Buf buf = {0};
  if (!value->items.count) return STR("{}");
  buf_char(&buf, '{');
  for (uint32_t i = 0; i < value->items.count; i++) {
    ValueId item = {value->items.first + i};
    buf_put(&buf, i ? STR(", ") : STR(" "));
    buf_put(&buf, code_key(arena, ir_str(ir, ir_value(ir, item)->key)));
    buf_put(&buf, STR(": "));
    buf_put(&buf, code_value(arena, ir, item));
  }
  buf_put(&buf, STR(" }"));
  return taken(arena, &buf);
}

Str code_value(Arena *arena, const Ir *ir, ValueId id) {
  if (!id.n) return STR("null");
  const Value *value = ir_value(ir, id);
  switch (value->kind) {
    case IR_VALUE_NULL:
      return STR("null");
    case IR_VALUE_BOOL:
      return value->number != 0 ? STR("true") : STR("false");
    case IR_VALUE_INT:
    case IR_VALUE_NUMBER:
    case IR_VALUE_DURATION:
    case IR_VALUE_SHARE:
    case IR_VALUE_SIZE:
      return number(arena, value->number);
    case IR_VALUE_RATE:
      return code_rate(arena, value->number);
    case IR_VALUE_STRING:
    case IR_VALUE_DATE:
    case IR_VALUE_REFERENCE:
      return code_string(arena, ir_str(ir, value->text));
    case IR_VALUE_LIST:
      return list(arena, ir, value);
    case IR_VALUE_RECORD:
      return record(arena, ir, value);
  }
  return STR("null");
}

Str code_literal(Arena *arena, const Ir *ir, ValueId id, TypeId wanted) {
  bool optional;
  double amount;
  const Value *value = id.n ? ir_value(ir, id) : NULL;
  wanted = code_required(ir, wanted, &optional);
  if (!value || !wanted.n || value->kind != IR_VALUE_STRING) return code_value(arena, ir, id);
  IrTypeKind kind = ir_type(ir, wanted)->kind;
  bool unit =
      kind == IR_TYPE_DURATION || kind == IR_TYPE_SHARE || kind == IR_TYPE_SIZE || kind == IR_TYPE_RATE;
  if (!unit || !literal_read(kind, ir_str(ir, value->text), &amount)) return code_value(arena, ir, id);
  return kind == IR_TYPE_RATE ? code_rate(arena, amount) : number(arena, amount);
}

Str code_member(Arena *arena, Str base, Str name, bool optional) {
  if (tsx_is_identifier(name))
    return str_printf(arena, "%.*s%s%.*s", STR_ARG(base), optional ? "?." : ".", STR_ARG(name));
  return str_printf(arena, "%.*s%s[%.*s]", STR_ARG(base), optional ? "?." : "",
                    STR_ARG(code_string(arena, name)));
}

Str code_template(Arena *arena, Str data) {
  Buf buf = {0};
  tsx_put_template(&buf, data);
  return taken(arena, &buf);
}

Str code_local(Arena *arena, Str name) {
  Str camel = name_camel(arena, name);
  return tsx_is_identifier(camel) ? camel : str_concat(arena, camel, STR("_"));
}

/* Types */

static Str literals(Arena *arena, const Ir *ir, const Type *type) {
  Buf buf = {0};
  for (uint32_t i = 0; i < type->literals.count; i++) {
    if (i) buf_put(&buf, STR(" | "));
    tsx_put_string(&buf, ir_str(ir, ir_name_at(ir, type->literals, i)->text));
  }
  return taken(arena, &buf);
}

static Str array(Arena *arena, const Ir *ir, const Str *names, TypeId element) {
  Str inner = code_type(arena, ir, names, element);
  IrTypeKind kind = ir_type(ir, element)->kind;
  bool braced = kind == IR_TYPE_UNION || kind == IR_TYPE_OPTIONAL || kind == IR_TYPE_ARRAY;
  return str_printf(arena, braced ? "readonly (%.*s)[]" : "readonly %.*s[]", STR_ARG(inner));
}

Str code_type(Arena *arena, const Ir *ir, const Str *names, TypeId id) {
  if (!id.n) return STR("void");
  const Type *type = ir_type(ir, id);
  switch (type->kind) {
    case IR_TYPE_STRING:
    case IR_TYPE_URL:
    case IR_TYPE_DATE:
      return STR("string");
    case IR_TYPE_INT:
    case IR_TYPE_NUMBER:
    case IR_TYPE_DURATION:
    case IR_TYPE_SHARE:
    case IR_TYPE_SIZE:
      return STR("number");
    case IR_TYPE_BOOL:
      return STR("boolean");
    case IR_TYPE_RATE:
      return STR("{ readonly count: number; readonly per: number }");
    case IR_TYPE_JSON:
      return STR("unknown");
    case IR_TYPE_SECRET:
      return STR("never");  // a secret has no value where this code runs
    case IR_TYPE_UNION:
      return literals(arena, ir, type);
    case IR_TYPE_ARRAY:
      return array(arena, ir, names, type->element);
    case IR_TYPE_OPTIONAL:
      return str_concat(arena, code_type(arena, ir, names, type->element), STR(" | undefined"));
    case IR_TYPE_NAMED:
      return type->decl.n ? names[type->decl.n - 1] : STR("unknown");
  }
  return STR("unknown");
}

TypeId code_required(const Ir *ir, TypeId type, bool *optional) {
  *optional = false;
  while (type.n && ir_type(ir, type)->kind == IR_TYPE_OPTIONAL) {
    *optional = true;
    type = ir_type(ir, type)->element;
  }
  return type;
}
