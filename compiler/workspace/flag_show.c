/* In: overrides, what the last build wrote to runtime-config.json, manifests. Out: for each name what holds,
 * who says so, and what would hold without the overrides. Surprising: the build's file is only looked at;
 * where it is missing or damaged, what manifests say stands in for it. */
#include <stdlib.h>

#include "base/file.h"
#include "emit/json_writer.h"
#include "emit/places.h"
#include "emit/table.h"
#include "json/json.h"
#include "workspace/flag.h"
#include "workspace/interface.h"

#define BUILT_NAME "runtime-config.json"
enum { LARGEST_FILE = 64 * 1024 * 1024, COLUMNS = 4 };

// What one side says, data NULL: nothing.
typedef struct Said {
  Str value, by;
} Said;

// A name, and what is said of it: what holds, and what would hold without the overrides.
typedef struct Row {
  Str name;
  const char *what;  // "flag", "release", "canary"
  Said now, without;
  bool overridden;
} Row;

typedef struct Showing {
  Compilation *compilation;
  Arena *arena;
  Places places;
  DocEvents built;   // no nodes: there is none
  StrMap overrides;  // names of flags, and of integrations behind a space: index into ir->overrides + 1
  VEC(Row) rows;
} Showing;

static const Ir *ir_of(const Showing *s) { return &s->compilation->ir; }

/* The build's file */

static void read_built(Showing *s) {
  const Project *project = &s->compilation->project;
  Str path = path_join(s->arena, project->output, STR(BUILT_NAME)), bytes;
  if (file_read(path, s->arena, LARGEST_FILE, &bytes)) return;
  DiagBag ignored = {.arena = s->arena};
  SourceId source = sources_add(s->compilation->sources, path,
                                path_join(s->arena, project->output_from_root, STR(BUILT_NAME)));
  if (!json_events(s->arena, source, bytes, &ignored, &s->built)) s->built = (DocEvents){0};
}

// The value that keys lead to, 0 without one.
static uint32_t built_value(const Showing *s, const Str *keys, size_t depth) {
  uint32_t at = 0;
  if (!s->built.nodes.len) return 0;
  for (size_t i = 0; i < depth; i++) {
    if (doc_node(&s->built, at)->kind != DOC_MAP) return 0;
    at = interface_member(&s->built, at, keys[i]);
    if (!at) return 0;
  }
  return at;
}

static Str state_word(Str json) {
  if (str_eq(json, STR("true"))) return STR("on");
  return str_eq(json, STR("false")) ? STR("off") : STR("undecided");
}

static Said built_text(Showing *s, const Str *keys, size_t depth) {
  uint32_t at = built_value(s, keys, depth);
  if (!at || doc_node(&s->built, at)->kind != DOC_SCALAR) return (Said){0};
  return (Said){doc_node(&s->built, at)->text, places_text(&s->places, s->arena, doc_span(&s->built, at))};
}

/* Manifests */

static Said manifest_flag(Showing *s, Str name) {
  const Ir *ir = ir_of(s);
  for (size_t i = 0; i < ir->releases.len; i++)
    if (str_eq(str_trim(ir_str(ir, ir->releases.data[i].flag.sym)), name))
      return (Said){STR("undecided"), places_text(&s->places, s->arena, ir->releases.data[i].flag.span)};
  for (size_t i = 0; i < ir->uses.len; i++)
    if (str_eq(str_trim(ir_str(ir, ir->uses.data[i].flag.sym)), name))
      return (Said){STR("undecided"), places_text(&s->places, s->arena, ir->uses.data[i].flag.span)};
  return (Said){STR("undecided"), STR("")};
}

/* Rows */

static const Override *override_of(const Showing *s, Str key) {
  uint32_t *found = strmap_find(&s->overrides, key);
  return found ? &ir_of(s)->overrides.data[*found - 1] : NULL;
}

static Str override_key(const Showing *s, Str name) { return str_concat(s->arena, STR(" "), name); }

static void list_overrides(Showing *s) {
  const Ir *ir = ir_of(s);
  for (size_t i = 0; i < ir->overrides.len; i++) {
    const Override *row = &ir->overrides.data[i];
    Str name = ir_str(ir, row->name.sym);
    bool flag = row->kind != IR_OVERRIDE_INTEGRATION;
    *strmap_put(s->arena, &s->overrides, flag ? name : override_key(s, name), NULL) = (uint32_t)i + 1;
  }
}

static void add_row(Showing *s, Str name, const char *what, Said now, Said without) {
  bool overridden = now.value.data != NULL;
  vec_push(s->arena, &s->rows, (Row){name, what, overridden ? now : without, without, overridden});
}

static Said overridden(Showing *s, Str value, Span span) {
  return (Said){value, places_text(&s->places, s->arena, span)};
}

static void show_flag(Showing *s, Str name, Said without) {
  const Override *row = override_of(s, name);
  Said now = {0}, built = built_text(s, (Str[]){STR("flags"), name}, 2);
  if (row) now = overridden(s, row->kind == IR_OVERRIDE_FLAG_ON ? STR("on") : STR("off"), row->name.span);
  if (built.value.data) without = (Said){state_word(built.value), built.by};
  add_row(s, name, "flag", now, without);
}

static void show_release(Showing *s, Str name, const Integration *row, const Override *override) {
  const Ir *ir = ir_of(s);
  if (!override || !override->release.sym) return;
  Said without = built_text(s, (Str[]){STR("integrations"), name, STR("version")}, 3);
  IntegrationId id = ir_find_integration(ir, name);
  ReleaseId chosen = ir_decided_release(ir, id);
  if (!without.value.data)
    without = (Said){chosen.n ? ir_release_label(ir, chosen) : STR("none"),
                     places_text(&s->places, s->arena, chosen.n ? ir_release(ir, chosen)->span : row->span)};
  add_row(s, name, "release", overridden(s, ir_str(ir, override->release.sym), override->release.span),
          without);
}

static Str canary_text(Showing *s, const Integration *row, Str since) {
  Str release = ir_str(ir_of(s), row->canary_release.sym);
  if (str_eq(since, STR("false"))) return STR("taken back");
  return since.len ? str_printf(s->arena, "%.*s since %.*s", STR_ARG(release), STR_ARG(since))
                   : str_printf(s->arena, "%.*s, first stage", STR_ARG(release));
}

static void show_canary(Showing *s, Str name, const Integration *row, const Override *override) {
  const Ir *ir = ir_of(s);
  if (!row->canary_release.sym) return;
  Said now = {0}, built = built_text(s, (Str[]){STR("integrations"), name, STR("canary"), STR("since")}, 4);
  Said without = {canary_text(s, row, built.value), built.by};
  if (!built.value.data) without.by = places_text(&s->places, s->arena, row->canary_release.span);
  if (override && override->canary.sym)
    now = overridden(s, canary_text(s, row, ir_str(ir, override->canary.sym)), override->canary.span);
  add_row(s, name, "canary", now, without);
}

static void show_name(Showing *s, Str name) {
  const Ir *ir = ir_of(s);
  IntegrationId id = ir_find_integration(ir, name);
  if (!id.n) {
    show_flag(s, name, manifest_flag(s, name));
    return;
  }
  const Integration *row = ir_integration(ir, id);
  const Override *override = override_of(s, override_key(s, name));
  show_flag(s, name, (Said){STR("on"), places_text(&s->places, s->arena, row->span)});
  show_release(s, name, row, override);
  show_canary(s, name, row, override);
}

/* All of them */

static int by_name(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

static bool is_needed(const Showing *s, IntegrationId id) { return ir_decided_release(ir_of(s), id).n != 0; }

// Whether a flag is that of a release of nothing but integrations that nothing needs.
static bool is_idle(const Showing *s, Str flag) {
  const Ir *ir = ir_of(s);
  bool idle = false;
  for (size_t i = 0; i < ir->releases.len; i++) {
    const Release *release = &ir->releases.data[i];
    if (!str_eq(str_trim(ir_str(ir, release->flag.sym)), flag)) continue;
    if (is_needed(s, release->integration)) return false;
    idle = true;
  }
  return idle;
}

// What nothing needs is left out, unless somebody has switched it.
static bool is_shown(const Showing *s, Str name) {
  if (override_of(s, name) || override_of(s, override_key(s, name))) return true;
  IntegrationId id = ir_find_integration(ir_of(s), name);
  return id.n ? is_needed(s, id) : !is_idle(s, name);
}

static bool show_asked(Showing *s, const Request *request, const KnownFlags *flags) {
  bool good = true;
  for (size_t i = 1; i < request->names.len; i++)
    good &= flag_is_known(s->compilation, flags, request->names.data[i]);
  for (size_t i = 1; i < request->names.len && good; i++) show_name(s, request->names.data[i]);
  return good;
}

static void show_all(Showing *s, const KnownFlags *flags) {
  Str *names = arena_array(s->arena, Str, flags->list.len + 1);
  for (size_t i = 0; i < flags->list.len; i++) names[i] = flags->list.data[i];
  qsort(names, flags->list.len, sizeof *names, by_name);
  for (size_t i = 0; i < flags->list.len; i++)
    if (is_shown(s, names[i])) show_name(s, names[i]);
}

static void put_said(JsonWriter *w, Str value, Str by) {
  json_string_member(w, "value", value);
  json_key(w, STR("by"));
  if (by.len)
    json_string(w, by);
  else
    json_literal(w, STR("null"));
}

static void print_json(const Showing *s, Buf *out) {
  JsonWriter w = json_begin(out, STR("flags"));
  json_key(&w, STR("switches"));
  json_list(&w, false);
  for (size_t i = 0; i < s->rows.len; i++) {
    const Row *row = &s->rows.data[i];
    json_object(&w);
    json_string_member(&w, "name", row->name);
    json_string_member(&w, "what", str_from(row->what));
    put_said(&w, row->now.value, row->now.by);
    if (row->overridden) {
      json_key(&w, STR("without"));
      json_object(&w);
      put_said(&w, row->without.value, row->without.by);
      json_close(&w, '}');
    }
    json_close(&w, '}');
  }
  json_close(&w, ']');
  json_end(&w);
}

static Str without_text(const Showing *s, const Row *row) {
  if (!row->overridden) return STR("");
  return str_printf(s->arena, "%.*s%s%.*s", STR_ARG(row->without.value), row->without.by.len ? ", " : "",
                    STR_ARG(row->without.by));
}

static void print_table(const Showing *s, Buf *out) {
  static const char *const head[COLUMNS] = {"NAME", "VALUE", "SAID BY", "WITHOUT OVERRIDES"};
  Str *cells = arena_array(s->arena, Str, (s->rows.len + 1) * COLUMNS), *cell = cells;
  bool overridden = false;
  for (size_t i = 0; i < COLUMNS; i++) *cell++ = str_from(head[i]);
  for (size_t i = 0; i < s->rows.len; i++) {
    const Row *row = &s->rows.data[i];
    overridden |= row->overridden;
    bool plain = strcmp(row->what, "flag") == 0;
    *cell++ = plain ? row->name : str_printf(s->arena, "%.*s %s", STR_ARG(row->name), row->what);
    *cell++ = row->now.value;
    *cell++ = row->now.by;
    *cell++ = without_text(s, row);
  }
  table_print(s->arena, cells, s->rows.len + 1, COLUMNS, 0, out);
  if (overridden)
    buf_printf(out, "To go back to what holds without them, take members out of %.*s.\n",
               STR_ARG(path_join(s->arena, s->compilation->project.output, STR(OVERRIDES_NAME))));
}

static void print(const Showing *s) {
  bool json = str_eq(s->compilation->request->format, STR("json"));
  (json ? print_json : print_table)(s, &s->compilation->emitted);
}

void flag_show(Compilation *compilation) {
  const Request *request = compilation->request;
  Request look;
  Showing s = {.compilation = compilation, .arena = &compilation->arena};
  if (!flag_look(compilation, &look)) return;
  s.places = places_new(compilation->sources);
  read_built(&s);
  list_overrides(&s);
  KnownFlags flags = overrides_flags(compilation);
  if (request->names.len > 1) {
    if (show_asked(&s, request, &flags)) print(&s);
  } else {
    show_all(&s, &flags);
    print(&s);
  }
  places_free(&s.places);
}
