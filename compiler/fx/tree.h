/* The syntax of a .fx file as a tree that keeps every byte.
 *
 * A tree is an array of tokens, an array of comments, and nodes over the tokens. Between two tokens that
 * follow each other lie only blanks, line breaks and comments: the bytes from the end of one to the start of
 * the next, the gap. So tokens and gaps joined are the file. A comment never is a token, `///` neither: each
 * token knows which comments stand in the gap before it; those at the end of the file stand before
 * FX_TOKEN_END.
 *
 * Node kinds are few, and none is for one clause: what a clause means, whether it stands in the right block
 * and whether its value fits is found later, by the table of clauses. Broken files have a tree too: what
 * could not be understood is covered by FX_ERROR nodes. Everything lies on the arena that was given and
 * points into the bytes of the file, which must live as long. */
#ifndef FXC_FX_TREE_H
#define FXC_FX_TREE_H

#include "base/vec.h"
#include "diag/diag.h"

// How text becomes nodes: `word(…)` is a CLAUSE, `_(…)` a CLAUSE without a word, `name=(…)` a PAIR with its
// sign, {…} a BLOCK, [...] a LIST, <…> a RECORD, and anything else a SCALAR.
//
// clang-format off
//   integration pay stub { label "Pay" }   integration(pay stub {label("Pay")})
//   tags a, b                              tags(a b)
//   prop n: int? = 3                       prop(n :(int?) =(3))
//   slot s: input?                         slot(s :(input?))
//   event done(a: A, b: string)            event(done a:(A) b:(string))
//   type A { x: int  y: int }              type(A {x:(int) y:(int)})
//   operation pay(a: A) -> B               operation(pay a:(A) ->(B))
//   requires g ^2, h                       requires(g(^2) h())                 PAIRs without a sign
//   on change of a, b after 1s { … }       on(change of(a b) after(1s) {…})
//   call f(x = a.b) -> r                   call(f x=(a.b) ->(r))
//   fill a = r.x, b = r.y                  fill(a=(r.x) b=(r.y))
//   emit e(r, "x")                         emit(e (`(r "x"))                   the clause's word is `(`
//   release v3 = 3.2.0 stable { … }        release(v3 =(3.2.0) stable {…})
//   provider p "^1"                        provider(p "^1")
//   env K: secret /^A/ = "x"               env(K :(secret) /^A/ =("x"))
//   config { a = 1  b = [2, {}] }          config(<a=(1) b=([2 <>])>)
//   pay = post "…" { query { … } }         pay=(post("…" {query(<…>)}))
//   x-own = 1      metadata k = 1          x-own=(1)      metadata(k=(1))
//   rollout s = a, b                       rollout(s=(a b))
//   fallback v3 -> p "1" trigger t         fallback(_(v3) _(p "1" trigger(t)))
//   route percentage { v3 90%  v2 10% }    route(percentage {_(v3 90%) _(v2 10%)})
//   route v4 when a in [1] and b > 2       route(v4 when(_(a in [1]) _(b > 2)))
//   canary v4 { 1% for 1h  rollback … }    canary(v4 {_(1% for(1h)) rollback(…)})
//   rollback when a > 5% or b > 2s         rollback(`a > 5%` `b > 2s`)         a threshold is one SCALAR
//   alert { a > 5% over 5m  b > 1s }       alert({`a > 5% over 5m` `b > 1s`})
//   retry 3 linear 1s..5s                  retry(3 linear 1s ..(5s))
//   batch 20 within 10ms                   batch(20 within(10ms))
//   breaker 5 failures reset 60s           breaker(5 reset(60s))
//   migrate v2 -> v3 { … }                 migrate(v2 ->(v3) {…})
//   rename prop a -> b                     rename prop(a->(b))
//   drop config a, b                       drop config(a b)
//   value config a "x" -> true             value config(a "x"->(true))
//   project shop { … }                     project(shop {…})
//   suggest a when xpath "…"               suggest(a when xpath("…"))
//   trust "a" key "k"                      trust("a" key("k"))
//   flag f off     provider a = b          flag(f off)    provider(a=(b))
//   rules { orphan error }                 rules({orphan(error)})              PAIRs without a sign
//   view v "Title" { … }                   view(v "Title" {…})                 of ELEMENTs and text("…")
//   div .c #i [a="x" b] use u@^3 (p = 1)   ELEMENT div(.c #i [a=("x") b()] use(u@^3 p=(1))
//     optional depends a, b slot s { … }     optional() depends(a b) slot(s) {…})
//   p "x"          text "y"                ELEMENT p("x") text("y")
// clang-format on

typedef enum FxTokenKind {
  FX_TOKEN_END,          // empty, at the end of the file
  FX_TOKEN_WORD,         // a keyword or a name: keywords are names elsewhere
  FX_TOKEN_QUOTED_NAME,  // `use`
  FX_TOKEN_PATH,         // street.value, env.MAPS_KEY
  FX_TOKEN_USE,          // address-validation@^3
  FX_TOKEN_CLASS,        // .field-group
  FX_TOKEN_ID,           // #street
  FX_TOKEN_STRING,       // "…" with \n \t \" \\ \u{…}
  FX_TOKEN_RAW_STRING,   // """…""": see fx_decode()
  FX_TOKEN_REGEX,        // /…/
  FX_TOKEN_NUMBER,       // 12 0.5 -3 1e6
  FX_TOKEN_DURATION,     // 300ms 2s 5m 1h 7d
  FX_TOKEN_SHARE,        // 5%
  FX_TOKEN_SIZE,         // 64KiB
  FX_TOKEN_RATE,         // 50/s
  FX_TOKEN_DATE,         // 2025-06-30
  FX_TOKEN_VERSION,      // 3.2.0 4.0.0-beta.1
  FX_TOKEN_RANGE,        // ^3.1 ~2 1.x *
  FX_TOKEN_BAD_LITERAL,  // 50/sec: starts like a literal, is none
  FX_TOKEN_SIGN,         // { } [ ] ( ) , ; : = -> .. | ? > >= < <= == !=
  FX_TOKEN_BAD,          // a byte that means nothing, reported; no node is made of it
} FxTokenKind;

typedef struct FxToken {
  uint8_t kind;
  bool first;           // on its line
  bool wrong;           // a mistake in it has been reported
  uint16_t symbol;      // what the grammar sees; for the parser alone
  uint32_t start, end;  // bytes of the file
  uint32_t comment;     // the first comment of the gap before it; the next token's is behind the last one
} FxToken;

typedef enum FxCommentKind { FX_COMMENT_LINE, FX_COMMENT_BLOCK, FX_COMMENT_DOC } FxCommentKind;

typedef struct FxComment {
  uint8_t kind;
  bool first;           // on its line
  uint32_t start, end;  // from its `//` or `/*`; a line comment ends before its line break
} FxComment;

typedef enum FxKind {
  FX_FILE,    // declarations
  FX_CLAUSE,  // a word (or a sign: `:` `=` `->` `..` `(`) and what belongs to it; without a word: a line of a
              // block
  FX_PAIR,    // a name, a sign or none, and values: a = 1, a: T, a -> b, geocoding ^2
  FX_BLOCK,   // { clauses }
  FX_SCALAR,  // a token; a whole type; a whole threshold
  FX_LIST,    // [ values ]; [ attributes ] of an element
  FX_RECORD,  // { pairs } as a value
  FX_ELEMENT,  // of a view: its name and what stands behind it
  FX_ERROR,    // tokens that were skipped, because of a mistake
} FxKind;

#define FX_NO_TOKEN UINT32_MAX

/// An index into FxTree.nodes; 0 is none.
typedef uint32_t FxId;

typedef struct FxNode {
  uint8_t kind;
  uint32_t name;  // token of the word, sign or name; FX_NO_TOKEN when there is none
  uint32_t
      second;  // of a PAIR: its sign; of a CLAUSE of two words (`rename prop`): the second; else FX_NO_TOKEN
  uint32_t first, last;  // tokens, both inclusive; an empty FILE has FX_TOKEN_END
  FxId child, last_child, next;
} FxNode;

typedef struct FxTree {
  SourceId source;
  Str bytes;
  VEC(FxToken) tokens;  // at least FX_TOKEN_END
  VEC(FxComment) comments;
  VEC(FxNode) nodes;  // nodes.data[0] is not used
  FxId root;          // FX_FILE; 0 when a limit was reached (reported)
  bool broken;        // something about the syntax has been reported
} FxTree;

enum { FX_DEPTH_LIMIT = 128 };

/// Reads a file; `bytes` must be followed by a NUL, which file_read() gives. Never NULL. What is wrong with
/// the syntax is in the bag (FX2004; FX8005 for bytes that are not UTF-8; FX8006 when brackets are nested
/// more than FX_DEPTH_LIMIT levels deep), and `broken` is set.
FxTree *fx_parse(Arena *arena, SourceId source, Str bytes, DiagBag *bag);

static inline const FxNode *fx_node(const FxTree *tree, FxId id) { return &tree->nodes.data[id]; }
static inline const FxToken *fx_token(const FxTree *tree, uint32_t token) {
  return &tree->tokens.data[token];
}
static inline FxId fx_child(const FxTree *tree, FxId id) { return fx_node(tree, id)->child; }
static inline FxId fx_next(const FxTree *tree, FxId id) { return fx_node(tree, id)->next; }

/// Places and raw text, of a token and of a node from its first to its last token.
Span fx_token_span(const FxTree *tree, uint32_t token);
Span fx_span(const FxTree *tree, FxId id);
Str fx_token_text(const FxTree *tree, uint32_t token);
Str fx_text(const FxTree *tree, FxId id);
/// The place and the text of the name token; SPAN_NONE and STR_NONE without one.
Span fx_name_span(const FxTree *tree, FxId id);
Str fx_name(const FxTree *tree, FxId id);
/// Whether the word is a keyword in some block of the language.
bool fx_is_keyword(Str word);
/// Whether the node has that word (or sign), or both words: "rename prop".
bool fx_is(const FxTree *tree, FxId id, Str word);
/// The first child with that word, 0 when there is none.
FxId fx_find(const FxTree *tree, FxId parent, Str word);

/// What a token means: strings without quotes and escapes, a regular expression without slashes, a quoted
/// name without its back quotes, anything else as it is. A raw string whose opening quotes end their line
/// starts on the next line, ends before the line of the closing quotes, and loses the indentation of that
/// line. On the arena, or in the file where nothing changes.
Str fx_decode(Arena *arena, const FxTree *tree, uint32_t token);
/// The meaning of a scalar: of its token; of several (a type, a threshold) the text, with comments taken out.
Str fx_scalar(Arena *arena, const FxTree *tree, FxId id);
/// The `///` lines right before the node, without the marks, joined by line breaks; STR_NONE without any.
Str fx_doc(Arena *arena, const FxTree *tree, FxId id, Span *span);

/// The tokens, a line each, with the comments between them: --emit=tokens.
void fx_print_tokens(const FxTree *tree, Buf *out);
const char *fx_token_kind_name(FxTokenKind kind);

#endif
