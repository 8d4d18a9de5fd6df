// Look-ups by integration: the same with the index, without it, and behind rows that came after it.
#include "ir/ir.h"
#include "unit.h"

static Arena arena;
static Ir ir;

enum { INTEGRATIONS = 5, USES = 40, PROPS = 30 };

static void add_use(uint32_t n) {
  ir_add_use(&ir, (Use){.integration = {n % (INTEGRATIONS + 1)}});  // 0: nobody declares it
}

// Even integrations have many props, odd ones few.
static void add_integration(uint32_t id) {
  IrRange range = {.first = (uint32_t)ir.props.len + 1, .count = id % 2 ? 3 : PROPS};
  for (uint32_t i = 0; i < range.count; i++)
    ir_add_prop(&ir, (Prop){.name = ir_sym(&ir, str_printf(&arena, "Prop-%u_of%u", i, id))});
  range.count++;  // the last one is called like the first
  ir_add_prop(&ir, (Prop){.name = ir_sym(&ir, str_printf(&arena, "prop0Of%u", id))});
  ir_add_integration(&ir, (Integration){.props = range});
  if (id != 3) ir_add_decision(&ir, (Decision){.integration = {id}, .release = {id * 10}});
  ir_add_live_release(&ir, (LiveRelease){.integration = {INTEGRATIONS - id + 1}, .release = {id}});
  ir_add_live_release(&ir, (LiveRelease){.integration = {id}, .release = {id + 100}});
}

static void set_up(void) {
  ir_init(&ir, &arena, NULL);
  for (uint32_t id = 1; id <= INTEGRATIONS; id++) add_integration(id);
  for (uint32_t n = 0; n < USES; n++) add_use(n);
}

// Against the definition: every row in turn.
static void look_up_rows(void) {
  for (uint32_t id = 1; id <= INTEGRATIONS; id++) {
    UseId use = {0};
    LiveReleaseId live = {0};
    for (uint32_t n = 1; n <= ir.uses.len; n++)
      if (ir_use(&ir, (UseId){n})->integration.n == id) {
        use = ir_next_use(&ir, (IntegrationId){id}, use);
        ck_assert_uint_eq(use.n, n);
      }
    ck_assert_uint_eq(ir_next_use(&ir, (IntegrationId){id}, use).n, 0);
    for (uint32_t n = 1; n <= ir.live_releases.len; n++)
      if (ir_live_release(&ir, (LiveReleaseId){n})->integration.n == id) {
        live = ir_next_live(&ir, (IntegrationId){id}, live);
        ck_assert_uint_eq(live.n, n);
      }
    ck_assert_uint_eq(ir_next_live(&ir, (IntegrationId){id}, live).n, 0);
    ck_assert_uint_eq(ir_decided_release(&ir, (IntegrationId){id}).n, id == 3 ? 0 : id * 10);
  }
}

static void look_up_props(void) {
  for (uint32_t id = 1; id <= INTEGRATIONS; id++) {
    IntegrationId integration = {id};
    IrRange range = ir_integration(&ir, integration)->props;
    for (uint32_t i = 0; i + 1 < range.count; i++) {
      Str name = str_printf(&arena, "pro-P%u--of%u", i, id);
      ck_assert_uint_eq(ir_find_prop(&ir, integration, name).n, range.first + i);
      IntegrationId other = {id % INTEGRATIONS + 1};
      ck_assert_uint_eq(ir_find_prop(&ir, other, name).n, 0);
    }
    ck_assert_uint_eq(ir_find_prop(&ir, integration, STR("")).n, 0);
  }
}

START_TEST(with_and_without_it) {
  set_up();
  look_up_rows();
  look_up_props();
  ir_index(&ir);
  look_up_rows();
  look_up_props();
  arena_free(&arena);
}
END_TEST

START_TEST(rows_that_came_later_count) {
  set_up();
  ir_index(&ir);
  for (uint32_t n = 1; n < 10; n++) add_use(n);
  ir_add_live_release(&ir, (LiveRelease){.integration = {2}, .release = {7}});
  ir_decision(&ir, (DecisionId){1})->release.n = 10;  // a row that changes is read anew
  look_up_rows();
  ir_index(&ir);
  look_up_rows();
  look_up_props();
  arena_free(&arena);
}
END_TEST

UNIT_MAIN("index", with_and_without_it, rows_that_came_later_count)
