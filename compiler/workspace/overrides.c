/* In: runtime-overrides.json beside the outputs. Out: Override rows. Surprising: it is an input that lies
 * among the outputs. No build writes, moves or removes it: what is generated says so in its first bytes, and
 * this does not. */
#include "workspace/overrides.h"

#include <errno.h>

#include "base/date.h"
#include "base/file.h"
#include "base/suggest.h"
#include "json/json.h"
#include "passes/near.h"
#include "workspace/interface.h"

enum { LARGEST_FILE = 64 * 1024 * 1024 };

typedef struct Reading {
  Str bytes;  // of the file
  Compilation *compilation;
  DocEvents doc;
} Reading;

static Ir *ir_of(const Reading *r) { return &r->compilation->ir; }
static Str text_of(const Reading *r, uint32_t node) { return doc_node(&r->doc, node)->text; }

static IrText name_of(const Reading *r, uint32_t scalar) {
  return (IrText){ir_sym(ir_of(r), text_of(r, scalar)), interface_span(&r->doc, scalar)};
}

static bool expect(const Reading *r, uint32_t node, DocKind kind, const char *what) {
  return interface_expect(r->compilation, &r->doc, node, kind, what);
}

static void report_value(const Reading *r, uint32_t node, const char *what) {
  diag_add(&r->compilation->diags, FX2007, doc_span(&r->doc, node), "expected %s", what);
}

/* Members: a key and its value; *at goes on to the next one */

static uint32_t take_member(const Reading *r, uint32_t *at) {
  uint32_t value = doc_node(&r->doc, *at)->next;
  *at = doc_node(&r->doc, value)->next;
  return value;
}

// `members`: what can stand there, a comma between each two.
static void report_unknown(const Reading *r, uint32_t key, const char *members) {
  Str name = text_of(r, key), rest = str_from(members), member;
  Diag *diag = diag_add(&r->compilation->diags, FX2006, interface_span(&r->doc, key),
                        "unknown member '%.*s' in the runtime overrides", STR_ARG(name));
  Suggestion search = suggest_start(name);
  while (str_split(&rest, ',', &member)) suggest_offer(&search, str_trim(member));
  near_propose(diag, interface_span(&r->doc, key), search.best);
  if (!search.best.len) diag_help(diag, "remove it: there can be %s", members);
}

/* Flags */

static void read_flags(Reading *r, uint32_t map) {
  if (!expect(r, map, DOC_MAP, "an object of flags")) return;
  uint32_t at = map + 1;
  for (uint32_t i = 0; i < doc_node(&r->doc, map)->count; i++) {
    uint32_t key = at, value = take_member(r, &at);
    const DocNode *node = doc_node(&r->doc, value);
    bool plain = node->kind == DOC_SCALAR && node->style == DOC_PLAIN;
    bool on = plain && str_eq(node->text, STR("true"));
    if (on || (plain && str_eq(node->text, STR("false"))))
      ir_add_override(ir_of(r), (Override){.kind = on ? IR_OVERRIDE_FLAG_ON : IR_OVERRIDE_FLAG_OFF,
                                           .name = name_of(r, key)});
    else
      report_value(r, value, "true or false");
  }
}

/* Integrations */

// Lists and records stay texts of the file: nobody looks into them but who searches for keys.
static Value value_of(const Reading *r, uint32_t node) {
  static const IrValueKind kinds[] = {
      [DOC_SCALAR] = IR_VALUE_STRING, [DOC_MAP] = IR_VALUE_RECORD, [DOC_LIST] = IR_VALUE_LIST};
  const DocNode *doc = doc_node(&r->doc, node);
  Value value = {.kind = kinds[doc->kind], .span = doc_span(&r->doc, node)};
  if (doc->kind != DOC_SCALAR) {
    value.text = ir_sym(ir_of(r), str_span(r->bytes.data + value.span.start, r->bytes.data + value.span.end));
    return value;
  }
  bool yes = str_eq(doc->text, STR("true"));
  value.text = ir_sym(ir_of(r), doc->text);
  if (doc->style != DOC_PLAIN) return value;
  if (yes || str_eq(doc->text, STR("false")))
    value.kind = IR_VALUE_BOOL, value.number = yes;
  else
    value.kind = str_eq(doc->text, STR("null")) ? IR_VALUE_NULL : IR_VALUE_NUMBER;
  return value;
}

static IrRange read_config(Reading *r, uint32_t map) {
  Ir *ir = ir_of(r);
  IrRange rows = {(uint32_t)ir->configs.len + 1, 0};
  if (!expect(r, map, DOC_MAP, "an object of configuration")) return rows;
  uint32_t at = map + 1;
  for (; rows.count < doc_node(&r->doc, map)->count; rows.count++) {
    uint32_t key = at, value = take_member(r, &at);
    ir_add_config(ir, (Config){.key = ir_sym(ir, text_of(r, key)),
                               .value = ir_add_value(ir, value_of(r, value)),
                               .span = doc_span(&r->doc, key)});
  }
  return rows;
}

// A character and a number of two digits, up to the greatest that there is.
static bool take_part(Str *rest, char lead, int most) {
  if (rest->len < 3 || rest->data[0] != lead) return false;
  int tens = rest->data[1] - '0', ones = rest->data[2] - '0';
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9 || tens * 10 + ones > most) return false;
  *rest = str_skip(*rest, 3);
  return true;
}

static void skip_fraction(Str *rest) {
  size_t end = 1;
  if (!rest->len || rest->data[0] != '.') return;
  while (end < rest->len && rest->data[end] >= '0' && rest->data[end] <= '9') end++;
  if (end > 1) *rest = str_skip(*rest, end);
}

// A time of ISO 8601 that means the same everywhere: a day (in UTC), or one with a time and a zone.
static bool is_moment(Str text) {
  int32_t day;
  Str rest = str_skip(text, 10);
  if (!date_parse(str_take(text, 10), &day)) return false;
  if (!rest.len) return true;
  if (!take_part(&rest, 'T', 23) || !take_part(&rest, ':', 59)) return false;
  if (take_part(&rest, ':', 59)) skip_fraction(&rest);
  if (str_eq(rest, STR("Z"))) return true;
  return (take_part(&rest, '+', 23) || take_part(&rest, '-', 23)) && take_part(&rest, ':', 59) && !rest.len;
}

static bool is_text(const Reading *r, uint32_t value) {
  return doc_node(&r->doc, value)->kind == DOC_SCALAR && doc_node(&r->doc, value)->style == DOC_DOUBLE;
}

static void read_canary(Reading *r, Override *row, uint32_t value) {
  const DocNode *node = doc_node(&r->doc, value);
  if (node->kind == DOC_SCALAR && node->style == DOC_PLAIN && str_eq(node->text, STR("false"))) {
    row->canary = name_of(r, value);
    return;
  }
  if (node->kind != DOC_MAP) {
    report_value(r, value, "false, or an object with 'since'");
    return;
  }
  uint32_t at = value + 1;
  for (uint32_t i = 0; i < node->count; i++) {
    uint32_t key = at, member = take_member(r, &at);
    if (!str_eq(text_of(r, key), STR("since")))
      report_unknown(r, key, "since");
    else if (is_text(r, member) && is_moment(text_of(r, member)))
      row->canary = name_of(r, member);
    else
      report_value(r, member, "a time such as \"2026-01-31T12:00:00Z\"");
  }
  if (!node->count) report_value(r, value, "an object with 'since'");
}

static void read_member(Reading *r, Override *row, uint32_t key, uint32_t value) {
  Str name = text_of(r, key);
  if (str_eq(name, STR("config")))
    row->configs = read_config(r, value);
  else if (str_eq(name, STR("canary")))
    read_canary(r, row, value);
  else if (!str_eq(name, STR("release")))
    report_unknown(r, key, "release, config, canary");
  else if (is_text(r, value))
    row->release = name_of(r, value);
  else
    report_value(r, value, "the label of a release, a text");
}

static void read_integration(Reading *r, uint32_t name, uint32_t map) {
  if (!expect(r, map, DOC_MAP, "an object with 'release', 'config' and 'canary'")) return;
  Override row = {.kind = IR_OVERRIDE_INTEGRATION, .name = name_of(r, name)};
  uint32_t at = map + 1;
  for (uint32_t i = 0; i < doc_node(&r->doc, map)->count; i++) {
    uint32_t key = at, value = take_member(r, &at);
    read_member(r, &row, key, value);
  }
  ir_add_override(ir_of(r), row);
}

static void read_integrations(Reading *r, uint32_t map) {
  if (!expect(r, map, DOC_MAP, "an object of integrations")) return;
  uint32_t at = map + 1;
  for (uint32_t i = 0; i < doc_node(&r->doc, map)->count; i++) {
    uint32_t key = at, value = take_member(r, &at);
    read_integration(r, key, value);
  }
}

/* The file */

static void report_duplicate(void *context, uint32_t key, uint32_t first) {
  const Reading *r = context;
  Diag *diag = diag_add(&r->compilation->diags, FX2003, interface_span(&r->doc, key),
                        "the key '%.*s' stands twice in one map", STR_ARG(text_of(r, key)));
  diag_note(diag, interface_span(&r->doc, first), "it stands here already");
  diag_help(diag, "remove one of the two");
}

static void read_root(Reading *r) {
  if (!expect(r, 0, DOC_MAP, "an object")) return;
  uint32_t at = 1;
  for (uint32_t i = 0; i < doc_node(&r->doc, 0)->count; i++) {
    uint32_t key = at, value = take_member(r, &at);
    if (str_eq(text_of(r, key), STR("flags")))
      read_flags(r, value);
    else if (str_eq(text_of(r, key), STR("integrations")))
      read_integrations(r, value);
    else
      report_unknown(r, key, "flags, integrations");
  }
}

void overrides_take(Compilation *compilation) {
  Arena *arena = &compilation->arena;
  Str path = path_join(arena, compilation->project.output, STR(OVERRIDES_NAME)), bytes;
  int error = inputs_read(compilation->inputs, path, arena, LARGEST_FILE, &bytes);
  if (error == ENOENT || error == ENOTDIR) return;
  Str name = path_join(arena, compilation->project.output_from_root, STR(OVERRIDES_NAME));
  SourceId source = sources_add(compilation->sources, path, name);
  if (error == EFBIG) {
    diag_add(&compilation->diags, FX8006, span_file(source), "the runtime overrides are larger than 64 MiB");
  } else if (error) {
    diag_add(&compilation->diags, FX8001, span_file(source), "cannot read the runtime overrides: %s",
             strerror(error));
  } else {
    Reading reading = {.compilation = compilation, .bytes = bytes};
    if (!json_events(arena, source, bytes, &compilation->diags, &reading.doc)) return;
    doc_find_duplicates(&reading.doc, arena, report_duplicate, &reading);
    read_root(&reading);
  }
}
