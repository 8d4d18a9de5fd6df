// Outlines: comments at their places, the canonical order, and both ways of writing it.
#include "edit/arrange.h"
#include "edit/to_fx.h"
#include "edit/to_yaml.h"
#include "edit/yaml_node.h"
#include "yaml/yaml.h"

#include "unit.h"

typedef enum Notation { TO_YAML, TO_FX } Notation;

/// A manifest in YAML, written anew; the messages where that is not possible.
static Str write_anew(Arena *arena, Str text, Notation notation) {
  DiagBag bag = {.arena = arena};
  DocEvents doc;
  Comments comments;
  Buf out = {0};
  ck_assert(yaml_events(arena, 1, text, &bag, &doc));
  Ast *ast = ast_read_all(arena, 1, &doc, &bag, false);
  ck_assert_msg(!bag.list.len, "%.*s", STR_ARG(bag.list.data[0]->message));
  yaml_comments(arena, text, &comments);
  Item *root = outline_make(arena, ast, text, &comments, OUTLINE_INDENTED);
  outline_arrange(arena, root);
  Buf settled = {0};
  DiagBag ignored = {.arena = arena};
  if (notation == TO_YAML) outline_to_fx(arena, root, false, &ignored, 1, &settled);
  buf_free(&settled);
  bool good = notation == TO_YAML ? outline_to_yaml(arena, root, &bag, 1, &out)
                                  : outline_to_fx(arena, root, false, &bag, 1, &out);
  if (!good) buf_clear(&out);
  for (size_t i = 0; i < bag.list.len; i++)
    buf_printf(&out, "%u-%u %.*s\n", bag.list.data[i]->span.start, bag.list.data[i]->span.end,
               STR_ARG(bag.list.data[i]->message));
  Str result = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return result;
}

typedef struct Case {
  const char *text, *yaml, *fx;
} Case;

static void check(const Case *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    Arena arena = {0};
    Str text = str_from(cases[i].text);
    Str yaml = write_anew(&arena, text, TO_YAML), fx = write_anew(&arena, text, TO_FX);
    if (cases[i].yaml) {
      ck_str(yaml, cases[i].yaml);
      ck_str(write_anew(&arena, yaml, TO_YAML), cases[i].yaml);  // a second time changes nothing
      ck_str(write_anew(&arena, yaml, TO_FX), cases[i].fx);
    }
    ck_str(fx, cases[i].fx);
    arena_free(&arena);
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static const Case comments[] = {
    // above, behind, at the end of a block, of the file; with an empty line and without
    {"# top\n\n# of a\na: # head\n  # of label\n  label: L # behind\n\n  # of purpose\n\n  purpose: P\n  # "
     "end of a\n"
     "b: {}\n# end\n",
     "# top\n\n# of a\na:  # head\n  concept:\n    # of label\n    label: L  # behind\n\n    # of purpose\n\n"
     "    purpose: P\n  # end of a\nb: {}\n# end\n",
     "// top\n\n// of a\nintegration a {  // head\n  // of label\n  label \"L\"  // behind\n\n  // of "
     "purpose\n\n"
     "  purpose \"P\"\n  // end of a\n}\nintegration b {}\n// end\n"},
    // the column of a comment says which block it ends
    {"a:\n  versions:\n    v1:\n      status: beta\n      # of v1\n    # before v2\n    v2:\n      status: "
     "stable\n"
     "    # deeper than what follows\n  active: v1\n",
     "a:\n  versions:\n    v1:\n      status: beta\n      # of v1\n    # before v2\n    v2:\n      status: "
     "stable\n"
     "  # deeper than what follows\n  active_version: v1\n",
     "integration a {\n  release v1 beta {\n    // of v1\n  }\n  // before v2\n  release v2 stable {}\n"
     "  // deeper than what follows\n  active v1\n}\n"},
    // a line of several values has one place for comments
    {"a:\n  # tags\n  tags: # list\n  # one\n  - x\n  - y # two\n  fallback: [v1, # why\n    static]\n",
     "a:\n  _metadata:\n    # tags\n    # list\n    # one\n    tags: [x, y]  # two\n"
     "  versions:\n    fallback_chain: [v1, static]  # why\n",
     "integration a {\n  // tags\n  // list\n  // one\n  tags x, y  // two\n  fallback v1 -> static  // "
     "why\n}\n"},
    // what stands in a block's first line
    {"a:\n  versions:\n    v1:\n      # number\n      version: 1.2.3 # patch\n      # state\n      status: "
     "beta\n"
     "      flag: f\n",
     "a:\n  versions:\n    # number\n    # state\n    v1:  # patch\n      version: \"1.2.3\"\n      status: "
     "beta\n"
     "      feature_flag: f\n",
     "integration a {\n  // number\n  // state\n  release v1 = 1.2.3 beta {  // patch\n    flag \"f\"\n  "
     "}\n}\n"},
    // above a block and above its first member
    {"a:\n  prototype:\n    # all\n    config:\n      # one\n      k: 1\n      l: 2\n",
     "a:\n  prototype:\n    # all\n    config:\n      # one\n      k: 1\n      l: 2\n",
     "integration a {\n  prototype {\n    // all\n    config {\n      // one\n      k = 1\n      l = 2\n    "
     "}\n  }\n}\n"},
};

static const Case order[] = {
    // what YAML keeps under one key stands together, where the first of it stood
    {"a:\n  props: { p: string }\n  label: L\n  types: { T: { x: int } }\n  concept: { slots: { s: input } "
     "}\n",
     "a:\n  concept:\n    props:\n      p: string\n    label: L\n    slots:\n      s: input\n"
     "  types:\n    T: { x: int }\n",
     "integration a {\n  prop p: string\n  label \"L\"\n  slot s: input\n  type T { x: int }\n}\n"},
    {"a:\n  prototype: { version: ^1, features: [f], provider: p }\n", NULL,
     "integration a {\n  prototype { provider p ^1  features f }\n}\n"},
    {"integration: a\nx-own: [1, { k: v }]\n_metadata: { tags: t, other: null }\n",
     "a:\n  x-own: [1, { k: v }]\n  _metadata:\n    tags: [t]\n    other: null\n",
     "integration a {\n  x-own = [1, { k = \"v\" }]\n  tags t\n  metadata other = null\n}\n"},
    // a map of thresholds, a step of three, an optional slot, texts that name something
    {"a:\n  canary: { version: v, stages: [1], rollback: { error_rate: 0.05 } }\n"
     "  slots: { s: { element: input, optional: true } }\n  operations: { f: { params: { s: string } } }\n"
     "  on: { of: s, do: { emit: { event: e }, call: { operation: f, with: { s: s.value } }, fill: { s: "
     "\"s.value\" } "
     "} }\n"
     "  prototype: { http: { f: { get: /x, query: { a: s, b: t, c: \"s\" } } } }\n",
     "a:\n  canary: { version: v, stages: [1%], rollback: [error-rate > 0.05] }\n  concept:\n    slots:\n    "
     "  s: input?\n"
     "  operations:\n    f: { params: { s: string } }\n  on:\n    - { event: change, of: [s], do: [{ call: { "
     "operation: "
     "f, with: { s: s.value } } }, { fill: { s: \"s.value\" } }, { emit: e }] }\n"
     "  prototype: { http: { f: { get: /x, query: { a: s, b: t, c: \"s\" } } } }\n",
     "integration a {\n  canary v { 1%  rollback when error-rate > 0.05 }\n  slot s: input?\n"
     "  operation f(s: string)\n  on change of s { call f(s = s.value)  fill s = \"s.value\"  emit e }\n"
     "  prototype { f = get \"/x\" { query { a = s  b = \"t\"  c = \"s\" } } }\n}\n"},
};

START_TEST(comments_stay_with_what_they_stood_by) { CHECK(comments); }
END_TEST

START_TEST(what_belongs_together_stands_together) { CHECK(order); }
END_TEST

UNIT_MAIN("convert", comments_stay_with_what_they_stood_by, what_belongs_together_stands_together)
