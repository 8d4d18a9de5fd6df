/* A whole run over a small project, of which one file is the input: the first byte says which. Nothing is
 * written, rows are verified behind every pass, and every diagnostic has a place in the file that it is
 * about. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "workspace/compile.h"

static const char page[] =
    "<div data-integration=\"a@^1\" data-integration-mode=\"x\"><input data-slot=\"s\"></div><p "
    "data-integration=b>";
static const char manifest[] =
    "integration a { label \"A\" purpose \"P\" prop mode: \"x\" | \"y\" = \"x\" slot s: input\n"
    "  operation find(q: string) -> json\n"
    "  release v1 = 1.2.0 stable { provider p requires b ^2.1 env KEY: secret config { k = 1 }\n"
    "    find = get \"https://a.example/{q}\" { query { k = env.KEY } result \"/x\" } }\n"
    "  release v0 = 1.0.0 deprecated { provider q flag \"f\" until 2027-01-01 replaced-by v1 }\n"
    "  fallback v1 -> v0 -> static route v0 when tier == \"x\" migrate v0 -> v1 { rename config j -> k } }\n";
static const char other[] =
    "b:\n  concept: {label: B, purpose: P}\n  versions:\n    v2: {version: 2.1.0, status: stable, provider: "
    "p}\n"
    "    v3: {version: 3.0.0, status: beta, provider: r, conflicts: {a: '<1.1'}}\n";
static const char project[] =
    "project p { pins { a ^1 } environment staging { provider a = q flag f } vars { KEY = \"k\" } rules { "
    "orphan: warn } }\n";

/// The files that there are, and what a run is asked that reads them.
static const struct Place {
  const char *path, *text;
  Goal goal;
} places[] = {
    {"concept/index.html", page, GOAL_CHECK},
    {"integrations/a.fx", manifest, GOAL_CHECK},
    {"integrations/b.yaml", other, GOAL_CHECK},
    {"project.fx", project, GOAL_CHECK},
    {"fx.lock", "", GOAL_CHECK},
    {".env", "KEY=1\n", GOAL_CHECK},
    {"generated/runtime-overrides.json", "{}", GOAL_CHECK},
    {"map.json", "{}", GOAL_VALIDATE},
    {"result.json", "{}", GOAL_CHECK},
    {"project.yaml", "", GOAL_CHECK},
    {"integrations/c.json", "", GOAL_CHECK},
};

enum { PLACES = sizeof places / sizeof *places, MAP = 7, RESULT = 8, SECOND_PROJECT = 9 };

static void make_folder(void) {
  char folder[] = "/tmp/fxc-run-fuzz-XXXXXX";
  if (!mkdtemp(folder) || chdir(folder)) abort();
  mkdir("concept", 0777);
  mkdir("integrations", 0777);
  mkdir("generated", 0777);
  // A run finds files by their names and reads what lies over them.
  for (size_t i = 0; i < PLACES; i++) {
    FILE *file = i == SECOND_PROJECT ? NULL : fopen(places[i].path, "w");
    if (file) fputs(places[i].text, file), fclose(file);
  }
  setenv("FXC_STDLIB", "none", 1);
}

static void check_places(const Compilation *run, Arena *arena) {
  for (size_t i = 0; i < run->diags.list.len; i++) {
    const Diag *diag = run->diags.list.data[i];
    if (diag->code == FX9001) abort();
    if (!span_exists(diag->span)) continue;
    Str text;
    bool known = source_load(run->sources, diag->span.source, arena, &text);
    if (diag->span.start > diag->span.end || (known && diag->span.end > text.len)) abort();
  }
}

static void fuzz_one(Arena *arena, Str input) {
  static bool made;
  if (!made) make_folder();
  made = true;
  if (!input.len || input.len > 20000) return;
  size_t which = (unsigned char)input.data[0] % PLACES;
  Str text = str_skip(input, 1);
  Unsaved unsaved = {.arena = arena};
  char *padded = arena_zero(arena, text.len + FILE_PADDING);
  if (text.len) memcpy(padded, text.data, text.len);
  bool second = which == SECOND_PROJECT;  // stands for the first
  unsaved_put(&unsaved, str_from(places[which].path), (Str){padded, text.len});
  rename(second ? "project.fx" : "project.yaml", second ? "project.yaml" : "project.fx");
  Request request = {.goal = places[which].goal,
                     .unsaved = &unsaved,
                     .jobs = 1,
                     .verify = true,
                     .no_cache = true,
                     .only_look = true,
                     .today = 20485,
                     .today_given = true};
  if (which == MAP) request.map = str_from(places[which].path);
  if (which == RESULT) request.from = str_from(places[which].path);
  Compilation run = {0};
  compile(&run, &request);
  if (run.internal_error) abort();
  unsaved_show(&unsaved, run.sources);
  check_places(&run, arena);
  compilation_free(&run);
}
