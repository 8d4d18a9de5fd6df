// What a person reads at the terminal: the header line, the excerpt, notes, help and fixes.
#include "diag/render.h"

static const char *color_of(DiagSeverity severity) {
  static const char *const colors[] = {"1;36", "1;35", "1;31"};
  return colors[severity];
}

static void put_header(Render *render, Span span, DiagSeverity severity, Str message, const char *code) {
  Buf *out = render->out;
  render_color(render, "1");
  render_location(render, span);
  render_color(render, "0");
  render_color(render, color_of(severity));
  buf_printf(out, "%s: ", diag_severity_name(severity));
  render_color(render, "0");
  render_color(render, code ? "1" : "0");
  display_message(out, message);
  render_color(render, "0");
  if (code) buf_printf(out, " [%s]", code);
  buf_char(out, '\n');
}

static void put_remark(Render *render, const char *kind, const char *color, Str text, const char *behind) {
  buf_put(render->out, STR("      = "));
  render_color(render, color);
  buf_printf(render->out, "%s: ", kind);
  render_color(render, "0");
  display_message(render->out, text);
  buf_printf(render->out, "%s\n", behind);
}

static void put_excerpt(Render *render, const Diag *diag) {
  const DiagPlace *few[8], **left = few;
  Arena *arena = &render->texts;
  if (diag->labels.len > 8) left = arena_array(arena, const DiagPlace *, diag->labels.len);
  size_t count = render_excerpt(render, diag, left);
  for (size_t i = 0; i < count; i++) {
    put_header(render, left[i]->span, DIAG_NOTE, left[i]->text, NULL);
    if (left[i]->span.source != diag->span.source) render_excerpt_at(render, left[i]);
  }
}

void render_text(Render *render, const Diag *diag) {
  put_header(render, diag->span, diag->severity, diag->message, diag_info(diag->code)->name);
  put_excerpt(render, diag);
  for (size_t i = 0; i < diag->notes.len; i++) {
    const DiagPlace *note = &diag->notes.data[i];
    if (span_exists(note->span))
      put_header(render, note->span, DIAG_NOTE, note->text, NULL);
    else
      put_remark(render, "note", "1;36", note->text, "");
  }
  for (size_t i = 0; i < diag->helps.len; i++) put_remark(render, "help", "1;32", diag->helps.data[i], "");
  for (size_t i = 0; i < diag->fixes.len; i++) {
    const DiagFix *fix = &diag->fixes.data[i];
    bool safe = fix->applicability == DIAG_MACHINE_APPLICABLE;
    put_remark(render, "fix", "1;32", fix->title, safe ? "" : " (only with --unsafe)");
  }
}
