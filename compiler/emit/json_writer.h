/* JSON written as it comes, two spaces a level: outputs of any size without a tree. */
#ifndef FXC_EMIT_JSON_WRITER_H
#define FXC_EMIT_JSON_WRITER_H

#include "base/buf.h"

enum { JSON_DEEPEST = 32 };

typedef struct JsonWriter {
  Buf *out;
  int depth;
  int beyond;                     // levels deeper than those, all as one
  bool has_member[JSON_DEEPEST];  // by depth: something stands in it, so a comma is due
  bool in_line[JSON_DEEPEST];     // by depth: members stand on one line
  bool keyed;                     // a key has just been written
} JsonWriter;

/// Begins a document: an object with a `generated` member that says where it comes from.
JsonWriter json_begin(Buf *out, Str interface);
/// Ends it with a line break.
void json_end(JsonWriter *w);

/// Writes a member's key; the next value written is that member's.
void json_key(JsonWriter *w, Str key);
/// Opens an object as the next value: its members stand on a line each.
void json_object(JsonWriter *w);
/// Opens a list as the next value, its items on one line or on a line each.
void json_list(JsonWriter *w, bool in_line);
/// Closes the innermost object or list.
void json_close(JsonWriter *w, char bracket);
/// Write the next value.
void json_string(JsonWriter *w, Str value);
void json_bool(JsonWriter *w, bool value);
void json_literal(JsonWriter *w, Str number);  // as it stands

/// Key and value of a member at once.
void json_string_member(JsonWriter *w, const char *key, Str value);
void json_number_member(JsonWriter *w, const char *key, size_t value);
void json_bool_member(JsonWriter *w, const char *key, bool value);

#endif
