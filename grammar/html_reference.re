/* The shapes of character references (HTML standard, 13.2.5.72 to 13.2.5.80). What names stand for
 * is in html_entities.def; html/entity.c searches it.
 *
 * In: text at an '&'. Out: an HtmlReference. Surprising: the name of a reference ends where the
 * longest known name ends, so that the letters behind it decide nothing but the attribute rule. */
#include "html/reference.h"

#include "base/utf8.h"
#include "html/entity.h"

static void add_error(HtmlReference *found, const char *code, size_t at) {
  found->errors[found->error_count++] = (HtmlError){code, (uint32_t)at};
}

/// The characters that windows-1252 has where Unicode has the controls 0x80 to 0x9F.
static const uint16_t windows_1252[32] = {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
};

static bool is_control_to_report(uint32_t code) {
  return code == 0x0D || (code < 0x20 && code != 0x09 && code != 0x0A && code != 0x0C) ||
         (code >= 0x7F && code <= 0x9F);
}

/// What the standard makes of a number (13.2.5.80), reporting at the end of the reference.
static uint32_t code_of_number(HtmlReference *found, uint32_t number) {
  const char *error = NULL;
  uint32_t code = number;
  if (number == 0) {
    error = "null-character-reference", code = 0xFFFD;
  } else if (number > 0x10FFFF) {
    error = "character-reference-outside-unicode-range", code = 0xFFFD;
  } else if (number >= 0xD800 && number <= 0xDFFF) {
    error = "surrogate-character-reference", code = 0xFFFD;
  } else if (utf8_is_noncharacter(number)) {
    error = "noncharacter-character-reference";
  } else if (is_control_to_report(number)) {
    error = "control-character-reference";
    if (number >= 0x80 && windows_1252[number - 0x80]) code = windows_1252[number - 0x80];
  }
  if (error) add_error(found, error, found->len);
  return code;
}

/// `digits` up to `end`, in the base; numbers beyond Unicode stay just beyond.
static uint32_t number_of_digits(const char *digits, const char *end, uint32_t base) {
  uint32_t number = 0;
  for (; digits < end && *digits != ';'; digits++) {
    uint32_t digit = (uint32_t)(*digits <= '9' ? *digits - '0' : (*digits | 0x20) - 'a' + 10);
    number = number * base + digit;
    if (number > 0x110000) number = 0x110000;
  }
  return number;
}

static HtmlReference read_number(const char *amp, const char *digits, const char *end, uint32_t base) {
  HtmlReference found = {.len = (size_t)(end - amp)};
  if (end[-1] != ';') add_error(&found, "missing-semicolon-after-character-reference", found.len);
  found.code[0] = code_of_number(&found, number_of_digits(digits, end, base));
  return found;
}

static bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/// `end` is behind all letters and digits, and behind the ';' that follows them if there is one.
static HtmlReference read_name(const char *amp, const char *end, bool in_attribute) {
  HtmlReference found = {.len = (size_t)(end - amp)};
  const HtmlEntity *entity = html_entity_longest(str_span(amp + 1, end));
  if (!entity) {
    if (end[-1] == ';') {
      found.len--;
      add_error(&found, "unknown-named-character-reference", found.len);
    }
    return found;
  }
  size_t len = 1 + entity->len;
  bool closed = amp[len - 1] == ';';
  if (in_attribute && !closed && (amp[len] == '=' || is_alphanumeric(amp[len]))) return found;
  found.len = len;
  found.code[0] = entity->code[0];
  found.code[1] = entity->code[1];
  if (!closed) add_error(&found, "missing-semicolon-after-character-reference", len);
  return found;
}

HtmlReference html_reference_read(const char *p, bool in_attribute) {
  const char *amp = p;
  /*!local:re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = p;
    re2c:yyfill:enable = 0;
    re2c:yych:conversion = 1;
    re2c:sentinel = 0;

    digit = [0-9];
    hex   = [0-9a-fA-F];

    "&" [a-zA-Z0-9]+ ";"?      { return read_name(amp, p, in_attribute); }
    "&#" digit+ ";"?           { return read_number(amp, amp + 2, p, 10); }
    "&#" [xX] hex+ ";"?        { return read_number(amp, amp + 3, p, 16); }
    "&#" [xX]?                 { goto no_digits; }
    *                          { return (HtmlReference){.len = 1}; }
  */
no_digits:;
  HtmlReference none = {.len = (size_t)(p - amp)};
  add_error(&none, "absence-of-digits-in-numeric-character-reference", none.len);
  return none;
}

void html_reference_check(HtmlErrors *errors, const char *base, const char *begin, const char *end,
                          bool in_attribute) {
  const char *p = begin;
  while (p < end && (p = memchr(p, '&', (size_t)(end - p))) != NULL) {
    HtmlReference found = html_reference_read(p, in_attribute);
    for (uint32_t i = 0; i < found.error_count; i++) {
      HtmlError error = {found.errors[i].code, (uint32_t)(p - base) + found.errors[i].at};
      vec_push(errors->arena, &errors->list, error);
    }
    p += found.len;
  }
}
