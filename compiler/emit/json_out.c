/* JSON written as it goes. In: members in order. Out: text. */
#include "emit/json_out.h"

#include "base/utf8.h"

static void put_escaped(Buf *out, Str s) {
  while (s.len) {
    unsigned char c = (unsigned char)s.data[0];
    uint32_t point;
    size_t length = utf8_decode(s, &point);
    char bytes[4];
    if (c == '"' || c == '\\')
      buf_printf(out, "\\%c", c);
    else if (c == '\n')
      buf_put(out, STR("\\n"));
    else if (c < 0x20 || c == 0x7f)
      buf_printf(out, "\\u%04x", c);
    else
      buf_put(out, (Str){bytes, utf8_encode(point, bytes)});
    s = str_skip(s, length);
  }
}

static void put_string(Buf *out, Str s) {
  buf_char(out, '"');
  put_escaped(out, s);
  buf_char(out, '"');
}

static void start_member(JsonOut *json, Str key) {
  if (json->depth) {
    int level = json->depth - 1;
    if (json->filled[level]) buf_char(json->out, ',');
    if (json->row[level]) {
      if (json->filled[level]) buf_char(json->out, ' ');
    } else {
      buf_char(json->out, '\n');
      buf_repeat(json->out, ' ', (size_t)json->depth * 2);
    }
    json->filled[level] = true;
  }
  if (!key.data) return;
  put_string(json->out, key);
  buf_put(json->out, STR(": "));
}

static void open_level(JsonOut *json, Str key, char begin, char end, bool row) {
  start_member(json, key);
  buf_char(json->out, begin);
  json->filled[json->depth] = false;
  json->row[json->depth] = row;
  json->end[json->depth++] = end;
}

void json_out_object(JsonOut *json, Str key) { open_level(json, key, '{', '}', false); }
void json_out_list(JsonOut *json, Str key) { open_level(json, key, '[', ']', false); }
void json_out_row(JsonOut *json, Str key) { open_level(json, key, '[', ']', true); }

void json_out_close(JsonOut *json) {
  int level = --json->depth;
  if (json->filled[level] && !json->row[level]) {
    buf_char(json->out, '\n');
    buf_repeat(json->out, ' ', (size_t)level * 2);
  }
  buf_char(json->out, json->end[level]);
}

void json_out_string(JsonOut *json, Str key, Str value) {
  start_member(json, key);
  put_string(json->out, value);
}

void json_out_number(JsonOut *json, Str key, uint64_t value) {
  start_member(json, key);
  buf_printf(json->out, "%llu", (unsigned long long)value);
}

void json_out_bool(JsonOut *json, Str key, bool value) {
  start_member(json, key);
  buf_put(json->out, value ? STR("true") : STR("false"));
}

JsonOut json_out_file(Buf *out, Str interface) {
  JsonOut json = {.out = out};
  json_out_object(&json, STR_NONE);
  json_out_string(&json, STR("generated"), STR("by fxc from the concepts and manifests of the project; edits are lost"));
  json_out_string(&json, STR("interface"), interface);
  return json;
}

void json_out_finish(JsonOut *json) {
  while (json->depth) json_out_close(json);
  buf_char(json->out, '\n');
}
