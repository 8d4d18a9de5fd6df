/* The small readers, each over the same bytes: dates, literals with units, versions, texts with holes, JSON
 * Pointers, style attributes. What is read and written reads the same again; parts are all of the text; a
 * fault lies in it. */
#include <math.h>

#include "base/date.h"
#include "emit/style_attr.h"
#include "fuzz.h"
#include "ir/interpolation.h"
#include "ir/literal.h"
#include "ir/pointer.h"
#include "ir/version.h"

static void check_date(Arena *arena, Str text) {
  int32_t days;
  if (date_parse(text, &days) && !str_eq(date_text(arena, days), text)) abort();
}

static void check_literals(Str text) {
  for (int kind = 0; kind <= IR_TYPE_JSON; kind++) {
    double number = 0;
    if (literal_read((IrTypeKind)kind, text, &number) && !isfinite(number)) abort();
  }
}

static void check_version(Arena *arena, Str text) {
  Version version, again;
  VersionFault fault = {0};
  if (!version_parse(text, &version, &fault)) {
    if (fault.offset > text.len || !fault.message) abort();
    return;
  }
  Str plain = version_text(arena, &version);
  if (!version_parse(plain, &again, &fault) || version_cmp(&version, &again)) abort();
}

static void check_holes(Arena *arena, Str text) {
  Interpolation parts = interpolation_read(arena, text);
  bool before_was_text = false;
  for (size_t i = 0; i < parts.len; i++) {
    const InterpolationPart *part = &parts.data[i];
    Str first;
    if (part->hole && (part->at + part->text.len > text.len || !interpolation_is_path(part->text, &first)))
      abort();
    if (!part->hole && before_was_text) abort();
    before_was_text = !part->hole;
  }
}

static void check_pointer(Str text) {
  PointerFault fault = {0};
  if (!pointer_check(text, &fault) && (fault.at + fault.length > text.len || !fault.what)) abort();
}

static void check_style(Arena *arena, Str text) {
  Style style = style_read(arena, text);
  for (size_t i = 0; i < style.list.len; i++) {
    const StyleDeclaration *one = &style.list.data[i];
    if (!one->name.len || !one->value.len) abort();
    for (size_t k = 0; k < i; k++)
      if (str_eq(style.list.data[k].name, one->name)) abort();
  }
}

static void fuzz_one(Arena *arena, Str text) {
  if (text.len > 4096) return;
  check_date(arena, text);
  check_literals(text);
  check_version(arena, text);
  check_holes(arena, text);
  check_pointer(text);
  check_style(arena, text);
}
