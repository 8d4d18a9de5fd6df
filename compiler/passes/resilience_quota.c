/* FX2022. In: quotas that manifests state for their providers, rates, live releases. Out: a warning for each
 * quota that the integrations in use may exceed together.
 *
 * Who shares a quota: releases of one provider with a variable of the environment in common (of secrets,
 * where the release has any), and releases of it without variables. Every release that can become live
 * counts, with the whole rate of its integration, since all calls may come to it. The rate limits requests,
 * so that retries are in it. */
#include <math.h>

#include "passes/resilience.h"

enum { SHARERS_SHOWN = 8 };

typedef struct Asking {
  IntegrationId integration;
  ReleaseId release;
  uint32_t parent;  // of the union-find forest: an index in asking
} Asking;

typedef struct Group {
  IrNumber quota;  // the smallest that is stated; NAN: none
  Str provider;
  VEC(IntegrationId) sharers;  // each once, in the order of the manifests
} Group;

typedef struct Quotas {
  Ir *ir;
  DiagBag *diags;
  VEC(Asking) asking;
  bool *seen;     // by ReleaseId.n
  StrMap by_key;  // "provider variable": index in asking
  VEC(Group) groups;
} Quotas;

/* Who asks with the same key */

static uint32_t root_of(Quotas *run, uint32_t n) {
  Asking *all = run->asking.data;
  while (all[n].parent != n) n = all[n].parent = all[all[n].parent].parent;
  return n;
}

static void share(Quotas *run, uint32_t n, Str provider, Str variable) {
  Str key = str_printf(run->ir->arena, "%.*s %.*s", STR_ARG(provider), STR_ARG(variable));
  bool added;
  uint32_t *first = strmap_put(run->ir->arena, &run->by_key, key, &added);
  if (added)
    *first = n;
  else
    run->asking.data[root_of(run, n)].parent = root_of(run, *first);
}

static const Overlay *overlay_of(const Ir *ir, const Release *release) {
  return ir->production && release->production.n ? ir_overlay(ir, release->production) : NULL;
}

static bool has_secret(const Ir *ir, IrRange envs) {
  for (uint32_t i = 0; i < envs.count; i++)
    if (ir_env_at(ir, envs, i)->secret) return true;
  return false;
}

static void share_all(Quotas *run, uint32_t n, Str provider, IrRange envs, bool secrets) {
  for (uint32_t i = 0; i < envs.count; i++) {
    const Env *env = ir_env_at(run->ir, envs, i);
    if (env->secret || !secrets) share(run, n, provider, ir_str(run->ir, env->name));
  }
}

static void add_release(Quotas *run, IntegrationId id, ReleaseId release_id) {
  Ir *ir = run->ir;
  if (!release_id.n || run->seen[release_id.n]) return;
  run->seen[release_id.n] = true;
  const Release *release = ir_release(ir, release_id);
  const Overlay *over = overlay_of(ir, release);
  Str provider = ir_release_provider(ir, release);
  if (!provider.len) return;
  uint32_t n = (uint32_t)run->asking.len;
  vec_push(ir->arena, &run->asking, (Asking){id, release_id, n});
  IrRange envs = release->envs, own = over ? over->envs : (IrRange){0, 0};
  bool secrets = has_secret(ir, envs) || has_secret(ir, own);
  share_all(run, n, provider, envs, secrets);
  share_all(run, n, provider, own, secrets);
  if (envs.count + own.count == 0) share(run, n, provider, STR(""));
}

/* What a group may ask for */

// A quota belongs to the provider beside it.
static IrNumber quota_of(const Ir *ir, const Release *release) {
  const Overlay *over = overlay_of(ir, release);
  if (over && (over->provider.sym || span_exists(over->quota.span))) return over->quota;
  return release->quota;
}

static void add_to_group(Quotas *run, Group *group, const Asking *asking) {
  const Release *release = ir_release(run->ir, asking->release);
  IrNumber quota = quota_of(run->ir, release);
  if (span_exists(quota.span) && !(quota.number >= group->quota.number)) group->quota = quota;
  group->provider = ir_release_provider(run->ir, release);
  size_t count = group->sharers.len;
  if (!count || group->sharers.data[count - 1].n != asking->integration.n)
    vec_push(run->ir->arena, &group->sharers, asking->integration);
}

static void find_groups(Quotas *run) {
  Ir *ir = run->ir;
  uint32_t *group_of = arena_array(ir->arena, uint32_t, run->asking.len + 1);  // by root; 0: none yet
  for (uint32_t n = 0; n < run->asking.len; n++) {
    uint32_t root = root_of(run, n);
    if (!group_of[root]) {
      vec_push(ir->arena, &run->groups, (Group){.quota = {NAN, SPAN_NONE}});
      group_of[root] = (uint32_t)run->groups.len;
    }
    add_to_group(run, &run->groups.data[group_of[root] - 1], &run->asking.data[n]);
  }
}

/* Telling */

static IrNumber rate_of(const Ir *ir, IntegrationId id) {
  LimitsId limits = ir_integration(ir, id)->limits;
  return limits.n ? ir_limit(ir, limits)->rate : (IrNumber){NAN, SPAN_NONE};
}

static void note_sharers(const Quotas *run, Diag *d, const Group *group) {
  for (size_t i = 0; i < group->sharers.len && i < SHARERS_SHOWN; i++) {
    IntegrationId id = group->sharers.data[i];
    Str name = ir_integration_name(run->ir, id);
    IrNumber rate = rate_of(run->ir, id);
    if (isnan(rate.number))
      diag_note(d, ir_integration(run->ir, id)->span, "'%.*s' has no limit of its rate", STR_ARG(name));
    else
      diag_note(d, rate.span, "'%.*s' may make %.*s", STR_ARG(name),
                STR_ARG(resilience_rate(run->diags->arena, rate.number)));
  }
  if (group->sharers.len > SHARERS_SHOWN)
    diag_note(d, SPAN_NONE, "and %zu more", group->sharers.len - SHARERS_SHOWN);
}

static void help_with_quota(const Quotas *run, Diag *d, const Group *group, Str quota, IntegrationId free) {
  IrNumber rate = rate_of(run->ir, group->sharers.data[0]);
  if (free.n)
    diag_help(d, "say how many calls '%.*s' may make, with 'rate' in its limits",
              STR_ARG(ir_integration_name(run->ir, free)));
  else if (group->sharers.len == 1)
    diag_fix(d, DIAG_MAYBE, rate.span, quota, "replace with '%.*s'", STR_ARG(quota));
  if (group->sharers.len > 1)
    diag_help(d, "let the rates add up to %.*s, or give each integration a key of its own", STR_ARG(quota));
}

static void check_group(const Quotas *run, const Group *group) {
  double sum = 0;
  IntegrationId free = {0};  // one without a limit
  for (size_t i = 0; i < group->sharers.len; i++) {
    double rate = rate_of(run->ir, group->sharers.data[i]).number;
    if (!isnan(rate))
      sum += rate;
    else if (!free.n)
      free = group->sharers.data[i];
  }
  if (isnan(group->quota.number) || (!free.n && sum <= group->quota.number * (1 + 1e-9))) return;
  Str quota = resilience_rate(run->diags->arena, group->quota.number);
  Diag *d;
  if (free.n)
    d = diag_add(run->diags, FX2022, group->quota.span,
                 "nothing keeps the calls of '%.*s' within %.*s, the quota of '%.*s'",
                 STR_ARG(ir_integration_name(run->ir, free)), STR_ARG(quota), STR_ARG(group->provider));
  else
    d = diag_add(run->diags, FX2022, group->quota.span, "'%.*s' may get %.*s, and its quota is %.*s",
                 STR_ARG(group->provider), STR_ARG(resilience_rate(run->diags->arena, sum)), STR_ARG(quota));
  diag_label(d, group->quota.span, "allowed with one key");
  note_sharers(run, d, group);
  help_with_quota(run, d, group, quota, free);
}

void resilience_check_quotas(Ir *ir, DiagBag *diags) {
  Quotas run = {.ir = ir, .diags = diags};
  run.seen = arena_array(diags->arena, bool, ir->releases.len + 1);
  for (size_t i = 0; i < ir->live_releases.len; i++)
    add_release(&run, ir->live_releases.data[i].integration, ir->live_releases.data[i].release);
  find_groups(&run);
  for (size_t i = 0; i < run.groups.len; i++) check_group(&run, &run.groups.data[i]);
}
