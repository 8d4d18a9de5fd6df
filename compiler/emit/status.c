/* In: rows of states. Out: a table for people, JSON for programs. */
#include "emit/status.h"

#include "base/date.h"
#include "emit/json_writer.h"
#include "emit/table.h"

enum { COLUMNS = 6, NUMBERS = 1 << 4 };

const char *life_stage_name(LifeStage stage) {
  static const char *const names[] = {"Discovered", "Validated", "Generated", "Active"};
  return names[stage];
}

static const Integration *manifest_of(const Ir *ir, const StatusRow *row) {
  return row->integration.n ? ir_integration(ir, row->integration) : NULL;
}

static const Release *release_of(const Ir *ir, const StatusRow *row) {
  return row->release.n ? ir_release(ir, row->release) : NULL;
}

// Uses come page by page.
static bool starts_page(const Ir *ir, const UsedName *used, size_t i) {
  return !i || ir_use(ir, used->uses.data[i - 1])->page.n != ir_use(ir, used->uses.data[i])->page.n;
}

static size_t count_pages(const Ir *ir, const StatusRow *row) {
  size_t count = 0;
  for (size_t i = 0; row->used && i < row->used->uses.len; i++) count += starts_page(ir, row->used, i);
  return count;
}

/* The table */

static Str state_text(Arena *arena, const StatusRow *row) {
  return str_printf(arena, "%s%s%s", life_stage_name(row->stage),
                    row->deprecated == IR_NO_DATE ? "" : ", Deprecated",
                    row->migrating == IR_NO_DATE ? "" : ", Migrating");
}

static Str release_text(const Ir *ir, Arena *arena, const StatusRow *row) {
  const Release *release = release_of(ir, row);
  if (!release) return STR("-");
  return str_printf(arena, "%.*s (%.*s)", STR_ARG(ir_str(ir, release->label.sym)),
                    STR_ARG(ir_str(ir, release->version.text)));
}

static void fill_row(const Ir *ir, Arena *arena, const StatusRow *row, Str *cells) {
  const Integration *manifest = manifest_of(ir, row);
  Str texts[COLUMNS] = {row->name,
                        state_text(arena, row),
                        date_text(arena, row->since),
                        release_text(ir, arena, row),
                        str_printf(arena, "%zu", count_pages(ir, row)),
                        manifest ? ir_str(ir, manifest->owner.sym) : STR("-")};
  for (size_t i = 0; i < COLUMNS; i++) cells[i] = texts[i];
}

void emit_status_table(const Ir *ir, StatusRows rows, Arena *arena, Buf *out) {
  static const char *const head[COLUMNS] = {"INTEGRATION", "STATE", "SINCE", "RELEASE", "PAGES", "OWNER"};
  Str *cells = arena_array(arena, Str, (rows.len + 1) * COLUMNS);
  for (size_t i = 0; i < COLUMNS; i++) cells[i] = str_from(head[i]);
  for (size_t r = 0; r < rows.len; r++) fill_row(ir, arena, &rows.data[r], &cells[(r + 1) * COLUMNS]);
  table_print(arena, cells, rows.len + 1, COLUMNS, NUMBERS, out);
}

/* JSON */

static void put_text(JsonWriter *w, const char *key, Str text) {
  json_key(w, str_from(key));
  if (text.len)
    json_string(w, text);
  else
    json_literal(w, STR("null"));
}

static void put_release(JsonWriter *w, const Ir *ir, const Release *release) {
  json_key(w, STR("release"));
  if (!release) {
    json_literal(w, STR("null"));
    return;
  }
  json_object(w);
  json_string_member(w, "label", ir_str(ir, release->label.sym));
  json_string_member(w, "version", ir_str(ir, release->version.text));
  json_string_member(w, "status", str_from(ir_status_name(release->status)));
  put_text(w, "provider", ir_release_provider(ir, release));
  json_close(w, '}');
}

static void put_flag(JsonWriter *w, Arena *arena, const char *key, int32_t since) {
  put_text(w, key, since == IR_NO_DATE ? STR("") : date_text(arena, since));
}

static void put_pages(JsonWriter *w, const Ir *ir, const StatusRow *row) {
  json_key(w, STR("pages"));
  json_list(w, false);
  for (size_t i = 0; row->used && i < row->used->uses.len; i++)
    if (starts_page(ir, row->used, i))
      json_string(w, ir_str(ir, ir_page(ir, ir_use(ir, row->used->uses.data[i])->page)->path));
  json_close(w, ']');
}

static void put_integration(JsonWriter *w, const Ir *ir, Arena *arena, const StatusRow *row) {
  const Integration *manifest = manifest_of(ir, row);
  const Release *release = release_of(ir, row);
  json_key(w, row->name);
  json_object(w);
  json_string_member(w, "state", str_from(life_stage_name(row->stage)));
  json_string_member(w, "since", date_text(arena, row->since));
  put_flag(w, arena, "deprecated", row->deprecated);
  put_flag(w, arena, "migrating", row->migrating);
  put_release(w, ir, release);
  put_flag(w, arena, "until", release ? release->until.days : IR_NO_DATE);
  put_text(w, "manifest", manifest ? source_root_path(ir->sources, manifest->source) : STR(""));
  put_text(w, "owner", manifest ? ir_str(ir, manifest->owner.sym) : STR(""));
  json_bool_member(w, "orphaned", !row->used);
  json_number_member(w, "uses", row->used ? row->used->uses.len : 0);
  put_pages(w, ir, row);
  json_close(w, '}');
}

void emit_status_json(const Ir *ir, StatusRows rows, Arena *arena, Buf *out) {
  JsonWriter w = json_begin(out, STR("status"));
  json_key(&w, STR("integrations"));
  json_object(&w);
  for (size_t i = 0; i < rows.len; i++) put_integration(&w, ir, arena, &rows.data[i]);
  json_close(&w, '}');
  json_end(&w);
}
