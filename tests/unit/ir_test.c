/* The printed form and the verifier: nothing is lost in print, spans are the only thing that layout changes,
 * and every kind of broken column is found. */
#include "project.h"

static const char *const block =
    "geocoding:\n"
    "  concept:\n"
    "    label: Geo\n"
    "    purpose: Coordinates\n"
    "    props: { country: { type: '\"us\" | \"ca\"', default: us } }\n"
    "  types: { Point: { lat: number, lng: number? } }\n"
    "  operations: { find: { params: { q: string }, returns: 'Point[]' } }\n"
    "  versions:\n"
    "    v2:\n"
    "      status: stable\n"
    "      prototype:\n"
    "        integration: nominatim\n"
    "        features: [search]\n"
    "        config: { limit: 5, strict: true }\n"
    "        http: { find: { get: 'https://example.com/', query: { q: q } } }\n";

// The same in another layout.
static const char *const flow =
    "geocoding: { concept: { label: Geo, purpose: Coordinates, props: { country: { type: '\"us\" | \"ca\"', "
    "default: us } } },\n"
    "  types: { Point: { lat: number, lng: number? } },\n"
    "  operations: { find: { params: { q: string }, returns: 'Point[]' } },\n"
    "  versions: { v2: { status: stable, prototype: { integration: nominatim, features: [search],\n"
    "    config: { limit: 5, strict: true }, http: { find: { get: 'https://example.com/', query: { q: q } } "
    "} } } } }\n";

static Str printed(TestProject *project, const char *yaml, bool spans) {
  project_start(project);
  project_manifest(project, "integrations/geo.yaml", IR_PLACE_PROJECT, yaml);
  project_page(project, "concept/a.html",
               "<p data-integration=geocoding@^2 data-integration-country=ca></p>");
  project_run(project);
  ck_str(project_found(project), "");
  Buf out = {0};
  ir_print(&project->ir, spans, &out);
  Str text = str_copy(&project->arena, buf_str(&out));
  buf_free(&out);
  return text;
}

START_TEST(layout_changes_nothing_but_spans) {
  TestProject one, other;
  Str a = printed(&one, block, false), b = printed(&other, flow, false);
  ck_assert_msg(str_eq(a, b), "%.*s\nand\n%.*s", STR_ARG(a), STR_ARG(b));
  project_end(&one);
  project_end(&other);
  a = printed(&one, block, true);
  b = printed(&other, flow, true);
  ck_assert(!str_eq(a, b));
  project_end(&one);
  project_end(&other);
}
END_TEST

static void expect_line(Str text, const char *line) {
  ck_assert_msg(str_find(text, str_from(line)) >= 0, "no line '%s' in\n%.*s", line, STR_ARG(text));
}

START_TEST(everything_is_printed) {
  TestProject project;
  Str text = printed(&project, block, false);
  expect_line(text, "page \"concept/a.html\"");
  expect_line(text, "use \"geocoding\" element ");
  expect_line(text, "range \"^2\" required");
  expect_line(text, "attr \"data-integration-country\" = \"ca\"");
  expect_line(text, "integration \"geocoding\" project");
  expect_line(text, "  prop \"country\" type union \"us\" \"ca\"\n    default string \"us\"");
  expect_line(text,
              "  type \"Point\"\n    field \"lat\" type number\n    field \"lng\" type optional number");
  expect_line(text,
              "  operation \"find\" returns array of named \"Point\" resolved\n    param \"q\" type string");
  expect_line(text, "  release \"v2\" 2.0.0");
  expect_line(text, "    features \"search\"");
  expect_line(text, "    binding \"find\" get \"https://example.com/\" no-body resolved");
  expect_line(text, "member \"q\" reference \"q\"");
  expect_line(text, "decision \"geocoding\" release \"v2\" because \"newest stable\"");
  project_end(&project);
}
END_TEST

static void expect_broken(TestProject *project, const char *table) {
  Str what = STR_NONE;
  ck_assert(!ir_verify(&project->ir, &what));
  ck_assert_msg(str_starts(what, str_from(table)), "%.*s", STR_ARG(what));
}

START_TEST(the_verifier_finds_what_is_broken) {
  TestProject project;
  Str what;
  printed(&project, block, false);
  Ir *ir = &project.ir;
  ck_assert(ir_verify(ir, &what));
#define BREAK(table, column, value)     \
  do {                                  \
    __typeof__(column) kept = (column); \
    (column) = (value);                 \
    expect_broken(&project, table);     \
    (column) = kept;                    \
    ck_assert(ir_verify(ir, &what));    \
  } while (0)
  BREAK("uses, row 1, integration", ir->uses.data[0].integration.n, 99);
  BREAK("uses, row 1, attrs", ir->uses.data[0].attrs.count, 99);
  BREAK("integrations, row 1, name", ir->integrations.data[0].name, 100000);
  BREAK("releases, row 1, span", ir->releases.data[0].span.end, 0);
  BREAK("pages, row 1, source", ir->pages.data[0].source, 50);
  BREAK("integrations, row 1, releases", ir->releases.data[0].integration.n, 0);
  BREAK("decisions, row 1, release", ir->releases.data[0].status, IR_RETIRED);
  project_end(&project);
}
END_TEST

START_TEST(passes_run_when_their_facts_hold) {
  TestProject project;
  project_start(&project);
  ck_assert(passes_run(&project.ir, &project.settings, &project.diags, &project.runner));
  ck_assert_uint_eq(project.runner.facts, 0);  // nothing is known yet
  project.runner.facts = FACT_INTEGRATIONS;
  ck_assert(passes_run(&project.ir, &project.settings, &project.diags, &project.runner));
  ck_assert_uint_eq(project.runner.facts, FACT_INTEGRATIONS | FACT_SYMBOLS | FACT_TYPES);
  uint32_t known =
      FACT_INTEGRATIONS | FACT_PAGES;  // every pass's requirements are provided by those before it
  for (const Pass *pass = pass_table(); pass->name; pass++) {
    ck_assert_msg((pass->requires & known) == pass->requires, "%s", pass->name);
    known |= pass->provides;
  }
  project_end(&project);
}
END_TEST

UNIT_MAIN("ir", layout_changes_nothing_but_spans, everything_is_printed, the_verifier_finds_what_is_broken,
          passes_run_when_their_facts_hold)
