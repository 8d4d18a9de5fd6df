/* In: grammar/manifest.def, by clause/clause.h. Out: JSON Schema. Each shape, and each key that only leads to
 * clauses (`concept:`), is a definition of its own; what they say follows ast/read.c: which keys there are,
 * what may stand alone or in a list, which names a map may have. Types of values are checked as far as a
 * schema can; what is beyond it (whether a range parses, whether a release exists) is fxc's to say. */
#include "clause/clause.h"
#include "emit/json_writer.h"
#include "emit/schemas.h"

typedef struct Way {
  uint16_t way;
  Str name;         // "integration.concept"
  bool short_form;  // with a key `integration` that names it
} Way;

typedef struct Schema {
  JsonWriter w;
  Arena arena;
  VEC(Way) ways;  // definitions to write; grows while they are written
} Schema;

static void member(Schema *schema, const char *key, const char *value) {
  json_string_member(&schema->w, key, str_from(value));
}

/* Definitions */

// The definition of a way, asked for; its name.
static Str define(Schema *schema, uint16_t way, Str name) {
  for (size_t i = 0; i < schema->ways.len; i++)
    if (schema->ways.data[i].way == way && !schema->ways.data[i].short_form) return schema->ways.data[i].name;
  vec_push(&schema->arena, &schema->ways, (Way){way, name, false});
  return name;
}

static void write_ref(Schema *schema, Str name) {
  json_object(&schema->w);
  json_string_member(&schema->w, "$ref", str_printf(&schema->arena, "#/$defs/%.*s", STR_ARG(name)));
  json_close(&schema->w, '}');
}

static void open_any(Schema *schema) {
  json_object(&schema->w);
  json_key(&schema->w, STR("anyOf"));
  json_list(&schema->w, false);
}

static void close_any(Schema *schema) {
  json_close(&schema->w, ']');
  json_close(&schema->w, '}');
}

static void write_type(Schema *schema, const char *type) {
  json_object(&schema->w);
  member(schema, "type", type);
  json_close(&schema->w, '}');
}

/* Values */

// What a scalar of that kind looks like: a text of that form, or a number up to `most` (0: none, -1: any).
typedef struct ScalarForm {
  const char *pattern;
  int most;
} ScalarForm;

#define NUMBER "[0-9]+(\\.[0-9]+)?"

static const ScalarForm forms[KIND_COUNT] = {
    [KIND_TEXT] = {"", 0},
    [KIND_NAME] = {"^\\S+$", 0},
    [KIND_IDENT] = {"^\\S+$", 0},
    [KIND_LABEL] = {"^[0-9A-Za-z_][0-9A-Za-z_.-]*$", -1},
    [KIND_DATE] = {"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", 0},
    [KIND_DURATION] = {"^" NUMBER "(ms|s|m|h|d)$", -1},
    [KIND_SHARE] = {"^" NUMBER "%$", 1},
    [KIND_PERCENT] = {"^" NUMBER "%$", 100},
    [KIND_RATE] = {"^" NUMBER "/[smhd]$", -1},
    [KIND_SIZE] = {"^" NUMBER "(B|KiB|MiB|GiB|KB|MB|GB)$", -1},
    [KIND_VERSION] = {"", -1},
    [KIND_RANGE] = {"", -1},
    [KIND_PATTERN] = {"", 0},
    [KIND_TYPE] = {"", 0},
    [KIND_ELEMENT] = {"^([A-Za-z0-9_-]+\\??|\\?)$", 0},
};

// The definitions of these forms.
static const char *const scalar_names[KIND_COUNT] = {
    [KIND_TEXT] = "text",          [KIND_NAME] = "name",       [KIND_IDENT] = "name",
    [KIND_LABEL] = "label",        [KIND_DATE] = "date",       [KIND_DURATION] = "duration",
    [KIND_SHARE] = "share",        [KIND_PERCENT] = "percent", [KIND_RATE] = "rate",
    [KIND_SIZE] = "size",          [KIND_VERSION] = "version", [KIND_RANGE] = "range",
    [KIND_PATTERN] = "expression", [KIND_TYPE] = "type-text",  [KIND_ELEMENT] = "element",
};

static void write_number(Schema *schema, int most) {
  json_object(&schema->w);
  member(schema, "type", "number");
  json_number_member(&schema->w, "minimum", 0);
  if (most > 0) json_number_member(&schema->w, "maximum", (size_t)most);
  json_close(&schema->w, '}');
}

static void write_form(Schema *schema, ScalarForm form) {
  if (form.most) open_any(schema);
  json_object(&schema->w);
  member(schema, "type", "string");
  if (*form.pattern) member(schema, "pattern", form.pattern);
  json_close(&schema->w, '}');
  if (!form.most) return;
  write_number(schema, form.most);
  close_any(schema);
}

// Words may have '-' or a blank where the table has '_'.
static void write_choice(Schema *schema, const ClauseInfo *info) {
  Str rest = str_from(info->detail), word, pattern = STR("^(");
  for (int i = 0; clause_next_word(&rest, &word); i++) {
    pattern = str_printf(&schema->arena, "%.*s%s", STR_ARG(pattern), i ? "|" : "");
    for (size_t k = 0; k < word.len; k++)
      pattern = word.data[k] == '_' ? str_concat(&schema->arena, pattern, STR("[_ -]"))
                                    : str_printf(&schema->arena, "%.*s%c", STR_ARG(pattern), word.data[k]);
  }
  json_object(&schema->w);
  member(schema, "type", "string");
  json_string_member(&schema->w, "pattern", str_concat(&schema->arena, pattern, STR(")$")));
  json_close(&schema->w, '}');
}

static void write_switch(Schema *schema) {
  open_any(schema);
  write_type(schema, "boolean");
  write_form(schema, (ScalarForm){"^(on|off)$", 0});
  close_any(schema);
}

static void write_int(Schema *schema) {
  json_object(&schema->w);
  member(schema, "type", "integer");
  json_number_member(&schema->w, "minimum", 0);
  json_close(&schema->w, '}');
}

// "fallback-rate > 5% over 5m", or {fallback_rate: 0.05}.
static void write_threshold(Schema *schema) {
  open_any(schema);
  write_form(schema, (ScalarForm){"^\\s*[a-z0-9-]+\\s*(==|!=|<=|>=|<|>)", 0});
  json_object(&schema->w);
  member(schema, "type", "object");
  json_key(&schema->w, STR("additionalProperties"));
  write_form(schema, (ScalarForm){"", -1});
  json_close(&schema->w, '}');
  close_any(schema);
}

static void write_any(Schema *schema) { json_bool(&schema->w, true); }

static void write_clause(Schema *schema, ClauseId clause, bool alone);

// The name of the definition where a block's clauses start: "release" or "release.prototype".
static Str block_name(Schema *schema, ClauseId clause) {
  Str name = str_from(clause_info(clause)->detail);
  char *copy = str_cstr(&schema->arena, name);
  for (size_t i = 0; i < name.len; i++)
    if (copy[i] == ':') copy[i] = '.';
  return (Str){copy, name.len};
}

static void write_block(Schema *schema, ClauseId clause) {
  uint16_t way;
  ShapeId shape = clause_block(clause, &way);
  ClauseId alone = shape_short(shape);
  Str name = define(schema, way, block_name(schema, clause));
  open_any(schema);
  write_ref(schema, name);
  if (alone) {
    write_clause(schema, alone, false);
  } else {
    json_object(&schema->w);
    member(schema, "type", "array");
    json_key(&schema->w, STR("items"));
    write_ref(schema, name);
    json_close(&schema->w, '}');
  }
  close_any(schema);
}

static void write_value(Schema *schema, ClauseId clause) {
  const ClauseInfo *info = clause_info(clause);
  switch (info->kind) {
    case KIND_BLOCK:
      write_block(schema, clause);
      return;
    case KIND_CHOICE:
      write_choice(schema, info);
      return;
    case KIND_SWITCH:
      write_switch(schema);
      return;
    case KIND_INT:
      write_int(schema);
      return;
    case KIND_THRESHOLD:
      write_threshold(schema);
      return;
    case KIND_LITERAL:
    case KIND_VALUE:
    case KIND_IGNORED:
      write_any(schema);
      return;
    default:
      write_ref(schema, str_from(scalar_names[info->kind]));
      return;
  }
}

// The value of a clause with what its form allows; `alone` when a key leads to it, which may have no value.
static void write_clause(Schema *schema, ClauseId clause, bool alone) {
  const ClauseInfo *info = clause_info(clause);
  open_any(schema);
  write_value(schema, clause);
  if (info->form == FORM_MANY) {
    json_object(&schema->w);
    member(schema, "type", "array");
    json_key(&schema->w, STR("items"));
    write_value(schema, clause);
    json_close(&schema->w, '}');
  }
  if (alone && info->need == NEED_OPTIONAL) write_type(schema, "null");
  json_close(&schema->w, ']');
  json_string_member(&schema->w, "description", str_from(info->sentence));
  json_close(&schema->w, '}');
}

/* Keys */

// A key that only leads to clauses: a map of them, a list of maps, or names without values.
static void write_leading(Schema *schema, uint16_t way, Str name) {
  ClauseId names = clause_way(way)->open;
  bool bare = names && clause_info(names)->form == FORM_NAMES;
  open_any(schema);
  for (int list = 0; list < 2; list++) {
    if (list) {
      json_object(&schema->w);
      member(schema, "type", "array");
      json_key(&schema->w, STR("items"));
      open_any(schema);
    }
    write_ref(schema, define(schema, way, name));
    if (bare) write_ref(schema, STR("name"));
    if (list) {
      close_any(schema);
      json_close(&schema->w, '}');
    }
  }
  write_type(schema, "null");
  close_any(schema);
}

static void write_property(Schema *schema, const Way *parent, uint16_t way, Str key) {
  const ClauseWay *here = clause_way(way);
  Str name = str_printf(&schema->arena, "%.*s.%.*s", STR_ARG(parent->name), STR_ARG(here->key));
  json_key(&schema->w, key);
  if (parent->short_form)
    write_ref(schema, str_printf(&schema->arena, "integration/properties/%.*s", STR_ARG(key)));
  else if (here->clause)
    write_clause(schema, here->clause, true);
  else
    write_leading(schema, way, name);
}

static void write_properties(Schema *schema, const Way *parent) {
  json_key(&schema->w, STR("properties"));
  json_object(&schema->w);
  if (parent->short_form) {
    json_key(&schema->w, STR("integration"));
    write_form(schema, (ScalarForm){"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", 0});
  }
  for (uint16_t way = clause_way(parent->way)->first; way; way = clause_way(way)->next) {
    Str key = clause_way(way)->key;
    write_property(schema, parent, way, key);
    char *kebab = str_cstr(&schema->arena, key);
    for (size_t i = 1; i < key.len; i++)
      if (kebab[i] == '_') kebab[i] = '-';
    if (str_eq((Str){kebab, key.len}, key)) continue;
    json_key(&schema->w, (Str){kebab, key.len});
    write_ref(schema,
              str_printf(&schema->arena, "%.*s/properties/%.*s", STR_ARG(parent->name), STR_ARG(key)));
  }
  json_close(&schema->w, '}');
}

// Every other key is a name; or wrong, but for those of the project's own.
static void write_others(Schema *schema, ClauseId open) {
  ClauseKind kind = open ? clause_info(open)->kind : KIND_BLOCK;
  bool any = kind == KIND_IGNORED || kind == KIND_TYPE || kind == KIND_VALUE || kind == KIND_LITERAL;
  if (!any) {
    json_key(&schema->w, STR("patternProperties"));
    json_object(&schema->w);
    json_bool_member(&schema->w, "^(x-|_)", true);
    json_close(&schema->w, '}');
  }
  json_key(&schema->w, STR("additionalProperties"));
  if (open)
    write_clause(schema, open, true);
  else
    json_bool(&schema->w, false);
}

// "concept.label": an object with a member `concept` that has one `label`.
static void write_needed(Schema *schema, Str path) {
  Str key, rest = path;
  size_t depth = 0;
  while (str_split(&rest, '.', &key)) {
    json_object(&schema->w);
    json_key(&schema->w, STR("required"));
    json_list(&schema->w, true);
    json_string(&schema->w, key);
    json_close(&schema->w, ']');
    depth++;
    if (!rest.data) break;
    json_key(&schema->w, STR("properties"));
    json_object(&schema->w);
    json_key(&schema->w, key);
    depth++;
  }
  for (; depth; depth--) json_close(&schema->w, '}');
}

static bool is_needed(ClauseId clause, ShapeId shape) {
  const ClauseInfo *info = clause_info(clause);
  return info->shape == shape && info->need != NEED_OPTIONAL && info->form < FORM_KEYED;
}

static void write_required(Schema *schema, ShapeId shape) {
  bool any = false;
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) {
    if (!is_needed(c, shape)) continue;
    if (!any) json_key(&schema->w, STR("allOf"));
    if (!any) json_list(&schema->w, false);
    any = true;
    Str paths = str_from(clause_info(c)->yaml), path;
    open_any(schema);
    while (str_split(&paths, '|', &path)) write_needed(schema, path);
    close_any(schema);
  }
  if (any) json_close(&schema->w, ']');
}

static ShapeId shape_of(uint16_t way) {
  for (ShapeId s = SHAPE_none + 1; s < SHAPE_COUNT; s++)
    if (shape_root(s) == way) return s;
  return SHAPE_none;
}

static void write_definition(Schema *schema, Way way) {
  ShapeId shape = shape_of(way.way);
  json_key(&schema->w, way.name);
  json_object(&schema->w);
  if (shape) member(schema, "title", shape_info(shape)->sentence);
  member(schema, "type", "object");
  write_properties(schema, &way);
  write_others(schema, clause_way(way.way)->open);
  if (shape) write_required(schema, shape);
  json_close(&schema->w, '}');
}

/* Whole schemas */

static void begin(Schema *schema, Buf *out, const char *title) {
  *schema = (Schema){.w = json_begin(out, STR(""))};
  member(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
  member(schema, "title", title);
}

static void end(Schema *schema) {
  json_key(&schema->w, STR("$defs"));
  json_object(&schema->w);
  for (int kind = 0; kind < KIND_COUNT; kind++) {
    if (!scalar_names[kind] || kind == KIND_IDENT) continue;
    json_key(&schema->w, str_from(scalar_names[kind]));
    write_form(schema, forms[kind]);
  }
  for (size_t i = 0; i < schema->ways.len; i++) write_definition(schema, schema->ways.data[i]);
  json_close(&schema->w, '}');
  json_end(&schema->w);
  arena_free(&schema->arena);
}

static void ref_member(Schema *schema, const char *key, Str name) {
  json_key(&schema->w, str_from(key));
  write_ref(schema, name);
}

// A document with a text behind `integration` is one integration; any other is a map of them.
void emit_manifest_schema(Buf *out) {
  Schema schema;
  begin(&schema, out, "A manifest of fxc");
  json_key(&schema.w, STR("if"));
  json_object(&schema.w);
  json_key(&schema.w, STR("required"));
  json_list(&schema.w, true);
  json_string(&schema.w, STR("integration"));
  json_close(&schema.w, ']');
  json_key(&schema.w, STR("properties"));
  json_object(&schema.w);
  json_key(&schema.w, STR("integration"));
  write_type(&schema, "string");
  json_close(&schema.w, '}');
  json_close(&schema.w, '}');
  ref_member(&schema, "then", STR("short"));
  ref_member(&schema, "else", define(&schema, shape_root(SHAPE_file), STR("file")));
  vec_push(&schema.arena, &schema.ways, (Way){shape_root(SHAPE_integration), STR("short"), true});
  end(&schema);
}

void emit_project_schema(Buf *out) {
  Schema schema;
  begin(&schema, out, "The project file of fxc");
  json_string_member(&schema.w, "$ref", STR("#/$defs/project"));
  define(&schema, shape_root(SHAPE_project), STR("project"));
  end(&schema);
}
