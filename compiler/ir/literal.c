/* Plain types and their literals. In: a text and a type. Out: its value, or that it is none. The units are
 * those of manifests (ast/literal.h); a sign is allowed before numbers. */
#include "ir/literal.h"

#include "ast/literal.h"
#include "base/date.h"

static bool is_number(Str text, CoreKind kind, double *number) { return literal_core(text, number) == kind; }

static bool is_date(Str text, double *number) {
  int32_t days;
  if (!date_parse(text, &days)) return false;
  *number = days;
  return true;
}

bool literal_read(IrTypeKind kind, Str text, double *number) {
  switch (kind) {
    case IR_TYPE_INT:
      return is_number(text, CORE_INT, number);
    case IR_TYPE_NUMBER:
      return is_number(text, CORE_INT, number) || is_number(text, CORE_FLOAT, number);
    case IR_TYPE_BOOL:
      *number = str_eq(text, STR("true"));
      return *number != 0 || str_eq(text, STR("false"));
    case IR_TYPE_DURATION:
      return literal_duration(text, number);
    case IR_TYPE_SHARE:
      return literal_share(text, number);
    case IR_TYPE_SIZE:
      return literal_size(text, number);
    case IR_TYPE_RATE:
      return literal_rate(text, number);
    case IR_TYPE_DATE:
      return is_date(text, number);
    default:
      return false;
  }
}

const char *literal_example(IrTypeKind kind) {
  static const char *const examples[] = {
      "a text",
      "a whole number such as 3",
      "a number such as 2.5",
      "'true' or 'false'",
      "a duration such as 300ms or 2s",
      "a share such as 5%",
      "a size such as 64KiB",
      "a rate such as 50/s",
      "a URL such as https://example.com/",
      "a date such as 2025-06-30",
      "a text",
      "a JSON value",
      "one of its literals",
      "a list",
      "a value",
      "a record",
  };
  return examples[kind];
}

const char *literal_type_name(IrTypeKind kind) {
  static const char *const names[] = {"string", "int",  "number",   "bool",  "duration", "share",
                                      "size",   "rate", "url",      "date",  "secret",   "json",
                                      "union",  "list", "optional", "record"};
  return names[kind];
}
