/* What a page can see of an integration. The oracle is the emitted page: an edit of a manifest changes the
 * interface exactly when it changes one of the pages below, and pages that are compiled against the bytes of
 * the interface are those that are compiled against the manifest. */
#include "ir/interface.h"

#include "emit/page.h"
#include "project.h"

static const char *const manifest =
    "maps:\n"
    "  description: Maps # a comment\n"
    "  concept:\n"
    "    label: Map\n"
    "    purpose: Show a place\n"
    "    props:\n"
    "      country: { type: '\"us\" | \"ca\"', default: us, description: Where }\n"
    "      zoom-level: { type: int }\n"
    "      center: { type: 'Point?' }\n"
    "      marks: { type: 'Point[]?' }\n"
    "    slots: { canvas: div }\n"
    "    events: { moved: { zoom: int } }\n"
    "  types:\n"
    "    Point: { lat: number, lng: number?, kind: 'Kind?' }\n"
    "    Kind: { word: string }\n"
    "    Place: { name: string }\n"
    "  operations:\n"
    "    find: { params: { q: string }, returns: 'Place[]' }\n"
    "  active: v2\n"
    "  versions:\n"
    "    v1:\n"
    "      status: stable\n"
    "      prototype: { integration: nominatim, features: [tiles] }\n"
    "    v2:\n"
    "      version: 2.1.0\n"
    "      status: stable\n"
    "      prototype:\n"
    "        integration: openmaps\n"
    "        features: [search, tiles]\n"
    "        config: { limit: 5 }\n"
    "        http: { find: { get: 'https://example.com/', query: { q: q } } }\n";

// Between them they say everything that a page can say of it, right and wrong.
static const char *const uses[] = {
    "<p data-integration=maps data-integration-zoom-level=5 "
    "data-integration-capabilities=search,tiles,routes>",
    "<p data-integration=maps data-integration-zoom-level=2.5>",
    "<p data-integration=maps data-integration-zoom-level=5 data-integration-country=de>",
    "<p data-integration=maps data-integration-zoom-level=5 data-integration-country=ca "
    "data-integration-center='{\"lat\": 1, \"lng\": 2.5, \"kind\": {\"word\": \"a\"}}'>",
    "<p data-integration=maps data-integration-zoom-level=5 data-integration-center='{\"lat\": 1}'>",
    "<p data-integration=maps data-integration-zoom-level=5 data-integration-center='{\"lat\": \"north\"}'>",
    "<p data-integration=maps data-integration-zoom-level=5 data-integration-marks='[{\"lat\": 1}]'>",
    "<p data-integration=maps data-integration-zoom-level=5 data-integration-center='{\"lat\": 1, \"alt\": "
    "3}'>",
    "<p data-integration=maps data-integration-zoom-level=5 data-integration-style=dark>",
    "<p data-integration=maps data-integration-country=us>",
};
enum { USES = sizeof uses / sizeof *uses };

static Arena arena;

static Str emit(const Ir *ir, const char *use) {
  Str html = str_printf(&arena, "<!DOCTYPE html><title>t</title>%s", use);
  char *bytes = arena_zero(&arena, html.len + 128);
  memcpy(bytes, html.data, html.len);
  HtmlInput input = html_decode_bytes(&arena, (Str){bytes, html.len});
  HtmlOptions options = {0};
  HtmlTree *tree = html_parse(&arena, input.text, &options);
  DiagBag diags = {.arena = &arena};
  PageFacts facts = {.source = 1, .path = STR("concept/a.html"), .name = STR("a")};
  FactsOptions none = {0};
  facts_from_html(&facts, tree, &input, &none, &arena, &diags);
  Buf out = {0};
  ck_assert(emit_page(ir, NULL, &facts, tree, &input, &diags, &arena, NULL, &out));
  Str text = str_copy(&arena, buf_str(&out));
  buf_free(&out);
  return text;
}

typedef struct Version {
  Str pages[USES], interface;
} Version;

static Str interface_of(const Ir *ir, const char *name) {
  IntegrationId id = ir_find_integration(ir, str_from(name));
  ck_assert(id.n);
  Buf bytes = {0};
  ir_interface_write(ir, id, &arena, &bytes);
  Str text = str_copy(&arena, buf_str(&bytes));
  buf_free(&bytes);
  Digest digest = ir_interface_digest(ir, id, &arena), same = digest_str(text);
  ck_assert(digest.high == same.high && digest.low == same.low);
  return text;
}

// The pages as they come from the interface alone.
static void expect_pages(const Version *version) {
  Ir ir;
  Str what;
  ir_init(&ir, &arena, NULL);
  ck_assert(ir_interface_read(&ir, STR("maps"), version->interface));
  ck_assert_msg(ir_verify(&ir, &what), "%.*s", STR_ARG(what));
  for (size_t i = 0; i < USES; i++) ck_assert(str_eq(emit(&ir, uses[i]), version->pages[i]));
  ck_assert(str_eq(interface_of(&ir, "maps"), version->interface));
}

static Version version_of(Str text, const char *before) {
  TestProject project;
  Version version;
  project_start(&project);
  if (before) project_manifest(&project, "integrations/before.yaml", IR_PLACE_PROJECT, before);
  project_manifest(&project, "integrations/maps.yaml", IR_PLACE_PROJECT, str_cstr(&arena, text));
  project_run(&project);
  for (size_t i = 0; i < USES; i++) version.pages[i] = emit(&project.ir, uses[i]);
  version.interface = interface_of(&project.ir, "maps");
  project_end(&project);
  expect_pages(&version);
  return version;
}

static Str replaced(const char *from, const char *to) {
  Str text = str_from(manifest), old = str_from(from);
  ptrdiff_t at = str_find(text, old);
  ck_assert_msg(at >= 0, "no '%s'", from);
  Str head = str_concat(&arena, str_take(text, (size_t)at), str_from(to));
  return str_concat(&arena, head, str_skip(text, (size_t)at + old.len));
}

static void expect(const char *from, const char *to, bool change) {
  Version old = version_of(str_from(manifest), NULL), new = version_of(replaced(from, to), NULL);
  bool pages = false;
  for (size_t i = 0; i < USES; i++) pages |= !str_eq(old.pages[i], new.pages[i]);
  ck_assert_msg(pages == change, "pages %s: '%s' for '%s'", pages ? "change" : "stay", to, from);
  ck_assert_msg(!str_eq(old.interface, new.interface) == change, "'%s' for '%s'", to, from);
}

START_TEST(what_pages_see) {
  static const char *const edits[][2] = {
      {"zoom-level: { type: int }", "zoom-level: { type: number }"},
      {"zoom-level: { type: int }", "zoom-level: { type: int, default: 3 }"},
      {"zoom-level: { type: int }", "zoom-level: { type: 'int?' }"},
      {"zoom-level: { type: int }", "zoom-level: { type: string }"},
      {"zoom-level: { type: int }", "zoomlevel: { type: int }"},
      {"zoom-level: { type: int }", "zoom: { type: int }"},
      {"\"us\" | \"ca\"", "\"us\" | \"ca\" | \"de\""},
      {"default: us, ", ""},
      {"slots:", "  style: { type: 'string?' }\n    slots:"},
      {"lng: number?", "lng: int?"},
      {"lng: number?", "lng: number"},
      {"lng: number?", "lng: number?, alt: number?"},
      {"{ lat: number", "{ lat: json"},
      {"Kind: { word: string }", "Kind: { word: int }"},
      {"Kind: { word: string }", "Kind: { word: string, more: string }"},
      {"'Point[]?'", "'Point[]'"},
      {"'Point[]?'", "'Place[]?'"},
      {"features: [search, tiles]", "features: [tiles]"},
      {"features: [tiles]", "features: [tiles, routes]"},
  };
  for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) expect(edits[i][0], edits[i][1], true);
}
END_TEST

START_TEST(what_pages_do_not_see) {
  static const char *const edits[][2] = {
      {"# a comment", "# another"},
      {"  description: Maps # a comment\n", ""},
      {"maps:\n", "\n\n\nmaps:\n"},
      {"label: Map", "label: A map"},
      {"Show a place", "Show places"},
      {", description: Where", ", description: The country"},
      {"default: us", "default: ca"},
      {"\"us\" | \"ca\"", "\"ca\" | \"us\""},
      {"slots: { canvas: div }", "slots: { canvas: any }"},
      {"moved: { zoom: int }", "moved: { zoom: number }"},
      {"Place: { name: string }", "Place: { name: string, at: 'Point?' }"},
      {"lat: number, lng: number?", "lng: number?, lat: number"},
      {"returns: 'Place[]'", "returns: 'Place'"},
      {"active: v2", "active: v1"},
      {"version: 2.1.0", "version: 2.2.0"},
      {"status: stable\n      prototype: { integration: nominatim",
       "status: deprecated\n      prototype: { integration: photon"},
      {"limit: 5", "limit: 6"},
      {"https://example.com/", "https://example.org/"},
      {"features: [search, tiles]", "features: [tiles, search]"},
      {"features: [search, tiles]", "features: [search]"},  // v1 still has tiles
  };
  for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) expect(edits[i][0], edits[i][1], false);
}
END_TEST

START_TEST(names_of_records_are_not_seen) {
  Str text = replaced("Point: { lat", "Spot: { lat");
  Version renamed, old = version_of(str_from(manifest), NULL);
  for (ptrdiff_t at; (at = str_find(text, STR("'Point"))) >= 0;) {
    Str head = str_concat(&arena, str_take(text, (size_t)at), STR("'Spot"));
    text = str_concat(&arena, head, str_skip(text, (size_t)at + 6));
  }
  renamed = version_of(text, NULL);
  ck_assert(str_eq(old.interface, renamed.interface));
}
END_TEST

// Rows and interned strings have other numbers when other manifests come first.
START_TEST(neighbours_do_not_count) {
  Version alone = version_of(str_from(manifest), NULL);
  Version behind =
      version_of(str_from(manifest),
                 "other:\n"
                 "  concept: { label: Other, purpose: Another, props: { marks: 'Point[]' } }\n"
                 "  types: { Point: { tiles: string, country: 'int?' } }\n"
                 "  versions: { v1: { status: stable, prototype: { features: [routes, tiles] } } }\n");
  ck_assert(str_eq(alone.interface, behind.interface));
}
END_TEST

START_TEST(records_that_hold_themselves) {
  Version list =
      version_of(replaced("Kind: { word: string }", "Kind: { word: string, point: 'Point?' }"), NULL);
  ck_assert(!str_eq(list.interface, version_of(str_from(manifest), NULL).interface));
}
END_TEST

// Nothing that is shorter, longer or changed in one byte is taken for more than an interface of its own.
START_TEST(damage) {
  Str bytes = version_of(str_from(manifest), NULL).interface;
  for (size_t len = 0; len <= bytes.len; len++) {
    Ir ir;
    ir_init(&ir, &arena, NULL);
    char *cut = malloc(len + 1);
    memcpy(cut, bytes.data, len);
    ck_assert(ir_interface_read(&ir, STR("maps"), (Str){cut, len}) == (len == bytes.len));
    ck_assert((ir_find_integration(&ir, STR("maps")).n != 0) == (len == bytes.len));
    free(cut);
  }
  Arena kept = {0};
  bytes = str_copy(&kept, bytes);
  for (size_t i = 0; i < 255 * bytes.len; i++) {
    Ir ir;
    Str what;
    char *changed = str_cstr(&arena, bytes);
    changed[i / 255] = (char)(bytes.data[i / 255] + (char)(i % 255 + 1));
    ir_init(&ir, &arena, NULL);
    if (ir_interface_read(&ir, STR("maps"), (Str){changed, bytes.len})) {
      ck_assert(ir_verify(&ir, &what));
      for (size_t u = 0; i % 16 == 0 && u < USES; u++) emit(&ir, uses[u]);
    }
    arena_reset(&arena);
  }
  arena_free(&kept);
}
END_TEST

START_TEST(deep_types) {
  Buf bytes = {0};
  buf_put(&bytes, STR("\1\1\1a\0"));
  buf_repeat(&bytes, IR_TYPE_ARRAY + 1, 100000);
  buf_put(&bytes, STR("\1\0\0"));
  Ir ir;
  ir_init(&ir, &arena, NULL);
  ck_assert(!ir_interface_read(&ir, STR("maps"), buf_str(&bytes)));
  buf_free(&bytes);
}
END_TEST

UNIT_MAIN("interface", what_pages_see, what_pages_do_not_see, names_of_records_are_not_seen,
          neighbours_do_not_count, records_that_hold_themselves, damage, deep_types)
