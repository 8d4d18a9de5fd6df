/* How far into a page facts can come from: the last place that names one of our attributes.
 *
 * In: a page's text. Out: an offset; behind it no element can have a use or a slot. Surprising: names of
 * attributes cannot hold character references, so that a search of the bytes misses nothing; what it finds
 * may stand in a comment or a script, which is for the tree to say. */
#include "html/scan.h"
#include "ir/facts.h"

enum { LONGEST_STEM = 32 };  // what is read behind the text stays in its padding

enum { INTEGRATION, ENHANCE, SLOT, DEPENDS, OWN_NAMES };

static const Str own_names[OWN_NAMES] = {
    [INTEGRATION] = {"data-integration", 16},
    [ENHANCE] = {"data-enhance", 12},
    [SLOT] = {"data-slot", 9},
    [DEPENDS] = {"data-depends-on", 15},
};

/// Where each of the names, which all begin with the stem, stands last in the text: the end of the stem
/// there.
static void find_last(Str text, Str stem, const Str *names, size_t count, size_t *last) {
  stem = str_take(stem, LONGEST_STEM);
  for (size_t block = 0; stem.len && block < text.len; block += 16) {
    unsigned found = html_pairs(text.data + block, stem.data[0], stem.data[stem.len - 1], stem.len - 1);
    for (; found; found &= found - 1) {
      size_t at = block + (size_t)__builtin_ctz(found);
      for (size_t i = 0; at < text.len && i < count; i++)
        if (str_eq_nocase(str_take(str_skip(text, at), names[i].len), names[i])) last[i] = at + stem.len;
    }
  }
}

static size_t later(size_t a, size_t b) { return a > b ? a : b; }

size_t facts_reach(Str text, const FactsOptions *options) {
  size_t last[OWN_NAMES] = {0};
  find_last(text, STR("data-"), own_names, OWN_NAMES, last);
  size_t uses = later(last[INTEGRATION], last[ENHANCE]);
  for (size_t i = 0; i < options->alias_count; i++) {
    size_t alias = 0;
    find_last(text, options->aliases[i], &options->aliases[i], 1, &alias);
    uses = later(uses, alias);
  }
  if (!uses) return 0;
  return last[DEPENDS] ? text.len : later(uses, last[SLOT]);
}
