/* Keys that stand where a reference should. In: the patterns of an integration's secrets, texts that browsers
 * get. Out: FX6003. A pattern that ordinary words match as well says too little and is passed over, and so
 * are short texts; of a longer text each word is tried, so that a key in a URL is found. */
#include "base/regex.h"
#include "ir/interpolation.h"
#include "passes/taint.h"

enum { SHORTEST = 8, LONGEST = 4096 };

typedef struct KeyPattern {
  const Env *env;
  const Regex *regex;
} KeyPattern;

struct TaintKeys {
  VEC(KeyPattern) list;
};

static bool says_enough(const Regex *regex) {
  static const char *const ordinary[] = {"example",
                                         "production",
                                         "a",
                                         "name_of_something",
                                         "12345678",
                                         "12345678901234",
                                         "en-US",
                                         "hello world",
                                         "https://api.example.com/v1/lookup",
                                         "application/json",
                                         "Europe/Berlin",
                                         "2025-01-31",
                                         "ABCDEFGH",
                                         "mapbox.places-permanent",
                                         "someone@example.com",
                                         "1.2.3",
                                         "componentRestrictions",
                                         "test-mode"};
  Arena scratch = {0};
  bool fine = true;
  for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary && fine; i++)
    fine = !regex_matches(regex, str_from(ordinary[i]), &scratch);
  arena_free(&scratch);
  return fine;
}

static void add_patterns(Arena *arena, const Ir *ir, IrRange envs, TaintKeys *keys) {
  for (uint32_t i = 0; i < envs.count; i++) {
    const Env *env = ir_env_at(ir, envs, i);
    RegexFault fault;
    if (!env->secret || !env->pattern.sym) continue;
    Regex *regex = regex_compile(arena, ir_str(ir, env->pattern.sym), &fault);
    if (regex && says_enough(regex)) vec_push(arena, &keys->list, (KeyPattern){env, regex});
  }
}

TaintKeys *taint_keys_of(Arena *arena, const Ir *ir, const Integration *integration) {
  TaintKeys *keys = arena_new(arena, TaintKeys);
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    add_patterns(arena, ir, release->envs, keys);
    if (release->production.n) add_patterns(arena, ir, ir_overlay(ir, release->production)->envs, keys);
  }
  return keys->list.len ? keys : NULL;
}

static bool matches(const TaintKeys *keys, Str text, Arena *scratch, TaintKey *found) {
  if (text.len < SHORTEST || text.len > LONGEST) return false;
  for (size_t i = 0; i < keys->list.len; i++) {
    *found = (TaintKey){keys->list.data[i].env, text};
    if (regex_matches(keys->list.data[i].regex, text, scratch)) return true;
  }
  return false;
}

static bool in_word(char c, bool dots) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == '-' ||
         (dots && c == '.');
}

static bool word_matches(const TaintKeys *keys, Str text, bool dots, TaintKey *found) {
  Arena scratch = {0};
  bool does = false;
  for (size_t i = 0, end; i < text.len && !does; i = end + 1) {
    for (end = i; end < text.len && in_word(text.data[end], dots);) end++;
    does = matches(keys, str_span(text.data + i, text.data + end), &scratch, found);
    arena_reset(&scratch);
  }
  arena_free(&scratch);
  return does;
}

// Some keys have dots in them, others stand at the end of a sentence.
bool taint_keys_find(const TaintKeys *keys, Str text, TaintKey *found) {
  Arena scratch = {0};
  bool whole = matches(keys, str_trim(text), &scratch, found);
  arena_free(&scratch);
  if (whole || word_matches(keys, text, true, found)) return true;
  return str_find_char(text, '.') >= 0 && word_matches(keys, text, false, found);
}

void taint_keys_report(DiagBag *diags, const Ir *ir, TaintKey key, Span span, const char *where) {
  Diag *d = diag_add(diags, FX6003, span, "this looks like '%.*s', and %s",
                     STR_ARG(ir_str(ir, key.env->name)), where);
  diag_hide(diags, span, key.text);
  diag_label(d, span, "matches its pattern");
  diag_note(d, key.env->pattern.span, "declared as a secret of this form here");
  diag_help(d, "take it from the environment in an http binding, and have the key replaced: it may be known");
}

/* Literals of the manifest */

static void check_text(Taint *run, const TaintKeys *keys, Str text, Span span, const char *where) {
  TaintKey found;
  if (text.len >= SHORTEST && taint_keys_find(keys, text, &found))
    taint_keys_report(run->diags, run->ir, found, span, where);
}

static void check_value(Taint *run, const TaintKeys *keys, ValueId id, const char *where) {
  if (!id.n || run->said[id.n]) return;
  run->said[id.n] = true;
  const Value *value = ir_value(run->ir, id);
  if (value->kind == IR_VALUE_STRING) check_text(run, keys, ir_str(run->ir, value->text), value->span, where);
  bool nests = value->kind == IR_VALUE_LIST || value->kind == IR_VALUE_RECORD;
  for (uint32_t i = 0; nests && i < value->items.count; i++)
    check_value(run, keys, (ValueId){value->items.first + i}, where);
}

static void check_configs(Taint *run, const TaintKeys *keys, IrRange configs) {
  for (uint32_t i = 0; i < configs.count; i++)
    check_value(run, keys, ir_config_at(run->ir, configs, i)->value, "browsers get the configuration");
}

static void check_bindings(Taint *run, const TaintKeys *keys, const Release *release, IrRange bindings) {
  static const char where[] = "browsers make this request";
  for (uint32_t i = 0; i < bindings.count; i++) {
    const Binding *binding = ir_binding_at(run->ir, bindings, i);
    if (binding_is_secret(run->ir, release, binding)) continue;
    check_text(run, keys, ir_str(run->ir, binding->url.sym), binding->url.span, where);
    ValueId roots[] = {binding->query, binding->headers, binding->body, binding->basic, binding->bearer};
    for (size_t k = 0; k < sizeof roots / sizeof *roots; k++) check_value(run, keys, roots[k], where);
  }
}

// A module performs everything itself: bindings beside it are never emitted.
static void check_release(Taint *run, const TaintKeys *keys, const Release *release) {
  const Overlay *over = release->production.n ? ir_overlay(run->ir, release->production) : NULL;
  check_configs(run, keys, release->configs);
  if (!release->module.sym) check_bindings(run, keys, release, release->bindings);
  if (!over) return;
  check_configs(run, keys, over->configs);
  if (!release->module.sym && !over->module.sym) check_bindings(run, keys, release, over->bindings);
}

static void check_routes(Taint *run, const TaintKeys *keys) {
  const Ir *ir = run->ir;
  for (uint32_t i = 0; i < run->integration->routes.count; i++) {
    IrRange rows = ir_route_at(ir, run->integration->routes, i)->conditions;
    for (uint32_t k = 0; k < rows.count; k++)
      check_value(run, keys, ir_condition_at(ir, rows, k)->value, "browsers choose routes");
  }
}

static void check_behaviors(Taint *run, const TaintKeys *keys) {
  const Ir *ir = run->ir;
  for (uint32_t i = 0; i < run->integration->behaviors.count; i++) {
    IrRange steps = ir_behavior_at(ir, run->integration->behaviors, i)->steps;
    for (uint32_t s = 0; s < steps.count; s++) {
      IrRange arguments = ir_step_at(ir, steps, s)->arguments;
      for (uint32_t k = 0; k < arguments.count; k++)
        check_value(run, keys, ir_argument_at(ir, arguments, k)->value, "behaviours run in the browser");
    }
  }
}

void taint_literals(Taint *run, const TaintKeys *keys) {
  const Ir *ir = run->ir;
  const IrText said[] = {run->integration->label, run->integration->purpose, run->integration->doc};
  for (size_t i = 0; i < sizeof said / sizeof *said; i++)
    check_text(run, keys, ir_str(ir, said[i].sym), said[i].span, "code for browsers repeats it");
  for (uint32_t i = 0; i < run->integration->props.count; i++)
    check_value(run, keys, ir_prop_at(ir, run->integration->props, i)->initial, "props stand in pages");
  for (uint32_t i = 0; i < run->integration->releases.count; i++)
    check_release(run, keys, ir_release_at(ir, run->integration->releases, i));
  check_routes(run, keys);
  check_behaviors(run, keys);
}

/* Attributes of pages */

// Several uses of one element have the same attributes.
void taint_pages(const Ir *ir, TaintKeys *const *keys, DiagBag *diags) {
  Arena scratch = {0};
  bool *said = arena_array(&scratch, bool, ir->use_attrs.len + 1);
  for (size_t u = 0; u < ir->uses.len; u++) {
    const Use *use = &ir->uses.data[u];
    const TaintKeys *own = keys[use->integration.n];
    for (uint32_t i = 0; own && i < use->attrs.count; i++) {
      const UseAttr *attr = ir_use_attr_at(ir, use->attrs, i);
      Str value = ir_str(ir, attr->value);
      if (value.len < SHORTEST || said[use->attrs.first + i]) continue;
      TaintKey found;
      if (!taint_keys_find(own, value, &found)) continue;
      said[use->attrs.first + i] = true;
      taint_keys_report(diags, ir, found, attr->value_span, "everybody can read the page");
    }
  }
  arena_free(&scratch);
}
