/* The passes over small projects: which diagnostics a fault gives, at which text, and that its near
 * neighbours give none. Expected values follow from the language reference. */
#include "project.h"

#include <stdio.h>

#define GEO \
  "geocoding:\n  concept: { label: Geo, purpose: Coordinates }\n  prototype: { integration: nominatim }\n"

static const char *const address =
    "address-validation:\n"
    "  concept:\n"
    "    label: Address\n"
    "    purpose: Valid addresses\n"
    "    props:\n"
    "      country: { type: '\"us\" | \"ca\"', default: us }\n"
    "      debounce: duration\n"
    "    slots: { street: input, city: input? }\n"
    "  versions:\n"
    "    v2: { status: stable, prototype: { integration: google-places, features: [autocomplete] } }\n"
    "    v3: { status: stable, prototype: { integration: smarty, features: [autocomplete, geocoding] } }\n"
    "    v4: { status: beta, prototype: { integration: smarty, features: [batch] } }\n";

static const char *const right =
    "<div data-integration=address-validation data-integration-debounce=300ms><input data-slot=street></div>";

static void expect(const char *const *manifests, size_t count, const char *html, const char *expected) {
  TestProject project;
  project_start(&project);
  for (size_t i = 0; i < count; i++) {
    char path[64];
    snprintf(path, sizeof path, "integrations/m%zu.yaml", i);
    project_manifest(&project, path, IR_PLACE_PROJECT, manifests[i]);
  }
  if (html) project_page(&project, "concept/a.html", html);
  project_run(&project);
  ck_str(project_found(&project), expected);
  project_end(&project);
}

static void expect_page(const char *html, const char *expected) { expect(&address, 1, html, expected); }

static void expect_manifest(const char *yaml, const char *expected) { expect(&yaml, 1, NULL, expected); }

/* Pages */

START_TEST(a_right_page_is_silent) { expect_page(right, ""); }
END_TEST

START_TEST(props_are_checked) {
  expect_page(
      "<p data-integration=address-validation data-integration-debounce=1s data-integration-contry=us><input "
      "data-slot=street></p>",
      "FX1103 'data-integration-contry'");
  expect_page(
      "<p data-integration=address-validation data-integration-debounce=300><input data-slot=street></p>",
      "FX1104 '300'");
  expect_page(
      "<p data-integration=address-validation data-integration-debounce=1s "
      "data-integration-country=fr><input data-slot=street></p>",
      "FX1104 'fr'");
  expect_page("<p data-integration=address-validation><input data-slot=street></p>",
              "FX1105 'address-validation'");
}
END_TEST

START_TEST(an_attribute_needs_one_use_that_knows_it) {
  const char *const both[] = {address, GEO};
  expect(both, 2,
         "<p data-integration='geocoding address-validation' data-integration-debounce=1s><input "
         "data-slot=street></p>",
         "");
  // Nobody knows what an integration without a manifest takes.
  expect_page(
      "<p data-integration='address-validation thing' data-integration-debounce=1s "
      "data-integration-x=1><input data-slot=street></p>",
      "FX2001 'thing'");
}
END_TEST

START_TEST(slots_are_checked) {
  expect_page("<p data-integration=address-validation data-integration-debounce=1s></p>",
              "FX1106 'address-validation'");
  expect_page(
      "<p data-integration=address-validation data-integration-debounce=1s><b data-slot=street></b></p>",
      "FX1106 'street'");
  expect_page(
      "<p data-integration=address-validation data-integration-debounce=1s><input data-slot=street><input "
      "data-slot=town></p>",
      "FX1106 'town'");
}
END_TEST

START_TEST(capabilities_and_providers_are_checked) {
#define PAGE(more)                                                            \
  "<p data-integration=address-validation data-integration-debounce=1s " more \
  "><input "                                                                  \
  "data-slot=street></p>"
  expect_page(PAGE("data-integration-capabilities='autocomplete, geocoding'"), "");
  expect_page(PAGE("data-integration-capabilities='autocomplete, tracking'"), "FX1108 'tracking'");
  // v4 has it, and is a beta that is not chosen
  expect_page(PAGE("data-integration-capabilities=batch"), "FX1108 'batch'");
  expect_page(PAGE("data-integration-provider=google-places"), "");
  expect_page(PAGE("data-integration-provider=here"), "FX1110 'here'");
  expect_page(PAGE("data-integration-fallback='v2, static'"), "");
  expect_page(PAGE("data-integration-fallback='v9'"), "FX2009 'v9'");
  expect_page(PAGE("data-depends-on=geocodign"), "FX1109 'geocodign'");
#undef PAGE
}
END_TEST

/* Names */

START_TEST(a_missing_manifest_is_one_error_with_a_fix) {
  TestProject project;
  project_start(&project);
  project_manifest(&project, "integrations/geo.yaml", IR_PLACE_PROJECT, GEO);
  project_page(&project, "concept/a.html",
               "<p data-integration=geocodng></p><p data-integration=geocoding></p>");
  project_page(&project, "concept/b.html",
               "<p data-integration=geocodng></p><p data-integration=nothing-like-it "
               "data-integration-required=false></p>");
  project_run(&project);
  ck_str(project_found(&project), "FX2001 'geocodng'; FX2001? 'nothing-like-it'");
  const Diag *diag = project.diags.list.data[0];
  ck_assert_uint_eq(diag->notes.len, 2);  // the other place, the similar name
  ck_assert_uint_eq(diag->fixes.len, 1);
  ck_assert_uint_eq(diag->fixes.data[0].edits.len, 2);
  ck_str(diag->fixes.data[0].edits.data[1].text, "geocoding");
  ck_assert_uint_eq(project.diags.list.data[1]->fixes.len, 0);
  ck_assert_uint_eq(project.ir.missings.len, 2);
  ck_assert(project.ir.missings.data[0].required && !project.ir.missings.data[1].required);
  project_end(&project);
}
END_TEST

START_TEST(names_are_found_in_their_order) {
  TestProject project;
  project_start(&project);
  project_manifest(&project, "lib/geo.yaml", IR_PLACE_STDLIB, GEO);
  project_manifest(&project, "integrations/geo.yaml", IR_PLACE_PROJECT, GEO);
  project_page(&project, "concept/a.html", "<p data-integration=geocoding></p>");
  project_run(&project);
  ck_str(project_found(&project), "");
  ck_assert_uint_eq(ir_find_integration(&project.ir, STR("geocoding")).n, 2);
  ck_assert(project.ir.integrations.data[0].shadowed);
  project_end(&project);
  const char *const twice[] = {GEO, GEO};
  expect(twice, 2, "<p data-integration=geocoding></p>", "FX2003 'geocoding'");
}
END_TEST

START_TEST(dependencies_are_followed) {
#define NEEDS "a:\n  concept: { label: A, purpose: P }\n  prototype: { integration: x }\n  dependencies: "
  const char *const linked[] = {NEEDS "{ required: [geocoding] }\n", GEO};
  expect(linked, 2, "<p data-integration=a data-depends-on=geocoding></p>", "");
  expect(linked, 2, "<p data-integration=a></p>", "FX3003? 'a'");
  const char *const missing[] = {NEEDS "{ required: [geocodings] }\n", GEO};
  expect(missing, 2, "<p data-integration='a geocoding'></p>", "FX3002 'geocodings'");
  // What the missing name was probably meant for is no orphan besides: one slip, one error.
  expect(missing, 2, "<p data-integration='a'></p>", "FX3002 'geocodings'");
  const char *const apart[] = {address, GEO};
  expect(apart, 2, "<p data-integration='geocodng'></p>", "FX2001 'geocodng'; FX2012? 'address-validation'");
  const char *const conflict[] = {NEEDS "{ conflicts: [geocoding] }\n", GEO};
  expect(conflict, 2, "<p data-integration='a geocoding'></p>", "FX3004 'geocoding'");
  expect(conflict, 2, "<p data-integration='geocoding'></p>", "FX2012? 'a'");
  // to be called a conflict is not to be used
  expect(conflict, 2, "<p data-integration='a'></p>", "FX2012? 'geocoding'");
#undef NEEDS
}
END_TEST

/* Types */

#define HEAD "a:\n  concept:\n    label: A\n    purpose: P\n"
#define TAIL "  prototype: { integration: x }\n"

START_TEST(types_are_checked) {
  expect_manifest(HEAD "    props: { n: { type: int, default: 3 } }\n" TAIL, "");
  expect_manifest(HEAD "    props: { n: { type: int, default: many } }\n" TAIL, "FX2007 'many'");
  expect_manifest(HEAD "    props: { n: { type: '\"a\" | \"b\"', default: c } }\n" TAIL, "FX2007 'c'");
  expect_manifest(HEAD "    props: { n: { type: 'string[]', default: [a, b] } }\n" TAIL, "");
  expect_manifest(HEAD "    props: { n: { type: 'int[]', default: [1, x] } }\n" TAIL, "FX2007 'x'");
  expect_manifest(HEAD "    props: { n: Adress }\n  types: { Address: { street: string } }\n" TAIL,
                  "FX2010 'Adress'");
}
END_TEST

START_TEST(operations_are_checked) {
#define OPS "  operations: { find: { params: { q: string }, returns: 'string[]' } }\n"
  expect_manifest(HEAD OPS TAIL, "FX2016 'find'");
  expect_manifest(HEAD OPS "  prototype: { integration: x, module: './x.ts' }\n", "");
  expect_manifest(HEAD OPS
                  "  prototype:\n    integration: x\n    env: { KEY: secret }\n"
                  "    http: { find: { get: 'https://example.com/', query: { k: env.KEY, q: q } } }\n",
                  "");
  expect_manifest(HEAD OPS
                  "  prototype:\n    integration: x\n    env: { KEY: secret }\n"
                  "    http: { find: { get: 'https://example.com/', query: { k: env.KEI } } }\n",
                  "FX2006 'KEI'");
  expect_manifest(
      HEAD OPS
      "  prototype:\n    integration: x\n"
      "    http: { find: { get: 'https://example.com/' }, fnd: { get: 'https://example.com/' } }\n",
      "FX2006 'fnd'");
}
END_TEST

START_TEST(releases_are_checked) {
#define RELEASES \
  "  versions:\n    v1: { prototype: { integration: x } }\n    v2: { prototype: { integration: y } }\n"
  expect_manifest(HEAD RELEASES "  active_version: v2\n", "");
  expect_manifest(HEAD RELEASES "  active_version: v3\n", "FX2009 'v3'");
  expect_manifest(HEAD RELEASES "    fallback_chain: [{ integration: x }, { integration: y }]\n", "");
  expect_manifest(HEAD RELEASES "    fallback_chain: [{ integration: x }, { integration: z }]\n",
                  "FX2009 'z'");
  expect_manifest(HEAD RELEASES
                  "    fallback_chain: [{ integration: x }, { integration: y }, { integration: x }]\n",
                  "FX2011 'x'");
  expect_manifest("google-maps:\n  concept: { label: A, purpose: P }\n" TAIL, "FX2018? 'google-maps'");
}
END_TEST

UNIT_MAIN("passes", a_right_page_is_silent, props_are_checked, an_attribute_needs_one_use_that_knows_it,
          slots_are_checked, capabilities_and_providers_are_checked,
          a_missing_manifest_is_one_error_with_a_fix, names_are_found_in_their_order,
          dependencies_are_followed, types_are_checked, operations_are_checked, releases_are_checked)
