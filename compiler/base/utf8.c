#include "base/utf8.h"

#include "base/scan.h"

enum { REPLACEMENT = 0xFFFD };

// What may follow a lead byte (Unicode 15, table 3-7): length, and the range of the second byte.
typedef struct Lead {
  uint8_t length, low, high;
} Lead;

static Lead lead_of(uint8_t byte) {
  if (byte < 0x80) return (Lead){1, 0, 0};
  if (byte < 0xC2) return (Lead){0, 0, 0};
  if (byte < 0xE0) return (Lead){2, 0x80, 0xBF};
  if (byte == 0xE0) return (Lead){3, 0xA0, 0xBF};
  if (byte == 0xED) return (Lead){3, 0x80, 0x9F};
  if (byte < 0xF0) return (Lead){3, 0x80, 0xBF};
  if (byte == 0xF0) return (Lead){4, 0x90, 0xBF};
  if (byte < 0xF4) return (Lead){4, 0x80, 0xBF};
  if (byte == 0xF4) return (Lead){4, 0x80, 0x8F};
  return (Lead){0, 0, 0};
}

size_t utf8_decode(Str s, uint32_t *point) {
  const uint8_t *bytes = (const uint8_t *)s.data;
  Lead lead = lead_of(bytes[0]);
  if (lead.length == 1) {
    *point = bytes[0];
    return 1;
  }
  *point = REPLACEMENT;
  if (lead.length == 0) return 1;
  uint32_t value = bytes[0] & (0x7Fu >> lead.length);
  for (size_t i = 1; i < lead.length; i++) {
    uint8_t low = i == 1 ? lead.low : 0x80, high = i == 1 ? lead.high : 0xBF;
    if (i >= s.len || bytes[i] < low || bytes[i] > high) return i;
    value = value << 6 | (bytes[i] & 0x3Fu);
  }
  *point = value;
  return lead.length;
}

size_t utf8_encode(uint32_t point, char out[4]) {
  if (point < 0x80) {
    out[0] = (char)point;
    return 1;
  }
  size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  static const uint8_t marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = length - 1; i > 0; i--, point >>= 6) out[i] = (char)(0x80 | (point & 0x3F));
  out[0] = (char)(marks[length] | point);
  return length;
}

size_t utf8_valid_prefix(Str s) {
  size_t at = 0;
  while (at < s.len) {
    at += scan_ascii(str_skip(s, at));
    if (at == s.len) break;
    Lead lead = lead_of((uint8_t)s.data[at]);
    uint32_t point;
    size_t taken = utf8_decode(str_skip(s, at), &point);
    if (lead.length == 0 || taken != lead.length || (point == REPLACEMENT && taken != 3)) return at;
    at += taken;
  }
  return at;
}

typedef struct Range {
  uint32_t first, last;
} Range;

// East Asian Width W and F, and emoji shown wide (Unicode 15, EastAsianWidth.txt), merged.
static const Range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
    {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
    {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
    {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18AFF}, {0x1B000, 0x1B2FF}, {0x1F004, 0x1F004},
    {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335},
    {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
    {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D},
    {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
    {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6D7},
    {0x1F6DC, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7EB}, {0x1F7F0, 0x1F7F0},
    {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

// Marks that stand on the character before them (general categories Mn and Me of the common
// scripts, zero-width joiners, variation selectors).
static const Range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},   {0x064B, 0x065F},
    {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D},   {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},   {0x200B, 0x200F},
    {0x2028, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20F0}, {0x302A, 0x302D},   {0x3099, 0x309A},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

static bool in_ranges(const Range *ranges, size_t count, uint32_t point) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (point > ranges[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  return low < count && point >= ranges[low].first;
}

int utf8_width(uint32_t point) {
  if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return 0;
  if (point < 0x300) return 1;
  if (in_ranges(combining, sizeof combining / sizeof *combining, point)) return 0;
  return in_ranges(wide, sizeof wide / sizeof *wide, point) ? 2 : 1;
}
