/* Where an adapter goes in the browser. In: `origins` of releases. Out: FX2006 for a kind of resource that
 * there is not, FX2007 for what is no origin. */
#include "passes/origins.h"

#include "base/suggest.h"
#include "base/url.h"
#include "passes/near.h"

const char *origin_kind(OriginKind kind) {
  static const char *const names[] = {"connect", "script", "style",  "image", "font",
                                      "media",   "frame",  "worker", "form"};
  return names[kind];
}

bool origin_kind_find(Str name, OriginKind *kind) {
  for (int k = 0; k < ORIGIN_KINDS; k++) {
    *kind = (OriginKind)k;
    if (str_eq(name, str_from(origin_kind(*kind)))) return true;
  }
  return false;
}

static void check_kind(const Ir *ir, const Config *row, DiagBag *diags) {
  Str name = ir_str(ir, row->key);
  OriginKind kind;
  if (origin_kind_find(name, &kind)) return;
  Suggestion near = suggest_start(name);
  for (int k = 0; k < ORIGIN_KINDS; k++) suggest_offer(&near, str_from(origin_kind((OriginKind)k)));
  Diag *d = diag_add(diags, FX2006, row->span, "'%.*s' is no kind of resource", STR_ARG(name));
  diag_help(d, "there are connect, script, style, image, font, media, frame, worker and form");
  near_propose(d, row->span, near.best);
}

// "https://*.example.com": one label stands for many.
static Str without_wildcard(Arena *arena, Str text) {
  ptrdiff_t star = str_find(text, STR("//*."));
  if (star < 0) return text;
  return str_printf(arena, "%.*s//%.*s", (int)star, text.data, STR_ARG(str_skip(text, (size_t)star + 4)));
}

bool origin_is_source(Arena *arena, Str text) {
  if (str_eq(text, STR("data:")) || str_eq(text, STR("blob:"))) return true;
  Str plain = without_wildcard(arena, text);
  return str_find(plain, STR("://")) > 0 && str_eq(url_source(arena, plain), plain);
}

// data: as a source of scripts would let any text run.
static bool fits(Arena *arena, Str kind, Str text) {
  return origin_is_source(arena, text) && (!str_eq(kind, STR("script")) || str_find_char(text, '/') > 0);
}

static void check_source(const Ir *ir, Str kind, const Value *value, bool top, DiagBag *diags) {
  Str text = ir_str(ir, value->text);
  if (top && value->kind == IR_VALUE_LIST) {
    for (uint32_t i = 0; i < value->items.count; i++)
      check_source(ir, kind, ir_value_at(ir, value->items, i), false, diags);
    return;
  }
  if (value->kind == IR_VALUE_STRING && fits(diags->arena, kind, text)) return;
  Diag *d = diag_add(diags, FX2007, value->span, "this is no origin");
  diag_label(d, value->span, "expected scheme, host and port");
  Str source = value->kind == IR_VALUE_STRING ? url_source(diags->arena, text) : STR("");
  if (origin_is_source(diags->arena, source) && str_find_char(source, '/') > 0)
    diag_fix(d, DIAG_MAYBE, value->span, source, "write '%.*s'", STR_ARG(source));
  diag_help(d,
            "write \"https://api.example.com\", in lower case and without a path, \"https://*.example.com\", "
            "data: or blob:");
}

static void check_all(const Ir *ir, IrRange rows, DiagBag *diags) {
  for (uint32_t i = 0; i < rows.count; i++) {
    const Config *row = ir_config_at(ir, rows, i);
    check_kind(ir, row, diags);
    if (row->value.n) check_source(ir, ir_str(ir, row->key), ir_value(ir, row->value), true, diags);
  }
}

void types_check_origins(const Ir *ir, const Integration *integration, DiagBag *diags) {
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    check_all(ir, release->origins, diags);
    if (release->production.n) check_all(ir, ir_overlay(ir, release->production)->origins, diags);
  }
}
