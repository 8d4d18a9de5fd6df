/* In: diagnostics of a page that comes from a view; their places lie in the view, their fixes and helps speak
 * of HTML. Out: fixes that leave the view well-formed, helps in its own notation. A fix stays where it
 * replaces text inside one string or name by text that needs no escape. */
#include "viewforge/view.h"

static bool is_plain(Str text) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c < 0x20 || strchr("\"\\{}[],:", c)) return false;
  }
  return true;
}

static bool mend_edit(const DiagBag *diags, Str bytes, DiagEdit *edit) {
  Str prefix = STR("data-integration-");
  Str there = str_take(str_skip(bytes, edit->span.start), edit->span.end - edit->span.start);
  if (str_starts(edit->text, prefix) && !str_starts(there, prefix))
    edit->text = str_copy(diags->arena, str_skip(edit->text, prefix.len));
  return there.len && is_plain(there) && is_plain(edit->text);
}

static bool mend(const DiagBag *diags, Str bytes, DiagFix *fix) {
  bool good = true, renamed = false;
  for (size_t i = 0; i < fix->edits.len; i++) {
    Str before = fix->edits.data[i].text;
    good &= mend_edit(diags, bytes, &fix->edits.data[i]);
    renamed |= !str_eq(before, fix->edits.data[i].text);
  }
  if (good && renamed)
    fix->title = str_printf(diags->arena, "replace with '%.*s'", STR_ARG(fix->edits.data[0].text));
  return good;
}

static void mend_fixes(const DiagBag *diags, Diag *diag, Str bytes) {
  size_t kept = 0;
  for (size_t k = 0; k < diag->fixes.len; k++)
    if (mend(diags, bytes, &diag->fixes.data[k])) diag->fixes.data[kept++] = diag->fixes.data[k];
  diag->fixes.len = kept;
}

/* Helps: data-slot="street" is "slot": "street" in JSON and slot street in .fx */

typedef struct Twin {
  Str html, json, fx;
} Twin;

static const Twin twins[] = {
    {{"data-integration-", 17}, {"", 0}, {"", 0}},
    {{"data-depends-on", 15}, {"dependsOn", 9}, {"depends", 7}},
    {{"data-slot", 9}, {"slot", 4}, {"slot", 4}},
};

static const Twin *twin_at(Str text) {
  for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
    if (str_starts(text, twins[i].html)) return &twins[i];
  return NULL;
}

static size_t name_length(Str text) {
  size_t len = 0;
  while (len < text.len && (text.data[len] == '-' || (text.data[len] >= 'a' && text.data[len] <= 'z') ||
                            (text.data[len] >= '0' && text.data[len] <= '9')))
    len++;
  return len;
}

// `NAME="VALUE"` behind a prefix; answers how much of the help that was.
static size_t put_pair(Buf *out, const Twin *twin, Str help, bool fx) {
  Str rest = str_skip(help, twin->html.len);
  size_t name = name_length(rest), len = twin->html.len + name;
  Str said = name ? str_take(rest, name) : fx ? twin->fx : twin->json;
  Str behind = str_skip(help, len);
  ptrdiff_t end = str_starts(behind, STR("=\"")) ? str_find_char(str_skip(behind, 2), '"') : -1;
  if (end < 0) {
    buf_put(out, said);
    return len;
  }
  Str value = str_take(str_skip(behind, 2), (size_t)end);
  if (!fx)
    buf_printf(out, "\"%.*s\": \"%.*s\"", STR_ARG(said), STR_ARG(value));
  else if (twin == twins)
    buf_printf(out, "(%.*s = \"%.*s\")", STR_ARG(said), STR_ARG(value));
  else
    buf_printf(out, "'%.*s %.*s'", STR_ARG(said), STR_ARG(value));
  return len + (size_t)end + 3;
}

static Str mend_help(Arena *arena, Str help, bool fx) {
  Buf out = {0};
  for (size_t at = 0; at < help.len;) {
    const Twin *twin = twin_at(str_skip(help, at));
    if (twin)
      at += put_pair(&out, twin, str_skip(help, at), fx);
    else
      buf_char(&out, help.data[at++]);
  }
  Str mended = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return mended;
}

// What is found out about the markup of a page. All else speaks of names, which a view writes as HTML does.
static bool is_about_markup(DiagCode code) { return (code >= FX1101 && code <= FX1111) || code == FX3003; }

void view_mend(const DiagBag *diags, Diag *diag, Str bytes, bool fx) {
  if (!is_about_markup(diag->code)) return;
  mend_fixes(diags, diag, bytes);
  for (size_t i = 0; i < diag->helps.len; i++)
    diag->helps.data[i] = mend_help(diags->arena, diag->helps.data[i], fx);
}
