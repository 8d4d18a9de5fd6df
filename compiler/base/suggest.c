#include "base/suggest.h"

enum { LONGEST = 64 };  // names longer than this are compared by their first bytes only

static size_t min3(size_t a, size_t b, size_t c) {
  size_t least = a < b ? a : b;
  return least < c ? least : c;
}

static char fold(Str s, size_t i) {
  char c = s.data[i];
  if (c == '_') return '-';  // snake_case and kebab-case are one name to a person
  return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

// Optimal string alignment: insert, delete, replace, swap neighbours; three rows of the table.
static size_t distance(Str a, Str b) {
  size_t rows[3][LONGEST + 1];
  size_t *before = rows[0], *above = rows[1], *row = rows[2];
  for (size_t j = 0; j <= b.len; j++) above[j] = j;
  for (size_t i = 1; i <= a.len; i++) {
    row[0] = i;
    for (size_t j = 1; j <= b.len; j++) {
      size_t change = fold(a, i - 1) == fold(b, j - 1) ? 0 : 1;
      row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + change);
      bool swapped = i > 1 && j > 1 && fold(a, i - 1) == fold(b, j - 2) && fold(a, i - 2) == fold(b, j - 1);
      if (swapped && before[j - 2] + 1 < row[j]) row[j] = before[j - 2] + 1;
    }
    size_t *free_row = before;
    before = above;
    above = row;
    row = free_row;
  }
  return above[b.len];
}

Suggestion suggest_start(Str wanted) {
  return (Suggestion){.wanted = str_take(wanted, LONGEST), .best = STR_NONE, .distance = (size_t)-1};
}

void suggest_offer(Suggestion *search, Str candidate) {
  Str shown = str_take(candidate, LONGEST);
  size_t longer = shown.len > search->wanted.len ? shown.len : search->wanted.len;
  size_t limit = longer / 3;  // of two letters, one changed is another name
  size_t gap = longer - (shown.len < search->wanted.len ? shown.len : search->wanted.len);
  if (gap > limit || gap >= search->distance) return;
  size_t d = distance(search->wanted, shown);
  if (d <= limit && d < search->distance) {
    search->distance = d;
    search->best = candidate;
  }
}
