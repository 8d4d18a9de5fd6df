/* In: an integration's rows. Out: bytes that say what pages can see of it, and such bytes as rows again.
 *
 * The form, numbers as LEB128 and texts behind their length:
 *   version, the number of props, each: name, whether it is required, type
 *   for each record that is reached, in the order in which it was: 1, number of fields, each: name, type;
 * then 0 the number of features, each: name type: kind + 1, 0 where a malformed one was; behind a union its
 * literals, behind a list or an optional the type inside, behind a name the number of the record, 0 where
 * nothing declares it
 *
 * Surprising: props, fields, literals and features are sorted and records have numbers in place of names, so
 * that what moves or is renamed without any page seeing it changes no byte. */
#include "ir/interface.h"

#include <stdlib.h>

enum { FORMAT = 1, DEEPEST_TYPE = 256 };

/* Writing */

typedef struct Writer {
  const Ir *ir;
  Arena *arena;
  Buf *out;
  uint32_t *number_of;  // by the place of the declaration among the integration's types
  IrRange types;
  VEC(TypeDeclId) reached;
} Writer;

static void put_number(Buf *out, uint64_t number) {
  for (; number >= 0x80; number >>= 7) buf_char(out, (char)(number | 0x80));
  buf_char(out, (char)number);
}

static void put_text(Buf *out, Str text) {
  put_number(out, text.len);
  buf_put(out, text);
}

static int by_text(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

// Sorted, each once.
static void put_set(Buf *out, Str *texts, size_t count) {
  size_t kept = 0;
  if (count) qsort(texts, count, sizeof *texts, by_text);
  for (size_t i = 0; i < count; i++)
    if (!kept || !str_eq(texts[kept - 1], texts[i])) texts[kept++] = texts[i];
  put_number(out, kept);
  for (size_t i = 0; i < kept; i++) put_text(out, texts[i]);
}

static void put_literals(Writer *writer, IrRange literals) {
  Str *texts = arena_array(writer->arena, Str, literals.count);
  for (uint32_t i = 0; i < literals.count; i++)
    texts[i] = ir_str(writer->ir, ir_name_at(writer->ir, literals, i)->text);
  put_set(writer->out, texts, literals.count);
}

static uint32_t number_of(Writer *writer, TypeDeclId decl) {
  if (decl.n < writer->types.first || decl.n >= writer->types.first + writer->types.count) return 0;
  uint32_t *number = &writer->number_of[decl.n - writer->types.first];
  if (!*number) {
    vec_push(writer->arena, &writer->reached, decl);
    *number = (uint32_t)writer->reached.len;
  }
  return *number;
}

static void put_type(Writer *writer, TypeId id) {
  const Type *type = id.n ? ir_type(writer->ir, id) : NULL;
  for (; type; type = type->element.n ? ir_type(writer->ir, type->element) : NULL) {
    put_number(writer->out, (uint64_t)type->kind + 1);
    if (type->kind == IR_TYPE_UNION) put_literals(writer, type->literals);
    if (type->kind == IR_TYPE_NAMED) put_number(writer->out, number_of(writer, type->decl));
    if (type->kind != IR_TYPE_ARRAY && type->kind != IR_TYPE_OPTIONAL) return;
  }
  put_number(writer->out, 0);
}

// A prop or a field, by what it is looked up by; the first of several counts and stays the first.
typedef struct Member {
  Str key, name;
  uint32_t place;
  TypeId type;
  bool required;
} Member;

static int by_key(const void *a, const void *b) {
  const Member *x = a, *y = b;
  int order = str_cmp(x->key, y->key);
  return order ? order : x->place < y->place ? -1 : 1;
}

static void put_props(Writer *writer, IrRange props) {
  Member *list = arena_array(writer->arena, Member, props.count);
  for (uint32_t i = 0; i < props.count; i++) {
    const Prop *prop = ir_prop_at(writer->ir, props, i);
    Str name = ir_str(writer->ir, prop->name);
    list[i] = (Member){ir_prop_key(writer->arena, name), name, i, prop->type, prop->required};
  }
  if (props.count) qsort(list, props.count, sizeof *list, by_key);
  put_number(writer->out, props.count);
  for (uint32_t i = 0; i < props.count; i++) {
    put_text(writer->out, list[i].name);
    put_number(writer->out, list[i].required);
    put_type(writer, list[i].type);
  }
}

static void put_fields(Writer *writer, IrRange fields) {
  Member *list = arena_array(writer->arena, Member, fields.count);
  for (uint32_t i = 0; i < fields.count; i++) {
    const Field *field = ir_field_at(writer->ir, fields, i);
    Str name = ir_str(writer->ir, field->name);
    list[i] = (Member){name, name, i, field->type, false};
  }
  if (fields.count) qsort(list, fields.count, sizeof *list, by_key);
  put_number(writer->out, 1);
  put_number(writer->out, fields.count);
  for (uint32_t i = 0; i < fields.count; i++) {
    put_text(writer->out, list[i].name);
    put_type(writer, list[i].type);
  }
}

static void put_features(Writer *writer, IrRange releases) {
  const Ir *ir = writer->ir;
  VEC(Str) names = {0};
  for (uint32_t r = 0; r < releases.count; r++) {
    IrRange features = ir_release_at(ir, releases, r)->features;
    for (uint32_t i = 0; i < features.count; i++)
      vec_push(writer->arena, &names, ir_str(ir, ir_feature_at(ir, features, i)->name));
  }
  put_set(writer->out, names.data, names.len);
}

void ir_interface_write(const Ir *ir, IntegrationId id, Arena *arena, Buf *out) {
  const Integration *row = ir_integration(ir, id);
  Writer writer = {.ir = ir, .arena = arena, .out = out, .types = row->types};
  writer.number_of = arena_array(arena, uint32_t, row->types.count);
  put_number(out, FORMAT);
  put_props(&writer, row->props);
  for (size_t i = 0; i < writer.reached.len; i++)
    put_fields(&writer, ir_type_decl(ir, writer.reached.data[i])->fields);
  put_number(out, 0);
  put_features(&writer, row->releases);
}

Digest ir_interface_digest(const Ir *ir, IntegrationId id, Arena *arena) {
  Buf bytes = {0};
  ir_interface_write(ir, id, arena, &bytes);
  Digest digest = digest_str(buf_str(&bytes));
  buf_free(&bytes);
  return digest;
}

/* Reading */

typedef struct Reader {
  Ir *ir;
  Str rest;
  bool wrong;
  uint32_t first_decl, most_decl;  // where the records begin; the highest number that is named
} Reader;

static uint32_t get_number(Reader *reader) {
  uint64_t number = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    if (!reader->rest.len) break;
    unsigned char byte = (unsigned char)*reader->rest.data;
    reader->rest = str_skip(reader->rest, 1);
    number |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80 && number <= UINT32_MAX) return (uint32_t)number;
  }
  reader->wrong = true;
  return 0;
}

// How many things follow: each takes a byte or more, so that no number asks for more memory than there is
// text.
static uint32_t get_count(Reader *reader) {
  uint32_t count = get_number(reader);
  if (count <= reader->rest.len) return count;
  reader->wrong = true;
  return 0;
}

static Sym get_text(Reader *reader) {
  uint32_t len = get_count(reader);
  Str text = str_take(reader->rest, len);
  reader->rest = str_skip(reader->rest, len);
  return ir_sym(reader->ir, text);
}

static IrRange get_names(Reader *reader) {
  IrRange range = {(uint32_t)reader->ir->names.len + 1, get_count(reader)};
  for (uint32_t i = 0; i < range.count; i++) ir_add_name(reader->ir, (Name){get_text(reader), SPAN_NONE});
  return range;
}

static Type get_plain_type(Reader *reader, IrTypeKind kind) {
  Type type = {.kind = kind, .span = SPAN_NONE};
  if (kind == IR_TYPE_UNION) type.literals = get_names(reader);
  if (kind != IR_TYPE_NAMED) return type;
  uint32_t number = get_number(reader);
  if (number > reader->most_decl) reader->most_decl = number;
  type.decl.n = number ? reader->first_decl + number - 1 : 0;
  return type;
}

// The types around come first and are added last, each knowing the one inside.
static TypeId get_type(Reader *reader) {
  IrTypeKind around[DEEPEST_TYPE];
  int depth = 0;
  uint32_t code = get_number(reader);
  for (; code == IR_TYPE_ARRAY + 1 || code == IR_TYPE_OPTIONAL + 1; code = get_number(reader)) {
    if (depth == DEEPEST_TYPE) reader->wrong = true;
    if (reader->wrong) return (TypeId){0};
    around[depth++] = (IrTypeKind)(code - 1);
  }
  if (code > IR_TYPE_NAMED + 1 || (!code && depth)) reader->wrong = true;
  if (!code || reader->wrong) return (TypeId){0};
  TypeId id = ir_add_type(reader->ir, get_plain_type(reader, (IrTypeKind)(code - 1)));
  while (depth--)
    id = ir_add_type(reader->ir, (Type){.kind = around[depth], .element = id, .span = SPAN_NONE});
  return id;
}

static IrRange get_props(Reader *reader) {
  IrRange range = {(uint32_t)reader->ir->props.len + 1, get_count(reader)};
  for (uint32_t i = 0; i < range.count && !reader->wrong; i++) {
    Prop prop = {.name = get_text(reader), .span = SPAN_NONE};
    uint32_t required = get_number(reader);
    if (required > 1) reader->wrong = true;
    prop.required = required == 1;
    prop.type = get_type(reader);
    ir_add_prop(reader->ir, prop);
  }
  return range;
}

static IrRange get_fields(Reader *reader) {
  IrRange range = {(uint32_t)reader->ir->fields.len + 1, get_count(reader)};
  for (uint32_t i = 0; i < range.count && !reader->wrong; i++) {
    Field field = {.name = get_text(reader), .span = SPAN_NONE};
    field.type = get_type(reader);
    ir_add_field(reader->ir, field);
  }
  return range;
}

static IrRange get_records(Reader *reader, IntegrationId id) {
  IrRange range = {reader->first_decl, 0};
  for (uint32_t more; !reader->wrong && (more = get_number(reader)); range.count++) {
    if (more != 1) reader->wrong = true;
    TypeDecl decl = {.integration = id, .fields = get_fields(reader), .span = SPAN_NONE};
    ir_add_type_decl(reader->ir, decl);
  }
  if (reader->most_decl > range.count) reader->wrong = true;
  return range;
}

static IrRange get_features(Reader *reader) {
  IrRange range = {(uint32_t)reader->ir->features.len + 1, get_count(reader)};
  for (uint32_t i = 0; i < range.count; i++)
    ir_add_feature(reader->ir, (Feature){get_text(reader), SPAN_NONE});
  return range;
}

bool ir_interface_read(Ir *ir, Str name, Str bytes) {
  Reader reader = {.ir = ir, .rest = bytes, .first_decl = (uint32_t)ir->type_decls.len + 1};
  IntegrationId id = {(uint32_t)ir->integrations.len + 1};
  if (get_number(&reader) != FORMAT) return false;
  Integration row = {.name = ir_sym(ir, name), .span = SPAN_NONE, .whole = SPAN_NONE};
  row.props = get_props(&reader);
  row.types = get_records(&reader, id);
  Release release = {.integration = id, .span = SPAN_NONE, .implied = true};
  release.features = get_features(&reader);
  if (reader.wrong || reader.rest.len) return false;
  row.releases = (IrRange){ir_add_release(ir, release).n, 1};
  ir_add_integration(ir, row);
  *strmap_put(ir->arena, &ir->by_name, ir_str(ir, row.name), NULL) = id.n;
  return true;
}
