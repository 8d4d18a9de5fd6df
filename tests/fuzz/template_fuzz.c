/* A template, a partial and a value, in any language. Neither may make anything crash or run for long; and an
 * escape that says it keeps to its line does, whatever the value is. */
#include "emit/template_position.h"

#include "fuzz.h"

static void check_lines(Str value) {
  TemplateValue text = {.kind = TEMPLATE_TEXT, .text = value};
  Buf out = {0};
  for (int escape = ESCAPE_NONE; escape <= ESCAPE_FX_NAME; escape++) {
    bool may_break = escape == ESCAPE_RAW || escape == ESCAPE_HTML || escape == ESCAPE_HTML_URL ||
                     escape == ESCAPE_HTML_COMMENT || escape == ESCAPE_TEMPLATE ||
                     escape == ESCAPE_BLOCK_COMMENT;
    buf_clear(&out);
    template_escape((TemplateEscape)escape, &text, &out);
    if (!may_break && out.len && memchr(out.data, '\n', out.len)) abort();
  }
  buf_free(&out);
}

// The input up to the next NUL, on the arena with one behind it.
static Str part(Arena *arena, Str *rest) {
  Str text;
  if (!str_split(rest, '\0', &text)) text = STR("");
  return str_copy(arena, text);
}

static void fuzz_one(Arena *arena, Str input) {
  if (!input.len) return;
  TemplateLanguage language = (TemplateLanguage)((unsigned char)input.data[0] % (TEMPLATE_SPEC + 1));
  Str rest = str_skip(input, 1);
  TemplateText text = {STR("a"), part(arena, &rest), 1}, partial = {STR("p"), part(arena, &rest), 2};
  DiagBag diags = {.arena = arena};
  TemplateWorld world = {.arena = arena, .diags = &diags, .unsafe = input.data[0] & 0x80};
  template_add_partial(&world, partial);
  template_add_partial(&world, (TemplateText){STR("a"), text.bytes, 1});
  TemplateValue data = {.kind = TEMPLATE_MAP};
  template_add_text(arena, &data, "x", rest);
  template_add_bool(arena, &data, "t", true);
  TemplateValue *list = template_add(arena, &data, "l", TEMPLATE_LIST);
  template_add_text(arena, list, NULL, rest);
  template_add_number(arena, template_add(arena, list, NULL, TEMPLATE_MAP), "n", rest.len);
  check_lines(rest);
  const TemplateProgram *program = template_compile(&world, &text, language, -1);
  Buf out = {0};
  if (program) template_render(program, &data, NULL, NULL, arena, &diags, &out);
  buf_free(&out);
}
