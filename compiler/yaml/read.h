/* Inside yaml/: one run of libyaml over a file or a part of it. */
#ifndef FXC_YAML_READ_H
#define FXC_YAML_READ_H

#include <yaml.h>

#include "base/map.h"
#include "yaml/yaml.h"

typedef struct YamlRead {
  Arena *arena;
  DiagBag *bag;
  DocEvents *doc;
  uint32_t begin, end;   // the part of the file that is read
  bool ascii;            // code points are bytes
  size_t index;          // the cursor: code point …
  uint32_t byte;         // … and the byte it stands at
  bool aliases, merges;  // whether there is something to expand
  bool failed;           // something of ours was reported
  StrMap anchors;        // name → index of the node + 1
  VEC(uint32_t) open;    // maps and lists not closed yet
  yaml_parser_t parser;
} YamlRead;

/// Makes a parser for the part, without a byte order mark; false when there is no memory for it.
bool yaml_start(YamlRead *run);
/// Reads events until the end or the first error of libyaml; false then, with parser.error set.
bool yaml_read_part(YamlRead *run);
/// The byte of a mark of libyaml.
uint32_t yaml_byte(YamlRead *run, size_t index);
/// Puts libyaml's error into the user's words.
void yaml_report_error(YamlRead *run);
/// Copies the nodes with aliases expanded and merge keys applied; false when a limit was reached.
bool yaml_expand(Arena *arena, DocEvents *doc, DiagBag *bag);

#endif
