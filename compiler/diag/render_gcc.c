// One line a place, as editors and CI logs have read it for decades: no excerpt, help or fix.
#include "diag/render.h"

static void put_line(Render *render, Span span, const char *severity, Str message, const char *code) {
  render_location(render, span);
  buf_printf(render->out, "%s: ", severity);
  display_message(render->out, message);
  if (code) buf_printf(render->out, " [%s]", code);
  buf_char(render->out, '\n');
}

void render_gcc(Render *render, const Diag *diag) {
  put_line(render, diag->span, diag_severity_name(diag->severity), diag->message,
           diag_info(diag->code)->name);
  for (size_t i = 0; i < diag->labels.len; i++) {
    const DiagPlace *label = &diag->labels.data[i];
    if (!render_is_primary(diag, label)) put_line(render, label->span, "note", label->text, NULL);
  }
  for (size_t i = 0; i < diag->notes.len; i++) {
    const DiagPlace *note = &diag->notes.data[i];
    Span span = span_exists(note->span) ? note->span : diag->span;
    put_line(render, span, "note", note->text, NULL);
  }
}
