/* JSON to nodes. What is refused has a reason with a place in the text; what is taken nests as it says. */
#include "json/json.h"

#include "fuzz.h"

static void fuzz_one(Arena *arena, Str text) {
  DiagBag bag = {.arena = arena};
  DocEvents events = {0};
  bool good = json_events(arena, 1, text, &bag, &events);
  if (good == (bag.list.len > 0)) abort();
  for (size_t i = 0; i < bag.list.len; i++)
    if (bag.list.data[i]->span.start > text.len || bag.list.data[i]->span.end > text.len) abort();
  for (size_t i = 0; good && i < events.nodes.len; i++) {
    const DocNode *node = &events.nodes.data[i];
    if (node->start > node->end || node->end > text.len) abort();
  }
}
