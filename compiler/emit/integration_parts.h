/* The parts of an integration's module, in their order. Internal to emit/integration*.c. */
#ifndef FXC_EMIT_INTEGRATION_PARTS_H
#define FXC_EMIT_INTEGRATION_PARTS_H

#include "emit/code.h"
#include "emit/shape.h"
#include "emit/tsx.h"
#include "ir/ir.h"

typedef struct OperationNames {
  Str status;  // "AddressValidationValidate"
  Str input;   // "AddressValidationValidateInput"
  Str shape;   // "validateInputShape"
  Str hook;    // "useAddressValidationValidate"
} OperationNames;

typedef struct IntegrationModule {
  TsxModule tsx;
  Arena *arena;
  const Ir *ir;
  const Integration *row;
  Str name;       // "address-validation"
  Str component;  // "AddressValidation"
  OperationNames *operations;
  Str *events;          // "AddressValidationValidatedEvent"
  Str *types, *shapes;  // by TypeDeclId.n - 1, of this integration
  ShapeNames shape_names;
  Str behaviors;  // "behaviors"; empty where there are none
} IntegrationModule;

/// A statement at the module's end.
TsxNode *integration_statement(IntegrationModule *m, TsxKind kind, Str text);
/// The same with `export`.
TsxNode *integration_export(IntegrationModule *m, TsxKind kind, Str text);
/// Documentation (data) of the next statement of `parent`, when there is any.
void integration_doc(IntegrationModule *m, TsxNode *parent, Str text);
/// A readonly member of an interface; `optional` puts the "?".
TsxNode *integration_member(IntegrationModule *m, TsxNode *parent, Str name, bool optional, Str type);
/// Members for fields; types that are optional become optional members.
void integration_fields(IntegrationModule *m, TsxNode *parent, IrRange fields);
/// An exported interface over fields; an alias where there are none, as an empty interface takes anything.
void integration_record(IntegrationModule *m, Str name, IrRange fields);
/// "AddressValidation" + Pascal(part) + suffix.
Str integration_name(IntegrationModule *m, Str part, const char *suffix);

/// Which records operations reach, by TypeDeclId.n - 1; `wanted` chooses operations by their place, NULL:
/// all.
bool *integration_reached(IntegrationModule *m, const bool *wanted);
/// Appends the validator of a record, which is number `index` + 1 of all, to a module.
void integration_shape(IntegrationModule *m, TsxModule *module, uint32_t index);

/// Fills in the names: see integration_names.c.
void integration_names(IntegrationModule *m);
/// The names of an integration's module for one that imports from it.
IntegrationModule integration_names_of(const Ir *ir, IntegrationId id, Arena *arena);

void integration_types(IntegrationModule *m);       // records and their validators
void integration_operations(IntegrationModule *m);  // inputs, results, status
void integration_uses(IntegrationModule *m);        // capabilities, events, slots, props
void integration_behaviors(IntegrationModule *m);   // what happens in the markup
void integration_component(IntegrationModule *m);   // definition, view, container, hooks

#endif
