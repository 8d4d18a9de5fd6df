/* Finding the longest named character reference.
 *
 * In: text behind an '&'. Out: an entry of grammar/html_entities.def. The names are in byte order, so
 * those with a common prefix are neighbours: each byte of the text narrows the range, and the
 * first name of a range is the prefix itself when it is a name. */
#include "html/entity.h"

static const HtmlEntity entities[] = {
#define ENTITY(name, first, second) {name, sizeof(name) - 1, {first, second}},
#include "html_entities.def"
#undef ENTITY
};

enum { ENTITIES = sizeof entities / sizeof *entities };

/// Where the names that begin with a byte start, and behind the last one's.
static uint16_t first_of[257];

__attribute__((constructor)) static void index_names(void) {
  for (size_t byte = 0, i = 0; byte <= 256; byte++) {
    while (i < ENTITIES && (unsigned char)entities[i].name[0] < byte) i++;
    first_of[byte] = (uint16_t)i;
  }
}

/// The first index of [low, high) whose byte at `depth` is at least `byte`.
static size_t lower_bound(size_t low, size_t high, size_t depth, unsigned byte) {
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if ((unsigned char)entities[middle].name[depth] < byte) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static int compare(Str name, const HtmlEntity *entity) {
  size_t len = entity->len < name.len ? entity->len : name.len;
  int order = memcmp(name.data, entity->name, len);
  return order ? order : (name.len > len) - (entity->len > len);
}

/// The entity of exactly this name among [low, high).
static const HtmlEntity *find_whole(Str name, size_t low, size_t high) {
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(name, &entities[middle]);
    if (!order) return &entities[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

const HtmlEntity *html_entity_longest(Str text) {
  if (!text.len) return NULL;
  size_t low = first_of[(unsigned char)text.data[0]], high = first_of[(unsigned char)text.data[0] + 1];
  // Nothing is longer than a name with its semicolon, and nearly all references have one.
  const HtmlEntity *whole = text.data[text.len - 1] == ';' ? find_whole(text, low, high) : NULL;
  if (whole) return whole;
  const HtmlEntity *longest = NULL;
  for (size_t depth = 1; low < high && depth < text.len; depth++) {
    unsigned byte = (unsigned char)text.data[depth];
    low = lower_bound(low, high, depth, byte);
    high = lower_bound(low, high, depth, byte + 1);
    if (low < high && entities[low].len == depth + 1) longest = &entities[low];
  }
  return longest;
}
