/* The dependency graph: shortest cycles against a search over all pairs, drawings, and stub manifests that
 * our own reader takes back. */
#include "emit/graph_text.h"
#include "emit/stub_manifest.h"
#include "project.h"

#include <stdio.h>

/* Random graphs: a shortest cycle of each strongly connected component, by Floyd and Warshall. */

enum { NODES = 12, FAR = 1000 };

static uint32_t below(unsigned *state, uint32_t n) {
  *state = *state * 1103515245u + 12345u;
  return (*state >> 16) % n;
}

static void random_graph(TestProject *project, unsigned *state, int distance[NODES][NODES]) {
  Ir *ir = &project->ir;
  for (int i = 0; i < NODES; i++)
    for (int k = 0; k < NODES; k++) distance[i][k] = FAR;
  for (uint32_t i = 0; i < NODES; i++) {
    Sym name = ir_sym(ir, str_printf(&project->arena, "n%u", i));
    IrRange requirements = {(uint32_t)ir->requirements.len + 1, 0};
    for (uint32_t edges = below(state, 3); edges > 0; edges--) {
      uint32_t to = below(state, NODES);
      Sym target = ir_sym(ir, str_printf(&project->arena, "n%u", to));
      ir_add_requirement(ir, (Requirement){.integration = {i + 1}, .kind = IR_REQUIRES, .target = target});
      distance[i][to] = 1;
      requirements.count++;
    }
    ir_add_integration(ir, (Integration){.name = name, .requirements = requirements});
  }
  for (int via = 0; via < NODES; via++)
    for (int i = 0; i < NODES; i++)
      for (int k = 0; k < NODES; k++)
        if (distance[i][via] + distance[via][k] < distance[i][k])
          distance[i][k] = distance[i][via] + distance[via][k];
}

// How many components have a cycle; shortest[i]: the length of the shortest cycle of the component of node i.
static size_t cyclic_components(int distance[NODES][NODES], int shortest[NODES]) {
  size_t count = 0;
  for (int i = 0; i < NODES; i++) {
    shortest[i] = FAR;
    bool first = true;
    for (int k = 0; k < NODES; k++) {
      bool together = k == i || (distance[i][k] < FAR && distance[k][i] < FAR);
      if (!together) continue;
      if (k < i) first = false;
      if (distance[k][k] < shortest[i]) shortest[i] = distance[k][k];
    }
    count += first && shortest[i] < FAR;
  }
  return count;
}

START_TEST(each_component_has_one_shortest_cycle) {
  unsigned state = 11;
  size_t cycles = 0;
  for (int round = 0; round < 300; round++) {
    TestProject project;
    project_start(&project);
    int distance[NODES][NODES], shortest[NODES];
    random_graph(&project, &state, distance);
    project_run(&project);
    const Ir *ir = &project.ir;
    ck_assert_uint_eq(ir->cycles.len, cyclic_components(distance, shortest));
    for (size_t c = 0; c < ir->cycles.len; c++) {
      IrRange edges = ir->cycles.data[c].edges;
      const Edge *first = ir_edge(ir, ir_cycle_edge_at(ir, edges, 0)->edge);
      ck_assert_int_eq((int)edges.count, shortest[first->from.n - 1]);
      for (uint32_t i = 0; i < edges.count; i++) {  // it closes
        const Edge *edge = ir_edge(ir, ir_cycle_edge_at(ir, edges, i)->edge);
        const Edge *next = ir_edge(ir, ir_cycle_edge_at(ir, edges, (i + 1) % edges.count)->edge);
        ck_assert_uint_eq(edge->to.n, next->from.n);
      }
    }
    cycles += ir->cycles.len;
    project_end(&project);
  }
  ck_assert_uint_gt(cycles, 100);
}
END_TEST

// Whether a circle is left without one edge, by Floyd and Warshall again.
static bool circular_without(const Ir *ir, uint32_t without) {
  static bool reach[NODES][NODES];
  memset(reach, 0, sizeof reach);
  for (uint32_t e = 1; e <= ir->edges.len; e++) {
    const Edge *edge = ir_edge(ir, (EdgeId){e});
    if (e != without) reach[edge->from.n - 1][edge->to.n - 1] = true;
  }
  for (int via = 0; via < NODES; via++)
    for (int i = 0; i < NODES; i++)
      for (int k = 0; k < NODES; k++) reach[i][k] |= reach[i][via] && reach[via][k];
  for (int i = 0; i < NODES; i++)
    if (reach[i][i]) return true;
  return false;
}

// Of a graph with a single circular component: whether any edge cuts everything is what the message says.
START_TEST(the_best_cut_is_the_best) {
  unsigned state = 5;
  int clean = 0, left = 0;
  for (int round = 0; round < 800; round++) {
    TestProject project;
    project_start(&project);
    int distance[NODES][NODES];
    random_graph(&project, &state, distance);
    project_run(&project);
    const Ir *ir = &project.ir;
    const Diag *diag = ir->cycles.len == 1 ? project_diag(&project, FX3001) : NULL;
    bool possible = false;
    for (uint32_t e = 1; diag && e <= ir->edges.len; e++) possible |= !circular_without(ir, e);
    if (diag) {
      ck_assert_uint_eq(diag->helps.len, 1);
      bool said = str_ends(diag->helps.data[0], STR(": then nothing is circular here"));
      ck_assert_int_eq(said, possible);
      clean += said;
      left += !said;
    }
    project_end(&project);
  }
  ck_assert_int_gt(clean, 30);
  ck_assert_int_gt(left, 30);
}
END_TEST

/* A project with a cycle and something missing */

static const char *const manifest =
    "a:\n  concept: { label: A, purpose: P }\n  prototype: { integration: x }\n  dependencies: { required: "
    "[b] }\n"
    "b:\n  concept: { label: B, purpose: P }\n  prototype: { integration: x }\n  dependencies: { required: "
    "[a, lost] }\n"
    "c:\n  concept: { label: C, purpose: P }\n  prototype: { integration: x }\n  dependencies: { required: "
    "[a] }\n";

static void circular_project(TestProject *project) {
  project_start(project);
  project_manifest(project, "integrations/all.yaml", IR_PLACE_PROJECT, manifest);
  project_page(project, "concept/a.html", "<p data-integration='a b c'></p>");
  project_run(project);
}

START_TEST(a_cycle_is_told_with_its_path) {
  TestProject project;
  circular_project(&project);
  ck_str(project_found(&project), "FX3001 'b'; FX3002 'lost'");
  const Diag *diag = project_diag(&project, FX3001);
  ck_str(diag->message, "circular dependency: a -> b -> a");
  ck_assert_uint_eq(diag->notes.len, 2);
  project_end(&project);
}
END_TEST

static void expect_drawing(const Ir *ir, GraphFormat format, const char *expected) {
  Buf out = {0};
  emit_graph(ir, NULL, format, &out);
  ck_str(buf_str(&out), expected);
  buf_free(&out);
}

START_TEST(drawings_show_what_is_missing_and_circular) {
  TestProject project;
  circular_project(&project);
  expect_drawing(&project.ir, GRAPH_TREE,
                 "c v1 1.0.0\n"
                 "└─ a v1 1.0.0\n"
                 "   └─ b v1 1.0.0\n"
                 "      ├─ a v1 1.0.0 (circular)\n"
                 "      └─ lost (missing)\n");
  expect_drawing(&project.ir, GRAPH_MERMAID,
                 "flowchart LR\n"
                 "  n0[\"a<br>v1 1.0.0<br>circular\"]:::wrong\n"
                 "  n1[\"b<br>v1 1.0.0<br>circular\"]:::wrong\n"
                 "  n2[\"c<br>v1 1.0.0\"]\n"
                 "  n3[\"lost<br>missing\"]:::missing\n"
                 "  n0 -->|\"circular\"| n1\n"
                 "  n1 -->|\"circular\"| n0\n"
                 "  n1 --> n3\n"
                 "  n2 --> n0\n"
                 "  linkStyle 0,1 stroke:#c00\n"
                 "  classDef missing stroke:#c00,stroke-dasharray:4\n"
                 "  classDef wrong stroke:#c00,stroke-width:2px\n");
  project_end(&project);
}
END_TEST

/* Stubs */

START_TEST(a_stub_says_what_pages_say_and_reads_back) {
  TestProject project;
  project_start(&project);
  project_page(
      &project, "concept/a.html",
      "<p data-integration=pay data-integration-capabilities='cards, wallets' data-integration-amount=12"
      " data-integration-note='a \"b\" \\ # c'><input data-slot=card></p>");
  project_page(&project, "concept/b.html",
               "<p data-integration=pay data-integration-amount=7><select data-slot=card></select></p>");
  project_run(&project);
  Buf out = {0};
  emit_stub_manifest(&project.ir, STR("pay"), NULL, &out);
  ck_str(buf_str(&out),
         "# A stub that fxc generated from what pages say. Fill in what starts with [TODO, check the rest,\n"
         "# then remove the line with _generated.\n"
         "# Used at concept/a.html:1:21\n"
         "# Used at concept/b.html:1:21\n"
         "pay:\n"
         "  _generated: { status: stub }\n"
         "  concept:\n"
         "    label: \"[TODO: what people call it]\"\n"
         "    purpose: \"[TODO: what the pages need it for]\"\n"
         "    props:\n"
         "      amount: { type: 'int?' }  # seen: 12, 7\n"
         "      note: { type: 'string?' }  # seen: a \"b\" \\ # c\n"
         "    slots:\n"
         "      card: any?\n"
         "  prototype:\n"
         "    integration: \"[TODO: the provider]\"\n"
         "    features: [cards, wallets]\n");
  buf_char(&out, '\0');

  TestProject again;  // the reader takes it and calls it what it is
  project_start(&again);
  project_manifest(&again, "integrations/pay.yaml", IR_PLACE_PROJECT, out.data);
  project_run(&again);
  ck_assert_uint_eq(again.diags.list.len, 1);
  ck_assert_int_eq(again.diags.list.data[0]->code, FX2002);
  ck_assert_uint_eq(again.ir.integrations.data[0].props.count, 2);
  project_end(&again);
  buf_free(&out);
  project_end(&project);
}
END_TEST

UNIT_MAIN("graph", each_component_has_one_shortest_cycle, the_best_cut_is_the_best,
          a_cycle_is_told_with_its_path, drawings_show_what_is_missing_and_circular,
          a_stub_says_what_pages_say_and_reads_back)
