/* JSON written as it goes: large reports are never held as a tree. Two spaces a level; a list of plain values
 * that was opened with json_out_row() stays on one line. Strings become well-formed UTF-8. */
#ifndef FXC_EMIT_JSON_OUT_H
#define FXC_EMIT_JSON_OUT_H

#include <stdint.h>

#include "base/buf.h"

enum { JSON_OUT_DEPTH = 32 };

typedef struct JsonOut {
  Buf *out;
  int depth;
  bool filled[JSON_OUT_DEPTH];  // whether the level has a member already
  bool row[JSON_OUT_DEPTH];     // whether it stays on one line
  char end[JSON_OUT_DEPTH];
} JsonOut;

/// Opens an object or a list. `key` is NULL inside a list and at the top.
void json_out_object(JsonOut *json, Str key);
void json_out_list(JsonOut *json, Str key);
void json_out_row(JsonOut *json, Str key);
void json_out_close(JsonOut *json);

/// Values; STR_NONE as the key inside a list.
void json_out_string(JsonOut *json, Str key, Str value);
void json_out_number(JsonOut *json, Str key, uint64_t value);
void json_out_bool(JsonOut *json, Str key, bool value);

/// Opens the top object of a file with its "generated" member; json_out_finish() ends the file.
JsonOut json_out_file(Buf *out, Str interface);
void json_out_finish(JsonOut *json);

#endif
