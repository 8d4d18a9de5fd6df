/* In: the pages and views of a run. Out: edits of the ranges, props, capabilities, providers and fallbacks of
 * the uses that are migrated. Surprising: an element's attributes belong to all of its uses, so that one
 * which another use knows too is not touched but refused. */
#include "workspace/migrate/page.h"

#include "edit/range_style.h"

static Str prefix = {"data-integration-", 17};

/* What other uses of the element know */

static bool has_prop(const Ir *ir, IntegrationId id, Str name) { return ir_find_prop(ir, id, name).n != 0; }

static bool has_feature(const Ir *ir, IntegrationId id, Str name) {
  const Integration *row = ir_integration(ir, id);
  for (uint32_t i = 0; i < row->releases.count; i++) {
    const Release *release = ir_release_at(ir, row->releases, i);
    for (uint32_t k = 0; k < release->features.count; k++)
      if (str_eq(ir_str(ir, ir_feature_at(ir, release->features, k)->name), name)) return true;
  }
  return false;
}

// Another use of the element for which the name means something; data NULL: none.
static Str other_use(const PagePlan *plan, bool (*has)(const Ir *, IntegrationId, Str), Str name) {
  const Ir *ir = &plan->round->run->ir;
  for (size_t i = 0; i < plan->element->names.len; i++) {
    Str use = plan->element->names.data[i].text;
    IntegrationId id = ir_find_integration(ir, use);
    if (id.n && id.n != plan->round->id.n && has(ir, id, name)) return use;
  }
  return STR_NONE;
}

static bool refuse_shared(PagePlan *plan, Span span, const char *what, Str name, Str other) {
  Diag *diag = migrate_refuse(plan->round->migrate, plan->round->run, span,
                              "the %s '%.*s' belongs to '%.*s' too, which is used on the same element", what,
                              STR_ARG(name), STR_ARG(other));
  diag_help(diag, "give '%.*s' an element of its own, then migrate again", STR_ARG(other));
  return false;
}

/* Rules that read what they write: `a` becomes `b` and `b` becomes `c`. A `b` may then be an old one or a new
 * one, which only the use's range can tell. */

static bool is_about(const MigrateRule *rule, IrMigrationKind kind, Str name) {
  return rule->kind == kind && ir_same_prop(rule->subject, name);
}

static bool is_made_by_rule(const MigrateHop *hop, IrMigrationKind rename, Str name) {
  for (size_t i = 0; i < hop->rules.len; i++)
    if (hop->rules.data[i].kind == rename && ir_same_prop(hop->rules.data[i].renamed, name)) return true;
  return false;
}

// Whether the use can only be an old one.
static bool is_surely_old(const PagePlan *plan) {
  Arena *arena = &plan->round->migrate->arena;
  return plan->range.data && (plan->held & MIGRATE_FROM) &&
         !range_holds(arena, plan->range, &plan->round->to_version);
}

// Whether a rule may be applied to what may also be its own work.
static bool may_apply(PagePlan *plan, bool ambiguous, Span span, Str name) {
  if (!ambiguous || is_surely_old(plan)) return true;
  if (!(plan->held & MIGRATE_FROM) || !plan->round->first) return false;
  Diag *diag = migrate_refuse(plan->round->migrate, plan->round->run, span,
                              "nobody can tell whether '%.*s' is the old or the new one", STR_ARG(name));
  diag_help(diag, "give the use a range that only '%.*s' satisfies, then migrate again",
            STR_ARG(plan->round->hop->from));
  return false;
}

/* Props */

static const FactAttr *find_attr(const PagePlan *plan, Str prop) {
  for (size_t i = 0; i < plan->element->attrs.len; i++) {
    const FactAttr *attr = &plan->element->attrs.data[i];
    if (str_starts(attr->name, prefix) && ir_same_prop(str_skip(attr->name, prefix.len), prop)) return attr;
  }
  return NULL;
}

static const MigrateRule *find_rule(const MigrateHop *hop, IrMigrationKind kind, Str name) {
  for (size_t i = 0; i < hop->rules.len; i++)
    if (is_about(&hop->rules.data[i], kind, name)) return &hop->rules.data[i];
  return NULL;
}

// The rule for a value; those of a renamed prop may name it either way.
static const MigrateRule *find_value(const MigrateHop *hop, Str name, const MigrateRule *rename, Str value) {
  for (size_t i = 0; i < hop->rules.len; i++) {
    const MigrateRule *rule = &hop->rules.data[i];
    bool named =
        is_about(rule, IR_VALUE_PROP, name) || (rename && is_about(rule, IR_VALUE_PROP, rename->renamed));
    if (named && str_eq(rule->old_text, value)) return rule;
  }
  return NULL;
}

static bool is_new_value(const MigrateHop *hop, const MigrateRule *rule) {
  for (size_t i = 0; i < hop->rules.len; i++) {
    const MigrateRule *other = &hop->rules.data[i];
    if (other != rule && is_about(other, IR_VALUE_PROP, rule->subject) && str_eq(other->text, rule->old_text))
      return true;
  }
  return false;
}

// Whether another use has a say in the attribute, under its old or its new name.
static bool is_ours_alone(PagePlan *plan, const FactAttr *attr, Str name, const MigrateRule *rename) {
  Str other = other_use(plan, has_prop, name);
  if (other.data) return refuse_shared(plan, attr->name_span, "prop", name, other);
  if (rename) other = other_use(plan, has_prop, rename->renamed);
  return other.data ? refuse_shared(plan, attr->name_span, "prop", rename->renamed, other) : true;
}

static void change_value(PagePlan *plan, const FactAttr *attr, const MigrateRule *rule) {
  if (!rule || str_eq(rule->text, attr->value.text)) return;
  if (may_apply(plan, is_new_value(plan->round->hop, rule), attr->value.span, attr->value.text))
    page_put_value(plan, attr, rule->text);
}

// The values of a list are changed one by one.
static bool change_items(PagePlan *plan, const FactAttr *attr, const MigrateRule *rename, bool look) {
  const MigrateHop *hop = plan->round->hop;
  Str name = str_skip(attr->name, prefix.len);
  PageList list = page_list(plan, &attr->value);
  bool any = false;
  for (size_t i = 0; list.len > 1 && i < list.len; i++) {
    const MigrateRule *rule = find_value(hop, name, rename, list.data[i].text);
    any |= rule != NULL;
    if (rule && !look && may_apply(plan, is_new_value(hop, rule), list.data[i].span, list.data[i].text))
      page_put_item(plan, attr, &list.data[i], rule->text);
  }
  return any;
}

static void rename_prop(PagePlan *plan, const FactAttr *attr, const MigrateRule *rename,
                        const MigrateRule *value) {
  const MigrateHop *hop = plan->round->hop;
  const FactAttr *there = find_attr(plan, rename->renamed);
  bool leaves =
      find_rule(hop, IR_RENAME_PROP, rename->renamed) || find_rule(hop, IR_DROP_PROP, rename->renamed);
  if (!there || there == attr || leaves) {
    page_put_name(plan, attr, rename->renamed, page_has_value(plan, attr) || !value ? STR_NONE : value->text);
    if (page_has_value(plan, attr)) change_value(plan, attr, value);
  } else if (str_eq(value ? value->text : attr->value.text, there->value.text)) {
    page_drop(plan, attr);
  } else {
    Diag *diag = migrate_refuse(plan->round->migrate, plan->round->run, attr->name_span,
                                "'%.*s' would become '%.*s', which the element has with another value",
                                STR_ARG(rename->subject), STR_ARG(rename->renamed));
    diag_note(diag, migrate_origin(plan->round->migrate, plan->round->run, there->name_span), "said here");
    diag_help(diag, "keep one of the two");
  }
}

static void migrate_attr(PagePlan *plan, const FactAttr *attr) {
  const MigrateHop *hop = plan->round->hop;
  const Ir *ir = &plan->round->run->ir;
  Str name = str_skip(attr->name, prefix.len);
  const MigrateRule *drop = find_rule(hop, IR_DROP_PROP, name);
  const MigrateRule *rename = drop ? NULL : find_rule(hop, IR_RENAME_PROP, name);
  const MigrateRule *value = drop ? NULL : find_value(hop, name, rename, attr->value.text);
  bool items = !drop && !value && change_items(plan, attr, rename, true);
  if (!drop && !rename && !value && !items) return;
  if (!has_prop(ir, plan->round->id, name) && other_use(plan, has_prop, name).data) return;  // the other's
  bool made = (drop || rename) && is_made_by_rule(hop, IR_RENAME_PROP, name);
  if (!is_ours_alone(plan, attr, name, rename) || !may_apply(plan, made, attr->name_span, name)) return;
  if (drop)
    page_drop(plan, attr);
  else if (rename)
    rename_prop(plan, attr, rename, value);
  else
    change_value(plan, attr, value);
  if (items) change_items(plan, attr, rename, false);
}

/* What the language itself defines */

static const MigrateRule *find_feature(const MigrateHop *hop, Str name) {
  for (size_t i = 0; i < hop->rules.len; i++)
    if (hop->rules.data[i].kind == IR_RENAME_FEATURE && str_eq(hop->rules.data[i].subject, name))
      return &hop->rules.data[i];
  return NULL;
}

static bool is_listed(const PageList *list, Str text) {
  for (size_t i = 0; i < list->len; i++)
    if (str_eq(list->data[i].text, text)) return true;
  return false;
}

static void change_item(PagePlan *plan, const FactAttr *attr, const PageList *list, size_t i, Str text) {
  if (is_listed(list, text))
    page_drop_item(plan, list, i);
  else
    page_put_item(plan, attr, &list->data[i], text);
}

static void migrate_capabilities(PagePlan *plan, const FactAttr *attr) {
  PageList list = page_list(plan, &attr->value);
  for (size_t i = 0; i < list.len; i++) {
    const FactText *item = &list.data[i];
    const MigrateRule *rule = find_feature(plan->round->hop, item->text);
    if (!rule) continue;
    Str other = other_use(plan, has_feature, item->text);
    if (other.data)
      refuse_shared(plan, item->span, "capability", item->text, other);
    else if (may_apply(plan, is_made_by_rule(plan->round->hop, IR_RENAME_FEATURE, item->text), item->span,
                       item->text))
      change_item(plan, attr, &list, i, rule->renamed);
  }
}

// A use that forces the old release's provider cannot have the new release.
static void migrate_provider(PagePlan *plan, const FactAttr *attr) {
  const Ir *ir = &plan->round->run->ir;
  Str old = ir_str(ir, ir_release(ir, plan->round->from)->provider.sym);
  Str text = ir_str(ir, ir_release(ir, plan->round->to)->provider.sym);
  bool moves = plan->held & MIGRATE_FROM && old.len && text.len && !str_eq(old, text);
  if (!moves || !str_eq(attr->value.text, old)) return;
  if (plan->element->names.len > 1)
    refuse_shared(plan, attr->name_span, "provider", old,
                  plan->element->names.data[plan->use == 0 ? 1 : 0].text);
  else
    page_put_value(plan, attr, text);
}

// As long as the old release lives it is what its successor falls back on.
static void migrate_fallback(PagePlan *plan, const FactAttr *attr) {
  const MigrateHop *hop = plan->round->hop;
  const Ir *ir = &plan->round->run->ir;
  PageList list = page_list(plan, &attr->value);
  if (ir_release(ir, plan->round->from)->status != IR_RETIRED) return;
  for (size_t i = 0; i < list.len; i++)
    if (str_eq(list.data[i].text, hop->from)) change_item(plan, attr, &list, i, hop->to);
}

/* Uses */

static void migrate_attrs(PagePlan *plan) {
  for (size_t i = 0; i < plan->element->attrs.len; i++) {
    const FactAttr *attr = &plan->element->attrs.data[i];
    if (!str_starts(attr->name, prefix)) continue;
    Str name = str_skip(attr->name, prefix.len);
    if (str_eq(name, STR("capabilities")))
      migrate_capabilities(plan, attr);
    else if (str_eq(name, STR("provider")))
      migrate_provider(plan, attr);
    else if (str_eq(name, STR("fallback")))
      migrate_fallback(plan, attr);
    else if (!facts_is_built_in(name))
      migrate_attr(plan, attr);
  }
}

static void migrate_use(PagePlan *plan, size_t element) {
  Round *round = plan->round;
  const FactText *range = &plan->element->ranges.data[plan->use];
  Str key = str_printf(&round->migrate->arena, "%.*s %zu %zu", STR_ARG(plan->file->path), element, plan->use);
  if (plan->file->view)
    key = str_printf(&round->migrate->arena, "%.*s %.*s", STR_ARG(key), STR_ARG(plan->file->name));
  if (round->before) {
    uint32_t *held = strmap_find(round->before, key);
    if (held && *held) vec_push(&round->migrate->arena, &round->migrate->uses, plan->element->span);
  }
  plan->range = range->text;
  plan->held = migrate_holds(round, key, range->text);
  Str text;
  if (!plan->held) return;
  if (migrate_moves(round, plan->held, range->text, &text)) page_put_range(plan, range, text);
  migrate_attrs(plan);
  page_end_use(plan);
}

static void migrate_page(Round *round, const ProjectFile *file) {
  PagePlan plan = {.round = round, .file = file};
  Arena scratch = {0};
  if (page_open(&plan, &scratch)) {
    for (size_t i = 0; i < plan.facts.elements.len; i++) {
      plan.element = &plan.facts.elements.data[i];
      for (plan.use = 0; plan.use < plan.element->names.len; plan.use++)
        if (str_eq(plan.element->names.data[plan.use].text, round->migrate->name)) migrate_use(&plan, i);
    }
  }
  arena_free(&scratch);
}

void migrate_pages(Round *round) {
  const Compilation *run = round->run;
  const Ir *ir = &run->ir;
  Arena *arena = &round->migrate->arena;
  bool *uses = arena_array(arena, bool, sources_count(run->sources) + 1);
  for (size_t i = 0; i < ir->uses.len; i++) {
    const Use *use = &ir->uses.data[i];
    if (use->page.n && str_eq(ir_str(ir, use->name), round->migrate->name))
      uses[ir_page(ir, use->page)->source] = true;
  }
  for (size_t i = 0; i < run->project.pages.len; i++)
    if (uses[run->project.pages.data[i].source]) migrate_page(round, &run->project.pages.data[i]);
}
