/* JSON in an attribute against a type. In: the text of a record, a list of records, or any JSON. Out: whether
 * it fits. Pages print such values as they are, so that what fits here type-checks there. */
#include <cjson/cJSON.h>
#include <math.h>

#include "ir/literal.h"
#include "passes/types.h"

static bool value_fits(const Ir *ir, const cJSON *json, TypeId type);

static bool list_fits(const Ir *ir, const cJSON *json, TypeId element) {
  if (!cJSON_IsArray(json)) return false;
  for (const cJSON *item = json->child; item; item = item->next)
    if (!value_fits(ir, item, element)) return false;
  return true;
}

static const Field *find_field(const Ir *ir, IrRange fields, Str name) {
  for (uint32_t i = 0; i < fields.count; i++)
    if (str_eq(ir_str(ir, ir_field_at(ir, fields, i)->name), name)) return ir_field_at(ir, fields, i);
  return NULL;
}

static bool has_member(const cJSON *json, Str name) {
  for (const cJSON *item = json->child; item; item = item->next)
    if (str_eq(str_from(item->string), name)) return true;
  return false;
}

static bool record_fits(const Ir *ir, const cJSON *json, TypeDeclId decl) {
  if (!cJSON_IsObject(json)) return false;
  if (!decl.n) return true;  // an unknown type was reported
  IrRange fields = ir_type_decl(ir, decl)->fields;
  for (const cJSON *item = json->child; item; item = item->next) {
    const Field *field = find_field(ir, fields, str_from(item->string));
    if (!field || !value_fits(ir, item, field->type)) return false;
  }
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(ir, fields, i);
    bool optional = !field->type.n || ir_type(ir, field->type)->kind == IR_TYPE_OPTIONAL;
    if (!optional && !has_member(json, ir_str(ir, field->name))) return false;
  }
  return true;
}

// Units have no literal in JSON: they are the numbers that code sees.
static bool plain_fits(const Ir *ir, const cJSON *json, const Type *row) {
  switch (row->kind) {
    case IR_TYPE_INT:
      return cJSON_IsNumber(json) && json->valuedouble == floor(json->valuedouble);
    case IR_TYPE_NUMBER:
    case IR_TYPE_DURATION:
    case IR_TYPE_SHARE:
    case IR_TYPE_SIZE:
      return cJSON_IsNumber(json);
    case IR_TYPE_BOOL:
      return cJSON_IsBool(json);
    case IR_TYPE_UNION:
      for (uint32_t i = 0; cJSON_IsString(json) && i < row->literals.count; i++)
        if (str_eq(ir_str(ir, ir_name_at(ir, row->literals, i)->text), str_from(json->valuestring)))
          return true;
      return false;
    case IR_TYPE_RATE:
    case IR_TYPE_SECRET:
      return false;
    default:
      return cJSON_IsString(json);
  }
}

static bool value_fits(const Ir *ir, const cJSON *json, TypeId type) {
  if (!type.n) return true;  // a malformed type was reported
  const Type *row = ir_type(ir, type);
  while (row->kind == IR_TYPE_OPTIONAL) row = ir_type(ir, row->element);
  if (row->kind == IR_TYPE_JSON) return true;
  if (row->kind == IR_TYPE_ARRAY) return list_fits(ir, json, row->element);
  if (row->kind == IR_TYPE_NAMED) return record_fits(ir, json, row->decl);
  return plain_fits(ir, json, row);
}

bool types_is_json(const Ir *ir, TypeId type) {
  const Type *row = ir_type(ir, type);
  if (row->kind == IR_TYPE_ARRAY) {
    row = ir_type(ir, row->element);
    if (row->kind == IR_TYPE_ARRAY || row->kind == IR_TYPE_OPTIONAL) return true;
  }
  return row->kind == IR_TYPE_NAMED || row->kind == IR_TYPE_JSON;
}

bool types_json_fits(const Ir *ir, Str text, TypeId type) {
  const char *end = text.data;
  cJSON *json = text.len ? cJSON_ParseWithLengthOpts(text.data, text.len, &end, false) : NULL;
  bool whole = str_trim(str_skip(text, (size_t)(end - text.data))).len == 0;
  bool fits = json && whole && value_fits(ir, json, type);
  cJSON_Delete(json);
  return fits;
}
