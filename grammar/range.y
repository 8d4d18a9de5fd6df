/* Version ranges. In: tokens of range.re. Out: alternatives of bounds in the RangeBuild. Nothing is
 * recovered: a range is one line, and its first fault is the one that counts. */
%define api.pure full
%define api.prefix {range_yy}
%define api.token.prefix {RANGE_}
%define api.token.raw
%define api.location.type {RangeLoc}
%define parse.error custom
%define parse.lac full
%locations
%expect 0

%code requires {
#include "ir/range_build.h"
}

%param {RangeBuild *build}

%union {
  RangePartial partial;
  RangeOp op;
}

%code provides {
int range_yylex(RANGE_YYSTYPE *value, RangeLoc *loc, RangeBuild *build);
}

%code {
#define YYLLOC_DEFAULT(now, rhs, n)                                        \
  ((now).start = (n) ? YYRHSLOC(rhs, 1).start : YYRHSLOC(rhs, 0).end,      \
   (now).end = (n) ? YYRHSLOC(rhs, n).end : YYRHSLOC(rhs, 0).end)
static void range_yyerror(const RangeLoc *loc, RangeBuild *build, const char *message);
}

%token END 0 "end of the range"
%token OR "||" HYPHEN "-"
%token LESS "<" LESS_EQUAL "<=" GREATER ">" GREATER_EQUAL ">=" EQUAL "="
%token CARET "^" TILDE "~" TILDE_GREATER "~>"
%token <partial> PARTIAL "version"
%type <op> operator
%type <partial> side

%%

// Alternatives

range: sets;
sets: set | sets "||" set;
set: alternative { range_end_set(build); };
alternative: %empty | comparators | span;
span: side[from] "-" side[to] { range_add_hyphen(build, &$from, &$to); };
side: PARTIAL | "=" PARTIAL { $$ = range_equals(build, @1, &$2); };

// Comparators, which must all hold

comparators: comparator | comparators comparator;
comparator:
    PARTIAL { range_add_plain(build, RANGE_ANY, &$1); }
  | "=" PARTIAL { range_add_plain(build, RANGE_EQ, &$2); }
  | operator PARTIAL { range_add_plain(build, $1, &$2); }
  | "^" equal PARTIAL { range_add_caret(build, &$3); }
  | "~" equal PARTIAL { range_add_tilde(build, &$3); }
  | "~>"[left] "="[right] PARTIAL { range_join(build, @left, @right); range_add_tilde(build, &$3); }
  | tilde PARTIAL { range_add_tilde(build, &$2); }
  ;
operator:
    "<" { $$ = RANGE_LT; }
  | "<=" { $$ = RANGE_LE; }
  | ">" { $$ = RANGE_GT; }
  | ">=" { $$ = RANGE_GE; }
  ;
equal: %empty | "=";
tilde: "~>" | "~" ">" | "~" ">=";

%%

static void range_yyerror(const RangeLoc *loc, RangeBuild *build, const char *message) {
  range_fault(build, *loc, message);
}

// Where the range could end, a comparator is complete.
static bool may_end(const yypcontext_t *context) {
  yysymbol_kind_t expected[YYNTOKENS];
  int count = yypcontext_expected_tokens(context, expected, YYNTOKENS);
  for (int i = 0; i < count; i++)
    if (expected[i] == YYSYMBOL_YYEOF) return true;
  return false;
}

static int yyreport_syntax_error(const yypcontext_t *context, RangeBuild *build) {
  yysymbol_kind_t token = yypcontext_token(context);
  const RangeLoc *loc = yypcontext_location(context);
  if (token == YYSYMBOL_YYerror) return 0;
  if (token == YYSYMBOL_HYPHEN)
    range_fault(build, *loc, "'-' stands between exactly two versions, as in '1.2 - 2.3'");
  else if (!may_end(context))
    range_fault(build, *loc, "expected a version such as 1.2.3 here");
  else
    range_fault(build, *loc, "expected '||' or the end of the range here");
  return 0;
}
