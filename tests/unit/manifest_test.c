// Manifests from bytes to rows: the clause table, a manifest with every clause, the faults that no other
// fault may hide or repeat.
#include "ast/literal.h"
#include "ast/project.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "ir/lower_manifest.h"

#include <math.h>
#include <stdio.h>

#include "unit.h"

typedef struct Fixture {
  Arena arena;
  Sources *sources;
  DiagBag bag;
  Ir ir;
} Fixture;

static void lower(Fixture *f, const char *name, const char *text) {
  f->arena = (Arena){0};
  f->sources = sources_new();
  f->bag = (DiagBag){.arena = &f->arena};
  ir_init(&f->ir, &f->arena, f->sources);
  SourceId source = sources_add(f->sources, str_from(name), str_from(name));
  Ast *ast = ast_read_manifest_file(&f->arena, source, str_from(name), str_from(text), &f->bag);
  if (ast) ir_lower_manifest(&f->ir, ast, IR_PLACE_PROJECT, &f->bag);
}

static void release(Fixture *f) {
  sources_free(f->sources);
  arena_free(&f->arena);
}

static const char full[] =
    "address-validation:\n"
    "  _metadata: { version: \"2.1.0\", author: factory-team, modified: \"2025-01-23\", tags: [location, "
    "forms] }\n"
    "  concept:\n"
    "    render: input-field\n"
    "    label: Select Valid Service Address\n"
    "    purpose: Ensure accurate data\n"
    "    annotations:\n"
    "      - validates: physical_address\n"
    "      - requires: geocoding\n"
    "      - outputs: [formatted_address, coordinates]\n"
    "    props:\n"
    "      country: { type: '\"us\" | \"ca\"', default: us }\n"
    "      debounce: { type: duration, default: 300ms }\n"
    "      lang: string\n"
    "      hint: string?\n"
    "    slots: { street: input, city: input?, box: {} }\n"
    "    events: { validated: { address: Address } }\n"
    "  types: { Address: { street: string, lines: 'string[]?' } }\n"
    "  operations: { validate: { params: { street: string }, returns: Address } }\n"
    "  prototype:\n"
    "    integration: google-places\n"
    "    version: \"3.2.0\"\n"
    "    features: [autocomplete, geocoding]\n"
    "    config: { types: [address, 5, true, ~], restrictions: { country: us } }\n"
    "    env: { MAPS_KEY: { type: secret, pattern: '^AIza' }, REGION: string }\n"
    "    http:\n"
    "      validate: { post: \"https://x/v1\", query: { key: env.MAPS_KEY }, json: { line: street, type: "
    "plain }, result: { street: /a } }\n"
    "  production:\n"
    "    integration: google-maps\n"
    "    optimizations: [pooling]\n"
    "    fallback: manual-entry\n"
    "    monitoring: { track_usage: true }\n"
    "    cache: 10m\n"
    "  versions:\n"
    "    v1: { status: deprecated, supported_until: 2025-06-30, migration_guide: ./a.md, replaced_by: "
    "v3-beta }\n"
    "    v2: { prototype: { integration: google-places, version: 2.15 } }\n"
    "    v3-beta:\n"
    "      requires: { geocoding: \"^2.1\" }\n"
    "      conflicts: [legacy]\n"
    "      status: beta\n"
    "      feature-flag: use_new\n"
    "      rollout: { stage_1: [internal], stage_2: partners }\n"
    "      prototype: { integration: smarty, breaking_changes: [New format] }\n"
    "      production: { config: { strict: false } }\n"
    "    stripe-v4: { version: \"4.1.0\", prototype: { integration: stripe } }\n"
    "    fallback_chain:\n"
    "      - { integration: google-places, version: \"2.15.0\", trigger: primary_failure }\n"
    "      - static\n"
    "  active_version: v2\n"
    "  migration_strategy: parallel\n"
    "  migration: { parallel_start: 2025-03-01, cutover_date: 2025-06-30 }\n"
    "  routing:\n"
    "    strategy: percentage\n"
    "    rules:\n"
    "      - { version: v3-beta, traffic: 10 }\n"
    "      - { version: v2, traffic: 90%, conditions: [{ type: account, operator: not in, value: [pro] }] }\n"
    "  canary: { version: v3-beta, stages: [{ percentage: 1, duration: 1h }, 100], rollback: { error_rate: "
    "0.05, latency_p99: 2000 } }\n"
    "  compatibility: { v2: { requires: { geocoding: \">=v2\" } } }\n"
    "  dependencies: { required: { places: \"*\" }, optional: [analytics], conflicts: legacy }\n"
    "  limits: { rate: 50/s, burst: 100, timeout: 2s, retry: { attempts: 3, backoff: exponential, from: "
    "200ms, to: 5s }, breaker: 5 }\n"
    "  alerts: [\"fallback-rate > 5% over 5m\", \"latency_p95 >= 800ms over 1h\"]\n"
    "  migrate:\n"
    "    from: v1\n"
    "    to: v2\n"
    "    rename: { prop: { lang: country }, config: { key: MAPS_KEY } }\n"
    "    drop: { config: sensor }\n"
    "    value: { config: { strict: { \"yes\": true } } }\n";

#define ROW(table, range, i) (&f.ir.table.data[(range).first - 1 + (i)])
#define NAME_OF(row) ir_str(&f.ir, (row)->name)

START_TEST(a_full_manifest_has_no_fault) {
  Fixture f;
  lower(&f, "a.yaml", full);
  for (size_t i = 0; i < f.bag.list.len; i++)
    ck_abort_msg("%s at %u: %s", diag_info(f.bag.list.data[i]->code)->name, f.bag.list.data[i]->span.start,
                 f.bag.list.data[i]->message.data);
  ck_assert_uint_eq(f.ir.integrations.len, 1);
  release(&f);
}
END_TEST

START_TEST(interfaces_become_rows) {
  Fixture f;
  lower(&f, "a.yaml", full);
  const Integration *row = &f.ir.integrations.data[0];
  ck_str(NAME_OF(row), "address-validation");
  ck_assert_uint_eq(row->span.start, 0);
  ck_assert_uint_eq(row->span.end, 18);
  ck_str(ir_str(&f.ir, row->label.sym), "Select Valid Service Address");
  ck_assert_uint_eq(row->provides.count, 2);
  ck_assert_uint_eq(row->tags.count, 2);
  ck_assert_uint_eq(row->props.count, 4);
  const Prop *country = ROW(props, row->props, 0), *debounce = ROW(props, row->props, 1);
  ck_assert_int_eq(ir_type(&f.ir, country->type)->kind, IR_TYPE_UNION);
  ck_assert_uint_eq(ir_type(&f.ir, country->type)->literals.count, 2);
  ck_assert(!country->required && !debounce->required);
  ck_assert_int_eq(ir_value(&f.ir, debounce->initial)->kind, IR_VALUE_DURATION);
  ck_assert_double_eq(ir_value(&f.ir, debounce->initial)->number, 300);
  ck_assert(ROW(props, row->props, 2)->required);
  ck_assert(!ROW(props, row->props, 3)->required);
  ck_assert_uint_eq(row->slots.count, 3);
  ck_str(ir_str(&f.ir, ROW(slots, row->slots, 1)->element), "input");
  ck_assert(ROW(slots, row->slots, 1)->optional && !ROW(slots, row->slots, 0)->optional);
  ck_assert_uint_eq(ROW(slots, row->slots, 2)->element, 0);
  const Operation *validate = ROW(operations, row->operations, 0);
  ck_assert_int_eq(ir_type(&f.ir, validate->returns)->kind, IR_TYPE_NAMED);
  const TypeDecl *address = ROW(type_decls, row->types, 0);
  const Field *lines = ROW(fields, address->fields, 1);
  ck_assert_int_eq(ir_type(&f.ir, lines->type)->kind, IR_TYPE_OPTIONAL);
  ck_assert_int_eq(ir_type(&f.ir, ir_type(&f.ir, lines->type)->element)->kind, IR_TYPE_ARRAY);
  release(&f);
}
END_TEST

START_TEST(releases_become_rows) {
  Fixture f;
  lower(&f, "a.yaml", full);
  const Integration *row = &f.ir.integrations.data[0];
  ck_assert_uint_eq(row->releases.count, 4);
  const Release *v1 = ROW(releases, row->releases, 0), *v2 = ROW(releases, row->releases, 1);
  const Release *v3 = ROW(releases, row->releases, 2), *v4 = ROW(releases, row->releases, 3);
  ck_assert_int_eq(v1->status, IR_DEPRECATED);
  int32_t days;
  ck_assert(date_parse(STR("2025-06-30"), &days));
  ck_assert_int_eq(v1->until.days, days);
  ck_assert(v1->version.valid && v1->version.major == 1 && v1->version.minor == 0);
  ck_str(ir_str(&f.ir, v3->version.pre), "beta");
  ck_assert(v3->version.major == 3 && v4->version.major == 4 && v4->version.minor == 1);
  ck_str(ir_str(&f.ir, v2->sdk.sym), "2.15");
  // Releases of the prototype's provider, or of none, build on it; those of another one do not.
  ck_str(ir_str(&f.ir, v1->provider.sym), "google-places");
  ck_assert_uint_eq(v2->features.count, 2);
  ck_assert_uint_eq(v2->envs.count, 2);
  ck_assert_uint_eq(v3->features.count, 0);
  ck_assert(ROW(envs, v2->envs, 0)->secret && !ROW(envs, v2->envs, 1)->secret);
  ck_assert_uint_eq(v3->rollout.count, 2);
  ck_assert_uint_eq(v3->breaking_changes.count, 1);
  // Production: of the whole integration, unless a release has its own.
  ck_assert_uint_eq(v1->production.n, v2->production.n);
  ck_assert_uint_ne(v1->production.n, v3->production.n);
  ck_assert_double_eq(ir_overlay(&f.ir, v1->production)->cache.number, 600000);
  const Binding *binding = ROW(bindings, v2->bindings, 0);
  ck_assert_int_eq(binding->method, IR_POST);
  ck_assert_int_eq(binding->body_kind, IR_BODY_JSON);
  IrRange body = ir_value(&f.ir, binding->body)->items;
  ck_assert_int_eq(ROW(values, body, 0)->kind, IR_VALUE_REFERENCE);  // a parameter
  ck_assert_int_eq(ROW(values, body, 1)->kind, IR_VALUE_STRING);
  ck_assert_int_eq(ROW(values, ir_value(&f.ir, binding->query)->items, 0)->kind, IR_VALUE_REFERENCE);
  IrRange types = ir_value(&f.ir, ROW(configs, v2->configs, 0)->value)->items;
  ck_assert_uint_eq(types.count, 4);
  ck_assert_int_eq(ROW(values, types, 1)->kind, IR_VALUE_INT);
  ck_assert_int_eq(ROW(values, types, 3)->kind, IR_VALUE_NULL);
  release(&f);
}
END_TEST

START_TEST(relations_become_rows) {
  Fixture f;
  lower(&f, "a.yaml", full);
  const Integration *row = &f.ir.integrations.data[0];
  Buf out = {0};
  for (uint32_t i = 0; i < row->requirements.count; i++) {
    const Requirement *r = ROW(requirements, row->requirements, i);
    static const char kinds[] = "ROC";
    buf_printf(&out, "%c%u %.*s %.*s; ", kinds[r->kind], r->release.n, STR_ARG(ir_str(&f.ir, r->target)),
               STR_ARG(ir_str(&f.ir, r->range.sym)));
  }
  ck_str(buf_str(&out),
         "R0 geocoding ; R0 places *; O0 analytics ; C0 legacy ; R3 geocoding ^2.1; C3 legacy ; R2 geocoding "
         ">=v2; ");
  buf_free(&out);
  release(&f);
}
END_TEST

START_TEST(run_time_clauses_become_rows) {
  Fixture f;
  lower(&f, "a.yaml", full);
  const Integration *row = &f.ir.integrations.data[0];
  ck_assert_uint_eq(row->fallbacks.count, 3);
  ck_str(NAME_OF(ROW(fallbacks, row->fallbacks, 0)), "google-places");
  ck_str(NAME_OF(ROW(fallbacks, row->fallbacks, 2)), "manual-entry");
  ck_assert_uint_eq(row->routes.count, 2);
  ck_assert_double_eq(ROW(routes, row->routes, 1)->share.number, 0.9);
  ck_assert_int_eq(ROW(conditions, ROW(routes, row->routes, 1)->conditions, 0)->op, IR_NOT_IN);
  ck_assert_uint_eq(row->canary.count, 2);
  ck_assert_double_eq(ROW(canary_stages, row->canary, 0)->share.number, 0.01);
  ck_assert_double_eq(ROW(canary_stages, row->canary, 0)->duration.number, 3600000);
  ck_assert_double_eq(ROW(canary_stages, row->canary, 1)->share.number, 1);
  ck_assert(isnan(ROW(canary_stages, row->canary, 1)->duration.number));
  const Threshold *latency = ROW(thresholds, row->rollback, 1), *alert = ROW(thresholds, row->alerts, 1);
  ck_str(ir_str(&f.ir, latency->metric), "latency-p99");
  ck_assert_double_eq(latency->bound.number, 2000);
  ck_assert(isnan(latency->window.number));
  ck_assert_int_eq(alert->op, IR_GE);
  ck_assert_double_eq(alert->window.number, 3600000);
  const Limits *limits = ir_limit(&f.ir, row->limits);
  ck_assert_double_eq(limits->rate.number, 50);
  ck_assert_double_eq(limits->retry_to.number, 5000);
  ck_assert_double_eq(limits->breaker_failures.number, 5);
  ck_assert(isnan(limits->queue.number));
  ck_assert_uint_eq(row->migrations.count, 4);
  const MigrationStep *value = ROW(migration_steps, row->migrations, 3);
  ck_assert_int_eq(value->kind, IR_VALUE_CONFIG);
  ck_assert_int_eq(ir_value(&f.ir, value->new_value)->kind, IR_VALUE_BOOL);
  release(&f);
}
END_TEST

/* One fault, one diagnostic */

typedef struct FaultCase {
  const char *text, *codes;
} FaultCase;

#define HEAD "a:\n  concept: { label: A, purpose: B }\n"
#define BODY HEAD "  prototype: { integration: x }\n"

static const FaultCase faults[] = {
    {BODY, ""},
    {"a:\n  lable: A\n  purpose: B\n  prototype: { integration: x }\n", "FX2006 "},
    {"a:\n  concpet: { label: A, purpose: B }\n  prototype: { integration: x }\n", "FX2006 "},
    {HEAD "  prototpye: { integration: x }\n", "FX2006 "},
    {HEAD "  prototype: { integraton: x }\n", "FX2006 "},
    {HEAD "  versions: v1\n", "FX2007 "},
    {HEAD "  versions: { v1: { integration: [x] } }\n", "FX2007 "},
    {"a: text\n", "FX2007 "},
    {"a:\n", "FX2008 FX2008 FX2008 "},
    {HEAD, "FX2008 "},
    {"a:\n  concept: { label: \"[TODO]\", purpose: [REQUIRES it] }\n  prototype: { integration: }\n",
     "FX2008 FX2008 FX2008 "},
    {BODY "  _generated: { status: stub }\n", "FX2002 "},
    {HEAD "  features: [b]\n  versions: { v1: { annotations: 1, provder: x } }\n", "FX2006 FX2006 FX2006 "},
    {BODY "  types: { T: { _id: string, x-y: int } }\n", ""},
    {BODY "  limits: { timeout: soon }\n", "FX2007 "},
    {BODY "  routing: { strategy: percentage, rules: [{ version: v1, traffic: lots }, { version: v1, "
          "traffic: 10 }] }\n",
     "FX2007 "},
    {BODY "  routing: { strategy: percentage, rules: [{ version: v1, traffic: 60 }] }\n", "FX2015 "},
    {BODY "  routing: { strategy: percentage, rules: [{ verson: v1, traffic: 100 }] }\n", "FX2006 "},
    {BODY "  requires: { b: \"^^1\" }\n", "FX4003 "},
    {BODY "  versions: { v1: { version: x, integration: y } }\n", "FX4003 "},
    {"integration: a\nconcept: { label: A, purpose: B }\nprototype: { integration: x }\n", ""},
    {BODY
     "b: { x-anything: 1, _more: 2, label: B, purpose: C, prototype: { integration: y } }\nx-c: 1\n_d: 1\n",
     ""},
};

START_TEST(one_fault_gives_one_diagnostic) {
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    Fixture f;
    lower(&f, "a.yaml", faults[i].text);
    Buf out = {0};
    for (size_t k = 0; k < f.bag.list.len; k++)
      buf_printf(&out, "%s ", diag_info(f.bag.list.data[k]->code)->name);
    ck_assert_msg(str_eq(buf_str(&out), str_from(faults[i].codes)), "%s\n%.*s\n%s", faults[i].text,
                  STR_ARG(buf_str(&out)), f.bag.list.len ? f.bag.list.data[0]->message.data : "");
    buf_free(&out);
    release(&f);
  }
}
END_TEST

START_TEST(both_notations_say_the_same) {
  Fixture yaml, json;
  lower(&yaml, "a.yaml",
        "a:\n  concept: { label: A, purpose: B }\n  prototype: { integration: x, config: { n: 5, t: [true, "
        "~, 'text'] } }\n");
  lower(
      &json, "a.json",
      "{\"a\": {\"concept\": {\"label\": \"A\", \"purpose\": \"B\"}, \"prototype\": {\"integration\": \"x\","
      "\"config\": {\"n\": 5, \"t\": [true, null, \"text\"]}}}}");
  ck_assert_uint_eq(yaml.bag.list.len + json.bag.list.len, 0);
  ck_assert_uint_eq(yaml.ir.values.len, json.ir.values.len);
  for (size_t i = 0; i < yaml.ir.values.len; i++) {
    ck_assert_int_eq(yaml.ir.values.data[i].kind, json.ir.values.data[i].kind);
    ck_assert_uint_eq(yaml.ir.values.data[i].text, json.ir.values.data[i].text);
  }
  release(&yaml);
  release(&json);
}
END_TEST

START_TEST(broken_files_declare_their_names) {
  Arena arena = {0};
  StrMap names = {0};
  ast_declared_names(&arena, STR("m/stem.yaml"), STR("one:\n  x: \"\ntwo: [\nintegration: 'three'\n"),
                     &names);
  ast_declared_names(&arena, STR("m/other.json"), STR("{\"four\": {\"label\" : "), &names);
  static const char *const expected[] = {"stem", "one", "two", "three", "other", "four"};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
    ck_assert_msg(strmap_find(&names, str_from(expected[i])) != NULL, "%s", expected[i]);
  arena_free(&arena);
}
END_TEST

/* The table itself */

START_TEST(the_clause_table_is_sound) {
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) {
    const ClauseInfo *info = clause_info(c);
    Str yaml = str_from(info->yaml), path;
    ck_assert_msg(yaml.len && strlen(info->sentence) > 5, "%s", info->id);
    while (str_split(&yaml, '|', &path)) {
      bool keyed = str_ends(path, STR("*"));
      ck_assert_msg(keyed == (info->form == FORM_KEYED || info->form == FORM_NAMES), "%s: %.*s", info->id,
                    STR_ARG(path));
      uint16_t way = shape_root(info->shape);
      Str key;
      while (str_split(&path, '.', &key) && !str_eq(key, STR("*"))) way = clause_find(way, key);
      ck_assert_msg(way != 0, "%s", info->id);
      ck_assert_msg((keyed ? clause_way(way)->open : clause_way(way)->clause) == c,
                    "%s is hidden by another clause", info->id);
    }
    if (info->kind == KIND_CHOICE) ck_assert(strlen(info->detail) > 0);
    if (info->kind == KIND_BLOCK) {
      uint16_t way;
      ck_assert_msg(clause_block(c, &way) != SHAPE_none && way != 0, "%s", info->id);
    }
  }
  for (ShapeId s = SHAPE_none + 1; s < SHAPE_COUNT; s++) {
    size_t count = 0;
    for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) count += clause_info(c)->shape == s;
    ck_assert_msg(count > 0 && count <= 64, "%s", shape_info(s)->id);
    ck_assert_msg((strcmp(shape_info(s)->short_form, "none") != 0) == (shape_short(s) != CLAUSE_none), "%s",
                  shape_info(s)->id);
  }
}
END_TEST

/// grammar/README.md has the tables of grammar/manifest.awk; run from the root, as make does.
START_TEST(the_clauses_are_documented) {
  Arena arena = {0};
  Str readme;
  ck_assert_int_eq(file_read(STR("grammar/README.md"), &arena, 0, &readme), 0);
  FILE *tables = popen("awk -f grammar/manifest.awk grammar/manifest.def", "r");
  ck_assert_ptr_nonnull(tables);
  Buf out = {0};
  for (size_t n = 1; n > 0; out.len += n) n = fread(buf_reserve(&out, 4096), 1, 4096, tables);
  ck_assert_int_eq(pclose(tables), 0);
  ck_assert_uint_gt(out.len, 10000);
  ck_assert_msg(str_find(readme, buf_str(&out)) >= 0,
                "grammar/README.md is out of date: see its last paragraph before the tables");
  buf_free(&out);
  arena_free(&arena);
}
END_TEST

START_TEST(project_files_become_settings) {
  Arena arena = {0};
  DiagBag bag = {.arena = &arena};
  ProjectSettings settings;
  Str text = STR(
      "project: shop\nconcept: [a/*.html, b/*.html]\nuse: stdlib\nphase: production\npins: { pay: \"3.4.x\" "
      "}\n"
      "discover: { attribute: data-widget, suggest: { pay: { when: { xpath: \"//a\" } } } }\n"
      "trust: [integrations/**, { path: n/**, key: RWQ }]\nrules: { orphan: error }\nalerts: [scan > 5s]\n"
      "environments: { live: { set: [KEY], flags: { fast: off }, providers: { pay: stripe } } }\n");
  ck_assert(project_read(&arena, 1, STR("project.yaml"), text, &bag, &settings));
  ck_assert_msg(bag.list.len == 0, "%s", bag.list.len ? bag.list.data[0]->message.data : "");
  ck_str(settings.name.text, "shop");
  ck_assert_uint_eq(settings.concept.len, 2);
  ck_str(settings.manifests.data[0].text, "integrations/**/*.{fx,yaml,yml,json}");
  ck_str(settings.output.text, "generated");
  ck_str(settings.phase.text, "production");
  ck_assert(settings.use_stdlib && !settings.unsafe_templates);
  ck_str(settings.pins.data[0].range.text, "3.4.x");
  ck_str(settings.suggestions.data[0].xpath.text, "//a");
  ck_str(settings.trust.data[1].key.text, "RWQ");
  ck_str(settings.rules.data[0].level.text, "error");
  ck_assert_double_eq(settings.alerts.data[0].bound, 5000);
  ck_str(settings.environments.data[0].flags.data[0].range.text, "off");
  ck_str(settings.environments.data[0].providers.data[0].range.text, "stripe");
  arena_free(&arena);
}
END_TEST

UNIT_MAIN("manifest", a_full_manifest_has_no_fault, interfaces_become_rows, releases_become_rows,
          relations_become_rows, run_time_clauses_become_rows, one_fault_gives_one_diagnostic,
          both_notations_say_the_same, broken_files_declare_their_names, the_clause_table_is_sound,
          the_clauses_are_documented, project_files_become_settings)
