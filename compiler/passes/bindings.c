/* One HTTP binding. In: URL, query, headers, body, credentials, where the answer's fields are. Out: the
 * operation; FX2006 for names that nothing has, FX2007 for what can not stand where it does, FX2008 for what
 * is missing. */
#include "passes/bindings.h"

#include "base/suggest.h"
#include "passes/argument.h"
#include "passes/binding_result.h"
#include "passes/binding_url.h"
#include "passes/near.h"
#include "passes/types.h"

typedef struct Checking {
  RefScope scope;
  Ir *ir;
  DiagBag *diags;
  Binding *binding;
} Checking;

static void find_operation(Checking *c) {
  const Integration *row = c->scope.integration;
  Str name = ir_str(c->ir, c->binding->operation), whole = ir_str(c->ir, row->name);
  Suggestion near = suggest_start(name);
  for (uint32_t i = 0; i < row->operations.count; i++) {
    const Operation *operation = ir_operation_at(c->ir, row->operations, i);
    suggest_offer(&near, ir_str(c->ir, operation->name));
    if (operation->name != c->binding->operation) continue;
    c->binding->resolved = (OperationId){row->operations.first + i};
    c->scope.operation = operation;
    return;
  }
  Diag *d = diag_add(c->diags, FX2006, c->binding->span, "'%.*s' has no operation '%.*s'", STR_ARG(whole),
                     STR_ARG(name));
  diag_label(d, c->binding->span, "performed here, declared nowhere");
  near_propose(d, c->binding->span, near.best);
}

/* Values that are sent */

static void no_scalar(Checking *c, Span span, Str found, const char *where) {
  Diag *d = diag_add(c->diags, FX2007, span, "%s takes no %.*s", where, STR_ARG(found));
  diag_label(d, span, "expected a text, a number, a boolean or a list of these");
}

// A text, a number, a boolean, nothing; at the top also a list of these.
static void check_flat(Checking *c, ValueId id, const char *where, bool top) {
  const Value *value = ir_value(c->ir, id);
  Reference ref;
  switch (value->kind) {
    case IR_VALUE_REFERENCE:
      if (!reference_resolve(&c->scope, ir_str(c->ir, value->text), value->span, &ref, c->diags)) return;
      if (reference_is_scalar(ref.type) || (top && ref.type.kind == IR_TYPE_ARRAY)) return;
      no_scalar(c, value->span, reference_type_text(c->diags->arena, c->ir, ref.type), where);
      return;
    case IR_VALUE_STRING:
      argument_check_holes(&c->scope, value, c->diags);
      return;
    case IR_VALUE_RECORD:
      no_scalar(c, value->span, STR("map"), where);
      return;
    case IR_VALUE_LIST:
      if (!top) no_scalar(c, value->span, STR("list in a list"), where);
      for (uint32_t i = 0; top && i < value->items.count; i++)
        check_flat(c, (ValueId){value->items.first + i}, where, false);
      return;
    default:
      return;
  }
}

static void check_members(Checking *c, ValueId record, const char *where) {
  if (!record.n) return;
  IrRange items = ir_value(c->ir, record)->items;
  for (uint32_t i = 0; i < items.count; i++) check_flat(c, (ValueId){items.first + i}, where, true);
}

// RFC 9110, 5.6.2: token.
static bool is_token(Str name) {
  for (size_t i = 0; i < name.len; i++) {
    char ch = name.data[i];
    bool word = (ch >= '0' && ch <= '9') || ((ch | 32) >= 'a' && (ch | 32) <= 'z');
    if (!word && (ch == '\0' || !strchr("!#$%&'*+-.^_`|~", ch))) return false;
  }
  return name.len > 0;
}

static void check_headers(Checking *c) {
  check_members(c, c->binding->headers, "a header");
  if (!c->binding->headers.n) return;
  IrRange items = ir_value(c->ir, c->binding->headers)->items;
  for (uint32_t i = 0; i < items.count; i++) {
    const Value *item = ir_value_at(c->ir, items, i);
    if (is_token(ir_str(c->ir, item->key))) continue;
    Diag *d = diag_add(c->diags, FX2007, item->key_span, "'%.*s' is no name of a header",
                       STR_ARG(ir_str(c->ir, item->key)));
    diag_help(d, "it is made of letters, digits and !#$%%&'*+-.^_`|~ (RFC 9110, 5.6.2)");
  }
}

static void check_body(Checking *c) {
  const Binding *binding = c->binding;
  if (!binding->body.n) return;
  const Value *body = ir_value(c->ir, binding->body);
  if (binding->method == IR_GET || binding->method == IR_HEAD) {
    Diag *d = diag_add(c->diags, FX2007, body->span, "a request by '%s' has no body",
                       ir_method_name(binding->method));
    diag_help(d, "write 'query' for parameters of the URL, or use 'post'");
  }
  if (binding->body_kind == IR_BODY_FORM)
    check_members(c, binding->body, "a form");
  else
    argument_check(&c->scope, binding->body, (TypeId){0}, STR("json"), c->diags);
}

/* Credentials */

static bool has_member(const Ir *ir, const Value *record, const char *name) {
  for (uint32_t i = 0; i < record->items.count; i++)
    if (str_eq(ir_str(ir, ir_value_at(ir, record->items, i)->key), str_from(name))) return true;
  return false;
}

static void check_basic(Checking *c) {
  static const char *const names[] = {"user", "password"};
  if (!c->binding->basic.n) return;
  const Value *record = ir_value(c->ir, c->binding->basic);
  bool has[2] = {false, false}, all_known = true;
  check_members(c, c->binding->basic, "'basic'");
  for (uint32_t i = 0; i < record->items.count; i++) {
    const Value *item = ir_value_at(c->ir, record->items, i);
    Str key = ir_str(c->ir, item->key);
    Suggestion near = suggest_start(key);
    bool known = false;
    for (int k = 0; k < 2; k++) {
      if (!has_member(c->ir, record, names[k])) suggest_offer(&near, str_from(names[k]));
      if (str_eq(key, str_from(names[k]))) known = has[k] = true;
    }
    if (known) continue;
    all_known = false;
    Diag *d = diag_add(c->diags, FX2006, item->key_span, "'basic' has no '%.*s'", STR_ARG(key));
    diag_help(d, "it has 'user' and 'password'");
    near_propose(d, item->key_span, near.best);
  }
  for (int k = 0; k < 2; k++) {
    if (has[k] || !all_known) continue;
    Diag *d = diag_add(c->diags, FX2008, record->span, "'basic' needs '%s'", names[k]);
    diag_help(d, "basic: { user: env.USER, password: env.PASSWORD }");
  }
}

static void check_bearer(Checking *c) {
  const Binding *binding = c->binding;
  if (!binding->bearer.n) return;
  check_flat(c, binding->bearer, "'bearer'", false);
  if (!binding->basic.n) return;
  Diag *d = diag_add(c->diags, FX2003, ir_value(c->ir, binding->bearer)->span,
                     "a request is authorized in one way");
  diag_note(d, ir_value(c->ir, binding->basic)->span, "it has this one already");
}

void binding_check(const RefScope *scope, Ir *ir, Binding *binding, DiagBag *diags) {
  Checking c = {*scope, ir, diags, binding};
  c.scope.operation = NULL;
  find_operation(&c);
  binding_check_url(&c.scope, binding, diags);
  check_members(&c, binding->query, "the query");
  check_headers(&c);
  check_body(&c);
  check_basic(&c);
  check_bearer(&c);
  if (c.scope.operation) binding_check_result(&c.scope, binding, diags);
}
