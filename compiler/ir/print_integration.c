/* One integration and its releases, as text. See ir/print.h. */
#include "ir/print.h"

#include <math.h>

static void print_overlay(Print *p, OverlayId id) {
  if (!id.n) return;
  const Overlay *overlay = ir_overlay(p->ir, id);
  print_line(p, "production");
  print_text(p, "provider", overlay->provider);
  print_text(p, "sdk", overlay->sdk);
  print_text(p, "module", overlay->module);
  print_number(p, "cache", overlay->cache);
  print_number(p, "quota", overlay->quota);
  print_end(p, overlay->span);
  p->depth++;
  print_configs(p, "config", overlay->configs);
  print_envs(p, overlay->envs);
  print_bindings(p, overlay->bindings);
  print_configs(p, "origins", overlay->origins);
  print_names_line(p, "optimizations", overlay->optimizations);
  print_configs(p, "monitoring", overlay->monitoring);
  p->depth--;
}

static void print_release_columns(Print *p, const Release *release) {
  print_text(p, "provider", release->provider);
  print_text(p, "sdk", release->sdk);
  print_text(p, "flag", release->flag);
  print_text(p, "module", release->module);
  print_text(p, "guide", release->guide);
  print_text(p, "replaced-by", release->replaced_by);
  print_text(p, "trigger", release->trigger);
  print_number(p, "quota", release->quota);
  print_date(p, "released", release->released);
  print_date(p, "available-from", release->available_from);
  print_date(p, "until", release->until);
  print_flag(p, "implied", release->implied);
}

static void print_features(Print *p, IrRange features) {
  if (!features.count) return;
  print_line(p, "features");
  for (uint32_t i = 0; i < features.count; i++) {
    const Feature *feature = ir_feature_at(p->ir, features, i);
    print_text(p, NULL, (IrText){feature->name, feature->span});
  }
  print_end(p, SPAN_NONE);
}

static void print_rollouts(Print *p, IrRange rollouts) {
  for (uint32_t i = 0; i < rollouts.count; i++) {
    const Rollout *rollout = ir_rollout_at(p->ir, rollouts, i);
    print_line(p, "rollout");
    print_name(p, NULL, rollout->stage);
    print_end(p, rollout->span);
    p->depth++;
    print_names_line(p, "groups", rollout->groups);
    p->depth--;
  }
}

static void print_release_row(Print *p, const Release *release) {
  const IrVersion *version = &release->version;
  print_line(p, "release");
  print_text(p, NULL, release->label);
  if (version->valid)
    buf_printf(p->out, " %llu.%llu.%llu", (unsigned long long)version->major,
               (unsigned long long)version->minor, (unsigned long long)version->patch);
  print_name(p, "pre", version->pre);
  print_text(p, version->valid ? "as" : "malformed", (IrText){version->text, version->span});
  print_word(p, ir_status_name(release->status));
  print_release_columns(p, release);
  print_end(p, release->span);
  p->depth++;
  print_features(p, release->features);
  print_configs(p, "config", release->configs);
  print_envs(p, release->envs);
  print_bindings(p, release->bindings);
  print_configs(p, "origins", release->origins);
  print_names_line(p, "breaking-changes", release->breaking_changes);
  print_rollouts(p, release->rollout);
  print_overlay(p, release->production);
  p->depth--;
}

static void print_requirement(Print *p, const Requirement *row) {
  static const char *const kinds[] = {"requires", "optional", "conflicts"};
  print_line(p, kinds[row->kind]);
  print_name(p, NULL, row->target);
  print_text(p, "range", row->range);
  print_release(p, "of", row->release);
  print_flag(p, "resolved", row->resolved.n != 0);
  print_end(p, row->span);
}

static void print_fallback(Print *p, const Fallback *row) {
  static const char *const kinds[] = {"unresolved", "release", "provider", "static"};
  print_line(p, "fallback");
  print_name(p, NULL, row->name);
  print_word(p, kinds[row->kind]);
  print_text(p, "version", row->version);
  print_text(p, "trigger", row->trigger);
  print_release(p, "to", row->release);
  print_end(p, row->span);
}

static void print_route(Print *p, const Route *row) {
  print_line(p, "route");
  print_text(p, NULL, row->release);
  print_number(p, "share", row->share);
  print_release(p, "to", row->resolved);
  print_end(p, row->span);
  p->depth++;
  for (uint32_t i = 0; i < row->conditions.count; i++) {
    const Condition *condition = ir_condition_at(p->ir, row->conditions, i);
    print_line(p, "when");
    print_name(p, NULL, condition->subject);
    print_word(p, ir_operator_name(condition->op));
    print_end(p, condition->span);
    p->depth++;
    print_value(p, "value", condition->value);
    p->depth--;
  }
  p->depth--;
}

static void print_budget(Print *p, const Integration *row) {
  if (isnan(row->budget.number)) return;
  print_line(p, "budget");
  print_number(p, NULL, row->budget);
  print_end(p, SPAN_NONE);
}

static void print_limits(Print *p, LimitsId id) {
  if (!id.n) return;
  const Limits *row = ir_limit(p->ir, id);
  print_line(p, "limits");
  print_number(p, "rate", row->rate);
  print_number(p, "rate-interval", row->rate_interval);
  print_number(p, "burst", row->burst);
  print_number(p, "concurrency", row->concurrency);
  print_number(p, "timeout", row->timeout);
  print_number(p, "queue", row->queue);
  print_number(p, "retry-attempts", row->retry_attempts);
  print_number(p, "retry-from", row->retry_from);
  print_number(p, "retry-to", row->retry_to);
  print_text(p, "retry-backoff", row->retry_backoff);
  print_number(p, "batch-size", row->batch_size);
  print_number(p, "batch-window", row->batch_window);
  print_number(p, "breaker-failures", row->breaker_failures);
  print_number(p, "breaker-reset", row->breaker_reset);
  print_end(p, row->span);
}

static void print_migration_step(Print *p, const MigrationStep *row) {
  static const char *const kinds[] = {"rename-prop", "rename-config", "rename-feature", "drop-prop",
                                      "drop-config", "value-prop",    "value-config"};
  print_line(p, "migrate");
  print_text(p, "from", row->from);
  print_text(p, "to", row->to);
  print_word(p, kinds[row->kind]);
  print_name(p, NULL, row->subject);
  print_name(p, "renamed", row->renamed);
  print_end(p, row->span);
  p->depth++;
  print_value(p, "old", row->old_value);
  print_value(p, "new", row->new_value);
  p->depth--;
}

static void print_texts(Print *p, const Integration *row) {
  print_text_line(p, "label", row->label);
  print_text_line(p, "purpose", row->purpose);
  print_text_line(p, "render", row->render);
  print_text_line(p, "owner", row->owner);
  print_text_line(p, "docs", row->docs);
  print_text_line(p, "doc", row->doc);
  print_text_line(p, "author", row->author);
  print_text_line(p, "modified", row->modified);
  print_text_line(p, "meta-version", row->meta_version);
  print_names_line(p, "tags", row->tags);
  print_names_line(p, "provides", row->provides);
  print_names_line(p, "validates", row->validates);
}

static void print_canary(Print *p, const Integration *row) {
  print_text_line(p, "canary", row->canary_release);
  for (uint32_t i = 0; i < row->canary.count; i++) {
    const CanaryStage *stage = ir_canary_stage_at(p->ir, row->canary, i);
    print_line(p, "canary-stage");
    print_number(p, "share", stage->share);
    print_number(p, "for", stage->duration);
    print_end(p, stage->span);
  }
  print_thresholds(p, "canary-rollback", row->rollback);
}

static void print_migration(Print *p, const Integration *row) {
  print_text_line(p, "migration-strategy", row->migration_strategy);
  bool dated = row->parallel_start.days != IR_NO_DATE || row->parallel_end.days != IR_NO_DATE ||
               row->cutover.days != IR_NO_DATE || row->rollback_until.days != IR_NO_DATE;
  if (dated) {
    print_line(p, "migration-dates");
    print_date(p, "parallel-start", row->parallel_start);
    print_date(p, "parallel-end", row->parallel_end);
    print_date(p, "cutover", row->cutover);
    print_date(p, "rollback-until", row->rollback_until);
    print_end(p, SPAN_NONE);
  }
  for (uint32_t i = 0; i < row->migrations.count; i++)
    print_migration_step(p, ir_migration_step_at(p->ir, row->migrations, i));
}

static void print_run_time(Print *p, const Integration *row) {
  const Ir *ir = p->ir;
  print_text_line(p, "active", row->active);
  for (uint32_t i = 0; i < row->fallbacks.count; i++)
    print_fallback(p, ir_fallback_at(ir, row->fallbacks, i));
  print_text_line(p, "routing", row->routing_strategy);
  for (uint32_t i = 0; i < row->routes.count; i++) print_route(p, ir_route_at(ir, row->routes, i));
  print_canary(p, row);
  print_budget(p, row);
  print_names_line(p, "repeatable", row->repeatable);
  print_limits(p, row->limits);
  print_thresholds(p, "alert", row->alerts);
  print_migration(p, row);
}

void print_integration(Print *p, IntegrationId id) {
  static const char *const places[] = {"project", "include", "stdlib"};
  const Ir *ir = p->ir;
  const Integration *row = ir_integration(ir, id);
  print_line(p, "integration");
  print_text(p, NULL, (IrText){row->name, row->span});
  print_word(p, places[row->place]);
  print_flag(p, "shadowed", row->shadowed);
  print_flag(p, "stub", row->stub);
  print_span(p, "stub-mark", row->stub_span);
  bool named = p->spans && ir->sources && row->source;
  if (named) buf_printf(p->out, " in %.*s", STR_ARG(source_root_path(ir->sources, row->source)));
  print_release(p, "active-release", row->active_release);
  print_end(p, row->whole);
  p->depth++;
  print_texts(p, row);
  print_interface(p, row);
  for (uint32_t i = 0; i < row->releases.count; i++)
    print_release_row(p, ir_release_at(ir, row->releases, i));
  for (uint32_t i = 0; i < row->requirements.count; i++)
    print_requirement(p, ir_requirement_at(ir, row->requirements, i));
  print_run_time(p, row);
  p->depth--;
}
