/* The peer: reads every file that the list names into gumbo's tree and counts the elements with
 * data-integration; the tree has the place of each. */
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[1 << 26];

static long count(const GumboNode *node) {
  if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) return 0;
  long found = gumbo_get_attribute(&node->v.element.attributes, "data-integration") != NULL;
  for (unsigned i = 0; i < node->v.element.children.length; i++)
    found += count(node->v.element.children.data[i]);
  return found;
}

int main(int argc, char **argv) {
  FILE *list = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (!list) return 2;
  static char path[4096];
  long found = 0;
  while (fgets(path, sizeof path, list)) {
    path[strcspn(path, "\n")] = 0;
    FILE *file = fopen(path, "r");
    if (!file) return 1;
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, text, size);
    found += count(output->root);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
  printf("%ld\n", found);
  return 0;
}
