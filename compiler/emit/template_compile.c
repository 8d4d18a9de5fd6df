/* From a template's text to its program. In: bytes, with the names that the template may use. Out: a flat
 * list of operations, each insertion with the escape of its position; FX5001, FX5002 and FX5003 where that is
 * impossible. Surprising: nothing is ever guessed after an error, but reading goes on, so that one run names
 * every fault. */
#include "emit/template_compiler.h"

/// The bytes from … to of the text as a place; none in a text without a source.
static Span span_of(const TemplateCompiler *c, size_t from, size_t to) {
  return c->text->source ? (Span){c->text->source, (uint32_t)from, (uint32_t)to} : SPAN_NONE;
}

TemplateOp *template_op(TemplateCompiler *c, TemplateOpKind kind, Span span) {
  vec_push(c->world->arena, &c->program->ops, (TemplateOp){.kind = (uint8_t)kind, .span = span});
  return &vec_last(&c->program->ops);
}

/* Literal text */

static void put_text(TemplateCompiler *c, size_t from, size_t to) {
  if (from >= to) return;
  Str text = str_take(str_skip(c->text->bytes, from), to - from);
  template_op(c, OP_TEXT, SPAN_NONE)->text = text;
  if (position_text(&c->at, text) || c->misplaced) return;
  Diag *diag = diag_add(c->world->diags, FX5003, c->last_insert,
                        "the scalar that is inserted here does not end behind the tag");
  diag_help(diag, "put double quotes around the whole scalar");
}

// Whether only blanks stand between the start of the line and the tag; *from is then that start.
static bool starts_line(Str bytes, size_t tag, size_t *from) {
  size_t at = tag;
  while (at > 0 && (bytes.data[at - 1] == ' ' || bytes.data[at - 1] == '\t')) at--;
  *from = at;
  return at == 0 || bytes.data[at - 1] == '\n';
}

/* Insertions */

static void report_unsafe(TemplateCompiler *c, Span span, Str whole, Str name) {
  Diag *diag =
      diag_add(c->world->diags, FX5003, span, "'%.*s' inserts text without an escape", STR_ARG(whole));
  Str safe =
      str_printf(c->world->arena, "%.*s%.*s%.*s", STR_ARG(c->opening), STR_ARG(name), STR_ARG(c->closing));
  diag_help(diag, "a project that trusts all of its inputs says 'unsafe-templates on' in its project file");
  diag_fix(diag, DIAG_MACHINE_APPLICABLE, span, safe, "replace with '%.*s'", STR_ARG(safe));
}

// The escape of a tag, ESCAPE_NONE when it may not stand here.
static TemplateEscape escape_here(TemplateCompiler *c, TemplateTagKind kind, Span span, Str whole, Str name) {
  bool free = c->at.language == TEMPLATE_SPEC || c->world->unsafe;
  if (kind != TAG_INSERT && free) return ESCAPE_RAW;
  if (kind != TAG_INSERT) {
    report_unsafe(c, span, whole, name);
    return ESCAPE_NONE;
  }
  const char *why = "", *help = "";
  TemplateEscape escape = position_escape(&c->at, &why, &help);
  if (escape != ESCAPE_NONE || c->misplaced) return escape;
  Diag *diag = diag_add(c->world->diags, FX5003, span, "'%.*s' stands %s: there is no escape for that place",
                        STR_ARG(whole), why);
  diag_help(diag, "%s", help);
  return ESCAPE_NONE;
}

static void insert(TemplateCompiler *c, TemplateTagKind kind, Str name, Span span, Span tag, Str whole) {
  TemplateOp op = {0};
  TemplateScope found;
  if (!template_resolve(c, name, span, &op, &found)) return;
  if (c->kind != TEMPLATE_FREE && (found.kind == NAME_LIST || (found.kind == NAME_TEXTS && op.path_len))) {
    Diag *diag = diag_add(c->world->diags, FX5002, span, "'%.*s' is a list, not a text", STR_ARG(name));
    diag_help(diag, "open a section for its items: {{#%.*s}} … {{/%.*s}}", STR_ARG(name), STR_ARG(name));
    return;
  }
  TemplateEscape escape = escape_here(c, kind, tag, whole, name);
  position_insert(&c->at);
  if (escape == ESCAPE_NONE) return;
  TemplateOp *added = template_op(c, OP_INSERT, tag);
  added->escape = (uint8_t)escape;
  added->path = op.path;
  added->path_len = op.path_len;
  c->last_insert = tag;
}

/* Sections */

// "{{#x}}a{{/x}}{{^x}}b{{/x}}": what stands before the first stands before the second too.
static bool is_alternative(const TemplateCompiler *c, Str name, bool inverted) {
  return inverted && c->closed_section && str_eq(c->closed, name) && c->closed_ops == c->program->ops.len;
}

static void open_section(TemplateCompiler *c, Str name, Span span, bool inverted) {
  TemplateOp op = {0};
  TemplateScope found;
  bool known = template_resolve(c, name, span, &op, &found);
  if (c->sections.len == TEMPLATE_DEEPEST) {
    diag_add(c->world->diags, FX8006, span, "sections are nested more than %d deep", TEMPLATE_DEEPEST);
    c->from = c->text->bytes.len;
    c->sections.len = 0;
    return;
  }
  if (is_alternative(c, name, inverted)) c->at = c->before_closed;
  TemplateSection section = {
      .op = (uint32_t)c->program->ops.len, .before = c->at, .name = name, .span = span, .inverted = inverted};
  section.outer = c->scopes;
  section.repeats = !inverted && (found.kind == NAME_LIST || found.kind == NAME_TEXTS);
  vec_push(c->world->arena, &c->sections, section);
  if (known && !inverted && c->kind != TEMPLATE_FREE) template_push_scope(c, found);
  TemplateOp *added = template_op(c, inverted ? OP_INVERTED : OP_SECTION, span);
  added->path = op.path;
  added->path_len = op.path_len;
}

static void end_section(TemplateCompiler *c, Span span) {
  TemplateSection section = vec_last(&c->sections);
  c->sections.len--;
  c->scopes = section.outer;
  Position before = section.before;
  if (!position_join(&section.before, &c->at, section.repeats) && !c->misplaced) {
    c->misplaced = true;
    Diag *diag =
        diag_add(c->world->diags, FX5003, section.span,
                 "the section '%.*s' ends in another position than it starts in", STR_ARG(section.name));
    diag_note(diag, span, "it ends here");
    diag_help(
        diag,
        "open and close quotes, tags and comments on the same side of it, and put a separator between items");
  }
  c->at = section.before;
  TemplateOp *end = template_op(c, OP_END, span);
  end->jump = section.op;
  c->program->ops.data[section.op].jump = (uint32_t)c->program->ops.len;
  c->closed = section.name;
  c->closed_section = !section.inverted;
  c->before_closed = before;
  c->closed_ops = c->program->ops.len;
}

static void report_close(TemplateCompiler *c, Str name, Span span, const TemplateSection *open) {
  Diag *diag = diag_add(c->world->diags, FX5001, span, "the section '%.*s' is closed as '%.*s'",
                        STR_ARG(open->name), STR_ARG(name));
  diag_note(diag, open->span, "the section opens here");
  diag_fix(diag, DIAG_MAYBE, span, open->name, "replace with '%.*s'", STR_ARG(open->name));
}

static void report_unclosed(TemplateCompiler *c, const TemplateSection *open, Span end) {
  Diag *diag =
      diag_add(c->world->diags, FX5001, end, "the section '%.*s' is not closed", STR_ARG(open->name));
  if (span_cmp(open->span, end)) diag_note(diag, open->span, "the section opens here");
  diag_help(diag, "close it with '{{/%.*s}}'", STR_ARG(open->name));
}

static void close_section(TemplateCompiler *c, Str name, Span span) {
  size_t depth = c->sections.len;
  while (depth && !str_eq(c->sections.data[depth - 1].name, name)) depth--;
  if (!c->sections.len) {
    diag_add(c->world->diags, FX5001, span, "no section is open that '%.*s' could close", STR_ARG(name));
    return;
  }
  if (!depth) {
    report_close(c, name, span, &vec_last(&c->sections));
    depth = c->sections.len;
  }
  for (; c->sections.len > depth; end_section(c, span)) report_unclosed(c, &vec_last(&c->sections), span);
  end_section(c, span);
}

/* Tags */

typedef struct Tag {
  TemplateTag read;
  size_t from, to;  // with its delimiters
  size_t inside;    // where its inside starts
  Str name;
} Tag;

static bool may_stand_alone(TemplateTagKind kind) {
  return kind == TAG_SECTION || kind == TAG_INVERTED || kind == TAG_CLOSE || kind == TAG_PARTIAL ||
         kind == TAG_COMMENT || kind == TAG_DELIMITERS;
}

// The closing delimiter, or -1 when another tag opens before it (but in a comment, which may say anything).
static ptrdiff_t find_end(const TemplateCompiler *c, Str rest, Str closing, bool comment) {
  if (comment) return str_find(rest, closing);
  for (size_t i = 0; i + closing.len <= rest.len; i++) {
    if (str_starts(str_skip(rest, i), closing)) return (ptrdiff_t)i;
    if (str_starts(str_skip(rest, i), c->opening)) return -1;
  }
  return -1;
}

// Finds the end of the tag that starts at `from`. A triple one ends with a brace before its delimiter.
static bool read_tag(TemplateCompiler *c, size_t from, Tag *tag) {
  Str bytes = c->text->bytes, rest = str_skip(bytes, from + c->opening.len), closing = c->closing;
  Str trimmed = rest;
  while (trimmed.len && strchr(" \t\r\n", trimmed.data[0]) && trimmed.data[0]) trimmed = str_skip(trimmed, 1);
  char sigil = trimmed.len ? trimmed.data[0] : 0;
  if (sigil == '{') closing = str_concat(c->world->arena, STR("}"), closing);
  if (sigil == '=') closing = str_concat(c->world->arena, STR("="), closing);
  ptrdiff_t end =
      find_end(c, sigil == '=' ? str_skip(trimmed, 1) : rest, closing, sigil == '!' || sigil == '=');
  if (end < 0) return false;
  if (sigil == '=') end += trimmed.data + 1 - rest.data;
  size_t length = (size_t)end + (sigil == '=');
  *tag = (Tag){
      .from = from, .to = from + c->opening.len + (size_t)end + closing.len, .inside = from + c->opening.len};
  Str inside = str_copy(c->world->arena, str_take(rest, length));
  tag->read = template_read_tag(inside);
  tag->name = str_take(str_skip(inside, tag->read.from), tag->read.to - tag->read.from);
  return true;
}

static void report_tag(TemplateCompiler *c, const Tag *tag) {
  Str whole = str_take(str_skip(c->text->bytes, tag->from), tag->to - tag->from);
  Span span = span_of(c, tag->from, tag->to);
  if (tag->read.kind == TAG_UNSUPPORTED) {
    diag_add(c->world->diags, FX5001, span, "'%.*s': templates have neither inheritance nor dynamic names",
             STR_ARG(whole));
    return;
  }
  Diag *diag =
      diag_add(c->world->diags, FX5001, span, "'%.*s' does not have exactly one name", STR_ARG(whole));
  diag_help(diag, "%s",
            "{{name}}, {{#name}}, {{^name}}, {{/name}}, {{> name}}, {{! comment }} or {{=<% %>=}}");
}

static void take_tag(TemplateCompiler *c, const Tag *tag, Str indent, bool alone) {
  Str whole = str_take(str_skip(c->text->bytes, tag->from), tag->to - tag->from);
  Span span = span_of(c, tag->inside + tag->read.from, tag->inside + tag->read.to);
  switch (tag->read.kind) {
    case TAG_INSERT:
    case TAG_RAW:
    case TAG_TRIPLE:
      insert(c, tag->read.kind, tag->name, span, span_of(c, tag->from, tag->to), whole);
      return;
    case TAG_SECTION:
      open_section(c, tag->name, span, false);
      return;
    case TAG_INVERTED:
      open_section(c, tag->name, span, true);
      return;
    case TAG_CLOSE:
      close_section(c, tag->name, span);
      return;
    case TAG_PARTIAL:
      template_include(c, tag->name, span, indent, alone);
      return;
    case TAG_DELIMITERS:
      c->opening = tag->name;
      c->closing = str_take(str_skip(str_skip(c->text->bytes, tag->inside), tag->read.second_from),
                            tag->read.second_to - tag->read.second_from);
      return;
    case TAG_COMMENT:
      return;
    case TAG_UNSUPPORTED:
    case TAG_MALFORMED:
      report_tag(c, tag);
      return;
  }
}

// A tag that is alone on its line takes the line with it, an insertion never.
static void next_tag(TemplateCompiler *c, const Tag *tag) {
  Str bytes = c->text->bytes;
  size_t line;
  ptrdiff_t rest = -1;
  if (may_stand_alone(tag->read.kind) && starts_line(bytes, tag->from, &line))
    rest = template_rest_of_line(str_skip(bytes, tag->to));
  bool alone = rest >= 0;
  put_text(c, c->from, alone ? line : tag->from);
  c->from = tag->to + (alone ? (size_t)rest : 0);
  take_tag(c, tag, alone ? str_take(str_skip(bytes, line), tag->from - line) : STR(""), alone);
}

void template_compile_text(TemplateCompiler *c) {
  Str bytes = c->text->bytes;
  c->opening = STR("{{");
  c->closing = STR("}}");
  for (;;) {
    ptrdiff_t found = str_find(str_skip(bytes, c->from), c->opening);
    if (found < 0) break;
    Tag tag;
    size_t from = c->from + (size_t)found;
    if (!read_tag(c, from, &tag)) {
      diag_add(c->world->diags, FX5001, span_of(c, from, from + c->opening.len),
               "this tag has no end: '%.*s' is missing", STR_ARG(c->closing));
      c->from = from + c->opening.len;
      continue;
    }
    next_tag(c, &tag);
  }
  put_text(c, c->from, bytes.len);
  while (c->sections.len) {
    TemplateSection open = vec_last(&c->sections);
    report_unclosed(c, &open, open.span);
    end_section(c, open.span);
  }
}

static size_t errors_in(const DiagBag *diags) {
  size_t errors = 0;
  for (size_t i = 0; i < diags->list.len; i++) errors += diags->list.data[i]->severity == DIAG_ERROR;
  return errors;
}

static bool has_part(TemplateId kind) {
  return kind != TEMPLATE_FREE && template_name_find(kind, STR(""), STR("component"));
}

// A shell without its code would be an empty file.
static void check_part(TemplateCompiler *c) {
  if (!has_part(c->kind)) return;
  for (size_t i = 0; i < c->program->ops.len; i++)
    if (c->program->ops.data[i].kind == OP_PART) return;
  Diag *diag = diag_add(c->world->diags, FX5001, span_of(c, 0, 0), "the template does not insert its code");
  diag_help(diag, "put '{{> component}}' on a line of its own");
}

const TemplateProgram *template_compile(TemplateWorld *world, const TemplateText *text,
                                        TemplateLanguage language, int kind) {
  TemplateProgram *program = arena_new(world->arena, TemplateProgram);
  program->name = text->name;
  size_t errors = errors_in(world->diags);
  TemplateCompiler c = {.world = world, .kind = (TemplateId)kind, .text = text, .program = program};
  c.at = position_start(language);
  vec_push(world->arena, &c.scopes, (TemplateScope){STR(""), NAME_LIST});
  template_compile_text(&c);
  if (errors_in(world->diags) == errors) check_part(&c);
  program->finished = true;
  return errors_in(world->diags) == errors ? program : NULL;
}
