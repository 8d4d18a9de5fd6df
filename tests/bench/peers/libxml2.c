/* The peer: reads every file that the list names through libxml2's HTML SAX parser and counts elements with
 * data-integration. Its count may differ from a browser's: libxml2 reads text inside textarea as elements. */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <string.h>

static long found;

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
  (void)context;
  (void)name;
  for (; attributes && *attributes; attributes += 2) {
    if (strcmp((const char *)*attributes, "data-integration") == 0) found++;
  }
}

int main(int argc, char **argv) {
  FILE *list = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (!list) return 2;
  static char path[4096], text[1 << 24];
  htmlSAXHandler handler = {.startElement = start_element};
  while (fgets(path, sizeof path, list)) {
    path[strcspn(path, "\n")] = 0;
    FILE *file = fopen(path, "r");
    int size = file ? (int)fread(text, 1, sizeof text, file) : 0;
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(text, size);
    if (!file || !parser) return 1;
    fclose(file);
    *parser->sax = handler;
    htmlParseDocument(parser);
    htmlFreeParserCtxt(parser);
  }
  fclose(list);
  printf("%ld\n", found);
  return 0;
}
