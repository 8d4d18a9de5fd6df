// One JSON object a line with everything a diagnostic carries. What may surprise: it is printed here,
// not through cJSON, because a build may have ten thousand of them and the shape never varies: every
// member is always there, null where there is nothing to say.
#include "base/utf8.h"
#include "diag/render.h"

// A JSON string; ill-formed bytes become U+FFFD, as a reader of UTF-8 would see them.
static void put_string(Buf *out, Str text) {
  buf_char(out, '"');
  for (size_t at = 0; at < text.len;) {
    uint32_t point;
    size_t taken = utf8_decode(str_skip(text, at), &point);
    char encoded[4];
    if (point == '"' || point == '\\')
      buf_printf(out, "\\%c", (char)point);
    else if (point == '\n')
      buf_put(out, STR("\\n"));
    else if (point < 0x20 || point == 0x7F)
      buf_printf(out, "\\u%04x", point);
    else
      buf_put(out, (Str){encoded, utf8_encode(point, encoded)});
    at += taken;
  }
  buf_char(out, '"');
}

static void put_message(Buf *out, Str message) {
  Buf plain = {0};
  display_message_raw(&plain, message);
  put_string(out, buf_str(&plain));
  buf_free(&plain);
}

static void put_point(Buf *out, const char *name, LineColumn at, uint32_t byte) {
  buf_printf(out, "\"%s\":{\"line\":%u,\"column\":%u,\"byte\":%u}", name, at.line, at.column, byte);
}

static void put_place(Render *render, Span span) {
  Buf *out = render->out;
  if (!span_exists(span)) {
    buf_put(out, STR("\"file\":null,\"range\":null"));
    return;
  }
  RenderPlace place = render_place(render, span);
  buf_put(out, STR("\"file\":"));
  put_string(out, source_path(render->sources, span.source));
  buf_put(out, STR(",\"range\":{"));
  put_point(out, "start", place.start, span.start);
  buf_char(out, ',');
  put_point(out, "end", place.end, span.end);
  buf_char(out, '}');
}

static void put_places(Render *render, const char *name, const DiagPlace *places, size_t count) {
  buf_printf(render->out, ",\"%s\":[", name);
  for (size_t i = 0; i < count; i++) {
    buf_put(render->out, i ? STR(",{") : STR("{"));
    put_place(render, places[i].span);
    buf_put(render->out, STR(",\"message\":"));
    put_message(render->out, places[i].text);
    buf_char(render->out, '}');
  }
  buf_char(render->out, ']');
}

static void put_helps(Buf *out, const Diag *diag) {
  buf_put(out, STR(",\"helps\":["));
  for (size_t i = 0; i < diag->helps.len; i++) {
    if (i) buf_char(out, ',');
    put_message(out, diag->helps.data[i]);
  }
  buf_char(out, ']');
}

static void put_edits(Render *render, const DiagFix *fix) {
  for (size_t i = 0; i < fix->edits.len; i++) {
    buf_put(render->out, i ? STR(",{") : STR("{"));
    put_place(render, fix->edits.data[i].span);
    buf_put(render->out, STR(",\"text\":"));
    put_string(render->out, fix->edits.data[i].text);
    buf_char(render->out, '}');
  }
}

static void put_fixes(Render *render, const Diag *diag) {
  Buf *out = render->out;
  buf_put(out, STR(",\"fixes\":["));
  for (size_t i = 0; i < diag->fixes.len; i++) {
    const DiagFix *fix = &diag->fixes.data[i];
    bool safe = fix->applicability == DIAG_MACHINE_APPLICABLE;
    buf_put(out, i ? STR(",{\"title\":") : STR("{\"title\":"));
    put_message(out, fix->title);
    buf_printf(out, ",\"applicability\":\"%s\",\"edits\":[", safe ? "machine-applicable" : "maybe");
    put_edits(render, fix);
    buf_put(out, STR("]}"));
  }
  buf_char(out, ']');
}

// The -W name of what is a warning, or was one before the command line made it an error.
static void put_flag(Buf *out, const Diag *diag) {
  const DiagInfo *info = diag_info(diag->code);
  bool warns = diag->severity == DIAG_WARNING || info->severity == DIAG_WARNING;
  if (info->flag && warns)
    put_string(out, str_from(info->flag));
  else
    buf_put(out, STR("null"));
}

void render_json(Render *render, const Diag *diag) {
  Buf *out = render->out;
  const DiagInfo *info = diag_info(diag->code);
  buf_printf(out, "{\"code\":\"%s\",\"severity\":\"%s\",\"flag\":", info->name,
             diag_severity_name(diag->severity));
  put_flag(out, diag);
  buf_printf(out, ",\"stage\":\"%s\",\"message\":", diag_stage_name(info->stage));
  put_message(out, diag->message);
  buf_char(out, ',');
  put_place(render, diag->span);
  put_places(render, "labels", diag->labels.data, diag->labels.len);
  put_places(render, "notes", diag->notes.data, diag->notes.len);
  put_helps(out, diag);
  put_fixes(render, diag);
  buf_put(out, STR("}\n"));
}
