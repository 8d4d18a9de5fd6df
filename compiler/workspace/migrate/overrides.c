/* In: what the runtime overrides say of the integration. Out: edits of the release that they name, when the
 * new one is to be active, and of their configuration. Surprising: where they name a release that stays, the
 * configuration stays as well, since it is that release that reads it. */
#include "workspace/migrate/round.h"

static void keep(Round *round, Str label) {
  Migrate *migrate = round->migrate;
  if (!round->first) return;
  const char *format =
      migrate->activate ? "the overrides of '%.*s' stay, since they name '%.*s'"
                        : "the overrides of '%.*s' stay, since they name '%.*s'; --activate would move them";
  vec_push(&migrate->arena, &migrate->kept,
           str_printf(&migrate->arena, format, STR_ARG(migrate->name), STR_ARG(label)));
}

static void change(Round *round, const Override *row) {
  const Migrate *migrate = round->migrate;
  Str label = ir_str(&round->run->ir, row->release.sym);
  if (row->release.sym && !str_eq(label, migrate->to)) {
    if (!migrate->activate || !str_eq(label, round->hop->from)) {
      keep(round, label);
      return;
    }
    migrate_edit_scalar(round, row->release.span, label, round->hop->to);
  }
  round->in_overrides = true;
  migrate_config_block(round, row->configs);
  round->in_overrides = false;
}

void migrate_overrides(Round *round) {
  const Ir *ir = &round->run->ir;
  for (size_t i = 0; i < ir->overrides.len; i++) {
    const Override *row = &ir->overrides.data[i];
    if (row->kind == IR_OVERRIDE_INTEGRATION && str_eq(ir_str(ir, row->name.sym), round->migrate->name))
      change(round, row);
  }
}
