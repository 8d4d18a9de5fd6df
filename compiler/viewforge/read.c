/* In: nodes of a JSON file. Out: the members of its objects by the table keys.def, texts with their places.
 * Surprising: a key that nobody knows is a warning here, not an error as in manifests: views come from
 * another tool, which may know more than fxc does. */
#include "base/suggest.h"
#include "base/utf8.h"
#include "viewforge/forge.h"

typedef struct Key {
  ForgeShape shape;
  const char *name;
  uint8_t member, kinds;
} Key;

static const Key keys[] = {
#define KEY(shape, name, member, kinds) {SHAPE_##shape, name, member, kinds},
#include "viewforge/keys.def"
#undef KEY
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

Span forge_start(const Forge *forge, uint32_t at) {
  Span span = forge_span(forge, at);
  return span_part(span, 0, 1);
}

Diag *forge_gap(Forge *forge, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(forge->diags, FX1401, span, format, args);
  va_end(args);
  return diag;
}

Diag *forge_error(Forge *forge, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(forge->diags, FX1402, span, format, args);
  va_end(args);
  forge->failed = true;
  return diag;
}

/* Kinds */

static unsigned kind_of(const DocNode *node) {
  if (node->kind == DOC_MAP) return MAP;
  if (node->kind == DOC_LIST) return LIST;
  if (node->style == DOC_DOUBLE) return TEXT;
  char first = node->text.len ? node->text.data[0] : 'n';
  return first == 't' || first == 'f' ? BOOL : first == 'n' ? 0 : NUMBER;
}

bool forge_is(const Forge *forge, uint32_t at, unsigned kinds) {
  return at && (kind_of(forge_node(forge, at)) & kinds);
}

static const char *kinds_in_words(unsigned kinds) {
  switch (kinds) {
    case TEXT:
      return "a text";
    case BOOL:
      return "true or false";
    case NUMBER:
      return "a number";
    case MAP:
      return "an object";
    case LIST:
      return "an array";
    case TEXT | LIST:
      return "a text or an array of texts";
    case TEXT | MAP:
      return "a text or an object";
    case LIST | MAP:
      return "an array or an object";
    case TEXT | LIST | MAP:
    case TEXT | LIST | MAP | BOOL:
      return "a text, an object or an array of them";
    default:
      return "a text, a number, true or false";
  }
}

bool forge_expect(Forge *forge, uint32_t at, unsigned kinds, const char *what) {
  if (forge_is(forge, at, kinds)) return true;
  const DocNode *node = forge_node(forge, at);
  Span span = node->kind == DOC_SCALAR ? forge_span(forge, at) : forge_start(forge, at);
  Diag *diag = forge_error(forge, span, "%s is %s", what, kinds_in_words(kinds));
  diag_label(diag, span, "this is %s",
             node->kind == DOC_SCALAR && !kind_of(node) ? "null" : kinds_in_words(kind_of(node)));
  return false;
}

/* Members */

int forge_member_of(ForgeShape shape, Str key) {
  for (size_t i = 0; i < KEY_COUNT; i++)
    if (keys[i].shape == shape && str_eq(key, str_from(keys[i].name))) return (int)i;
  return -1;
}

static bool is_foreign(Str key) {
  return str_starts(key, STR("_")) || str_starts(key, STR("x-")) || str_starts(key, STR("$"));
}

static void report_unknown(Forge *forge, uint32_t key, ForgeShape shape) {
  Str name = forge_node(forge, key)->text;
  Suggestion search = suggest_start(name);
  for (size_t i = 0; i < KEY_COUNT; i++)
    if (keys[i].shape == shape) suggest_offer(&search, str_from(keys[i].name));
  Diag *diag =
      forge_gap(forge, forge_span(forge, key), "'%.*s' is not understood here and left out", STR_ARG(name));
  if (!search.best.data) {
    diag_help(diag, "keys that start with '_' or 'x-' are left alone");
    return;
  }
  diag_help(diag, "did you mean '%.*s'?", STR_ARG(search.best));
  diag_fix(diag, DIAG_MACHINE_APPLICABLE, forge_span(forge, key),
           str_printf(forge->arena, "\"%.*s\"", STR_ARG(search.best)), "replace with '%.*s'",
           STR_ARG(search.best));
}

static void take_member(Forge *forge, const Key *known, uint32_t key, ForgeMembers members) {
  uint32_t value = key + 1, *member = &members[known->member];
  bool null = forge_node(forge, value)->kind == DOC_SCALAR && !kind_of(forge_node(forge, value));
  const char *what = str_cstr(forge->arena, str_printf(forge->arena, "'%s'", known->name));
  if (null || !forge_expect(forge, value, known->kinds, what)) return;
  if (*member) {
    Diag *diag = forge_error(forge, forge_span(forge, key), "'%s' is given twice", known->name);
    diag_note(diag, forge_span(forge, *member - 1), "given here first");
    return;
  }
  *member = value;
}

void forge_members(Forge *forge, uint32_t map, ForgeShape shape, bool open, ForgeMembers members) {
  memset(members, 0, sizeof(ForgeMembers));
  uint32_t key = map + 1;
  for (uint32_t i = 0; i < forge_node(forge, map)->count; i++) {
    Str name = forge_node(forge, key)->text;
    int known = forge_member_of(shape, name);
    if (known >= 0)
      take_member(forge, &keys[known], key, members);
    else if (!open && !is_foreign(name))
      report_unknown(forge, key, shape);
    key = forge_node(forge, key + 1)->next;
  }
}

uint32_t forge_first(const Forge *forge, uint32_t list) {
  return list && forge_node(forge, list)->count ? list + 1 : 0;
}

uint32_t forge_next(const Forge *forge, uint32_t list, uint32_t item) {
  uint32_t next = forge_node(forge, item)->next;
  return next < forge_node(forge, list)->next ? next : 0;
}

bool forge_true(const Forge *forge, uint32_t at) {
  return forge_is(forge, at, BOOL) && str_eq(forge_node(forge, at)->text, STR("true"));
}

/* Texts */

typedef VEC(HtmlOffset) Stretches;

static size_t escape_len(Str raw) {
  if (raw.len < 2 || raw.data[1] != 'u') return 2;
  bool high = raw.len >= 6 && (raw.data[2] | 32) == 'd' && strchr("89abAB", raw.data[3]);
  return high ? 12 : 6;
}

// Raw and decoded text side by side: runs without escapes, and each escape alone.
static void find_stretches(Arena *arena, ViewText *text, Str raw) {
  Stretches stretches = {0};
  size_t done = 0, at = 0;
  while (at < raw.len) {
    HtmlOffset here = {(uint32_t)done, text->start + (uint32_t)at};
    vec_push(arena, &stretches, here);
    if (raw.data[at] != '\\') {
      const char *escape = memchr(raw.data + at, '\\', raw.len - at);
      size_t run = escape ? (size_t)(escape - raw.data) - at : raw.len - at;
      at += run, done += run;
      continue;
    }
    uint32_t point;
    done += utf8_decode(str_skip(text->text, done), &point);
    at += escape_len(str_skip(raw, at));
  }
  HtmlOffset end = {(uint32_t)text->text.len, text->end};
  vec_push(arena, &stretches, end);
  text->stretches = stretches.data;
  text->count = stretches.len;
}

ViewText forge_text(const Forge *forge, uint32_t at) {
  if (!at) return (ViewText){.text = STR_NONE};
  const DocNode *node = forge_node(forge, at);
  if (node->kind != DOC_SCALAR) return view_made(STR(""), node->start);
  uint32_t quote = node->style == DOC_DOUBLE ? 1 : 0;
  ViewText text = {.text = node->text, .start = node->start + quote, .end = node->end - quote};
  if (!text.text.data) text.text = STR("");
  Str raw = str_take(str_skip(forge->doc->bytes, text.start), text.end - text.start);
  if (raw.len != text.text.len || memchr(raw.data, '\\', raw.len)) find_stretches(forge->arena, &text, raw);
  return text;
}
