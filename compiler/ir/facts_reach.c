/* How far into a page facts can come from: the last place that names one of our attributes.
 *
 * In: a page's text, or its bytes before anything is known of their encoding. Out: an offset, behind which no
 * element can have a use or a slot; or that there is none at all. Surprising: names of attributes cannot hold
 * character references, so that a search of the bytes misses nothing; what it finds may stand in a comment or
 * a script, which is for the tree to say. */
#include "base/scan.h"
#include "html/encoding.h"
#include "html/skim.h"
#include "ir/facts.h"

enum { INTEGRATION, ENHANCE, SLOT, DEPENDS, OWN_NAMES };

static const Str own_names[OWN_NAMES] = {
    [INTEGRATION] = {"data-integration", 16},
    [ENHANCE] = {"data-enhance", 12},
    [SLOT] = {"data-slot", 9},
    [DEPENDS] = {"data-depends-on", 15},
};

// What all of them begin with, and where two of its bytes stand; the next one tells them apart.
#define STEM STR("data-")
enum { STEM_T = 2, STEM_DASH = 4 };

static bool stands_at(Str text, size_t place, Str name) {
  return str_eq_nocase(str_take(str_skip(text, place), name.len), name);
}

/// Which of our names stands at a place where a stem may stand, or OWN_NAMES.
static unsigned name_at(Str text, size_t place) {
  for (unsigned i = 0; i < OWN_NAMES; i++) {
    char begins = own_names[i].data[STEM.len];
    if (place + STEM.len < text.len && (text.data[place + STEM.len] | 0x20) == begins &&
        stands_at(text, place, own_names[i]))
      return i;
  }
  return OWN_NAMES;
}

static Scan scan_for_alias(Str text, Str alias) {
  size_t last = alias.len - 1 < SCAN_REACH ? alias.len - 1 : SCAN_REACH;
  ptrdiff_t dash = str_find_char(str_take(alias, last + 1), '-');
  if (dash > 0) return scan_start(scan_best(), text, alias, (unsigned)last, (unsigned)dash);
  return scan_start(scan_best(), text, alias, (unsigned)last / 2, (unsigned)last);
}

static size_t later(size_t a, size_t b) { return a > b ? a : b; }

/// Behind the last alias in the text; 0 when there is none.
static size_t last_alias(Str text, const FactsOptions *options) {
  size_t last = 0, place;
  for (size_t i = 0; i < options->alias_count; i++) {
    Str alias = options->aliases[i];
    if (!alias.len) continue;
    Scan scan = scan_for_alias(text, alias);
    while (scan_next(&scan, &place))
      if (stands_at(text, place, alias)) last = later(last, place + alias.len);
  }
  return last;
}

size_t facts_reach(Str text, const FactsOptions *options, const FactsSeen *seen) {
  size_t last[OWN_NAMES + 1] = {[DEPENDS] = seen && seen->depends}, place;
  Scan scan = scan_start(scan_best(), text, STEM, STEM_T, STEM_DASH);
  if (seen) scan.at = seen->from - seen->from % SCAN_BLOCK;
  while (scan_next(&scan, &place)) last[name_at(text, place)] = place + STEM.len;
  size_t uses = later(later(last[INTEGRATION], last[ENHANCE]), last_alias(text, options));
  if (!uses) return 0;
  return last[DEPENDS] ? text.len : later(uses, last[SLOT]);
}

static bool is_use(unsigned name) { return name == INTEGRATION || name == ENHANCE; }

/// Whether some tag may have one of our own attributes that make uses. The bytes are all passed by the scan
/// when none has.
static bool own_may_be_there(Scan *scan, Str bytes, FactsSeen *seen) {
  HtmlSkim skim = html_skim(bytes);
  while (scan_next(scan, &seen->from)) {
    unsigned name = name_at(bytes, seen->from);
    if (is_use(name) && html_skim_may_be_in_tag(&skim, seen->from)) return true;
    seen->depends |= name == DEPENDS;
  }
  return false;
}

static bool alias_may_be_there(Str bytes, Str alias) {
  if (scan_ascii(alias) < alias.len) return true;
  if (!alias.len) return false;
  HtmlSkim skim = html_skim(bytes);
  Scan scan = scan_for_alias(bytes, alias);
  size_t place;
  while (scan_next(&scan, &place))
    if (stands_at(bytes, place, alias) && html_skim_may_be_in_tag(&skim, place)) return true;
  return false;
}

bool facts_absent(Arena *arena, Str bytes, const FactsOptions *options, FactsSeen *seen) {
  Scan scan = scan_start(scan_best(), bytes, STEM, STEM_T, STEM_DASH);
  FactsSeen found = {0};
  bool own = own_may_be_there(&scan, bytes, &found);
  if (seen) *seen = own ? found : (FactsSeen){0};
  if (own) return false;
  for (size_t i = 0; i < options->alias_count; i++)
    if (alias_may_be_there(bytes, options->aliases[i])) return false;
  return html_reads_as_ascii(arena, bytes, scan.high, scan.escape);
}
