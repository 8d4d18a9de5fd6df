/* Bytes to text to tree; every node is decoded, and the decision whether the tree can be written is made. */
#include "html/encoding.h"
#include "html/tree.h"

#include "fuzz.h"

static void decode(const HtmlTree *tree, HtmlNodeId id, Arena *arena) {
  const HtmlNode *node = html_node(tree, id);
  Str read = {0};
  if (node->kind == HTML_ELEMENT) {
    read = html_element_name(tree, id);
    for (uint32_t i = 0; i < html_element_attr_count(tree, id); i++)
      read = html_element_attr(tree, id, i, arena).value;
  } else if (node->kind == HTML_TEXT || node->kind == HTML_COMMENT || node->kind == HTML_PI) {
    read = html_text(tree, id, arena);
  }
  // Whatever is given must be readable from end to end.
  volatile char sink = 0;
  for (size_t i = 0; i < read.len; i++) sink = read.data[i];
  (void)sink;
}

static void fuzz_one(Arena *arena, Str bytes) {
  HtmlInput input = html_decode_bytes(arena, bytes);
  HtmlOptions options = {0};
  HtmlTree *tree = html_parse(arena, input.text, &options);
  HtmlNodeId id = HTML_DOCUMENT_NODE;
  for (; id != HTML_NO_NODE; id = html_next_in(tree, HTML_DOCUMENT_NODE, id)) decode(tree, id, arena);
  html_tree_survives_writing(tree, &id);
}
