// The syntax of .fx: tokens, the tree that keeps every byte, what tokens mean, where the parser goes on.
#include "fx/tree.h"

#include <dirent.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "clause/clause.h"

#include "unit.h"

/* Trees as compiler/fx/tree.h shows them */

static void put_node(const FxTree *tree, FxId id, Buf *out);

static void put_children(const FxTree *tree, FxId id, Buf *out) {
  for (FxId child = fx_child(tree, id); child; child = fx_next(tree, child)) {
    if (child != fx_child(tree, id)) buf_char(out, ' ');
    put_node(tree, child, out);
  }
}

static void put_node(const FxTree *tree, FxId id, Buf *out) {
  static const char *const marks[][2] = {
      [FX_CLAUSE] = {"(", ")"}, [FX_PAIR] = {"(", ")"},    [FX_BLOCK] = {"{", "}"}, [FX_LIST] = {"[", "]"},
      [FX_RECORD] = {"<", ">"}, [FX_ELEMENT] = {"(", ")"}, [FX_FILE] = {"", ""}};
  const FxNode *node = fx_node(tree, id);
  if (node->kind == FX_SCALAR || node->kind == FX_ERROR) {
    bool several = node->first != node->last || node->kind == FX_ERROR;
    const char *quote = node->kind == FX_ERROR ? "!" : several ? "`" : "";
    buf_printf(out, "%s%.*s%s", quote, STR_ARG(fx_text(tree, id)), quote);
    return;
  }
  if (node->kind == FX_ELEMENT) buf_put(out, STR("ELEMENT "));
  if (node->kind == FX_CLAUSE && node->name == FX_NO_TOKEN) buf_char(out, '_');
  buf_printf(out, "%.*s", STR_ARG(fx_name(tree, id)));
  if (node->second != FX_NO_TOKEN)
    buf_printf(out, "%s%.*s", node->kind == FX_CLAUSE ? " " : "", STR_ARG(fx_token_text(tree, node->second)));
  buf_put(out, str_from(marks[node->kind][0]));
  put_children(tree, id, out);
  buf_put(out, str_from(marks[node->kind][1]));
}

static void put_diags(const DiagBag *bag, Buf *out) {
  for (size_t i = 0; i < bag->list.len; i++) {
    const Diag *d = bag->list.data[i];
    buf_printf(out, "%s%s %u-%u %.*s", out->len ? "\n" : "", diag_info(d->code)->name, d->span.start,
               d->span.end, STR_ARG(d->message));
  }
}

/// The tree of a file, then its diagnostics, a line each.
static Str parse(Arena *arena, Str text) {
  DiagBag bag = {.arena = arena};
  Buf out = {0};
  FxTree *tree = fx_parse(arena, 1, text, &bag);
  ck_assert(tree->broken == (bag.list.len > 0));
  if (tree->root) put_node(tree, tree->root, &out);
  put_diags(&bag, &out);
  Str result = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return result;
}

typedef struct Case {
  const char *text, *expected;
} Case;

static const Case clauses[] = {
    {"label \"Pay\"", "label(\"Pay\")"},
    {"tags a, b", "tags(a b)"},
    {"prop n: int? = 3", "prop(n :(`int?`) =(3))"},
    {"slot s: input?", "slot(s :(`input?`))"},
    {"event done(a: A, b: string)", "event(done a:(A) b:(string))"},
    {"type A { x: int  y: int }", "type(A {x:(int) y:(int)})"},
    {"operation pay(a: A) -> B", "operation(pay a:(A) ->(B))"},
    {"requires g ^2, h", "requires(g(^2) h())"},
    {"on change of a, b after 1s { emit e }", "on(change of(a b) after(1s) {emit(e)})"},
    {"call f(x = a.b) -> r", "call(f x=(a.b) ->(r))"},
    {"fill a = r.x, b = r.y", "fill(a=(r.x) b=(r.y))"},
    {"emit e(r, \"x\")", "emit(e ((r \"x\"))"},
    {"release v3 = 3.2.0 stable { }", "release(v3 =(3.2.0) stable {})"},
    {"provider p \"^1\"", "provider(p \"^1\")"},
    {"env K: secret /^A/ = \"x\"", "env(K :(secret) /^A/ =(\"x\"))"},
    {"config { a = 1  b = [2, {}] }", "config(<a=(1) b=([2 <>])>)"},
    {"pay = post \"u\" { query { a = 1 } }", "pay=(post(\"u\" {query(<a=(1)>)}))"},
    {"pay = get \"u\" x-own = 1 metadata k = 1", "pay=(get(\"u\")) x-own=(1) metadata(k=(1))"},
    {"rollout s = a, b", "rollout(s=(a b))"},
    {"fallback v3 -> p \"1\" trigger t", "fallback(_(v3) _(p \"1\" trigger(t)))"},
    {"route percentage { v3 90%  v2 10% }", "route(percentage {_(v3 90%) _(v2 10%)})"},
    {"route v4 when a in [1] and b > 2", "route(v4 when(_(a in [1]) _(b > 2)))"},
    {"route v4 5% when a not in [1]", "route(v4 5% when(_(a `not in` [1])))"},
    {"canary v4 { 1% for 1h 100% rollback when a > 5% or b > 2s }",
     "canary(v4 {_(1% for(1h)) _(100%) rollback(`a > 5%` `b > 2s`)})"},
    {"alert { a > 5% over 5m  b > 1s }", "alert({`a > 5% over 5m` `b > 1s`})"},
    {"retry 3 linear 1s..5s", "retry(3 linear 1s ..(5s))"},
    {"batch 20 within 10ms", "batch(20 within(10ms))"},
    {"breaker 5 failures reset 60s", "breaker(5 reset(60s))"},
    {"migrate v2 -> v3 { }", "migrate(v2 ->(v3) {})"},
    {"rename prop a -> b", "rename prop(a->(b))"},
    {"drop config a, b", "drop config(a b)"},
    {"value config a \"x\" -> true", "value config(a \"x\"->(true))"},
    {"suggest a when xpath \"//p\"", "suggest(a when xpath(\"//p\"))"},
    {"trust \"a\" key \"k\"", "trust(\"a\" key(\"k\"))"},
    {"flag f off provider a = b", "flag(f off) provider(a=(b))"},
    {"flag f on  on change of a { }", "flag(f on) on(change of(a) {})"},
    {"rules { orphan error  fallback off }", "rules({orphan(error) fallback(off)})"},
    {"rate 50/s burst 100", "rate(50/s) burst(100)"},
    // Keywords are names where a name can stand.
    {"prop type: string  prop label: `true`", "prop(type :(string)) prop(label :(`true`))"},
    {"label = get \"u\"  fill = 1", "label=(get(\"u\")) fill=(1)"},
    {"owner owner  tags label, type", "owner(owner) tags(label type)"},
    {"config { on = off  `in` = in-house  \"a b\" = c.d }",
     "config(<on=(off) `in`=(in-house) \"a b\"=(c.d)>)"},
    // A word that is no keyword takes what cannot start a clause.
    {"lable \"x\" [1]\nowner a", "lable(\"x\" [1]) owner(a)"},
    {"sttaus stable\nfoo\nbar ^2", "sttaus(stable) foo() bar(^2)"},
    {"confg { a = = } label \"x\"", "confg() label(\"x\")"},
};

START_TEST(text_becomes_nodes) {
  for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
    Arena arena = {0};
    Str text = str_printf(&arena, "integration i { %s }", clauses[i].text);
    Str expected = str_printf(&arena, "integration(i {%s})", clauses[i].expected);
    ck_str(parse(&arena, text), str_cstr(&arena, expected));
    arena_free(&arena);
  }
}
END_TEST

static const Case files[] = {
    {"", ""},
    {"// only a comment", ""},
    {"integration pay stub { }", "integration(pay stub {})"},
    {"project shop { } project { }", "project(shop {}) project({})"},
    {"view v \"Title\" { }", "view(v \"Title\" {})"},
    {"view v { div .c #i [a=\"x\" b] use u@^3 (p = 1) optional depends a, b slot s { p \"x\" text \"y\" } br "
     "}",
     "view(v {ELEMENT div(.c #i [a=(\"x\") b()] use(u@^3 p=(1)) optional() depends(a b) slot(s) "
     "{ELEMENT p(\"x\") text(\"y\")}) ELEMENT br()})"},
    {"view v { label [for=\"s\"] \"S\" `use` input }",
     "view(v {ELEMENT label([for=(\"s\")] \"S\") ELEMENT `use`() ELEMENT input()})"},
    {"view v { div use a use b@1.x { } }", "view(v {ELEMENT div(use(a) use(b@1.x) {})})"},
};

START_TEST(files_and_views) {
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    Arena arena = {0};
    ck_str(parse(&arena, str_from(files[i].text)), files[i].expected);
    arena_free(&arena);
  }
}
END_TEST

/* Tokens */

static Str tokens_of(Arena *arena, const char *text) {
  DiagBag bag = {.arena = arena};
  FxTree *tree = fx_parse(arena, 1, str_from(text), &bag);
  Buf out = {0};
  for (uint32_t i = 0; i + 1 < tree->tokens.len; i++)
    buf_printf(&out, "%s%s", i ? " " : "", fx_token_kind_name(fx_token(tree, i)->kind));
  Str result = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return result;
}

static const Case tokens[] = {
    {"12 0.5 -3 1e6 2.5e-3", "number number number number number"},
    {"300ms 2s 5m 1h 7d 1.5h", "duration duration duration duration duration duration"},
    {"5% 0.1% 64KiB 10MB 512B 50/s 1000/m", "share share size size size rate rate"},
    {"2025-06-30 3.2.0 4.0.0-beta.1 1.0.0+b", "date version version version"},
    {"^3.1 ~2 1.x 1.2.* * ^1.0.0-rc.1", "range range range range range range"},
    {"50/sec 5mins 3.2.1.0 .5 2025-6-30", "bad-literal bad-literal bad-literal bad-literal bad-literal"},
    {"200ms..5s", "duration sign duration"},
    {"a a-b A_b1 a.b env.MAPS_KEY a@^3 a@1.x", "word word word path path use use"},
    {"v3->v2", "word sign word"},
    {".field-group #street `use`", "class id quoted-name"},
    {"/^AIza[0-9/]{3}\\/$/ = ", "regex sign"},
    {"a /* c */ b // d\n/// e\nc", "word word word"},
    {"50/s//x", "rate"},
    {"10/*x*/", "number"},
    {"\"a\\\"b\" \"\" \"\"\"x\"y\"\"\"", "string string raw-string"},
    {"> >= < <= == != -> .. | ?", "sign sign sign sign sign sign sign sign sign sign"},
};

START_TEST(literals_have_kinds) {
  for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
    Arena arena = {0};
    ck_str(tokens_of(&arena, tokens[i].text), tokens[i].expected);
    arena_free(&arena);
  }
}
END_TEST

static const Case meanings[] = {
    {"\"a\\n\\t\\\"\\\\\\u{e9}\\u{1F600}\"", "a\n\t\"\\\xC3\xA9\xF0\x9F\x98\x80"},
    {"\"\"\"a\\n\"b\"\"\"", "a\\n\"b"},
    {"\"\"\"\n    one\n      two\n\n    three\n    \"\"\"", "one\n  two\n\nthree"},
    {"\"\"\"\n\"\"\"", ""},
    {"\"\"\"\r\n  a\r\n  \"\"\"", "a"},
    {"/a\\/b\\.[/]/", "a/b\\.[/]"},
    {"/\\\\\\//", "\\\\/"},
    {"`use`", "use"},
    {"3.2.0", "3.2.0"},
};

START_TEST(tokens_have_meanings) {
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
    Arena arena = {0};
    DiagBag bag = {.arena = &arena};
    FxTree *tree = fx_parse(&arena, 1, str_from(meanings[i].text), &bag);
    ck_str(fx_decode(&arena, tree, 0), meanings[i].expected);
    arena_free(&arena);
  }
}
END_TEST

START_TEST(documentation_belongs_to_the_next_clause) {
  Arena arena = {0};
  DiagBag bag = {.arena = &arena};
  Span span;
  FxTree *tree = fx_parse(
      &arena, 1, STR("// no\n/// One\n///  two \n\n///\nintegration a { prop x: int /// no\n }"), &bag);
  FxId a = fx_child(tree, tree->root);
  ck_str(fx_doc(&arena, tree, a, &span), "One\n two\n");
  ck_assert_uint_eq(span.start, 6);
  FxId x = fx_find(tree, fx_node(tree, a)->last_child, STR("prop"));
  ck_assert(!fx_doc(&arena, tree, x, &span).data);
  arena_free(&arena);
}
END_TEST

START_TEST(comments_inside_a_scalar_are_no_part_of_it) {
  Arena arena = {0};
  DiagBag bag = {.arena = &arena};
  FxTree *tree = fx_parse(&arena, 1, STR("integration a { prop x: string /* y */ [] // z\n? }"), &bag);
  FxId block = fx_node(tree, fx_child(tree, tree->root))->last_child;
  FxId type = fx_child(tree, fx_find(tree, fx_child(tree, block), STR(":")));
  ck_str(fx_scalar(&arena, tree, type), "string [ ] ?");
  arena_free(&arena);
}
END_TEST

/* Every byte */

static bool blanks(const FxTree *tree, uint32_t from, uint32_t to) {
  for (; from < to; from++)
    if (!strchr(" \t\r\n\f", tree->bytes.data[from])) return false;
  return true;
}

/// Between tokens lie only blanks and comments; comments of a gap are those that its token names. One
/// assertion a file: each is a message to another process.
static bool keeps_bytes(const FxTree *tree) {
  uint32_t at = str_starts(tree->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0, comment = 0;
  bool good = true;
  for (uint32_t i = 0; i < tree->tokens.len; i++) {
    const FxToken *token = fx_token(tree, i);
    uint32_t end = i + 1 < tree->tokens.len ? fx_token(tree, i + 1)->comment : (uint32_t)tree->comments.len;
    good = good && token->comment == comment && (token->end > token->start || token->kind == FX_TOKEN_END);
    for (; comment < end; comment++) {
      const FxComment *c = &tree->comments.data[comment];
      good = good && c->start >= at && c->end <= token->start && blanks(tree, at, c->start);
      at = c->end;
    }
    good = good && blanks(tree, at, token->start);
    at = token->end;
  }
  return good && at == tree->bytes.len;
}

/// Children lie in their parent, one behind the other.
static bool nests(const FxTree *tree, FxId id) {
  const FxNode *node = fx_node(tree, id);
  uint32_t least = node->first;
  bool good = node->first <= node->last;
  for (FxId child = node->child; child && good; child = fx_next(tree, child)) {
    good = fx_node(tree, child)->first >= least && fx_node(tree, child)->last <= node->last &&
           nests(tree, child) && (fx_next(tree, child) || child == node->last_child);
    least = fx_node(tree, child)->last + (fx_node(tree, child)->last < node->last);
  }
  return good;
}

static size_t check_folder(const char *folder) {
  size_t files_seen = 0;
  DIR *directory = opendir(folder);
  ck_assert_msg(directory, "%s", folder);
  for (struct dirent *entry; (entry = readdir(directory));) {
    Arena arena = {0};
    DiagBag bag = {.arena = &arena};
    Str path = str_printf(&arena, "%s/%s", folder, entry->d_name), bytes;
    if (str_ends(path, STR(".fx")) && file_read(path, &arena, 0, &bytes) == 0) {
      // Cut anywhere, a file still has all of its bytes in the tree.
      for (size_t cut = bytes.len, step = bytes.len / 40 + 1; cut <= bytes.len; cut -= step) {
        FxTree *tree = fx_parse(&arena, 1, str_copy(&arena, str_take(bytes, cut)), &bag);
        bool good = keeps_bytes(tree) && (!tree->root || nests(tree, tree->root));
        if (!good) ck_abort_msg("%.*s cut at %zu", STR_ARG(path), cut);
      }
      files_seen++;
    }
    arena_free(&arena);
  }
  closedir(directory);
  return files_seen;
}

START_TEST(every_byte_is_kept) {
  ck_assert(check_folder("stdlib") > 5);
  ck_assert(check_folder("tests/twins") > 1);
  static const char *const broken[] = {"integration", "clause",  "interface", "behaviour", "release",
                                       "binding",     "runtime", "migrate",   "view",      "text"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    char folder[64];
    snprintf(folder, sizeof folder, "tests/golden/fx-errors/%s", broken[i]);
    ck_assert(check_folder(folder) == 10);
  }
}
END_TEST

/* Mistakes */

static const Case mistakes[] = {
    {"integration a { label }",
     "integration(a {!label!})\nFX2004 22-23 expected a value behind 'label', found '}'"},
    {"integration a { prop x: }",
     "integration(a {!prop x:!})\nFX2004 24-25 expected a type behind ':', found '}'"},
    {"integration a {\n  owner\n  docs \"x\"\n}",
     "integration(a {!owner! docs(\"x\")})\nFX2004 18-23 expected a value behind 'owner'"},
    {"integration a { label 'x' }",
     "integration(a {label('x')})\nFX2004 22-25 a text stands in double quotes"},
    {"integration a { label \"x\", owner b }",
     "integration(a {label(\"x\") owner(b)})\nFX2004 25-26 no ',' stands between clauses"},
    {"integration a {\n  release v1 {\n    module \"x\"\n  release v2 { }\n}",
     "integration(a {release(v1 {module(\"x\")}) release(v2 {})})\nFX2004 29-30 this '{' is never closed"},
    {"integration a { label \"x\" } }",
     "integration(a {label(\"x\")})\nFX2004 28-29 this '}' closes nothing"},
    {"integration a { config { b = [1, 2 } }",
     "integration(a {config(<b=([1 2])>)})\nFX2004 29-30 this '[' is never closed"},
    {"label \"x\"", "!label \"x\"!\nFX2004 0-5 expected 'integration', 'project' or 'view', found 'label'"},
    {"integration a { label \"x }\n owner b }",
     "integration(a {label(\"x }) owner(b)})\nFX2004 22-26 this text is not closed on its line"},
    {"integration a { /* }", "integration(a {})\nFX2004 16-18 this comment is never closed"},
    {"integration a { requires b >=2 <3 }",
     "integration(a {requires(b(`>=2 <3`))})\nFX2004 27-33 a range with a comparison stands in quotes"},
};

START_TEST(one_mistake_is_one_error) {
  for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
    Arena arena = {0};
    ck_str(parse(&arena, str_from(mistakes[i].text)), mistakes[i].expected);
    arena_free(&arena);
  }
}
END_TEST

START_TEST(depth_is_limited) {
  Arena arena = {0};
  Buf text = {0};
  buf_put(&text, STR("integration a { config { x = "));
  buf_repeat(&text, '[', 100000);
  buf_char(&text, 0);
  DiagBag bag = {.arena = &arena};
  FxTree *tree = fx_parse(&arena, 1, (Str){text.data, text.len - 1}, &bag);
  ck_assert(tree->broken && !tree->root);
  ck_assert_uint_eq(bag.list.len, 1);
  ck_assert_int_eq(bag.list.data[0]->code, FX8006);
  ck_assert(keeps_bytes(tree));
  buf_free(&text);
  arena_free(&arena);
}
END_TEST

/* The table of clauses */

/// Every keyword of the table is one of the grammar: as a clause of a block it is not taken for an unknown
/// word.
START_TEST(every_keyword_is_in_the_grammar) {
  Arena arena = {0};
  static const char *const known[] = {
#define WORD(text, symbol) text,
#include "fx_words.def"
#undef WORD
  };
  for (size_t i = 1; i < sizeof known / sizeof *known; i++) ck_assert(strcmp(known[i - 1], known[i]) < 0);
  for (ClauseId c = CLAUSE_none + 1; c < CLAUSE_COUNT; c++) {
    Str rest = str_from(clause_info(c)->fx), word;
    if (rest.len && (rest.data[0] | 32) >= 'a' && (rest.data[0] | 32) <= 'z' &&
        str_split(&rest, ' ', &word)) {
      bool found = false;
      for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        found = found || str_eq(str_from(known[i]), word);
      ck_assert_msg(found, "'%.*s' is no word of fx_words.def", STR_ARG(word));
    }
  }
  arena_free(&arena);
}
END_TEST

UNIT_MAIN("fx", text_becomes_nodes, files_and_views, literals_have_kinds, tokens_have_meanings,
          documentation_belongs_to_the_next_clause, comments_inside_a_scalar_are_no_part_of_it,
          every_byte_is_kept, one_mistake_is_one_error, depth_is_limited, every_keyword_is_in_the_grammar)
