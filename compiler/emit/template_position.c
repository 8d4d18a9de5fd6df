/* Positions of all languages: from a file's name to its machine. In: literal text and insertions, in the
 * order of the template. Out: how a value is escaped. Surprising: a section is gone over once, as if it were
 * rendered; position_join() then asks whether that made a difference. */
#include "emit/template_position.h"

#include "base/file.h"

typedef struct Machine {
  PositionStep *step;
  PositionEscape *escape;
  void (*insert)(Position *at);
} Machine;

static size_t step_plain(Position *at, Str rest) {
  (void)at;
  return rest.len;
}

static TemplateEscape escape_plain(const Position *at, const char **why, const char **help) {
  (void)why;
  (void)help;
  return at->language == TEMPLATE_SPEC ? ESCAPE_HTML : ESCAPE_LINE;
}

static void insert_nothing(Position *at) { at->run = 0; }

static const Machine machines[] = {
    [TEMPLATE_PLAIN] = {step_plain, escape_plain, insert_nothing},
    [TEMPLATE_HTML] = {position_html, position_html_escape, insert_nothing},
    [TEMPLATE_MARKDOWN] = {position_markdown, position_markdown_escape, insert_nothing},
    [TEMPLATE_TSX] = {position_tsx, position_tsx_escape, position_tsx_insert},
    [TEMPLATE_TS] = {position_tsx, position_tsx_escape, position_tsx_insert},
    [TEMPLATE_YAML] = {position_yaml, position_yaml_escape, position_yaml_insert},
    [TEMPLATE_JSON] = {position_json, position_json_escape, insert_nothing},
    [TEMPLATE_FX] = {position_fx, position_fx_escape, position_tsx_insert},
    [TEMPLATE_SPEC] = {step_plain, escape_plain, insert_nothing},
};

TemplateLanguage template_language(Str file_name) {
  static const struct {
    const char *ending;
    TemplateLanguage language;
  } endings[] = {
      {".html", TEMPLATE_HTML}, {".htm", TEMPLATE_HTML}, {".svg", TEMPLATE_HTML},  {".md", TEMPLATE_MARKDOWN},
      {".tsx", TEMPLATE_TSX},   {".jsx", TEMPLATE_TSX},  {".ts", TEMPLATE_TS},     {".mts", TEMPLATE_TS},
      {".js", TEMPLATE_TS},     {".mjs", TEMPLATE_TS},   {".yaml", TEMPLATE_YAML}, {".yml", TEMPLATE_YAML},
      {".json", TEMPLATE_JSON}, {".fx", TEMPLATE_FX},
  };
  Str mustache = STR(".mustache");
  if (str_ends(file_name, mustache)) file_name.len -= mustache.len;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (str_ends(file_name, str_from(endings[i].ending))) return endings[i].language;
  return TEMPLATE_PLAIN;
}

Position position_start(TemplateLanguage language) {
  return (Position){.language = (uint8_t)language, .operand = true, .start = true};
}

bool position_text(Position *at, Str text) {
  const Machine *machine = &machines[at->language];
  at->torn = false;
  while (text.len && !at->lost) text = str_skip(text, machine->step(at, text));
  return !at->torn;
}

void position_insert(Position *at) {
  machines[at->language].insert(at);
  at->start = at->escaped = false;
}

TemplateEscape position_escape(const Position *at, const char **why, const char **help) {
  *help = "put it into a string, a comment or text, or write that part into the template itself";
  *why = "nested too deep to know what it is";
  return at->lost ? ESCAPE_NONE : machines[at->language].escape(at, why, help);
}

// Scalars without quotes may have ended or not. Items of a list must not run together.
static bool join_yaml(Position *at, const Position *behind, bool repeats) {
  bool touching = behind->in_name && !at->in_name;
  bool plain = position_yaml_plain(at) || position_yaml_plain(behind), same = at->mode == behind->mode;
  Position before = *at;
  *at = *behind;
  at->start |= before.start;
  at->in_name &= before.in_name;
  if (!same && !plain) position_yaml_set_after(at);
  if (!same && plain && !position_yaml_plain(at)) at->mode = before.mode;
  return !(repeats && touching);
}

bool position_join(Position *at, const Position *behind, bool repeats) {
  bool same = at->lost == behind->lost && at->depth == behind->depth && at->quotes == behind->quotes &&
              at->refused == behind->refused && at->url == behind->url && at->escaped == behind->escaped &&
              at->run == behind->run && memcmp(at->frames, behind->frames, at->depth) == 0;
  bool yaml = at->language == TEMPLATE_YAML && position_yaml_between(at) && position_yaml_between(behind);
  if (yaml) return join_yaml(at, behind, repeats) && same;
  bool number = position_tsx_number(at) || position_tsx_number(behind);
  same = same && (number || at->mode == behind->mode) && !(repeats && at->in_name && !behind->in_name);
  if (position_tsx_number(behind)) at->mode = behind->mode;
  at->start |= behind->start;
  at->in_name &= behind->in_name;
  return same;
}

void position_key(const Position *at, Buf *out) {
  buf_printf(out, "%d.%d.%d%d%d%d%d%d%d.%d.%d.%d.%d.", at->language, at->mode, at->escaped, at->operand,
             at->in_name, at->url, at->start, at->refused, at->lost, at->run, at->quotes, at->indent,
             at->base);
  for (size_t i = 0; i < at->depth; i++) buf_printf(out, "%d,", at->frames[i]);
}

static bool is_one_of(Str name, const char *const *list) {
  for (; *list; list++)
    if (str_eq_nocase(name, str_from(*list))) return true;
  return false;
}

bool position_is_url_attr(Str name) {
  static const char *const names[] = {"href",       "src",      "action",   "formaction", "xlink:href",
                                      "xlinkhref",  "poster",   "data",     "cite",       "ping",
                                      "background", "longdesc", "manifest", "codebase",   NULL};
  return is_one_of(name, names);
}

bool position_is_refused_attr(Str name) {
  static const char *const names[] = {"style", "srcdoc", "srcset", NULL};
  return (name.len > 2 && str_eq_nocase(str_take(name, 2), STR("on"))) || is_one_of(name, names);
}
