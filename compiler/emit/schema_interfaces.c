/* The schemas of schema/, put into the program when it is built. */
#include "emit/schemas.h"

typedef struct InterfaceSchema {
  const char *name, *text;
} InterfaceSchema;

static const InterfaceSchema schemas[] = {
#include "emit_schemas.h"
};

Str emit_interface_schema(Str name) {
  for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++)
    if (str_eq(name, str_from(schemas[i].name))) return str_from(schemas[i].text);
  return STR("");
}
