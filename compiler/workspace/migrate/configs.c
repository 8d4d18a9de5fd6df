/* In: the configurations of the integration's releases. Out: edits of what only the new release reads, which
 * may still have the keys and values of the old one. Surprising: what the old release reads too (`prototype`
 * beside `versions`, `production` of the whole integration) has to serve both: a renamed key gets a twin, and
 * a value that would have to change for one of them is refused. */
#include "ast/fx_document.h"
#include "edit/entries.h"
#include "emit/json_writer.h"
#include "ir/interpolation.h"
#include "json/json.h"
#include "passes/reference.h"
#include "workspace/migrate/round.h"
#include "yaml/yaml.h"

typedef struct Configs {
  Round *round;
  IrRange rows;  // of one block
  Arena arena;
  StrMap dropped;  // starts of keys that go, as texts
} Configs;

static const Ir *ir_of(const Configs *c) { return &c->round->run->ir; }

static Str text_at(const Configs *c, Span span) {
  return str_take(str_skip(migrate_bytes(c->round, span.source), span.start), span.end - span.start);
}

/* Who reads a key */

static bool has_key_at(const Ir *ir, IrRange rows, Span span) {
  for (uint32_t i = 0; i < rows.count; i++)
    if (!span_cmp(ir_config_at(ir, rows, i)->span, span)) return true;
  return false;
}

// Another release that lives and reads the same text; NULL: none.
static const Release *other_reader(const Configs *c, Span span) {
  const Ir *ir = ir_of(c);
  IrRange releases = ir_integration(ir, c->round->id)->releases;
  for (uint32_t i = 0; i < releases.count; i++) {
    const Release *release = ir_release_at(ir, releases, i);
    if (releases.first + i == c->round->target.n || release->status == IR_RETIRED) continue;
    if (has_key_at(ir, release->configs, span)) return release;
    if (release->production.n && has_key_at(ir, ir_overlay(ir, release->production)->configs, span))
      return release;
  }
  return NULL;
}

/* Rules */

static const MigrateRule *find_rule(const Configs *c, IrMigrationKind kind, Str key) {
  const MigrateHop *hop = c->round->hop;
  for (size_t i = 0; i < hop->rules.len; i++)
    if (hop->rules.data[i].kind == kind && str_eq(hop->rules.data[i].subject, key))
      return &hop->rules.data[i];
  return NULL;
}

static bool is_made_by_rule(const Configs *c, Str key) {
  const MigrateHop *hop = c->round->hop;
  for (size_t i = 0; i < hop->rules.len; i++)
    if (hop->rules.data[i].kind == IR_RENAME_CONFIG && str_eq(hop->rules.data[i].renamed, key)) return true;
  return false;
}

static Str value_text(const Configs *c, const Value *value) {
  return value->text ? ir_str(ir_of(c), value->text) : text_at(c, value->span);
}

static const MigrateRule *find_value(const Configs *c, Str key, const MigrateRule *rename, Str text) {
  const MigrateHop *hop = c->round->hop;
  for (size_t i = 0; i < hop->rules.len; i++) {
    const MigrateRule *rule = &hop->rules.data[i];
    if (rule->kind != IR_VALUE_CONFIG || !str_eq(rule->old_text, text)) continue;
    if (str_eq(rule->subject, key) || (rename && str_eq(rule->subject, rename->renamed))) return rule;
  }
  return NULL;
}

static bool makes_old_value(const Configs *c, const MigrateRule *value) {
  const MigrateHop *hop = c->round->hop;
  for (size_t i = 0; i < hop->rules.len; i++) {
    const MigrateRule *rule = &hop->rules.data[i];
    if (rule != value && rule->kind == IR_VALUE_CONFIG && str_eq(rule->subject, value->subject) &&
        str_eq(rule->text, value->old_text))
      return true;
  }
  return false;
}

/* Entries in the text */

static bool find_entries(Configs *c, Span key, EntryList *list, size_t *index) {
  Arena *arena = &c->arena;
  DiagBag forgotten = {.arena = arena};
  Str bytes = migrate_bytes(c->round, key.source), path = source_path(c->round->run->sources, key.source);
  DocEvents doc;
  if (ast_is_fx(path))
    return entries_of_pair(arena, fx_parse(arena, key.source, bytes, &forgotten), key.start, list, index);
  bool read = str_ends(path, STR(".json")) ? json_events(arena, key.source, bytes, &forgotten, &doc)
                                           : yaml_events(arena, key.source, bytes, &forgotten, &doc);
  return read && entries_of_key(arena, &doc, key.start, list, index);
}

static void refuse_alias(Configs *c, Span span, Str key) {
  Diag *diag = migrate_refuse(c->round->migrate, c->round->run, span,
                              "the migration cannot change '%.*s', which is written in one place for several",
                              STR_ARG(key));
  diag_help(diag, "write the configuration of '%.*s' by itself, without an alias",
            STR_ARG(c->round->migrate->to));
}

static void refuse_both(Configs *c, const Config *row, Span there, const MigrateRule *rename) {
  const Migrate *migrate = c->round->migrate;
  Diag *diag = migrate_refuse(c->round->migrate, c->round->run, row->span,
                              "'%.*s' would become '%.*s', which is there with another value",
                              STR_ARG(rename->subject), STR_ARG(rename->renamed));
  diag_note(diag, migrate_origin(migrate, c->round->run, there), "it is here");
  diag_help(diag, "keep one of the two");
}

static void refuse_unknown(Configs *c, Span span, Str what) {
  Diag *diag = migrate_refuse(c->round->migrate, c->round->run, span,
                              "nobody can tell whether '%.*s' is the old or the new one", STR_ARG(what));
  diag_help(diag, "write the configuration of '%.*s' as it is to be, and take the rule out of 'migrate'",
            STR_ARG(c->round->migrate->to));
}

/* What only the new release reads */

static const Config *key_named(const Configs *c, Str key) {
  for (uint32_t i = 0; i < c->rows.count; i++) {
    const Config *row = ir_config_at(ir_of(c), c->rows, i);
    if (str_eq(ir_str(ir_of(c), row->key), key)) return row;
  }
  return NULL;
}

static void drop(Configs *c, const Config *row) {
  Str start = str_printf(&c->arena, "%u", row->span.start);
  strmap_put(&c->arena, &c->dropped, start, NULL);
  migrate_say(c->round, row->span, "'%.*s' goes", STR_ARG(ir_str(ir_of(c), row->key)));
}

// "-1.5e3", as RFC 8259 writes numbers.
static bool is_json_number(Str text) {
  size_t at = str_starts(text, STR("-")) ? 1 : 0, start = at;
  while (at < text.len && text.data[at] >= '0' && text.data[at] <= '9') at++;
  if (at == start || (text.data[start] == '0' && at > start + 1)) return false;
  for (int part = 0; part < 2 && at < text.len; part++) {
    bool exponent = text.data[at] == 'e' || text.data[at] == 'E';
    if (!exponent && (part || text.data[at] != '.')) return false;
    at++;
    if (exponent && at < text.len && (text.data[at] == '+' || text.data[at] == '-')) at++;
    size_t digits = at;
    while (at < text.len && text.data[at] >= '0' && text.data[at] <= '9') at++;
    if (at == digits || (exponent && at < text.len)) return false;
  }
  return at == text.len;
}

// The new value as its file writes it: the overrides are JSON, whatever the manifest is.
static Str raw_of(Configs *c, const MigrateRule *rule) {
  if (!c->round->in_overrides) return rule->raw;
  bool plain = str_eq(rule->raw, STR("true")) || str_eq(rule->raw, STR("false")) ||
               str_eq(rule->raw, STR("null")) || is_json_number(rule->raw);
  if (plain) return rule->raw;
  Buf buf = {0};
  JsonWriter writer = {.out = &buf};
  json_string(&writer, rule->text);
  Str text = str_copy(&c->arena, buf_str(&buf));
  buf_free(&buf);
  return text;
}

static void put_value(Configs *c, const Config *row, const MigrateRule *rule) {
  const Value *value = ir_value(ir_of(c), row->value);
  Str raw = raw_of(c, rule);
  if (makes_old_value(c, rule)) {
    refuse_unknown(c, value->span, rule->old_text);
  } else if (str_find_char(raw, '\n') >= 0 || str_find_char(text_at(c, value->span), '\n') >= 0) {
    refuse_alias(c, value->span, rule->old_text);
  } else {
    migrate_edit(c->round, value->span, raw, "'%.*s' becomes '%.*s'", STR_ARG(rule->old_text),
                 STR_ARG(rule->text));
  }
}

static void put_key(Configs *c, const Config *row, const MigrateRule *rename) {
  migrate_edit_scalar(c->round, row->span, ir_str(ir_of(c), row->key), rename->renamed);
}

static void change_own(Configs *c, const Config *row, const MigrateRule *rename, const MigrateRule *value) {
  const Config *there = rename ? key_named(c, rename->renamed) : NULL;
  Str text = value ? value->text : value_text(c, ir_value(ir_of(c), row->value));
  if (there && str_eq(text, value_text(c, ir_value(ir_of(c), there->value)))) {
    drop(c, row);
  } else if (there) {
    refuse_both(c, row, there->span, rename);
  } else {
    if (rename) put_key(c, row, rename);
    if (value) put_value(c, row, value);
  }
}

/* What others read too */

// "MAPS_KEY: x" before "key: x", on a line of its own where that has one.
static void add_twin(Configs *c, const Config *row, const MigrateRule *rename, const MigrateRule *value) {
  Str bytes = migrate_bytes(c->round, row->span.source), indent;
  Span span = ir_value(ir_of(c), row->value)->span, at = {row->span.source, row->span.start, row->span.start};
  Str sign = str_span(bytes.data + row->span.end, bytes.data + span.start);
  Str key = text_at(c, row->span), name = rename->renamed;
  bool fx = ast_is_fx(source_path(c->round->run->sources, at.source)), json = key.data[0] == '"';
  Str gap = fx ? STR("  ") : STR(", ");
  if (entries_indent(bytes, at.start, &indent))
    gap = str_printf(&c->arena, "%s\n%.*s", json ? "," : "", STR_ARG(indent));
  Str text = str_printf(&c->arena, json ? "\"%.*s\"%.*s%.*s%.*s" : "%.*s%.*s%.*s%.*s", STR_ARG(name),
                        STR_ARG(sign), STR_ARG(value ? value->raw : text_at(c, span)), STR_ARG(gap));
  migrate_edit(c->round, at, text, "'%.*s' comes beside '%.*s'", STR_ARG(name), STR_ARG(rename->subject));
}

static void change_shared(Configs *c, const Config *row, const Release *other, const MigrateRule *rename,
                          const MigrateRule *value) {
  const Ir *ir = ir_of(c);
  Str label = ir_str(ir, other->label.sym);
  Span span = ir_value(ir, row->value)->span;
  if (rename && key_named(c, rename->renamed)) return;
  if (rename && span.start >= row->span.end && str_find_char(text_at(c, span), '\n') < 0) {
    add_twin(c, row, rename, value);
    return;
  }
  Diag *diag = migrate_refuse(c->round->migrate, c->round->run, row->span,
                              "'%.*s' cannot change for '%.*s' alone: '%.*s' reads it too",
                              STR_ARG(ir_str(ir, row->key)), STR_ARG(c->round->migrate->to), STR_ARG(label));
  diag_help(diag, "write it in the configuration of each of the two");
}

static void keep_shared(Configs *c, const Config *row, const Release *other) {
  Migrate *migrate = c->round->migrate;
  Str line = str_printf(&migrate->arena, "'%.*s' stays in the configuration, which '%.*s' reads too",
                        STR_ARG(ir_str(ir_of(c), row->key)), STR_ARG(ir_str(ir_of(c), other->label.sym)));
  vec_push(&migrate->arena, &migrate->kept, line);
}

/* Blocks */

static void change_row(Configs *c, const Config *row) {
  Str key = ir_str(ir_of(c), row->key);
  const MigrateRule *gone = find_rule(c, IR_DROP_CONFIG, key);
  const MigrateRule *rename = gone ? NULL : find_rule(c, IR_RENAME_CONFIG, key);
  const MigrateRule *value = gone || !row->value.n
                                 ? NULL
                                 : find_value(c, key, rename, value_text(c, ir_value(ir_of(c), row->value)));
  const Release *other = other_reader(c, row->span);
  EntryList list;
  size_t index;
  if (!gone && !rename && !value) return;
  if ((gone || rename) && is_made_by_rule(c, key))
    refuse_unknown(c, row->span, key);
  else if (gone && other)
    keep_shared(c, row, other);
  else if (!find_entries(c, row->span, &list, &index))
    refuse_alias(c, row->span, key);
  else if (gone)
    drop(c, row);
  else if (other)
    change_shared(c, row, other, rename, value);
  else
    change_own(c, row, rename, value);
}

// All keys that go from one block go together.
static void end_block(Configs *c) {
  if (!c->dropped.len) return;
  for (uint32_t i = 0; i < c->rows.count; i++) {
    Span key = ir_config_at(ir_of(c), c->rows, i)->span;
    EntryList list;
    size_t index;
    if (!strmap_find(&c->dropped, str_printf(&c->arena, "%u", key.start))) continue;
    if (!find_entries(c, key, &list, &index)) continue;
    bool *out = arena_array(&c->arena, bool, list.entries.len);
    for (size_t k = 0; k < list.entries.len; k++)
      out[k] = strmap_find(&c->dropped, str_printf(&c->arena, "%u", list.entries.data[k].start)) != NULL;
    Splices edits = {0};
    entries_remove(&c->arena, &list, out, &edits);
    for (size_t k = 0; k < edits.len; k++) {
      Span place = {key.source, edits.data[k].start, edits.data[k].end};
      migrate_edit(c->round, place, edits.data[k].text, NULL);
    }
    return;
  }
}

void migrate_config_block(Round *round, IrRange rows) {
  Configs c = {.round = round, .rows = rows};
  for (uint32_t i = 0; i < rows.count; i++) change_row(&c, ir_config_at(ir_of(&c), rows, i));
  end_block(&c);
  arena_free(&c.arena);
}

/* `config.key` in bindings that only the new release has */

static void change_reference(Configs *c, Span span, Str text, Str path, size_t at) {
  Str rest = path, first, key;
  str_split(&rest, '.', &first);
  if (!str_eq(first, STR("config")) || !rest.data) return;
  str_split(&rest, '.', &key);
  const MigrateRule *rename = find_rule(c, IR_RENAME_CONFIG, key);
  if (!rename || is_made_by_rule(c, key)) return;
  Span place = reference_part(span, text, at + (size_t)(key.data - path.data), key.len);
  if (place.end - place.start == key.len) migrate_edit_scalar(c->round, place, key, rename->renamed);
}

static void change_holes(Configs *c, Span span, Str text) {
  Interpolation parts = interpolation_read(&c->arena, text);
  for (size_t i = 0; i < parts.len; i++)
    if (parts.data[i].hole) change_reference(c, span, text, parts.data[i].text, parts.data[i].at);
}

static void change_references(Configs *c, ValueId id) {
  if (!id.n) return;
  const Value *value = ir_value(ir_of(c), id);
  Str text = ir_str(ir_of(c), value->text);
  if (value->kind == IR_VALUE_REFERENCE) change_reference(c, value->span, text, text, 0);
  if (value->kind == IR_VALUE_STRING) change_holes(c, value->span, text);
  for (uint32_t i = 0; i < value->items.count; i++) change_references(c, (ValueId){value->items.first + i});
}

static bool has_binding_at(const Ir *ir, const Release *release, Span span) {
  IrRange ranges[] = {release->bindings, release->production.n ? ir_overlay(ir, release->production)->bindings
                                                               : (IrRange){0, 0}};
  for (size_t r = 0; r < 2; r++)
    for (uint32_t i = 0; i < ranges[r].count; i++)
      if (!span_cmp(ir_binding_at(ir, ranges[r], i)->span, span)) return true;
  return false;
}

static bool is_read_by_others(const Round *round, Span binding) {
  const Ir *ir = &round->run->ir;
  IrRange releases = ir_integration(ir, round->id)->releases;
  for (uint32_t i = 0; i < releases.count; i++)
    if (releases.first + i != round->target.n && has_binding_at(ir, ir_release_at(ir, releases, i), binding))
      return true;
  return false;
}

static void change_bindings(Round *round, IrRange bindings) {
  Configs c = {.round = round};
  for (uint32_t i = 0; i < bindings.count; i++) {
    const Binding *binding = ir_binding_at(ir_of(&c), bindings, i);
    ValueId values[] = {binding->query, binding->headers, binding->body, binding->basic, binding->bearer};
    if (is_read_by_others(round, binding->span)) continue;
    if (binding->url.sym) change_holes(&c, binding->url.span, ir_str(ir_of(&c), binding->url.sym));
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) change_references(&c, values[k]);
  }
  arena_free(&c.arena);
}

static bool has_config_rules(const MigrateHop *hop) {
  for (size_t i = 0; i < hop->rules.len; i++) {
    IrMigrationKind kind = hop->rules.data[i].kind;
    if (kind == IR_RENAME_CONFIG || kind == IR_DROP_CONFIG || kind == IR_VALUE_CONFIG) return true;
  }
  return false;
}

void migrate_configs(Round *round) {
  const Ir *ir = &round->run->ir;
  const Release *release = ir_release(ir, round->target);
  if (!has_config_rules(round->hop)) return;
  migrate_config_block(round, release->configs);
  change_bindings(round, release->bindings);
  if (!release->production.n) return;
  const Overlay *overlay = ir_overlay(ir, release->production);
  migrate_config_block(round, overlay->configs);
  change_bindings(round, overlay->bindings);
}
