/* Tokens of .fx. In: the bytes of a file, NUL-terminated. Out: tokens and comments in the tree. A whole lexeme a rule:
 * there are no states. What surprises: mistakes have rules of their own (text in single quotes, `&&`, `50/sec`) and
 * give the token that was meant, so that one of them is one error. */
#include "fx/parse.h"
#include "fx_parse.h"

void fx_scan(FxParse *parse) {
  Str bytes = parse->tree->bytes;
  const char *YYCURSOR = bytes.data, *YYMARKER, *YYCTXMARKER, *limit = bytes.data + bytes.len, *start;
  if (str_starts(bytes, STR("\xEF\xBB\xBF"))) YYCURSOR += 3;
#define TOKEN(kind, symbol) fx_put_token(parse, FX_TOKEN_##kind, FX_SYM_##symbol, start, YYCURSOR)
#define SIGN(symbol) TOKEN(SIGN, symbol)
#define WRONG(message, instead) fx_wrong_token(parse, start, YYCURSOR, message, instead)
next:
  start = YYCURSOR;
  /*!local:re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:yyfill:enable = 0;
    re2c:yych:conversion = 1;
    re2c:sentinel = 0;

    blank     = [ \t\r\n\f];
    line      = [^\n\x00];
    high      = [\x80-\xff];

    word      = [A-Za-z_] [A-Za-z0-9_]* ("-"+ [A-Za-z0-9_]+)*;
    letter    = [\xc3-\xdf] [\x80-\xbf] | [\xe0\xe1\xe3-\xee] [\x80-\xbf]{2} | [\xf0-\xf4] [\x80-\xbf]{3};
    foreign   = ([A-Za-z_] | letter) ([A-Za-z0-9_-] | letter)*;
    path      = word ("." (word | [0-9]+))+;
    used      = word "@" [^ \t\r\n\f\x00(){}[\],;"]+;
    url       = ("http" | "https" | "ws" | "wss") "://" [A-Za-z0-9\x5b] [^ \t\r\n\f\x00"]*;
    class     = "." "-"? [A-Za-z_] [A-Za-z0-9_-]*;

    digits    = [0-9]+;
    decimal   = digits ("." digits)?;
    number    = "-"? decimal ([eE] [+-]? digits)?;
    duration  = decimal ("ms" | "s" | "m" | "h" | "d");
    size      = decimal ("B" | "KiB" | "MiB" | "GiB" | "KB" | "MB" | "GB");
    rate      = decimal "/" ("s" | "m" | "h" | "d");
    date      = [0-9]{4} "-" [0-9]{2} "-" [0-9]{2};
    id        = [0-9A-Za-z-]+ ("." [0-9A-Za-z-]+)*;
    version   = digits "." digits "." digits ("-" id)? ("+" id)?;
    wild      = (digits ".")+ [xX*] ("." [xX*])?;
    tail      = ([A-Za-z0-9_%] | [.+-] [A-Za-z0-9*] | "/" [A-Za-z0-9])*;
    range     = [~^] ([A-Za-z0-9*]) tail;
    part      = version | wild | range;
    ranges    = part ([ \t]* "||" [ \t]* part)+;
    literal   = "-"? "."? [0-9] (tail | high)*;

    escaped   = "\\" line;
    chars     = ([^"\\\n\x00] | escaped)*;
    set       = "[" ([^\]\\\n\x00] | escaped)* "]";
    first     = [^*/\\[\n\x00] | escaped | set;
    open_set  = "[" ([^\]\\\n\x00] | escaped)*;
    regex     = "/" first ([^/\\[\n\x00] | escaped | set)* "/";

    blank+             { goto next; }
    "////" line*       { fx_put_comment(parse, FX_COMMENT_LINE, start, YYCURSOR); goto next; }
    "///" line*        { fx_put_comment(parse, FX_COMMENT_DOC, start, YYCURSOR); goto next; }
    "//" line*         { fx_put_comment(parse, FX_COMMENT_LINE, start, YYCURSOR); goto next; }
    "/*"               { YYCURSOR = fx_block_comment_end(parse, start);
                         fx_put_comment(parse, FX_COMMENT_BLOCK, start, YYCURSOR); goto next; }

    "true" | "false" | "null"  { TOKEN(WORD, CONSTANT); goto next; }
    "in"               { TOKEN(WORD, IN); goto next; }
    "not"              { TOKEN(WORD, NOT); goto next; }
    "and"              { TOKEN(WORD, AND); goto next; }
    "or"               { TOKEN(WORD, OR); goto next; }
    word               { fx_put_token(parse, FX_TOKEN_WORD, 0, start, YYCURSOR); goto next; }
    "`" [^`\n\x00]+ "`" { TOKEN(QUOTED_NAME, NAME); goto next; }
    url                { fx_bare_text(parse, start, YYCURSOR, "a URL stands in quotes"); TOKEN(STRING, STRING); goto next; }
    path               { TOKEN(PATH, PATH); goto next; }
    used               { TOKEN(USE, USED); goto next; }
    class              { TOKEN(CLASS, CLASS); goto next; }
    "#" [A-Za-z_] [A-Za-z0-9_-]*  { TOKEN(ID, ID); goto next; }
    foreign            { WRONG("a name has ASCII letters, digits, '-' and '_' only", NULL);
                         TOKEN(WORD, NAME); goto next; }

    ["] chars ["]      { fx_check_string(parse, start, YYCURSOR); TOKEN(STRING, STRING); goto next; }
    ["] chars          { const char *behind = fx_text_with_nul(parse, YYCURSOR);
                         if (behind) YYCURSOR = behind; else
                         fx_unclosed(parse, start, YYCURSOR, "text", '"'); TOKEN(STRING, STRING); goto next; }
    ["]{3}             { YYCURSOR = fx_raw_string_end(parse, start); TOKEN(RAW_STRING, STRING); goto next; }
    ['] [^'\n\x00]* ['] { fx_single_quotes(parse, start, YYCURSOR); TOKEN(STRING, STRING); goto next; }
    "\xE2\x80" [\x98-\x9E] { YYCURSOR = fx_smart_quotes(parse, start); TOKEN(STRING, STRING); goto next; }
    regex              { TOKEN(REGEX, REGEX); goto next; }
    regex [a-z]+       { WRONG("a regular expression has no letters behind it", NULL); TOKEN(REGEX, REGEX); goto next; }
    "/" (first ([^/\\[\n\x00] | escaped | set)*)? open_set |
    "/" first ([^/\\[\n\x00] | escaped | set)* { fx_unclosed(parse, start, YYCURSOR, "regular expression", '/'); TOKEN(REGEX, REGEX); goto next; }

    number             { TOKEN(NUMBER, LITERAL); goto next; }
    duration           { TOKEN(DURATION, LITERAL); goto next; }
    decimal "%"        { TOKEN(SHARE, LITERAL); goto next; }
    size               { TOKEN(SIZE, LITERAL); goto next; }
    rate               { TOKEN(RATE, LITERAL); goto next; }
    date               { TOKEN(DATE, LITERAL); goto next; }
    version            { TOKEN(VERSION, LITERAL); goto next; }
    wild | "*" | range { TOKEN(RANGE, LITERAL); goto next; }
    ranges             { fx_bare_text(parse, start, YYCURSOR, "a range of several parts stands in quotes"); TOKEN(STRING, STRING); goto next; }
    literal            { TOKEN(BAD_LITERAL, LITERAL); goto next; }

    "{"                { SIGN(LBRACE); goto next; }
    "}"                { SIGN(RBRACE); goto next; }
    "["                { SIGN(LBRACKET); goto next; }
    "]"                { SIGN(RBRACKET); goto next; }
    "("                { SIGN(LPAREN); goto next; }
    ")"                { SIGN(RPAREN); goto next; }
    ","                { SIGN(COMMA); goto next; }
    ";"                { SIGN(SEMICOLON); goto next; }
    ":"                { SIGN(COLON); goto next; }
    "="                { SIGN(EQUALS); goto next; }
    "->"               { SIGN(ARROW); goto next; }
    ".."               { SIGN(DOTS); goto next; }
    "|"                { SIGN(BAR); goto next; }
    "?"                { SIGN(QUESTION); goto next; }
    [<>] | "<=" | ">=" | "==" | "!="  { SIGN(COMPARE); goto next; }
    "</" [A-Za-z] [A-Za-z0-9]* ">"  { SIGN(COMPARE); goto next; }  // no comparison: one error for a tag of HTML
    "\xE2\x86\x92" | "\xE2\x87\x92"  { WRONG("an arrow is written '->'", "->"); SIGN(ARROW); goto next; }
    "=>" / blank* digits  { WRONG("a comparison is written '>='", ">="); SIGN(COMPARE); goto next; }
    "=>"               { WRONG("an arrow is written '->'", "->"); SIGN(ARROW); goto next; }
    "==="              { WRONG("a comparison for being equal is written '=='", "=="); SIGN(COMPARE); goto next; }
    "!=="              { WRONG("a comparison for being different is written '!='", "!="); SIGN(COMPARE); goto next; }
    "&&"               { WRONG("two conditions are joined by 'and'", "and"); SIGN(AND); goto next; }
    "||"               { WRONG("two bounds are joined by 'or'", "or"); SIGN(OR); goto next; }
    "#" ([^A-Za-z_\n\x00] line*)? { fx_hash_comment(parse, start, YYCURSOR);
                         fx_put_comment(parse, FX_COMMENT_LINE, start, YYCURSOR); goto next; }

    [\x00]             { if (start < limit) { YYCURSOR = fx_bad_bytes(parse, start); goto next; }
                         YYCURSOR = limit; start = limit; TOKEN(END, END); return; }
    *                  { YYCURSOR = fx_bad_bytes(parse, start); goto next; }
  */
}
