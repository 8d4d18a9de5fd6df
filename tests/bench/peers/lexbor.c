/* The peer: reads every file that the list names into lexbor's tree and finds the elements with
 * data-integration, without their places. With "serialize" it prints each tree again, in memory, and says how
 * long parsing and printing took, the best of several rounds. */
#include <lexbor/html/html.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 7 };

static char *text;
static size_t len, room, printed;

static void read_file(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) exit(1);
  fseek(file, 0, SEEK_END);
  len = (size_t)ftell(file);
  rewind(file);
  if (room < len) {
    free(text);
    text = malloc(room = 2 * len);
    if (!text) exit(1);
  }
  if (fread(text, 1, len, file) != len) exit(1);
  fclose(file);
}

static long count(lxb_html_document_t *document) {
  static const lxb_char_t name[] = "data-integration";
  long found = 0;
  lxb_dom_node_t *root = lxb_dom_interface_node(document), *node = root;
  while (node) {
    if (node->type == LXB_DOM_NODE_TYPE_ELEMENT)
      found += lxb_dom_element_has_attribute(lxb_dom_interface_element(node), name, sizeof name - 1);
    if (node->first_child) {
      node = node->first_child;
      continue;
    }
    while (node != root && !node->next) node = node->parent;
    node = node == root ? NULL : node->next;
  }
  return found;
}

static lxb_status_t print(const lxb_char_t *data, size_t size, void *context) {
  (void)data;
  (void)context;
  printed += size;
  return LXB_STATUS_OK;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void parse(lxb_html_document_t *document) {
  lxb_html_document_clean(document);
  if (lxb_html_document_parse(document, (const lxb_char_t *)text, len) != LXB_STATUS_OK) exit(1);
}

static int serialize(FILE *list, lxb_html_document_t *document) {
  static char path[4096];
  double sums[ROUNDS] = {0}, best = 1e9;
  size_t pages = 0;
  for (; fgets(path, sizeof path, list); pages++) {
    path[strcspn(path, "\n")] = 0;
    read_file(path);
    for (int round = 0; round < ROUNDS; round++) {
      double start = seconds();
      parse(document);
      lxb_html_serialize_tree_cb(lxb_dom_interface_node(document), print, NULL);
      sums[round] += seconds() - start;
    }
  }
  for (int round = 0; round < ROUNDS; round++) best = sums[round] < best ? sums[round] : best;
  printf("%.0f pages/s, %zu bytes printed\n", (double)pages / best, printed / ROUNDS);
  return 0;
}

int main(int argc, char **argv) {
  FILE *list = argc > 1 ? fopen(argv[1], "r") : NULL;
  if (!list) return 2;
  lxb_html_document_t *document = lxb_html_document_create();
  if (argc > 2 && strcmp(argv[2], "serialize") == 0) return serialize(list, document);
  static char path[4096];
  long found = 0;
  while (fgets(path, sizeof path, list)) {
    path[strcspn(path, "\n")] = 0;
    read_file(path);
    parse(document);
    found += count(document);
  }
  printf("%ld\n", found);
  return 0;
}
