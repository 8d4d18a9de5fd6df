// Literals with units, the YAML 1.2 core schema, type expressions and thresholds with their places.
#include "ast/literal.h"

#include <math.h>

#include "ast/ast.h"
#include "base/buf.h"

#include "unit.h"

typedef bool ReadLiteral(Str s, double *number);

typedef struct LiteralCase {
  ReadLiteral *read;
  const char *text;
  double number;  // NAN: no such literal
} LiteralCase;

static const LiteralCase literals[] = {
    {literal_duration, "300ms", 300},  {literal_duration, "2s", 2000},      {literal_duration, "5m", 300000},
    {literal_duration, "1h", 3600000}, {literal_duration, "7d", 604800000}, {literal_duration, "1.5s", 1500},
    {literal_duration, "5", NAN},      {literal_duration, "5 m", NAN},      {literal_duration, "5min", NAN},
    {literal_duration, "-5m", NAN},    {literal_duration, "1.s", NAN},      {literal_duration, "", NAN},
    {literal_share, "5%", 0.05},       {literal_share, "0.5%", 0.005},      {literal_share, "100%", 1},
    {literal_share, "5 %", NAN},       {literal_share, "5", NAN},           {literal_size, "512B", 512},
    {literal_size, "64KiB", 65536},    {literal_size, "10MiB", 10485760},   {literal_size, "2GB", 2e9},
    {literal_size, "64kb", NAN},       {literal_rate, "50/s", 50},          {literal_rate, "1200/m", 20},
    {literal_rate, "3600/h", 1},       {literal_rate, "86400/d", 1},        {literal_rate, "50/sec", NAN},
    {literal_rate, "50", NAN},         {literal_rate, "/s", NAN},           {literal_decimal, "0.05", 0.05},
    {literal_decimal, "12", 12},       {literal_decimal, ".5", NAN},        {literal_decimal, "1e3", NAN},
};

START_TEST(literals_carry_units) {
  for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
    const LiteralCase *c = &literals[i];
    double number;
    bool read = c->read(str_from(c->text), &number);
    ck_assert_msg(read == !isnan(c->number), "%s", c->text);
    if (read) ck_assert_double_eq_tol(number, c->number, 1e-9);
  }
}
END_TEST

typedef struct CoreCase {
  const char *text;
  CoreKind kind;
  double number;
} CoreCase;

// YAML 1.2.2, section 10.3.2.
static const CoreCase cores[] = {
    {"", CORE_NULL, 0},           {"~", CORE_NULL, 0},
    {"null", CORE_NULL, 0},       {"Null", CORE_NULL, 0},
    {"nULL", CORE_STRING, 0},     {"true", CORE_BOOL, 1},
    {"TRUE", CORE_BOOL, 1},       {"False", CORE_BOOL, 0},
    {"yes", CORE_STRING, 0},      {"no", CORE_STRING, 0},
    {"on", CORE_STRING, 0},       {"y", CORE_STRING, 0},
    {"0", CORE_INT, 0},           {"-19", CORE_INT, -19},
    {"+12", CORE_INT, 12},        {"0o7", CORE_INT, 7},
    {"0x3A", CORE_INT, 58},       {"012", CORE_INT, 12},
    {"0o8", CORE_STRING, 0},      {"1_000", CORE_STRING, 0},
    {"0.", CORE_FLOAT, 0},        {".5", CORE_FLOAT, 0.5},
    {"-2E+05", CORE_FLOAT, -2e5}, {"12e03", CORE_FLOAT, 12e3},
    {"3.1.0", CORE_STRING, 0},    {"2025-01-23", CORE_STRING, 0},
    {"1e", CORE_STRING, 0},       {"-", CORE_STRING, 0},
};

START_TEST(rates_know_their_interval) {
  ck_assert_double_eq(literal_rate_interval(STR("50/s")), 1e3);
  ck_assert_double_eq(literal_rate_interval(STR("60/m")), 60e3);
  ck_assert_double_eq(literal_rate_interval(STR("1/h")), 3600e3);
  ck_assert_double_eq(literal_rate_interval(STR("0.5/d")), 86400e3);
  ck_assert_double_eq(literal_rate_interval(STR("50")), 1e3);  // a plain number is of seconds
}
END_TEST

START_TEST(plain_scalars_follow_the_core_schema) {
  for (size_t i = 0; i < sizeof cores / sizeof *cores; i++) {
    const CoreCase *c = &cores[i];
    double number;
    ck_assert_msg(literal_core(str_from(c->text), &number) == c->kind, "%s", c->text);
    if (c->kind != CORE_STRING && c->kind != CORE_NULL) ck_assert_double_eq(number, c->number);
  }
}
END_TEST

/// The tree of the type, as --emit=ast prints it, or its first diagnostic as "start-end message".
static Str read_type(Arena *arena, const char *scalar) {
  DiagBag bag = {.arena = arena};
  Str text =
      str_printf(arena, "a:\n  concept: { label: A, purpose: B, props: { p: { type: %s } } }\n", scalar);
  Ast *ast = ast_read_manifest_file(arena, 1, STR("a.yaml"), text, &bag);
  uint32_t start = (uint32_t)str_find(text, STR("type: ")) + 6;
  if (bag.list.len) {
    Span span = bag.list.data[0]->span;
    return str_printf(arena, "%u-%u %.*s", span.start - start, span.end - start,
                      STR_ARG(bag.list.data[0]->message));
  }
  Buf out = {0};
  ast_print(ast, &out);
  Str printed = str_copy(arena, buf_str(&out));
  buf_free(&out);
  ptrdiff_t at = str_find(printed, STR("    type "));
  Str rest = str_skip(printed, (size_t)at + 9);
  return rest;
}

static const char *const types[][2] = {
    {"string", "type \"string\"\n"},
    {"'\"us\" | \"ca\"'", "union\n      text \"us\"\n      text \"ca\"\n"},
    {"\"Address[]?\"", "optional\n      array\n        type \"Address\"\n"},
    {"'(\"a\" | ''b'')[]'", "array\n      union\n        text \"a\"\n        text \"b\"\n"},
    {"'\"us\" | '", "0-9 expected a type, found the end of the type"},
    {"'string | int'", "10-13 only texts in quotes can stand beside '|'"},
    {"\"\\\"us\\\" | ?\"", "10-11 expected a type"},  // behind escapes
    {"\"\\x22us\\u0022 | ?\"", "16-17 expected a type"},
    {"'''us'' | ?'", "10-11 expected a type"},
    {"'string string'", "8-9 expected the end of the type"},
    {"'\"us'", "1-2 this quote is never closed"},
    {"[string]", "0-8 expected a type, found a list"},
};

START_TEST(types_are_read_where_they_stand) {
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    Arena arena = {0};
    ck_str(read_type(&arena, types[i][0]), types[i][1]);
    arena_free(&arena);
  }
}
END_TEST

UNIT_MAIN("literal", literals_carry_units, rates_know_their_interval, plain_scalars_follow_the_core_schema,
          types_are_read_where_they_stand)
