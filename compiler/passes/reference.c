/* What references mean. In: a path and where it stands. Out: what it names, with its type; FX2006 for a name
 * that nothing has, FX2007 where a path goes on behind something without members. */
#include "passes/reference.h"

#include "base/suggest.h"
#include "ir/literal.h"
#include "passes/near.h"
#include "passes/types.h"

// One look-up: what is being read, and where in it.
typedef struct Reader {
  const RefScope *scope;
  const Ir *ir;
  Str text;
  Span span;
  DiagBag *diags;
  Suggestion near;
  Reference *out;
} Reader;

Span reference_part(Span value, Str text, size_t at, size_t length) {
  size_t bytes = value.end - value.start, quote = bytes == text.len + 2 ? 1 : 0;
  if (bytes != text.len && !quote) return value;
  return span_part(value, (uint32_t)(quote + at), (uint32_t)(quote + at + length));
}

static Span place_of(const Reader *reader, Str part) {
  return reference_part(reader->span, reader->text, (size_t)(part.data - reader->text.data), part.len);
}

// A fix only where the place is exactly the name.
static void propose(Reader *reader, Diag *d, Str name) {
  Str best = reader->near.best;
  if (d->span.end - d->span.start == name.len)
    near_propose(d, d->span, best);
  else if (best.len)
    diag_help(d, "did you mean '%.*s'?", STR_ARG(best));
}

// Reports an unknown name with the nearest one that was offered.
static bool unknown(Reader *reader, Str name, const char *format, Str owner) {
  if (!reader->diags) return false;
  Str message = str_printf(reader->diags->arena, format, STR_ARG(owner), STR_ARG(name));
  Diag *d = diag_add(reader->diags, FX2006, place_of(reader, name), "%.*s", STR_ARG(message));
  diag_label(d, d->span, "not declared");
  propose(reader, d, name);
  return false;
}

static bool is_named(Reader *reader, Sym candidate, Str wanted) {
  Str name = ir_str(reader->ir, candidate);
  suggest_offer(&reader->near, name);
  return str_eq(name, wanted);
}

static Str take_name(Str *rest) {
  Str name = STR_NONE;
  str_split(rest, '.', &name);
  return name;
}

static RefType type_of(const Ir *ir, TypeId type, bool optional) {
  while (type.n && ir_type(ir, type)->kind == IR_TYPE_OPTIONAL) {
    optional = true;
    type = ir_type(ir, type)->element;
  }
  // A malformed type has been reported: anything goes.
  return (RefType){type.n ? ir_type(ir, type)->kind : IR_TYPE_JSON, type, optional};
}

/* Paths through records */

static bool no_members(Reader *reader, Str name, RefType type) {
  if (!reader->diags) return false;
  Str what = reference_type_text(reader->diags->arena, reader->ir, type);
  Diag *d = diag_add(reader->diags, FX2007, place_of(reader, name), "%.*s has no members", STR_ARG(what));
  diag_label(d, d->span, "a member of what is none");
  return false;
}

static bool follow(Reader *reader, Str rest, RefType type) {
  const Ir *ir = reader->ir;
  while (rest.len) {
    Str name = take_name(&rest);
    if (type.kind != IR_TYPE_NAMED || !type.type.n) return no_members(reader, name, type);
    const Type *named = ir_type(ir, type.type);
    if (!named->decl.n) return false;  // an unknown type was reported
    IrRange fields = ir_type_decl(ir, named->decl)->fields;
    const Field *field = NULL;
    reader->near = suggest_start(name);
    for (uint32_t i = 0; i < fields.count && !field; i++)
      if (is_named(reader, ir_field_at(ir, fields, i)->name, name)) field = ir_field_at(ir, fields, i);
    if (!field) return unknown(reader, name, "'%.*s' has no field '%.*s'", ir_str(ir, named->name));
    type = type_of(ir, field->type, type.optional);
  }
  reader->out->type = type;
  return true;
}

static bool found(Reader *reader, RefKind kind, uint32_t row, Str rest, RefType type) {
  *reader->out = (Reference){.kind = kind, .row = row, .path = rest, .optional = type.optional};
  return follow(reader, rest, type);
}

/* Behaviours */

bool reference_has_value(Str element) {
  static const char *const fields[] = {"input",  "select",   "textarea", "output",
                                       "button", "progress", "meter"};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (str_eq(element, str_from(fields[i]))) return true;
  return false;
}

static bool member_fits(Str element, RefMember member) {
  if (member == REF_TEXT || element.len == 0 || str_find_char(element, '-') >= 0) return true;
  return member == REF_VALUE ? reference_has_value(element) : str_eq(element, STR("input"));
}

static bool report_member(Reader *reader, Str name, const Slot *slot) {
  if (!reader->diags) return false;
  Str element = ir_str(reader->ir, slot->element), whole = ir_str(reader->ir, slot->name);
  Diag *d;
  if (!name.len) {
    d = diag_add(reader->diags, FX2007, reader->span, "'%.*s' is a slot, not one of its values",
                 STR_ARG(whole));
    bool value = member_fits(element, REF_VALUE);
    diag_fix(d, DIAG_MAYBE, reader->span,
             str_concat(reader->diags->arena, whole, value ? STR(".value") : STR(".text")), "write '%.*s.%s'",
             STR_ARG(whole), value ? "value" : "text");
  } else {
    d = diag_add(reader->diags, FX2006, place_of(reader, name), "%s '%.*s' has no '%.*s'",
                 element.len ? "the element" : "a slot", STR_ARG(element.len ? element : whole),
                 STR_ARG(name));
    propose(reader, d, name);
  }
  diag_help(d, "a slot has value, checked, number and files, as its element has them, and text");
  diag_note(d, slot->span, "the slot is declared here");
  return false;
}

static bool slot_member(Reader *reader, SlotId id, Str rest) {
  static const char *const names[] = {"value", "checked", "number", "files", "text"};
  static const IrTypeKind kinds[] = {IR_TYPE_STRING, IR_TYPE_BOOL, IR_TYPE_NUMBER, IR_TYPE_JSON,
                                     IR_TYPE_STRING};
  const Slot *slot = ir_slot(reader->ir, id);
  Str name = rest.len ? take_name(&rest) : STR("");
  reader->near = suggest_start(name);
  for (int i = 0; i < 5; i++) {
    RefMember member = (RefMember)i;
    if (!member_fits(ir_str(reader->ir, slot->element), member)) continue;
    suggest_offer(&reader->near, str_from(names[i]));
    if (!str_eq(name, str_from(names[i]))) continue;
    RefType type = {kinds[i], {0}, slot->optional || member == REF_NUMBER};
    bool fine = found(reader, REF_SLOT, id.n, rest, type);
    reader->out->member = member;
    return fine;
  }
  return report_member(reader, name, slot);
}

static bool in_behavior(Reader *reader, Str name, Str rest) {
  const Ir *ir = reader->ir;
  const Integration *row = reader->scope->integration;
  IrRange steps = reader->scope->behavior->steps;
  for (uint32_t i = reader->scope->step; i-- > 0;) {
    const Step *step = ir_step_at(ir, steps, i);
    if (!step->as.sym || !is_named(reader, step->as.sym, name)) continue;
    if (!step->operation.n) return false;  // an unknown operation was reported
    TypeId type = ir_operation(ir, step->operation)->returns;
    return type.n && found(reader, REF_ANSWER, steps.first + i, rest, type_of(ir, type, false));
  }
  for (uint32_t i = 0; i < row->slots.count; i++)
    if (is_named(reader, ir_slot_at(ir, row->slots, i)->name, name))
      return slot_member(reader, (SlotId){row->slots.first + i}, rest);
  for (uint32_t i = 0; i < row->props.count; i++) {
    const Prop *prop = ir_prop_at(ir, row->props, i);
    if (!is_named(reader, prop->name, name)) continue;
    RefType type = type_of(ir, prop->type, false);
    type.optional = !prop->required && !prop->initial.n;
    return found(reader, REF_PROP, row->props.first + i, rest, type);
  }
  if (reader->diags && (str_eq(name, STR("env")) || str_eq(name, STR("config")))) {
    Diag *d =
        diag_add(reader->diags, FX2006, reader->span, "a behaviour knows no '%.*s'", STR_ARG(reader->text));
    diag_help(d, "it runs in the browser; what a provider needs stands in the binding of the operation");
    return false;
  }
  return unknown(reader, name, "'%.*s' has no slot, prop or earlier answer '%.*s'", ir_str(ir, row->name));
}

/* Bindings */

static RefType value_type(const Ir *ir, ValueId id) {
  static const IrTypeKind kinds[] = {
      [IR_VALUE_NULL] = IR_TYPE_JSON,        [IR_VALUE_BOOL] = IR_TYPE_BOOL,
      [IR_VALUE_INT] = IR_TYPE_INT,          [IR_VALUE_NUMBER] = IR_TYPE_NUMBER,
      [IR_VALUE_STRING] = IR_TYPE_STRING,    [IR_VALUE_DURATION] = IR_TYPE_NUMBER,
      [IR_VALUE_SHARE] = IR_TYPE_NUMBER,     [IR_VALUE_SIZE] = IR_TYPE_NUMBER,
      [IR_VALUE_RATE] = IR_TYPE_JSON,        [IR_VALUE_DATE] = IR_TYPE_STRING,
      [IR_VALUE_REFERENCE] = IR_TYPE_STRING, [IR_VALUE_LIST] = IR_TYPE_ARRAY,
      [IR_VALUE_RECORD] = IR_TYPE_NAMED,
  };
  return (RefType){id.n ? kinds[ir_value(ir, id)->kind] : IR_TYPE_JSON, {0}, false};
}

static ValueId value_member(const Ir *ir, ValueId id, Str name) {
  const Value *row = ir_value(ir, id);
  for (uint32_t i = 0; row->kind == IR_VALUE_RECORD && i < row->items.count; i++)
    if (str_eq(ir_str(ir, ir_value_at(ir, row->items, i)->key), name)) return (ValueId){row->items.first + i};
  return (ValueId){0};
}

// Through the literal: a member that it does not have is a slip.
static bool config_value(Reader *reader, ConfigId id, Str rest) {
  const Ir *ir = reader->ir;
  ValueId value = ir_config(ir, id)->value;
  *reader->out = (Reference){.kind = REF_CONFIG, .row = id.n, .path = rest};
  while (rest.len && value.n) {
    Str name = take_name(&rest);
    const Value *record = ir_value(ir, value);
    if (record->kind != IR_VALUE_RECORD) return no_members(reader, name, value_type(ir, value));
    reader->near = suggest_start(name);
    for (uint32_t i = 0; i < record->items.count; i++)
      suggest_offer(&reader->near, ir_str(ir, ir_value_at(ir, record->items, i)->key));
    value = value_member(ir, value, name);
    if (!value.n)
      return unknown(reader, name, "config value '%.*s' has no '%.*s'", ir_str(ir, ir_config(ir, id)->key));
  }
  reader->out->type = value_type(ir, value);
  return true;
}

static ConfigId find_config(Reader *reader, IrRange configs, Str name) {
  for (uint32_t i = 0; i < configs.count; i++)
    if (is_named(reader, ir_config_at(reader->ir, configs, i)->key, name))
      return (ConfigId){configs.first + i};
  return (ConfigId){0};
}

static EnvId find_env(Reader *reader, IrRange envs, Str name) {
  for (uint32_t i = 0; i < envs.count; i++)
    if (is_named(reader, ir_env_at(reader->ir, envs, i)->name, name)) return (EnvId){envs.first + i};
  return (EnvId){0};
}

// The overlay of production counts where it is built, and is known where it is not.
static bool of_release(Reader *reader, bool env, Str rest) {
  const Ir *ir = reader->ir;
  const Release *release = reader->scope->release;
  const Overlay *over = reader->scope->production;
  Str name = take_name(&rest), label = ir_str(ir, release->label.sym);
  reader->near = suggest_start(name);
  if (env) {
    EnvId id = over && ir->production ? find_env(reader, over->envs, name) : (EnvId){0};
    if (!id.n) id = find_env(reader, release->envs, name);
    if (!id.n && over) id = find_env(reader, over->envs, name);
    if (id.n) return found(reader, REF_ENV, id.n, rest, type_of(ir, ir_env(ir, id)->type, false));
    return unknown(reader, name, "release '%.*s' has no environment variable '%.*s'", label);
  }
  ConfigId id = over && ir->production ? find_config(reader, over->configs, name) : (ConfigId){0};
  if (!id.n) id = find_config(reader, release->configs, name);
  if (!id.n && over) id = find_config(reader, over->configs, name);
  if (id.n) return config_value(reader, id, rest);
  return unknown(reader, name, "release '%.*s' has no config value '%.*s'", label);
}

static bool in_binding(Reader *reader, Str name, Str rest) {
  const Ir *ir = reader->ir;
  bool env = str_eq(name, STR("env"));
  if (rest.len && (env || str_eq(name, STR("config")))) return of_release(reader, env, rest);
  if (!reader->scope->operation) return false;
  IrRange params = reader->scope->operation->params;
  for (uint32_t i = 0; i < params.count; i++)
    if (is_named(reader, ir_field_at(ir, params, i)->name, name))
      return found(reader, REF_PARAM, params.first + i, rest,
                   type_of(ir, ir_field_at(ir, params, i)->type, false));
  return unknown(reader, name, "operation '%.*s' has no parameter '%.*s'",
                 ir_str(ir, reader->scope->operation->name));
}

bool reference_resolve(const RefScope *scope, Str text, Span span, Reference *out, DiagBag *diags) {
  Reader reader = {.scope = scope, .ir = scope->ir, .text = text, .span = span, .diags = diags, .out = out};
  Str rest = text, name = take_name(&rest);
  *out = (Reference){0};
  reader.near = suggest_start(name);
  return scope->behavior ? in_behavior(&reader, name, rest) : in_binding(&reader, name, rest);
}

/* Types */

bool reference_is_scalar(RefType type) {
  switch (type.kind) {
    case IR_TYPE_ARRAY:
    case IR_TYPE_NAMED:
    case IR_TYPE_JSON:
    case IR_TYPE_RATE:
    case IR_TYPE_OPTIONAL:
      return false;
    default:
      return true;
  }
}

static bool is_text(IrTypeKind kind) {
  return kind == IR_TYPE_STRING || kind == IR_TYPE_URL || kind == IR_TYPE_DATE;
}

static bool union_within(const Ir *ir, TypeId inner, TypeId outer) {
  IrRange from = ir_type(ir, inner)->literals, to = ir_type(ir, outer)->literals;
  for (uint32_t i = 0; i < from.count; i++) {
    bool has = false;
    for (uint32_t k = 0; k < to.count; k++)
      has |= ir_name_at(ir, from, i)->text == ir_name_at(ir, to, k)->text;
    if (!has) return false;
  }
  return true;
}

bool reference_fits(const Ir *ir, RefType type, TypeId wanted) {
  RefType to = type_of(ir, wanted, false);
  if (!to.type.n || to.kind == IR_TYPE_JSON) return true;
  if (is_text(to.kind)) return is_text(type.kind) || type.kind == IR_TYPE_UNION;
  if (to.kind == IR_TYPE_NUMBER) return type.kind == IR_TYPE_NUMBER || type.kind == IR_TYPE_INT;
  if (to.kind != type.kind) return false;
  if (to.kind == IR_TYPE_UNION) return type.type.n && union_within(ir, type.type, to.type);
  if (to.kind == IR_TYPE_NAMED)
    return type.type.n && ir_type(ir, type.type)->decl.n == ir_type(ir, to.type)->decl.n;
  if (to.kind != IR_TYPE_ARRAY) return true;
  if (!type.type.n) return false;
  RefType element = type_of(ir, ir_type(ir, type.type)->element, false);
  bool maybe = ir_type(ir, ir_type(ir, to.type)->element)->kind == IR_TYPE_OPTIONAL;
  return (maybe || !element.optional) && reference_fits(ir, element, ir_type(ir, to.type)->element);
}

Str reference_type_text(Arena *arena, const Ir *ir, RefType type) {
  if (type.type.n) return str_printf(arena, "'%.*s'", STR_ARG(types_text(arena, ir, type.type)));
  if (type.kind == IR_TYPE_ARRAY) return STR("a list");
  if (type.kind == IR_TYPE_NAMED) return STR("a record");
  return str_printf(arena, "'%s'", literal_type_name(type.kind));
}

ValueId reference_value(const Ir *ir, ValueId id, Str path) {
  Str name;
  while (id.n && path.len && str_split(&path, '.', &name)) {
    const Value *record = ir_value(ir, id);
    id = (ValueId){0};
    for (uint32_t i = 0; record->kind == IR_VALUE_RECORD && i < record->items.count; i++)
      if (str_eq(ir_str(ir, ir_value_at(ir, record->items, i)->key), name)) id.n = record->items.first + i;
  }
  return id;
}
