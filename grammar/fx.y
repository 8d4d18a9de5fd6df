/* The .fx language. In: the feed of tokens that fx.re scanned and whose brackets are paired. Out: the nodes of an
 * FxTree (compiler/fx/tree.h shows how text becomes nodes).
 *
 * One `clause` serves all blocks: that a canary does not belong in a release is found by the table of clauses, which
 * can say so better than a syntax error. Keywords are names wherever a name can stand. What surprises: a word that is
 * no keyword may start a clause too (`lable "x"`), and takes whatever cannot start the next one, so that it is
 * reported as what it is. Recovery points are the rules with `error`; grammar/README.md lists them. */
%define api.pure full
%define api.prefix {fx_yy}
%define api.token.prefix {FX_SYM_}
%define api.token.raw
%define api.location.type {FxRange}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%initial-action { @$ = (FxRange){0, UINT32_MAX}; }

%code requires {
#include "fx/parse.h"
}

%param {FxParse *p}

%union {
  FxId node;
  FxList list;
}

%code provides {
int fx_yylex(FX_YYSTYPE *value, FxRange *loc, FxParse *p);
}

%code {
#define YYMAXDEPTH 20000
#define YYLLOC_DEFAULT(now, rhs, n)                                            \
  ((now).first = (n) ? YYRHSLOC(rhs, 1).first : YYRHSLOC(rhs, 0).last + 1,     \
   (now).last = (n) ? YYRHSLOC(rhs, n).last : YYRHSLOC(rhs, 0).last)
#define NONE ((FxList){0, 0})
#define JUST(node) fx_just(node)
#define ADD(list, node) fx_add(p, list, node)
#define JOIN(list, more) fx_join(p, list, more)
#define NAMED(kind, name, second, end, list) fx_make(p, FX_##kind, name, second, (FxRange){(name), (end).last}, list)
// From the place of its first word (and its second one, or its sign) to the place of its end
#define CLAUSE(word, end, list) NAMED(CLAUSE, (word).first, FX_NO_TOKEN, end, list)
#define CLAUSE2(word, second, end, list) NAMED(CLAUSE, (word).first, (second).first, end, list)
#define PAIR(name, sign, end, list) NAMED(PAIR, (name).first, (sign).first, end, list)
#define BARE_PAIR(name, end, list) NAMED(PAIR, (name).first, FX_NO_TOKEN, end, list)
#define ELEMENT(name, end, list) NAMED(ELEMENT, (name).first, FX_NO_TOKEN, end, list)
#define BRACES(open, close, list) NAMELESS(BLOCK, ((FxRange){(open).first, (close).last}), list)
#define NAMELESS(kind, range, list) fx_make(p, FX_##kind, FX_NO_TOKEN, FX_NO_TOKEN, range, list)
#define TOKEN(range) NAMELESS(SCALAR, range, NONE)
// The feed is moved: what was looked at already is forgotten, and the place grows by what is given up.
#define GIVE_UP(range, resume) (yyclearin, yyerrok, fx_give_up(p, &(range), FX_RESUME_##resume))
// Never, unless the feed is not as it should be.
#define IF_STUCK_END \
  if (p->stuck) YYABORT
static void fx_yyerror(const FxRange *loc, FxParse *p, const char *message);
}

%token END 0 "the end of the file"
%token LBRACE "{" RBRACE "}" LBRACKET "[" RBRACKET "]" LPAREN "(" RPAREN ")"
%token COMMA "," SEMICOLON ";" COLON ":" EQUALS "=" ARROW "->" DOTS ".." BAR "|" QUESTION "?"
%token COMPARE "a comparison"
%token STRING "a text in quotes" LITERAL "a literal" REGEX "a regular expression" CONSTANT "true, false or null"
%token PATH "a path such as config.key" USED "a name with '@' and a range" CLASS "a class such as .wide" ID "an id such as #street"
%token IN "in" NOT "not" AND "and" OR "or"
// Fed where a line ends without the value that its keyword or sign wants; no rule takes it.
%token GAP "a missing value"
// Words that are no keyword: somewhere on a line, and first on theirs
%token NAME "a name" FIRST "a name at the start of a line" OWN "a key of your own"
// Declarations
%token INTEGRATION "integration" PROJECT "project" VIEW "view"
// Clauses
%token ONE "a clause with one value" MANY "a clause with values" RANGES "requires, conflicts or pin"
%token BLOCK "a clause with a block" NAMED_BLOCK "a clause with a name and a block" ENTRY "a clause with a name and values"
%token PROTOTYPE "prototype" PROVIDER "provider" FLAG "flag" ENV "env" PROP "prop" EVENT "event" OPERATION "operation"
%token TYPE "type" ON "on" CALL "call" FILL "fill" EMIT "emit" RELEASE "release" METHOD "get, post, put, patch, delete or head"
%token FALLBACK "fallback" ROUTE "route" CANARY "canary" ALERT "alert" ROLLBACK "rollback"
%token RETRY "retry" BATCH "batch" BREAKER "breaker"
%token MIGRATE "migrate" RENAME "rename" DROP "drop" VALUE "value" TRUST "trust" SUGGEST "suggest" RULES "rules"
// Words inside clauses
%token BACKOFF "exponential, linear or constant" OF "of" AFTER "after" FOR "for" OVER "over" WHEN "when" WITHIN "within"
%token FAILURES "failures" RESET "reset" KEY "key" XPATH "xpath" TRIGGER "trigger" OFF "off"
// Words of views, and of clauses too
%token USE "use" SLOT "slot" OPTIONAL "optional" DEPENDS "depends" TEXT "text"

// What can still belong to a clause belongs to it, though it could start the next one: `on` behind a flag is its
// state, `when` behind a route its condition, ',' behind an item of a list brings another one, a name behind a word that
// is no keyword is its value, and what cannot be read behind it is given up with it.
%precedence SHORT
%precedence COMMA ON OFF WHEN OVER TRIGGER KEY WITHIN FAILURES RESET BACKOFF NAME COMPARE error

%type <list> declarations header stub statements statement unknown values refs chain link_parts type_part pattern_part
%type <list> initial_part version_part returns after returned condition_part share route conditions rules routes fields
%type <list> params param_list args arg_list stages thresholds losses retries batches breakers keys pairs list_items
%type <list> element_parts element_part view_items attrs
%type <node> declaration block clause pair_clause unknown_item ref value single list record type postfix primary key name
%type <node> word condition operator rule field param arg stage threshold pair record_key link view_block view_item
%type <node> element attr retry batch breaker prop_type slot_element element_type of migrate_to attr_name used state range

%%

// Files

file: declarations { p->tree->root = NAMELESS(FILE, @$, $1); };

declarations:
    %empty { $$ = NONE; }
  | declarations declaration { $$ = ADD($1, $2); }
  | declarations ";"
  ;

declaration:
    INTEGRATION header block { $$ = CLAUSE(@1, @$, ADD($2, $3)); }
  | PROJECT block { $$ = CLAUSE(@1, @$, JUST($2)); }
  | PROJECT key block { $$ = CLAUSE(@1, @$, ADD(JUST($2), $3)); }
  | VIEW key view_block { $$ = CLAUSE(@1, @$, ADD(JUST($2), $3)); }
  | VIEW key STRING view_block { $$ = CLAUSE(@1, @$, ADD(ADD(JUST($2), TOKEN(@3)), $4)); }
  | OWN "=" value { $$ = PAIR(@1, @2, @$, JUST($3)); }
  | error { $$ = GIVE_UP(@$, DECLARATION); IF_STUCK_END; }
  ;

header: key stub { $$ = JOIN(JUST($1), $2); };
stub: %empty { $$ = NONE; } | name { $$ = JUST($1); };

// Blocks of clauses

block: "{" statements "}" { $$ = NAMELESS(BLOCK, @$, $2); };

statements:
    %empty { $$ = NONE; }
  | statements statement { $$ = JOIN($1, $2); }
  | statements ";"
  | statements "," { fx_stray_comma(p, @2); $$ = $1; }
  ;

statement:
    clause { $$ = JUST($1); }
  | pair_clause { $$ = JUST($1); }
  | unknown %prec SHORT { $$ = JUST(CLAUSE(@1, @$, $1)); }
  | unknown "{" { fx_skip_block(p); } "}" { $$ = JUST(CLAUSE(@1, @$, $1)); }
  | unknown error { FxId rest = GIVE_UP(@2, CLAUSE); @$.last = @2.last; $$ = JUST(CLAUSE(@1, @$, ADD($1, rest))); IF_STUCK_END; }
  | FIRST error { FxId rest = GIVE_UP(@2, CLAUSE); @$.last = @2.last; $$ = JUST(CLAUSE(@1, @$, JUST(rest))); IF_STUCK_END; }
  | error { $$ = JUST(GIVE_UP(@$, CLAUSE)); IF_STUCK_END; }
  ;

// name = value

pair_clause:
    name "=" value { $$ = PAIR(@1, @2, @$, JUST($3)); }
  | name ":" value { $$ = PAIR(@1, @2, @$, JUST($3)); }
  | name "=" NAME STRING { fx_unknown_method(p, @3); $$ = PAIR(@1, @2, @$, JUST(CLAUSE(@3, @4, JUST(TOKEN(@4))))); }
  | name "=" NAME STRING block {
      fx_unknown_method(p, @3);
      $$ = PAIR(@1, @2, @$, JUST(CLAUSE(@3, @5, ADD(JUST(TOKEN(@4)), $5))));
    }
  | name ":" METHOD STRING { fx_not_equals(p, @2); $$ = PAIR(@1, @2, @$, JUST(CLAUSE(@3, @4, JUST(TOKEN(@4))))); }
  | name ":" METHOD STRING block {
      fx_not_equals(p, @2);
      $$ = PAIR(@1, @2, @$, JUST(CLAUSE(@3, @5, ADD(JUST(TOKEN(@4)), $5))));
    }
  | name "=" METHOD STRING {
      FxId method = CLAUSE(@3, @4, JUST(TOKEN(@4)));
      $$ = PAIR(@1, @2, @$, JUST(method));
    }
  | name "=" METHOD STRING block {
      FxId method = CLAUSE(@3, @5, ADD(JUST(TOKEN(@4)), $5));
      $$ = PAIR(@1, @2, @$, JUST(method));
    }
  ;

// A word that is no keyword

unknown:
    NAME { $$ = NONE; }
  | FIRST %prec SHORT { p->unknown = @1.first + 1; $$ = NONE; }
  | unknown unknown_item { $$ = ADD($1, $2); }
  | unknown ","
  ;

unknown_item:
    NAME { $$ = TOKEN(@$); }
  | STRING { $$ = TOKEN(@$); }
  | LITERAL { $$ = TOKEN(@$); }
  | REGEX { $$ = TOKEN(@$); }
  | CONSTANT { $$ = TOKEN(@$); }
  | PATH { $$ = TOKEN(@$); }
  | USED { $$ = TOKEN(@$); }
  | ".." LITERAL { $$ = TOKEN(@2); }
  | list
  ;

// Clauses that are written alike

clause:
    ONE value { $$ = CLAUSE(@1, @$, JUST($2)); }
  | MANY values %prec SHORT { $$ = CLAUSE(@1, @$, $2); }
  | USE values %prec SHORT { $$ = CLAUSE(@1, @$, $2); }
  | RANGES refs %prec SHORT { $$ = CLAUSE(@1, @$, $2); }
  | OPTIONAL refs %prec SHORT { $$ = CLAUSE(@1, @$, $2); }
  | BLOCK block { $$ = CLAUSE(@1, @$, JUST($2)); }
  | NAMED_BLOCK key block { $$ = CLAUSE(@1, @$, ADD(JUST($2), $3)); }
  | ENTRY key "=" values %prec SHORT {
      $$ = CLAUSE(@1, @$, JUST(PAIR(@2, @3, @4, $4)));
    }
  ;

refs: ref { $$ = JUST($1); } | refs "," ref { $$ = ADD($1, $3); };
ref: key { $$ = BARE_PAIR(@1, @$, NONE); } | key range { $$ = BARE_PAIR(@1, @$, JUST($2)); };
range:
    LITERAL { $$ = TOKEN(@$); }
  | STRING { $$ = TOKEN(@$); }
  | bare_range %prec SHORT { fx_bare_range(p, @$); $$ = TOKEN(@$); }
  ;
bare_range: COMPARE LITERAL | bare_range COMPARE LITERAL;
keys: key { $$ = JUST($1); } | keys "," key { $$ = ADD($1, $3); };

// The interface: props, slots, events, types, operations

clause:
    PROP key prop_type initial_part { $$ = CLAUSE(@1, @$, JOIN(ADD(JUST($2), $3), $4)); }
  | SLOT key { $$ = CLAUSE(@1, @$, JUST($2)); }
  | SLOT key slot_element { $$ = CLAUSE(@1, @$, ADD(JUST($2), $3)); }
  | EVENT key { $$ = CLAUSE(@1, @$, JUST($2)); }
  | EVENT key "{" fields "}" { fx_braced_event(p, @3); $$ = CLAUSE(@1, @$, JOIN(JUST($2), $4)); }
  | EVENT key "(" params ")" { $$ = CLAUSE(@1, @$, JOIN(JUST($2), $4)); }
  | TYPE key "{" fields "}" { $$ = CLAUSE(@1, @$, ADD(JUST($2), BRACES(@3, @5, $4))); }
  | OPERATION key "(" params ")" returns { $$ = CLAUSE(@1, @$, JOIN(JOIN(JUST($2), $4), $6)); }
  ;

prop_type:
    ":" type { $$ = CLAUSE(@1, @$, JUST($2)); }
  | "?" ":" type { fx_optional_name(p, @1, @1, @3); $$ = CLAUSE(@2, @$, JUST($3)); }
  ;
slot_element:
    ":" element_type { $$ = CLAUSE(@1, @$, JUST($2)); }
  | "?" ":" element_type { fx_optional_name(p, @1, @1, @3); $$ = CLAUSE(@2, @$, JUST($3)); }
  ;
element_type: name { $$ = TOKEN(@$); } | name "?" { $$ = TOKEN(@$); };
returns:
    %empty { $$ = NONE; }
  | ":" type { fx_colon_returns(p, @1); $$ = JUST(CLAUSE(@1, @$, JUST($2))); }
  | "->" type { $$ = JUST(CLAUSE(@1, @$, JUST($2))); };

params: %empty { $$ = NONE; } | param_list | param_list ",";
param_list: param { $$ = JUST($1); } | param_list "," param { $$ = ADD($1, $3); };
param:
    key ":" type { $$ = PAIR(@1, @2, @$, JUST($3)); }
  | key "?" ":" type { fx_optional_name(p, @1, @2, @4); $$ = PAIR(@1, @3, @$, JUST($4)); }
  ;

fields: %empty { $$ = NONE; } | fields field { $$ = ADD($1, $2); } | fields ";" | fields ",";
field:
    key ":" type { $$ = PAIR(@1, @2, @$, JUST($3)); }
  | key "?" ":" type { fx_optional_name(p, @1, @2, @4); $$ = PAIR(@1, @3, @$, JUST($4)); }
  | error { $$ = GIVE_UP(@$, ITEM); IF_STUCK_END; }
  ;

// A whole type is one scalar, whose tokens are read later.
type: postfix { $$ = TOKEN(@$); } | type "|" postfix { $$ = TOKEN(@$); };
postfix: primary | postfix "?" { $$ = 0; } | postfix "[" "]" { $$ = 0; };
primary: name { $$ = 0; } | STRING { $$ = 0; } | "(" type ")" { $$ = 0; }
  | name COMPARE name COMPARE { fx_generic_type(p, @$, @3); $$ = 0; };

// Behaviour

clause:
    ON name of after block { $$ = CLAUSE(@1, @$, ADD(JOIN(ADD(JUST($2), $3), $4), $5)); }
  | CALL key "(" args ")" returned { $$ = CLAUSE(@1, @$, JOIN(JOIN(JUST($2), $4), $6)); }
  | FILL arg_list %prec SHORT { $$ = CLAUSE(@1, @$, $2); }
  | EMIT key { $$ = CLAUSE(@1, @$, JUST($2)); }
  | EMIT key "(" list_items ")" { $$ = CLAUSE(@1, @$, ADD(JUST($2), CLAUSE(@3, @5, $4))); }
  ;

of: OF keys { $$ = CLAUSE(@1, @$, $2); };
after: %empty { $$ = NONE; } | AFTER single { $$ = JUST(CLAUSE(@1, @$, JUST($2))); };
returned: %empty { $$ = NONE; } | "->" key { $$ = JUST(CLAUSE(@1, @$, JUST($2))); };
args: %empty { $$ = NONE; } | arg_list | arg_list ",";
arg_list: arg { $$ = JUST($1); } | arg_list "," arg { $$ = ADD($1, $3); };
arg: key "=" value { $$ = PAIR(@1, @2, @$, JUST($3)); };

// Releases

clause:
    RELEASE key version_part stub block { $$ = CLAUSE(@1, @$, ADD(JOIN(JOIN(JUST($2), $3), $4), $5)); }
  | PROTOTYPE stub block { $$ = CLAUSE(@1, @$, ADD($2, $3)); }
  | PROVIDER key { $$ = CLAUSE(@1, @$, JUST($2)); }
  | PROVIDER key range { $$ = CLAUSE(@1, @$, ADD(JUST($2), $3)); }
  | PROVIDER key "=" key { $$ = CLAUSE(@1, @$, JUST(PAIR(@2, @3, @4, JUST($4)))); }
  | FLAG single %prec SHORT { $$ = CLAUSE(@1, @$, JUST($2)); }
  | FLAG single state { $$ = CLAUSE(@1, @$, ADD(JUST($2), $3)); }
  | ENV key type_part pattern_part initial_part { $$ = CLAUSE(@1, @$, JOIN(JOIN(JOIN(JUST($2), $3), $4), $5)); }
  | TRIGGER single { $$ = CLAUSE(@1, @$, JUST($2)); }
  ;

version_part: %empty { $$ = NONE; } | "=" single { $$ = JUST(CLAUSE(@1, @$, JUST($2))); };
type_part: %empty { $$ = NONE; } | ":" type { $$ = JUST(CLAUSE(@1, @$, JUST($2))); };
pattern_part: %empty { $$ = NONE; } | REGEX { $$ = JUST(TOKEN(@1)); };
initial_part: %empty { $$ = NONE; } | "=" value { $$ = JUST(CLAUSE(@1, @$, JUST($2))); };
state: ON { $$ = TOKEN(@$); } | OFF { $$ = TOKEN(@$); } | CONSTANT { $$ = TOKEN(@$); };

// Which release is used

clause:
    FALLBACK chain { $$ = CLAUSE(@1, @$, $2); }
  | ROUTE route { $$ = CLAUSE(@1, @$, $2); }
  | ROUTE key "{" routes "}" { $$ = CLAUSE(@1, @$, ADD(JUST($2), BRACES(@3, @5, $4))); }
  | CANARY key "{" stages "}" { $$ = CLAUSE(@1, @$, ADD(JUST($2), BRACES(@3, @5, $4))); }
  | ROLLBACK WHEN losses { $$ = CLAUSE(@1, @$, $3); }
  | ALERT threshold { $$ = CLAUSE(@1, @$, JUST($2)); }
  | ALERT "{" thresholds "}" { $$ = CLAUSE(@1, @$, JUST(BRACES(@2, @4, $3))); }
  ;

chain: link { $$ = JUST($1); } | chain "->" link { $$ = ADD($1, $3); };
link: key link_parts %prec SHORT { $$ = NAMELESS(CLAUSE, @$, JOIN(JUST($1), $2)); };
link_parts:
    %empty { $$ = NONE; }
  | link_parts range { $$ = ADD($1, $2); }
  | link_parts TRIGGER single { $$ = ADD($1, CLAUSE(@2, @3, JUST($3))); }
  ;

routes:
    %empty { $$ = NONE; }
  | routes route { $$ = ADD($1, NAMELESS(CLAUSE, @2, $2)); }
  | routes ";"
  | routes ","
  ;
route: key share condition_part { $$ = JOIN(JOIN(JUST($1), $2), $3); };
share: %empty { $$ = NONE; } | LITERAL { $$ = JUST(TOKEN(@1)); };
condition_part: %empty %prec SHORT { $$ = NONE; } | WHEN conditions { $$ = JUST(CLAUSE(@1, @$, $2)); };
conditions: condition { $$ = JUST($1); } | conditions AND condition { $$ = ADD($1, $3); };
condition: key operator value { $$ = NAMELESS(CLAUSE, @$, ADD(ADD(JUST($1), $2), $3)); };
operator:
    COMPARE { $$ = TOKEN(@$); }
  | IN { $$ = TOKEN(@$); }
  | NOT IN { $$ = TOKEN(@$); }
  | "=" { fx_single_equals(p, @1); $$ = TOKEN(@$); }
  ;

stages:
    %empty { $$ = NONE; }
  | stages stage { $$ = ADD($1, $2); }
  | stages ";"
  | stages ","
  ;
stage:
    LITERAL { $$ = NAMELESS(CLAUSE, @$, JUST(TOKEN(@1))); }
  | LITERAL FOR single { $$ = NAMELESS(CLAUSE, @$, ADD(JUST(TOKEN(@1)), CLAUSE(@2, @3, JUST($3)))); }
  | ROLLBACK WHEN losses { $$ = CLAUSE(@1, @$, $3); }
  | error { $$ = GIVE_UP(@$, ITEM); IF_STUCK_END; }
  ;

losses: threshold { $$ = JUST($1); } | losses OR threshold { $$ = ADD($1, $3); };
thresholds:
    %empty { $$ = NONE; }
  | thresholds threshold { $$ = ADD($1, $2); }
  | thresholds error { $$ = ADD($1, GIVE_UP(@2, ITEM)); @$.last = @2.last; IF_STUCK_END; }
  | thresholds ";"
  | thresholds ","
  ;
threshold:
    name COMPARE LITERAL %prec SHORT { $$ = TOKEN(@$); }
  | name COMPARE LITERAL OVER LITERAL { $$ = TOKEN(@$); }
  ;

// Limits

clause:
    RETRY retries %prec SHORT { $$ = CLAUSE(@1, @$, $2); }
  | BATCH batches %prec SHORT { $$ = CLAUSE(@1, @$, $2); }
  | BREAKER breakers %prec SHORT { $$ = CLAUSE(@1, @$, $2); }
  ;

retries: retry { $$ = JUST($1); } | retries retry { $$ = ADD($1, $2); };
retry:
    LITERAL { $$ = TOKEN(@$); }
  | BACKOFF { $$ = TOKEN(@$); }
  | NAME { $$ = TOKEN(@$); }
  | ".." LITERAL { $$ = CLAUSE(@1, @$, JUST(TOKEN(@2))); }
  ;
batches: batch { $$ = JUST($1); } | batches batch { $$ = ADD($1, $2); };
batch: LITERAL { $$ = TOKEN(@$); } | WITHIN LITERAL { $$ = CLAUSE(@1, @$, JUST(TOKEN(@2))); };
breakers: breaker { $$ = JUST($1); } | breakers breaker { $$ = ADD($1, $2); };
breaker:
    LITERAL %prec SHORT { $$ = TOKEN(@$); }
  | LITERAL FAILURES { $$ = TOKEN(@1); }
  | RESET LITERAL { $$ = CLAUSE(@1, @$, JUST(TOKEN(@2))); }
  ;

// Migrations

clause:
    MIGRATE key migrate_to block { $$ = CLAUSE(@1, @$, ADD(ADD(JUST($2), $3), $4)); }
  | RENAME name key "->" key { $$ = CLAUSE2(@1, @2, @$, JUST(PAIR(@3, @4, @5, JUST($5)))); }
  | DROP name keys %prec SHORT { $$ = CLAUSE2(@1, @2, @$, $3); }
  | VALUE name key single "->" value { $$ = CLAUSE2(@1, @2, @$, ADD(JUST($3), PAIR(@4, @5, @6, JUST($6)))); }
  ;

migrate_to: "->" key { $$ = CLAUSE(@1, @$, JUST($2)); };

// Projects

clause:
    TRUST single %prec SHORT { $$ = CLAUSE(@1, @$, JUST($2)); }
  | TRUST single KEY single { $$ = CLAUSE(@1, @$, ADD(JUST($2), CLAUSE(@3, @4, JUST($4)))); }
  | SUGGEST key WHEN XPATH single { $$ = CLAUSE(@1, @$, ADD(JUST($2), CLAUSE2(@3, @4, @5, JUST($5)))); }
  | RULES "{" rules "}" { $$ = CLAUSE(@1, @$, JUST(BRACES(@2, @4, $3))); }
  ;

rules: %empty { $$ = NONE; } | rules rule { $$ = ADD($1, $2); } | rules ";" | rules ",";
rule:
    key single { $$ = BARE_PAIR(@1, @$, JUST($2)); }
  | key "=" single { $$ = PAIR(@1, @2, @$, JUST($3)); }
  | key ":" single { fx_stray_sign(p, @2); $$ = PAIR(@1, @2, @$, JUST($3)); }
  | error { $$ = GIVE_UP(@$, ITEM); IF_STUCK_END; }
  ;

// Values

value: single | list | record;
single:
    STRING { $$ = TOKEN(@$); }
  | LITERAL { $$ = TOKEN(@$); }
  | REGEX { $$ = TOKEN(@$); }
  | CONSTANT { $$ = TOKEN(@$); }
  | PATH { $$ = TOKEN(@$); }
  | USED { $$ = TOKEN(@$); }
  | name
  ;
values: value { $$ = JUST($1); } | values "," value { $$ = ADD($1, $3); };
list: "[" list_items "]" { $$ = NAMELESS(LIST, @$, $2); };
list_items: %empty { $$ = NONE; } | values | values ",";

record: "{" pairs "}" { $$ = NAMELESS(RECORD, @$, $2); };
pairs: %empty { $$ = NONE; } | pairs pair { $$ = ADD($1, $2); } | pairs "," | pairs ";";
pair:
    record_key "=" value { $$ = PAIR(@1, @2, @$, JUST($3)); }
  | record_key ":" value { $$ = PAIR(@1, @2, @$, JUST($3)); }
  | error { $$ = GIVE_UP(@$, ITEM); IF_STUCK_END; }
  ;
record_key: key | LITERAL { $$ = 0; };

// Views

view_block: "{" view_items "}" { $$ = NAMELESS(BLOCK, @$, $2); };
view_items: %empty { $$ = NONE; } | view_items view_item { $$ = ADD($1, $2); } | view_items ";";
view_item:
    element
  | TEXT STRING { $$ = CLAUSE(@1, @$, JUST(TOKEN(@2))); }
  | error { $$ = GIVE_UP(@$, CLAUSE); IF_STUCK_END; }
  ;

element:
    word element_parts { $$ = ELEMENT(@1, @$, $2); }
  | PATH element_parts { fx_glued_class(p, @1); $$ = ELEMENT(@1, @$, $2); }
  ;
element_parts: %empty { $$ = NONE; } | element_parts element_part { $$ = JOIN($1, $2); };
element_part:
    CLASS { $$ = JUST(TOKEN(@1)); }
  | ID { $$ = JUST(TOKEN(@1)); }
  | STRING { $$ = JUST(TOKEN(@1)); }
  | "[" attrs "]" { $$ = JUST(NAMELESS(LIST, @$, $2)); }
  | USE used { $$ = JUST(CLAUSE(@1, @$, JUST($2))); }
  | USE used "(" args ")" { $$ = JUST(CLAUSE(@1, @$, JOIN(JUST($2), $4))); }
  | OPTIONAL { $$ = JUST(CLAUSE(@1, @$, NONE)); }
  | DEPENDS keys { $$ = JUST(CLAUSE(@1, @$, $2)); }
  | SLOT key { $$ = JUST(CLAUSE(@1, @$, JUST($2))); }
  | view_block { $$ = JUST($1); }
  ;
used: USED { $$ = TOKEN(@$); } | key;
attrs: %empty { $$ = NONE; } | attrs attr { $$ = ADD($1, $2); } | attrs ",";
attr:
    attr_name { $$ = BARE_PAIR(@1, @$, NONE); }
  | attr_name "=" single { $$ = PAIR(@1, @2, @$, JUST($3)); }
  ;
attr_name: name | PATH { $$ = 0; };

// Names: every keyword is one where a name can stand

key: name | PATH { $$ = TOKEN(@$); } | STRING { $$ = TOKEN(@$); };
name: word | USE { $$ = TOKEN(@$); } | SLOT { $$ = TOKEN(@$); } | OPTIONAL { $$ = TOKEN(@$); }
  | DEPENDS { $$ = TOKEN(@$); } | TEXT { $$ = TOKEN(@$); };
word: a_word { $$ = TOKEN(@$); };
a_word: NAME | FIRST | OWN | INTEGRATION | PROJECT | VIEW | ONE | MANY | RANGES | BLOCK | NAMED_BLOCK | ENTRY | PROTOTYPE
  | PROVIDER | FLAG | ENV | PROP | EVENT | OPERATION | TYPE | ON | CALL | FILL | EMIT | RELEASE | METHOD | FALLBACK | ROUTE
  | CANARY | ALERT | ROLLBACK | RETRY | BATCH | BREAKER | MIGRATE | RENAME | DROP | VALUE | TRUST | SUGGEST | RULES
  | BACKOFF | OF | AFTER | FOR | OVER | WHEN | WITHIN | FAILURES | RESET | KEY | XPATH | TRIGGER | OFF;

%%

int fx_yylex(FX_YYSTYPE *value, FxRange *loc, FxParse *p) {
  const FxFeed *next = &p->feed.data[p->at++];
  value->node = 0;
  *loc = (FxRange){next->token, next->token};
  return next->symbol;
}

static void fx_yyerror(const FxRange *loc, FxParse *p, const char *message) {
  (void)loc, (void)message;
  fx_too_deep(p);
}

static int yyreport_syntax_error(const yypcontext_t *context, FxParse *p) {
  yysymbol_kind_t kinds[YYNTOKENS];
  int count = yypcontext_expected_tokens(context, kinds, YYNTOKENS);
  uint16_t expected[YYNTOKENS];
  for (int i = 0; i < count; i++) expected[i] = (uint16_t)kinds[i];
  fx_syntax_error(p, expected, count);
  return 0;
}

const char *fx_symbol_name(uint16_t symbol) { return yysymbol_name((yysymbol_kind_t)symbol); }
