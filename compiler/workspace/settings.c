/* In: the settings of the project file and the command line. Out: the date, phase and pins of the IR, the
 * attributes that declare uses, and the policy of warnings. What the command line says about a warning wins
 * over the project's rules, whatever their order. */
#include "workspace/settings.h"

#include "base/map.h"
#include "ir/range.h"
#include "passes/near.h"
#include "workspace/patterns.h"

static bool is_range(Compilation *compilation, ProjectText text) {
  Range range;
  VersionFault fault;
  if (range_parse(&compilation->arena, text.text, &range, &fault)) return true;
  Span span = project_part(&compilation->project.settings, text, fault.offset, fault.offset + fault.length);
  range_report(&compilation->diags, span, text.text, &fault);
  return false;
}

static void take_pins(Compilation *compilation) {
  const ProjectSettings *settings = &compilation->project.settings;
  Ir *ir = &compilation->ir;
  for (size_t i = 0; i < settings->pins.len; i++) {
    ProjectPin pin = settings->pins.data[i];
    if (is_range(compilation, pin.range))
      ir_add_pin(ir, (Pin){.name = ir_sym(ir, pin.name.text),
                           .range = {ir_sym(ir, pin.range.text), pin.range.span},
                           .span = pin.name.span});
  }
}

static Str rule_argument(Arena *arena, ProjectRule rule) {
  bool off = str_eq(rule.level.text, STR("off")), error = str_eq(rule.level.text, STR("error"));
  return str_printf(arena, "%s%.*s", off ? "no-" : error ? "error=" : "", STR_ARG(rule.name.text));
}

static void take_rules(Compilation *compilation) {
  const ProjectSettings *settings = &compilation->project.settings;
  DiagPolicy *policy = &compilation->policy;
  DiagPolicy rules = {0};
  for (size_t i = 0; i < settings->rules.len; i++) {
    ProjectRule rule = settings->rules.data[i];
    Str near;
    if (diag_policy_set(&rules, rule_argument(&compilation->arena, rule), &near)) continue;
    Diag *diag = diag_add(&compilation->diags, FX2006, rule.name.span, "no warning is named '%.*s'",
                          STR_ARG(rule.name.text));
    near_propose(diag, rule.name.span, near);
    if (!near.len)
      diag_help(diag, "'fxc explain' lists the codes, and 'fxc explain CODE' says the name of its warning");
  }
  for (int code = 0; code < DIAG_CODE_COUNT; code++)
    if (policy->level[code] == POLICY_DEFAULT) policy->level[code] = rules.level[code];
}

static void take_aliases(Compilation *compilation) {
  const ProjectTexts *attributes = &compilation->project.settings.discover_attributes;
  compilation->discover_attributes = arena_array(&compilation->arena, Str, attributes->len);
  for (size_t i = 0; i < attributes->len; i++) compilation->discover_attributes[i] = attributes->data[i].text;
}

enum { NEWEST_MINOR = 30 };

static bool some_react(const Range *range, uint64_t major, uint64_t from) {
  for (uint64_t minor = from; minor <= NEWEST_MINOR; minor++)
    for (uint64_t patch = 0; patch <= NEWEST_MINOR; patch++)
      if (range_matches(range, &(Version){.major = major, .minor = minor, .patch = patch})) return true;
  return false;
}

// What is emitted, and the runtime, are for React 18.3 and 19: a range that holds none of them cannot be met.
static void check_react(Compilation *compilation, ProjectText react) {
  Range range;
  VersionFault fault;
  if (!is_range(compilation, react) || !range_parse(&compilation->arena, react.text, &range, &fault)) return;
  if (some_react(&range, 18, 3) || some_react(&range, 19, 0)) return;
  Diag *diag = diag_add(&compilation->diags, FX4002, react.span,
                        "generated code runs with no React of the range '%.*s'", STR_ARG(react.text));
  diag_help(diag, "it needs React >=18.3 <20");
}

void settings_take(Compilation *compilation) {
  const ProjectSettings *settings = &compilation->project.settings;
  const Request *request = compilation->request;
  bool in_file = str_eq(settings->phase.text, STR("production"));
  compilation->ir.today = request->today;
  compilation->ir.output = compilation->project.output_from_root;
  compilation->ir.production = request->production_given ? request->production : in_file;
  check_react(compilation, settings->react);
  take_aliases(compilation);
  take_pins(compilation);
  take_rules(compilation);
  patterns_take(compilation);
}

void settings_check_pins(Compilation *compilation) {
  Ir *ir = &compilation->ir;
  if (compilation->request->files.len) return;  // the manifest may be one that was not given
  for (size_t i = 0; i < ir->pins.len; i++) {
    const Pin *pin = &ir->pins.data[i];
    Str name = ir_str(ir, pin->name);
    if (ir_find_integration(ir, name).n || strmap_find(&compilation->silenced, name)) continue;
    Diag *diag = diag_add(&compilation->diags, FX2006, pin->span,
                          "the pin of '%.*s' is for an integration that no manifest declares", STR_ARG(name));
    IntegrationId near = near_integration(ir, name);
    if (near.n)
      near_propose(diag, pin->span, ir_str(ir, ir_integration(ir, near)->name));
    else
      diag_help(diag, "remove the pin, or write the manifest");
  }
}
