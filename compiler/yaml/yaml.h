/* YAML by libyaml's events, each scalar with its byte span. Only UTF-8. Nothing of libyaml is seen
 * outside this folder. Memory that libyaml cannot get leaves through mem_exhausted(). */
#ifndef FXC_YAML_YAML_H
#define FXC_YAML_YAML_H

#include "diag/diag.h"
#include "source/comments.h"
#include "source/events.h"

enum {
  YAML_DEPTH_LIMIT = 128,
  YAML_NODE_LIMIT = 1000000,  // after aliases are expanded
};

/// Reads a file into nodes, aliases expanded and merge keys applied. False when something was wrong;
/// every reason is in the bag then (FX2005, FX8005, FX8006) and the nodes are not to be used.
bool yaml_events(Arena *arena, SourceId source, Str bytes, DiagBag *bag, DocEvents *out);

/// The comments of a file that yaml_events() has read without an error. Answers where its first alias stands,
/// YAML_NO_ALIAS when it has none.
#define YAML_NO_ALIAS UINT32_MAX
uint32_t yaml_comments(Arena *arena, Str bytes, Comments *out);

/// The names of the keys at column 0, found without parsing, so that a broken file still says what it
/// declares. Called for each, with the span of the name.
typedef void YamlTopKey(void *context, Str name, Span span);
void yaml_top_keys(SourceId source, Str bytes, YamlTopKey *visit, void *context);

#endif
