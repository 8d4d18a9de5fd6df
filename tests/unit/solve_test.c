/* The choice of releases over small projects: which one, why, and what is said where there is none. */
#include "project.h"

#define RELEASE(label, more) "    " label ": { " more "prototype: { integration: x } }\n"
#define HEAD(name) name ":\n  concept: { label: A, purpose: P }\n"

typedef struct Chosen {
  const char *manifests[3];
  const char *html, *pin, *expected, *found;  // expected: "a v2 active, b v1 newest stable"
} Chosen;

static Str decisions(TestProject *project) {
  const Ir *ir = &project->ir;
  Str text = STR("");
  for (size_t i = 0; i < ir->decisions.len; i++) {
    const Decision *d = &ir->decisions.data[i];
    text = str_printf(&project->arena, "%.*s%s%.*s %.*s %.*s", STR_ARG(text), i ? ", " : "",
                      STR_ARG(ir_str(ir, ir_integration(ir, d->integration)->name)),
                      STR_ARG(ir_str(ir, ir_release(ir, d->release)->label.sym)),
                      STR_ARG(ir_str(ir, d->reason)));
  }
  return text;
}

static void check_choice(const Chosen *choice) {
  TestProject project;
  project_start(&project);
  static const char *const paths[] = {"integrations/a.yaml", "integrations/b.yaml", "integrations/c.yaml"};
  for (int i = 0; i < 3 && choice->manifests[i]; i++)
    project_manifest(&project, paths[i], IR_PLACE_PROJECT, choice->manifests[i]);
  project_page(&project, "concept/a.html", choice->html);
  if (choice->pin) project_pin(&project, "a", choice->pin);
  project_run(&project);
  ck_str(project_found(&project), choice->found);
  ck_str(decisions(&project), choice->expected);
  project_end(&project);
}

#define THREE                                                                         \
  HEAD("a")                                                                           \
  "  versions:\n" RELEASE("v1", "status: stable, ") RELEASE("v2", "status: stable, ") \
      RELEASE("v3", "status: beta, ")
#define A_REQUIRES(range) \
  HEAD("a") "  versions:\n" RELEASE("v1", "status: stable, requires: { b: \"" range "\" }, ")
#define B HEAD("b") "  versions:\n" RELEASE("v1", "status: stable, ") RELEASE("v2", "status: stable, ")
#define OLD(until) \
  HEAD("a") "  versions:\n" RELEASE("v1", "status: deprecated, migration_guide: ./a.md, " until)

static const Chosen choices[] = {
    {{THREE}, "<p data-integration=a></p>", NULL, "a v2 newest stable", ""},
    {{THREE "  active_version: v1\n"}, "<p data-integration=a></p>", NULL, "a v1 active", ""},
    {{THREE}, "<p data-integration=a@^1></p>", NULL, "a v1 asked for by concept/a.html", ""},
    {{THREE}, "<p data-integration=a></p>", "^3", "a v3 pinned", ""},
    {{THREE}, "<p data-integration=a@^3></p>", NULL, "a v2 newest stable", "FX4002 '^3'"},
    {{THREE}, "<p data-integration=a@^9></p>", NULL, "a v2 newest stable", "FX4002 '^9'"},
    {{THREE},
     "<p data-integration=a@^1></p><p data-integration=a@^2></p>",
     NULL,
     "a v2 newest stable",
     "FX4001 '^1'"},
    {{A_REQUIRES("^1"), B},
     "<p data-integration=a data-depends-on=b></p>",
     NULL,
     "a v1 newest stable, b v1 required by a v1",
     ""},
    {{A_REQUIRES("^1"), B},
     "<p data-integration=a data-depends-on=b></p><p data-integration=b@^2></p>",
     NULL,
     "a v1 newest stable, b v2 newest stable",
     "FX4001 '^2'"},
    {{OLD("supported_until: \"2026-06-30\", ")},
     "<p data-integration=a></p>",
     NULL,
     "a v1 newest",
     "FX4004? 'v1'"},
    {{OLD("supported_until: \"2025-06-30\", ")},
     "<p data-integration=a></p>",
     NULL,
     "a v1 newest",
     "FX4005 'v1'"},
    {{HEAD("a") "  versions:\n" RELEASE("v1", "status: retired, ")},
     "<p data-integration=a></p>",
     NULL,
     "",
     "FX4002 'a'"},
    {{HEAD("a") "  versions:\n" RELEASE("v1", "status: stable, ")
          RELEASE("v2", "status: stable, conflicts: { b: \"*\" }, "),
      B},
     "<p data-integration='a b'></p>",
     NULL,
     "a v1 v2 conflicts with b *, b v2 newest stable",
     ""},
    // a pin does not bring back what is retired
    {{HEAD("a") "  versions:\n" RELEASE("v1", "status: retired, ") RELEASE("v2", "status: stable, ")},
     "<p data-integration=a></p>",
     "^1",
     "a v2 pinned",
     "FX4002 ''"},
};

START_TEST(releases_are_chosen_by_preference_and_constraints) { check_choice(&choices[_i]); }
END_TEST

int main(void) {
  Suite *suite = suite_create("solve");
  TCase *tcase = tcase_create("solve");
  tcase_set_timeout(tcase, 60);
  tcase_add_loop_test(tcase, releases_are_chosen_by_preference_and_constraints, 0,
                      sizeof choices / sizeof *choices);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
