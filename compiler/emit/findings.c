#include "emit/findings.h"

#include "emit/places.h"

size_t findings_count(const DiagBag *diags, DiagCode code) {
  size_t count = 0;
  for (size_t i = 0; i < diags->list.len; i++) count += diags->list.data[i]->code == code;
  return count;
}

static const char *severity(const Diag *diag) {
  static const char *const names[] = {"note", "warning", "error"};
  return names[diag->severity];
}

void findings_write(JsonWriter *w, const ReportInput *input, DiagCode code) {
  Places places = places_new(input->ir->sources);
  json_list(w, false);
  for (size_t i = 0; i < input->diags->list.len; i++) {
    const Diag *diag = input->diags->list.data[i];
    if (diag->code != code) continue;
    json_object(w);
    json_string_member(w, "severity", str_from(severity(diag)));
    json_string_member(w, "place", places_text(&places, input->arena, diag->span));
    json_string_member(w, "message", diag->message);
    json_close(w, '}');
  }
  json_close(w, ']');
  places_free(&places);
}

void findings_put_text(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c < 0x20 || c == 0x7F) c = ' ';
    if (strchr("\\`*_[]<>|#", c)) buf_char(out, '\\');
    buf_char(out, (char)c);
  }
}

void findings_write_text(const ReportInput *input, DiagCode code, Buf *out) {
  Places places = places_new(input->ir->sources);
  for (size_t i = 0; i < input->diags->list.len; i++) {
    const Diag *diag = input->diags->list.data[i];
    if (diag->code != code) continue;
    buf_printf(out, "- %s ", severity(diag));
    Str place = places_text(&places, input->arena, diag->span);
    if (place.len) buf_printf(out, "at `%.*s`", STR_ARG(place));
    buf_put(out, STR(": "));
    findings_put_text(out, diag->message);
    buf_char(out, '\n');
  }
  places_free(&places);
}
