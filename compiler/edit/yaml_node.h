/* A YAML document to be written: maps, lists and scalars with their comments, and the one printer of them.
 * The printer decides about quotes and about breaking lines, nothing else. On an arena. */
#ifndef FXC_EDIT_YAML_NODE_H
#define FXC_EDIT_YAML_NODE_H

#include "base/buf.h"
#include "edit/outline.h"

typedef enum YamlKind {
  YAML_TEXT,    // quoted where it would not read back as that text
  YAML_QUOTED,  // always quoted
  YAML_BARE,    // a number, true, null, 5%: written as it is
  YAML_MAP,
  YAML_LIST,
} YamlKind;

typedef enum YamlFlow {
  FLOW_NO,
  FLOW_IF_SHORT,  // on one line where that fits
  FLOW_YES,
} YamlFlow;

enum { YAML_WIDTH = 100 };

typedef struct YamlNode YamlNode;
struct YamlNode {
  YamlKind kind;
  Str key;   // in a map
  Str text;  // of a scalar
  YamlFlow flow;
  const Item *item;  // whose comments and empty line it has; NULL: none
  YamlNode *first, *last, *next;
  YamlNode *ways, *next_way;  // the entries that yaml_open() made, and the next of them
};

/// A new node at the end of `parent` (NULL: a root).
YamlNode *yaml_add(Arena *arena, YamlNode *parent, YamlKind kind, Str key);
/// The entry with that key that an earlier call made, else a new one. Only few keys of a map may be made so.
YamlNode *yaml_open(Arena *arena, YamlNode *map, YamlKind kind, Str key, YamlFlow flow);
/// Writes a document whose root is a map.
void yaml_print(const YamlNode *root, Buf *out);
/// Writes a scalar: plain if that reads back as the same text, else quoted.
void yaml_put_text(Buf *out, Str text, bool flow);
/// Whether a character can stand in YAML as it is, and be seen there.
bool yaml_is_printable(uint32_t c);
/// Writes a scalar in double quotes.
void yaml_put_quoted(Buf *out, Str text);
/// Writes a key, where `on` and `no` need no quotes.
void yaml_put_key(Buf *out, Str text, bool flow);

#endif
