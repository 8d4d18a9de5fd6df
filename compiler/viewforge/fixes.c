/* In: diagnostics of a page that comes from a view; their places lie in the view, their fixes are HTML. Out:
 * fixes that leave the view well-formed. A fix stays where it replaces text inside one string or name by text
 * that needs no escape. */
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

void view_mend_fixes(DiagBag *diags, Str bytes) {
  for (size_t i = 0; i < diags->list.len; i++) {
    Diag *diag = diags->list.data[i];
    size_t kept = 0;
    for (size_t k = 0; k < diag->fixes.len; k++)
      if (mend(diags, bytes, &diag->fixes.data[k])) diag->fixes.data[kept++] = diag->fixes.data[k];
    diag->fixes.len = kept;
  }
}
